import Kernel
import Storage
import TestSupport
import Testing

@Suite("Transactions keep their word on both engines")
struct TransactionTests {
    @Test("a closure that throws leaves nothing behind, and its error arrives", arguments: Backend.allCases)
    func rollback(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        let error = await failure {
            try await database.write(in: Fixture.lane) { tx in
                try Fixture.insertNote(1, in: tx)
                throw Refusal(reason: "changed my mind")
            }
        }
        #expect(error as? Refusal == Refusal(reason: "changed my mind"))
        #expect(try await Fixture.noteIDs(database) == [])
    }

    @Test("an error three calls deep undoes everything", arguments: Backend.allCases)
    func nestedError(backend: Backend) async throws {
        @Sendable func inner(_ tx: any WriteTransaction) throws {
            try Fixture.insertNote(2, in: tx)
            throw Refusal(reason: "deep")
        }
        let database = try await Fixture.database(backend)
        let error = await failure {
            try await database.write(in: Fixture.lane) { tx in
                try Fixture.insertNote(1, in: tx)
                try tx.savepoint { try tx.savepoint { try inner(tx) } }
            }
        }
        #expect(error as? Refusal == Refusal(reason: "deep"))
        #expect(try await Fixture.noteIDs(database) == [])
    }

    @Test("a taken key, a missing parent and a broken check are conflicts", arguments: Backend.allCases)
    func conflicts(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        try await database.write(in: Fixture.lane) { tx in try Fixture.insertNote(1, in: tx) }
        let statements: [SQL] = [
            "INSERT INTO note (id, label) VALUES (1, 'again')",
            "INSERT INTO note (id, counter_name) VALUES (2, 'nowhere')",
            "INSERT INTO note (id, size) VALUES (3, -1)",
        ]
        for statement in statements {
            let error = await failure { try await database.write(in: Fixture.lane) { tx in try tx.run(statement) } }
            #expect(error?.isConflict == true, "\(statement.rendered(.sqlite).text): \(String(describing: error))")
        }
        #expect(try await Fixture.noteIDs(database) == [1])
    }

    @Test("wrong SQL is a failure, not a conflict", arguments: Backend.allCases)
    func wrongSQL(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        for statement in ["SELEC 1", "SELECT nothing FROM note", "SELECT id FROM nowhere"] as [SQL] {
            let error = await failure { try await database.read { tx in try tx.rows(statement).count } }
            #expect(error?.isFailed == true, "\(statement.rendered(.sqlite).text): \(String(describing: error))")
        }
    }

    @Test("after a failed statement the transaction is poisoned", arguments: Backend.allCases)
    func poisoned(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        let error = await failure {
            try await database.write(in: Fixture.lane) { tx in
                try Fixture.insertNote(1, in: tx)
                try? Fixture.insertNote(1, in: tx)
                try Fixture.insertNote(2, in: tx)
            }
        }
        #expect(error as? StorageError == .poisoned)
        #expect(try await Fixture.noteIDs(database) == [])
    }

    @Test("a swallowed failure is not committed", arguments: Backend.allCases)
    func swallowed(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        let error = await failure {
            try await database.write(in: Fixture.lane) { tx in
                try Fixture.insertNote(1, in: tx)
                try? Fixture.insertNote(1, in: tx)
            }
        }
        #expect(error as? StorageError == .poisoned)
        #expect(try await Fixture.noteIDs(database) == [])
    }

    @Test("a savepoint rescues the transaction", arguments: Backend.allCases)
    func savepoint(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        try await database.write(in: Fixture.lane) { tx in
            try Fixture.insertNote(1, in: tx)
            #expect(throws: StorageError.self) {
                try tx.savepoint {
                    try Fixture.insertNote(2, in: tx)
                    try Fixture.insertNote(1, in: tx)
                }
            }
            let kept = try tx.savepoint {
                try Fixture.insertNote(3, in: tx)
                return "kept"
            }
            #expect(kept == "kept")
            try Fixture.insertNote(4, in: tx)
        }
        #expect(try await Fixture.noteIDs(database) == [1, 3, 4])
    }

    @Test("a failure swallowed inside a savepoint undoes the savepoint only", arguments: Backend.allCases)
    func swallowedInSavepoint(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        try await database.write(in: Fixture.lane) { tx in
            try Fixture.insertNote(1, in: tx)
            #expect(throws: StorageError.poisoned) {
                try tx.savepoint {
                    try Fixture.insertNote(2, in: tx)
                    try? Fixture.insertNote(1, in: tx)
                }
            }
            try Fixture.insertNote(3, in: tx)
        }
        #expect(try await Fixture.noteIDs(database) == [1, 3])
    }

    @Test("one closure that fails does not hurt those beside it", arguments: Backend.allCases)
    func oneFailsAmongMany(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        try await database.write(in: Fixture.lane) { tx in try Fixture.insertNote(1_000, in: tx) }
        let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
            for number in 0..<40 {
                group.addTask {
                    let error = await failure {
                        try await database.write(in: Fixture.lane) { tx in
                            try Fixture.insertNote(number, in: tx)
                            // Every fourth breaks a key, every tenth throws an error of its own.
                            if number % 4 == 1 { try Fixture.insertNote(1_000, in: tx) }
                            if number % 10 == 0 { throw Refusal() }
                        }
                    }
                    return (number, error == nil)
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        let expected = (0..<40).filter { $0 % 4 != 1 && $0 % 10 != 0 }
        #expect(outcomes.filter(\.value).keys.sorted() == expected)
        #expect(try await Fixture.noteIDs(database) == expected.map(Int64.init) + [1_000])
    }

    @Test("a key that is only checked at COMMIT fails its own closure only", arguments: Backend.allCases)
    func deferredKey(backend: Backend) async throws {
        let database = try await backend.makeDatabase(migrations: [
            Migration(
                id: "20260101a_deferred",
                statements: [
                    "CREATE TABLE parent (id \(SQL.int64) NOT NULL PRIMARY KEY)\(SQL.tableOptions)",
                    """
                    CREATE TABLE child (
                        id \(SQL.int64) NOT NULL PRIMARY KEY,
                        parent_id \(SQL.int64) NOT NULL REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED
                    )\(SQL.tableOptions)
                    """,
                ])
        ])
        _ = try await database.write(in: Fixture.lane) { tx in try tx.run("INSERT INTO parent (id) VALUES (1)") }
        let conflicts = await withTaskGroup(of: Int?.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let error = await failure {
                        try await database.write(in: Fixture.lane) { tx in
                            try tx.run("INSERT INTO child (id, parent_id) VALUES (\(number), \(number == 7 ? 2 : 1))")
                        }
                    }
                    return error?.isConflict == true ? number : nil
                }
            }
            return await group.reduce(into: [Int]()) { if let number = $1 { $0.append(number) } }
        }
        #expect(conflicts == [7])
        let count = try await database.read { tx in try tx.int64("SELECT COUNT(*) AS n FROM child") }
        #expect(count == 19)
    }

    @Test("reading cannot write", arguments: Backend.allCases)
    func readOnly(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        let error = await failure {
            try await database.read { tx in try tx.rows("INSERT INTO note (id) VALUES (1) RETURNING id").count }
        }
        #expect(error is StorageError)
        #expect(try await Fixture.noteIDs(database) == [])
    }
}
