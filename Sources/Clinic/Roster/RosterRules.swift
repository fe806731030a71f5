import Kernel

/// When people work. Pure.
package enum RosterRules {
    /// Spans of one person on one day in which customers may be booked, in order of time (R3.08).
    package static func spans(of staff: ID<Staff>, on day: Day, _ facts: RosterFacts) -> [WorkSpan] {
        allSpans(of: staff, on: day, facts).filter(\.duty.isBookable)
    }

    /// The same with standby. A dated exception goes before what the clinic decided about the day, that before the weekly
    /// opening days, and those before the weekly pattern.
    package static func allSpans(of staff: ID<Staff>, on day: Day, _ facts: RosterFacts) -> [WorkSpan] {
        let exceptions = facts.exceptions.filter { $0.staffID == staff && $0.day == day }
        let spans: [WorkSpan]
        if exceptions.isEmpty {
            spans = facts.shifts
                .filter { $0.staffID == staff && isValid($0, on: day, facts) }
                .map(\.span)
        } else {
            spans = exceptions.compactMap(\.span)
        }
        return spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }

    static func isValid(_ shift: RosterShift, on day: Day, _ facts: RosterFacts) -> Bool {
        let weekday: Int
        switch facts.days[day]?.opening {
        case .closed: return false
        case .open(let other): weekday = other ?? day.weekday
        case nil:
            guard facts.opensWeekly(on: day) else { return false }
            weekday = day.weekday
        }
        return shift.weekday == weekday && shift.validFrom <= day && shift.validTo.map { day <= $0 } ?? true
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

    /// The chair of a person at a time: the one of the shift, else the usual one.
    package static func chair(of person: Staff, at unit: Unit, _ spans: [WorkSpan]) -> ID<Chair>? {
        spans.first { $0.start <= unit && unit < $0.end }?.chairID ?? person.chairID
    }

    /// Who decides for the clinic on a day: people with an administrative duty (R3.37).
    package static func onDuty(_ day: Day, _ facts: RosterFacts) -> [ID<Staff>] {
        let people = Set(facts.shifts.map(\.staffID)).union(facts.exceptions.map(\.staffID)).sorted()
        return people.filter { allSpans(of: $0, on: day, facts).contains { $0.duty == .administrative } }
    }

    /// What is wrong with the spans of one day.
    package static func check(_ spans: [WorkSpan], weekday: Int? = nil) throws(RosterError) {
        for span in spans where span.start >= span.end { throw .spanBackwards }
        let sorted = spans.sorted { $0.start < $1.start }
        for (one, next) in zip(sorted, sorted.dropFirst()) where next.start < one.end {
            throw .spansOverlap(weekday: weekday)
        }
    }

    /// What a person would work on the days of one week if it were like another week: only days that differ and are
    /// not before `today`.
    package static func copied(
        of staff: ID<Staff>, from: Day, to: Day, today: Day, _ source: RosterFacts, _ target: RosterFacts
    ) -> [(day: Day, spans: [WorkSpan])] {
        (0..<7).compactMap { offset in
            let day = to.adding(days: offset)
            guard day >= today else { return nil }
            let wanted = allSpans(of: staff, on: from.adding(days: offset), source)
            return wanted == allSpans(of: staff, on: day, target) ? nil : (day, wanted)
        }
    }

    /// Days of a leave for a part of a day: what is left of the spans without `units`.
    package static func without(_ units: Range<Int>, _ spans: [WorkSpan]) -> [WorkSpan] {
        spans.flatMap { span -> [WorkSpan] in
            let (start, end) = (span.start.index, span.end.index)
            guard units.lowerBound < end, units.upperBound > start else { return [span] }
            return [start..<max(start, units.lowerBound), min(end, units.upperBound)..<end]
                .filter { !$0.isEmpty }
                .map {
                    WorkSpan(
                        Unit($0.lowerBound), Unit($0.upperBound), chairID: span.chairID, roomID: span.roomID,
                        duty: span.duty)
                }
        }
    }
}
