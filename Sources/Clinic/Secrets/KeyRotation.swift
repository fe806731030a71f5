import Kernel
import Storage

/// A column whose values `FieldCipher` closes; its table has the key column `id`.
package struct ProtectedColumn: Hashable, Sendable {
    package let table: String
    package let column: String

    /// Every protected column of the schema. A new one is listed here, or rotation would leave it behind.
    package static let all = [
        ProtectedColumn(table: "patient", column: "document_cipher"),
        ProtectedColumn(table: "consultation_profile", column: "content_cipher"),
    ]

    /// Rows after `id` in order of id: (id, cipher).
    package func list(after id: Int64, limit: Int, in tx: any ReadTransaction) throws -> [(id: Int64, cipher: String)] {
        let rows = try tx.rows(
            SQL(trusted: "SELECT id, \(column) AS cipher FROM \(table) WHERE \(column) IS NOT NULL AND id > ")
                + "\(id) ORDER BY id LIMIT \(limit)")
        return try rows.map { (try $0.int64("id"), try $0.text("cipher")) }
    }

    /// Replaces the value unless somebody changed it meanwhile.
    func replace(_ old: String, by new: String, id: Int64, in tx: any WriteTransaction) throws {
        try tx.run(
            SQL(trusted: "UPDATE \(table) SET \(column) = ") + "\(new) WHERE id = \(id) AND "
                + SQL(trusted: column) + " = \(old)")
    }
}

/// Closes all protected values anew with the active key of a ring that was rotated (R16.08). May be stopped and started
/// again at any time: values already renewed are passed over, and old keys stay in the ring.
package enum KeyRotation {
    private static let batch = 500

    /// - Parameter progress: number of values looked at so far.
    /// - Returns: number of values renewed.
    package static func run(
        _ database: any Database, cipher: FieldCipher, actor: ID<Staff> = ID(raw: 0), now: Timestamp,
        progress: (Int) -> Void = { _ in }
    ) async throws -> Int {
        var (looked, renewed) = (0, 0)
        for column in ProtectedColumn.all {
            var last: Int64? = Int64.min
            while let after = last {
                let step = try await database.write(in: .organisation) { tx in
                    try renew(column, after: after, cipher: cipher, in: tx)
                }
                (looked, renewed, last) = (looked + step.looked, renewed + step.renewed, step.last)
                progress(looked)
            }
        }
        let total = renewed
        try await database.write(in: .organisation) { tx in
            try Audit.append(
                [Event("key.rotated", of: ID<FieldCipher>(raw: 1), ["renewed": .int(Int64(total))])],
                actor: actor, at: now, lane: .organisation, in: tx)
        }
        return renewed
    }

    /// Whether values are left that an older key of the ring closed: an earlier rotation was stopped half-way.
    package static func isUnfinished(_ cipher: FieldCipher, in tx: any ReadTransaction) throws -> Bool {
        for column in ProtectedColumn.all {
            var last = Int64.min
            while true {
                let values = try column.list(after: last, limit: batch, in: tx)
                if values.contains(where: { !cipher.isCurrent($0.cipher) }) { return true }
                guard let next = values.last?.id else { break }
                last = next
            }
        }
        return false
    }

    private struct Step: Sendable {
        let looked: Int
        let renewed: Int
        /// Where the next batch begins; nil after the last one.
        let last: Int64?
    }

    private static func renew(
        _ column: ProtectedColumn, after id: Int64, cipher: FieldCipher, in tx: any WriteTransaction
    ) throws -> Step {
        let values = try column.list(after: id, limit: batch, in: tx)
        let old = values.filter { !cipher.isCurrent($0.cipher) }
        for value in old {
            let clear = try cipher.open(value.cipher, table: column.table, column: column.column, row: value.id)
            let closed = try cipher.seal(clear, table: column.table, column: column.column, row: value.id)
            try column.replace(value.cipher, by: closed, id: value.id, in: tx)
        }
        return Step(looked: values.count, renewed: old.count, last: values.count < batch ? nil : values.last?.id)
    }
}
