import Storage

/// What keeps the public side from being used up by one visitor, requests to be called back, self-registration,
/// and the slips of the tablet at the desk.
enum PublicGuardTables {
    static let all: [SQL] = [
        // Keyed hash of the browser's mark: a visitor who picks another time gives the first one back.
        "ALTER TABLE online_form ADD COLUMN visitor_hash TEXT",
        "CREATE INDEX online_form_of_visitor ON online_form (visitor_hash, submitted_at)",
        """
        CREATE TABLE call_request (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            name TEXT NOT NULL,
            phone TEXT NOT NULL, -- digits
            wish TEXT NOT NULL, -- when it suits: CallWish
            note TEXT,
            language TEXT NOT NULL,
            address_hash TEXT NOT NULL, -- keyed hash of the network address, for the limit of a day
            command_hash TEXT NOT NULL UNIQUE, -- a form sent twice is one request
            asked_at \(SQL.int64) NOT NULL,
            asked_day TEXT NOT NULL, -- business day
            settled_at \(SQL.int64),
            settled_by \(SQL.int64),
            outcome TEXT CHECK (outcome IN ('reached', 'unreachable'))
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX call_request_of_day ON call_request (asked_day, address_hash)",
        "CREATE INDEX call_request_open ON call_request (clinic_id, settled_at)",
        """
        CREATE TABLE self_registration (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            token_hash TEXT NOT NULL UNIQUE, -- SHA-256 of the secret in the address; the secret is nowhere
            appointment_id \(SQL.int64) REFERENCES appointment (id), -- NULL: from the clinic's own code
            issued_at \(SQL.int64) NOT NULL,
            issued_day TEXT NOT NULL, -- business day
            issued_by \(SQL.int64) NOT NULL, -- 1: the visitor, by the clinic's code
            expires_at \(SQL.int64) NOT NULL,
            address_hash TEXT, -- keyed hash of the network address that began it
            revoked_at \(SQL.int64),
            language TEXT, -- of the form as it was sent
            answers TEXT, -- JSON object of what was typed, by field
            notice_version TEXT, -- privacy notice that was shown
            notice_hash TEXT,
            submitted_at \(SQL.int64), -- NULL: not sent yet
            settled_at \(SQL.int64), -- checked at the desk
            settled_by \(SQL.int64),
            outcome TEXT CHECK (outcome IN ('new', 'known', 'refused')),
            patient_id \(SQL.int64) REFERENCES patient (id) -- the file it went into
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX self_registration_open ON self_registration (clinic_id, submitted_at, settled_at)",
        "CREATE INDEX self_registration_of_day ON self_registration (issued_day, address_hash)",
        "CREATE INDEX self_registration_of_appointment ON self_registration (appointment_id)",
        """
        CREATE TABLE lookup_slip (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            typed TEXT NOT NULL, -- name or phone as the customer typed it (R1.13)
            asked_at \(SQL.int64) NOT NULL,
            asked_by \(SQL.int64) NOT NULL, -- whose session the tablet has
            settled_at \(SQL.int64),
            settled_by \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX lookup_slip_open ON lookup_slip (clinic_id, asked_at)",
    ]
}
