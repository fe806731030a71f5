import Storage

/// The waiting hall: its screens, notices, counts and broadcasts.
enum HallTables {
    static let all: [SQL] = [
        """
        CREATE TABLE device_link (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            name TEXT NOT NULL, -- where it hangs
            token_hash TEXT NOT NULL UNIQUE, -- SHA-256 of the secret in the address; the secret is nowhere
            paired_at \(SQL.int64) NOT NULL,
            paired_by \(SQL.int64) NOT NULL,
            seen_at \(SQL.int64), -- last time the screen asked, to the minute
            revoked_at \(SQL.int64),
            revoked_by \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX device_link_of_clinic ON device_link (clinic_id)",
        """
        CREATE TABLE service_window (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            number \(SQL.int64) NOT NULL CHECK (number BETWEEN 1 AND 99), -- on the pane, screens and prints (R4.39)
            kind TEXT NOT NULL CHECK (kind IN ('desk', 'cashier')),
            opened_at \(SQL.int64) NOT NULL,
            closed_at \(SQL.int64) -- given up; its number may be used again
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX service_window_number ON service_window (clinic_id, number) WHERE closed_at IS NULL",
        """
        CREATE TABLE hall_notice (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            chinese TEXT NOT NULL,
            english TEXT, -- NULL: only in Chinese
            set_by \(SQL.int64) NOT NULL,
            set_at \(SQL.int64) NOT NULL,
            ended_at \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX hall_notice_of_clinic ON hall_notice (clinic_id)",
        """
        CREATE TABLE hall_count (
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            half_hour \(SQL.int64) NOT NULL CHECK (half_hour BETWEEN 0 AND 47), -- of the wall clock; 19 is 09:30
            way TEXT NOT NULL CHECK (way IN ('in', 'out')),
            people \(SQL.int64) NOT NULL CHECK (people >= 0), -- greeted or seen off at the door (R4.22)
            PRIMARY KEY (clinic_id, business_day, half_hour, way)
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE lobby_guest (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            patient_id \(SQL.int64) REFERENCES patient (id), -- NULL: nobody knows the person yet
            label TEXT NOT NULL, -- how the desk recognises the person: name, or what the lobby wrote
            sent_at \(SQL.int64) NOT NULL,
            sent_by \(SQL.int64) NOT NULL,
            met_at \(SQL.int64), -- the desk has taken over
            met_by \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX lobby_guest_of_day ON lobby_guest (clinic_id, business_day)",
        """
        CREATE TABLE lobby_reminder (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            waiting \(SQL.int64) NOT NULL, -- customers who waited at that moment
            reminded_at \(SQL.int64) NOT NULL,
            reminded_by \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX lobby_reminder_of_day ON lobby_reminder (clinic_id, business_day)",
        """
        CREATE TABLE broadcast_slot (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            code TEXT NOT NULL, -- of the playbook, or the clinic's own
            kind TEXT NOT NULL CHECK (kind IN ('music', 'words')),
            weekdays TEXT NOT NULL, -- digits 1 Monday … 7 Sunday
            minute \(SQL.int64) NOT NULL CHECK (minute BETWEEN 0 AND 1439), -- after local midnight
            title TEXT NOT NULL,
            words TEXT, -- what is spoken; NULL for music
            is_on \(SQL.int64) NOT NULL CHECK (is_on IN (0, 1)),
            set_by \(SQL.int64) NOT NULL,
            set_at \(SQL.int64) NOT NULL,
            UNIQUE (clinic_id, code)
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE broadcast_play (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            slot_code TEXT, -- NULL: announced out of turn
            kind TEXT NOT NULL CHECK (kind IN ('music', 'words', 'announcement')),
            title TEXT NOT NULL,
            words TEXT,
            outcome TEXT NOT NULL CHECK (outcome IN ('played', 'left')),
            reason TEXT, -- why it was left out
            on_screen \(SQL.int64) NOT NULL CHECK (on_screen IN (0, 1)), -- 1: the hall screens speak it
            played_at \(SQL.int64) NOT NULL,
            played_by \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        // A programme of the day is ticked once, whoever is faster.
        """
        CREATE UNIQUE INDEX broadcast_play_once ON broadcast_play (clinic_id, business_day, slot_code)
            WHERE slot_code IS NOT NULL
        """,
        "CREATE INDEX broadcast_play_of_day ON broadcast_play (clinic_id, business_day, played_at)",
    ]
}
