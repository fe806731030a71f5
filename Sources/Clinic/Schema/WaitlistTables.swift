import Storage

/// Who waits for a unit, what was put off, what customers answered before a visit, and complaints as they come in.
enum WaitlistTables {
    static let all: [SQL] = waiting + epidemic + complaints

    private static let waiting: [SQL] = [
        """
        CREATE TABLE waiting_entry (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            doctor_id \(SQL.int64) REFERENCES staff (id), -- NULL: any doctor
            appointment_id \(SQL.int64) REFERENCES appointment (id), -- the later booking that would be moved forward
            complaint TEXT NOT NULL,
            units \(SQL.int64) NOT NULL CHECK (units BETWEEN 1 AND 96),
            weekdays \(SQL.int64) NOT NULL CHECK (weekdays BETWEEN 1 AND 127), -- bit 0 = Monday
            from_unit \(SQL.int64) NOT NULL CHECK (from_unit BETWEEN 0 AND 95), -- the hours that suit
            to_unit \(SQL.int64) NOT NULL CHECK (to_unit BETWEEN 1 AND 96),
            first_day TEXT NOT NULL,
            last_day TEXT, -- NULL: until further notice
            urgency TEXT NOT NULL CHECK (urgency IN ('low', 'normal', 'high')),
            note TEXT,
            asked_at \(SQL.int64) NOT NULL,
            asked_by \(SQL.int64) NOT NULL,
            called_at \(SQL.int64), -- last call
            calls \(SQL.int64) NOT NULL,
            closed_at \(SQL.int64),
            closed_by \(SQL.int64),
            outcome TEXT, -- booked, or code of list waitingAnswer
            version \(SQL.int64) NOT NULL,
            CHECK (from_unit < to_unit)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX waiting_entry_open ON waiting_entry (clinic_id, asked_at) WHERE closed_at IS NULL",
        "CREATE INDEX waiting_entry_of_patient ON waiting_entry (patient_id)",
        """
        CREATE TABLE waiting_item (
            entry_id \(SQL.int64) NOT NULL REFERENCES waiting_entry (id),
            position \(SQL.int64) NOT NULL,
            item_id \(SQL.int64) NOT NULL REFERENCES item (id),
            teeth TEXT NOT NULL, -- FDI numbers separated by commas; '' when none
            PRIMARY KEY (entry_id, position)
        )\(SQL.keyedTableOptions)
        """,
        """
        CREATE TABLE waiting_call (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            entry_id \(SQL.int64) NOT NULL REFERENCES waiting_entry (id),
            called_at \(SQL.int64) NOT NULL,
            called_by \(SQL.int64) NOT NULL,
            day TEXT, -- what was offered; NULL: only asked how things are
            start_unit \(SQL.int64),
            units \(SQL.int64),
            doctor_id \(SQL.int64) REFERENCES staff (id),
            answer TEXT NOT NULL, -- booked, or code of list waitingAnswer
            note TEXT
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX waiting_call_of ON waiting_call (entry_id)",
    ]

    private static let epidemic: [SQL] = [
        """
        CREATE TABLE epidemic_item (
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            item_id \(SQL.int64) NOT NULL REFERENCES item (id),
            is_suspended \(SQL.int64) NOT NULL CHECK (is_suspended IN (0, 1)), -- differs from the shipped mark (R3.43)
            set_at \(SQL.int64) NOT NULL,
            set_by \(SQL.int64) NOT NULL,
            PRIMARY KEY (clinic_id, item_id)
        )\(SQL.keyedTableOptions)
        """,
        """
        CREATE TABLE deferral (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            item_id \(SQL.int64) NOT NULL REFERENCES item (id),
            teeth TEXT NOT NULL, -- FDI numbers separated by commas; '' when none
            doctor_id \(SQL.int64) REFERENCES staff (id), -- who was asked for; NULL: any doctor
            complaint TEXT NOT NULL,
            note TEXT,
            follow_up_on TEXT NOT NULL, -- day of the call (R3.46)
            deferred_at \(SQL.int64) NOT NULL,
            deferred_by \(SQL.int64) NOT NULL,
            reopened_at \(SQL.int64), -- the item can be done again
            closed_at \(SQL.int64),
            closed_by \(SQL.int64),
            outcome TEXT, -- code of list deferralOutcome
            appointment_id \(SQL.int64) REFERENCES appointment (id), -- the booking that settled it
            version \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        """
        CREATE UNIQUE INDEX deferral_one_open ON deferral (patient_id, clinic_id, item_id) WHERE closed_at IS NULL
        """,
        "CREATE INDEX deferral_open ON deferral (clinic_id, item_id) WHERE closed_at IS NULL",
        """
        CREATE TABLE screening (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            appointment_id \(SQL.int64) REFERENCES appointment (id), -- NULL: asked before anything was booked
            channel TEXT NOT NULL, -- code of list bookingChannel (R3.45)
            concerns \(SQL.int64) NOT NULL, -- questions answered with yes
            reminded_at \(SQL.int64), -- the customer was told about the mask
            answered_at \(SQL.int64) NOT NULL,
            recorded_by \(SQL.int64) NOT NULL -- 0: the customer, online
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX screening_of_appointment ON screening (appointment_id)",
        "CREATE INDEX screening_of_patient ON screening (patient_id, answered_at)",
        """
        CREATE TABLE screening_answer (
            screening_id \(SQL.int64) NOT NULL REFERENCES screening (id),
            question TEXT NOT NULL, -- code of list screening
            is_yes \(SQL.int64) NOT NULL CHECK (is_yes IN (0, 1)),
            PRIMARY KEY (screening_id, question)
        )\(SQL.keyedTableOptions)
        """,
    ]

    private static let complaints: [SQL] = [
        """
        CREATE TABLE complaint (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            visit_id \(SQL.int64) REFERENCES visit (id),
            appointment_id \(SQL.int64) REFERENCES appointment (id),
            doctor_id \(SQL.int64) REFERENCES staff (id), -- whom it is about; NULL: no doctor
            contact TEXT NOT NULL, -- phone or another way to answer (R9.02)
            situation TEXT NOT NULL, -- treatment situation (R9.02)
            content TEXT NOT NULL,
            channel TEXT NOT NULL, -- code of list complaintChannel
            level TEXT NOT NULL, -- code of list complaintLevel (R9.03)
            cause TEXT NOT NULL, -- code of list complaintCause
            received_at \(SQL.int64) NOT NULL,
            received_by \(SQL.int64) NOT NULL,
            answer_by \(SQL.int64) NOT NULL, -- promised first answer (R9.05)
            reported_at \(SQL.int64), -- to the director (R2.22)
            reported_by \(SQL.int64),
            reported_to TEXT, -- name or office, as said
            closed_at \(SQL.int64),
            closed_by \(SQL.int64),
            result TEXT,
            version \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX complaint_open ON complaint (clinic_id, received_at) WHERE closed_at IS NULL",
        "CREATE INDEX complaint_of_patient ON complaint (patient_id, received_at)",
        "CREATE INDEX complaint_of_clinic ON complaint (clinic_id, received_at)",
    ]
}
