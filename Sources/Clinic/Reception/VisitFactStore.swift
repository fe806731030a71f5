import Kernel
import Storage

/// SQL of `visit_fact`.
package enum VisitFactStore {
    static func insert(
        id: ID<VisitFact>, visit: ID<Visit>, kind: VisitFact.Kind, happenedAt: Timestamp, recordedAt: Timestamp,
        by actor: ID<Staff>, detail: String?, lateReason: String?, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO visit_fact (id, visit_id, kind, happened_at, recorded_at, recorded_by, detail, late_reason)
            VALUES (\(id), \(visit), \(kind.rawValue), \(happenedAt), \(recordedAt), \(actor), \(detail), \(lateReason))
            """)
    }

    package static func list(_ visit: ID<Visit>, in tx: any ReadTransaction) throws -> [VisitFact] {
        try tx.rows(
            """
            SELECT id, visit_id, kind, happened_at, recorded_at, recorded_by, detail, late_reason, undone_at
            FROM visit_fact WHERE visit_id = \(visit) ORDER BY happened_at, id
            """
        ).map(fact)
    }

    /// The newest fact of the visit that still counts and can be taken back: that somebody knows cannot.
    package static func findLast(_ visit: ID<Visit>, in tx: any ReadTransaction) throws -> VisitFact? {
        try tx.first(
            """
            SELECT id, visit_id, kind, happened_at, recorded_at, recorded_by, detail, late_reason, undone_at
            FROM visit_fact
            WHERE visit_id = \(visit) AND undone_at IS NULL AND kind <> 'acknowledged'
            ORDER BY id DESC LIMIT 1
            """
        ).map(fact)
    }

    /// The newest of the taps 治疗完 and 起身离开 of each visit since it was led in last.
    package static func roomTaps(
        _ visits: [ID<Visit>], in tx: any ReadTransaction
    ) throws -> [ID<Visit>: VisitFact.Kind] {
        guard !visits.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT visit_id, kind
            FROM visit_fact
            WHERE visit_id IN \(list: visits) AND undone_at IS NULL AND kind IN ('ledIn', 'treated', 'leaving')
            ORDER BY id
            """
        ).map { (try $0.id("visit_id", Visit.self), try $0.code("kind", VisitFact.Kind.self)) }
        return Dictionary(rows, uniquingKeysWith: { _, last in last }).filter { $0.value != .ledIn }
    }

    static func markUndone(
        _ fact: ID<VisitFact>, by actor: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws {
        try tx.run("UPDATE visit_fact SET undone_at = \(now), undone_by = \(actor) WHERE id = \(fact)")
    }

    private static func fact(_ row: Row) throws -> VisitFact {
        VisitFact(
            id: try row.id("id"), visitID: try row.id("visit_id"), kind: try row.code("kind"),
            happenedAt: try row.timestamp("happened_at"), recordedAt: try row.timestamp("recorded_at"),
            recordedBy: try row.id("recorded_by"), detail: try row.textIfAny("detail"),
            lateReason: try row.textIfAny("late_reason"), undoneAt: try row.timestampIfAny("undone_at"))
    }
}
