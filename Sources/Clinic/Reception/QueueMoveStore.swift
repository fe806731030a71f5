import Kernel
import Storage

/// A place in the queue given by hand (R4.01).
package struct QueueMove: Hashable, Sendable {
    package let id: ID<QueueMove>
    package let visitID: ID<Visit>
    package let place: QueueRules.Move
    /// Code of the list `queueMove`.
    package let reason: String
    package let note: String?
    package let movedBy: ID<Staff>
}

/// SQL of `queue_move`.
package enum QueueMoveStore {
    /// The last move of each visit of a day that still counts.
    package static func ofDay(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [ID<Visit>: QueueMove] {
        let moves = try tx.rows(
            """
            SELECT id, visit_id, turn_at, turn_arrived_at, reason, note, moved_at, moved_by
            FROM queue_move
            WHERE clinic_id = \(clinic) AND business_day = \(day) AND undone_at IS NULL
            ORDER BY id
            """
        ).map { row in
            QueueMove(
                id: try row.id("id"), visitID: try row.id("visit_id"),
                place: QueueRules.Move(
                    turn: try row.timestamp("turn_at"), arrivedAt: try row.timestamp("turn_arrived_at"),
                    movedAt: try row.timestamp("moved_at")),
                reason: try row.text("reason"), note: try row.textIfAny("note"), movedBy: try row.id("moved_by"))
        }
        return Dictionary(moves.map { ($0.visitID, $0) }, uniquingKeysWith: { _, last in last })
    }

    static func insert(_ move: QueueMove, of visit: Visit, before: ID<Visit>, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO queue_move (id, clinic_id, business_day, visit_id, before_visit_id, turn_at, turn_arrived_at,
                reason, note, moved_at, moved_by)
            VALUES (\(move.id), \(visit.clinicID), \(visit.businessDay), \(visit.id), \(before), \(move.place.turn),
                \(move.place.arrivedAt), \(move.reason), \(move.note), \(move.place.movedAt), \(move.movedBy))
            """)
    }

    /// The place the visit had before its last move counts again.
    static func undoLast(of visit: ID<Visit>, at now: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            UPDATE queue_move SET undone_at = \(now)
            WHERE id = (SELECT MAX(m.id) FROM queue_move m WHERE m.visit_id = \(visit) AND m.undone_at IS NULL)
            """)
    }
}
