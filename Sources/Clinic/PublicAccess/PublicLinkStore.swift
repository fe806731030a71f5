import Kernel
import Storage

/// The table of secret addresses.
enum PublicLinkStore {
    static func find(_ hash: String, in tx: any ReadTransaction) throws -> PublicLink? {
        try tx.first("SELECT \(columns) FROM public_link WHERE token_hash = \(hash)").map(link)
    }

    /// Those that still work, newest first.
    static func listOpen(
        _ purpose: PublicLink.Purpose, of subject: Int64, now: Timestamp, in tx: any ReadTransaction
    ) throws -> [PublicLink] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM public_link
            WHERE purpose = \(purpose.rawValue) AND subject_id = \(subject) AND used_at IS NULL AND revoked_at IS NULL
                AND (expires_at IS NULL OR expires_at > \(now))
            ORDER BY id DESC
            """
        ).map(link)
    }

    static func insert(_ link: PublicLink, hash: String, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO public_link (id, token_hash, purpose, subject_id, clinic_id, issued_at, issued_by, expires_at)
            VALUES (\(link.id), \(hash), \(link.purpose.rawValue), \(link.subject), \(link.clinicID), \(link.issuedAt),
                \(link.issuedBy), \(link.expiresAt))
            """)
    }

    /// - Returns: false when somebody was faster.
    static func setUsed(_ id: ID<PublicLink>, at now: Timestamp, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            "UPDATE public_link SET used_at = \(now) WHERE id = \(id) AND used_at IS NULL AND revoked_at IS NULL") == 1
    }

    @discardableResult
    static func revoke(
        _ ids: [ID<PublicLink>], by actor: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws -> Int {
        guard !ids.isEmpty else { return 0 }
        return try tx.run(
            """
            UPDATE public_link
            SET revoked_at = \(now), revoked_by = \(actor)
            WHERE id IN \(list: ids) AND revoked_at IS NULL AND used_at IS NULL
            """)
    }

    static func purge(before: Timestamp, in tx: any WriteTransaction) throws -> Int {
        try tx.run(
            """
            DELETE FROM public_link
            WHERE expires_at < \(before) OR used_at < \(before) OR revoked_at < \(before)
            """)
    }

    private static let columns: SQL =
        "id, purpose, subject_id, clinic_id, issued_at, issued_by, expires_at, used_at, revoked_at"

    private static func link(_ row: Row) throws -> PublicLink {
        PublicLink(
            id: try row.id("id"), purpose: try row.code("purpose"), subject: try row.int64("subject_id"),
            clinicID: try row.id("clinic_id"), issuedAt: try row.timestamp("issued_at"),
            issuedBy: try row.id("issued_by"), expiresAt: try row.timestampIfAny("expires_at"),
            usedAt: try row.timestampIfAny("used_at"), revokedAt: try row.timestampIfAny("revoked_at"))
    }
}
