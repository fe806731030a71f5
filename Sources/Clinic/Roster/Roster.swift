import Kernel
import Storage

/// What somebody does during a span of the roster (R3.11).
package enum Duty: String, Hashable, Sendable, CaseIterable, SQLBindable {
    /// Sees customers, or works at the desk.
    case work
    /// 行政值班: works, and decides for the clinic that day (R3.37).
    case administrative
    /// 备班: may be called in (R13.16); not booked.
    case standby

    package var label: String {
        switch self {
        case .work: "上班"
        case .administrative: "值班"
        case .standby: "备班"
        }
    }
    /// Customers may be booked.
    package var isBookable: Bool { self != .standby }
}

/// A stretch of one day in which a person works, in quarters of an hour; `end` is exclusive.
package struct WorkSpan: Hashable, Sendable {
    package let start: Unit
    package let end: Unit
    package let chairID: ID<Chair>?
    /// Where the person is without a chair: the desk, the communication room.
    package let roomID: ID<Room>?
    package let duty: Duty
    package init(
        _ start: Unit, _ end: Unit, chairID: ID<Chair>? = nil, roomID: ID<Room>? = nil, duty: Duty = .work
    ) {
        self.start = start
        self.end = end
        self.chairID = chairID
        self.roomID = roomID
        self.duty = duty
    }
    /// "08:30–12:00"
    package var text: String { "\(start.clockText)–\(end.clockText)" }
    /// "08:30–12:00 备班"
    package var dutyText: String { duty == .work ? text : "\(text) \(duty.label)" }
}

/// One line of a weekly pattern.
package struct RosterShift: Hashable, Sendable {
    package let id: ID<RosterShift>
    package let staffID: ID<Staff>
    /// 1 = Monday.
    package let weekday: Int
    package let span: WorkSpan
    package let validFrom: Day
    /// Inclusive; nil: until further notice.
    package let validTo: Day?

    package init(
        id: ID<RosterShift>, staffID: ID<Staff>, weekday: Int, span: WorkSpan, validFrom: Day, validTo: Day?
    ) {
        self.id = id
        self.staffID = staffID
        self.weekday = weekday
        self.span = span
        self.validFrom = validFrom
        self.validTo = validTo
    }
}

/// What replaces the weekly pattern of one day.
package struct RosterException: Hashable, Sendable {
    package let id: ID<RosterException>
    package let staffID: ID<Staff>
    package let day: Day
    /// nil: rests all day.
    package let span: WorkSpan?
    package let reason: String?
    package let setBy: ID<Staff>
    package let setAt: Timestamp

    package init(
        id: ID<RosterException>, staffID: ID<Staff>, day: Day, span: WorkSpan?, reason: String?, setBy: ID<Staff>,
        setAt: Timestamp
    ) {
        self.id = id
        self.staffID = staffID
        self.day = day
        self.span = span
        self.reason = reason
        self.setBy = setBy
        self.setAt = setAt
    }
}

/// What a clinic decided about one day: closed on a holiday, open on a swapped work day.
package struct ClinicDay: Hashable, Sendable {
    package enum Opening: Hashable, Sendable {
        /// The weekly pattern does not count; who works nevertheless has a dated exception.
        case closed
        /// The weekly pattern of this weekday counts; nil: of the day's own.
        case open(asWeekday: Int?)
    }
    package let day: Day
    package let opening: Opening
    /// 国庆节, 调休上班 …
    package let name: String
    package init(day: Day, opening: Opening, name: String) {
        self.day = day
        self.opening = opening
        self.name = name
    }
    package var isClosed: Bool { opening == .closed }
}

/// On which weekdays a clinic opens, from a day on until the next such line.
package struct ClinicWeek: Hashable, Sendable {
    package let validFrom: Day
    /// 1 = Monday.
    package let weekdays: Set<Int>
    package init(validFrom: Day, weekdays: Set<Int>) {
        self.validFrom = validFrom
        self.weekdays = weekdays
    }

    /// Bit 0 = Monday.
    var mask: Int { weekdays.reduce(0) { $0 | 1 << ($1 - 1) } }
    init(validFrom: Day, mask: Int) {
        self.init(validFrom: validFrom, weekdays: Set((1...7).filter { mask & 1 << ($0 - 1) != 0 }))
    }
    /// "一、二、三、四、五"
    package var text: String {
        weekdays.sorted().map { ["一", "二", "三", "四", "五", "六", "日"][$0 - 1] }.joined(separator: "、")
    }
}

/// Shifts, exceptions and days of a clinic for a range of days.
package struct RosterFacts: Hashable, Sendable {
    package var shifts: [RosterShift]
    package var exceptions: [RosterException]
    package var days: [Day: ClinicDay]
    /// Oldest first.
    package var weeks: [ClinicWeek]
    package init(
        shifts: [RosterShift] = [], exceptions: [RosterException] = [], days: [Day: ClinicDay] = [:],
        weeks: [ClinicWeek] = []
    ) {
        self.shifts = shifts
        self.exceptions = exceptions
        self.days = days
        self.weeks = weeks
    }

    /// What the weekly opening days say; a decision about the day goes before it. Nothing said: open.
    package func opensWeekly(on day: Day) -> Bool {
        weeks.last { $0.validFrom <= day }?.weekdays.contains(day.weekday) ?? true
    }

    /// The clinic sees customers that day.
    package func isOpen(_ day: Day) -> Bool { days[day].map { !$0.isClosed } ?? opensWeekly(on: day) }
}
