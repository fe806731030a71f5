import Kernel
import Storage

/// Light taps of the room while the customer is still in it (R4.15). None is needed: the exit alone is enough.
package enum RoomTaps {
    /// The treatment is over.
    /// - Throws: `ReceptionError.notInChair`.
    package static func treated(_ id: ID<Visit>, by work: Work, in tx: any WriteTransaction) throws {
        try tap(.treated, id, work, in: tx)
    }

    /// The customer gets up and is on the way out of the treatment area.
    package static func leaving(_ id: ID<Visit>, by work: Work, in tx: any WriteTransaction) throws {
        try tap(.leaving, id, work, in: tx)
    }

    private static func tap(
        _ kind: VisitFact.Kind, _ id: ID<Visit>, _ work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.updateChairs)
        let visit = try Arrivals.open(id, work, in: tx)
        guard try MovementStore.findOpen(visit: id, in: tx) != nil else { throw ReceptionError.notInChair }
        // Two people tap at once: one tap is enough.
        guard try VisitFactStore.roomTaps([id], in: tx)[id] != kind else { return }
        try VisitFacts.record(kind, of: id, by: work, in: tx)
        try Audit.append(
            Event("visit.\(kind.rawValue)", of: id, patient: visit.patientID), by: work, in: tx)
    }
}
