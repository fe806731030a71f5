import Foundation
import Storage
import StoragePostgres
import StorageSQLite

/// The two engines, as test arguments: `@Test(arguments: Backend.allCases) func …(backend: Backend) async throws`.
package enum Backend: String, CaseIterable, Sendable, CustomStringConvertible {
    case sqlite, postgres

    package var description: String { rawValue }

    /// A fresh database with `migrations` applied. It lives as long as the result is held, then it is deleted.
    package func makeDatabase(migrations: [Migration] = []) async throws -> TestDatabase {
        let slot = try await Slots.of(self).take()
        switch self {
        case .sqlite:
            let template = try await TemplateFiles.shared.path(for: migrations)
            let path = try TestFolder.makeUnique() + "/menya.sqlite"
            try FileManager.default.copyItem(atPath: template, toPath: path)
            return TestDatabase(
                .sqlite, location: path, slot, try SQLiteDatabase(path: path)
            ) {
                try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent)
            }
        case .postgres:
            let server = try await TestServer.shared()
            let name = try await server.makeDatabase(migrations: migrations)
            let database = try await PostgresDatabase(url: server.url, databaseName: name, writers: 4, readers: 2)
            return TestDatabase(.postgres, location: "\(server.url) dbname=\(name)", slot, database) {
                server.dropLater(name)
            }
        }
    }
}

/// A database that deletes itself when nobody holds it any more.
package final class TestDatabase: Database {
    package let backend: Backend
    /// The file's path, or a connection string.
    package let location: String
    private let slot: Slots.Slot
    private let inner: any Database
    private let remove: @Sendable () -> Void

    init(
        _ backend: Backend, location: String, _ slot: Slots.Slot, _ inner: any Database,
        remove: @escaping @Sendable () -> Void
    ) {
        self.backend = backend
        self.location = location
        self.slot = slot
        self.inner = inner
        self.remove = remove
    }

    deinit { remove() }

    package var dialect: Dialect { inner.dialect }

    package func read<T: Sendable>(_ body: @escaping @Sendable (any ReadTransaction) throws -> T) async throws -> T {
        try await inner.read(body)
    }

    package func write<T: Sendable>(
        in lane: Lane, telling news: CommitNews, _ body: @escaping @Sendable (any WriteTransaction) throws -> T
    ) async throws -> T {
        try await inner.write(in: lane, telling: news, body)
    }

    package func foreignCommits() -> AsyncStream<ForeignCommit> { inner.foreignCommits() }
    package func close() async { await inner.close() }

    /// PostgreSQL only: the name of the database.
    package var databaseName: String { location.split(separator: "=").last.map(String.init) ?? "" }

    /// The same data through another driver, as a second process would open it. Close it before the test ends.
    package func openAgain() async throws -> any Database {
        switch backend {
        case .sqlite: try SQLiteDatabase(path: location)
        case .postgres: try await PostgresDatabase(url: location, writers: 2, readers: 2)
        }
    }

    /// Breaks every connection to this database, as a restart of the server does. PostgreSQL only.
    package func breakConnections() async throws {
        try await TestServer.shared().breakConnections(to: databaseName)
    }
}
