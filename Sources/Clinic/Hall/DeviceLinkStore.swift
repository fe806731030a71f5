import Kernel
import Storage

/// SQL of `device_link`.
enum DeviceLinkStore {
    static func find(hash: String, in tx: any ReadTransaction) throws -> DeviceLink? {
        try tx.first("SELECT \(columns) FROM device_link WHERE token_hash = \(hash)").map(link)
    }

    /// - Throws: `NotFound` also for a screen of another clinic.
    static func get(_ id: ID<DeviceLink>, clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> DeviceLink {
        let row = try tx.first("SELECT \(columns) FROM device_link WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let row else { throw NotFound("屏幕") }
        return try link(row)
    }

    /// Those in use, oldest first.
    static func list(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [DeviceLink] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM device_link
            WHERE clinic_id = \(clinic) AND revoked_at IS NULL
            ORDER BY id
            """
        ).map(link)
    }

    static func insert(_ link: DeviceLink, hash: String, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO device_link (id, clinic_id, name, token_hash, paired_at, paired_by)
            VALUES (\(link.id), \(link.clinicID), \(link.name), \(hash), \(link.pairedAt), \(link.pairedBy))
            """)
    }

    static func setSeen(_ id: ID<DeviceLink>, at now: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE device_link SET seen_at = \(now) WHERE id = \(id) AND revoked_at IS NULL")
    }

    /// - Returns: false when it was revoked before.
    static func revoke(
        _ id: ID<DeviceLink>, by actor: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE device_link
            SET revoked_at = \(now), revoked_by = \(actor)
            WHERE id = \(id) AND revoked_at IS NULL
            """) == 1
    }

    private static let columns: SQL = "id, clinic_id, name, paired_at, paired_by, seen_at, revoked_at"

    private static func link(_ row: Row) throws -> DeviceLink {
        DeviceLink(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), name: try row.text("name"),
            pairedAt: try row.timestamp("paired_at"), pairedBy: try row.id("paired_by"),
            seenAt: try row.timestampIfAny("seen_at"), revokedAt: try row.timestampIfAny("revoked_at"))
    }
}
