import Clinic
import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct BookingStatisticsTests {
    static let calendar = ClinicCalendar(timeZone: TimeZone(secondsFromGMT: 8 * 3_600) ?? .gmt)
    static let day = BookFixture.today

    static func figures(_ facts: [BookedFact]) -> BookingFigures {
        var figures = BookingFigures()
        for fact in facts {
            BookingStatisticsRules.add(fact, to: &figures, promisedMinutes: 15, calendar: calendar)
        }
        return figures
    }

    static func fact(
        arrived: Int? = nil, seated: Int? = nil, squeezed: Bool = false, side: CancelSide? = nil, notice: Int? = nil,
        missed: Bool = false, moves: Int = 0
    ) -> BookedFact {
        let begin = calendar.instant(day, Unit(40))
        return BookedFact(
            doctorID: ID(raw: 1), day: day, start: Unit(40), units: 4, isSqueezed: squeezed, cancelSide: side,
            noticeMinutes: notice, isMissed: missed, moves: moves, arrivedAt: arrived.map { begin.adding(minutes: $0) },
            seatedAt: seated.map { begin.adding(minutes: $0) })
    }

    @Test("准时到：正点算准时，晚一分钟算迟到 R3.33 R3.59")
    func punctuality() {
        let figures = Self.figures([
            Self.fact(arrived: -10, seated: 15), Self.fact(arrived: 0, seated: 16), Self.fact(arrived: 1, seated: 3),
            Self.fact(arrived: 20), Self.fact(),
        ])
        #expect((figures.arrived, figures.onTime) == (4, 2))
        #expect(figures.onTimeRate == 50)
        #expect(figures.averageLateMinutes == 11)
        #expect((figures.seatedOnTime, figures.seatedAfterOnTime) == (1, 2))
    }

    @Test("取消按提前的时间分三档，边界在 24 小时和 2 小时 R3.36")
    func noticeBands() {
        let figures = Self.figures(
            [1_440, 1_439, 120, 119, -5].map { Self.fact(side: .patient, notice: $0) }
                + [Self.fact(side: .clinic, notice: 10)])
        #expect((figures.noticeDay, figures.noticeHours, figures.noticeNone) == (1, 2, 2))
        #expect((figures.cancelledByCustomer, figures.cancelledByClinic) == (5, 1))
        #expect(figures.bookedUnits == 0)
    }

    @Test("未到不占时间，加号不算利用率，改约数个数和次数 R3.35 R3.59")
    func occupancy() {
        let figures = Self.figures([
            Self.fact(arrived: 0, moves: 2), Self.fact(missed: true), Self.fact(arrived: 0, squeezed: true),
            Self.fact(moves: 1),
        ])
        #expect(figures.bookedUnits == 8)
        #expect(figures.missedRate == 33)
        #expect((figures.movedBookings, figures.moves, figures.squeezed) == (2, 3, 1))
        #expect(BookingFigures().utilisation == nil)
    }

    @Test("医生改休没通知、客人已经来了才算内部失误；到店同一刻才处理也算 R2.17")
    func untoldCustomers() {
        let at = Self.calendar.instant(Self.day, Unit(40))
        var figures = BookingFigures()
        let facts: [(Timestamp?, Timestamp?)] = [
            (at, nil), (at, at), (at, at.adding(minutes: 1)), (at, at.adding(minutes: -1)), (nil, nil), (nil, at),
        ]
        for (arrivedAt, settledAt) in facts {
            BookingStatisticsRules.add(
                DisplacedFact(doctorID: ID(raw: 1), arrivedAt: arrivedAt, settledAt: settledAt), to: &figures)
        }
        #expect((figures.displaced, figures.untold) == (6, 3))
    }

    @Test("改休当天白来的客人进报表，医生和全院都看得到 R2.17", arguments: Backend.allCases)
    func untoldInTheReport(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let (day, work) = (BookFixture.today, book.work())
        let came = try await book.place(book.command("10:00", day: day))
        _ = try await book.place(book.command("14:00", day: day, patient: book.chunmei))
        try await book.write { tx in
            _ = try RosterChanges.setDay(of: book.lin, day: day, spans: [], reason: "发烧", by: work, in: tx)
        }
        try await book.insertVisit(of: came.patientID, doctor: book.chen, appointment: came.id, day: day, seated: false)
        let report = try await book.db.read { tx in try BookingReport.load(from: day, to: day, by: work, in: tx) }
        #expect((report.whole.displaced, report.whole.untold) == (2, 1))
        #expect(report.doctors.first { $0.name == "林书远" }?.figures.untold == 1)
    }

    @Test("空档只算两个预约之间、同一班里的 R3.32")
    func gaps() {
        let spans = [WorkSpan(Unit(34), Unit(48)), WorkSpan(Unit(54), Unit(72))]
        #expect(BookingStatisticsRules.gaps(spans: spans, taken: Set([36, 37, 40, 47, 54, 71])) == (3, 24))
        #expect(BookingStatisticsRules.gaps(spans: spans, taken: Set(34..<48)) == (0, 0))
        #expect(BookingStatisticsRules.gaps(spans: spans, taken: []) == (0, 0))
        #expect(BookingStatisticsRules.presentUnits(spans) == 32)
    }

    @Test("一段日子的报表：医生、牙椅、利用率，范围有上限 R3.59", arguments: Backend.allCases)
    func report(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let kept = try await book.place(book.command("10:00", units: 4, chair: book.chairs[0].id))
        let dropped = try await book.place(book.command("14:00", patient: book.chunmei))
        let work = book.work()
        try await book.write { tx in
            _ = try Booking.cancel(
                CancelAppointment(id: dropped.id, version: dropped.version, reason: "busy"), by: work, in: tx)
        }
        let day = BookFixture.tomorrow
        let report = try await book.db.read { tx in try BookingReport.load(from: day, to: day, by: work, in: tx) }
        let lin = try #require(report.doctors.first { $0.name == "林书远" })
        #expect(lin.figures.presentUnits == 32)
        #expect(lin.figures.bookedUnits == kept.units)
        #expect(lin.figures.utilisation == 13)
        #expect(lin.figures.cancelledByCustomer == 1)
        #expect(lin.figures.noticeDay == 1)
        #expect(report.whole.presentUnits == 64)
        #expect(report.whole.placed == 2)
        #expect(report.chairs.first?.figures.bookedUnits == 4)
        #expect(report.withoutChair == 0)

        let last = day.adding(days: BookingStatisticsRules.longestDays - 1)
        _ = try await book.db.read { tx in try BookingReport.load(from: day, to: last, by: work, in: tx) }
        await #expect(throws: FormErrors.self) {
            try await book.db.read { tx in
                _ = try BookingReport.load(from: day, to: last.adding(days: 1), by: work, in: tx)
            }
        }
        await #expect(throws: FormErrors.self) {
            try await book.db.read { tx in
                _ = try BookingReport.load(from: day, to: day.adding(days: -1), by: work, in: tx)
            }
        }
        await #expect(throws: NotAllowed.self) {
            try await book.db.read { tx in
                _ = try BookingReport.load(from: day, to: day, by: book.work(without: [.seeReports]), in: tx)
            }
        }
    }
}
