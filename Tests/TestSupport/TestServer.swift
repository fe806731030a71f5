import Foundation
import Kernel
import Storage
import StoragePostgres

/// The PostgreSQL cluster of the tests: the one `MENYA_TEST_POSTGRES` names (a connection string to its administration
/// database, from `Scripts/test-postgres.sh start`), else one of this process alone.
final class TestServer: Sendable {
    let url: String
    private let administration: WorkerPool<Administrator>
    private let templates: TemplateDatabases
    private let lastNumber = Guarded(0)

    private static let starting = Task { try await TestServer() }
    /// - Throws: when there is no PostgreSQL. A missing engine fails the test, it is never skipped.
    static func shared() async throws -> TestServer { try await starting.value }

    private init() async throws {
        let url = try ProcessInfo.processInfo.environment["MENYA_TEST_POSTGRES"] ?? Self.startCluster()
        guard url.contains("="), !url.hasPrefix("postgres") else {
            throw StorageError.failed(detail: "MENYA_TEST_POSTGRES must be of the form host=… user=… dbname=…")
        }
        self.url = url
        administration = WorkerPool(
            name: "test.administration", threads: 1, open: { Administrator(url: url) }, close: { $0.close() })
        templates = TemplateDatabases(url: url, administration: administration)
        try await administration.run { try Self.removeLeftovers($0) }
    }

    /// - Returns: the name of a new database.
    func makeDatabase(migrations: [Migration]) async throws -> String {
        let template = try await templates.name(for: migrations)
        let number = lastNumber.withLock { number in
            number += 1
            return number
        }
        let name = "menya_test_\(getpid())_\(number)"
        try await administration.run { administrator in
            try administrator.run("CREATE DATABASE \(name) TEMPLATE \(template)")
        }
        return name
    }

    func dropLater(_ name: String) {
        Task { try? await administration.run { try $0.run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") } }
    }

    func breakConnections(to name: String) async throws {
        try await administration.run { administrator in
            _ = try administrator.rows(
                "SELECT pg_terminate_backend(pid, 5000) AS done FROM pg_stat_activity WHERE datname = \(name)")
        }
    }

    /// Databases of test processes that are gone.
    private static func removeLeftovers(_ administrator: Administrator) throws {
        let names = try administrator.rows(
            "SELECT datname FROM pg_database WHERE datname LIKE 'menya!_test!_%' ESCAPE '!'")
        for row in names {
            let name = try row.text("datname")
            let words = name.split(separator: "_")
            guard words.count == 4, let process = pid_t(words[2]), kill(process, 0) != 0 else { continue }
            try administrator.run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        }
    }

    /// Starts a cluster that stops by itself when this process ends.
    private static func startCluster() throws -> String {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Scripts/test-postgres.sh")
        let folder = FileManager.default.temporaryDirectory.path + "/menya-postgres-\(getpid())"
        // Not Foundation's `Process`: it waits for whatever the script leaves running, and that is the cluster's guard.
        let command = "MENYA_TEST_POSTGRES_DIR='\(folder)' '\(script.path)' start --until-exit-of \(getpid())"
        guard let output = popen(command, "r") else {
            throw StorageError.unavailable(detail: "cannot run \(script.path): errno \(errno)")
        }
        var answer = ""
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = fread(&buffer, 1, buffer.count, output)
            if count == 0 { break }
            answer += String(decoding: buffer[..<count], as: UTF8.self)
        }
        guard pclose(output) == 0 else {
            throw StorageError.unavailable(detail: "Scripts/test-postgres.sh start failed: is PostgreSQL installed?")
        }
        return answer.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// The one connection that makes and drops databases; opened at first use, and again after a restart of the server.
final class Administrator {
    private let url: String
    private var connection: PostgresAdministration?

    init(url: String) { self.url = url }

    func run(_ statement: String) throws { try connected { try $0.run(statement) } }
    func rows(_ query: SQL) throws -> [Row] { try connected { try $0.rows(query) } }
    func close() { connection = nil }

    private func connected<T>(_ body: (PostgresAdministration) throws -> T) throws -> T {
        let connection = try self.connection ?? PostgresAdministration(url: url)
        self.connection = connection
        do { return try body(connection) } catch let error as StorageError {
            if case .unavailable = error { self.connection = nil }
            throw error
        }
    }
}

/// Migrated databases that tests copy, shared by all test processes of the cluster.
actor TemplateDatabases {
    private let url: String
    private let administration: WorkerPool<Administrator>
    private var made: [String: Task<String, any Error>] = [:]

    init(url: String, administration: WorkerPool<Administrator>) {
        self.url = url
        self.administration = administration
    }

    func name(for migrations: [Migration]) async throws -> String {
        let name = "menya_template_\(fingerprint(of: migrations, .postgres))"
        let task =
            made[name]
            ?? Task { [url, administration] in
                let exists = try await administration.run { administrator in
                    try !administrator.rows("SELECT datname FROM pg_database WHERE datname = \(name)").isEmpty
                }
                if exists { return name }
                // Built under a name of its own: a template is complete when it has its name.
                let draft = "menya_test_\(getpid())_t\(name.suffix(16))"
                try await administration.run { administrator in
                    try administrator.run("DROP DATABASE IF EXISTS \(draft) WITH (FORCE)")
                    try administrator.run(
                        "CREATE DATABASE \(draft) TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
                }
                let database = try await PostgresDatabase(url: url, databaseName: draft, writers: 1, readers: 1)
                _ = try await Migrator(migrations).migrate(database, now: Timestamp(milliseconds: 0))
                await database.close()
                try await administration.run { administrator in
                    do { try administrator.run("ALTER DATABASE \(draft) RENAME TO \(name)") } catch {
                        // Another test process was faster.
                        try administrator.run("DROP DATABASE IF EXISTS \(draft) WITH (FORCE)")
                        let winners = try administrator.rows("SELECT datname FROM pg_database WHERE datname = \(name)")
                        if winners.isEmpty { throw error }
                    }
                }
                return name
            }
        made[name] = task
        return try await task.value
    }
}
