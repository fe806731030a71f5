import Clinic
import Foundation
import Storage
import TestSupport
import Testing

@Suite("库结构")
struct SchemaDumpTests {
    private static let docs = ShippedPlaybook.folder.deletingLastPathComponent().appending(path: "docs")
    private static var isRecording: Bool { ProcessInfo.processInfo.environment["MENYA_RECORD_SCHEMA"] == "1" }

    @Test("迁移出来的库结构就是提交的那份", arguments: Backend.allCases)
    func isTheCommittedOne(backend: Backend) async throws {
        let database = try await backend.makeDatabase(migrations: Schema.migrations)
        let found = try await database.read { tx in try SchemaDump.text(in: tx) }
        let file = Self.docs.appending(path: "schema.\(backend).sql")
        if Self.isRecording { try Data(found.utf8).write(to: file) }

        let committed = try String(decoding: Data(contentsOf: file), as: UTF8.self)

        let pairs = zip(found.split(separator: "\n"), committed.split(separator: "\n"))
        let first = pairs.first { $0 != $1 }.map { "found: \($0)\ncommitted: \($1)" } ?? "one is longer"
        #expect(
            found == committed,
            "the schema changed: run Scripts/schema.sh, look at the difference and commit it\n\(first)")
    }

    @Test("提交过的迁移不再改动，要改就写新的")
    func migrationsAreFrozen() throws {
        let file = Self.docs.appending(path: "schema.migrations.txt")
        let now = Schema.migrations.map { "\($0.id) \(Self.hash($0))" }
        var frozen = ((try? String(decoding: Data(contentsOf: file), as: UTF8.self)) ?? "")
            .split(separator: "\n").map(String.init)
        let known = Set(frozen.compactMap { $0.split(separator: " ").first.map(String.init) })
        if Self.isRecording {
            // New ones are added; what stands there stays.
            let added = Schema.migrations.filter { !known.contains($0.id) }.map { "\($0.id) \(Self.hash($0))" }
            frozen = (frozen + added).sorted()
            try Data((frozen.joined(separator: "\n") + "\n").utf8).write(to: file)
        }

        let changed = frozen.filter { !now.contains($0) }
        let ids = Set(frozen.compactMap { $0.split(separator: " ").first.map(String.init) })
        let missing = Schema.migrations.map(\.id).filter { !ids.contains($0) }

        #expect(changed == [], "a migration that is on main stays as it is: write a new one")
        #expect(missing == [], "a new migration: run Scripts/schema.sh and commit what it writes")
    }

    /// Of the statements on both engines.
    private static func hash(_ migration: Migration) -> String {
        let texts = Dialect.allCases.map { dialect in
            migration.statements.map { $0.rendered(dialect).text }.joined(separator: ";\n")
        }
        return Audit.sha256(texts.joined(separator: "\n\n"))
    }
}
