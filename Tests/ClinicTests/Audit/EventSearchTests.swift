import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite("查操作记录")
struct EventSearchTests {
    static let start = Timestamp(milliseconds: 1_773_278_400_000)
    static let lane = Lane(key: 7)

    @Test("按时间倒着一页页翻，一条不少一条不重 R16.11", arguments: Backend.allCases)
    func pages(backend: Backend) async throws {
        let database = try await Self.log(backend, count: 25)
        var seen: [Int64] = []
        var after: EventSearch.Position?
        repeat {
            let query = Self.query(after: after)
            let page = try await database.read { tx in try EventSearch.search(query, limit: 10, in: tx) }
            seen += page.records.map(\.subjectID)
            after = page.next.flatMap { EventSearch.Position($0.text) }
        } while after != nil

        #expect(seen == (1...25).reversed().map(Int64.init))
    }

    @Test("按人、客人、内容、门诊、时间段缩小 R16.11", arguments: Backend.allCases)
    func narrows(backend: Backend) async throws {
        let database = try await Self.log(backend, count: 12)
        func found(_ change: (inout EventSearch.Query) -> Void) async throws -> [Int64] {
            var query = Self.query()
            change(&query)
            let narrowed = query
            return try await database.read { tx in try EventSearch.search(narrowed, in: tx).records.map(\.subjectID) }
        }

        #expect(try await found { $0.actor = ID(raw: 2) } == [12, 9, 6, 3])
        #expect(try await found { $0.patient = ID(raw: 31) } == [9, 5, 1])
        #expect(try await found { $0.subjectKinds = ["visit"] } == [12, 10, 8, 6, 4, 2])
        #expect(try await found { $0.lanes = [Lane(key: 8)] } == [])
        #expect(try await found { $0.lanes = [Self.lane] }.count == 12)
        #expect(try await found { $0.from = Self.start.adding(minutes: 11) } == [12, 11])
        #expect(try await found { $0.until = Self.start.adding(minutes: 3) } == [2, 1])
        #expect(try await found { $0.log = .looks } == [])
    }

    private static func query(after: EventSearch.Position? = nil) -> EventSearch.Query {
        EventSearch.Query(log: .changes, from: start, until: start.adding(days: 1), after: after)
    }

    /// Event n a minute after event n − 1; three in one minute when there are many.
    private static func log(_ backend: Backend, count: Int) async throws -> TestDatabase {
        let database = try await backend.makeDatabase(migrations: Schema.migrations)
        try await database.write(in: lane) { tx in
            for number in 1...count {
                let event = Event(
                    number % 2 == 0 ? "visit.called" : "patient.edited", of: ID<Visit>(raw: Int64(number)),
                    patient: ID(raw: Int64(30 + number % 4)))
                try Audit.append(
                    [event], actor: ID(raw: Int64(number % 3 == 0 ? 2 : 1)),
                    at: start.adding(minutes: count > 20 ? number / 3 : number),
                    lane: lane, in: tx)
            }
        }
        return database
    }
}
