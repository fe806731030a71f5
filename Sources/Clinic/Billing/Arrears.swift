import Kernel
import Storage

/// What stays unpaid is reported to the supervisor the same day (R6.08). One report a sheet: a sheet belongs to one clinic,
/// so paying in full here never takes back the report of another clinic.
package enum Arrears {
    /// Makes or withdraws the reports of the sheets that a payment touched.
    static func reconcile(
        _ receipt: Receipt, touched: Set<ID<ChargeSheet>>, by work: Work, in tx: any WriteTransaction
    ) throws {
        let open = try Ledger.openLines(of: receipt.patientID, clinic: work.clinic.id, in: tx)
        let number = Receipt.numberText(receipt.number, clinic: work.clinic.code)
        for id in touched.sorted() {
            let sheet = try ChargeSheetStore.get(id, clinic: work.clinic.id, in: tx)
            try report(sheet, owed: owed(sheet, open), "收据 \(number)", work, in: tx)
        }
    }

    /// The customer leaves: whatever is still owed without a report gets one, also when nothing was paid at all.
    package static func reconcileLeaving(
        _ patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws {
        let open = try Ledger.openLines(of: patient, clinic: work.clinic.id, in: tx)
        for id in open.compactMap(\.first?.sheetID) {
            let reported = try TaskStore.list(of: TaskSubject(.sheet, id), in: tx)
            guard !reported.contains(where: { $0.withdrawnAt == nil }) else { continue }
            let sheet = try ChargeSheetStore.get(id, clinic: work.clinic.id, in: tx)
            try report(sheet, owed: owed(sheet, open), "离开时未付清", work, in: tx)
        }
    }

    private static func owed(_ sheet: ChargeSheet, _ open: [[PaymentRules.OpenLine]]) -> Money {
        open.flatMap(\.self).filter { $0.sheetID == sheet.id }.map(\.owed).sum
    }

    private static func report(
        _ sheet: ChargeSheet, owed: Money, _ occasion: String, _ work: Work, in tx: any WriteTransaction
    ) throws {
        let facts = ArrearsObligations.facts(
            of: sheet, owed: owed, occasion: occasion, recorder: work.actor.id, calendar: work.clinic.calendar)
        try Tasks.reconcile(
            facts, of: TaskSubject(.sheet, sheet.id), scope: ArrearsObligations.scope, cause: "欠费已付清", by: work, in: tx)
    }
}

/// The report of one sheet's arrears: what for, how much, since when, by which receipt (R6.08). Pure.
package enum ArrearsObligations {
    package static let scope: Set<TaskRule.Fact> = [.arrearsMade]

    /// - Parameter occasion: "收据 A-000012".
    package static func facts(
        of sheet: ChargeSheet, owed: Money, occasion: String, recorder: ID<Staff>, calendar: ClinicCalendar
    ) -> [TaskFact] {
        guard owed.fen > 0, let since = sheet.noticeAt else { return [] }
        let what = sheet.lines.prefix(2).map(\.label).joined(separator: "，")
        return [
            TaskFact(
                .arrearsMade, of: TaskSubject(.sheet, sheet.id), anchor: since,
                anchorDay: calendar.businessDay(of: since), patientID: sheet.patientID, holding: [.stillOwed],
                recorder: recorder, treatingDoctor: sheet.doctorID, reason: "欠 \(owed.yuanText) · \(what) · \(occasion)"
            )
        ]
    }
}
