import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite struct CallRequestTests {
    private static let good = CallEntry(name: "谢春梅", phone: "138 0013 8000", wish: "afternoon", agrees: true)

    private func ask(
        _ book: BookFixture, _ entry: CallEntry = good, address: String = "a", command: String = "c1"
    ) async throws -> CallRequest {
        let work = Work(
            actor: .customer, clinic: book.clinic, now: BookFixture.now, playbook: book.playbook, ids: book.ids)
        return try await book.write { tx in
            try CallRequests.ask(
                entry, addressHash: address, commandHash: command, language: .chinese, by: work, in: tx)
        }
    }

    private func tasks(_ book: BookFixture, _ id: ID<CallRequest>) async throws -> [TaskItem] {
        try await book.db.read { tx in try TaskStore.list(of: TaskSubject(.callRequest, id), in: tx) }
    }

    @Test("请回电：少什么说什么，每一栏都有长度 R3.09")
    func tellsWhatIsWrong() {
        var entry = CallEntry(name: "1", phone: "12", note: String(repeating: "痛", count: 201), agrees: false)
        #expect(
            CallRules.faults(entry) == [
                "name": .nameMissing, "phone": .phoneWrong, "note": .noteTooLong, "agrees": .consentMissing,
            ])
        entry = Self.good
        entry.name = String(repeating: "谢", count: 41)
        #expect(CallRules.faults(entry) == ["name": .nameTooLong])
        #expect(CallRules.faults(Self.good).isEmpty)
    }

    @Test("请回电：给前台一件待办，通话后结束；点两次是一次 R3.09", arguments: Backend.allCases)
    func makesATask(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let first = try await ask(book)
        #expect(try await ask(book) == first)
        let open = try await tasks(book, first.id)
        #expect(open.map(\.rule) == [CallRequests.rule] && open.allSatisfy(\.isOpen))
        #expect(open.allSatisfy { $0.ownerRole == "reception" && !$0.reason.contains("谢春梅") })
        #expect(first.phone == "13800138000" && first.wish == .afternoon)

        let work = book.work(at: BookFixture.now.adding(minutes: 5))
        _ = try await book.write { tx in try CallRequests.settle(first.id, .reached, by: work, in: tx) }

        #expect(try await tasks(book, first.id).map(\.isOpen) == [false])
        #expect(try await book.db.read { tx in try CallRequests.listOpen(by: work, in: tx) }.isEmpty)
        await #expect(throws: OnlineDeskError.settled) {
            try await book.write { tx in try CallRequests.settle(first.id, .unreachable, by: work, in: tx) }
        }
    }

    @Test("同一地址一天有上限；机器填的不接受", arguments: Backend.allCases)
    func boundsAddresses(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        for number in 0..<book.playbook[.publicCallRequestsPerAddress] {
            _ = try await ask(book, command: "c\(number)")
        }
        await #expect(throws: OnlineRefusal.notAccepted) { try await ask(book, command: "last") }
        _ = try await ask(book, address: "b", command: "other")
        var machine = Self.good
        machine.trap = "x"
        await #expect(throws: OnlineRefusal.notAccepted) { try await ask(book, machine, address: "d", command: "m") }
    }
}

@Suite struct LookupSlipTests {
    @Test("平板上写的纸条前台看得到，十五分钟后消失，写两次是一张 R1.13", arguments: Backend.allCases)
    func showsSlipsForAWhile(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        func ask(_ typed: String) async throws -> LookupSlip {
            let work = book.work()
            return try await book.write { tx in try LookupSlips.ask(typed, by: work, in: tx) }
        }
        func open(after minutes: Int) async throws -> [String] {
            let work = book.work(at: BookFixture.now.adding(minutes: minutes))
            return try await book.db.read { tx in try LookupSlips.listOpen(by: work, in: tx).map(\.typed) }
        }
        let first = try await ask(" 谢春梅 ")
        #expect(try await ask("谢春梅") == first)
        _ = try await ask("8000")
        await #expect(throws: FormErrors.self) { try await ask("谢") }
        await #expect(throws: FormErrors.self) { try await ask(String(repeating: "谢", count: 41)) }

        #expect(Set(try await open(after: 15)) == ["谢春梅", "8000"])
        #expect(try await open(after: 16).isEmpty)
        let work = book.work()
        try await book.write { tx in try LookupSlips.settle(first.id, by: work, in: tx) }
        #expect(try await open(after: 1) == ["8000"])
    }
}
