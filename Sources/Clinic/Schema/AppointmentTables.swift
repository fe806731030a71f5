import Storage

extension FoundationTables {
    /// The appointment book. `resource_unit` is the guarantee against double booking; everything else explains it.
    static let appointments: [SQL] = [
        """
        CREATE TABLE appointment (
            id \(SQL.int64) NOT NULL PRIMARY KEY, -- stays the same when moved
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            day TEXT NOT NULL, -- business day
            start_unit \(SQL.int64) NOT NULL CHECK (start_unit BETWEEN 0 AND 95),
            units \(SQL.int64) NOT NULL CHECK (units >= 1 AND start_unit + units <= 96), -- R3.01
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            doctor_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            assistant_id \(SQL.int64) REFERENCES staff (id),
            chair_id \(SQL.int64) REFERENCES chair (id), -- NULL: not known yet
            complaint TEXT NOT NULL,
            channel TEXT NOT NULL, -- code: phone, desk, return, online …
            desk_reason TEXT, -- code, of an on-the-spot booking (R3.07)
            remark TEXT,
            is_squeezed \(SQL.int64) NOT NULL, -- 加号: holds no doctor unit
            squeeze_reason TEXT,
            rule_applied TEXT NOT NULL, -- sameDoctor, chosen, changed (R3.17)
            doctor_change_reason TEXT, -- code: why not the treating doctor (R3.14)
            override_rule TEXT, -- rule id passed with a reason
            override_reason TEXT, -- code
            override_note TEXT,
            booked_at \(SQL.int64) NOT NULL,
            booked_by \(SQL.int64) NOT NULL,
            confirmed_at \(SQL.int64), -- day before, by the customer (R3.25)
            confirmed_by \(SQL.int64),
            cancelled_at \(SQL.int64),
            cancelled_by \(SQL.int64),
            cancel_reason TEXT, -- code
            cancel_side TEXT CHECK (cancel_side IN ('patient', 'clinic')),
            cancel_note TEXT,
            cancel_notice_minutes \(SQL.int64), -- from the cancellation to the booked start (R3.36)
            missed_at \(SQL.int64), -- marked as no-show, an explicit act
            missed_by \(SQL.int64),
            move_count \(SQL.int64) NOT NULL,
            version \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX appointment_of_day ON appointment (clinic_id, day)",
        "CREATE INDEX appointment_of_patient ON appointment (patient_id, day)",
        """
        CREATE TABLE appointment_item (
            appointment_id \(SQL.int64) NOT NULL REFERENCES appointment (id),
            position \(SQL.int64) NOT NULL,
            item_id \(SQL.int64) NOT NULL REFERENCES item (id),
            teeth TEXT NOT NULL, -- FDI numbers separated by commas; '' when none
            PRIMARY KEY (appointment_id, position)
        )\(SQL.keyedTableOptions)
        """,
        """
        CREATE TABLE appointment_move (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            appointment_id \(SQL.int64) NOT NULL REFERENCES appointment (id),
            from_day TEXT NOT NULL,
            from_unit \(SQL.int64) NOT NULL,
            from_units \(SQL.int64) NOT NULL,
            from_doctor_id \(SQL.int64) NOT NULL,
            from_chair_id \(SQL.int64),
            to_day TEXT NOT NULL,
            to_unit \(SQL.int64) NOT NULL,
            to_units \(SQL.int64) NOT NULL,
            to_doctor_id \(SQL.int64) NOT NULL,
            to_chair_id \(SQL.int64),
            reason TEXT NOT NULL, -- code (R3.31)
            note TEXT,
            moved_by \(SQL.int64) NOT NULL,
            moved_at \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX appointment_move_of ON appointment_move (appointment_id)",
        """
        CREATE TABLE schedule_block (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            kind TEXT NOT NULL CHECK (kind IN ('doctor', 'assistant', 'chair', 'device')),
            resource_id \(SQL.int64) NOT NULL,
            day TEXT NOT NULL,
            start_unit \(SQL.int64) NOT NULL,
            units \(SQL.int64) NOT NULL CHECK (units >= 1),
            reason TEXT NOT NULL, -- 午休, 培训 …
            set_by \(SQL.int64) NOT NULL,
            set_at \(SQL.int64) NOT NULL,
            ended_at \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX schedule_block_of_day ON schedule_block (clinic_id, day)",
        """
        CREATE TABLE resource_unit (
            kind TEXT NOT NULL CHECK (kind IN ('doctor', 'assistant', 'chair', 'device', 'patient')),
            resource_id \(SQL.int64) NOT NULL,
            day TEXT NOT NULL,
            unit \(SQL.int64) NOT NULL CHECK (unit BETWEEN 0 AND 95),
            place \(SQL.int64) NOT NULL, -- 0 … capacity − 1
            holder_kind TEXT NOT NULL CHECK (holder_kind IN ('appointment', 'block', 'hold')),
            holder_id \(SQL.int64) NOT NULL,
            clinic_id \(SQL.int64) NOT NULL, -- not in the key: nobody is in two clinics at once
            expires_at \(SQL.int64), -- of a hold; a booking may take over an expired one
            PRIMARY KEY (kind, resource_id, day, unit, place)
        )\(SQL.keyedTableOptions)
        """,
        "CREATE INDEX resource_unit_of_holder ON resource_unit (holder_kind, holder_id)",
    ]
}
