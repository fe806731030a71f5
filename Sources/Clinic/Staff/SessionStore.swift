import Kernel
import Storage

/// The rows behind signed-in browsers.
package enum SessionStore {
    package static func find(_ tokenHash: String, in tx: any ReadTransaction) throws -> Session? {
        try tx.first("SELECT \(columns) FROM session WHERE token_hash = \(tokenHash)").map(session)
    }

    /// Open sessions of a person, the latest first.
    package static func listOpen(
        _ staff: ID<Staff>, now: Timestamp, in tx: any ReadTransaction
    ) throws -> [Session] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM session
            WHERE staff_id = \(staff) AND revoked_at IS NULL AND expires_at > \(now)
            ORDER BY last_seen_at DESC
            LIMIT 50
            """
        ).map(session)
    }

    static func insert(_ session: Session, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO session (token_hash, staff_id, clinic_id, csrf, device, created_at, last_seen_at, expires_at,
                locked_at, revoked_at)
            VALUES (\(session.tokenHash), \(session.staffID), \(session.clinicID), \(session.csrf), \(session.device),
                \(session.createdAt), \(session.lastSeenAt), \(session.expiresAt), \(session.lockedAt),
                \(session.revokedAt))
            """)
    }

    static func setSeen(_ tokenHash: String, at now: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            UPDATE session
            SET last_seen_at = \(now)
            WHERE token_hash = \(tokenHash) AND last_seen_at < \(now) AND locked_at IS NULL AND revoked_at IS NULL
            """)
    }

    static func setLocked(_ tokenHash: String, at now: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run(
            "UPDATE session SET locked_at = \(now) WHERE token_hash = \(tokenHash) AND locked_at IS NULL")
    }

    static func setReopened(_ tokenHash: String, at now: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run(
            "UPDATE session SET locked_at = NULL, last_seen_at = \(now) WHERE token_hash = \(tokenHash)")
    }

    static func setClinic(
        _ tokenHash: String, to clinic: ID<ClinicSite>, in tx: any WriteTransaction
    ) throws {
        try tx.run("UPDATE session SET clinic_id = \(clinic) WHERE token_hash = \(tokenHash)")
    }

    /// - Returns: the number of sessions that were open.
    static func revoke(_ tokenHash: String, at now: Timestamp, in tx: any WriteTransaction) throws -> Int {
        try tx.run(
            "UPDATE session SET revoked_at = \(now) WHERE token_hash = \(tokenHash) AND revoked_at IS NULL")
    }

    static func revokeAll(
        of staff: ID<Staff>, but kept: String?, at now: Timestamp, in tx: any WriteTransaction
    ) throws -> Int {
        try tx.run(
            """
            UPDATE session
            SET revoked_at = \(now)
            WHERE staff_id = \(staff) AND revoked_at IS NULL AND token_hash <> \(kept ?? "")
            """)
    }

    static func purge(before: Timestamp, in tx: any WriteTransaction) throws -> Int {
        try tx.run("DELETE FROM session WHERE expires_at < \(before)")
    }

    private static let columns: SQL =
        "token_hash, staff_id, clinic_id, csrf, device, created_at, last_seen_at, expires_at, locked_at, revoked_at"

    private static func session(_ row: Row) throws -> Session {
        Session(
            tokenHash: try row.text("token_hash"), staffID: try row.id("staff_id"), clinicID: try row.id("clinic_id"),
            csrf: try row.text("csrf"), device: try row.text("device"), createdAt: try row.timestamp("created_at"),
            lastSeenAt: try row.timestamp("last_seen_at"), expiresAt: try row.timestamp("expires_at"),
            lockedAt: try row.timestampIfAny("locked_at"), revokedAt: try row.timestampIfAny("revoked_at"))
    }
}
