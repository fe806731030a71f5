import Kernel
import Storage

/// The waiting list 候补: who asks, who is called, who gets the unit.
package enum WaitingList {
    /// - Throws: `FormErrors`, `NotFound`, `NotAllowed`.
    package static func ask(
        _ command: AskToWait, by work: Work, in tx: any WriteTransaction
    ) throws -> WaitingEntry {
        try work.actor.require(.bookAppointments)
        _ = try PatientStore.get(command.patientID, in: tx)
        let items = try ItemStore.list(ids: command.items.map(\.itemID), in: tx)
        let units =
            command.units
            ?? BookingRules.proposedUnits(
                items: items, routineExamUnits: work.playbook[.appointmentRoutineExamUnits])
        try check(command, units: units, work)
        var held: WaitingEntry.HeldBooking?
        if let id = command.held {
            let booking = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
            guard booking.patientID == command.patientID, booking.isLive else { throw NotFound("预约") }
            held = WaitingEntry.HeldBooking(
                id: id, day: booking.day, start: booking.start, version: booking.version)
        }
        let entry = WaitingEntry(
            id: work.newID(), clinicID: work.clinic.id, patientID: command.patientID, doctorID: command.doctorID,
            held: held, complaint: command.complaint.trimmed, items: command.items, units: units, suits: command.suits,
            urgency: command.urgency, note: command.note?.nonBlank,
            asked: Appointment.Mark(at: work.now, by: work.actor.id), lastCalledAt: nil, calls: 0, closed: nil,
            version: 1)
        try WaitingStore.insert(entry, in: tx)
        try Audit.append(
            Event(
                "waiting.asked", of: entry.id, patient: entry.patientID,
                [
                    "doctor": JSONValue(entry.doctorID), "units": JSONValue(units), "suits": .text(entry.suits.text),
                    "held": JSONValue(command.held),
                ]), by: work, in: tx)
        return entry
    }

    private static func check(_ command: AskToWait, units: Int, _ work: Work) throws(FormErrors) {
        var faults = FormErrors()
        let suits = command.suits
        if command.complaint.nonBlank == nil { faults.add("complaint", "请填写主诉，一句话即可") }
        if !(1...Unit.perDay).contains(units) { faults.add("units", "时长以 15 分钟为单位，请从列表里选择") }
        if suits.weekdays.isEmpty { faults.add("weekdays", "请至少选一个方便的日子") }
        if suits.from.index + units > suits.to.index { faults.add("to", "方便的时间段放不下这个时长，请放宽") }
        if let last = suits.lastDay, last < max(suits.firstDay, work.today) {
            faults.add("lastDay", "最后一天已经过去或早于第一天")
        }
        try faults.throwIfAny()
    }

    /// A call that ends without a booking: nobody answers, not this time, not any more. The next one is called.
    /// - Parameter offered: what was offered; nil: only asked whether the customer still waits.
    /// - Throws: `FormErrors`, `ChangedMeanwhile`, `NotFound`, `NotAllowed`.
    package static func recordCall(
        _ id: ID<WaitingEntry>, version: Int, offered: Slot?, answer: String, note: String?, by work: Work,
        in tx: any WriteTransaction
    ) throws -> WaitingEntry {
        try work.actor.require(.bookAppointments)
        let entry = try current(id, version: version, work, in: tx)
        guard let code = work.playbook.code(answer, in: .waitingAnswer) else {
            throw FormErrors("answer", "请从列出的结果中选一项")
        }
        if code.needsNote, note?.nonBlank == nil { throw FormErrors("note", "请写一句说明") }
        try WaitingStore.recordCall(
            on: entry, at: work.now, closing: answer == "withdrawn" ? answer : nil, by: work.actor.id, in: tx)
        try log(entry, offered: offered, answer: answer, note: note, work, in: tx)
        return try WaitingStore.get(id, clinic: work.clinic.id, in: tx)
    }

    /// The customer says yes: call and booking in one step. A booking held for later is moved forward; without one a new
    /// one is placed.
    /// - Parameter freed: the booking whose unit this was; its task is settled.
    /// - Throws: as `Booking.place` and `Booking.move`.
    package static func accept(
        _ id: ID<WaitingEntry>, version: Int, slot: Slot, freed: ID<Appointment>?, by work: Work,
        in tx: any WriteTransaction
    ) throws -> Appointment {
        let entry = try current(id, version: version, work, in: tx)
        let booked: Appointment
        if let held = entry.held {
            booked = try Booking.move(
                MoveAppointment(id: held.id, version: held.version, to: slot, reason: "earlier"), by: work, in: tx)
        } else {
            booked = try Booking.place(
                PlaceAppointment(
                    patientID: entry.patientID, day: slot.day, start: slot.start, units: slot.units,
                    doctorID: slot.doctorID, chairID: slot.chairID, complaint: entry.complaint, items: entry.items,
                    channel: "phone", remark: entry.note), by: work, in: tx)
        }
        try WaitingStore.recordCall(on: entry, at: work.now, closing: "booked", by: work.actor.id, in: tx)
        try log(entry, offered: slot, answer: "booked", note: nil, work, in: tx)
        if let freed { try FreedUnits.settle(freed, cause: "候补客人已补上", by: work, in: tx) }
        return booked
    }

    /// Takes somebody off the list without a call.
    package static func remove(
        _ id: ID<WaitingEntry>, version: Int, by work: Work, in tx: any WriteTransaction
    ) throws -> WaitingEntry {
        try work.actor.require(.bookAppointments)
        let entry = try current(id, version: version, work, in: tx)
        try WaitingStore.close(entry, outcome: "withdrawn", at: work.now, by: work.actor.id, in: tx)
        try Audit.append(
            Event("waiting.removed", of: id, patient: entry.patientID), by: work, in: tx)
        return entry
    }

    private static func current(
        _ id: ID<WaitingEntry>, version: Int, _ work: Work, in tx: any ReadTransaction
    ) throws -> WaitingEntry {
        let entry = try WaitingStore.get(id, clinic: work.clinic.id, in: tx)
        guard entry.isOpen, entry.version == version else { throw ChangedMeanwhile("候补") }
        return entry
    }

    private static func log(
        _ entry: WaitingEntry, offered: Slot?, answer: String, note: String?, _ work: Work, in tx: any WriteTransaction
    ) throws {
        try WaitingStore.insert(
            WaitingCall(
                id: work.newID(), entryID: entry.id, called: Appointment.Mark(at: work.now, by: work.actor.id),
                offered: offered, answer: answer, note: note?.nonBlank), in: tx)
        try Audit.append(
            Event(
                answer == "booked" ? "waiting.booked" : "waiting.called", of: entry.id, patient: entry.patientID,
                [
                    "answer": .text(answer), "offered": offered.map(AppointmentEvent.slot) ?? .null,
                    "note": JSONValue(note?.nonBlank),
                ]), by: work, in: tx)
    }
}
