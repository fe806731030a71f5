import Kernel

/// Whom to call first when a unit frees. Pure.
package enum WaitingRules {
    /// Somebody who fits into a free unit, with what speaks for calling now.
    package struct Fit: Hashable, Sendable {
        package let entry: WaitingEntry
        /// Where the visit would begin inside the free unit.
        package let slot: Slot
        package let waitedDays: Int
        /// The customer asked for this doctor by name.
        package let isNamed: Bool
        /// Quarters of an hour left over.
        package let spare: Int
        /// Asked so lately that others go first.
        package let isFreshlyAsked: Bool
    }

    /// Circumstances of the question.
    package struct Today: Sendable {
        package let now: Timestamp
        package let day: Day
        /// Nobody is called again within these hours.
        package let askAgainHours: Int
        package let calendar: ClinicCalendar
        package init(now: Timestamp, day: Day, askAgainHours: Int, calendar: ClinicCalendar) {
            self.now = now
            self.day = day
            self.askAgainHours = askAgainHours
            self.calendar = calendar
        }
    }

    /// Who fits, best first: urgent before the rest, not asked lately, asked for this doctor, fills the unit, waits longest.
    /// - Parameter impossible: items that cannot be done that day (R3.43).
    package static func ranked(
        _ entries: [WaitingEntry], for free: Slot, impossible: Set<ID<Item>>, today: Today
    ) -> [Fit] {
        entries.compactMap { fit($0, free, impossible, today) }.sorted { goesBefore($0, $1) }
    }

    /// The quarter of an hour at which the visit would begin; nil when the customer does not fit.
    package static func start(of entry: WaitingEntry, in free: Slot, impossible: Set<ID<Item>>) -> Unit? {
        let suits = entry.suits
        guard entry.isOpen, entry.doctorID == nil || entry.doctorID == free.doctorID,
            suits.weekdays.contains(free.day.weekday), free.day >= suits.firstDay,
            suits.lastDay.map({ free.day <= $0 }) ?? true,
            !entry.items.contains(where: { impossible.contains($0.itemID) })
        else { return nil }
        let start = max(free.start, suits.from)
        guard start.index + entry.units <= min(free.end, suits.to).index else { return nil }
        // Who has a booking waits for an earlier one.
        if let held = entry.held, (held.day, held.start) <= (free.day, start) { return nil }
        return start
    }

    private static func fit(
        _ entry: WaitingEntry, _ free: Slot, _ impossible: Set<ID<Item>>, _ today: Today
    ) -> Fit? {
        guard let start = start(of: entry, in: free, impossible: impossible),
            today.calendar.instant(free.day, start.adding(1)) > today.now
        else { return nil }
        let waited = today.day.days(since: today.calendar.businessDay(of: entry.asked.at))
        return Fit(
            entry: entry,
            slot: Slot(
                day: free.day, start: start, units: entry.units, doctorID: free.doctorID, chairID: free.chairID),
            waitedDays: max(0, waited), isNamed: entry.doctorID == free.doctorID, spare: free.units - entry.units,
            isFreshlyAsked: entry.lastCalledAt.map { $0.adding(hours: today.askAgainHours) > today.now } ?? false)
    }

    private static func goesBefore(_ a: Fit, _ b: Fit) -> Bool {
        if a.isFreshlyAsked != b.isFreshlyAsked { return b.isFreshlyAsked }
        let (ranks, otherRanks) = (rank(a.entry.urgency), rank(b.entry.urgency))
        if ranks != otherRanks { return ranks > otherRanks }
        if a.isNamed != b.isNamed { return a.isNamed }
        if a.spare != b.spare { return a.spare < b.spare }
        return (a.entry.asked.at, a.entry.id) < (b.entry.asked.at, b.entry.id)
    }

    private static func rank(_ urgency: CatalogueItem.Urgency) -> Int {
        switch urgency {
        case .low: 0
        case .normal: 1
        case .high: 2
        }
    }
}
