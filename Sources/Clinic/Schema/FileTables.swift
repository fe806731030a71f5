import Storage

/// What belongs to a customer's file beside identity: signatures, first-visit forms, reception notes, merges and checks.
enum FileTables {
    static let all: [SQL] = signatures + forms + profiles + merges + ChartTables.all

    private static let signatures: [SQL] = [
        """
        CREATE TABLE signature (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            document_kind TEXT NOT NULL, -- intakeForm …
            document_id \(SQL.int64) NOT NULL,
            content_hash TEXT NOT NULL, -- SHA-256 of what was signed; another content makes the signature void (R16.10)
            step TEXT NOT NULL, -- which signature of the document: customer …
            signer_kind TEXT NOT NULL CHECK (signer_kind IN ('customer', 'guardian', 'staff')),
            signer_name TEXT NOT NULL,
            signer_id \(SQL.int64) REFERENCES staff (id), -- of staff
            manner TEXT NOT NULL CHECK (manner IN ('drawn', 'paper')), -- paper: the signed sheet is kept in the chart
            path TEXT, -- strokes as an SVG path in a box of 600 x 200
            signed_at \(SQL.int64) NOT NULL,
            recorded_by \(SQL.int64) NOT NULL,
            CHECK ((manner = 'drawn') = (path IS NOT NULL)),
            CHECK ((signer_kind = 'staff') = (signer_id IS NOT NULL))
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX signature_of_document ON signature (document_kind, document_id, signed_at)",
    ]

    private static let forms: [SQL] = [
        """
        CREATE TABLE intake_form (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            patient_id \(SQL.int64) REFERENCES patient (id), -- NULL: filled in by the customer, nobody has verified who it is
            visit_id \(SQL.int64) REFERENCES visit (id),
            kind TEXT NOT NULL CHECK (kind IN ('registration', 'inquiry')), -- R1.05
            source TEXT NOT NULL CHECK (source IN ('desk', 'self', 'paper')), -- self: on the customer's own telephone
            fill_mode TEXT CHECK (fill_mode IN ('alone', 'guided')), -- R1.06
            guide_id \(SQL.int64) REFERENCES staff (id), -- who guided face to face
            language TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('filling', 'unsigned', 'unchecked', 'complete', 'discarded')),
            started_at \(SQL.int64) NOT NULL,
            started_by \(SQL.int64) NOT NULL,
            attached_at \(SQL.int64), -- a person verified whose form it is
            attached_by \(SQL.int64),
            completed_at \(SQL.int64),
            version \(SQL.int64) NOT NULL,
            CHECK ((fill_mode = 'guided') = (guide_id IS NOT NULL) OR fill_mode IS NULL)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX intake_form_of_patient ON intake_form (patient_id)",
        """
        CREATE INDEX intake_form_open ON intake_form (clinic_id, started_at)
        WHERE state IN ('filling', 'unsigned', 'unchecked')
        """,
        """
        CREATE TABLE intake_field (
            form_id \(SQL.int64) NOT NULL REFERENCES intake_form (id),
            field TEXT NOT NULL, -- of the kind of form: name, phone …; history.<code>
            value TEXT NOT NULL, -- history: yes, no
            note TEXT,
            is_special \(SQL.int64) NOT NULL CHECK (is_special IN (0, 1)), -- highlighted, and kept with the alerts (R1.07)
            filled_at \(SQL.int64) NOT NULL,
            filled_by \(SQL.int64) NOT NULL,
            checked_at \(SQL.int64), -- a colleague compared it with the customer (R1.03)
            checked_by \(SQL.int64),
            PRIMARY KEY (form_id, field)
        )\(SQL.keyedTableOptions)
        """,
    ]

    private static let profiles: [SQL] = [
        """
        CREATE TABLE patient_profile (
            patient_id \(SQL.int64) NOT NULL PRIMARY KEY REFERENCES patient (id),
            language TEXT, -- code of list spokenLanguage; NULL: Mandarin (R1.23)
            relay_name TEXT, -- who can relay in Mandarin
            relay_phone TEXT, -- digits
            contact_any \(SQL.int64) NOT NULL CHECK (contact_any IN (0, 1)), -- may be called at any time (R1.22)
            contact_from \(SQL.int64), -- first quarter of an hour of the day in which calls suit; NULL: not asked
            contact_until \(SQL.int64), -- the first one after
            intention TEXT, -- code of list treatmentIntention (R1.21)
            intended_items TEXT, -- as said
            preference TEXT, -- how the customer likes to be treated
            needs TEXT NOT NULL, -- codes of list assistanceNeed separated by commas; '' when none (R1.25)
            drink TEXT, -- code of list drink (R1.26)
            employee_id \(SQL.int64) REFERENCES staff (id), -- the customer works here (R1.27)
            spoken_on_phone_at \(SQL.int64), -- name and phone were taken on the telephone (R1.15)
            read_back_at \(SQL.int64), -- and read back
            read_back_by \(SQL.int64),
            changed_at \(SQL.int64) NOT NULL,
            changed_by \(SQL.int64) NOT NULL,
            version \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE observation (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            visit_id \(SQL.int64) REFERENCES visit (id), -- NULL: before or between visits
            words TEXT NOT NULL, -- one or two sentences for the doctor (R1.17)
            written_at \(SQL.int64) NOT NULL,
            written_by \(SQL.int64) NOT NULL,
            withdrawn_at \(SQL.int64),
            withdrawn_by \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX observation_of_patient ON observation (patient_id, written_at)",
        """
        CREATE TABLE consultation_profile (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            content_cipher TEXT NOT NULL, -- keyId:nonce:data; the newest row counts (R1.20)
            recorded_at \(SQL.int64) NOT NULL,
            recorded_by \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX consultation_profile_of_patient ON consultation_profile (patient_id)",
        """
        CREATE TABLE file_audit (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            registrar_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            findings TEXT NOT NULL, -- codes of list fileFinding separated by commas; '' when all was right (R1.36)
            note TEXT,
            points \(SQL.int64) NOT NULL CHECK (points >= 0), -- candidate for the month's score; decided elsewhere (R14.23)
            audited_at \(SQL.int64) NOT NULL,
            audited_by \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX file_audit_of_clinic ON file_audit (clinic_id, audited_at)",
        "CREATE INDEX file_audit_of_patient ON file_audit (patient_id)",
    ]

    private static let merges: [SQL] = [
        """
        CREATE TABLE patient_merge (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            kept_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            merged_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            kept_version \(SQL.int64) NOT NULL, -- of the kept file after the merge
            merged_at \(SQL.int64) NOT NULL,
            merged_by \(SQL.int64) NOT NULL,
            undo_until \(SQL.int64) NOT NULL, -- last moment at which it can be taken back
            undone_at \(SQL.int64),
            undone_by \(SQL.int64),
            CHECK (kept_id <> merged_id)
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX patient_merge_in_force ON patient_merge (merged_id) WHERE undone_at IS NULL",
        "CREATE INDEX patient_merge_of_kept ON patient_merge (kept_id)",
        "CREATE INDEX patient_merged ON patient (merged_into_id) WHERE merged_into_id IS NOT NULL",
        """
        CREATE TABLE patient_merge_row (
            merge_id \(SQL.int64) NOT NULL REFERENCES patient_merge (id),
            table_name TEXT NOT NULL,
            row_id \(SQL.int64) NOT NULL, -- a row that was moved to the kept file
            PRIMARY KEY (merge_id, table_name, row_id)
        )\(SQL.keyedTableOptions)
        """,
        """
        CREATE TABLE patient_merge_field (
            merge_id \(SQL.int64) NOT NULL REFERENCES patient_merge (id),
            field TEXT NOT NULL, -- whose value of the merged file won
            old_value TEXT, -- of the kept file before; document numbers stay with their file
            PRIMARY KEY (merge_id, field)
        )\(SQL.keyedTableOptions)
        """,
    ]
}
