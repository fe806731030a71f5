import Kernel

/// How well the appointment book worked (R3.59, R3.33, R3.35, R3.36), of one doctor, one chair or the whole clinic.
package struct BookingFigures: Hashable, Sendable {
    /// Quarters of an hour the roster gives (a chair: the opening hours of days somebody works).
    package var presentUnits = 0
    /// Of those, filled by bookings that were neither cancelled nor missed; squeezed-in ones are not counted.
    package var bookedUnits = 0
    /// All bookings of the range, whatever became of them.
    package var placed = 0
    package var squeezed = 0
    package var arrived = 0
    /// Arrived not later than booked.
    package var onTime = 0
    /// Minutes of those who came later, added up.
    package var lateMinutes = 0
    package var missed = 0
    package var cancelledByCustomer = 0
    package var cancelledByClinic = 0
    /// Cancelled by the customer at least a day before, later that day, and in the last two hours or after the start.
    package var noticeDay = 0
    package var noticeHours = 0
    package var noticeNone = 0
    package var movedBookings = 0
    package var moves = 0
    /// Customers who were on time and sat down within the promised minutes, and all who were on time and sat down.
    package var seatedOnTime = 0
    package var seatedAfterOnTime = 0
    /// Free stretches between two bookings inside the roster.
    package var gaps = 0
    package var gapUnits = 0
    /// Bookings whose doctor turned to rest, and of these the customers who came untold: internal failures (R2.17).
    package var displaced = 0
    package var untold = 0

    package init() {}

    /// nil where nothing can be divided.
    package var utilisation: Int? { Self.percent(bookedUnits, of: presentUnits) }
    package var onTimeRate: Int? { Self.percent(onTime, of: arrived) }
    package var missedRate: Int? { Self.percent(missed, of: arrived + missed) }
    package var seatedOnTimeRate: Int? { Self.percent(seatedOnTime, of: seatedAfterOnTime) }
    package var averageGapMinutes: Int? { gaps == 0 ? nil : (gapUnits * Unit.minutes + gaps / 2) / gaps }
    package var averageLateMinutes: Int? {
        arrived == onTime ? nil : (lateMinutes + (arrived - onTime) / 2) / (arrived - onTime)
    }

    static func percent(_ part: Int, of whole: Int) -> Int? {
        whole == 0 ? nil : (part * 100 + whole / 2) / whole
    }
}

/// One booking, as far as the statistics look at it.
package struct BookedFact: Hashable, Sendable {
    package let doctorID: ID<Staff>
    package let chairID: ID<Chair>?
    package let day: Day
    package let start: Unit
    package let units: Int
    package let isSqueezed: Bool
    package let cancelSide: CancelSide?
    package let noticeMinutes: Int?
    package let isMissed: Bool
    package let moves: Int
    package let arrivedAt: Timestamp?
    package let seatedAt: Timestamp?

    package init(
        doctorID: ID<Staff>, chairID: ID<Chair>? = nil, day: Day, start: Unit, units: Int, isSqueezed: Bool = false,
        cancelSide: CancelSide? = nil, noticeMinutes: Int? = nil, isMissed: Bool = false, moves: Int = 0,
        arrivedAt: Timestamp? = nil, seatedAt: Timestamp? = nil
    ) {
        self.doctorID = doctorID
        self.chairID = chairID
        self.day = day
        self.start = start
        self.units = units
        self.isSqueezed = isSqueezed
        self.cancelSide = cancelSide
        self.noticeMinutes = noticeMinutes
        self.isMissed = isMissed
        self.moves = moves
        self.arrivedAt = arrivedAt
        self.seatedAt = seatedAt
    }

    /// Took its units to the end.
    var isKept: Bool { cancelSide == nil && !isMissed }
}

/// A booking whose doctor turned to rest, as far as the statistics look at it (R2.17).
package struct DisplacedFact: Hashable, Sendable {
    package let doctorID: ID<Staff>
    package let arrivedAt: Timestamp?
    /// Moved, reassigned or cancelled; nil: never.
    package let settledAt: Timestamp?
    package init(doctorID: ID<Staff>, arrivedAt: Timestamp?, settledAt: Timestamp?) {
        self.doctorID = doctorID
        self.arrivedAt = arrivedAt
        self.settledAt = settledAt
    }

    /// The customer stood at the desk before anybody had arranged anything.
    package var isFailure: Bool {
        guard let arrivedAt else { return false }
        return settledAt.map { arrivedAt <= $0 } ?? true
    }
}

/// Counts. Pure.
package enum BookingStatisticsRules {
    package static let longestDays = 92

    /// Adds one booking.
    package static func add(
        _ fact: BookedFact, to figures: inout BookingFigures, promisedMinutes: Int, calendar: ClinicCalendar
    ) {
        figures.placed += 1
        figures.moves += fact.moves
        if fact.moves > 0 { figures.movedBookings += 1 }
        if fact.isSqueezed { figures.squeezed += 1 }
        if fact.isKept, !fact.isSqueezed { figures.bookedUnits += fact.units }
        if fact.isMissed { figures.missed += 1 }
        if let side = fact.cancelSide { addCancellation(side, fact.noticeMinutes ?? 0, to: &figures) }
        guard let arrivedAt = fact.arrivedAt, fact.isKept else { return }
        let begin = calendar.instant(fact.day, fact.start)
        figures.arrived += 1
        guard arrivedAt <= begin else {
            figures.lateMinutes += max(1, arrivedAt.minutes(since: begin))
            return
        }
        figures.onTime += 1
        if let seatedAt = fact.seatedAt {
            figures.seatedAfterOnTime += 1
            if seatedAt <= begin.adding(minutes: promisedMinutes) { figures.seatedOnTime += 1 }
        }
    }

    package static func add(_ fact: DisplacedFact, to figures: inout BookingFigures) {
        figures.displaced += 1
        if fact.isFailure { figures.untold += 1 }
    }

    private static func addCancellation(_ side: CancelSide, _ minutes: Int, to figures: inout BookingFigures) {
        guard side == .patient else {
            figures.cancelledByClinic += 1
            return
        }
        figures.cancelledByCustomer += 1
        switch minutes {
        case (24 * 60)...: figures.noticeDay += 1
        case 120...: figures.noticeHours += 1
        default: figures.noticeNone += 1
        }
    }

    /// Free stretches between bookings of one doctor and day, inside the roster.
    /// - Parameter taken: units of the bookings that were kept.
    package static func gaps(spans: [WorkSpan], taken: Set<Int>) -> (count: Int, units: Int) {
        var (count, units) = (0, 0)
        for span in spans {
            let used = (span.start.index..<span.end.index).filter(taken.contains)
            guard let first = used.first, let last = used.last else { continue }
            var length = 0
            for unit in first...last {
                if taken.contains(unit) {
                    if length > 0 { count += 1 }
                    units += length
                    length = 0
                } else {
                    length += 1
                }
            }
        }
        return (count, units)
    }

    package static func presentUnits(_ spans: [WorkSpan]) -> Int {
        Set(spans.flatMap { Array($0.start.index..<$0.end.index) }).count
    }
}
