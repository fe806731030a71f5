import Storage

/// What is said about a booking, requests of a central desk, and customers who named a day without a time.
enum ConfirmationTables {
    static let statements: [SQL] = [
        """
        CREATE TABLE appointment_note (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            appointment_id \(SQL.int64) NOT NULL REFERENCES appointment (id),
            kind TEXT NOT NULL CHECK (kind IN ('readBack', 'textCopied', 'addressSent', 'toldInSystem', 'toldOrally',
                'coordinated', 'late', 'wishUnmet', 'noNextDate')),
            detail TEXT, -- wishUnmet: the wish; noNextDate: the day to call back; late: when the customer thinks to come
            noted_by \(SQL.int64) NOT NULL,
            noted_at \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX appointment_note_of ON appointment_note (appointment_id)",
        """
        CREATE TABLE appointment_request (
            appointment_id \(SQL.int64) NOT NULL PRIMARY KEY REFERENCES appointment (id), -- holds its units already
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id), -- that has to confirm (R3.23)
            from_clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id), -- where the central desk sits
            asked_by \(SQL.int64) NOT NULL,
            asked_at \(SQL.int64) NOT NULL,
            answer TEXT CHECK (answer IN ('confirmed', 'declined')),
            answered_by \(SQL.int64),
            answered_at \(SQL.int64),
            reason TEXT, -- why declined
            CHECK ((answer IS NULL) = (answered_at IS NULL))
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX appointment_request_open ON appointment_request (clinic_id) WHERE answered_at IS NULL",
        "CREATE INDEX appointment_request_from ON appointment_request (from_clinic_id, asked_at)",
        """
        CREATE TABLE expected_visit (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            expected_on TEXT NOT NULL, -- the day the customer named, without a time (R3.57)
            note TEXT,
            recorded_by \(SQL.int64) NOT NULL,
            recorded_at \(SQL.int64) NOT NULL,
            outcome TEXT CHECK (outcome IN ('came', 'booked', 'dropped')),
            ended_by \(SQL.int64),
            ended_at \(SQL.int64),
            CHECK ((outcome IS NULL) = (ended_at IS NULL))
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX expected_visit_of_day ON expected_visit (clinic_id, expected_on)",
        "CREATE INDEX expected_visit_of_patient ON expected_visit (patient_id)",
    ]
}
