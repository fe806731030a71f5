import Dispatch
import Foundation
import Storage

extension SQLiteDatabase {
    /// Writes one consistent, compact copy of the whole database to `destination` while reading and writing go on.
    /// The file appears under its name only when it is complete and on the disk; an existing file is replaced.
    package func backup(to destination: String) async throws {
        let source = path
        try await Self.apart {
            let partial = destination + ".partial"
            try? FileManager.default.removeItem(atPath: partial)
            do {
                let connection = try SQLiteConnection(readOnly: source)
                _ = try connection.execute("VACUUM INTO ?", [.text(partial)])
                // VACUUM INTO leaves syncing to its caller.
                try FileSync.file(partial)
                guard rename(partial, destination) == 0 else {
                    throw StorageError.failed(detail: "cannot rename \(partial): errno \(errno)")
                }
                try FileSync.file((destination as NSString).deletingLastPathComponent)
            } catch {
                try? FileManager.default.removeItem(atPath: partial)
                throw error
            }
        }
    }

    /// - Returns: what is wrong with the file and its foreign keys, one sentence each; empty when all is well.
    package func integrityCheck() async throws -> [String] {
        let source = path
        return try await Self.apart {
            let connection = try SQLiteConnection(readOnly: source)
            let pages = try connection.execute("PRAGMA integrity_check", []).rows.compactMap { row -> String? in
                guard case .text(let finding)? = row.values.first, finding != "ok" else { return nil }
                return finding
            }
            let keys = try connection.execute("PRAGMA foreign_key_check", []).rows.map { row in
                "table \(try row.text("table")): a row refers to a missing row of \(try row.text("parent"))"
            }
            return pages + keys
        }
    }

    /// Long work, on a thread and a connection of its own: readers and writer stay free.
    private static func apart<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try body() }) }
            thread.name = "menya.maintenance"
            thread.start()
        }
    }
}

/// Puts a file, or a folder's list of names, on the disk.
enum FileSync {
    static func file(_ path: String) throws {
        let descriptor = open(path.isEmpty ? "." : path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError.failed(detail: "cannot open \(path): errno \(errno)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StorageError.failed(detail: "cannot sync \(path): errno \(errno)") }
    }
}
