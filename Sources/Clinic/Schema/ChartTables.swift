import Storage

/// Paper charts: where they are, who took them, what was entered from them, copies and prints (R1.28–R1.34).
enum ChartTables {
    static let all: [SQL] = charts + entries + papers

    private static let charts: [SQL] = [
        """
        CREATE TABLE paper_chart (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            kind TEXT NOT NULL CHECK (kind IN ('chart', 'booklet')), -- booklet: held by the customer, returned freely (R1.33)
            number TEXT NOT NULL, -- as written on the cover
            shelf TEXT NOT NULL, -- where it stands
            state TEXT NOT NULL
                CHECK (state IN ('shelf', 'pulled', 'ordered', 'doctor', 'cashier', 'returned', 'released')), -- R1.30
            moved_at \(SQL.int64) NOT NULL, -- last movement
            moved_by \(SQL.int64) NOT NULL,
            version \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX paper_chart_number ON paper_chart (clinic_id, number)",
        "CREATE INDEX paper_chart_of_patient ON paper_chart (patient_id)",
        "CREATE INDEX paper_chart_out ON paper_chart (clinic_id, moved_at) WHERE state <> 'shelf'",
        """
        CREATE TABLE chart_movement (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            chart_id \(SQL.int64) NOT NULL REFERENCES paper_chart (id),
            from_state TEXT, -- NULL: the chart was entered
            to_state TEXT NOT NULL,
            note TEXT,
            moved_at \(SQL.int64) NOT NULL,
            moved_by \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX chart_movement_of_chart ON chart_movement (chart_id, moved_at)",
        """
        CREATE TABLE chart_release (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            chart_id \(SQL.int64) NOT NULL REFERENCES paper_chart (id),
            reason TEXT NOT NULL, -- why the customer insists (R1.33)
            requested_at \(SQL.int64) NOT NULL,
            requested_by \(SQL.int64) NOT NULL,
            decided_at \(SQL.int64),
            decided_by \(SQL.int64),
            is_approved \(SQL.int64) CHECK (is_approved IN (0, 1)),
            answer TEXT, -- what the supervisor said
            released_at \(SQL.int64),
            CHECK ((decided_at IS NULL) = (is_approved IS NULL)),
            CHECK (decided_by IS NULL OR decided_by <> requested_by)
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX chart_release_open ON chart_release (chart_id) WHERE decided_at IS NULL",
        "CREATE INDEX chart_release_of_chart ON chart_release (chart_id)",
    ]

    private static let entries: [SQL] = [
        """
        CREATE TABLE chart_entry (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            corrects_id \(SQL.int64) REFERENCES chart_entry (id), -- the version this one replaces (R1.29)
            seen_on TEXT NOT NULL, -- day written on the paper
            content TEXT NOT NULL,
            stamp_name TEXT NOT NULL, -- entry stamp: name and number of the operator (R1.28)
            stamp_code TEXT NOT NULL,
            entered_at \(SQL.int64) NOT NULL,
            entered_by \(SQL.int64) NOT NULL,
            returned_at \(SQL.int64), -- the paper was given back with thanks
            wrong_at \(SQL.int64),
            wrong_by \(SQL.int64),
            wrong_reason TEXT,
            CHECK ((wrong_at IS NULL) = (wrong_reason IS NULL)),
            CHECK (wrong_by IS NULL OR wrong_by <> entered_by)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX chart_entry_of_patient ON chart_entry (patient_id)",
        "CREATE INDEX chart_entry_of_clinic ON chart_entry (clinic_id, entered_at)",
        "CREATE UNIQUE INDEX chart_entry_correction ON chart_entry (corrects_id) WHERE corrects_id IS NOT NULL",
    ]

    private static let papers: [SQL] = [
        """
        CREATE TABLE record_copy (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            purpose TEXT NOT NULL, -- code of list recordPurpose
            papers TEXT NOT NULL, -- what is asked for: 病历, 发票, X 线片 …
            requested_at \(SQL.int64) NOT NULL,
            requested_by \(SQL.int64) NOT NULL,
            fetched_at \(SQL.int64), -- copied and collected by staff (R1.34)
            fetched_by \(SQL.int64),
            handed_at \(SQL.int64), -- in the customer's hands
            handed_by \(SQL.int64),
            version \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX record_copy_open ON record_copy (clinic_id, requested_at) WHERE handed_at IS NULL",
        "CREATE INDEX record_copy_of_patient ON record_copy (patient_id)",
        """
        CREATE TABLE record_print (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            purpose TEXT NOT NULL, -- code of list recordPurpose (R1.32)
            note TEXT,
            printed_at \(SQL.int64) NOT NULL,
            printed_by \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX record_print_of_patient ON record_print (patient_id)",
    ]
}
