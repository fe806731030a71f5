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
        try balances(of: [patient], clinic: clinic, in: tx)[patient] ?? .zero
    }

    /// What each of these customers owes; those who owe nothing are missing. Costs what is open, not what was ever paid:
    /// `verify` proves that the sheets say the same as the transfers.
    /// - Parameter visits: what these visits charged is left out: a sheet released a minute ago is no debt yet.
    package static func balances(
        of patients: [ID<Patient>], clinic: ID<ClinicSite>, besides visits: [ID<Visit>] = [], in tx: any ReadTransaction
    ) throws -> [ID<Patient>: Money] {
        guard !patients.isEmpty else { return [:] }
        let others: SQL = visits.isEmpty ? "" : " AND visit_id NOT IN \(list: visits)"
        let rows = try tx.rows(
            """
            SELECT patient_id, CAST(SUM(owed_fen) AS BIGINT) AS owed
            FROM charge_sheet
            WHERE clinic_id = \(clinic) AND patient_id IN \(list: patients) AND owed_fen > 0\(others)
            GROUP BY patient_id
            """)
        var owed: [ID<Patient>: Money] = [:]
        for row in rows { owed[try row.id("patient_id")] = try row.money("owed") }
        return owed
    }

    /// Open lines of a customer's released sheets, oldest sheet first.
    package static func openLines(
        of patient: ID<Patient>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [[PaymentRules.OpenLine]] {
        let rows = try tx.rows(
            """
            SELECT line.id AS line_id, line.sheet_id, line.amount_fen, line.paid_fen, line.doctor_id, line.category,
                sheet.visit_id
            FROM charge_sheet AS sheet
            JOIN charge_line AS line ON line.sheet_id = sheet.id
            WHERE sheet.patient_id = \(patient) AND sheet.clinic_id = \(clinic) AND sheet.owed_fen > 0
            ORDER BY sheet.notice_at, sheet.id, line.position
            """)
        var sheets: [[PaymentRules.OpenLine]] = []
        for row in rows {
            let line = PaymentRules.OpenLine(
                sheetID: try row.id("sheet_id"), lineID: try row.id("line_id"),
                owed: try row.money("amount_fen") - row.money("paid_fen"), doctorID: try row.id("doctor_id"),
                category: try row.code("category"), visitID: try row.id("visit_id"))
            if sheets.last?.first?.sheetID == line.sheetID {
                sheets[sheets.count - 1].append(line)
            } else {
                sheets.append([line])
            }
        }
        return sheets
    }
}
