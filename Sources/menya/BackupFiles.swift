import Clinic
import Foundation
import Kernel
import Storage
import StoragePostgres
import StorageSQLite

/// How each engine is copied and how a copy is proved.
enum BackupFiles {
    static func backups(_ opened: OpenedDatabase, _ settings: Settings) -> Backups {
        Backups(
            engine: engine(opened), folder: settings.backupFolder, second: settings.secondBackupFolder)
    }

    private static func engine(_ opened: OpenedDatabase) -> Backups.Engine {
        switch opened.location {
        case .sqlite(let path):
            return Backups.Engine(
                name: opened.location.engine, fileExtension: "sqlite",
                copy: { destination in
                    let database = try opened.sqlite ?? SQLiteDatabase(path: path)
                    try await database.backup(to: destination)
                    return nil
                },
                prove: { try await proveSQLite($0) })
        case .postgres(let url):
            return Backups.Engine(
                name: opened.location.engine, fileExtension: "dump",
                copy: { destination in
                    // The manifest counts what the copy holds, not what people wrote meanwhile.
                    try await PostgresAdministration(url: url).withSnapshot { snapshot, tx in
                        let content = try BackupContent.read(tx)
                        try await Tool.run(
                            "pg_dump",
                            [
                                "--format=custom", "--no-owner", "--no-privileges", "--snapshot=\(snapshot)",
                                "--file=\(destination)", url,
                            ])
                        return content
                    }
                },
                prove: { path in
                    // Unpacks every row, to nowhere.
                    try await Tool.run("pg_restore", ["--file=/dev/null", path])
                    return nil
                })
        }
    }

    /// Opens the copy as the program would, looks at every page and every promise, and leaves one file behind.
    static func proveSQLite(_ path: String) async throws -> BackupContent {
        let copy = try SQLiteDatabase(path: path, readers: 1)
        do {
            let faults = try await copy.integrityCheck()
            if let fault = faults.first { throw BackupError.damaged(file: path, reason: fault) }
            let content = try await prove(copy, file: path)
            await copy.close()
            return content
        } catch {
            await copy.close()
            throw error
        }
    }
}

extension BackupFiles {
    /// Proves every promise on data that was copied or brought back; of an older schema only that this program knows it.
    static func prove(_ copy: any Database, file: String) async throws -> BackupContent {
        let pending = try await Schema.migrator.pending(copy)
        if pending.isEmpty {
            let scope = VerificationScope(now: Now.timestamp, isComplete: false, cipher: nil)
            let results = try await Verification.run(copy, scope: scope)
            if let breach = results.last?.finding.breach {
                throw BackupError.damaged(file: file, reason: "\(breach.table) \(breach.row)：\(breach.problem)")
            }
        }
        return try await copy.read { try BackupContent.read($0) }
    }
}

/// Programs of PostgreSQL.
enum Tool {
    /// - Throws: `BackupError` when it is not installed or does not succeed; its own words go to the console.
    static func run(_ name: String, _ arguments: [String]) async throws {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        let found = folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let found else { throw BackupError.toolMissing(name: name) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: found)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        guard status == 0 else { throw BackupError.toolFailed(name: name, status: Int(status)) }
    }
}
