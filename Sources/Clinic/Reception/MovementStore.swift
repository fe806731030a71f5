import Kernel
import Storage

/// SQL of `movement`.
package enum MovementStore {
    private static let columns: SQL = "id, visit_id, chair_id, entered_at, nearly_done_at, exited_at, cleaned_at"

    /// Who sits in the chair now.
    package static func findOpen(chair: ID<Chair>, in tx: any ReadTransaction) throws -> Movement? {
        try tx.first(
            """
            SELECT \(columns) FROM movement WHERE chair_id = \(chair) AND exited_at IS NULL AND person = 'patient'
            """
        ).map(movement)
    }

    package static func findOpen(visit: ID<Visit>, in tx: any ReadTransaction) throws -> Movement? {
        try tx.first(
            """
            SELECT \(columns) FROM movement WHERE visit_id = \(visit) AND exited_at IS NULL AND person = 'patient'
            """
        ).map(movement)
    }

    package static func findLast(visit: ID<Visit>, in tx: any ReadTransaction) throws -> Movement? {
        try tx.first(
            """
            SELECT \(columns) FROM movement WHERE visit_id = \(visit) AND person = 'patient'
            ORDER BY entered_at DESC, id DESC LIMIT 1
            """
        ).map(movement)
    }

    /// The last movement of each chair since `since`: what the chair states are derived from.
    package static func lastOfChairs(
        clinic: ID<ClinicSite>, since: Timestamp, in tx: any ReadTransaction
    ) throws -> [ID<Chair>: Movement] {
        let rows = try tx.rows(
            """
            SELECT \(columns) FROM movement
            WHERE clinic_id = \(clinic) AND person = 'patient'
                AND chair_id IN (SELECT id FROM chair WHERE clinic_id = \(clinic))
                AND (exited_at IS NULL OR entered_at >= \(since))
            ORDER BY entered_at, id
            """
        ).map(movement)
        return Dictionary(rows.map { ($0.chairID, $0) }, uniquingKeysWith: { _, last in last })
    }

    /// How many went in with each customer and are still inside.
    package static func companionsInside(
        _ visits: [ID<Visit>], in tx: any ReadTransaction
    ) throws -> [ID<Visit>: Int] {
        guard !visits.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT visit_id, COUNT(*) AS n
            FROM movement
            WHERE visit_id IN \(list: visits) AND person = 'companion' AND exited_at IS NULL
            GROUP BY visit_id
            """)
        return Dictionary(
            try rows.map { (try $0.id("visit_id", Visit.self), try $0.int("n")) },
            uniquingKeysWith: { first, _ in first })
    }

    /// - Returns: false when the chair was taken in the same moment.
    static func enter(
        id: ID<Movement>, visit: Visit, chair: ID<Chair>, handedTo: ID<Staff>?, alertsSpokenAt: Timestamp?,
        by actor: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws -> Bool {
        try !tx.rows(
            """
            INSERT INTO movement (id, clinic_id, visit_id, chair_id, person, entered_at, entered_by, handed_to_id,
                alerts_spoken_at)
            VALUES (\(id), \(visit.clinicID), \(visit.id), \(chair), 'patient', \(now), \(actor), \(handedTo),
                \(alertsSpokenAt))
            ON CONFLICT DO NOTHING
            RETURNING id
            """
        ).isEmpty
    }

    static func exit(
        _ movement: Movement, happenedAt: Timestamp, recordedAt: Timestamp, by actor: ID<Staff>,
        in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE movement SET exited_at = \(happenedAt), exit_recorded_at = \(recordedAt), exited_by = \(actor)
            WHERE id = \(movement.id)
            """)
    }

    /// Somebody who goes in with the customer (R4.14).
    static func enterCompanion(
        id: ID<Movement>, with patient: Movement, clinic: ID<ClinicSite>, by actor: ID<Staff>, at now: Timestamp,
        in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO movement (id, clinic_id, visit_id, chair_id, person, entered_at, entered_by)
            VALUES (\(id), \(clinic), \(patient.visitID), \(patient.chairID), 'companion', \(now), \(actor))
            """)
    }

    /// - Returns: false when the companion was out already.
    static func exitCompanion(
        _ id: ID<Movement>, visit: ID<Visit>, at now: Timestamp, by actor: ID<Staff>, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE movement SET exited_at = \(now), exit_recorded_at = \(now), exited_by = \(actor)
            WHERE id = \(id) AND visit_id = \(visit) AND person = 'companion' AND exited_at IS NULL
            """) == 1
    }

    /// Whoever came with the customer goes out with him; nobody leaves before having come in.
    static func exitCompanions(
        of visit: ID<Visit>, happenedAt: Timestamp, recordedAt: Timestamp, by actor: ID<Staff>,
        in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE movement SET
                exited_at = CASE WHEN entered_at > \(happenedAt) THEN entered_at ELSE \(happenedAt) END,
                exit_recorded_at = \(recordedAt), exited_by = \(actor)
            WHERE visit_id = \(visit) AND person = 'companion' AND exited_at IS NULL
            """)
    }

    /// The exit of the customer was a mistake: who went out with him is in again.
    static func undoCompanionExits(
        of visit: ID<Visit>, recordedAt: Timestamp, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE movement SET exited_at = NULL, exit_recorded_at = NULL, exited_by = NULL
            WHERE visit_id = \(visit) AND person = 'companion' AND exit_recorded_at = \(recordedAt)
            """)
    }

    static func setNearlyDone(_ movement: Movement, at now: Timestamp?, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE movement SET nearly_done_at = \(now) WHERE id = \(movement.id)")
    }

    static func setCleaned(_ movement: Movement, at now: Timestamp?, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE movement SET cleaned_at = \(now) WHERE id = \(movement.id)")
    }

    static func undoExit(_ movement: Movement, in tx: any WriteTransaction) throws -> Bool {
        try !tx.rows(
            """
            UPDATE movement SET exited_at = NULL, exit_recorded_at = NULL, exited_by = NULL
            WHERE id = \(movement.id)
                AND NOT EXISTS (SELECT 1 FROM movement AS other WHERE other.chair_id = \(movement.chairID)
                    AND other.exited_at IS NULL AND other.person = 'patient')
            RETURNING id
            """
        ).isEmpty
    }

    /// States the true time of a lead-in.
    static func setEntered(_ movement: Movement, at: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE movement SET entered_at = \(at) WHERE id = \(movement.id)")
    }

    /// States the true time of an exit that is recorded.
    static func setExited(_ movement: Movement, at: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE movement SET exited_at = \(at) WHERE id = \(movement.id) AND exited_at IS NOT NULL")
    }

    private static func movement(_ row: Row) throws -> Movement {
        Movement(
            id: try row.id("id"), visitID: try row.id("visit_id"), chairID: try row.id("chair_id"),
            enteredAt: try row.timestamp("entered_at"), nearlyDoneAt: try row.timestampIfAny("nearly_done_at"),
            exitedAt: try row.timestampIfAny("exited_at"), cleanedAt: try row.timestampIfAny("cleaned_at"))
    }
}
