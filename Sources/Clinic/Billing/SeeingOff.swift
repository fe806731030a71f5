import Kernel
import Storage

/// 送别: the customer goes home. One action of the desk, wherever it is tapped: the end of the visit, and the report of
/// what stays unpaid (R4.33, R6.08).
package enum SeeingOff {
    /// - Parameters: as `Departure.leave`.
    /// - Throws: `ReceptionError`, `NotAllowed`, `NotFound`.
    package static func leave(
        _ id: ID<Visit>, outcome: String?, reason: String?, by work: Work, in tx: any WriteTransaction
    ) throws {
        try Departure.leave(id, outcome: outcome, reason: reason, by: work, in: tx)
        try Cases.settleLeaving(id, by: work, in: tx)
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        try Arrears.reconcileLeaving(visit.patientID, by: work, in: tx)
    }
}
