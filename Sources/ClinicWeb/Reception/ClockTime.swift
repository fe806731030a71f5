import Clinic
import Kernel

/// A time of day as typed in a form, on a business day.
enum ClockTime {
    /// A field of its own instead of the browser's: that one follows the computer and may ask for AM and PM.
    static let hint = "24 小时制，例如 10:24"

    /// "10:24", "1024" or "10：24" as an instant of `day`; hours before the day begins belong to the next calendar day.
    /// - Parameter now: a time typed as the present minute means this very moment.
    static func instant(_ text: String, on day: Day, now: Timestamp, _ calendar: ClinicCalendar) -> Timestamp? {
        let digits = text.halfWidth.trimmed.filter { $0 != ":" }
        guard digits.count == 4, let number = Int(digits), number % 100 < 60, number / 100 < 24 else { return nil }
        let minute = number / 100 * 60 + number % 100
        let date = minute < calendar.dayStartsAtMinutes ? day.adding(days: 1) : day
        let instant = calendar.instant(date, minute: minute)
        return instant <= now && now < instant.adding(minutes: 1) ? now : instant
    }
}
