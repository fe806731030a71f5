import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct RosterRequestTests {
    static let tomorrow = BookFixture.tomorrow

    static func work(_ book: BookFixture, as person: ID<Staff>, _ capabilities: Set<Capability> = []) -> Work {
        Work(
            actor: Actor(id: person, name: "本人", roles: [], capabilities: capabilities), clinic: book.clinic,
            now: BookFixture.now, playbook: book.playbook, ids: book.ids)
    }

    static func ask(_ book: BookFixture, _ ask: AskRoster, as person: ID<Staff>) async throws -> RosterRequest {
        let work = work(book, as: person)
        return try await book.write { tx in try RosterRequests.ask(ask, by: work, in: tx) }
    }

    static func hours(_ book: BookFixture, _ person: ID<Staff>, _ day: Day) async throws -> String {
        try await book.db.read { tx in
            let facts = try RosterStore.load(clinic: book.clinic.id, from: day, to: day, in: tx)
            return RosterRules.allSpans(of: person, on: day, facts).map(\.text).joined(separator: " ")
        }
    }

    @Test("请假：主管批准后排班改，受影响的预约列出，本人收到通知 R13.02 R3.34", arguments: Backend.allCases)
    func leave(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let boss = book.work()
        let booked = try await book.place(book.command("10:00"))
        let request = try await Self.ask(
            book, AskRoster(kind: .leave, reason: "sick", firstDay: Self.tomorrow), as: book.lin)
        #expect(try await book.openTasks().contains("roster.request \(Self.tomorrow.iso)"))
        #expect(
            try await book.db.read { tx in try RosterRequestStore.countWaiting(clinic: book.clinic.id, in: tx) } == 1)

        let displaced = try await book.write { tx in
            try RosterRequests.decide(request.id, .approved, note: nil, by: boss, in: tx)
        }

        #expect(displaced.map(\.id) == [booked.id])
        #expect(try await Self.hours(book, book.lin, Self.tomorrow) == "")
        #expect(try await Self.hours(book, book.lin, Self.tomorrow.adding(days: 1)) == "08:30–12:00 13:30–18:00")
        #expect(try await book.openTasks().contains { $0.hasPrefix("roster.answer") })
        #expect(try await !book.openTasks().contains { $0.hasPrefix("roster.request") })
        await #expect(throws: RosterRequestError.alreadyDecided) {
            try await book.write { tx in
                try RosterRequests.decide(request.id, .refused, note: "晚了", by: boss, in: tx)
            }
        }
    }

    @Test("换班：同事先答应，再由主管批；两人的时间对调 R13.02", arguments: Backend.allCases)
    func swap(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let boss = book.work()
        let saturday = Self.tomorrow.adding(days: 1)
        _ = try await book.write { tx in
            try RosterChanges.setDay(of: book.chen, day: Self.tomorrow, spans: [], reason: "轮休", by: boss, in: tx)
        }
        _ = try await book.write { tx in
            try RosterChanges.setDay(of: book.lin, day: saturday, spans: [], reason: "轮休", by: boss, in: tx)
        }
        let request = try await Self.ask(
            book,
            AskRoster(
                kind: .swap, reason: "family", firstDay: Self.tomorrow, lastDay: saturday, colleagueID: book.chen),
            as: book.lin)
        await #expect(throws: RosterRequestError.colleagueFirst(name: "陈思敏")) {
            try await book.write { tx in
                try RosterRequests.decide(request.id, .approved, note: nil, by: boss, in: tx)
            }
        }
        let (lin, chen) = (Self.work(book, as: book.lin), Self.work(book, as: book.chen))
        await #expect(throws: RosterRequestError.notColleague) {
            try await book.write { tx in try RosterRequests.answer(request.id, agrees: true, by: lin, in: tx) }
        }
        try await book.write { tx in try RosterRequests.answer(request.id, agrees: true, by: chen, in: tx) }
        try await book.write { tx in
            _ = try RosterRequests.decide(request.id, .approved, note: nil, by: boss, in: tx)
        }

        #expect(try await Self.hours(book, book.lin, Self.tomorrow) == "")
        #expect(try await Self.hours(book, book.chen, Self.tomorrow) == "08:30–12:00 13:30–18:00")
        #expect(try await Self.hours(book, book.lin, saturday) == "08:30–12:00 13:30–18:00")
        #expect(try await Self.hours(book, book.chen, saturday) == "")
    }

    @Test("自己的申请不能自己批；不批要写原因；只有本人能撤回；同事回绝就结束", arguments: [Backend.sqlite])
    func guards(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let boss = book.work()
        let own = try await Self.ask(
            book, AskRoster(kind: .leave, reason: "annual", firstDay: Self.tomorrow), as: book.head.id)
        await #expect(throws: RosterRequestError.ownRequest) {
            try await book.write { tx in try RosterRequests.decide(own.id, .approved, note: nil, by: boss, in: tx) }
        }
        let (lin, chen) = (Self.work(book, as: book.lin), Self.work(book, as: book.chen))
        let leave = try await Self.ask(
            book, AskRoster(kind: .leave, reason: "annual", firstDay: Self.tomorrow), as: book.lin)
        await #expect(throws: RosterRequestError.refusalNeedsReason) {
            try await book.write { tx in try RosterRequests.decide(leave.id, .refused, note: " ", by: boss, in: tx) }
        }
        await #expect(throws: RosterRequestError.notYours) {
            try await book.write { tx in try RosterRequests.withdraw(leave.id, by: chen, in: tx) }
        }
        await #expect(throws: NotAllowed(capability: .manageRoster)) {
            try await book.write { tx in try RosterRequests.decide(leave.id, .approved, note: nil, by: chen, in: tx) }
        }
        try await book.write { tx in try RosterRequests.withdraw(leave.id, by: lin, in: tx) }
        let swap = try await Self.ask(
            book, AskRoster(kind: .swap, reason: "annual", firstDay: Self.tomorrow, colleagueID: book.chen),
            as: book.lin)
        try await book.write { tx in try RosterRequests.answer(swap.id, agrees: false, by: chen, in: tx) }

        let states = try await book.db.read { tx in
            try [leave.id, swap.id].map { try RosterRequestStore.get($0, clinic: book.clinic.id, in: tx).state }
        }

        #expect(states == [.withdrawn, .decided(.refused)])
        await #expect(throws: FormErrors.self) {
            _ = try await Self.ask(
                book, AskRoster(kind: .leave, reason: "other", firstDay: Self.tomorrow), as: book.lin)
        }
    }
}
