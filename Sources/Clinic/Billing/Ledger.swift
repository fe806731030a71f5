import Kernel
import Storage

/// The money ledger: transfers between accounts, always positive, balanced by construction (design §4).
package enum Ledger {
    /// Accounts of the foundation.
    package enum Account: String, Sendable, SQLBindable {
        case receivable, income, cash, wechat, alipay, bankCard
        package init(_ method: PaymentMethod) {
            switch method {
            case .cash: self = .cash
            case .wechat: self = .wechat
            case .alipay: self = .alipay
            case .bankCard: self = .bankCard
            }
        }
    }

    struct Transfer {
        let debit: Account
        let credit: Account
        let amount: Money
        let patientID: ID<Patient>
        let visitID: ID<Visit>
        let sheetID: ID<ChargeSheet>
        let lineID: ID<ChargeLine>
        let doctorID: ID<Staff>
        let category: IncomeCategory
        let method: PaymentMethod?
        let receiptID: ID<Receipt>?
    }

    static func post(_ transfers: [Transfer], by work: Work, in tx: any WriteTransaction) throws {
        guard !transfers.isEmpty else { return }
        let rows: [[any SQLBindable]] = transfers.map { entry in
            [
                work.newID(Transfer.self), work.clinic.id, work.today, work.now, entry.debit, entry.credit,
                entry.amount,
                entry.patientID, entry.visitID, entry.sheetID, entry.lineID, entry.doctorID, entry.category.rawValue,
                entry.method?.rawValue, entry.receiptID, work.actor.id,
            ]
        }
        try tx.run(
            """
            INSERT INTO transfer (id, clinic_id, business_day, at, debit, credit, amount_fen, patient_id, visit_id,
                sheet_id, charge_line_id, doctor_id, category, method, receipt_id, recorded_by)
            VALUES \(rows: rows)
            """)
    }

    /// What a customer owes in one clinic: released charges minus payments.
    package static func balance(
        of patient: ID<Patient>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> Money {
        let sums = try tx.first(
            """
            SELECT CAST(COALESCE(SUM(CASE WHEN debit = 'receivable' THEN amount_fen ELSE 0 END), 0) AS BIGINT) AS debit,
                CAST(COALESCE(SUM(CASE WHEN credit = 'receivable' THEN amount_fen ELSE 0 END), 0) AS BIGINT) AS credit
            FROM transfer WHERE patient_id = \(patient) AND clinic_id = \(clinic)
            """)
        guard let sums else { return .zero }
        return try sums.money("debit") - sums.money("credit")
    }

    /// What each of these customers owes; those who owe nothing are missing.
    /// - Parameter visits: what these visits charged is left out: a sheet released a minute ago is no debt yet.
    package static func balances(
        of patients: [ID<Patient>], clinic: ID<ClinicSite>, besides visits: [ID<Visit>] = [], in tx: any ReadTransaction
    ) throws -> [ID<Patient>: Money] {
        let others: SQL = visits.isEmpty ? "" : " AND visit_id NOT IN \(list: visits)"
        let rows = try tx.rows(
            """
            SELECT patient_id,
                CAST(SUM(CASE WHEN debit = 'receivable' THEN amount_fen ELSE 0 END)
                    - SUM(CASE WHEN credit = 'receivable' THEN amount_fen ELSE 0 END) AS BIGINT) AS owed
            FROM transfer
            WHERE clinic_id = \(clinic) AND patient_id IN \(list: patients)\(others)
            GROUP BY patient_id
            """)
        var owed: [ID<Patient>: Money] = [:]
        for row in rows where try row.int64("owed") > 0 { owed[try row.id("patient_id")] = try row.money("owed") }
        return owed
    }

    /// Open lines of a customer's released sheets, oldest sheet first.
    package static func openLines(
        of patient: ID<Patient>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [[PaymentRules.OpenLine]] {
        let rows = try tx.rows(
            """
            SELECT line.id AS line_id, line.sheet_id, line.amount_fen, line.doctor_id, line.category, sheet.visit_id,
                CAST(COALESCE((SELECT SUM(allocation.amount_fen) FROM allocation
                    WHERE allocation.charge_line_id = line.id), 0) AS BIGINT) AS paid
            FROM charge_sheet AS sheet
            JOIN charge_line AS line ON line.sheet_id = sheet.id
            WHERE sheet.patient_id = \(patient) AND sheet.clinic_id = \(clinic) AND sheet.notice_at IS NOT NULL
                AND sheet.cancelled_at IS NULL
            ORDER BY sheet.notice_at, sheet.id, line.position
            """)
        var sheets: [[PaymentRules.OpenLine]] = []
        for row in rows {
            let line = PaymentRules.OpenLine(
                sheetID: try row.id("sheet_id"), lineID: try row.id("line_id"),
                owed: try row.money("amount_fen") - row.money("paid"), doctorID: try row.id("doctor_id"),
                category: try row.code("category"), visitID: try row.id("visit_id"))
            if sheets.last?.first?.sheetID == line.sheetID {
                sheets[sheets.count - 1].append(line)
            } else {
                sheets.append([line])
            }
        }
        return sheets.filter { $0.contains { $0.owed.fen > 0 } }
    }
}
