import Kernel
import Storage

/// Changes of the roster with what they mean for bookings (R3.34).
package enum RosterChanges {
    /// Replaces the weekly pattern of a person from `from` on.
    /// - Returns: the bookings that have no doctor now.
    @discardableResult
    package static func setWeek(
        of staff: ID<Staff>, from: Day, week: [Int: [WorkSpan]], by work: Work, in tx: any WriteTransaction
    ) throws -> [Appointment] {
        guard from >= work.today else { throw RosterError.inThePast }
        try RosterKeeping.setWeek(of: staff, from: from, week: week, by: work, in: tx)
        return try Displacements.refresh(
            doctor: staff, from: from, to: from.adding(days: horizon), cause: "每周排班有变", by: work, in: tx)
    }

    /// What a person does on one day instead of the pattern: no spans means rest.
    @discardableResult
    package static func setDay(
        of staff: ID<Staff>, day: Day, spans: [WorkSpan], reason: String, by work: Work, in tx: any WriteTransaction
    ) throws -> [Appointment] {
        try RosterKeeping.setException(of: staff, day: day, spans: spans, reason: reason, by: work, in: tx)
        return try Displacements.refresh(
            doctor: staff, from: day, to: day, cause: reason.trimmed, by: work, in: tx)
    }

    /// Back to the weekly pattern.
    @discardableResult
    package static func endException(
        of staff: ID<Staff>, day: Day, by work: Work, in tx: any WriteTransaction
    ) throws -> [Appointment] {
        try RosterKeeping.endException(of: staff, day: day, by: work, in: tx)
        return try Displacements.refresh(doctor: staff, from: day, to: day, cause: "排班有变", by: work, in: tx)
    }

    /// Makes one week like another for everybody who works here.
    @discardableResult
    package static func copyWeek(
        from: Day, to: Day, by work: Work, in tx: any WriteTransaction
    ) throws -> (changedDays: Int, displaced: [Appointment]) {
        let people = try StaffStore.listActive(clinic: work.clinic.id, in: tx).map(\.id)
        let changed = try RosterKeeping.copyWeek(from: from, to: to, people: people, by: work, in: tx)
        let monday = to.adding(days: 1 - to.weekday)
        let displaced = try Displacements.refresh(
            doctor: nil, from: max(monday, work.today), to: monday.adding(days: 6), cause: "这一周的排班有变", by: work, in: tx)
        return (changed.values.map(\.count).reduce(0, +), displaced)
    }

    /// Closes or opens the clinic on a day; nil takes the decision back.
    @discardableResult
    package static func decide(
        _ day: Day, _ opening: ClinicDay.Opening?, name: String, by work: Work, in tx: any WriteTransaction
    ) throws -> [Appointment] {
        try RosterKeeping.decide(day, opening, name: name, by: work, in: tx)
        return try Displacements.refresh(
            doctor: nil, from: day, to: day, cause: name.nonBlank ?? "开诊安排有变", by: work, in: tx)
    }

    /// On which weekdays the clinic opens.
    @discardableResult
    package static func setOpenDays(
        _ weekdays: Set<Int>, from: Day, by work: Work, in tx: any WriteTransaction
    ) throws -> [Appointment] {
        try RosterKeeping.setOpenDays(weekdays, from: from, by: work, in: tx)
        return try Displacements.refresh(
            doctor: nil, from: from, to: from.adding(days: horizon), cause: "门诊这一天不开诊", by: work, in: tx)
    }

    /// Takes over the public holidays that are still ahead and undecided, as the country has them.
    /// - Returns: how many days were decided, and the bookings that have no doctor now.
    @discardableResult
    package static func followHolidays(
        by work: Work, in tx: any WriteTransaction
    ) throws -> (days: Int, displaced: [Appointment]) {
        let ahead = work.playbook.holidays.filter { $0.day >= work.today }
        guard let first = ahead.map(\.day).min(), let last = ahead.map(\.day).max() else { return (0, []) }
        let decided = try RosterStore.load(clinic: work.clinic.id, from: first, to: last, in: tx).days
        let open = ahead.filter { decided[$0.day] == nil }
        for holiday in open {
            try RosterKeeping.decide(
                holiday.day, holiday.kind == .rest ? .closed : .open(asWeekday: nil), name: holiday.name, by: work,
                in: tx)
        }
        let displaced = try Displacements.refresh(
            doctor: nil, from: first, to: last, cause: "节假日休诊", by: work, in: tx)
        return (open.count, displaced)
    }

    /// How far ahead a new weekly pattern is compared with bookings, in days.
    private static let horizon = 400
}
