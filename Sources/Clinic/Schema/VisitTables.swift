import Storage

extension FoundationTables {
    /// A customer's stay, from the door to the door.
    static let visits: [SQL] = [
        """
        CREATE TABLE visit (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            appointment_id \(SQL.int64) REFERENCES appointment (id), -- NULL: walk-in
            doctor_id \(SQL.int64) REFERENCES staff (id), -- who is to see the customer; NULL: not decided
            visit_type TEXT NOT NULL, -- code (R2.01)
            proposed_type TEXT NOT NULL, -- what the rule proposed (R2.02)
            type_reason TEXT NOT NULL, -- why it was proposed, or why it was overridden (R2.28)
            complaint TEXT NOT NULL,
            segment TEXT, -- demand segment (R2.11)
            emergency TEXT, -- code (R2.09); NULL: none
            told_wait_minutes \(SQL.int64), -- what the customer was told (R4.02)
            arrived_at \(SQL.int64) NOT NULL,
            seated_at \(SQL.int64),
            finished_at \(SQL.int64), -- treatment ended, the customer left the chair
            left_at \(SQL.int64), -- left the clinic
            outcome TEXT, -- seen, booked, referred, left … (R2.29)
            outcome_reason TEXT,
            contact_checked_at \(SQL.int64), -- phone and address confirmed at check-in (R1.04)
            contact_checked_by \(SQL.int64),
            version \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX visit_one_open ON visit (clinic_id, business_day, patient_id) WHERE left_at IS NULL",
        "CREATE UNIQUE INDEX visit_of_appointment ON visit (appointment_id) WHERE appointment_id IS NOT NULL",
        "CREATE INDEX visit_of_day ON visit (clinic_id, business_day)",
        "CREATE INDEX visit_of_patient ON visit (patient_id, business_day)",
        """
        CREATE TABLE visit_fact (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            visit_id \(SQL.int64) NOT NULL REFERENCES visit (id),
            kind TEXT NOT NULL, -- arrived, called, skipped, ledIn, nearlyDone, exited, left, explained, educated …
            happened_at \(SQL.int64) NOT NULL,
            recorded_at \(SQL.int64) NOT NULL, -- later than happened_at: 补录
            recorded_by \(SQL.int64) NOT NULL,
            detail TEXT, -- chair, reason, text spoken
            late_reason TEXT, -- why the true time was stated afterwards
            undone_at \(SQL.int64),
            undone_by \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX visit_fact_of_visit ON visit_fact (visit_id)",
        """
        CREATE TABLE queue_ticket (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            visit_id \(SQL.int64) NOT NULL REFERENCES visit (id),
            number \(SQL.int64) NOT NULL, -- from the day's counter
            rank_reason TEXT, -- why it stands before its turn
            issued_at \(SQL.int64) NOT NULL,
            called_at \(SQL.int64), -- last call
            call_count \(SQL.int64) NOT NULL,
            called_chair_id \(SQL.int64) REFERENCES chair (id),
            skipped_at \(SQL.int64), -- did not answer; NULL again when called again
            closed_at \(SQL.int64), -- led in, or left without being seen
            version \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX queue_ticket_number ON queue_ticket (clinic_id, business_day, number)",
        "CREATE UNIQUE INDEX queue_ticket_one_open ON queue_ticket (visit_id) WHERE closed_at IS NULL",
        """
        CREATE TABLE movement (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            visit_id \(SQL.int64) NOT NULL REFERENCES visit (id),
            chair_id \(SQL.int64) NOT NULL REFERENCES chair (id),
            person TEXT NOT NULL CHECK (person IN ('patient', 'companion')),
            entered_at \(SQL.int64) NOT NULL,
            entered_by \(SQL.int64) NOT NULL,
            handed_to_id \(SQL.int64) REFERENCES staff (id), -- nurse who took over (R4.18)
            alerts_spoken_at \(SQL.int64), -- special conditions told aloud (R1.07)
            nearly_done_at \(SQL.int64), -- tap of the room (R4.15)
            exited_at \(SQL.int64),
            exited_by \(SQL.int64),
            exit_recorded_at \(SQL.int64), -- later than exited_at: 补录
            cleaned_at \(SQL.int64) -- tap: chair ready again
        )\(SQL.tableOptions)
        """,
        // R4.11, R4.12: the chair takes the next customer only after the last one's exit.
        "CREATE UNIQUE INDEX movement_one_in_chair ON movement (chair_id) WHERE exited_at IS NULL AND person = 'patient'",
        "CREATE INDEX movement_of_visit ON movement (visit_id)",
        "CREATE INDEX movement_of_chair ON movement (chair_id, entered_at)",
    ]
}
