import Kernel

/// When background jobs are due.
package enum JobRules {
    /// 3:30 in a clinic whose business day begins at 4:00.
    package static let nightlyMinutesBeforeDayStart = 30

    /// Every `minutes`.
    package static func isDue(lastDone: Timestamp?, every minutes: Int, now: Timestamp) -> Bool {
        guard let lastDone else { return true }
        return now.minutes(since: lastDone) >= minutes
    }

    /// Once a night, half an hour before the new business day begins; at once when a whole night was missed.
    package static func isNightlyDue(lastDone: Timestamp?, now: Timestamp, calendar: ClinicCalendar) -> Bool {
        guard let lastDone else { return true }
        return lastDone < lastNight(before: now, calendar: calendar)
    }

    /// The latest nightly moment that is not after `now`. A business day that begins at midnight has it at 23:30.
    static func lastNight(before now: Timestamp, calendar: ClinicCalendar) -> Timestamp {
        let minute = (calendar.dayStartsAtMinutes - nightlyMinutesBeforeDayStart + 1_440) % 1_440
        let today = calendar.wallClock(now).day
        let tonight = calendar.instant(today, minute: minute)
        return tonight <= now ? tonight : calendar.instant(today.adding(days: -1), minute: minute)
    }
}
