import Kernel
import Storage

/// Why a roster cannot be stored.
package enum RosterError: UserFacingError, Hashable {
    case spanBackwards
    case spansOverlap(weekday: Int?)
    case inThePast
    case reasonMissing
    case nothingToCopy

    package var kind: FailureKind { .invalid }
    package var userMessage: String {
        switch self {
        case .spanBackwards: "下班时间要晚于上班时间，请重新选择"
        case .spansOverlap(let weekday):
            "\(weekday.map { "星期" + ["一", "二", "三", "四", "五", "六", "日"][$0 - 1] } ?? "这一天")的两段时间重叠了，请改成前后相接"
        case .inThePast: "过去的排班不能再改，请选今天或以后"
        case .reasonMissing: "请写一句原因，同事在预约表上看得到"
        case .nothingToCopy: "两周的排班已经一样，不用复制"
        }
    }
    package var field: String? {
        switch self {
        case .reasonMissing: "reason"
        case .inThePast: "day"
        case .nothingToCopy: "from"
        default: "span"
        }
    }
}

/// Keeps weekly patterns, dated exceptions and the days of the clinic (R3.08, R3.11). What a change means for bookings
/// is `RosterChanges`.
package enum RosterKeeping {
    /// Replaces the weekly pattern of a person from `from` on; what was before stays for the past.
    /// - Parameter week: spans by weekday, 1 = Monday.
    package static func setWeek(
        of staff: ID<Staff>, from: Day, week: [Int: [WorkSpan]], by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageRoster)
        for (weekday, spans) in week { try RosterRules.check(spans, weekday: weekday) }
        try RosterStore.endPattern(of: staff, clinic: work.clinic.id, before: from, in: tx)
        let shifts = week.sorted { $0.key < $1.key }.flatMap { weekday, spans in
            spans.map {
                RosterShift(
                    id: work.newID(), staffID: staff, weekday: weekday, span: $0, validFrom: from, validTo: nil)
            }
        }
        try RosterStore.insert(shifts, clinic: work.clinic.id, in: tx)
        let days = week.sorted { $0.key < $1.key }.map { weekday, spans in
            JSONValue.text("\(weekday): \(spans.map(\.dutyText).joined(separator: "、"))")
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
        try RosterRules.check(spans)
        try RosterStore.endExceptions(of: staff, clinic: work.clinic.id, on: day, now: work.now, in: tx)
        let exceptions = (spans.isEmpty ? [nil] : spans.map(Optional.some)).map {
            RosterException(
                id: work.newID(), staffID: staff, day: day, span: $0, reason: reason, setBy: work.actor.id,
                setAt: work.now)
        }
        try RosterStore.insert(exceptions, clinic: work.clinic.id, in: tx)
        let text = spans.isEmpty ? "当天休息" : spans.map(\.dutyText).joined(separator: "、")
        try Audit.append(
            Event(
                "roster.exceptionSet", of: staff,
                ["day": JSONValue(day), "works": .text(text), "reason": .text(reason)]),
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

    /// Makes one week like another for `people`, as dated exceptions; days before today stay.
    /// - Returns: days that changed, by person.
    package static func copyWeek(
        from: Day, to: Day, people: [ID<Staff>], by work: Work, in tx: any WriteTransaction
    ) throws -> [ID<Staff>: [Day]] {
        try work.actor.require(.manageRoster)
        let (source, target) = (monday(from), monday(to))
        let clinic = work.clinic.id
        let before = try RosterStore.load(clinic: clinic, from: source, to: source.adding(days: 6), in: tx)
        let after = try RosterStore.load(clinic: clinic, from: target, to: target.adding(days: 6), in: tx)
        var changed: [ID<Staff>: [Day]] = [:]
        for person in people {
            for (day, spans) in RosterRules.copied(
                of: person, from: source, to: target, today: work.today, before, after)
            {
                try setException(
                    of: person, day: day, spans: spans, reason: "照 \(source.monthDayText)那一周", by: work, in: tx)
                changed[person, default: []].append(day)
            }
        }
        guard !changed.isEmpty else { throw RosterError.nothingToCopy }
        return changed
    }

    /// Closes the clinic on a day, or opens it on a day that is closed elsewhere; nil takes the decision back.
    package static func decide(
        _ day: Day, _ opening: ClinicDay.Opening?, name: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageRoster)
        guard day >= work.today else { throw RosterError.inThePast }
        try RosterStore.endDay(day, clinic: work.clinic.id, now: work.now, in: tx)
        guard let opening else {
            try Audit.append(
                Event("roster.dayFreed", of: work.clinic.id, ["day": JSONValue(day)]), by: work, in: tx)
            return
        }
        guard let name = name.nonBlank else { throw FormErrors("name", "请写这一天是什么日子，例如 国庆节") }
        if case .open(let weekday?) = opening, !(1...7).contains(weekday) {
            throw FormErrors("asWeekday", "请从列表里选择按星期几上班")
        }
        let decided = ClinicDay(day: day, opening: opening, name: name)
        try RosterStore.insert(
            decided, id: work.newID(ClinicDay.self).raw, clinic: work.clinic.id, by: work.actor.id, at: work.now,
            in: tx)
        try Audit.append(
            Event(
                "roster.dayDecided", of: work.clinic.id,
                ["day": JSONValue(day), "closed": .bool(decided.isClosed), "name": .text(name)]), by: work, in: tx)
    }

    /// On which weekdays the clinic opens, from `from` on; dated decisions go before it.
    /// - Parameter weekdays: 1 = Monday.
    package static func setOpenDays(
        _ weekdays: Set<Int>, from: Day, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageRoster)
        guard from >= work.today else { throw RosterError.inThePast }
        guard !weekdays.isEmpty, weekdays.isSubset(of: Set(1...7)) else {
            throw FormErrors("weekdays", "请至少选一天开诊；临时停诊请在“加一天”里定")
        }
        let week = ClinicWeek(validFrom: from, weekdays: weekdays)
        try RosterStore.setWeek(week, clinic: work.clinic.id, by: work.actor.id, at: work.now, in: tx)
        try Audit.append(
            Event(
                "roster.openDaysSet", of: work.clinic.id,
                ["from": JSONValue(from), "weekdays": .text(week.text)]), by: work, in: tx)
    }

    private static func monday(_ day: Day) -> Day { day.adding(days: 1 - day.weekday) }
}
