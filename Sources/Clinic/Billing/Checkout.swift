import Kernel
import Storage

/// Takes money, against a released sheet only (R6.01).
package enum Checkout {
    package struct Payment: Hashable, Sendable {
        package var sheetID: ID<ChargeSheet>
        package var splits: [PaymentSplit]
        /// Cash handed over (R6.16); nil without cash or when exact.
        package var tendered: Money?
        /// The due amount the page showed; the payment is refused when it changed since. nil: not checked.
        package var expectedDue: Money?
        /// Made with the form; the same key charges once.
        package var key: String

        package init(
            sheetID: ID<ChargeSheet>, splits: [PaymentSplit], tendered: Money? = nil, expectedDue: Money? = nil,
            key: String
        ) {
            self.sheetID = sheetID
            self.splits = splits
            self.tendered = tendered
            self.expectedDue = expectedDue
            self.key = key
        }

        /// What the key stands for.
        var bodyHash: String {
            let parts = splits.map {
                "\($0.method.rawValue):\($0.amount.fen):\($0.cardType?.rawValue ?? ""):\($0.cardLast4 ?? ""):\($0.reference ?? "")"
            }
            return Audit.sha256("\(sheetID.raw)|\(parts.joined(separator: "|"))|\(tendered?.fen ?? -1)")
        }
    }

    /// Takes a mixed payment: receipt, ledger, allocation to lines, arrears task — once for each key (R6.03, R6.07, R6.15).
    ///
    /// What the customer owes from before in this clinic is paid first (oldest sheet first).
    /// - Throws: `PaymentError`, `ChargeError.notReleased`, `KeyUsedForSomethingElse`.
    package static func pay(_ payment: Payment, by work: Work, in tx: any WriteTransaction) throws -> Receipt {
        try work.actor.require(.collectPayment)
        let id = try Idempotency.once(key: payment.key, bodyHash: payment.bodyHash, by: work, in: tx) {
            try collect(payment, work, in: tx).text
        }
        guard let receipt = ID<Receipt>(id) else { throw NotFound("收据") }
        return try ReceiptStore.get(receipt, clinic: work.clinic.id, in: tx)
    }

    private static func collect(
        _ payment: Payment, _ work: Work, in tx: any WriteTransaction
    ) throws -> ID<Receipt> {
        let sheet = try ChargeSheetStore.get(payment.sheetID, clinic: work.clinic.id, in: tx)
        guard sheet.noticeAt != nil else { throw ChargeError.notReleased }
        let open = try Ledger.openLines(of: sheet.patientID, clinic: work.clinic.id, in: tx)
        let due = open.flatMap(\.self).map(\.owed).sum
        if let expected = payment.expectedDue, expected != due { throw PaymentError.dueChanged(now: due) }
        let change = try PaymentRules.check(payment.splits, tendered: payment.tendered, due: due)
        let received = payment.splits.map(\.amount).sum
        let parts = PaymentRules.allocate(received, over: open)
        let receipt = Receipt(
            id: work.newID(), clinicID: work.clinic.id,
            number: Int(try Counters.next("receipt", clinic: work.clinic.id, in: tx)), businessDay: work.today,
            issuedAt: work.now, patientID: sheet.patientID, visitID: sheet.visitID, sheetID: sheet.id,
            doctorID: sheet.doctorID, cashierID: work.actor.id, list: listAmount(sheet, open, due),
            receivable: due, received: received, arrears: due - received, tendered: payment.tendered,
            change: payment.tendered == nil ? nil : change, splits: payment.splits)
        try ReceiptStore.insert(receipt, by: work, in: tx)
        try ReceiptStore.insertAllocations(parts, receipt: receipt.id, by: work, in: tx)
        try ChargeSheetStore.addPaid(parts, in: tx)
        try Ledger.post(transfers(receipt, parts), by: work, in: tx)
        try Arrears.reconcile(
            receipt, touched: Set(parts.map(\.line.sheetID) + [sheet.id]), by: work, in: tx)
        try Audit.append(
            Event(
                "receipt.issued", of: receipt.id, patient: sheet.patientID,
                [
                    "number": JSONValue(receipt.number), "received": JSONValue(received),
                    "arrears": JSONValue(receipt.arrears),
                    "methods": .list(receipt.splits.map { .text($0.method.rawValue) }),
                ]),
            by: work, in: tx)
        return receipt.id
    }

    /// The list price of what is owed: this sheet's lines at list price when nothing of them is paid yet, else what is owed.
    private static func listAmount(
        _ sheet: ChargeSheet, _ open: [[PaymentRules.OpenLine]], _ due: Money
    ) -> Money {
        let owedHere = open.flatMap(\.self).filter { $0.sheetID == sheet.id }.map(\.owed).sum
        return owedHere == sheet.total ? due - sheet.total + sheet.listTotal : due
    }

    private static func transfers(
        _ receipt: Receipt, _ parts: [(line: PaymentRules.OpenLine, amount: Money)]
    ) -> [Ledger.Transfer] {
        PaymentRules.match(receipt.splits, parts).map { entry in
            Ledger.Transfer(
                debit: Ledger.Account(entry.method), credit: .receivable, amount: entry.amount,
                patientID: receipt.patientID, visitID: entry.line.visitID, sheetID: entry.line.sheetID,
                lineID: entry.line.lineID, doctorID: entry.line.doctorID, category: entry.line.category,
                method: entry.method, receiptID: receipt.id)
        }
    }

    /// Counts a print of a receipt; the second and later copies are marked as reprints (peers: a reprint must say so).
    /// - Returns: the number of this copy; 1 is the original.
    package static func print(
        _ id: ID<Receipt>, layout: ReceiptLayout, by work: Work, in tx: any WriteTransaction
    ) throws -> Int {
        let receipt = try ReceiptStore.get(id, clinic: work.clinic.id, in: tx)
        let copy = try ReceiptStore.printCount(id, in: tx) + 1
        try work.actor.require(copy == 1 ? .collectPayment : .reprintReceipt)
        try ReceiptStore.insertPrint(id, copy: copy, layout: layout, by: work, in: tx)
        try Audit.append(
            Event(
                copy == 1 ? "receipt.printed" : "receipt.reprinted", of: id, patient: receipt.patientID,
                ["copy": JSONValue(copy), "layout": .text(layout.rawValue)]),
            by: work, in: tx)
        return copy
    }
}
