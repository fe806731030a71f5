import Storage

/// What happens while customers wait: times told, places changed by hand, small services, rounds, companions.
enum WaitingTables {
    static let all: [SQL] = queue + care + companions

    private static let queue: [SQL] = [
        """
        CREATE TABLE wait_estimate (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            visit_id \(SQL.int64) NOT NULL REFERENCES visit (id),
            doctor_id \(SQL.int64) REFERENCES staff (id), -- who was to see the customer then; NULL: not decided
            told_minutes \(SQL.int64) NOT NULL CHECK (told_minutes BETWEEN 0 AND 600), -- minutes said to the customer (R4.02)
            system_minutes \(SQL.int64), -- minutes the system would have said; NULL without a doctor
            told_at \(SQL.int64) NOT NULL,
            told_by \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX wait_estimate_of_visit ON wait_estimate (visit_id)",
        "CREATE INDEX wait_estimate_of_day ON wait_estimate (clinic_id, business_day)",
        """
        CREATE TABLE queue_move (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            visit_id \(SQL.int64) NOT NULL REFERENCES visit (id),
            before_visit_id \(SQL.int64) NOT NULL REFERENCES visit (id), -- in front of whom (R4.01)
            turn_at \(SQL.int64) NOT NULL, -- the turn of that customer when the place was changed
            turn_arrived_at \(SQL.int64) NOT NULL, -- and the arrival that ordered equal turns
            reason TEXT NOT NULL, -- code of list queueMove
            note TEXT,
            moved_at \(SQL.int64) NOT NULL,
            moved_by \(SQL.int64) NOT NULL,
            undone_at \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX queue_move_of_day ON queue_move (clinic_id, business_day)",
    ]

    private static let care: [SQL] = [
        """
        CREATE TABLE care_tick (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            visit_id \(SQL.int64) NOT NULL REFERENCES visit (id),
            kind TEXT NOT NULL, -- code of list hospitality (R4.08)
            ticked_at \(SQL.int64) NOT NULL,
            ticked_by \(SQL.int64) NOT NULL,
            undone_at \(SQL.int64),
            undone_by \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX care_tick_once ON care_tick (visit_id, kind) WHERE undone_at IS NULL",
        "CREATE INDEX care_tick_of_day ON care_tick (clinic_id, business_day)",
        """
        CREATE TABLE patrol_round (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            walked_at \(SQL.int64) NOT NULL,
            walked_by \(SQL.int64) NOT NULL,
            waiting \(SQL.int64) NOT NULL -- customers who waited then
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX patrol_round_of_day ON patrol_round (clinic_id, business_day)",
    ]

    private static let companions: [SQL] = [
        """
        CREATE TABLE companion (
            movement_id \(SQL.int64) NOT NULL PRIMARY KEY REFERENCES movement (id), -- times in and out (R4.14)
            relation TEXT, -- as said: 妈妈, 朋友
            is_within_rule \(SQL.int64) NOT NULL CHECK (is_within_rule IN (0, 1)), -- age and number (R4.16)
            reason TEXT, -- code of list companionReason, for an exception
            note TEXT,
            allowed_by \(SQL.int64) REFERENCES staff (id) -- who made the exception
        )\(SQL.keyedTableOptions)
        """
    ]
}
