import Kernel
import Storage

/// SQL of `queue_ticket`.
package enum QueueStore {
    private static let columns: SQL = """
        id, visit_id, number, rank_reason, issued_at, called_at, call_count, called_chair_id, skipped_at, closed_at,
        version
        """

    package static func findOpen(_ visit: ID<Visit>, in tx: any ReadTransaction) throws -> QueueTicket? {
        try tx.first("SELECT \(columns) FROM queue_ticket WHERE visit_id = \(visit) AND closed_at IS NULL").map(ticket)
    }

    /// The last ticket of a visit, open or not.
    package static func findLast(_ visit: ID<Visit>, in tx: any ReadTransaction) throws -> QueueTicket? {
        try tx.first("SELECT \(columns) FROM queue_ticket WHERE visit_id = \(visit) ORDER BY id DESC LIMIT 1").map(
            ticket)
    }

    package static func listDay(clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction) throws -> [QueueTicket] {
        try tx.rows(
            """
            SELECT \(columns) FROM queue_ticket
            WHERE clinic_id = \(clinic) AND business_day = \(day) ORDER BY number
            """
        ).map(ticket)
    }

    /// Everybody with an open ticket who was not skipped, with what the order looks at; in no order.
    package static func line(_ clinic: ClinicSite, day: Day, in tx: any ReadTransaction) throws -> [QueueLine] {
        let moves = try QueueMoveStore.ofDay(clinic: clinic.id, day: day, in: tx)
        return try tx.rows(
            """
            SELECT t.number, t.called_at, v.id, v.doctor_id, v.emergency, v.arrived_at, a.day, a.start_unit
            FROM queue_ticket t
            JOIN visit v ON v.id = t.visit_id
            LEFT JOIN appointment a ON a.id = v.appointment_id
            WHERE t.clinic_id = \(clinic.id) AND t.business_day = \(day) AND t.closed_at IS NULL
                AND t.skipped_at IS NULL
            """
        ).map { row in
            let id = try row.id("id", Visit.self)
            let isEmergency = try !row.isNull("emergency")
            var bookedFor: Timestamp?
            if let day = try row.dayIfAny("day"), let start = try row.unitIfAny("start_unit") {
                bookedFor = clinic.calendar.instant(day, start)
            }
            return QueueLine(
                place: QueueRules.Place(
                    visitID: id, isEmergency: isEmergency, bookedFor: bookedFor,
                    arrivedAt: try row.timestamp("arrived_at"), move: moves[id]?.place),
                doctorID: try row.idIfAny("doctor_id"),
                label: QueueTicket.label(try row.int("number"), isEmergency: isEmergency),
                isCalled: try !row.isNull("called_at"))
        }
    }

    static func insert(
        id: ID<QueueTicket>, visit: Visit, number: Int64, rankReason: String?, now: Timestamp,
        in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO queue_ticket (id, clinic_id, business_day, visit_id, number, rank_reason, issued_at, call_count,
                version)
            VALUES (\(id), \(visit.clinicID), \(visit.businessDay), \(visit.id), \(number), \(rankReason), \(now), 0, 1)
            """)
    }

    /// - Returns: false when the ticket changed since it was read.
    static func call(
        _ ticket: QueueTicket, chair: ID<Chair>?, at now: Timestamp, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE queue_ticket SET called_at = \(now), call_count = call_count + 1, called_chair_id = \(chair),
                skipped_at = NULL, version = version + 1
            WHERE id = \(ticket.id) AND version = \(ticket.version) AND closed_at IS NULL
            """) == 1
    }

    static func setSkipped(
        _ ticket: QueueTicket, at now: Timestamp?, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE queue_ticket SET skipped_at = \(now), called_at = NULL, version = version + 1
            WHERE id = \(ticket.id) AND version = \(ticket.version) AND closed_at IS NULL
            """) == 1
    }

    /// Puts calls and skips back to what they were.
    static func restore(
        _ ticket: QueueTicket, calledAt: Timestamp?, callCount: Int, skippedAt: Timestamp?, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE queue_ticket SET called_at = \(calledAt), call_count = \(callCount), skipped_at = \(skippedAt),
                version = version + 1
            WHERE id = \(ticket.id)
            """)
    }

    static func close(_ visit: ID<Visit>, at now: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            UPDATE queue_ticket SET closed_at = \(now), version = version + 1
            WHERE visit_id = \(visit) AND closed_at IS NULL
            """)
    }

    static func reopenLast(_ visit: ID<Visit>, in tx: any WriteTransaction) throws {
        guard let last = try findLast(visit, in: tx) else { return }
        try tx.run(
            "UPDATE queue_ticket SET closed_at = NULL, version = version + 1 WHERE id = \(last.id)")
    }

    private static func ticket(_ row: Row) throws -> QueueTicket {
        QueueTicket(
            id: try row.id("id"), visitID: try row.id("visit_id"), number: try row.int("number"),
            rankReason: try row.textIfAny("rank_reason"), issuedAt: try row.timestamp("issued_at"),
            calledAt: try row.timestampIfAny("called_at"), callCount: try row.int("call_count"),
            calledChairID: try row.idIfAny("called_chair_id"), skippedAt: try row.timestampIfAny("skipped_at"),
            closedAt: try row.timestampIfAny("closed_at"), version: try row.int("version"))
    }
}
