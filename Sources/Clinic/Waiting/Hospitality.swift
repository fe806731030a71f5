import Kernel
import Storage

/// A small service to a waiting customer: seat, drink, reading, leaflet (R4.08). Never blocks anything.
package struct CareTick: Hashable, Sendable {
    package let visitID: ID<Visit>
    /// Code of the list `hospitality`.
    package let kind: String
    package let tickedAt: Timestamp
    package let tickedBy: ID<Staff>
}

/// What is owed to somebody who waits. Pure.
package enum HospitalityRules {
    /// The first services that should be done by now and are not (R4.36).
    ///
    /// - Parameters:
    ///   - done: codes that are ticked.
    ///   - due: minutes after the arrival.
    package static func missing(waited: Int, done: Set<String>, due: Int) -> [String] {
        waited < due ? [] : owed.filter { !done.contains($0) }
    }

    /// Whoever waits gets a drink and something to read; seat and leaflet are offered.
    package static let owed = ["drink", "reading"]
}

/// One tap a service.
package enum Hospitality {
    /// The clinic keeps the services, or wants to be told when one is overdue.
    package static func isKept(_ playbook: Playbook) -> Bool {
        playbook.level(of: .hospitalitySteps) != .off || playbook.level(of: .hospitalityOverdue) != .off
    }

    /// Ticks a service, or takes the tick away when it stands.
    ///
    /// - Returns: whether it is ticked now.
    /// - Throws: `NotAllowed`, `NotFound`, `ReceptionError`, `FormErrors` for a service that is not in the list.
    @discardableResult
    package static func toggle(
        _ kind: String, of id: ID<Visit>, by work: Work, in tx: any WriteTransaction
    ) throws -> Bool {
        guard [Capability.callQueue, .checkIn, .checkInReturning, .keepRegisters].contains(where: work.actor.may) else {
            throw NotAllowed(capability: .keepRegisters)
        }
        let visit = try Arrivals.open(id, work, in: tx)
        guard work.playbook.code(kind, in: .hospitality) != nil else { throw FormErrors("kind", "请从列出的招待中选一项") }
        let isTicked = try CareStore.ticks(of: [id], in: tx).contains { $0.kind == kind }
        if isTicked {
            try CareStore.undo(kind, of: id, by: work.actor.id, at: work.now, in: tx)
        } else {
            try CareStore.tick(
                id: work.newID(), visit: visit, kind: kind, by: work.actor.id, at: work.now, in: tx)
        }
        try Audit.append(
            Event(
                "visit.cared", of: id, patient: visit.patientID,
                ["kind": .text(kind), "isDone": .bool(!isTicked)]), by: work, in: tx)
        return !isTicked
    }
}

/// SQL of `care_tick`.
package enum CareStore {
    package static func ticks(of visits: [ID<Visit>], in tx: any ReadTransaction) throws -> [CareTick] {
        guard !visits.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT visit_id, kind, ticked_at, ticked_by
            FROM care_tick WHERE visit_id IN \(list: visits) AND undone_at IS NULL
            ORDER BY ticked_at, id
            """
        ).map {
            CareTick(
                visitID: try $0.id("visit_id"), kind: try $0.text("kind"), tickedAt: try $0.timestamp("ticked_at"),
                tickedBy: try $0.id("ticked_by"))
        }
    }

    static func tick(
        id: ID<CareTick>, visit: Visit, kind: String, by actor: ID<Staff>, at now: Timestamp,
        in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO care_tick (id, clinic_id, business_day, visit_id, kind, ticked_at, ticked_by)
            VALUES (\(id), \(visit.clinicID), \(visit.businessDay), \(visit.id), \(kind), \(now), \(actor))
            ON CONFLICT DO NOTHING
            """)
    }

    static func undo(
        _ kind: String, of visit: ID<Visit>, by actor: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE care_tick SET undone_at = \(now), undone_by = \(actor)
            WHERE visit_id = \(visit) AND kind = \(kind) AND undone_at IS NULL
            """)
    }
}
