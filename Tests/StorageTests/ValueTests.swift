import Kernel
import Storage
import TestSupport
import Testing

@Suite("Values survive both engines")
struct ValueTests {
    @Test("64-bit integers come back as they went in", arguments: Backend.allCases)
    func integers(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        let numbers: [Int64] = [.min, -1, 0, 1, Int64(Int32.max) + 1, .max]
        try await database.write(in: Fixture.lane) { tx in
            for (index, number) in numbers.enumerated() {
                try tx.run("INSERT INTO counter (name, value) VALUES (\("n\(index)"), \(number))")
            }
        }
        let read = try await database.read { tx in
            try tx.rows("SELECT value FROM counter ORDER BY name").map { try $0.int64("value") }
        }
        #expect(read == numbers)
    }

    @Test("Chinese, emoji, quotes and line breaks come back as they went in", arguments: Backend.allCases)
    func texts(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        let texts = [
            "门牙诊所", "𠮷野家 🦷👩🏽‍⚕️", "'; DROP TABLE note; --", "a\nb\tc\\d\"e", "$1 ? :name",
            String(repeating: "长", count: 50_000),
        ]
        try await database.write(in: Fixture.lane) { tx in
            for (index, text) in texts.enumerated() { try Fixture.insertNote(index, label: text, in: tx) }
        }
        let read = try await database.read { tx in
            try tx.rows("SELECT label FROM note ORDER BY id").map { try $0.text("label") }
        }
        #expect(read == texts)
    }

    @Test("empty text is not NULL", arguments: Backend.allCases)
    func emptyIsNotNull(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        try await database.write(in: Fixture.lane) { tx in
            try Fixture.insertNote(1, label: "", in: tx)
            try Fixture.insertNote(2, label: nil, in: tx)
            try Fixture.insertNote(3, label: "x", in: tx)
        }
        let read = try await database.read { tx in
            try tx.rows("SELECT label, size FROM note ORDER BY id").map { row in
                (label: try row.textIfAny("label"), size: try row.int64IfAny("size"))
            }
        }
        #expect(read.map(\.label) == ["", nil, "x"])
        #expect(read.map(\.size) == [nil, nil, nil])
    }

    @Test("sums, counts and comparisons are integers", arguments: Backend.allCases)
    func aggregates(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        try await database.write(in: Fixture.lane) { tx in
            for (name, value) in [("a", Int64(3)), ("b", 4_000_000_000), ("c", -7)] {
                try tx.run("INSERT INTO counter (name, value) VALUES (\(name), \(value))")
            }
        }
        let row = try await database.read { tx in
            try tx.first(
                """
                SELECT SUM(value) AS plain, CAST(COALESCE(SUM(value), 0) AS BIGINT) AS cast_sum, COUNT(*) AS n,
                    MIN(value) / 2 AS half, MAX(value) > 5 AS is_large
                FROM counter
                """)
        }
        let sums = try #require(row)
        #expect(try sums.int64("plain") == 3_999_999_996)
        #expect(try sums.int64("cast_sum") == 3_999_999_996)
        #expect(try sums.int64("n") == 3)
        #expect(try sums.int64("half") == -3)
        #expect(try sums.bool("is_large"))
    }

    @Test("text sorts by code point", arguments: Backend.allCases)
    func order(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        let names = ["b", "A", "_", "张", "a", "Z", "é", "李"]
        try await database.write(in: Fixture.lane) { tx in
            for name in names { try tx.run("INSERT INTO counter (name, value) VALUES (\(name), 0)") }
        }
        let sorted = try await database.read { tx in
            try tx.rows("SELECT name FROM counter ORDER BY name").map { try $0.text("name") }
        }
        #expect(sorted == ["A", "Z", "_", "a", "b", "é", "张", "李"])
    }

    @Test("U+0000 is refused, not cut off", arguments: Backend.allCases)
    func zeroCharacter(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        let error = await failure {
            try await database.write(in: Fixture.lane) { tx in try Fixture.insertNote(1, label: "a\0b", in: tx) }
        }
        #expect(error?.isFailed == true, "\(String(describing: error))")
        #expect(try await Fixture.noteIDs(database) == [])
    }

    @Test("one statement text works with NULL first and a value later", arguments: Backend.allCases)
    func nullThenValue(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        let labels: [String?] = [nil, "甲", nil, "乙"]
        try await database.write(in: Fixture.lane) { tx in
            for (index, label) in labels.enumerated() { try Fixture.insertNote(index, label: label, in: tx) }
            for (index, size) in [nil, Int64.max, 0, nil].enumerated() {
                try tx.run("UPDATE note SET size = \(size) WHERE id = \(index)")
            }
        }
        let read = try await database.read { tx in
            try tx.rows("SELECT label, size FROM note ORDER BY id").map {
                [try $0.textIfAny("label") ?? "-", try $0.int64IfAny("size").map { "\($0)" } ?? "-"]
            }
        }
        #expect(read == [["-", "-"], ["甲", "\(Int64.max)"], ["-", "0"], ["乙", "-"]])
    }

    @Test("statements tell how many rows they changed", arguments: Backend.allCases)
    func changes(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        let counts = try await database.write(in: Fixture.lane) { tx in
            [
                try tx.run("INSERT INTO note (id, label) VALUES \(rows: [[1, "a"], [2, "b"], [3, "c"]])"),
                try tx.run("UPDATE note SET label = 'd' WHERE id IN \(list: [1, 2])"),
                try tx.run("UPDATE note SET label = 'd' WHERE id = 9"),
                try tx.run("INSERT INTO note (id, label) VALUES (1, 'x') ON CONFLICT DO NOTHING"),
                try tx.run("CREATE INDEX note_label ON note (label)"),
                try tx.run("DELETE FROM note"),
            ]
        }
        #expect(counts == [3, 2, 0, 0, 0, 3])
    }

    @Test("RETURNING gives the new value, and nothing after DO NOTHING", arguments: Backend.allCases)
    func returning(backend: Backend) async throws {
        let database = try await Fixture.database(backend)
        let values = try await database.write(in: Fixture.lane) { tx in
            let upsert: SQL = """
                INSERT INTO counter (name, value) VALUES ('q', 1)
                ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value RETURNING value
                """
            let taken: SQL = "INSERT INTO counter (name, value) VALUES ('q', 1) ON CONFLICT DO NOTHING RETURNING value"
            return [try tx.int64(upsert), try tx.int64(upsert), try tx.int64(taken)]
        }
        #expect(values == [1, 2, nil])
    }
}
