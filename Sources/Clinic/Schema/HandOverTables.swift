import Storage

/// What is handed over with a customer, notes to busy doctors, and messages inside the house.
enum HandOverTables {
    static let all: [SQL] = handOver + notes + messages

    private static let handOver: [SQL] = [
        """
        CREATE TABLE hand_over (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            visit_id \(SQL.int64) NOT NULL REFERENCES visit (id),
            movement_id \(SQL.int64) NOT NULL REFERENCES movement (id),
            doctor_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            introduction TEXT NOT NULL, -- the sentence that introduces the customer (R4.20)
            assigned_chair_id \(SQL.int64) REFERENCES chair (id), -- what was arranged, when it was another chair (R4.46)
            chair_reason TEXT, -- code of list chairChange
            chair_note TEXT,
            nurse_rating TEXT CHECK (nurse_rating IN ('standard', 'notStandard')), -- how the nurse received (R4.19)
            nurse_remark TEXT,
            handed_at \(SQL.int64) NOT NULL,
            handed_by \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX hand_over_of_movement ON hand_over (movement_id)",
        "CREATE INDEX hand_over_of_visit ON hand_over (visit_id)",
    ]

    private static let notes: [SQL] = [
        """
        CREATE TABLE doctor_note (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            doctor_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            visit_id \(SQL.int64) REFERENCES visit (id), -- NULL: the customer is not checked in
            patient_id \(SQL.int64) REFERENCES patient (id), -- NULL: somebody without a file asks
            body TEXT NOT NULL, -- R4.17
            sent_at \(SQL.int64) NOT NULL,
            sent_by \(SQL.int64) NOT NULL,
            answer TEXT CHECK (answer IN ('comeIn', 'wait', 'book', 'otherDoctor')),
            answer_minutes \(SQL.int64), -- how long the customer has to wait; only with 'wait'
            answer_note TEXT,
            answered_at \(SQL.int64),
            answered_by \(SQL.int64),
            acted_at \(SQL.int64), -- the answer was carried out
            acted_by \(SQL.int64),
            withdrawn_at \(SQL.int64), -- by the sender, before an answer came
            version \(SQL.int64) NOT NULL,
            CHECK ((answer IS NULL) = (answered_at IS NULL)),
            CHECK (answer_minutes IS NULL OR answer = 'wait')
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX doctor_note_of_day ON doctor_note (clinic_id, business_day)",
        "CREATE INDEX doctor_note_of_visit ON doctor_note (visit_id)",
    ]

    private static let messages: [SQL] = [
        """
        CREATE TABLE inside_message (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            from_place TEXT NOT NULL, -- code of list workPlace, or room:<number>
            body TEXT NOT NULL,
            visit_id \(SQL.int64) REFERENCES visit (id), -- whom it is about
            answers_id \(SQL.int64) REFERENCES inside_message (id),
            sent_at \(SQL.int64) NOT NULL,
            sent_by \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX inside_message_of_day ON inside_message (clinic_id, business_day)",
        "CREATE INDEX inside_message_sent ON inside_message (clinic_id, sent_at)",
        """
        CREATE TABLE inside_message_to (
            message_id \(SQL.int64) NOT NULL REFERENCES inside_message (id),
            place TEXT NOT NULL,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            read_at \(SQL.int64),
            read_by \(SQL.int64),
            PRIMARY KEY (message_id, place)
        )\(SQL.keyedTableOptions)
        """,
        """
        CREATE INDEX inside_message_to_unread ON inside_message_to (clinic_id, business_day, place) WHERE read_at IS NULL
        """,
    ]
}
