import Kernel
import Storage

/// Places bookings (R3.01–R3.08, R3.14, R3.32).
package enum Booking {
    /// Books, or throws naming what stands in the way. Writes booking, units, reminder task and log, or nothing.
    ///
    /// - Throws: `BookingError`, `MergedFile`, `FormErrors`, `NotFound`, `NotAllowed`.
    package static func place(
        _ command: PlaceAppointment, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.bookAppointments)
        if command.squeezeReason != nil { try work.actor.require(.squeezeIn) }
        try checkForm(command, work)
        try PatientStore.claim(command.patientID, in: tx)
        let facts = try BookingFacts.load(
            patient: command.patientID, doctor: command.doctorID, chair: command.chairID, by: work, in: tx)
        try check(facts)
        var appointment = try appointment(command, facts, work, in: tx)
        try BookingRules.checkLength(start: appointment.start, units: appointment.units)
        try AppointmentParts.check(command.parts, units: appointment.units, by: work, in: tx)
        appointment.parts = command.parts
        try BookingRules.checkTime(appointment.slot, now: work.now, calendar: work.clinic.calendar)
        appointment.override = try checkRoster(
            appointment.slot, facts.doctorName, reason: command.overrideReason, note: command.overrideNote, work, in: tx
        )
        try checkEpidemic(&appointment, command, work, in: tx)
        try checkCapacity(&appointment, command, work, in: tx)
        if let hold = command.holdID { try Holds.release(hold, in: tx) }
        try AppointmentStore.insert(appointment, in: tx)
        if let wish = command.wish?.nonBlank {
            try BookingWishStore.insert(String(wish.prefix(100)), for: appointment.id, in: tx)
        }
        try occupy(appointment, work, in: tx)
        try AppointmentTasks.reconcile(appointment, doctorName: facts.doctorName, by: work, in: tx)
        if facts.hasDropped { try AppointmentTasks.settleDropped(of: appointment.patientID, by: work, in: tx) }
        try Deferrals.settle(
            patient: appointment.patientID, items: appointment.items.map(\.itemID), appointment: appointment.id,
            by: work, in: tx)
        try Audit.append(placed(appointment), by: work, in: tx)
        try takeComplaint(appointment, left: facts.treating?.id, words: command.remark, work, in: tx)
        try HandedCases.settle(by: appointment, doctor: facts.doctorName, work, in: tx)
        return appointment
    }

    /// What would stand in the way of a booking or move: rules and taken units, without writing. For the ghost of a drag.
    /// - Parameter own: the booking that is moved; its own units do not count against it.
    package static func obstacles(
        _ slot: Slot, patient: ID<Patient>?, own: Appointment?, by work: Work, in tx: any ReadTransaction
    ) throws -> [any UserFacingError] {
        var found: [any UserFacingError] = []
        do {
            try BookingRules.checkLength(start: slot.start, units: slot.units)
            try BookingRules.checkTime(slot, now: work.now, calendar: work.clinic.calendar)
        } catch {
            return [error]
        }
        let units = slot.start.index..<slot.end.index
        let taken = try ResourceUnits.taken(
            claims(slot, patient: patient, own: own), day: slot.day,
            excluding: own.map { [UnitHolder(.appointment, $0.id)] } ?? [],
            clinic: work.clinic.id, now: work.now, in: tx)
        found += taken.map { BookingError.taken($0) }
        let spans = RosterRules.spans(
            of: slot.doctorID, on: slot.day,
            try RosterStore.load(
                clinic: work.clinic.id, staff: slot.doctorID, from: slot.day, to: slot.day, in: tx))
        if !RosterRules.covers(spans, units), work.playbook.level(of: .bookingOutsideRoster) != .off {
            let name = try StaffStore.names([slot.doctorID], in: tx)[slot.doctorID] ?? ""
            found.append(
                work.actor.may(.bookOutsideRoster)
                    ? BookingError.outsideRosterNeedsReason(doctor: name, works: RosterRules.text(spans))
                    : BookingError.outsideRoster(doctor: name, works: RosterRules.text(spans)))
        }
        return found
    }

    /// A moved booking needs what it will take: doctor, assistant and devices only for their parts, if it has any.
    private static func claims(_ slot: Slot, patient: ID<Patient>?, own: Appointment?) -> [Claim] {
        if var moved = own {
            moved.place(at: slot)
            moved.parts = AppointmentPartRules.fitted(moved.parts, units: slot.units)
            return BookingRules.claims(moved)
        }
        let units = slot.start.index..<slot.end.index
        return [Claim(.doctor, slot.doctorID, units)] + (slot.chairID.map { [Claim(.chair, $0, units)] } ?? [])
            + (patient.map { [Claim(.patient, $0, units)] } ?? [])
    }

    // MARK: - Parts that moving shares

    static func check(_ facts: BookingFacts) throws {
        if !facts.isBookable { throw BookingError.notADoctor(name: facts.doctorName) }
        if !facts.chairIsHere { throw BookingError.otherChair }
    }

    /// R3.08
    static func checkRoster(
        _ slot: Slot, _ doctorName: String, reason: String?, note: String?, _ work: Work, in tx: any ReadTransaction
    ) throws -> RuleOverride? {
        let facts = try RosterStore.load(
            clinic: work.clinic.id, staff: slot.doctorID, from: slot.day, to: slot.day, in: tx)
        var override: RuleOverride?
        if let reason = reason?.nonBlank {
            _ = try BookingRules.check(
                reason, note: note, in: .override, field: "overrideReason", noteField: "overrideNote", work.playbook)
            override = RuleOverride(rule: .bookingOutsideRoster, reason: reason, note: note?.nonBlank)
        }
        return try BookingRules.checkRoster(
            slot, spans: RosterRules.spans(of: slot.doctorID, on: slot.day, facts), doctor: doctorName,
            level: work.playbook.level(of: .bookingOutsideRoster), actor: work.actor, override: override)
    }

    /// R3.41: read only where the clinic made the rule stop somebody; a booking is the hot path of the morning.
    private static func checkCapacity(
        _ a: inout Appointment, _ command: PlaceAppointment, _ work: Work, in tx: any ReadTransaction
    ) throws {
        let level = work.playbook.level(of: .slotCapacity)
        if level == .off || level == .remind { return }
        let visitors = try Visitors.load(from: a.day, to: a.day, by: work, in: tx)
        let override = command.overrideReason?.nonBlank.map {
            RuleOverride(rule: .slotCapacity, reason: $0, note: command.overrideNote?.nonBlank)
        }
        let passed = try BookingRules.checkCapacity(
            visitors: visitors.most(on: a.day, a.start.index..<a.end.index), ceiling: visitors.ceiling, level: level,
            actor: work.actor, override: override)
        if a.override == nil { a.override = passed }
    }

    static func occupy(_ a: Appointment, _ work: Work, in tx: any WriteTransaction) throws {
        try ResourceUnits.occupy(
            BookingRules.claims(a), day: a.day, holder: UnitHolder(.appointment, a.id), clinic: a.clinicID,
            now: work.now, in: tx)
    }

    // MARK: - Placing

    private static func checkForm(_ command: PlaceAppointment, _ work: Work) throws {
        let playbook = work.playbook
        guard command.complaint.nonBlank != nil else { throw FormErrors("complaint", "请填写主诉，一句话即可") }
        _ = try BookingRules.check(
            command.channel, note: nil, in: .bookingChannel, field: "channel", noteField: "remark", playbook)
        if let reason = command.deskReason?.nonBlank {
            _ = try BookingRules.check(
                reason, note: command.remark, in: .onSpotBooking, field: "deskReason", noteField: "remark", playbook)
        } else if command.channel == "onSpot", case .require = playbook.level(of: .onSpotReasonGiven) {
            throw BookingError.deskReasonMissing
        }
        if let reason = command.squeezeReason {
            guard reason.nonBlank != nil else { throw BookingError.squeezeNeedsReason }
            _ = try BookingRules.check(
                reason, note: command.remark, in: .squeezeIn, field: "squeezeReason", noteField: "remark", playbook)
        }
        if let reason = command.doctorChangeReason?.nonBlank {
            _ = try BookingRules.check(
                reason, note: command.remark, in: .doctorChange, field: "doctorChangeReason", noteField: "remark",
                playbook)
        }
    }

    private static func appointment(
        _ command: PlaceAppointment, _ facts: BookingFacts, _ work: Work, in tx: any ReadTransaction
    ) throws -> Appointment {
        let items = try ItemStore.list(ids: command.items.map(\.itemID), in: tx)
        guard Set(items.map(\.id)) == Set(command.items.map(\.itemID)), items.allSatisfy({ $0.retiredAt == nil })
        else { throw BookingError.noItem }
        let byID = Dictionary(items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let reason = command.doctorChangeReason?.nonBlank
        let rule =
            try command.rule
            ?? BookingRules.doctorRule(
                chosen: command.doctorID, treating: facts.treating, reason: reason,
                level: work.playbook.level(of: .sameDoctor))
        return Appointment(
            id: work.newID(), clinicID: work.clinic.id, day: command.day, start: command.start,
            units: command.units
                ?? BookingRules.proposedUnits(
                    items: command.items.compactMap { byID[$0.itemID] },
                    routineExamUnits: work.playbook[.appointmentRoutineExamUnits]),
            patientID: command.patientID, doctorID: command.doctorID, assistantID: command.assistantID,
            chairID: command.chairID, complaint: command.complaint.trimmed, items: command.items,
            channel: command.channel, deskReason: command.channel == "onSpot" ? command.deskReason?.nonBlank : nil,
            remark: command.remark?.nonBlank, squeezeReason: command.squeezeReason?.nonBlank, ruleApplied: rule,
            helpingForID: command.helpingForID, costDoctorID: command.costDoctorID,
            doctorChangeReason: command.rule != nil || rule == .changed ? reason : nil, override: nil,
            booked: Appointment.Mark(at: work.now, by: work.actor.id), confirmed: nil, cancellation: nil, missed: nil,
            moveCount: 0, version: 1)
    }

    private static func placed(_ a: Appointment) -> Event {
        Event(
            AppointmentEvent.placed, of: a.id, patient: a.patientID,
            [
                "to": AppointmentEvent.slot(a.slot), "channel": .text(a.channel), "rule": .text(a.ruleApplied.rawValue),
                "squeezed": .bool(a.isSqueezed), "squeezeReason": JSONValue(a.squeezeReason),
                "override": JSONValue(a.override?.rule.rawValue), "overrideReason": JSONValue(a.override?.reason),
                "helpingFor": JSONValue(a.helpingForID), "costDoctor": JSONValue(a.costDoctorID),
                "doctorChangeReason": JSONValue(a.doctorChangeReason),
                "items": .list(a.items.map { JSONValue($0.itemID) }),
            ])
    }
}
