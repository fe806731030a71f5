import Clinic
import Foundation
import Kernel
import Storage
import StoragePostgres
import StorageSQLite

/// An open database, and the file behind it if it is one.
struct OpenedDatabase: Sendable {
    let db: any Database
    let location: DatabaseLocation
    let sqlite: SQLiteDatabase?

    /// - Parameter mayCreate: makes an empty SQLite file where none is; otherwise that is a mistake in the path.
    static func open(_ location: DatabaseLocation, mayCreate: Bool = false) async throws -> OpenedDatabase {
        switch location {
        case .sqlite(let path):
            if !FileManager.default.fileExists(atPath: path) {
                guard mayCreate else {
                    throw CommandFailure("没有找到数据库 \(path)；请核对 --data 和 --database，或先运行 menya serve 建立")
                }
                try makeFolder(of: path)
            }
            let sqlite = try SQLiteDatabase(path: path)
            return OpenedDatabase(db: sqlite, location: location, sqlite: sqlite)
        case .postgres(let url):
            return OpenedDatabase(db: try await PostgresDatabase(url: url), location: location, sqlite: nil)
        }
    }

    /// Opens the database for a command that needs the present schema.
    static func openCurrent(_ location: DatabaseLocation) async throws -> OpenedDatabase {
        let opened = try await open(location)
        let pending = try await Schema.migrator.pending(opened.db)
        guard pending.isEmpty else {
            await opened.db.close()
            throw CommandFailure("数据库还没有升级到这个版本（缺 \(pending.count) 步）；请先运行 menya migrate")
        }
        return opened
    }

    /// The right to be the only program on a SQLite file; PostgreSQL needs none.
    static func lock(_ location: DatabaseLocation) throws -> SQLiteServingLock? {
        guard case .sqlite(let path) = location else { return nil }
        try makeFolder(of: path)
        return try SQLiteDatabase.lockForServing(path: path)
    }

    /// Migrates, after a backup where there is something to lose.
    /// - Returns: ids applied.
    func migrate(_ settings: Settings, now: Timestamp) async throws -> [String] {
        let pending = try await Schema.migrator.pending(db)
        if pending.isEmpty { return [] }
        if pending.count < Schema.migrations.count, sqlite != nil {
            let manifest = try await BackupFiles.backups(self, settings).make(now: now)
            Console.say("升级前已备份：\(settings.backupFolder)/\(manifest.file)")
        }
        return try await Schema.migrator.migrate(db, now: now)
    }

    private static func makeFolder(of path: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        guard !folder.isEmpty, !FileManager.default.fileExists(atPath: folder) else { return }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
}
