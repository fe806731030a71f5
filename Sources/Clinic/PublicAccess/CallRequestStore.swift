import Kernel
import Storage

/// The table of requests to be called back.
package enum CallRequestStore {
    /// - Throws: `NotFound`.
    package static func get(
        _ id: ID<CallRequest>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> CallRequest {
        let found = try tx.first("SELECT \(columns) FROM call_request WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let found else { throw NotFound("回电请求") }
        return try request(found)
    }

    static func find(command hash: String, in tx: any ReadTransaction) throws -> CallRequest? {
        try tx.first("SELECT \(columns) FROM call_request WHERE command_hash = \(hash)").map(request)
    }

    /// Those nobody has settled, oldest first.
    package static func listOpen(
        clinic: ID<ClinicSite>, limit: Int, in tx: any ReadTransaction
    ) throws -> [CallRequest] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM call_request
            WHERE clinic_id = \(clinic) AND settled_at IS NULL
            ORDER BY asked_at, id
            LIMIT \(limit)
            """
        ).map(request)
    }

    /// How many a network address asked for on a day.
    static func count(addressHash: String, day: Day, in tx: any ReadTransaction) throws -> Int {
        Int(
            try tx.int64(
                "SELECT COUNT(*) AS n FROM call_request WHERE asked_day = \(day) AND address_hash = \(addressHash)")
                ?? 0
        )
    }

    static func countOpen(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> Int {
        Int(
            try tx.int64(
                "SELECT COUNT(*) AS n FROM call_request WHERE clinic_id = \(clinic) AND settled_at IS NULL") ?? 0)
    }

    static func insert(_ r: CallRequest, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO call_request (id, clinic_id, name, phone, wish, note, language, address_hash, command_hash,
                asked_at, asked_day)
            VALUES (\(r.id), \(r.clinicID), \(r.name), \(r.phone), \(r.wish.rawValue), \(r.note), \(r.language.rawValue),
                \(r.addressHash), \(r.commandHash), \(r.askedAt), \(r.askedDay))
            """)
    }

    /// - Returns: false when a colleague was faster.
    static func setSettled(_ r: CallRequest, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            """
            UPDATE call_request
            SET settled_at = \(r.settledAt), settled_by = \(r.settledBy), outcome = \(r.outcome?.rawValue)
            WHERE id = \(r.id) AND settled_at IS NULL
            """) == 1
    }

    /// Names and numbers of people who are no customers are not kept.
    static func purge(before: Timestamp, in tx: any WriteTransaction) throws -> Int {
        try tx.run("DELETE FROM call_request WHERE settled_at < \(before)")
    }

    private static let columns: SQL = """
        id, clinic_id, name, phone, wish, note, language, address_hash, command_hash, asked_at, asked_day, settled_at,
        settled_by, outcome
        """

    private static func request(_ row: Row) throws -> CallRequest {
        CallRequest(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), name: try row.text("name"),
            phone: try row.text("phone"), wish: try row.code("wish"), note: try row.textIfAny("note"),
            language: try row.code("language"), addressHash: try row.text("address_hash"),
            commandHash: try row.text("command_hash"), askedAt: try row.timestamp("asked_at"),
            askedDay: try row.day("asked_day"), settledAt: try row.timestampIfAny("settled_at"),
            settledBy: try row.idIfAny("settled_by"), outcome: try row.codeIfAny("outcome"))
    }
}
