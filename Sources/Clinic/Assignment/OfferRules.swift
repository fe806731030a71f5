import Kernel

/// Which times are said on the telephone (R3.20, R3.21, R3.41, R3.49, R3.50). Pure.
enum OfferRules {
    /// The days that are looked at. All ends included.
    struct Window: Hashable {
        /// First day looked at.
        let first: Day
        /// Last day of the window the clinic promises.
        let promised: Day
        /// Last day looked at when the window is full.
        let last: Day
        /// First day that is not too soon.
        let lead: Day
    }

    /// How far is looked when the window is full.
    static let searchDays = 14

    /// Urgent cases and important customers are offered from today on; everybody else from the lead time on.
    static func window(
        today: Day, from: Day?, days: Int?, startsNow: Bool, leadDays: [Int], windowDays: [Int]
    ) -> Window {
        let lead = today.adding(days: leadDays.min() ?? 0)
        let first = max(today, from ?? (startsNow ? today : lead))
        let length = max(1, windowDays.max() ?? 1)
        let promised = max(first, from.map { $0.adding(days: length - 1) } ?? today.adding(days: length))
        let last = days.map { first.adding(days: max(1, $0) - 1) } ?? max(promised, first.adding(days: searchDays - 1))
        return Window(first: first, promised: min(promised, last), last: last, lead: lead)
    }

    /// One start that is possible, before it is chosen.
    struct Start: Hashable {
        let day: Day
        let start: Unit
        let doctor: Int
        let chairID: ID<Chair>?
        /// Others at the fullest quarter of an hour.
        let visitors: Int
        /// Sides that touch another booking or the end of a shift: 0, 1 or 2. No gaps are left between bookings (R3.32).
        let touching: Int
        var part: OfferRequest.Part { start.index < 48 ? .morning : .afternoon }
    }

    /// The better of two starts of the same doctor in the same half of a day.
    static func isBetter(_ a: Start, than b: Start, isBig: Bool) -> Bool {
        // A big item looks for quiet first (R3.49), everything else for a place without gaps.
        let one = isBig ? [a.visitors, -a.touching, a.start.index] : [-a.touching, a.start.index]
        let other = isBig ? [b.visitors, -b.touching, b.start.index] : [-b.touching, b.start.index]
        return one.lexicographicallyPrecedes(other)
    }

    /// Quiet enough for a big item: with this customer at most `percent` of the ceiling (R3.49).
    static func isQuiet(visitors: Int, ceiling: Int, percent: Int) -> Bool {
        ceiling == 0 || (visitors + 1) * 100 <= ceiling * percent
    }

    /// Chooses among the best starts of each half day: inside the window before later ones, for big items the quiet ones
    /// before the busy ones, then by time. The result is in order of time.
    static func choose(
        _ starts: [Start], count: Int, window: Window, isBig: Bool, ceiling: Int, quietPercent: Int
    ) -> [Start] {
        func rank(_ start: Start) -> [Int] {
            let isBusy = isBig && !isQuiet(visitors: start.visitors, ceiling: ceiling, percent: quietPercent)
            return [start.day > window.promised ? 1 : 0, isBusy ? 1 : 0, start.day.number, start.start.index]
        }
        let best = starts.sorted { rank($0).lexicographicallyPrecedes(rank($1)) }.prefix(count)
        return best.sorted { ($0.day, $0.start) < ($1.day, $1.start) }
    }
}
