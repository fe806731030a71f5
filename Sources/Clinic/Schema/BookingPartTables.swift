import Storage

/// What belongs to a booking beyond its time: wishes said with it, cases given to a superior, referrals between doctors;
/// and on which weekdays a clinic opens.
enum BookingPartTables {
    static let statements: [SQL] = [
        """
        CREATE TABLE booking_wish (
            appointment_id \(SQL.int64) NOT NULL PRIMARY KEY REFERENCES appointment (id),
            said TEXT NOT NULL -- what the customer asked of the doctor with this booking (R3.18)
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE handed_case (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            kind TEXT NOT NULL CHECK (kind IN ('doctorGone', 'difficult')), -- R2.23: supervisor; R3.37: director
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            appointment_id \(SQL.int64) REFERENCES appointment (id), -- what it is about; of doctorGone what settled it
            doctor_id \(SQL.int64) REFERENCES staff (id), -- who is gone
            words TEXT NOT NULL, -- what the customer wants, what is difficult
            asked_by \(SQL.int64) NOT NULL,
            asked_at \(SQL.int64) NOT NULL,
            settled_by \(SQL.int64),
            settled_at \(SQL.int64),
            outcome TEXT, -- what was decided
            CHECK ((settled_at IS NULL) = (outcome IS NULL))
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX handed_case_one_open ON handed_case (patient_id, clinic_id, kind) WHERE settled_at IS NULL",
        "CREATE INDEX handed_case_of_clinic ON handed_case (clinic_id, asked_at)",
        """
        CREATE TABLE referral (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            visit_id \(SQL.int64) NOT NULL REFERENCES visit (id),
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            main_doctor_id \(SQL.int64) NOT NULL REFERENCES staff (id), -- who stays responsible (R3.54)
            helper_id \(SQL.int64) NOT NULL REFERENCES staff (id), -- who was asked to help
            words TEXT NOT NULL, -- what for
            recorded_by \(SQL.int64) NOT NULL,
            recorded_at \(SQL.int64) NOT NULL,
            no_charge_at \(SQL.int64), -- the helper did nothing that costs
            no_next_at \(SQL.int64), -- the helper needs no further visit
            cancelled_at \(SQL.int64),
            CHECK (main_doctor_id <> helper_id)
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX referral_one ON referral (visit_id, helper_id) WHERE cancelled_at IS NULL",
        "CREATE INDEX referral_of_day ON referral (clinic_id, business_day)",
        """
        CREATE TABLE clinic_week (
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            valid_from TEXT NOT NULL, -- counts until the next row of the clinic begins
            weekdays \(SQL.int64) NOT NULL CHECK (weekdays BETWEEN 1 AND 127), -- open; bit 0 = Monday
            set_by \(SQL.int64) NOT NULL,
            set_at \(SQL.int64) NOT NULL,
            PRIMARY KEY (clinic_id, valid_from)
        )\(SQL.keyedTableOptions)
        """,
    ]
}
