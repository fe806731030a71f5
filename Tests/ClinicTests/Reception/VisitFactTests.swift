import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct VisitFactTests {
    private func undo(_ desk: ReceptionFixture, _ visit: ID<Visit>, by work: Work) async throws -> VisitFact.Kind {
        try await desk.write { tx in try VisitFacts.undoLast(visit, by: work, in: tx).kind }
    }

    @Test("十秒内本人可以撤销，别人和十秒后不行", arguments: Backend.allCases)
    func undoIsForTheAuthorWithinTenSeconds(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let booked = try await desk.book.place(desk.book.command("09:30", day: BookFixture.today))
        let first = try await desk.checkIn(desk.book.xiaoming, appointment: booked.id)

        await #expect(throws: UndoError.notYours) {
            _ = try await undo(desk, first.visit.id, by: desk.work(seconds: 5, person: 99))
        }
        await #expect(throws: UndoError.tooLate) {
            _ = try await undo(desk, first.visit.id, by: desk.work(seconds: 11))
        }
        #expect(try await undo(desk, first.visit.id, by: desk.work(seconds: 10)) == .arrived)

        // The booking is free again, the number stays used.
        #expect(try await desk.board().guests.isEmpty)
        let second = try await desk.checkIn(desk.book.xiaoming, appointment: booked.id, at: 1)
        #expect(second.ticket == "A002" && second.visit.id != first.visit.id)
    }

    @Test("撤销每一步，都回到前一步的样子", arguments: Backend.allCases)
    func everyStepIsPutBack(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit.id
        let w = (1...8).map { desk.work($0) }
        try await desk.write { tx in try Queue.call(visit, chair: nil, version: 1, by: w[0], in: tx) }
        try await desk.write { tx in try Queue.skip(visit, by: w[1], in: tx) }
        try await desk.write { tx in try Queue.call(visit, chair: nil, version: nil, by: w[2], in: tx) }
        #expect(try await undo(desk, visit, by: w[2]) == .called)
        let ticket = try await desk.ticket(visit)
        #expect(ticket?.skippedAt == w[1].now && ticket?.calledAt == nil && ticket?.callCount == 1)
        try await desk.write { tx in try Queue.requeue(visit, by: w[3], in: tx) }
        #expect(try await desk.ticket(visit)?.skippedAt == nil)
        #expect(try await undo(desk, visit, by: w[3]) == .requeued)
        #expect(try await desk.ticket(visit)?.skippedAt == w[1].now)

        try await desk.leadIn(visit, at: 5)
        #expect(try await desk.ticket(visit) == nil)
        #expect(try await undo(desk, visit, by: w[4]) == .ledIn)
        #expect(try await desk.visit(visit).stage == .waiting)
        #expect(try await desk.ticket(visit)?.number == 1)
        #expect(try await desk.board(6).chairs[0].state == .free)

        try await desk.leadIn(visit, at: 6)
        try await desk.write { tx in try ChairUse.exit(visit, by: w[6], in: tx) }
        #expect(try await undo(desk, visit, by: w[6]) == .exited)
        #expect(try await desk.visit(visit).stage == .inChair)
        try await desk.write { tx in try ChairUse.exit(visit, by: w[6], in: tx) }
        try await desk.write { tx in try Departure.leave(visit, outcome: "seen", reason: nil, by: w[7], in: tx) }
        #expect(try await undo(desk, visit, by: w[7]) == .left)
        #expect(try await desk.visit(visit).stage == .checkingOut)
    }

    @Test("未就诊离开点错，撤销后仍在候诊，号不变", arguments: Backend.allCases)
    func leavingTheQueueByMistake(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit.id
        let work = desk.work(3)
        try await desk.write { tx in try Departure.leave(visit, outcome: "left", reason: nil, by: work, in: tx) }

        #expect(try await undo(desk, visit, by: work) == .left)

        #expect(try await desk.board(4).waiting.map(\.ticketLabel) == ["A001"])
    }

    @Test("补录真实时间：原记录留着，等候和椅位跟着改，标为补录", arguments: Backend.allCases)
    func trueTimesAreStated(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming, at: 10).visit.id
        try await desk.leadIn(visit, at: 30)
        let later = desk.work(40)
        func correct(_ kind: VisitFact.Kind, to minutes: Int, by work: Work? = nil) async -> ReceptionError? {
            await refusal {
                try await desk.write { tx in
                    try VisitFacts.correctTime(
                        visit, of: kind, to: desk.work(minutes).now, reason: "忘记登记", by: work ?? later, in: tx)
                }
            }
        }

        #expect(await correct(.arrived, to: 35) == .outOfOrder(before: "到诊", after: "引领入座"))
        #expect(await correct(.ledIn, to: 5) == .outOfOrder(before: "到诊", after: "引领入座"))
        #expect(await correct(.arrived, to: 41) == .timeInFuture)
        #expect(await correct(.arrived, to: -1_440) == .timeOutsideDay)
        #expect(await correct(.arrived, to: 0) == nil)
        #expect(await correct(.ledIn, to: 20) == nil)

        let corrected = try await desk.visit(visit)
        #expect(corrected.waitedMinutes(at: later.now) == 20 && corrected.seatedAt == desk.work(20).now)
        #expect(try await desk.board(40).chairs[0].movement?.enteredAt == desk.work(20).now)
        let facts = try await desk.facts(visit)
        #expect(facts.count == 4 && facts.count { $0.undoneAt != nil } == 2)
        #expect(facts.filter { $0.undoneAt == nil }.map(\.lateReason) == ["忘记登记", "忘记登记"])
        // A stated time is no tap that could be taken back.
        await #expect(throws: UndoError.tooLate) { _ = try await undo(desk, visit, by: later) }
        await #expect(throws: NotAllowed.self) {
            let guide = desk.work(40, person: 99, only: [.seeReception])
            try await desk.write { tx in
                try VisitFacts.correctTime(visit, of: .arrived, to: guide.now, reason: "x", by: guide, in: tx)
            }
        }
    }
}
