import Crypto
import Foundation
import Kernel
import Storage

/// What lies beside a backup and proves it: `NAME.json`.
package struct BackupManifest: Codable, Hashable, Sendable {
    /// Of this format.
    package let version: Int
    package let file: String
    package let engine: String
    package let madeAt: Timestamp
    /// Ids of the migrations the data has.
    package let schema: [String]
    /// Of the key the protected values were closed with.
    package let keyFingerprint: String
    /// Rows of the main tables.
    package let rows: [String: Int64]
    package let bytes: Int64
    /// Of the file, hexadecimal.
    package let sha256: String

    package init(
        file: String, engine: String, madeAt: Timestamp, content: BackupContent, bytes: Int64, sha256: String
    ) {
        version = 1
        self.file = file
        self.engine = engine
        self.madeAt = madeAt
        schema = content.schema
        keyFingerprint = content.keyFingerprint
        rows = content.rows
        self.bytes = bytes
        self.sha256 = sha256
    }

    /// `menya-….sqlite` → `menya-….json`
    package static func path(of file: String) -> String {
        (file as NSString).deletingPathExtension + ".json"
    }

    package static func read(_ path: String) throws -> BackupManifest {
        guard let data = FileManager.default.contents(atPath: path) else { throw BackupError.noManifest(path: path) }
        guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: data), manifest.version == 1
        else { throw BackupError.damaged(file: path, reason: "清单读不懂") }
        return manifest
    }

    package func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    /// SHA-256 and size of a file, read in pieces.
    package static func digest(of path: String) throws -> (sha256: String, bytes: Int64) {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw BackupError.noFile(path: path) }
        defer { try? handle.close() }
        var hash = SHA256()
        var bytes: Int64 = 0
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            hash.update(data: piece)
            bytes += Int64(piece.count)
        }
        return (Hex.text(hash.finalize()), bytes)
    }
}

/// What a database holds, as far as the manifest compares it.
package struct BackupContent: Hashable, Sendable {
    package let schema: [String]
    package let keyFingerprint: String
    package let rows: [String: Int64]

    private static let tables = [
        "access_event", "appointment", "charge_line", "clinic", "event", "patient", "payment", "receipt", "staff",
        "task", "transfer", "visit",
    ]

    package static func read(_ tx: any ReadTransaction) throws -> BackupContent {
        var rows: [String: Int64] = [:]
        for table in tables { rows[table] = try tx.int64(SQL(trusted: "SELECT COUNT(*) FROM \(table)")) ?? 0 }
        return BackupContent(
            schema: try tx.rows("SELECT id FROM schema_migration ORDER BY id").map { try $0.text("id") },
            keyFingerprint: try tx.first("SELECT key_fingerprint FROM organisation")?.text("key_fingerprint") ?? "",
            rows: rows)
    }
}

package enum BackupError: UserFacingError, Hashable {
    case noFile(path: String)
    case noManifest(path: String)
    case damaged(file: String, reason: String)
    case otherKey(expected: String, found: String)
    case notForThisEngine(engine: String)
    case toolMissing(name: String)
    case toolFailed(name: String, status: Int)

    package var kind: FailureKind { .unavailable }
    package var userMessage: String {
        switch self {
        case .noFile(let path): "找不到备份文件 \(path)，请核对文件名"
        case .noManifest(let path): "备份旁边缺少清单 \(path)；请连同清单一起拷贝后再试"
        case .damaged(let file, let reason): "备份 \(file) 不完整（\(reason)），请换一份备份"
        case .otherKey(let expected, let found):
            "备份用的密钥是 \(expected)，本机密钥文件是 \(found)；请先放回原来的密钥文件（或用恢复单还原）"
        case .notForThisEngine(let engine): "这是 \(engine) 的备份，不能还原到当前的数据库"
        case .toolMissing(let name): "没有找到 \(name)，请安装 PostgreSQL 客户端工具（Debian：postgresql-client）后再试"
        case .toolFailed(let name, let status): "\(name) 没有成功（返回 \(status)），请看上面的说明"
        }
    }
}
