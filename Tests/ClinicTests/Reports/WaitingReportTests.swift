import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct WaitingReportTests {
    @Test("估计的误差：告知与系统各算各的，超过五分钟算说短了 R4.02 R4.07") func estimateError() {
        var figures = WaitingFigures(seated: 3, waitedMinutes: 50, longest: 30, over: 1)
        for (told, system, waited) in [(15, 10, 20), (15, nil, 21), (10, 10, 5)] as [(Int, Int?, Int)] {
            figures.add(ToldAndWaited(doctorID: nil, told: told, system: system, waited: waited))
        }
        #expect(figures.told == 3 && figures.toldError == 16 && figures.averageToldError == 5)
        #expect(figures.system == 2 && figures.averageSystemError == 8)
        // 20 minutes after 15 were told is within the tolerance, 21 is not.
        #expect(figures.toldTooShort == 1 && figures.tooShortRate == 33)
        #expect(figures.average == 17 && figures.overRate == 33)
        #expect(WaitingFigures().average == nil && WaitingFigures().averageToldError == nil)
    }

    @Test("候诊统计：平均、最长、超时、走掉、每周、窗口数 R4.07 R4.40", arguments: Backend.allCases)
    func report(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let people = try await desk.morePatients(4)
        let quick = try await desk.checkIn(people[0], told: 10).visit.id
        let slow = try await desk.checkIn(people[1], doctor: desk.book.chen, told: 10).visit.id
        let gone = try await desk.checkIn(people[2]).visit.id
        _ = try await desk.checkIn(people[3], at: 30)
        try await desk.leadIn(quick, at: 8)
        try await desk.leadIn(slow, chair: 1, at: 26)
        let (work, cashier) = (desk.work(30), desk.work(40, person: 777))
        try await desk.write { tx in
            try Departure.leave(gone, outcome: "left", reason: "不等了", by: work, in: tx)
            try Education.answer(slow, isAccepted: false, topic: nil, by: desk.work(30), in: tx)
        }
        let booking = desk.book.command("10:00", patient: people[0])
        try await desk.write { tx in
            _ = try Booking.place(booking, by: cashier, in: tx)
            try Departure.leave(quick, outcome: "seen", reason: nil, by: cashier, in: tx)
        }

        let today = BookFixture.today
        let load: @Sendable (Day, Day) async throws -> WaitingReport = { from, to in
            let work = desk.work(45)
            return try await desk.book.db.read { tx in
                try WaitingReport.load(from: from, to: to, by: work, in: tx)
            }
        }
        let report = try await load(today, today)
        #expect(report.whole.seated == 2 && report.whole.average == 17 && report.whole.longest == 26)
        #expect(report.whole.over == 1 && report.whole.leftUnseen == 1)
        #expect(report.whole.told == 2 && report.whole.averageToldError == 9 && report.whole.toldTooShort == 1)
        #expect(report.doctors.map(\.name) == ["陈思敏", "林书远"])
        #expect(report.doctors.map(\.figures.longest) == [26, 8])
        #expect(report.weeks.count == 8 && report.weeks.last?.figures.seated == 2)
        #expect(report.weeks.last?.monday == Day(number: 20_521))
        #expect(report.care.declined == 1 && report.care.educated == 0)
        // One was served by the desk and by whoever booked the next visit; the other only by the desk.
        #expect(report.care.visits == 2 && report.care.counters == 3 && report.care.averageCountersTenths == 15)
        #expect(try await desk.book.db.read { tx in try CounterVisits.count(quick, in: tx) } == 2)
        await #expect(throws: FormErrors.self) { _ = try await load(today, today.adding(days: -1)) }
        await #expect(throws: FormErrors.self) { _ = try await load(today.adding(days: -92), today) }
    }
}
