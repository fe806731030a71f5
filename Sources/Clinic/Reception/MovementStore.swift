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

    /// - Returns: false when the chair was taken in the same moment.
    static func enter(
        id: ID<Movement>, visit: Visit, chair: ID<Chair>, alertsSpokenAt: Timestamp?, by actor: ID<Staff>,
        at now: Timestamp, in tx: any WriteTransaction
    ) throws -> Bool {
        try !tx.rows(
            """
            INSERT INTO movement (id, clinic_id, visit_id, chair_id, person, entered_at, entered_by, alerts_spoken_at)
            VALUES (\(id), \(visit.clinicID), \(visit.id), \(chair), 'patient', \(now), \(actor), \(alertsSpokenAt))
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
