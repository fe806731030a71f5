import Dispatch
import Foundation
import GRDB
import Kernel
import Storage

/// One file, one writer with group commit, three readers. The embedded default.
package final class SQLiteDatabase: Storage.Database {
    package let path: String
    private let pool: DatabasePool
    private let writer: GroupCommit
    private let readers: WorkerPool<SQLiteReader>
    private let commits = CommitHub()

    /// Opens or creates the file.
    /// - Throws: `StorageError` when it cannot be opened, or a setting that protects data cannot be put in force.
    package init(path: String, readers count: Int = 3) throws {
        if !FileManager.default.fileExists(atPath: path) {
            // Made here so that only the owner can read it; SQLite gives the same rights to its side files.
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        var configuration = Configuration()
        configuration.label = "menya.writer"
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 1
        configuration.busyMode = .timeout(Double(SQLiteSettings.busyMilliseconds) / 1_000)
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            try SQLiteSettings.secure(pool)
        } catch let error as DatabaseError {
            throw SQLiteFailure.error(
                code: error.extendedResultCode.rawValue, message: "\(path): \(error.message ?? "")")
        }
        self.path = path
        writer = GroupCommit(pool: pool)
        readers = WorkerPool(
            name: "menya.reader", threads: count, open: { SQLiteReader(path: path) }, close: { $0.close() })
    }

    package var dialect: Dialect { .sqlite }

    package func read<T: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> T
    ) async throws -> T {
        try await readers.run { reader in try reader.read(body) }
    }

    package func write<T: Sendable>(
        in lane: Lane, telling news: CommitNews, _ body: @escaping @Sendable (any WriteTransaction) throws -> T
    ) async throws -> T {
        try await writer.write(body)
    }

    /// SQLite has one process: the stream stays silent and ends with the database.
    package func foreignCommits() -> AsyncStream<ForeignCommit> { commits.subscribe() }

    package func close() async {
        commits.finish()
        await readers.close()
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [pool] in
                try? pool.close()
                continuation.resume()
            }
        }
    }
}
