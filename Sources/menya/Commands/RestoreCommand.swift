import ArgumentParser
import Clinic
import Foundation
import Kernel
import Storage
import StorageSQLite

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "还原一份备份，核对无误才算完成。",
        discussion: "SQLite：换下现在的数据库，原来的文件留在旁边。PostgreSQL：装进 --database 指的空库，已有数据的库不动。")
    @OptionGroup var common: CommonOptions
    @Argument(help: "备份文件 menya-….sqlite 或 menya-….dump，旁边要有它的清单 .json。") var file: String

    func run() async throws {
        try await CommandFailure.explained {
            let settings = try await common.settings()
            let lock = try OpenedDatabase.lock(settings.location)
            defer { lock?.release() }
            let fingerprint = settings.keyFile.exists ? try settings.keyFile.read().fingerprint : nil
            Console.progress("核对清单 …")
            let manifest = try Backups.check(file, engine: settings.location.engine, fingerprint: fingerprint)
            if fingerprint == nil, !manifest.keyFingerprint.isEmpty {
                throw SecretsError.noKeyFile(path: settings.keyFile.path)
            }
            var kept: String?
            switch settings.location {
            case .sqlite(let path): kept = try await swap(path, manifest)
            case .postgres(let url): try await fill(settings.location, url, manifest)
            }
            Console.endProgress()
            Console.say("已还原 \(manifest.file)。")
            if let kept { Console.say("原来的数据库留在 \(kept)。") }
        }
    }

    /// Into an empty database only: what is there is never overwritten.
    private func fill(_ location: DatabaseLocation, _ url: String, _ manifest: BackupManifest) async throws {
        let empty = try await OpenedDatabase.open(location)
        let tables = try await empty.db.read { tx in
            try tx.int64("SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_schema = current_schema()")
        }
        await empty.db.close()
        guard tables == 0 else {
            throw CommandFailure("数据库里已经有 \(tables ?? 0) 张表，没有改动；请先建一个空库，用 --database 指向它")
        }
        Console.progress("装入 …")
        try await Tool.run(
            "pg_restore",
            ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", "--dbname=\(url)", file])
        Console.progress("打开并核对 …")
        let filled = try await OpenedDatabase.open(location)
        let content = try await BackupFiles.prove(filled.db, file: manifest.file)
        await filled.db.close()
        guard content.rows == manifest.rows, content.schema == manifest.schema else {
            throw BackupError.damaged(file: manifest.file, reason: "内容与清单不符，这个库请不要使用")
        }
    }

    /// - Returns: where the old database lies now; nil when there was none.
    private func swap(_ path: String, _ manifest: BackupManifest) async throws -> String? {
        let fresh = path + ".restoring"
        Self.remove(fresh)
        try FileManager.default.copyItem(atPath: file, toPath: fresh)
        do {
            Console.progress("打开并核对 …")
            let content = try await BackupFiles.proveSQLite(fresh)
            guard content.rows == manifest.rows, content.schema == manifest.schema else {
                throw BackupError.damaged(file: manifest.file, reason: "内容与清单不符")
            }
            chmod(fresh, 0o600)
            let kept = try Self.setAside(path)
            guard rename(fresh, path) == 0 else { throw CommandFailure("不能换上新文件（errno \(errno)），没有改动") }
            return kept
        } catch {
            Self.remove(fresh)
            throw error
        }
    }

    /// Gives the old file a second name, so that one rename replaces it and there is never no database.
    private static func setAside(_ path: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let kept = "\(path).before-\(Now.timestamp.milliseconds)"
        guard link(path, kept) == 0 else { throw CommandFailure("不能保留原来的数据库（errno \(errno)），没有改动") }
        // What a killed server left in its journal belongs to the old file and must not meet the new one.
        for side in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + side) {
            guard rename(path + side, kept + side) == 0 else { throw CommandFailure("不能移开 \(path + side)") }
        }
        return kept
    }

    private static func remove(_ path: String) {
        for file in [path, path + "-wal", path + "-shm"] { try? FileManager.default.removeItem(atPath: file) }
    }
}
