import Storage

/// What people write down and tick, and what is carried over when a day is closed.
enum RegisterTables {
    static let all: [SQL] = registers + checklists + carried

    private static let registers: [SQL] = [
        """
        CREATE TABLE register_entry (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            register TEXT NOT NULL, -- id in Playbook/registers.yaml
            business_day TEXT NOT NULL, -- of happened_at
            happened_at \(SQL.int64) NOT NULL,
            recorded_at \(SQL.int64) NOT NULL,
            recorded_by \(SQL.int64) NOT NULL,
            patient_id \(SQL.int64) REFERENCES patient (id), -- whom it names
            open_key TEXT, -- the answer that no other open entry may have: a tag; NULL once closed
            content TEXT NOT NULL, -- answers as JSON, field -> text
            search_text TEXT NOT NULL, -- what the list finds it by, lower case
            state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'kept', 'void')),
            closed_at \(SQL.int64),
            closed_by \(SQL.int64),
            version \(SQL.int64) NOT NULL,
            CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
            CHECK (open_key IS NULL OR state = 'open')
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX register_entry_key ON register_entry (clinic_id, register, open_key) WHERE open_key IS NOT NULL",
        "CREATE INDEX register_entry_of_day ON register_entry (clinic_id, register, business_day)",
        "CREATE INDEX register_entry_open ON register_entry (clinic_id, register, happened_at) WHERE state = 'open'",
        "CREATE INDEX register_entry_of_patient ON register_entry (patient_id, happened_at)",
        """
        CREATE TABLE register_version (
            entry_id \(SQL.int64) NOT NULL REFERENCES register_entry (id),
            version \(SQL.int64) NOT NULL,
            change TEXT NOT NULL CHECK (change IN ('entered', 'closed', 'corrected', 'reopened', 'voided')),
            happened_at \(SQL.int64) NOT NULL,
            content TEXT NOT NULL,
            changed_at \(SQL.int64) NOT NULL,
            changed_by \(SQL.int64) NOT NULL,
            reason TEXT, -- why it was corrected, reopened or declared void
            PRIMARY KEY (entry_id, version)
        )\(SQL.keyedTableOptions)
        """,
    ]

    private static let checklists: [SQL] = [
        """
        CREATE TABLE checklist_run (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            checklist TEXT NOT NULL, -- id in Playbook/checklists.yaml
            business_day TEXT NOT NULL,
            occurrence TEXT NOT NULL, -- the shift, the room, or what made it; '' once a day
            label TEXT NOT NULL, -- the same in words
            patient_id \(SQL.int64) REFERENCES patient (id), -- whom a check at the door is about
            opens_at \(SQL.int64) NOT NULL,
            due_at \(SQL.int64), -- NULL: at once, or when a person likes
            completed_at \(SQL.int64),
            completed_by \(SQL.int64),
            version \(SQL.int64) NOT NULL,
            UNIQUE (clinic_id, checklist, business_day, occurrence)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX checklist_run_of_patient ON checklist_run (patient_id, business_day)",
        """
        CREATE TABLE checklist_mark (
            run_id \(SQL.int64) NOT NULL REFERENCES checklist_run (id),
            item TEXT NOT NULL, -- id of the item in its checklist
            turn \(SQL.int64) NOT NULL, -- 1 … : the last one counts, the others are its history
            value TEXT NOT NULL, -- '' takes the mark back
            note TEXT,
            is_out \(SQL.int64) NOT NULL CHECK (is_out IN (0, 1)), -- out of limit
            marked_at \(SQL.int64) NOT NULL,
            marked_by \(SQL.int64) NOT NULL,
            PRIMARY KEY (run_id, item, turn)
        )\(SQL.keyedTableOptions)
        """,
    ]

    private static let carried: [SQL] = [
        """
        CREATE TABLE day_carry (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL, -- the day that was closed without it
            kind TEXT NOT NULL, -- source of the list before closing
            subject_kind TEXT NOT NULL,
            subject_id \(SQL.int64) NOT NULL,
            title TEXT NOT NULL,
            owner_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            reason TEXT NOT NULL,
            carried_at \(SQL.int64) NOT NULL,
            carried_by \(SQL.int64) NOT NULL,
            UNIQUE (clinic_id, business_day, kind, subject_kind, subject_id)
        )\(SQL.tableOptions)
        """
    ]
}
