import Kernel

/// The rules of placing, moving and dropping a booking. Pure.
package enum BookingRules {
    /// Quarters of an hour to reserve: the sum of the items' usual lengths (R3.03); a routine check when nothing is
    /// chosen (R3.02); never less than 1.
    package static func proposedUnits(items: [Item], routineExamUnits: Int) -> Int {
        max(1, items.isEmpty ? routineExamUnits : items.map(\.units).reduce(0, +))
    }

    /// R3.01: a length in minutes as whole units.
    package static func units(minutes: Int) throws(BookingError) -> Int {
        guard minutes >= Unit.minutes, minutes % Unit.minutes == 0 else { throw .badLength }
        return minutes / Unit.minutes
    }

    package static func checkLength(start: Unit, units: Int) throws(BookingError) {
        guard units >= 1 else { throw .badLength }
        guard units <= Unit.perDay, (0..<Unit.perDay).contains(start.index), start.index + units <= Unit.perDay else {
            throw .beyondMidnight
        }
    }

    /// The quarter of an hour that is running now can still be booked: the customer stands at the desk.
    package static func checkTime(
        _ slot: Slot, now: Timestamp, calendar: ClinicCalendar
    ) throws(BookingError) {
        guard calendar.instant(slot.day, slot.start.adding(1)) > now else { throw .inThePast }
    }

    /// R3.08. Level "require" is passed by a person with the capability and a reason, "remind" and "off" by everybody.
    /// - Returns: the override to store; nil inside the roster.
    package static func checkRoster(
        _ slot: Slot, spans: [WorkSpan], doctor: String, level: Level, actor: Actor, override: RuleOverride?
    ) throws(BookingError) -> RuleOverride? {
        if RosterRules.covers(spans, slot.start.index..<slot.end.index) { return nil }
        switch level {
        case .fixed: throw .outsideRoster(doctor: doctor, works: RosterRules.text(spans))
        case .require(let capability):
            guard actor.may(capability) else {
                throw .outsideRoster(doctor: doctor, works: RosterRules.text(spans))
            }
            guard let override else {
                throw .outsideRosterNeedsReason(doctor: doctor, works: RosterRules.text(spans))
            }
            return override
        case .remind, .off: return override
        }
    }

    /// R3.41. `visitors` are the others at the fullest quarter of an hour. Only levels that stop somebody get here with a
    /// count: a reminder is drawn, it does not ask.
    package static func checkCapacity(
        visitors: Int, ceiling: Int, level: Level, actor: Actor, override: RuleOverride?
    ) throws(BookingError) -> RuleOverride? {
        guard ceiling > 0, visitors >= ceiling else { return nil }
        switch level {
        case .off, .remind: return nil
        case .fixed: throw .crowded(visitors: visitors, ceiling: ceiling)
        case .require(let capability):
            guard actor.may(capability), let override else { throw .crowded(visitors: visitors, ceiling: ceiling) }
            return override
        }
    }

    /// R3.21: sooner than the clinic tells callers to book.
    package static func isShortLead(_ day: Day, today: Day, leadDays: [Int]) -> Bool {
        day < today.adding(days: leadDays.min() ?? 0)
    }

    /// R3.14: who was treated by somebody stays with that doctor.
    package static func doctorRule(
        chosen: ID<Staff>, treating: TreatingDoctor?, reason: String?, level: Level
    ) throws(BookingError) -> DoctorRule {
        guard let treating, level != .off else { return .chosen }
        if treating.id == chosen { return .sameDoctor }
        if !treating.isHere { return .chosen }
        switch level {
        case .fixed, .require:
            if reason == nil { throw .doctorChangeNeedsReason(treating: treating.name) }
        case .remind, .off: break
        }
        return .changed
    }

    /// R3.36: whole minutes from the cancellation to the booked start.
    package static func noticeMinutes(
        _ slot: Slot, cancelledAt: Timestamp, calendar: ClinicCalendar
    ) -> Int {
        calendar.instant(slot.day, slot.start).minutes(since: cancelledAt)
    }

    /// What a booking uses up: doctor (not when squeezed in), customer, assistant, chair and devices where known.
    package static func claims(_ a: Appointment) -> [Claim] {
        AppointmentPartRules.claims(a)
    }

    /// A code must be in its list; "other" asks for a sentence.
    static func check(
        _ code: String, note: String?, in list: CodeList, field: String, noteField: String, _ playbook: Playbook
    ) throws(BookingError) -> Code {
        guard let found = playbook.code(code, in: list) else { throw .unknownCode(field: field) }
        if found.needsNote, note?.nonBlank == nil { throw .noteMissing(field: noteField) }
        return found
    }
}

/// The doctor who treated a customer last (R3.14).
package struct TreatingDoctor: Hashable, Sendable {
    package let id: ID<Staff>
    package let name: String
    /// Still works here.
    package let isHere: Bool
}
