import Kernel
import Storage

/// Changes bookings. The id stays, the history grows (R3.31).
extension Booking {
    /// Moves to another time, doctor, chair or length. All units change hands at once, or nothing does.
    ///
    /// - Throws: `BookingError`, `ChangedMeanwhile`, `NotFound`, `NotAllowed`.
    package static func move(
        _ command: MoveAppointment, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.moveAppointments)
        let before = try open(command.id, version: command.version, work, in: tx)
        guard command.to != before.slot else { throw BookingError.nothingChanged }
        _ = try BookingRules.check(
            command.reason, note: command.note, in: .move, field: "reason", noteField: "note", work.playbook)
        let facts = try BookingFacts.load(
            patient: before.patientID, doctor: command.to.doctorID, chair: command.to.chairID, by: work, in: tx)
        try check(facts)
        try BookingRules.checkLength(start: command.to.start, units: command.to.units)
        try BookingRules.checkTime(command.to, now: work.now, calendar: work.clinic.calendar)
        var after = before
        if command.to.doctorID != before.doctorID {
            let reason = command.doctorChangeReason?.nonBlank
            after.ruleApplied =
                try command.rule
                ?? BookingRules.doctorRule(
                    chosen: command.to.doctorID, treating: facts.treating, reason: reason,
                    level: work.playbook.level(of: .sameDoctor))
            after.doctorChangeReason = reason
            after.helpingForID = command.helpingForID
            try RotationTurns.giveBack(before, reason: "改由\(facts.doctorName)医生接诊", by: work, in: tx)
        }
        if let hold = command.holdID { try Holds.release(hold, in: tx) }
        after.override = try checkRoster(
            command.to, facts.doctorName, reason: command.overrideReason ?? before.override?.reason,
            note: command.overrideNote ?? before.override?.note, work, in: tx)
        // A customer who confirmed another time did not confirm this one.
        if (after.day, after.start) != (command.to.day, command.to.start) { after.confirmed = nil }
        after.place(at: command.to)
        after.parts = AppointmentPartRules.fitted(before.parts, units: command.to.units)
        if after.parts != before.parts { try AppointmentStore.replaceParts(of: after, in: tx) }
        after.moveCount += 1
        if after.day != before.day {
            _ = try EpidemicItems.check(
                after.items.map(\.itemID), on: after.day, reason: command.overrideReason ?? before.override?.reason,
                by: work, in: tx)
        }
        let stored = try store(
            after, before: before, reason: command.reason, note: command.note?.nonBlank, doctorName: facts.doctorName,
            event: AppointmentEvent.moved, work, in: tx)
        if stored.doctorID != before.doctorID {
            try takeComplaint(stored, left: before.doctorID, words: command.note, work, in: tx)
        }
        return stored
    }

    /// Longer or shorter, also while the customer is in the chair.
    package static func changeLength(
        _ id: ID<Appointment>, version: Int, units: Int, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.moveAppointments)
        let before = try current(id, version: version, work, in: tx)
        if let visit = try AppointmentStore.visit(of: id, in: tx), visit.finishedAt != nil || visit.leftAt != nil {
            throw BookingError.alreadyArrived
        }
        guard units != before.units else { throw BookingError.nothingChanged }
        try BookingRules.checkLength(start: before.start, units: units)
        let name = try StaffStore.names([before.doctorID], in: tx)[before.doctorID] ?? ""
        var after = before
        after.units = units
        after.parts = AppointmentPartRules.fitted(before.parts, units: units)
        if after.parts != before.parts { try AppointmentStore.replaceParts(of: after, in: tx) }
        if units > before.units {
            after.override = try checkRoster(
                after.slot, name, reason: before.override?.reason, note: before.override?.note, work, in: tx)
        }
        return try store(
            after, before: before, reason: "length", note: nil, doctorName: name,
            event: AppointmentEvent.lengthChanged, work, in: tx)
    }

    /// The chair becomes known, or changes without changing the appointment for the customer.
    package static func assignChair(
        _ id: ID<Appointment>, version: Int, chair: ID<Chair>?, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.moveAppointments)
        let before = try open(id, version: version, work, in: tx)
        guard chair != before.chairID else { return before }
        let facts = try BookingFacts.load(
            patient: before.patientID, doctor: before.doctorID, chair: chair, by: work, in: tx)
        if !facts.chairIsHere { throw BookingError.otherChair }
        var after = before
        after.chairID = chair
        try ResourceUnits.release(UnitHolder(.appointment, id), in: tx)
        try occupy(after, work, in: tx)
        after = try AppointmentStore.update(after, in: tx)
        try Audit.append(
            Event(
                AppointmentEvent.edited, of: id, patient: after.patientID,
                ["chairFrom": JSONValue(before.chairID), "chairTo": JSONValue(chair)]), by: work, in: tx)
        return after
    }

    /// Complaint, items and remark. Length and time stay; they are changed by `move` and `changeLength`.
    package static func edit(
        _ id: ID<Appointment>, version: Int, complaint: String, items: [BookedItem], remark: String?, by work: Work,
        in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.bookAppointments)
        var after = try current(id, version: version, work, in: tx)
        guard let complaint = complaint.nonBlank else { throw FormErrors("complaint", "请填写主诉，一句话即可") }
        let known = try ItemStore.list(ids: items.map(\.itemID), in: tx)
        let kept = Set(after.items.map(\.itemID))
        guard Set(known.map(\.id)) == Set(items.map(\.itemID)),
            known.allSatisfy({ $0.retiredAt == nil || kept.contains($0.id) })
        else { throw BookingError.noItem }
        _ = try EpidemicItems.check(
            items.map(\.itemID).filter { !kept.contains($0) }, on: after.day, reason: after.override?.reason, by: work,
            in: tx)
        let before = after
        after.complaint = complaint
        after.items = items
        after.remark = remark?.nonBlank
        after = try AppointmentStore.update(after, in: tx)
        if before.items != items { try AppointmentStore.replaceItems(of: after, in: tx) }
        try Audit.append(
            Event(
                AppointmentEvent.edited, of: id, patient: after.patientID,
                [
                    "complaintFrom": .text(before.complaint), "complaintTo": .text(complaint),
                    "itemsFrom": .list(before.items.map { JSONValue($0.itemID) }),
                    "itemsTo": .list(items.map { JSONValue($0.itemID) }),
                ]), by: work, in: tx)
        return after
    }

    // MARK: - Parts

    /// A booking that counts, at the version the page showed.
    static func current(
        _ id: ID<Appointment>, version: Int, _ work: Work, in tx: any ReadTransaction
    ) throws -> Appointment {
        let appointment = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
        if appointment.cancellation != nil { throw BookingError.alreadyCancelled }
        if appointment.missed != nil { throw BookingError.alreadyMissed }
        guard appointment.version == version else { throw try AppointmentStore.changedMeanwhile(id, in: tx) }
        return appointment
    }

    /// The same, and the customer has not arrived.
    static func open(
        _ id: ID<Appointment>, version: Int, _ work: Work, in tx: any ReadTransaction
    ) throws -> Appointment {
        let appointment = try current(id, version: version, work, in: tx)
        if try AppointmentStore.visit(of: id, in: tx) != nil { throw BookingError.alreadyArrived }
        return appointment
    }

    private static func store(
        _ after: Appointment, before: Appointment, reason: String, note: String?, doctorName: String, event: String,
        _ work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try ResourceUnits.release(UnitHolder(.appointment, before.id), in: tx)
        try occupy(after, work, in: tx)
        let stored = try AppointmentStore.update(after, in: tx)
        try Displacements.follow(stored, start: before.start, by: work, in: tx)
        try AppointmentStore.append(
            AppointmentMove(
                id: work.newID(), appointmentID: after.id, from: before.slot, to: after.slot, reason: reason,
                note: note,
                moved: Appointment.Mark(at: work.now, by: work.actor.id)), in: tx)
        let hasArrived = try AppointmentStore.visit(of: after.id, in: tx) != nil
        try AppointmentTasks.reconcile(stored, doctorName: doctorName, hasArrived: hasArrived, by: work, in: tx)
        try Audit.append(
            Event(
                event, of: after.id, patient: after.patientID,
                [
                    "from": AppointmentEvent.slot(before.slot), "to": AppointmentEvent.slot(after.slot),
                    "reason": .text(reason), "note": JSONValue(note),
                    "override": JSONValue(after.override?.rule.rawValue),
                    "overrideReason": JSONValue(after.override?.reason),
                ]), by: work, in: tx)
        return stored
    }
}

extension Appointment {
    mutating func place(at slot: Slot) {
        day = slot.day
        start = slot.start
        units = slot.units
        doctorID = slot.doctorID
        chairID = slot.chairID
    }
}
