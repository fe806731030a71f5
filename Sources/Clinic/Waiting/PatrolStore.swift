import Kernel
import Storage

/// SQL of `patrol_round` and `waiting_need`.
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

    /// Oldest first, met ones included.
    package static func needs(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [WaitingNeed] {
        try tx.rows(
            """
            SELECT id, visit_id, need, note, found_at, found_by, met_at, result
            FROM waiting_need WHERE clinic_id = \(clinic) AND business_day = \(day) ORDER BY found_at, id
            """
        ).map {
            WaitingNeed(
                id: try $0.id("id"), visitID: try $0.idIfAny("visit_id"), need: try $0.text("need"),
                note: try $0.textIfAny("note"), foundAt: try $0.timestamp("found_at"), foundBy: try $0.id("found_by"),
                metAt: try $0.timestampIfAny("met_at"), result: try $0.textIfAny("result"))
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

    static func insert(_ need: WaitingNeed, _ work: Work, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO waiting_need (id, clinic_id, business_day, visit_id, need, note, found_at, found_by)
            VALUES (\(need.id), \(work.clinic.id), \(work.today), \(need.visitID), \(need.need), \(need.note),
                \(need.foundAt), \(need.foundBy))
            """)
    }

    /// - Returns: false when somebody else closed it.
    static func meet(
        _ id: ID<WaitingNeed>, result: String?, by actor: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE waiting_need SET met_at = \(now), met_by = \(actor), result = \(result)
            WHERE id = \(id) AND met_at IS NULL
            """) == 1
    }
}
