import Storage

/// What customers do by themselves: links, online bookings.
enum PublicTables {
    static let all: [SQL] = [
        """
        CREATE TABLE public_link (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            token_hash TEXT NOT NULL UNIQUE, -- SHA-256 of the secret in the address; the secret is nowhere
            purpose TEXT NOT NULL CHECK (purpose IN ('appointment', 'hold', 'calendar')),
            subject_id \(SQL.int64) NOT NULL, -- appointment, hold or doctor
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            issued_at \(SQL.int64) NOT NULL,
            issued_by \(SQL.int64) NOT NULL, -- 1: the customer by an online booking
            expires_at \(SQL.int64), -- NULL: until revoked (calendar)
            used_at \(SQL.int64), -- the one thing it was for is done
            revoked_at \(SQL.int64),
            revoked_by \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX public_link_of_subject ON public_link (purpose, subject_id)",
        """
        CREATE TABLE online_form (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            hold_id \(SQL.int64) NOT NULL UNIQUE, -- holder of the units until the form was sent
            need TEXT NOT NULL, -- OnlineNeed
            day TEXT NOT NULL,
            start_unit \(SQL.int64) NOT NULL,
            units \(SQL.int64) NOT NULL,
            doctor_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            chair_id \(SQL.int64) REFERENCES chair (id),
            address_hash TEXT NOT NULL, -- keyed hash of the network address, for the limit of a day
            started_at \(SQL.int64) NOT NULL, -- the hold was taken
            expires_at \(SQL.int64) NOT NULL, -- of the hold
            started_day TEXT NOT NULL, -- business day
            language TEXT NOT NULL,
            phone_hash TEXT, -- keyed hash, for the limit of a day
            answers TEXT, -- codes of the screening, comma separated (R3.45)
            submitted_at \(SQL.int64),
            appointment_id \(SQL.int64) REFERENCES appointment (id),
            patient_id \(SQL.int64) REFERENCES patient (id), -- the file made for it
            settled_at \(SQL.int64), -- somebody at the desk knows who it is
            settled_by \(SQL.int64),
            outcome TEXT CHECK (outcome IN ('new', 'merged', 'refused')),
            known_as \(SQL.int64) REFERENCES patient (id) -- of 'merged': the file it went into
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX online_form_of_day ON online_form (started_day, address_hash)",
        "CREATE INDEX online_form_of_appointment ON online_form (appointment_id)",
        "CREATE INDEX online_form_of_patient ON online_form (patient_id)",
    ]
}
