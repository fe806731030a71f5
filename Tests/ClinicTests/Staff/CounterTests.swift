import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite("号码与防重复提交")
struct CounterTests {
    @Test("32 人同时取号，不重不漏", arguments: Backend.allCases)
    func isGapless(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let (id, lane) = (clinic.clinic.id, clinic.clinic.lane)
        let numbers = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 1...32 {
                group.addTask {
                    try await clinic.db.write(in: lane) { tx in try Counters.next("receipt", clinic: id, in: tx) }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(numbers.sorted() == Array(1...32))
        let last = try await clinic.db.read { tx in try Counters.last("receipt", clinic: id, in: tx) }
        #expect(last == 32)
    }

    @Test("没写成的一次不占号", arguments: Backend.allCases)
    func givesBack(backend: Backend) async throws {
        struct Broken: Error {}
        let clinic = try await StaffFixture(backend)
        let (id, lane) = (clinic.clinic.id, clinic.clinic.lane)
        let first = try await clinic.db.write(in: lane) { tx in try Counters.next("receipt", clinic: id, in: tx) }
        await #expect(throws: Broken.self) {
            try await clinic.db.write(in: lane) { tx in
                _ = try Counters.next("receipt", clinic: id, in: tx)
                throw Broken()
            }
        }
        let second = try await clinic.db.write(in: lane) { tx in try Counters.next("receipt", clinic: id, in: tx) }
        let other = try await clinic.db.write(in: lane) { tx in try Counters.next("record", clinic: nil, in: tx) }
        #expect([first, second, other] == [1, 2, 1])
    }

    @Test("同一把钥匙同时提交 20 次，只做一次", arguments: Backend.allCases)
    func happensOnce(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let work = clinic.work()
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 1...20 {
                group.addTask {
                    try await clinic.db.write(in: work.lane) { tx in
                        try Idempotency.once(key: "pay-1", bodyHash: "a", by: work, in: tx) {
                            String(try Counters.next("receipt", clinic: work.clinic.id, in: tx))
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: "1", count: 20))
        await #expect(throws: KeyUsedForSomethingElse.self) {
            try await clinic.db.write(in: work.lane) { tx in
                _ = try Idempotency.once(key: "pay-1", bodyHash: "b", by: work, in: tx) { "2" }
            }
        }
        #expect(KeyUsedForSomethingElse().kind == .invalid)
    }

    @Test("失败的提交不占钥匙，三十天后钥匙被忘掉", arguments: Backend.allCases)
    func keepsOnlyWhatWasDone(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let work = clinic.work()
        await #expect(throws: NotFound.self) {
            try await clinic.db.write(in: work.lane) { tx in
                _ = try Idempotency.once(key: "k", bodyHash: "a", by: work, in: tx) { throw NotFound("收费单") }
            }
        }
        let answer = try await clinic.db.write(in: work.lane) { tx in
            try Idempotency.once(key: "k", bodyHash: "a", by: work, in: tx) { "done" }
        }
        #expect(answer == "done")
        let (young, old) = (work.now.adding(days: 30), work.now.adding(days: 30).adding(seconds: 1))
        #expect(try await clinic.write { tx in try Idempotency.purge(now: young, in: tx) } == 0)
        #expect(try await clinic.write { tx in try Idempotency.purge(now: old, in: tx) } == 1)
    }
}
