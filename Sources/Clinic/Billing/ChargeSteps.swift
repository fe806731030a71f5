import Kernel
import Storage

/// How far a charge sheet is brought in one act: 录入, 说明, 客人确认, 收费通知 (R5.20, R6.01).
package enum ChargeStep: String, Sendable, CaseIterable { case enter, explain, confirm, release }

extension ChargeSheets {
    package struct Outcome: Hashable, Sendable {
        package let sheet: ChargeSheet
        /// The lines differ from what the customer had been told: explained and confirmed no longer count.
        package let isVoided: Bool
    }

    /// Saves what the room typed and takes the step, all or nothing: what stands on the screen is what is explained,
    /// confirmed and released. Lines that changed after the customer's word are saved but never released unseen.
    ///
    /// - Parameters:
    ///   - advice: nil leaves it as it is.
    ///   - version: of the sheet the page showed; nil when there was none.
    /// - Throws: `ChargeError`, `ChangedMeanwhile`.
    package static func proceed(
        to step: ChargeStep, _ entries: [LineEntry], advice: NextVisitAdvice?, visit: ID<Visit>, version: Int?,
        by work: Work, in tx: any WriteTransaction
    ) throws -> Outcome {
        if step == .release, !work.actor.may(.issueChargeNotice) { throw ChargeError.doctorOnly }
        let before = try ChargeSheetStore.find(visit: visit, in: tx)
        var sheet = try enter(entries, visit: visit, version: version, by: work, in: tx)
        let isVoided = before?.explainedAt != nil && sheet.explainedAt == nil
        if let advice, advice != sheet.advice {
            try advise(sheet.id, advice, by: work, in: tx)
            sheet = try ChargeSheetStore.get(sheet.id, clinic: work.clinic.id, in: tx)
        }
        switch step {
        case .enter: break
        case .explain: try explain(sheet.id, confirmed: false, version: sheet.version, by: work, in: tx)
        case .confirm: try explain(sheet.id, confirmed: true, version: sheet.version, by: work, in: tx)
        case .release:
            if !isVoided { try issueNotice(sheet.id, version: sheet.version, by: work, in: tx) }
        }
        return Outcome(
            sheet: try ChargeSheetStore.get(sheet.id, clinic: work.clinic.id, in: tx), isVoided: isVoided)
    }
}
