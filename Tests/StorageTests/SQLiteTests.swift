import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@testable import StorageSQLite

@Suite("SQLite alone")
struct SQLiteTests {
    @Test("the writer syncs every commit: synchronous is FULL after GRDB has set up its pool")
    func synchronous() async throws {
        let database = try await Fixture.database(.sqlite)
        let settings = try await database.write(in: Fixture.lane) { tx in
            [
                try tx.int64("PRAGMA synchronous"), try tx.int64("PRAGMA foreign_keys"),
                try tx.int64("PRAGMA cache_size"), try tx.int64("PRAGMA busy_timeout"),
            ]
        }
        #expect(settings == [2, 1, -8_192, 5_000])
        let mode = try await database.read { tx in try tx.first("PRAGMA journal_mode")?.text("journal_mode") }
        #expect(mode == "wal")
    }

    @Test("a database that would lose acknowledged writes is refused")
    func refusesWeakSettings() throws {
        #expect(throws: StorageError.self) {
            try SQLiteSettings.require(synchronous: 1, journalMode: "wal", foreignKeys: 1)
        }
        #expect(throws: StorageError.self) {
            try SQLiteSettings.require(synchronous: 2, journalMode: "delete", foreignKeys: 1)
        }
        #expect(throws: StorageError.self) {
            try SQLiteSettings.require(synchronous: 2, journalMode: "wal", foreignKeys: 0)
        }
        try SQLiteSettings.require(synchronous: 2, journalMode: "wal", foreignKeys: 1)
    }

    @Test("only the owner can read the files")
    func permissions() async throws {
        let folder = NSTemporaryDirectory() + "menya-permissions-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = try SQLiteDatabase(path: folder + "/new.sqlite")
        _ = try await Migrator(Fixture.migrations).migrate(database, now: Timestamp(milliseconds: 0))
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + file)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
        }
        await database.close()
    }

    @Test("one program at a time may serve a file")
    func servingLock() async throws {
        let path = try await Fixture.database(.sqlite).location + ".served"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        let lock = try SQLiteDatabase.lockForServing(path: path)
        #expect(throws: SQLiteLockError.alreadyServed(path: path, holder: "\(getpid())")) {
            try SQLiteDatabase.lockForServing(path: path)
        }
        lock.release()
        try SQLiteDatabase.lockForServing(path: path).release()
        #expect(throws: SQLiteLockError.cannotLock(path: "/nowhere/menya.sqlite", code: ENOENT)) {
            try SQLiteDatabase.lockForServing(path: "/nowhere/menya.sqlite")
        }
    }

    @Test("a backup taken while writing is whole, and replaces the one before")
    func backup() async throws {
        let test = try await Fixture.database(.sqlite)
        let database = try SQLiteDatabase(path: test.location)
        let copy = test.location + ".backup"
        try Data("old".utf8).write(to: URL(fileURLWithPath: copy))
        try await Fixture.startCounter("notes", database)
        async let writing: Void = {
            for number in 1...200 {
                try await database.write(in: Fixture.lane) { tx in
                    try Fixture.insertNote(number, in: tx)
                    _ = try Fixture.increment("notes", in: tx)
                }
            }
        }()
        try await database.backup(to: copy)
        try await writing
        #expect(try await database.integrityCheck() == [])
        let restored = try SQLiteDatabase(path: copy)
        #expect(try await restored.integrityCheck() == [])
        let notes = try await Fixture.noteIDs(restored).count
        #expect(try await Fixture.counter("notes", restored) == Int64(notes))
        #expect(!FileManager.default.fileExists(atPath: copy + ".partial"))
        await restored.close()
        await database.close()
    }

    @Test("the integrity check finds a damaged page")
    func damage() async throws {
        let test = try await Fixture.database(.sqlite)
        try await test.write(in: Fixture.lane) { tx in
            for number in 1...500 { try Fixture.insertNote(number, label: String(repeating: "x", count: 200), in: tx) }
        }
        await test.close()
        let file = try #require(FileHandle(forUpdatingAtPath: test.location))
        let size = try file.seekToEnd()
        try file.seek(toOffset: size / 2 / 4_096 * 4_096)
        try file.write(contentsOf: Data(repeating: 0xAB, count: 4_096))
        try file.close()
        let damaged = try SQLiteDatabase(path: test.location)
        do {
            #expect(try await damaged.integrityCheck() != [])
        } catch { #expect(error is StorageError) }
        await damaged.close()
    }

    @Test("what is not a database is refused")
    func notADatabase() async throws {
        let path = try await Fixture.database(.sqlite).location + ".txt"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(String(repeating: "not a database ", count: 500).utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: StorageError.self) { try SQLiteDatabase(path: path) }
    }

    @Test("more texts than the statement caches hold still run")
    func manyTexts() async throws {
        let database = try await Fixture.database(.sqlite)
        let sum = try await database.write(in: Fixture.lane) { tx in
            try (0..<700).reduce(0) { sum, number in sum + (try tx.int64(SQL(trusted: "SELECT \(number)")) ?? 0) }
        }
        let readSum = try await database.read { tx in
            try (0..<700).reduce(0) { sum, number in sum + (try tx.int64(SQL(trusted: "SELECT \(number)")) ?? 0) }
        }
        #expect(sum == 244_650)
        #expect(readSum == 244_650)
    }
}
