import Kernel
import Storage

/// A stretch of one day in which a person works, in quarters of an hour; `end` is exclusive.
package struct WorkSpan: Hashable, Sendable {
    package let start: Unit
    package let end: Unit
    package let chairID: ID<Chair>?
    package init(_ start: Unit, _ end: Unit, chairID: ID<Chair>? = nil) {
        self.start = start
        self.end = end
        self.chairID = chairID
    }
    /// "08:30–12:00"
    package var text: String { "\(start.clockText)–\(end.clockText)" }
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
}

/// Shifts and exceptions of a clinic for a range of days.
package struct RosterFacts: Hashable, Sendable {
    package var shifts: [RosterShift]
    package var exceptions: [RosterException]
    package init(shifts: [RosterShift] = [], exceptions: [RosterException] = []) {
        self.shifts = shifts
        self.exceptions = exceptions
    }
}

/// When people work. Pure.
package enum RosterRules {
    /// Spans of one person on one day, in order of time. A dated exception goes before the weekly pattern (R3.08).
    package static func spans(of staff: ID<Staff>, on day: Day, _ facts: RosterFacts) -> [WorkSpan] {
        let exceptions = facts.exceptions.filter { $0.staffID == staff && $0.day == day }
        let spans: [WorkSpan]
        if exceptions.isEmpty {
            spans = facts.shifts
                .filter { $0.staffID == staff && isValid($0, on: day) }
                .map(\.span)
        } else {
            spans = exceptions.compactMap(\.span)
        }
        return spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }

    static func isValid(_ shift: RosterShift, on day: Day) -> Bool {
        shift.weekday == day.weekday && shift.validFrom <= day && shift.validTo.map { day <= $0 } ?? true
    }

    /// Every quarter of an hour lies in some span.
    package static func covers(_ spans: [WorkSpan], _ units: Range<Int>) -> Bool {
        units.allSatisfy { unit in spans.contains { $0.start.index <= unit && unit < $0.end.index } }
    }

    /// "当天休息" or "当天上班 08:30–12:00、13:30–18:00"
    package static func text(_ spans: [WorkSpan]) -> String {
        spans.isEmpty ? "当天休息" : "当天上班 " + spans.map(\.text).joined(separator: "、")
    }

    /// The pauses between the first and the last span.
    package static func gaps(_ spans: [WorkSpan]) -> [Range<Int>] {
        var gaps: [Range<Int>] = []
        var end: Int?
        for span in spans {
            if let last = end, span.start.index > last { gaps.append(last..<span.start.index) }
            end = max(end ?? 0, span.end.index)
        }
        return gaps
    }
}
