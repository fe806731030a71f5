import Storage

extension FoundationTables {
    /// Charges, and the ledger. Money lives only in `transfer`.
    static let billing: [SQL] = [
        """
        CREATE TABLE charge_sheet (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            visit_id \(SQL.int64) NOT NULL REFERENCES visit (id),
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            doctor_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            entered_by \(SQL.int64) NOT NULL,
            entered_at \(SQL.int64) NOT NULL,
            explained_by \(SQL.int64),
            explained_at \(SQL.int64), -- fees explained in the room (R5.20)
            confirmed_at \(SQL.int64), -- the customer agreed (R5.20)
            confirmed_by \(SQL.int64), -- staff who recorded it
            notice_by \(SQL.int64), -- the doctor
            notice_at \(SQL.int64), -- charge notice issued: the cashier may collect (R6.01)
            next_step TEXT, -- none, visit: the doctor's advice (R5.23); NULL: not said yet
            next_units \(SQL.int64), -- R3.04
            next_after_days \(SQL.int64),
            next_note TEXT,
            cancelled_at \(SQL.int64),
            version \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE UNIQUE INDEX charge_sheet_one_open ON charge_sheet (visit_id) WHERE cancelled_at IS NULL",
        "CREATE INDEX charge_sheet_of_day ON charge_sheet (clinic_id, business_day)",
        "CREATE INDEX charge_sheet_of_patient ON charge_sheet (patient_id)",
        """
        CREATE TABLE charge_line (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            sheet_id \(SQL.int64) NOT NULL REFERENCES charge_sheet (id),
            position \(SQL.int64) NOT NULL,
            item_id \(SQL.int64) NOT NULL REFERENCES item (id),
            item_name TEXT NOT NULL, -- as on the day
            category TEXT NOT NULL, -- as on the day (R6.29)
            teeth TEXT NOT NULL, -- FDI numbers separated by commas
            quantity \(SQL.int64) NOT NULL CHECK (quantity >= 1),
            list_price_fen \(SQL.int64) NOT NULL CHECK (list_price_fen >= 0), -- one piece, price list of the day
            price_fen \(SQL.int64) NOT NULL CHECK (price_fen >= 0), -- one piece, as charged
            price_reason TEXT, -- why price differs from list (R6.02)
            amount_fen \(SQL.int64) NOT NULL, -- price × quantity
            doctor_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            CHECK (amount_fen = price_fen * quantity),
            UNIQUE (sheet_id, position)
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE tooth_treatment (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            visit_id \(SQL.int64) NOT NULL REFERENCES visit (id),
            charge_line_id \(SQL.int64) NOT NULL REFERENCES charge_line (id),
            tooth \(SQL.int64) NOT NULL, -- FDI; 0: not bound to a tooth
            item_id \(SQL.int64) NOT NULL REFERENCES item (id),
            doctor_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            business_day TEXT NOT NULL,
            warranty_until TEXT, -- R5.09
            UNIQUE (charge_line_id, tooth)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX tooth_treatment_of_patient ON tooth_treatment (patient_id, tooth)",
        """
        CREATE TABLE receipt (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            number \(SQL.int64) NOT NULL, -- gapless in its clinic (R6.03)
            business_day TEXT NOT NULL,
            issued_at \(SQL.int64) NOT NULL,
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            visit_id \(SQL.int64) REFERENCES visit (id),
            sheet_id \(SQL.int64) REFERENCES charge_sheet (id),
            doctor_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            cashier_id \(SQL.int64) NOT NULL REFERENCES staff (id),
            list_fen \(SQL.int64) NOT NULL, -- lines at list price
            receivable_fen \(SQL.int64) NOT NULL, -- lines as charged, plus what was owed of them before
            received_fen \(SQL.int64) NOT NULL CHECK (received_fen > 0),
            arrears_fen \(SQL.int64) NOT NULL CHECK (arrears_fen >= 0), -- still owed for the sheet afterwards (R6.07)
            tendered_fen \(SQL.int64), -- cash handed over (R6.16)
            change_fen \(SQL.int64),
            voided_at \(SQL.int64),
            UNIQUE (clinic_id, number)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX receipt_of_day ON receipt (clinic_id, business_day)",
        "CREATE INDEX receipt_of_patient ON receipt (patient_id)",
        """
        CREATE TABLE payment (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            receipt_id \(SQL.int64) NOT NULL REFERENCES receipt (id),
            position \(SQL.int64) NOT NULL,
            method TEXT NOT NULL CHECK (method IN ('cash', 'wechat', 'alipay', 'bankCard')),
            amount_fen \(SQL.int64) NOT NULL CHECK (amount_fen > 0),
            card_type TEXT, -- debit, credit (R6.14)
            card_last4 TEXT, -- never the full number
            reference TEXT, -- number of the slip or of the app's bill
            UNIQUE (receipt_id, position)
        )\(SQL.tableOptions)
        """,
        """
        CREATE TABLE allocation (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            receipt_id \(SQL.int64) NOT NULL REFERENCES receipt (id),
            charge_line_id \(SQL.int64) NOT NULL REFERENCES charge_line (id),
            amount_fen \(SQL.int64) NOT NULL CHECK (amount_fen > 0),
            UNIQUE (receipt_id, charge_line_id)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX allocation_of_line ON allocation (charge_line_id)",
        """
        CREATE TABLE transfer (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            business_day TEXT NOT NULL,
            at \(SQL.int64) NOT NULL,
            debit TEXT NOT NULL, -- account: receivable, cash, wechat, alipay, bankCard …
            credit TEXT NOT NULL, -- account: income, receivable …
            amount_fen \(SQL.int64) NOT NULL CHECK (amount_fen > 0), -- there is no negative amount
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            visit_id \(SQL.int64) REFERENCES visit (id),
            sheet_id \(SQL.int64) REFERENCES charge_sheet (id),
            charge_line_id \(SQL.int64) REFERENCES charge_line (id),
            doctor_id \(SQL.int64) REFERENCES staff (id),
            category TEXT, -- income category of the line
            method TEXT,
            receipt_id \(SQL.int64) REFERENCES receipt (id),
            recorded_by \(SQL.int64) NOT NULL,
            CHECK (debit <> credit)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX transfer_of_day ON transfer (clinic_id, business_day)",
        "CREATE INDEX transfer_of_patient ON transfer (patient_id)",
        "CREATE INDEX transfer_of_sheet ON transfer (sheet_id)",
        """
        CREATE TABLE receipt_print (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            receipt_id \(SQL.int64) NOT NULL REFERENCES receipt (id),
            copy \(SQL.int64) NOT NULL, -- 1 is the original; from 2 on the paper says 重印
            layout TEXT NOT NULL CHECK (layout IN ('80mm', 'a5')),
            printed_by \(SQL.int64) NOT NULL,
            printed_at \(SQL.int64) NOT NULL,
            UNIQUE (receipt_id, copy)
        )\(SQL.tableOptions)
        """,
    ]

    /// What is due, and what was done about it.
    static let tasks: [SQL] = [
        """
        CREATE TABLE task (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            key TEXT NOT NULL UNIQUE, -- rule:subject kind:subject id:occurrence
            rule TEXT NOT NULL, -- id in Playbook/taskrules.yaml
            subject_kind TEXT NOT NULL,
            subject_id \(SQL.int64) NOT NULL,
            patient_id \(SQL.int64) REFERENCES patient (id),
            owner_role TEXT NOT NULL, -- who sees it on the workbench
            owner_id \(SQL.int64) REFERENCES staff (id), -- a named person
            reason TEXT NOT NULL, -- one line: why it is due, in the clinic's words
            channel TEXT NOT NULL, -- phone, desk …
            script TEXT, -- id in Playbook/scripts.yaml
            due_day TEXT NOT NULL, -- business day it belongs to
            due_from \(SQL.int64) NOT NULL, -- earliest instant at which it makes sense
            due_at \(SQL.int64) NOT NULL, -- overdue afterwards
            attempts \(SQL.int64) NOT NULL,
            next_try_at \(SQL.int64), -- after an attempt without contact
            created_at \(SQL.int64) NOT NULL,
            done_at \(SQL.int64),
            done_by \(SQL.int64),
            outcome TEXT, -- code of the script's outcomes
            outcome_note TEXT,
            withdrawn_at \(SQL.int64),
            withdrawn_cause TEXT, -- why it is no longer owed
            escalated_at \(SQL.int64),
            escalated_role TEXT,
            version \(SQL.int64) NOT NULL
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX task_open ON task (clinic_id, due_at) WHERE done_at IS NULL AND withdrawn_at IS NULL",
        "CREATE INDEX task_of_subject ON task (subject_kind, subject_id)",
        "CREATE INDEX task_of_patient ON task (patient_id)",
        "CREATE INDEX task_done_by ON task (done_by, done_at) WHERE done_at IS NOT NULL",
        """
        CREATE TABLE task_attempt (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            task_id \(SQL.int64) NOT NULL REFERENCES task (id),
            at \(SQL.int64) NOT NULL,
            made_by \(SQL.int64) NOT NULL,
            outcome TEXT NOT NULL,
            note TEXT
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX task_attempt_of ON task_attempt (task_id)",
    ]
}
