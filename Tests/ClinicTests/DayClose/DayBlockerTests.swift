import Clinic
import Kernel
import TestSupport
import Testing

/// What stands on the list before the day is closed, and what of it is already late.
@Suite struct DayBlockerTests {
    @Test("还在院的客人关门前不算没办，关门后算 R2.29", arguments: Backend.allCases)
    func visitsUnderWay(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit
        let clinic = desk.book.clinic
        let closing = clinic.calendar.instant(desk.work().today, clinic.closes)
        let minutes = closing.minutes(since: ReceptionFixture.now)
        for (late, isUnderWay) in [(minutes - 1, true), (minutes, false)] {
            let work = desk.work(late)
            let (all, open) = try await desk.book.db.read { tx in
                (try DayBlockers.list(by: work, in: tx), try DayBlockers.countOpen(by: work, in: tx))
            }
            let list = all.filter { $0.blocker.kind == .openVisit }
            #expect(list.map(\.blocker.subject.id) == [visit.id.raw])
            #expect(list.map(\.blocker.isUnderWay) == [isUnderWay])
            #expect(open == all.count - (isUnderWay ? 1 : 0))
        }
    }
}
