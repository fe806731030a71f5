import Kernel
import Storage

/// Why a roster cannot be stored.
package enum RosterError: UserFacingError, Hashable {
    case spanBackwards
    case spansOverlap(weekday: Int?)
    case inThePast
    case reasonMissing

    package var kind: FailureKind { .invalid }
    package var userMessage: String {
        switch self {
        case .spanBackwards: "下班时间要晚于上班时间，请重新选择"
        case .spansOverlap(let weekday):
            "\(weekday.map { "星期" + ["一", "二", "三", "四", "五", "六", "日"][$0 - 1] } ?? "这一天")的两段时间重叠了，请改成前后相接"
        case .inThePast: "过去的排班不能再改，请选今天或以后"
        case .reasonMissing: "请写一句原因，同事在预约表上看得到"
        }
    }
    package var field: String? { self == .reasonMissing ? "reason" : self == .inThePast ? "day" : "span" }
}

/// Keeps weekly patterns and dated exceptions (R3.08, R3.11).
package enum RosterKeeping {
    /// Replaces the weekly pattern of a person from `from` on; what was before stays for the past.
    /// - Parameter week: spans by weekday, 1 = Monday.
    package static func setWeek(
        of staff: ID<Staff>, from: Day, week: [Int: [WorkSpan]], by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageRoster)
        for (weekday, spans) in week { try check(spans, weekday: weekday) }
        try RosterStore.endPattern(of: staff, clinic: work.clinic.id, before: from, in: tx)
        let shifts = week.sorted { $0.key < $1.key }.flatMap { weekday, spans in
            spans.map {
                RosterShift(
                    id: work.newID(), staffID: staff, weekday: weekday, span: $0, validFrom: from, validTo: nil)
            }
        }
        try RosterStore.insert(shifts, clinic: work.clinic.id, in: tx)
        let days = week.sorted { $0.key < $1.key }.map { weekday, spans in
            JSONValue.text("\(weekday): \(spans.map(\.text).joined(separator: "、"))")
        }
        try Audit.append(
            Event("roster.weekSet", of: staff, ["from": JSONValue(from), "week": .list(days)]), by: work, in: tx)
    }

    /// What a person does on one day instead of the pattern: no spans means rest.
    package static func setException(
        of staff: ID<Staff>, day: Day, spans: [WorkSpan], reason: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageRoster)
        guard day >= work.today else { throw RosterError.inThePast }
        guard let reason = reason.nonBlank else { throw RosterError.reasonMissing }
        try check(spans, weekday: nil)
        try RosterStore.endExceptions(of: staff, clinic: work.clinic.id, on: day, now: work.now, in: tx)
        let exceptions = (spans.isEmpty ? [nil] : spans.map(Optional.some)).map {
            RosterException(
                id: work.newID(), staffID: staff, day: day, span: $0, reason: reason, setBy: work.actor.id,
                setAt: work.now)
        }
        try RosterStore.insert(exceptions, clinic: work.clinic.id, in: tx)
        try Audit.append(
            Event(
                "roster.exceptionSet", of: staff,
                ["day": JSONValue(day), "works": .text(RosterRules.text(spans)), "reason": .text(reason)]),
            by: work, in: tx)
    }

    /// Back to the weekly pattern.
    package static func endException(
        of staff: ID<Staff>, day: Day, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageRoster)
        guard day >= work.today else { throw RosterError.inThePast }
        let ended = try RosterStore.endExceptions(
            of: staff, clinic: work.clinic.id, on: day, now: work.now, in: tx)
        guard ended > 0 else { throw NotFound("排班调整") }
        try Audit.append(Event("roster.exceptionEnded", of: staff, ["day": JSONValue(day)]), by: work, in: tx)
    }

    private static func check(_ spans: [WorkSpan], weekday: Int?) throws(RosterError) {
        for span in spans where span.start >= span.end { throw .spanBackwards }
        let sorted = spans.sorted { $0.start < $1.start }
        for (one, next) in zip(sorted, sorted.dropFirst()) where next.start < one.end {
            throw .spansOverlap(weekday: weekday)
        }
    }
}
