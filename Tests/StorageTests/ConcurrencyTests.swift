import Kernel
import Storage
import TestSupport
import Testing

@Suite("Many at once, on both engines")
struct ConcurrencyTests {
    @Test("64 parallel writers count without a gap", arguments: Backend.allCases)
    func counter(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        try await Fixture.startCounter("receipt", database)
        let numbers = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    try await database.write(in: Fixture.lane) { tx in try Fixture.increment("receipt", in: tx) }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(numbers.sorted() == Array(1...64))
        #expect(try await Fixture.counter("receipt", database) == 64)
    }

    @Test("lanes that share a row lose no update", arguments: Backend.allCases)
    func sharedRow(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        try await Fixture.startCounter("card", database)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    _ = try await database.write(in: Lane(key: Int64(number % 4))) { tx in
                        try Fixture.increment("card", in: tx)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await Fixture.counter("card", database) == 40)
    }

    @Test("two processes on one lane lose no update, even without row locks")
    func twoProcesses() async throws {
        let first = try await Fixture.database(.postgres)
        let second = try await first.openAgain()
        try await Fixture.startCounter("queue", first)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let database: any Database = number % 2 == 0 ? first : second
                    try await database.write(in: Fixture.lane) { tx in
                        let value = try tx.int64("SELECT value FROM counter WHERE name = 'queue'") ?? 0
                        try tx.run("UPDATE counter SET value = \(value + 1) WHERE name = 'queue'")
                    }
                }
            }
            try await group.waitForAll()
        }
        await second.close()
        #expect(try await Fixture.counter("queue", first) == 40)
    }

    @Test("a read sees one state, whatever is written meanwhile", arguments: Backend.allCases)
    func readDuringWrite(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        try await Fixture.startCounter("state", database)
        let (hasRead, hasWritten) = (Gate(), Gate())
        async let seen = database.read { tx in
            let before = try tx.int64("SELECT value FROM counter WHERE name = 'state'")
            hasRead.open()
            hasWritten.wait()
            return [before, try tx.int64("SELECT value FROM counter WHERE name = 'state'")]
        }
        try await database.write(in: Fixture.lane) { tx in
            hasRead.wait()
            try tx.run("UPDATE counter SET value = 1 WHERE name = 'state'")
        }
        hasWritten.open()
        #expect(try await seen == [0, 0])
        #expect(try await Fixture.counter("state", database) == 1)
    }

    @Test("what is not committed is not seen, and does not stop a reader", arguments: Backend.allCases)
    func readBesideOpenWrite(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        try await Fixture.startCounter("state", database)
        let (hasWritten, hasRead) = (Gate(), Gate())
        async let writing: Void = database.write(in: Fixture.lane) { tx in
            try tx.run("UPDATE counter SET value = 1 WHERE name = 'state'")
            hasWritten.open()
            hasRead.wait()
        }
        let seen = try await database.read { tx in
            hasWritten.wait()
            return try tx.int64("SELECT value FROM counter WHERE name = 'state'")
        }
        hasRead.open()
        try await writing
        #expect(seen == 0)
        #expect(try await Fixture.counter("state", database) == 1)
    }

    @Test("a closed database refuses", arguments: Backend.allCases)
    func closed(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        await database.close()
        let reading = await failure { try await Fixture.noteIDs(database) }
        let writing = await failure {
            try await database.write(in: Fixture.lane) { tx in try Fixture.insertNote(1, in: tx) }
        }
        #expect(reading?.isUnavailable == true, "\(String(describing: reading))")
        #expect(writing?.isUnavailable == true, "\(String(describing: writing))")
    }
}
