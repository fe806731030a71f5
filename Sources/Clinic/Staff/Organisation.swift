import Kernel
import Storage

/// The one organisation of this installation; there is none before the first run.
package struct Organisation: Hashable, Sendable {
    package let name: String
    /// Made by `menya demo`, never for real people.
    package let isDemo: Bool
    /// Of the key file in use.
    package let keyFingerprint: String
    /// When the recovery sheet was confirmed as kept.
    package let recoveryConfirmedAt: Timestamp?
    package let createdAt: Timestamp

    /// nil before the first run.
    package static func find(in tx: any ReadTransaction) throws -> Organisation? {
        try tx.first(
            """
            SELECT name, is_demo, key_fingerprint, recovery_confirmed_at, created_at
            FROM organisation
            WHERE id = 1
            """
        ).map { row in
            Organisation(
                name: try row.text("name"), isDemo: try row.bool("is_demo"),
                keyFingerprint: try row.text("key_fingerprint"),
                recoveryConfirmedAt: try row.timestampIfAny("recovery_confirmed_at"),
                createdAt: try row.timestamp("created_at"))
        }
    }

    static func insert(_ organisation: Organisation, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO organisation (id, name, is_demo, key_fingerprint, recovery_confirmed_at, created_at)
            VALUES (1, \(organisation.name), \(organisation.isDemo), \(organisation.keyFingerprint),
                \(organisation.recoveryConfirmedAt), \(organisation.createdAt))
            """)
    }
}
