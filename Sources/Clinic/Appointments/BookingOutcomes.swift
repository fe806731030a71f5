import Kernel
import Storage

/// How a booking ends before the customer arrives, and the way back within seconds.
extension Booking {
    /// The customer said on the day before that they will come (R3.25).
    package static func confirm(
        _ id: ID<Appointment>, version: Int, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.bookAppointments)
        var appointment = try open(id, version: version, work, in: tx)
        guard appointment.confirmed == nil else { return appointment }
        appointment.confirmed = Appointment.Mark(at: work.now, by: work.actor.id)
        return try store(appointment, AppointmentEvent.confirmed, [:], work, in: tx)
    }

    package static func unconfirm(
        _ id: ID<Appointment>, version: Int, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.bookAppointments)
        var appointment = try open(id, version: version, work, in: tx)
        guard appointment.confirmed != nil else { return appointment }
        appointment.confirmed = nil
        return try store(appointment, AppointmentEvent.unconfirmed, [:], work, in: tx)
    }

    /// Cancels with a coded reason and who started it; the notice is kept for the statistics (R3.36).
    package static func cancel(
        _ command: CancelAppointment, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.cancelAppointments)
        var appointment = try open(command.id, version: command.version, work, in: tx)
        let code = try BookingRules.check(
            command.reason, note: command.note, in: .cancellation, field: "reason", noteField: "note", work.playbook)
        let cancellation = Appointment.Cancellation(
            mark: Appointment.Mark(at: work.now, by: work.actor.id), reason: command.reason,
            side: command.side ?? code.initiator.map { CancelSide($0) } ?? .patient, note: command.note?.nonBlank,
            noticeMinutes: BookingRules.noticeMinutes(
                appointment.slot, cancelledAt: work.now, calendar: work.clinic.calendar))
        appointment.cancellation = cancellation
        if let day = command.callbackOn {
            guard day >= work.today else { throw FormErrors("callbackOn", "回电日期要在今天以后") }
            try BookingNotes.add(.noNextDate, detail: day.iso, to: appointment.id, by: work, in: tx)
        }
        try ResourceUnits.release(UnitHolder(.appointment, appointment.id), in: tx)
        return try store(
            appointment, AppointmentEvent.cancelled,
            [
                "slot": AppointmentEvent.slot(appointment.slot), "reason": .text(cancellation.reason),
                "side": .text(cancellation.side.rawValue), "noticeMinutes": JSONValue(cancellation.noticeMinutes),
                "note": JSONValue(cancellation.note),
            ], work, in: tx)
    }

    /// The customer did not come: somebody's act, never before the booked start (R3.35).
    package static func markMissed(
        _ id: ID<Appointment>, version: Int, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.moveAppointments)
        var appointment = try open(id, version: version, work, in: tx)
        guard work.now >= work.clinic.calendar.instant(appointment.day, appointment.start) else {
            throw BookingError.tooEarlyForMissed(
                start: "\(appointment.day.monthDayText) \(appointment.start.clockText)")
        }
        appointment.missed = Appointment.Mark(at: work.now, by: work.actor.id)
        try ResourceUnits.release(UnitHolder(.appointment, id), in: tx)
        return try store(
            appointment, AppointmentEvent.missed, ["slot": AppointmentEvent.slot(appointment.slot)], work, in: tx)
    }

    /// Takes back the own last cancellation or no-show mark while the toast is shown. Within the day the mark of a no-show
    /// may be taken back by whoever may move bookings: the customer may still come.
    ///
    /// - Throws: `BookingError.nothingToUndo`, or `.taken` when somebody was booked in the meantime.
    package static func undo(
        _ id: ID<Appointment>, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.moveAppointments)
        var appointment = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
        let seconds = work.playbook[.factUndoSeconds]
        let missedToday = appointment.missed != nil && appointment.day == work.today
        guard let mark = appointment.cancellation?.mark ?? appointment.missed,
            missedToday || (mark.by == work.actor.id && work.now <= mark.at.adding(seconds: seconds))
        else { throw BookingError.nothingToUndo(seconds: seconds) }
        appointment.cancellation = nil
        appointment.missed = nil
        try occupy(appointment, work, in: tx)
        return try store(
            appointment, AppointmentEvent.undone, ["slot": AppointmentEvent.slot(appointment.slot)], work, in: tx)
    }

    private static func store(
        _ appointment: Appointment, _ event: String, _ payload: JSONValue, _ work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        let stored = try AppointmentStore.update(appointment, in: tx)
        if stored.isLive {
            try Displacements.check(stored, by: work, in: tx)
        } else {
            try Displacements.follow(stored, start: stored.start, by: work, in: tx)
        }
        try RotationTurns.settle(stored, by: work, in: tx)
        try AppointmentTasks.reconcile(stored, hasArrived: false, by: work, in: tx)
        try Audit.append(
            Event(event, of: stored.id, patient: stored.patientID, payload), by: work, in: tx)
        return stored
    }
}
