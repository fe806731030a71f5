import Storage

extension FoundationTables {
    /// Places, dictionary items and what keeps the installation running.
    static let organisation: [SQL] = [
        """
        CREATE TABLE organisation (
            id \(SQL.int64) NOT NULL PRIMARY KEY CHECK (id = 1), -- one installation is one organisation
            name TEXT NOT NULL,
            is_demo \(SQL.int64) NOT NULL CHECK (is_demo IN (0, 1)), -- 1: made by `menya demo`, never for real people
            key_fingerprint TEXT NOT NULL, -- of the key file in use; `verify` and `restore` compare it
            recovery_confirmed_at \(SQL.int64), -- when the recovery sheet was confirmed as kept
            created_at \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE clinic (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            code TEXT NOT NULL UNIQUE, -- short, in record and receipt numbers
            name TEXT NOT NULL,
            phone TEXT NOT NULL,
            address TEXT NOT NULL,
            time_zone TEXT NOT NULL, -- IANA name
            day_starts_minute \(SQL.int64) NOT NULL, -- minutes after midnight a business day begins
            opens_unit \(SQL.int64) NOT NULL, -- first quarter of an hour shown on the board
            closes_unit \(SQL.int64) NOT NULL, -- exclusive
            created_at \(SQL.int64) NOT NULL,
            retired_at \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE room (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            number \(SQL.int64) NOT NULL, -- plain number on tickets, screens and prints (R4.39)
            name TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('treatment', 'communication')),
            retired_at \(SQL.int64),
            UNIQUE (clinic_id, number)
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE chair (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            room_id \(SQL.int64) NOT NULL REFERENCES room (id),
            number \(SQL.int64) NOT NULL,
            name TEXT NOT NULL,
            retired_at \(SQL.int64),
            UNIQUE (clinic_id, number)
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE item (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            code TEXT NOT NULL UNIQUE, -- stable id of the shipped catalogue
            name TEXT NOT NULL,
            item_group TEXT, -- code of list itemGroup: heading on the charge page; NULL: other
            measure TEXT, -- what is counted: 次, 牙, 副; NULL: 次
            category TEXT NOT NULL CHECK (category IN
                ('orthodontic', 'treatment', 'fabrication', 'scaling', 'device', 'registration')), -- R6.28, R6.29
            units \(SQL.int64) NOT NULL CHECK (units >= 0), -- usual length in quarters of an hour (R3.03); 0: goods
            size TEXT NOT NULL CHECK (size IN ('big', 'small')), -- R3.49
            urgency TEXT NOT NULL, -- code list
            is_pneumatic \(SQL.int64) NOT NULL, -- R3.43
            is_operation \(SQL.int64) NOT NULL, -- needs disclosure and consent (R5.04, R5.05)
            has_reaction \(SQL.int64) NOT NULL, -- foreseeable reaction: call on the next day (R8.03)
            calls_same_day \(SQL.int64) NOT NULL, -- call in the evening of the day (R8.02)
            is_per_tooth \(SQL.int64) NOT NULL,
            is_xray \(SQL.int64) NOT NULL, -- "of which" of the daily report (R6.28)
            is_impression \(SQL.int64) NOT NULL,
            needs_dispensing \(SQL.int64) NOT NULL, -- R5.18
            is_retail \(SQL.int64) NOT NULL,
            warranty_months \(SQL.int64) NOT NULL, -- 0: none (R5.09)
            sort_rank \(SQL.int64) NOT NULL,
            retired_at \(SQL.int64) -- dictionary items retire, they are not deleted
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE item_price (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            item_id \(SQL.int64) NOT NULL REFERENCES item (id),
            clinic_id \(SQL.int64) NOT NULL, -- 0: the organisation's price
            valid_from TEXT NOT NULL, -- business day
            price_fen \(SQL.int64) NOT NULL CHECK (price_fen >= 0),
            set_by \(SQL.int64) NOT NULL,
            set_at \(SQL.int64) NOT NULL,
            UNIQUE (item_id, clinic_id, valid_from)
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE playbook_override (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            scope_clinic_id \(SQL.int64) NOT NULL, -- 0: organisation
            kind TEXT NOT NULL, -- setting, level, …
            key TEXT NOT NULL, -- stable id in the playbook
            value TEXT NOT NULL, -- JSON
            shipped_value TEXT NOT NULL, -- JSON of the shipped default when this was set: a newer default is announced
            reason TEXT,
            set_by \(SQL.int64) NOT NULL,
            set_at \(SQL.int64) NOT NULL,
            ended_at \(SQL.int64) -- replaced or reset; NULL = in force
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX playbook_override_one ON playbook_override (scope_clinic_id, kind, key) WHERE ended_at IS NULL",
        """
        CREATE TABLE counter (
            clinic_id \(SQL.int64) NOT NULL, -- 0: organisation
            name TEXT NOT NULL, -- record, receipt, queue:2026-03-12 …
            value \(SQL.int64) NOT NULL, -- the last number given
            PRIMARY KEY (clinic_id, name)
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE idempotency (
            lane \(SQL.int64) NOT NULL,
            key TEXT NOT NULL, -- made with the form, sent with it
            body_hash TEXT NOT NULL, -- SHA-256 of the command; another body under the same key is refused
            response TEXT NOT NULL, -- what the first call answered
            created_at \(SQL.int64) NOT NULL,
            PRIMARY KEY (lane, key)
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE job_lease (
            name TEXT NOT NULL PRIMARY KEY,
            holder TEXT NOT NULL, -- process token
            expires_at \(SQL.int64) NOT NULL,
            last_done_at \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE backup_run (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            started_at \(SQL.int64) NOT NULL,
            finished_at \(SQL.int64),
            file_name TEXT NOT NULL,
            bytes \(SQL.int64),
            problem TEXT -- NULL: made, opened again and verified
        )\(SQL.tableOptions)
        """,
    ]
}
