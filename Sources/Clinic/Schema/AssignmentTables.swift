import Storage

/// Which doctor, and why: assignments, the ledger of turns, levels of customers.
enum AssignmentTables {
    static let statements: [SQL] = [
        // R2.24, R2.21: nullable, so that both engines add them in place.
        "ALTER TABLE appointment ADD COLUMN helping_for_id \(SQL.int64) REFERENCES staff (id)",
        "ALTER TABLE appointment ADD COLUMN cost_doctor_id \(SQL.int64) REFERENCES staff (id)",
        """
        CREATE TABLE assignment (
            appointment_id \(SQL.int64) NOT NULL PRIMARY KEY REFERENCES appointment (id),
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            rule TEXT NOT NULL, -- as appointment.rule_applied when it was decided (R3.17)
            doctor_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            helping_for_id \(SQL.int64) REFERENCES staff (id),
            cost_doctor_id \(SQL.int64) REFERENCES staff (id),
            specialist_id \(SQL.int64) REFERENCES staff (id), -- follows a first examination (R3.19)
            specialist_appointment_id \(SQL.int64) REFERENCES appointment (id),
            reasons TEXT NOT NULL, -- JSON: [{kind, text}]
            alternatives TEXT NOT NULL, -- JSON: the nearest ones, with why not
            decided_by \(SQL.int64) NOT NULL,
            decided_at \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE rotation_turn (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            doctor_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            kind TEXT NOT NULL CHECK (kind IN ('taken', 'skipped', 'returned', 'calibrated')), -- R3.15
            day TEXT NOT NULL, -- business day of the booking; of 'calibrated' the day it was noticed
            appointment_id \(SQL.int64) REFERENCES appointment (id), -- NULL only of 'calibrated'
            credit \(SQL.int64) NOT NULL, -- shares this line gave the doctor: 720720 are one turn
            reason TEXT NOT NULL,
            recorded_by \(SQL.int64) NOT NULL,
            recorded_at \(SQL.int64) NOT NULL,
            CHECK (kind = 'calibrated' OR appointment_id IS NOT NULL)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX rotation_turn_of_clinic ON rotation_turn (clinic_id, recorded_at)",
        "CREATE INDEX rotation_turn_of_appointment ON rotation_turn (appointment_id)",
        "CREATE INDEX rotation_turn_of_day ON rotation_turn (clinic_id, day)",
        """
        CREATE TABLE rotation_balance (
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            doctor_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            credit \(SQL.int64) NOT NULL, -- shares earned by being there when turns were given
            taken \(SQL.int64) NOT NULL, -- turns had, returned ones not counted
            PRIMARY KEY (clinic_id, doctor_id)
        )\(SQL.keyedTableOptions)
        """,
        """
        CREATE TABLE patient_level (
            patient_id \(SQL.int64) NOT NULL PRIMARY KEY REFERENCES patient (id),
            level \(SQL.int64) NOT NULL CHECK (level BETWEEN 0 AND 3), -- set by hand (R3.50)
            reason TEXT NOT NULL,
            set_by \(SQL.int64) NOT NULL,
            set_at \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
    ]
}
