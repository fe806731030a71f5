import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct DepartureTests {
    @Test("结果默认只提醒：没填也能送别，列表外的不收 R2.29", arguments: Backend.allCases)
    func outcomeIsRemindedOf(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit.id
        let work = desk.work(30)

        await #expect(throws: ReceptionError.outcomeNeeded) {
            try await desk.write { tx in try Departure.leave(visit, outcome: "?", reason: nil, by: work, in: tx) }
        }
        try await desk.write { tx in try Departure.leave(visit, outcome: nil, reason: nil, by: work, in: tx) }

        let left = try await desk.visit(visit)
        #expect(left.leftAt == work.now && left.outcome == nil)
    }

    @Test("诊所要求时每位到访客人都要有结果，转介要写说明 R2.29 R4.33", arguments: Backend.allCases)
    func departureNeedsAnOutcome(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit.id
        try await desk.leadIn(visit, at: 5)
        let work = desk.work(30, demanding: [.arrivalNeedsOutcome])
        func leave(_ outcome: String?, _ reason: String? = nil) async -> ReceptionError? {
            await refusal {
                try await desk.write { tx in
                    try Departure.leave(visit, outcome: outcome, reason: reason, by: work, in: tx)
                }
            }
        }

        #expect(await leave(nil) == .outcomeNeeded)
        #expect(await leave("?") == .outcomeNeeded)
        #expect(await leave("referred", " ") == .reasonNeeded)
        #expect(await leave("referred", "转口腔外科") == nil)

        let left = try await desk.visit(visit)
        #expect(left.outcome == "referred" && left.leftAt == work.now)
        // Straight from the chair: the exit is recorded with it.
        #expect(left.finishedAt == work.now)
        #expect(try await desk.facts(visit).map(\.kind) == [.arrived, .ledIn, .exited, .left])
        #expect(await leave("seen") == .alreadyLeft(at: "09:50"))
    }

    @Test("昨天忘记结束的到访列出来，按当天结束补录", arguments: Backend.allCases)
    func forgottenVisits(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit.id
        try await desk.leadIn(visit, at: 5)
        let next = desk.work(24 * 60)
        let board = try await desk.board(24 * 60)
        #expect(board.forgotten.map(\.visit.id) == [visit] && board.guests.isEmpty)
        // The chair is still theirs, and the board says so.
        #expect(board.chairs[0].state == .late && board.chairs[0].guest?.name == "王小明")

        let silent = await refusal {
            try await desk.write { tx in try Departure.leave(visit, outcome: "seen", reason: nil, by: next, in: tx) }
        }
        try await desk.write { tx in
            try Departure.leave(visit, outcome: "seen", reason: "忘记登记", by: next, in: tx)
        }

        #expect(silent == .reasonNeeded)
        let closed = try await desk.visit(visit)
        let closing = desk.book.clinic.calendar.instant(BookFixture.today, desk.book.clinic.closes)
        #expect(closed.leftAt == closing && closed.finishedAt == closing && closed.outcome == "seen")
        let last = try #require(try await desk.facts(visit).last)
        #expect(last.recordedAt == next.now && last.lateReason == "忘记登记")
        #expect(try await desk.board(24 * 60).forgotten.isEmpty)
        #expect(try await desk.checkIn(desk.book.xiaoming, at: 24 * 60).ticket == "A001")
    }
}
