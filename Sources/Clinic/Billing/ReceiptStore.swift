import Kernel
import Storage

/// SQL of `receipt`, `payment`, `allocation` and `receipt_print`.
package enum ReceiptStore {
    private static let columns: SQL = """
        id, clinic_id, number, business_day, issued_at, patient_id, visit_id, sheet_id, doctor_id, cashier_id, list_fen,
        receivable_fen, received_fen, arrears_fen, tendered_fen, change_fen
        """

    /// - Throws: `NotFound` also for a receipt of another clinic.
    package static func get(_ id: ID<Receipt>, clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> Receipt {
        guard let receipt = try list("id = \(id) AND clinic_id = \(clinic)", in: tx).first else {
            throw NotFound("收据")
        }
        return receipt
    }

    package static func find(
        number: Int, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> Receipt? {
        try list("number = \(number) AND clinic_id = \(clinic)", in: tx).first
    }

    package static func listDay(clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction) throws -> [Receipt] {
        try list("clinic_id = \(clinic) AND business_day = \(day)", in: tx)
    }

    package static func listOfPatient(_ patient: ID<Patient>, in tx: any ReadTransaction) throws -> [Receipt] {
        try list("patient_id = \(patient)", in: tx)
    }

    package static func list(of sheet: ID<ChargeSheet>, in tx: any ReadTransaction) throws -> [Receipt] {
        try list(
            """
            id IN (SELECT allocation.receipt_id FROM allocation
                JOIN charge_line ON charge_line.id = allocation.charge_line_id
                WHERE charge_line.sheet_id = \(sheet))
            """, in: tx)
    }

    private static func list(_ condition: SQL, in tx: any ReadTransaction) throws -> [Receipt] {
        let heads = try tx.rows("SELECT \(columns) FROM receipt WHERE \(condition) ORDER BY number DESC LIMIT 500")
        let ids: [ID<Receipt>] = try heads.map { try $0.id("id") }
        var splits: [ID<Receipt>: [PaymentSplit]] = [:]
        for row in try tx.rows(
            """
            SELECT receipt_id, method, amount_fen, card_type, card_last4, reference
            FROM payment WHERE receipt_id IN \(list: ids) ORDER BY receipt_id, position
            """)
        {
            let split = PaymentSplit(
                try row.code("method"), try row.money("amount_fen"), cardType: try row.codeIfAny("card_type"),
                cardLast4: try row.textIfAny("card_last4"), reference: try row.textIfAny("reference"))
            splits[try row.id("receipt_id"), default: []].append(split)
        }
        return try heads.map { try receipt($0, splits: splits[try $0.id("id")] ?? []) }
    }

    static func insert(_ receipt: Receipt, by work: Work, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO receipt (id, clinic_id, number, business_day, issued_at, patient_id, visit_id, sheet_id,
                doctor_id, cashier_id, list_fen, receivable_fen, received_fen, arrears_fen, tendered_fen, change_fen)
            VALUES (\(receipt.id), \(receipt.clinicID), \(receipt.number), \(receipt.businessDay), \(receipt.issuedAt),
                \(receipt.patientID), \(receipt.visitID), \(receipt.sheetID), \(receipt.doctorID), \(receipt.cashierID),
                \(receipt.list), \(receipt.receivable), \(receipt.received), \(receipt.arrears), \(receipt.tendered),
                \(receipt.change))
            """)
        let rows: [[any SQLBindable]] = receipt.splits.enumerated().map { index, split in
            [
                work.newID(PaymentSplit.self), receipt.id, index, split.method.rawValue, split.amount,
                split.cardType?.rawValue, split.cardLast4, split.reference,
            ]
        }
        try tx.run(
            """
            INSERT INTO payment (id, receipt_id, position, method, amount_fen, card_type, card_last4, reference)
            VALUES \(rows: rows)
            """)
    }

    static func insertAllocations(
        _ parts: [(line: PaymentRules.OpenLine, amount: Money)], receipt: ID<Receipt>, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        let rows: [[any SQLBindable]] = parts.map {
            [work.newID(PaymentRules.OpenLine.self), receipt, $0.line.lineID, $0.amount]
        }
        try tx.run(
            "INSERT INTO allocation (id, receipt_id, charge_line_id, amount_fen) VALUES \(rows: rows)")
    }

    package static func printCount(_ id: ID<Receipt>, in tx: any ReadTransaction) throws -> Int {
        Int(try tx.int64("SELECT COUNT(*) AS n FROM receipt_print WHERE receipt_id = \(id)") ?? 0)
    }

    /// When copy `copy` was printed; nil when it was not.
    package static func printedAt(
        _ id: ID<Receipt>, copy: Int, in tx: any ReadTransaction
    ) throws -> Timestamp? {
        try tx.first("SELECT printed_at FROM receipt_print WHERE receipt_id = \(id) AND copy = \(copy)")?
            .timestamp("printed_at")
    }

    /// Of these sheets' lines, what receipts before `number` have paid.
    static func paidBefore(
        _ number: Int, of sheet: ID<ChargeSheet>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> Money {
        let fen = try tx.int64(
            """
            SELECT CAST(COALESCE(SUM(part.amount_fen), 0) AS BIGINT) AS paid
            FROM allocation AS part
            JOIN charge_line AS line ON line.id = part.charge_line_id
            JOIN receipt ON receipt.id = part.receipt_id
            WHERE line.sheet_id = \(sheet) AND receipt.clinic_id = \(clinic) AND receipt.number < \(number)
            """)
        return Money(fen: fen ?? 0)
    }

    /// Sheets for which money was taken on `day`.
    static func sheetsPaid(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> Set<ID<ChargeSheet>> {
        let rows = try tx.rows(
            """
            SELECT DISTINCT sheet_id FROM receipt
            WHERE clinic_id = \(clinic) AND business_day = \(day) AND sheet_id IS NOT NULL
            """)
        return Set(try rows.map { try $0.id("sheet_id") })
    }

    static func insertPrint(
        _ id: ID<Receipt>, copy: Int, layout: ReceiptLayout, by work: Work, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO receipt_print (id, receipt_id, copy, layout, printed_by, printed_at)
            VALUES (\(work.newID(Receipt.self)), \(id), \(copy), \(layout.rawValue), \(work.actor.id), \(work.now))
            """)
    }

    private static func receipt(_ row: Row, splits: [PaymentSplit]) throws -> Receipt {
        Receipt(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), number: try row.int("number"),
            businessDay: try row.day("business_day"), issuedAt: try row.timestamp("issued_at"),
            patientID: try row.id("patient_id"), visitID: try row.idIfAny("visit_id"),
            sheetID: try row.idIfAny("sheet_id"), doctorID: try row.id("doctor_id"),
            cashierID: try row.id("cashier_id"), list: try row.money("list_fen"),
            receivable: try row.money("receivable_fen"), received: try row.money("received_fen"),
            arrears: try row.money("arrears_fen"), tendered: try row.moneyIfAny("tendered_fen"),
            change: try row.moneyIfAny("change_fen"), splits: splits)
    }
}

/// Paper of a receipt.
package enum ReceiptLayout: String, Sendable, CaseIterable {
    case roll = "80mm"
    case a5
}
