import Kernel
import Storage

/// Fees from the room to the desk: entered, explained, confirmed by the customer, released by the doctor (R5.20, R6.01).
package enum ChargeSheets {
    /// Enters or replaces the lines of a visit's sheet. Teeth and items entered here are the charge lines (design idea 11).
    /// Changed lines void what was explained and confirmed before; the same lines again change nothing.
    ///
    /// - Parameter version: of the sheet the page showed; nil when there was none.
    /// - Throws: `ChargeError`, `ChangedMeanwhile`.
    package static func enter(
        _ entries: [LineEntry], visit id: ID<Visit>, version: Int?, by work: Work, in tx: any WriteTransaction
    ) throws -> ChargeSheet {
        // A supervisor who may set a price need not be one who treats.
        if !work.actor.may(.overridePrice) { try work.actor.require(.enterCharges) }
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        guard let doctor = visit.doctorID else { throw ReceptionError.doctorNeeded }
        let before = try ChargeSheetStore.find(visit: id, in: tx)
        if let before, before.noticeAt != nil { throw try released(before, in: tx) }
        let lines = try lines(entries, visit, doctor, standing: before?.lines ?? [], work, in: tx)
        if let before, before.doctorID == doctor, ChargeRules.areSame(lines, before.lines) { return before }
        guard version == before?.version else { throw ChangedMeanwhile("收费单") }
        if let before {
            guard
                try ChargeSheetStore.replaceLines(
                    lines, of: before, doctor: doctor, by: work.actor.id, at: work.now, in: tx)
            else { throw ChangedMeanwhile("收费单") }
        } else {
            try ChargeSheetStore.insert(newSheet(visit, doctor, lines, work), in: tx)
        }
        guard let saved = try ChargeSheetStore.find(visit: id, in: tx) else { throw ChargeError.noSheet }
        try Audit.append(
            Event("sheet.entered", of: saved.id, patient: visit.patientID, payload(saved)), by: work, in: tx)
        return saved
    }

    private static func lines(
        _ entries: [LineEntry], _ visit: Visit, _ doctor: ID<Staff>, standing: [ChargeLine], _ work: Work,
        in tx: any ReadTransaction
    ) throws -> [ChargeLine] {
        let items = try ItemStore.list(ids: Array(Set(entries.map(\.itemID))), in: tx)
        return try ChargeRules.lines(
            entries, items: Dictionary(items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            prices: try ItemStore.prices(day: visit.businessDay, clinic: work.clinic.id, in: tx), doctor: doctor,
            overriding: ChargeRules.Overriding(
                isAllowed: work.actor.may(.overridePrice),
                reasons: Set(work.playbook.codes(.priceOverride).map(\.code)), standing: standing),
            newID: { work.newID() })
    }

    /// The fees were explained in the room; `confirmed`: the customer agreed (R5.20).
    package static func explain(
        _ id: ID<ChargeSheet>, confirmed: Bool, version: Int, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.enterCharges)
        let sheet = try draft(id, version: version, work, in: tx)
        guard
            try ChargeSheetStore.markExplained(
                sheet, confirmed: confirmed, by: work.actor.id, at: work.now, in: tx)
        else { throw ChangedMeanwhile("收费单") }
        try Audit.append(
            Event(
                confirmed ? "sheet.confirmed" : "sheet.explained", of: id, patient: sheet.patientID,
                ["total": JSONValue(sheet.total)]),
            by: work, in: tx)
    }

    /// The doctor's word on the next visit (R5.23); also after the notice.
    package static func advise(
        _ id: ID<ChargeSheet>, _ advice: NextVisitAdvice, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.enterCharges)
        let sheet = try ChargeSheetStore.get(id, clinic: work.clinic.id, in: tx)
        if case .visit(let units, let days, _) = advice {
            guard (1...32).contains(units), (0...730).contains(days) else { throw ChargeError.adviceNeeded }
        }
        try ChargeSheetStore.setAdvice(id, advice, in: tx)
        try Audit.append(
            Event(
                "sheet.advised", of: id, patient: sheet.patientID,
                ["before": json(sheet.advice), "after": json(advice)]),
            by: work, in: tx)
    }

    /// The charge notice: the doctor releases the sheet to the cashier; from here the customer owes the amount.
    /// Posts the ledger, the treatments by tooth (R5.02) and what follow-up owes (R8.02, R8.03).
    package static func issueNotice(
        _ id: ID<ChargeSheet>, version: Int, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard work.actor.may(.issueChargeNotice) else { throw ChargeError.doctorOnly }
        let sheet = try draft(id, version: version, work, in: tx)
        guard !sheet.lines.isEmpty else { throw ChargeError.noLines }
        guard try ChargeSheetStore.markReleased(sheet, by: work.actor.id, at: work.now, in: tx) else {
            throw ChangedMeanwhile("收费单")
        }
        try Ledger.post(
            sheet.lines.filter { $0.amount.fen > 0 }.map { revenue($0, of: sheet) }, by: work, in: tx)
        try Treatments.record(sheet, by: work, in: tx)
        try ChargedTypes.settle(sheet.visitID, total: sheet.total, by: work, in: tx)
        try Audit.append(
            Event("sheet.released", of: id, patient: sheet.patientID, payload(sheet)), by: work, in: tx)
    }

    /// Throws away a draft that was entered for the wrong visit.
    package static func cancel(
        _ id: ID<ChargeSheet>, version: Int, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.enterCharges)
        let sheet = try draft(id, version: version, work, in: tx)
        guard try ChargeSheetStore.cancel(sheet, at: work.now, in: tx) else { throw ChangedMeanwhile("收费单") }
        try Audit.append(Event("sheet.cancelled", of: id, patient: sheet.patientID, payload(sheet)), by: work, in: tx)
    }

    // MARK: Parts

    private static func json(_ advice: NextVisitAdvice?) -> JSONValue {
        switch advice {
        case nil: .null
        case .some(.none): "none"
        case .visit(let units, let days, let note):
            ["units": JSONValue(units), "afterDays": JSONValue(days), "note": JSONValue(note)]
        }
    }

    private static func draft(
        _ id: ID<ChargeSheet>, version: Int, _ work: Work, in tx: any ReadTransaction
    ) throws -> ChargeSheet {
        let sheet = try ChargeSheetStore.get(id, clinic: work.clinic.id, in: tx)
        guard sheet.noticeAt == nil else { throw try released(sheet, in: tx) }
        guard sheet.version == version else { throw ChangedMeanwhile("收费单") }
        return sheet
    }

    private static func released(_ sheet: ChargeSheet, in tx: any ReadTransaction) throws -> ChargeError {
        guard let by = sheet.noticeBy else { return .alreadyReleased(by: nil) }
        return .alreadyReleased(by: try StaffStore.names([by], in: tx)[by])
    }

    private static func newSheet(
        _ visit: Visit, _ doctor: ID<Staff>, _ lines: [ChargeLine], _ work: Work
    ) -> ChargeSheet {
        ChargeSheet(
            id: work.newID(), clinicID: visit.clinicID, businessDay: visit.businessDay, visitID: visit.id,
            patientID: visit.patientID, doctorID: doctor, enteredBy: work.actor.id, enteredAt: work.now,
            explainedAt: nil, confirmedAt: nil, noticeAt: nil, noticeBy: nil, advice: nil, version: 1, lines: lines)
    }

    private static func revenue(_ line: ChargeLine, of sheet: ChargeSheet) -> Ledger.Transfer {
        Ledger.Transfer(
            debit: .receivable, credit: .income, amount: line.amount, patientID: sheet.patientID,
            visitID: sheet.visitID, sheetID: sheet.id, lineID: line.id, doctorID: line.doctorID,
            category: line.category, method: nil, receiptID: nil)
    }

    private static func payload(_ sheet: ChargeSheet) -> JSONValue {
        [
            "total": JSONValue(sheet.total),
            "lines": .list(
                sheet.lines.map {
                    [
                        "item": .text($0.itemName), "teeth": .text(Tooth.text($0.teeth)),
                        "quantity": JSONValue($0.quantity), "price": JSONValue($0.price),
                        "list": JSONValue($0.listPrice),
                    ]
                }),
        ]
    }
}
