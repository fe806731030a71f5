import Kernel

/// Which backups to keep: the newest of each of the last 7 days, 4 weeks and 12 months that have one.
package enum BackupRetentionRules {
    package static let days = 7
    package static let weeks = 4
    package static let months = 12

    /// - Parameter made: when each backup was made, in any order.
    /// - Returns: those that may go. The newest never goes.
    package static func expendable(_ made: [Timestamp], calendar: ClinicCalendar) -> Set<Timestamp> {
        let newestFirst = made.sorted(by: >)
        let kept =
            newest(newestFirst, of: days) { calendar.wallClock($0).day.number }
            .union(newest(newestFirst, of: weeks) { (calendar.wallClock($0).day.number + 3) / 7 })
            .union(
                newest(newestFirst, of: months) { instant in
                    let (year, month, _) = calendar.wallClock(instant).day.components
                    return year * 12 + month
                })
        return Set(made).subtracting(kept)
    }

    private static func newest(
        _ newestFirst: [Timestamp], of count: Int, period: (Timestamp) -> Int
    ) -> Set<Timestamp> {
        var seen: Set<Int> = []
        var kept: Set<Timestamp> = []
        for instant in newestFirst where seen.count < count || seen.contains(period(instant)) {
            if seen.insert(period(instant)).inserted { kept.insert(instant) }
        }
        return kept
    }
}
