import Kernel
import Storage

/// SQL of `patrol_round`.
package enum PatrolStore {
    /// Oldest first.
    package static func rounds(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [PatrolRound] {
        try tx.rows(
            """
            SELECT id, walked_at, walked_by, waiting
            FROM patrol_round WHERE clinic_id = \(clinic) AND business_day = \(day) ORDER BY walked_at, id
            """
        ).map {
            PatrolRound(
                id: try $0.id("id"), walkedAt: try $0.timestamp("walked_at"), walkedBy: try $0.id("walked_by"),
                waiting: try $0.int("waiting"))
        }
    }

    static func insert(_ round: PatrolRound, _ work: Work, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO patrol_round (id, clinic_id, business_day, walked_at, walked_by, waiting)
            VALUES (\(round.id), \(work.clinic.id), \(work.today), \(round.walkedAt), \(round.walkedBy),
                \(round.waiting))
            """)
    }
}
