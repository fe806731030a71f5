import Storage

/// Second part of the roster: duties, days of the clinic, devices, doctors' profiles, requests and what a change of
/// the roster leaves to be done.
enum RosterTables {
    static let statements: [SQL] = [
        // NULL: works. An empty duty keeps rows of the first version valid.
        "ALTER TABLE roster_shift ADD COLUMN duty TEXT",
        "ALTER TABLE roster_shift ADD COLUMN room_id \(SQL.int64) REFERENCES room (id)",
        "ALTER TABLE roster_exception ADD COLUMN duty TEXT",
        "ALTER TABLE roster_exception ADD COLUMN room_id \(SQL.int64) REFERENCES room (id)",
        """
        CREATE TABLE clinic_day (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            day TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('closed', 'open')), -- closed: the weekly pattern does not count
            as_weekday \(SQL.int64) CHECK (as_weekday BETWEEN 1 AND 7), -- of 'open': whose weekly pattern counts; NULL: its own
            name TEXT NOT NULL, -- 国庆节, 调休上班 …
            set_by \(SQL.int64) NOT NULL,
            set_at \(SQL.int64) NOT NULL,
            ended_at \(SQL.int64) -- replaced or taken back; NULL: in force
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX clinic_day_one ON clinic_day (clinic_id, day) WHERE ended_at IS NULL",
        """
        CREATE TABLE device (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            room_id \(SQL.int64) REFERENCES room (id), -- where it stands; of a communication room: the room itself
            kind TEXT NOT NULL, -- code of list deviceKind
            name TEXT NOT NULL,
            added_at \(SQL.int64) NOT NULL,
            retired_at \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX device_of_clinic ON device (clinic_id)",
        """
        CREATE TABLE doctor_profile (
            staff_id \(SQL.int64) NOT NULL PRIMARY KEY REFERENCES staff (id),
            born_on TEXT, -- for wishes about age (R3.18); never shown to customers
            specialties TEXT NOT NULL, -- codes of list specialty separated by commas
            familiar_with TEXT NOT NULL, -- codes: may do the first examination of a specialist's business (R3.19)
            started_on TEXT, -- newcomer date for the rotation (R3.15)
            takes_rotation \(SQL.int64) NOT NULL CHECK (takes_rotation IN (0, 1)),
            version \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE roster_request (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            staff_id \(SQL.int64) NOT NULL REFERENCES staff (id), -- who asks
            kind TEXT NOT NULL CHECK (kind IN ('leave', 'swap')), -- 请假, 换班
            reason TEXT NOT NULL, -- code of list leaveReason
            note TEXT,
            first_day TEXT NOT NULL, -- of leave: first day; of a swap: the day the colleague takes over
            last_day TEXT NOT NULL, -- inclusive; of a swap: the day worked in return
            start_unit \(SQL.int64), -- of leave for a part of one day; NULL: whole days
            end_unit \(SQL.int64),
            colleague_id \(SQL.int64) REFERENCES staff (id), -- of a swap
            agreed_at \(SQL.int64), -- by the colleague
            asked_at \(SQL.int64) NOT NULL,
            decided_at \(SQL.int64),
            decided_by \(SQL.int64) REFERENCES staff (id),
            decision TEXT CHECK (decision IN ('approved', 'refused')),
            decision_note TEXT,
            withdrawn_at \(SQL.int64), -- by the person who asked
            version \(SQL.int64) NOT NULL,
            CHECK (first_day <= last_day OR kind = 'swap'),
            CHECK ((kind = 'swap') = (colleague_id IS NOT NULL))
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX roster_request_of_clinic ON roster_request (clinic_id, first_day)",
        "CREATE INDEX roster_request_of_staff ON roster_request (staff_id, asked_at)",
        """
        CREATE TABLE displaced_booking (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            appointment_id \(SQL.int64) NOT NULL REFERENCES appointment (id),
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            doctor_id \(SQL.int64) NOT NULL REFERENCES staff (id), -- who does not work at the booked time any more
            day TEXT NOT NULL,
            cause TEXT NOT NULL, -- why: the reason given with the change of the roster
            found_at \(SQL.int64) NOT NULL,
            settled_at \(SQL.int64), -- NULL: still red (R3.34)
            settled_by \(SQL.int64),
            settled_how TEXT CHECK (settled_how IN ('moved', 'reassigned', 'cancelled', 'missed', 'arrived', 'restored'))
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX displaced_booking_one ON displaced_booking (appointment_id) WHERE settled_at IS NULL",
        "CREATE INDEX displaced_booking_of_clinic ON displaced_booking (clinic_id, day)",
        """
        CREATE TABLE doctor_call (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            doctor_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            day TEXT NOT NULL, -- the changed day
            called_at \(SQL.int64) NOT NULL, -- R2.17: time
            called_by \(SQL.int64) NOT NULL REFERENCES staff (id),
            result TEXT NOT NULL, -- R2.17: code of list doctorCall
            note TEXT
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX doctor_call_of_day ON doctor_call (clinic_id, day)",
        """
        CREATE TABLE appointment_part (
            appointment_id \(SQL.int64) NOT NULL REFERENCES appointment (id),
            position \(SQL.int64) NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('doctor', 'assistant', 'device')),
            resource_id \(SQL.int64) NOT NULL,
            offset_units \(SQL.int64) NOT NULL CHECK (offset_units >= 0), -- from the start of the booking
            units \(SQL.int64) NOT NULL CHECK (units >= 1),
            PRIMARY KEY (appointment_id, position)
        )\(SQL.keyedTableOptions)
        """,
    ]
}
