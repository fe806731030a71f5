import Storage

/// What the desk asks and decides when somebody arrives: answers, overrides, special cases with their steps, small requests.
enum TriageTables {
    static let statements: [SQL] = [
        """
        CREATE TABLE visit_answer (
            visit_id \(SQL.int64) NOT NULL PRIMARY KEY REFERENCES visit (id),
            feeling TEXT, -- how the tooth feels now, in the customer's words (R2.12)
            mood TEXT, -- code of list visitMood
            needs TEXT NOT NULL, -- codes of list assistanceNeed separated by commas; '' when none (R1.25)
            exempt_reason TEXT, -- code of list exemptReason (R2.06)
            exempt_note TEXT,
            recorded_by \(SQL.int64) NOT NULL,
            recorded_at \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE triage_override (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            visit_id \(SQL.int64) NOT NULL REFERENCES visit (id),
            kind TEXT NOT NULL CHECK (kind IN ('type', 'doctor')), -- R2.28
            proposed TEXT NOT NULL, -- visit type, or id of the doctor
            chosen TEXT NOT NULL,
            reason TEXT, -- NULL: none was written
            recorded_by \(SQL.int64) NOT NULL,
            recorded_at \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX triage_override_of_day ON triage_override (clinic_id, business_day)",
        """
        CREATE TABLE visit_case (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            visit_id \(SQL.int64) NOT NULL REFERENCES visit (id),
            kind TEXT NOT NULL, -- offSchedule, untoldChange, expertAbsent … (R2.14–R2.26, R4.06)
            doctor_id \(SQL.int64) REFERENCES staff (id), -- whom it is about
            why TEXT NOT NULL, -- what showed it, in words
            opened_by \(SQL.int64) NOT NULL,
            opened_at \(SQL.int64) NOT NULL,
            outcome TEXT, -- mainDoctor, otherDoctor, supervisor, wait, booked, callback …; NULL while open
            outcome_doctor_id \(SQL.int64) REFERENCES staff (id),
            outcome_appointment_id \(SQL.int64) REFERENCES appointment (id), -- booked instead
            outcome_day TEXT, -- of a callback (R2.18)
            outcome_note TEXT,
            closed_by \(SQL.int64),
            closed_at \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX visit_case_once ON visit_case (visit_id, kind)",
        "CREATE INDEX visit_case_of_day ON visit_case (clinic_id, business_day)",
        """
        CREATE TABLE visit_case_step (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            case_id \(SQL.int64) NOT NULL REFERENCES visit_case (id),
            kind TEXT NOT NULL, -- purpose, doctorCalled, expertTold, operation, operatorTold, willing, escort, companion
            staff_id \(SQL.int64) REFERENCES staff (id), -- who was told, or who escorts
            minutes \(SQL.int64), -- the expert's estimate (R2.19)
            on_day TEXT, -- date of the operation (R2.25)
            note TEXT,
            recorded_by \(SQL.int64) NOT NULL,
            recorded_at \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX visit_case_step_of_case ON visit_case_step (case_id)",
        """
        CREATE TABLE visit_request (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            visit_id \(SQL.int64) NOT NULL REFERENCES visit (id),
            kind TEXT NOT NULL CHECK (kind IN ('help', 'wish', 'question')), -- R4.41, R4.47, R4.48
            text TEXT NOT NULL,
            doctor_id \(SQL.int64) REFERENCES staff (id), -- who is asked; of questions
            asked_by \(SQL.int64) NOT NULL,
            asked_at \(SQL.int64) NOT NULL,
            result TEXT, -- done, notPossible, answered, gone; NULL while open
            result_note TEXT,
            closed_by \(SQL.int64),
            closed_at \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX visit_request_of_visit ON visit_request (visit_id)",
        "CREATE INDEX visit_request_of_day ON visit_request (clinic_id, business_day)",
    ]
}
