import Kernel
import Storage

/// The guide explains to a waiting customer that times can be booked (R3.55). A fact of the visit; off unless a clinic
/// switches it on.
package enum BookingPromotion {
    /// Does nothing when it was noted before.
    /// - Throws: `NotAllowed`, `NotFound`, `ReceptionError` for a visit that ended.
    package static func note(_ id: ID<Visit>, by work: Work, in tx: any WriteTransaction) throws {
        guard [Capability.triage, .checkIn, .checkInReturning, .callQueue].contains(where: work.actor.may) else {
            throw NotAllowed(capability: .triage)
        }
        let visit = try Arrivals.open(id, work, in: tx)
        let facts = try VisitFactStore.list(id, in: tx)
        guard !facts.contains(where: { $0.kind == .bookingExplained && $0.undoneAt == nil }) else { return }
        try VisitFacts.record(.bookingExplained, of: id, by: work, in: tx)
        try Audit.append(Event("visit.bookingExplained", of: id, patient: visit.patientID), by: work, in: tx)
    }

    /// Of the customers of a day who came without a booking, to how many it was explained.
    package static func coverage(
        _ day: Day, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> (told: Int, of: Int) {
        let row = try tx.first(
            """
            SELECT COUNT(*) AS n,
                CAST(COALESCE(SUM(CASE WHEN EXISTS (
                    SELECT 1 AS one FROM visit_fact f
                    WHERE f.visit_id = v.id AND f.kind = 'bookingExplained' AND f.undone_at IS NULL
                ) THEN 1 ELSE 0 END), 0) AS BIGINT) AS told
            FROM visit v
            WHERE v.clinic_id = \(clinic) AND v.business_day = \(day) AND v.appointment_id IS NULL
            """)
        return (try row?.int("told") ?? 0, try row?.int("n") ?? 0)
    }
}
