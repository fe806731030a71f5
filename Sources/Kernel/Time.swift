import Foundation

/// An instant, in milliseconds since 1970-01-01T00:00:00Z. Survives a database round trip unchanged.
package struct Timestamp: Hashable, Comparable, Codable, Sendable {
    package let milliseconds: Int64
    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
    package static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }
    package func adding(seconds: Int) -> Timestamp { Timestamp(milliseconds: milliseconds + Int64(seconds) * 1_000) }
    package func adding(minutes: Int) -> Timestamp { adding(seconds: minutes * 60) }
    package func adding(hours: Int) -> Timestamp { adding(minutes: hours * 60) }
    package func adding(days: Int) -> Timestamp { adding(hours: days * 24) }
    /// Whole minutes from `earlier` to self, rounded down; negative when `earlier` is later.
    package func minutes(since earlier: Timestamp) -> Int {
        Int((Double(milliseconds - earlier.milliseconds) / 60_000).rounded(.down))
    }
}

/// A calendar day without a time zone: a business day, a birth date. `iso` is `YYYY-MM-DD`.
package struct Day: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01 in the proleptic Gregorian calendar.
    package let number: Int

    package init(number: Int) { self.number = number }

    /// - Returns: nil when there is no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.length(year, month) else {
            return nil
        }
        number = Self.number(year, month, day)
    }

    /// Reads `YYYY-MM-DD`, exactly.
    package init?(_ iso: some StringProtocol) {
        let parts = iso.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package static func < (a: Day, b: Day) -> Bool { a.number < b.number }
    package func adding(days: Int) -> Day { Day(number: number + days) }
    package func days(since other: Day) -> Int { number - other.number }

    /// Same day of the month, or the last one where the month is shorter.
    package func adding(months: Int) -> Day {
        let (year, month, day) = components
        let index = year * 12 + (month - 1) + months
        let (newYear, newMonth) = (index / 12, index % 12 + 1)
        return Day(number: Self.number(newYear, newMonth, min(day, Self.length(newYear, newMonth))))
    }

    /// Full years from `birth` to self.
    package func years(since birth: Day) -> Int {
        let (y, m, d) = components
        let (by, bm, bd) = birth.components
        return y - by - ((m, d) < (bm, bd) ? 1 : 0)
    }

    /// 1 = Monday … 7 = Sunday.
    package var weekday: Int { ((number + 3) % 7 + 7) % 7 + 1 }

    package var iso: String {
        let (year, month, day) = components
        return "\(String(year).zeroPadded(4))-\(String(month).zeroPadded(2))-\(String(day).zeroPadded(2))"
    }
    package var description: String { iso }

    /// "3 月 12 日 星期四"
    package var longText: String { "\(monthDayText) \(weekdayText)" }
    /// "3 月 12 日"
    package var monthDayText: String { "\(components.month) 月 \(components.day) 日" }
    /// "2026 年 3 月 12 日"
    package var fullText: String { "\(components.year) 年 \(monthDayText)" }
    /// "星期四"
    package var weekdayText: String { "星期" + ["一", "二", "三", "四", "五", "六", "日"][weekday - 1] }

    package var components: (year: Int, month: Int, day: Int) {
        let z = number + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let doe = z - era * 146_097
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
        let mp = (5 * doy + 2) / 153
        let month = mp < 10 ? mp + 3 : mp - 9
        return (yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1)
    }

    private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yoe = y - era * 400
        let doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
    }

    private static func length(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// A quarter of an hour of a wall-clock day, 0 (00:00) … 95 (23:45). (R3.01: 1u = 15 minutes.)
package struct Unit: Hashable, Comparable, Codable, Sendable {
    package static let minutes = 15
    package static let perDay = 96
    package let index: Int
    package init(_ index: Int) { self.index = index }

    /// Reads `HH:MM`; nil when it is not on a quarter of an hour.
    package init?(clock text: some StringProtocol) {
        let parts = String(text).halfWidth.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), (0...23).contains(hour),
            (0...59).contains(minute), minute % Self.minutes == 0
        else { return nil }
        index = hour * 4 + minute / Self.minutes
    }

    package static func < (a: Unit, b: Unit) -> Bool { a.index < b.index }
    package func adding(_ units: Int) -> Unit { Unit(index + units) }
    /// "09:15"; 96 is "24:00", the end of the day.
    package var clockText: String { "\(String(index / 4).zeroPadded(2)):\(String(index % 4 * 15).zeroPadded(2))" }
}

/// Turns instants into the business days and wall-clock units of one clinic. The only place that knows a time zone.
package struct ClinicCalendar: Hashable, Sendable {
    package let timeZone: TimeZone
    /// Minutes after midnight at which a new business day begins (default 04:00).
    package let dayStartsAtMinutes: Int

    package init(timeZone: TimeZone, dayStartsAtMinutes: Int = 240) {
        self.timeZone = timeZone
        self.dayStartsAtMinutes = dayStartsAtMinutes
    }

    /// nil when the identifier is unknown, for example `Asia/Shanghai` misspelt.
    package init?(timeZoneName: String, dayStartsAtMinutes: Int = 240) {
        guard let zone = TimeZone(identifier: timeZoneName) else { return nil }
        self.init(timeZone: zone, dayStartsAtMinutes: dayStartsAtMinutes)
    }

    /// Local date of (instant − start of day).
    package func businessDay(of instant: Timestamp) -> Day {
        wallClock(Timestamp(milliseconds: instant.milliseconds - Int64(dayStartsAtMinutes) * 60_000)).day
    }

    /// Local date and seconds since local midnight.
    package func wallClock(_ instant: Timestamp) -> (day: Day, second: Int) {
        let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000)
        let local = instant.milliseconds / 1_000 + Int64(timeZone.secondsFromGMT(for: date))
        let day = local >= 0 ? local / 86_400 : -((-local + 86_399) / 86_400)
        return (Day(number: Int(day)), Int(local - day * 86_400))
    }

    /// The unit an instant falls into.
    package func unit(of instant: Timestamp) -> Unit { Unit(wallClock(instant).second / 900) }

    /// The instant at which `unit` of `day` begins. A wall time that summer time skips moves forward by the gap.
    package func instant(_ day: Day, _ unit: Unit) -> Timestamp { instant(day, minute: unit.index * Unit.minutes) }

    /// The instant of a wall-clock minute (0 … 1439, or beyond for the next day) of `day`.
    package func instant(_ day: Day, minute: Int) -> Timestamp {
        let wall = Int64(day.number) * 86_400 + Int64(minute) * 60
        let first = wall - offset(at: wall)
        let second = wall - offset(at: first)
        // In a gap neither guess reads as `wall`; the later one lies behind it.
        let found = wall - offset(at: second) == second ? second : max(first, second)
        return Timestamp(milliseconds: found * 1_000)
    }

    /// Seconds the zone is ahead of UTC at an instant in seconds.
    private func offset(at second: Int64) -> Int64 {
        Int64(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second))))
    }

    /// "10:24"
    package func clockText(_ instant: Timestamp) -> String {
        let second = wallClock(instant).second
        return "\(String(second / 3_600).zeroPadded(2)):\(String(second / 60 % 60).zeroPadded(2))"
    }
    /// "10:24:05"
    package func clockSecondsText(_ instant: Timestamp) -> String {
        "\(clockText(instant)):\(String(wallClock(instant).second % 60).zeroPadded(2))"
    }
    /// "2026-03-12 10:24"
    package func dateTimeText(_ instant: Timestamp) -> String { "\(wallClock(instant).day.iso) \(clockText(instant))" }
}
