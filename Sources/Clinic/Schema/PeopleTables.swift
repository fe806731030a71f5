import Storage

extension FoundationTables {
    /// Staff, their rights, sessions and working times.
    static let people: [SQL] = [
        """
        CREATE TABLE staff (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            employee_no TEXT NOT NULL UNIQUE, -- order of rotation (R3.15)
            name TEXT NOT NULL,
            pinyin TEXT NOT NULL,
            gender TEXT NOT NULL CHECK (gender IN ('male', 'female', 'unknown')),
            title TEXT, -- 主任医师 …
            phone TEXT, -- private, never shown to callers (R16.12)
            login_name TEXT NOT NULL UNIQUE, -- lower case
            password_hash TEXT, -- scrypt; NULL: may not sign in
            pin_hash TEXT, -- scrypt of the 4–6 digit PIN
            failed_sign_ins \(SQL.int64) NOT NULL,
            failed_pins \(SQL.int64) NOT NULL,
            locked_until \(SQL.int64),
            must_change_password \(SQL.int64) NOT NULL,
            is_doctor \(SQL.int64) NOT NULL, -- has a column on the board
            specialty TEXT, -- shown in the column head
            room_id \(SQL.int64) REFERENCES room (id), -- usual room
            chair_id \(SQL.int64) REFERENCES chair (id), -- usual chair
            direct_superior_id \(SQL.int64) REFERENCES staff (id),
            created_at \(SQL.int64) NOT NULL,
            disabled_at \(SQL.int64),
            version \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE role_grant (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            staff_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            clinic_id \(SQL.int64) NOT NULL, -- 0: every clinic
            role TEXT NOT NULL, -- code in Playbook/roles.yaml
            granted_by \(SQL.int64) NOT NULL,
            granted_at \(SQL.int64) NOT NULL,
            revoked_at \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX role_grant_one ON role_grant (staff_id, clinic_id, role) WHERE revoked_at IS NULL",
        """
        CREATE TABLE session (
            token_hash TEXT NOT NULL PRIMARY KEY, -- SHA-256 of the cookie's token
            staff_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id), -- where the person works now
            csrf TEXT NOT NULL,
            device TEXT NOT NULL, -- what the browser calls itself, shortened (R16.05)
            created_at \(SQL.int64) NOT NULL,
            last_seen_at \(SQL.int64) NOT NULL, -- at most a minute behind
            expires_at \(SQL.int64) NOT NULL,
            locked_at \(SQL.int64), -- idle lock; reopened by PIN
            revoked_at \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX session_of_staff ON session (staff_id)",
        """
        CREATE TABLE roster_shift (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            staff_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            weekday \(SQL.int64) NOT NULL CHECK (weekday BETWEEN 1 AND 7), -- 1 = Monday
            start_unit \(SQL.int64) NOT NULL,
            end_unit \(SQL.int64) NOT NULL, -- exclusive
            chair_id \(SQL.int64) REFERENCES chair (id),
            valid_from TEXT NOT NULL,
            valid_to TEXT, -- inclusive; NULL: until further notice
            CHECK (start_unit < end_unit)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX roster_shift_of_clinic ON roster_shift (clinic_id, weekday)",
        """
        CREATE TABLE roster_exception (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            staff_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            day TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('rest', 'work')), -- replaces the weekly pattern of that day
            start_unit \(SQL.int64), -- of 'work'
            end_unit \(SQL.int64),
            chair_id \(SQL.int64) REFERENCES chair (id),
            reason TEXT,
            set_by \(SQL.int64) NOT NULL,
            set_at \(SQL.int64) NOT NULL,
            ended_at \(SQL.int64),
            CHECK ((kind = 'rest' AND start_unit IS NULL) OR (kind = 'work' AND start_unit < end_unit))
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX roster_exception_of_day ON roster_exception (clinic_id, day)",
    ]

    /// The log of what happened, and of who looked.
    static let audit: [SQL] = [
        """
        CREATE TABLE event (
            lane \(SQL.int64) NOT NULL, -- clinic id, or 0 for the organisation
            seq \(SQL.int64) NOT NULL, -- 1, 2, 3 … without gaps in its lane
            at \(SQL.int64) NOT NULL,
            actor_id \(SQL.int64) NOT NULL, -- staff id; 0: the system itself
            kind TEXT NOT NULL, -- appointment.placed …
            subject_kind TEXT NOT NULL, -- appointment, patient …
            subject_id \(SQL.int64) NOT NULL,
            patient_id \(SQL.int64), -- the customer's time line
            command_id TEXT, -- unique: tells after a lost connection whether the command was done
            payload TEXT NOT NULL, -- canonical JSON; may be redacted to '' later
            payload_hash TEXT NOT NULL, -- SHA-256 of the payload as first written
            previous_hash TEXT NOT NULL,
            hash TEXT NOT NULL, -- SHA-256 over version, lane, seq, at, actor, kind, subject, patient, command, payload hash, previous hash
            PRIMARY KEY (lane, seq)
        )\(SQL.keyedTableOptions)
        """,
        "CREATE UNIQUE INDEX event_command ON event (command_id) WHERE command_id IS NOT NULL",
        "CREATE INDEX event_of_patient ON event (patient_id, at) WHERE patient_id IS NOT NULL",
        "CREATE INDEX event_of_subject ON event (subject_kind, subject_id)",
        """
        CREATE TABLE event_head (
            lane \(SQL.int64) NOT NULL PRIMARY KEY,
            seq \(SQL.int64) NOT NULL,
            hash TEXT NOT NULL
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE access_event (
            lane \(SQL.int64) NOT NULL,
            seq \(SQL.int64) NOT NULL,
            at \(SQL.int64) NOT NULL,
            actor_id \(SQL.int64) NOT NULL,
            kind TEXT NOT NULL, -- record.viewed, phone.revealed …
            subject_kind TEXT NOT NULL,
            subject_id \(SQL.int64) NOT NULL,
            patient_id \(SQL.int64),
            previous_hash TEXT NOT NULL,
            hash TEXT NOT NULL,
            PRIMARY KEY (lane, seq)
        )\(SQL.keyedTableOptions)
        """,
        "CREATE INDEX access_event_of_patient ON access_event (patient_id, at)",
        """
        CREATE TABLE access_head (
            lane \(SQL.int64) NOT NULL PRIMARY KEY,
            seq \(SQL.int64) NOT NULL,
            hash TEXT NOT NULL
        )\(SQL.tableOptions)
        """,
    ]
}
