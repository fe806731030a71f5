import Foundation
import Kernel
import Testing

@Suite("Days, quarter hours and the clock of a clinic")
struct CalendarTests {
    /// 2026-03-12 10:24:05 in Shanghai, a Thursday.
    static let morning = Timestamp(milliseconds: 1_773_282_245_000)

    private func calendar(_ zone: String, dayStartsAtMinutes: Int = 240) throws -> ClinicCalendar {
        try #require(ClinicCalendar(timeZoneName: zone, dayStartsAtMinutes: dayStartsAtMinutes))
    }

    @Test("wall clock and words come from the clinic's zone, whatever the machine's is")
    func wallClock() throws {
        let shanghai = try calendar("Asia/Shanghai")
        #expect(shanghai.dateTimeText(Self.morning) == "2026-03-12 10:24")
        #expect(shanghai.clockSecondsText(Self.morning) == "10:24:05")
        #expect(shanghai.unit(of: Self.morning) == Unit(41))
        let lima = try calendar("America/Lima")
        #expect(lima.dateTimeText(Self.morning) == "2026-03-11 21:24")
    }

    @Test("the business day begins at four in the morning")
    func businessDay() throws {
        let shanghai = try calendar("Asia/Shanghai")
        let day = try #require(Day("2026-03-12"))
        #expect(shanghai.businessDay(of: shanghai.instant(day, minute: 239)) == day.adding(days: -1))
        #expect(shanghai.businessDay(of: shanghai.instant(day, minute: 240)) == day)
        #expect(shanghai.businessDay(of: shanghai.instant(day, minute: 24 * 60 + 239)) == day)
        let midnight = try calendar("Asia/Shanghai", dayStartsAtMinutes: 0)
        #expect(midnight.businessDay(of: midnight.instant(day, minute: 0)) == day)
    }

    @Test(
        "every quarter hour of a day is the instant that reads the same R3.01",
        arguments: [
            "Asia/Shanghai", "America/Lima", "UTC", "Asia/Kathmandu", "Pacific/Auckland",
        ])
    func unitsRoundTrip(zone: String) throws {
        let calendar = try calendar(zone)
        let day = try #require(Day("2026-03-12"))
        for index in 0..<Unit.perDay {
            let instant = calendar.instant(day, Unit(index))
            #expect(calendar.wallClock(instant).day == day)
            #expect(calendar.unit(of: instant) == Unit(index))
            #expect(calendar.clockText(instant) == Unit(index).clockText)
        }
    }

    @Test("a wall time that summer time skips moves forward by the gap, one that comes twice is its first or second")
    func summerTime() throws {
        let newYork = try calendar("America/New_York")
        let spring = try #require(Day("2026-03-08"))
        #expect(newYork.clockText(newYork.instant(spring, minute: 90)) == "01:30")
        #expect(newYork.clockText(newYork.instant(spring, minute: 150)) == "03:30")
        #expect(newYork.clockText(newYork.instant(spring, minute: 180)) == "03:00")
        let autumn = try #require(Day("2026-11-01"))
        #expect(newYork.clockText(newYork.instant(autumn, minute: 90)) == "01:30")
        #expect(newYork.wallClock(newYork.instant(autumn, minute: 90)).day == autumn)
    }

    @Test("an unknown zone is no calendar")
    func unknownZone() { #expect(ClinicCalendar(timeZoneName: "Asia/Shanghia") == nil) }

    @Test("minutes between instants round down, also backwards")
    func minutes() {
        #expect(Self.morning.adding(seconds: 1_199).minutes(since: Self.morning) == 19)
        #expect(Self.morning.adding(seconds: 1_200).minutes(since: Self.morning) == 20)
        #expect(Self.morning.minutes(since: Self.morning.adding(seconds: 1)) == -1)
    }
}

@Suite("Days without a zone")
struct DayTests {
    @Test("a day reads and writes as ISO and knows its weekday")
    func iso() throws {
        let day = try #require(Day("2026-03-12"))
        #expect(day.number == 20_524)
        #expect(day.iso == "2026-03-12")
        #expect(day.longText == "3 月 12 日 星期四")
        #expect(day.fullText == "2026 年 3 月 12 日")
        #expect(day.adding(days: 3).weekday == 7)
    }

    @Test(
        "what is no day is refused",
        arguments: [
            "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-03-12", "2026-3-12", "2026/03/12", "２０２６-03-12",
            "",
        ])
    func refused(text: String) { #expect(Day(text) == nil) }

    @Test("leap years follow the Gregorian rule")
    func leapYears() {
        #expect(Day("2024-02-29") != nil)
        #expect(Day("2000-02-29") != nil)
        #expect(Day("1900-02-29") == nil)
    }

    @Test("number and date agree with Foundation over two centuries")
    func agreesWithFoundation() throws {
        var gregorian = Calendar(identifier: .gregorian)
        gregorian.timeZone = try #require(TimeZone(identifier: "UTC"))
        for number in stride(from: -36_525, through: 36_525, by: 37) {
            let parts = gregorian.dateComponents(
                [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(number) * 86_400))
            let day = Day(number: number)
            #expect(day.components.year == parts.year)
            #expect(day.components.month == parts.month)
            #expect(day.components.day == parts.day)
            #expect(day.weekday % 7 + 1 == parts.weekday)
            #expect(Day(day.iso) == day)
        }
    }

    @Test("months keep the day, or take the last one of a shorter month")
    func months() throws {
        let day = try #require(Day("2026-01-31"))
        #expect(day.adding(months: 1).iso == "2026-02-28")
        #expect(day.adding(months: 25).iso == "2028-02-29")
        #expect(day.adding(months: -2).iso == "2025-11-30")
        #expect(day.adding(months: 12).iso == "2027-01-31")
    }

    @Test("an age changes on the birthday")
    func years() throws {
        let birth = try #require(Day("2014-03-12"))
        #expect(try #require(Day("2026-03-11")).years(since: birth) == 11)
        #expect(try #require(Day("2026-03-12")).years(since: birth) == 12)
    }

    @Test("clock times are quarter hours R3.01")
    func clock() {
        #expect(Unit(clock: "09:15") == Unit(37))
        #expect(Unit(clock: "０９：４５") == Unit(39))
        #expect(Unit(clock: "09:10") == nil)
        #expect(Unit(clock: "24:00") == nil)
        #expect(Unit(96).clockText == "24:00")
    }
}
