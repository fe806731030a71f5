import Storage

/// A PostgreSQL server shared by several processes. Each write holds its lane's advisory lock.
package final class PostgresDatabase: Database {
    /// Seconds until a job that finds no free connection gives up.
    private static let poolWait = 2.0
    /// Seconds until a write that finds its lane occupied gives up.
    private static let laneWait = 10.0

    private let writers: WorkerPool<PostgresWorker>
    private let readers: WorkerPool<PostgresWorker>
    private let lanes = LaneQueues()
    private let listener: PostgresListener

    /// Connects once and looks at the database.
    /// - Parameters:
    ///   - url: what libpq accepts: `postgres://…` or `host=… dbname=…`, several hosts and `target_session_attrs` included.
    ///   - databaseName: another database on that server than `url` names.
    /// - Throws: `StorageError.unavailable` without a connection, `PostgresSetupError` for a database made with another
    ///   encoding or text order than the program is tested with.
    package init(
        url: String, databaseName: String? = nil, writers writerCount: Int = 8, readers readerCount: Int = 4
    ) async throws {
        let target = PostgresTarget(connectionString: url, databaseName: databaseName)
        let open: @Sendable () -> PostgresWorker = { PostgresWorker(target: target) }
        writers = WorkerPool(name: "menya.writer", threads: writerCount, open: open) { $0.close() }
        readers = WorkerPool(name: "menya.reader", threads: readerCount, open: open) { $0.close() }
        listener = PostgresListener(target: target)
        try await readers.run { worker in try worker.read(patience: 0) { try Self.requireSuitable($0) } }
    }

    package var dialect: Dialect { .postgres }

    package func read<T: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> T
    ) async throws -> T {
        try await readers.run(waitingAtMost: Self.poolWait) { worker in try worker.read(body) }
    }

    package func write<T: Sendable>(
        in lane: Lane, telling news: CommitNews, _ body: @escaping @Sendable (any WriteTransaction) throws -> T
    ) async throws -> T {
        let notice = listener.notice(of: news, writtenIn: lane)
        return try await lanes.run(lane, waitingAtMost: Self.laneWait) {
            try await writers.run(waitingAtMost: Self.poolWait) { worker in
                try worker.write(in: lane, notice: notice, body)
            }
        }
    }

    /// The first element, `.unknown`, comes when listening has begun.
    package func foreignCommits() -> AsyncStream<ForeignCommit> { listener.subscribe() }

    package func close() async {
        await listener.stop()
        await writers.close()
        await readers.close()
    }

    /// Text must sort by code point, as in SQLite, and a column never says COLLATE.
    private static func requireSuitable(_ tx: any ReadTransaction) throws {
        let version = try tx.first("SELECT CAST(current_setting('server_version_num') AS INTEGER) AS number")
        let number = try version?.int("number") ?? 0
        let locale: SQL =
            switch number {
            case 170_000...: "datlocprovider::TEXT AS provider, COALESCE(datlocale, datcollate) AS locale"
            case 150_000...: "datlocprovider::TEXT AS provider, COALESCE(daticulocale, datcollate) AS locale"
            default: "'c' AS provider, datcollate AS locale"
            }
        let found = try tx.first(
            """
            SELECT pg_encoding_to_char(encoding)::TEXT AS encoding, \(locale)
            FROM pg_database
            WHERE datname = current_database()
            """)
        guard let found else { throw StorageError.failed(detail: "pg_database does not list the current database") }
        try requireSuitable(
            encoding: try found.text("encoding"), provider: try found.text("provider"), locale: try found.text("locale")
        )
    }

    /// - Parameter provider: `c` the system's library, `b` PostgreSQL's own, `i` ICU.
    static func requireSuitable(encoding: String, provider: String, locale: String) throws(PostgresSetupError) {
        guard encoding == "UTF8" else { throw .wrongEncoding(found: encoding) }
        let isByteOrder = ["C", "POSIX", "C.UTF-8", "C.utf8", "C.UTF8"].contains(locale)
        guard isByteOrder, provider != "i" else { throw .wrongCollation(found: "\(provider):\(locale)") }
    }
}
