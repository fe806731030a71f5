import Kernel
import Storage

/// What else is known of a booking when its work is reckoned.
package struct BookingCircumstances: Hashable, Sendable {
    package var doctorName = ""
    package var hasArrived = false
    /// The customer has another booking that still counts.
    package var hasLaterBooking = false
    package var preparation = Preparation.none
    /// The last time it got another time, doctor or chair; a change of length is none.
    package var lastMove: AppointmentMove?
    /// No next date was agreed: the day the customer wants to be called (R3.30).
    package var callbackOn: Day?
    package init(doctorName: String = "", hasArrived: Bool = false, hasLaterBooking: Bool = false) {
        self.doctorName = doctorName
        self.hasArrived = hasArrived
        self.hasLaterBooking = hasLaterBooking
    }
}

/// Which work a booking makes due. Pure (design idea 3).
package enum AppointmentObligations {
    /// The kinds of facts this feature speaks for.
    package static let scope: Set<TaskRule.Fact> = [
        .appointmentBooked, .appointmentMissed, .appointmentCancelled, .appointmentMoved, .callbackPromised,
    ]
    /// When a promised call is made that has a day but no time.
    static let callbackUnit = Unit(40)

    /// While the booking stands: the day-before call (R3.24), what the doctor should know (R3.38), the word about a move
    /// (R3.31). Afterwards: the contact after a no-show (R3.35) or a cancellation (R3.30).
    package static func facts(
        _ a: Appointment, _ known: BookingCircumstances, playbook: Playbook, calendar: ClinicCalendar
    ) -> [TaskFact] {
        if known.hasArrived { return [] }
        if let cancellation = a.cancellation { return [cancelled(a, cancellation, known, calendar)] }
        if a.missed != nil { return [missed(a, known, playbook, calendar)] }
        return [booked(a, known, playbook, calendar)] + moved(a, known, calendar)
    }

    private static func booked(
        _ a: Appointment, _ known: BookingCircumstances, _ playbook: Playbook, _ calendar: ClinicCalendar
    ) -> TaskFact {
        var holding: Set<TaskRule.Condition> = [.stillBooked]
        if a.confirmed == nil { holding.insert(.notConfirmed) }
        if !known.preparation.isEmpty { holding.insert(.hasSpecialNeeds) }
        if a.assistantID != nil { holding.insert(.hasAssistant) }
        let reminderDay = a.day.adding(days: -playbook[.appointmentReminderDaysBefore])
        if calendar.businessDay(of: a.booked.at) < reminderDay { holding.insert(.bookedBeforeReminderDay) }
        let needs = known.preparation.isEmpty ? "" : "；注意：\(known.preparation.text(playbook))"
        // The day is part of the key: a call made for another day does not count for this one.
        return TaskFact(
            .appointmentBooked, of: TaskSubject(.appointment, a.id), occurrence: a.day.iso,
            anchor: calendar.instant(a.day, a.start), anchorDay: a.day, patientID: a.patientID, holding: holding,
            recorder: a.booked.by, treatingDoctor: a.doctorID, assistant: a.assistantID,
            reason: "\(when(a, known))\(needs)")
    }

    /// For the doctor and assistant of the new time, and for the doctor who lost it.
    private static func moved(
        _ a: Appointment, _ known: BookingCircumstances, _ calendar: ClinicCalendar
    ) -> [TaskFact] {
        guard let move = known.lastMove else { return [] }
        let on = calendar.businessDay(of: move.moved.at)
        var holding: Set<TaskRule.Condition> = []
        if min(move.from.day, move.to.day) <= on.adding(days: 1) { holding.insert(.planAffected) }
        let reason =
            "\(move.from.day.monthDayText) \(move.from.start.clockText) 的预约改到 "
            + "\(move.to.day.monthDayText) \(move.to.start.clockText) \(known.doctorName)医生"
        func fact(_ occurrence: String, doctor: ID<Staff>, assistant: ID<Staff>?) -> TaskFact {
            TaskFact(
                .appointmentMoved, of: TaskSubject(.appointment, a.id), occurrence: occurrence, anchor: move.moved.at,
                anchorDay: on, patientID: a.patientID,
                holding: assistant == nil ? holding : holding.union([.hasAssistant]), recorder: move.moved.by,
                treatingDoctor: doctor, assistant: assistant, reason: reason)
        }
        var facts = [fact("\(a.moveCount)", doctor: move.to.doctorID, assistant: a.assistantID)]
        if move.from.doctorID != move.to.doctorID {
            facts.append(fact("\(a.moveCount) from", doctor: move.from.doctorID, assistant: nil))
        }
        return facts
    }

    private static func missed(
        _ a: Appointment, _ known: BookingCircumstances, _ playbook: Playbook, _ calendar: ClinicCalendar
    ) -> TaskFact {
        TaskFact(
            .appointmentMissed, of: TaskSubject(.appointment, a.id), occurrence: a.day.iso,
            anchor: AbsenceRules.dueAt(
                a.slot, toleranceMinutes: playbook[.appointmentNoShowToleranceMinutes], calendar: calendar),
            anchorDay: a.day, patientID: a.patientID, holding: later(known), recorder: a.booked.by,
            treatingDoctor: a.doctorID, reason: "未到 \(when(a, known))")
    }

    /// The call on the day agreed, or after the usual days when none was agreed (R3.30).
    private static func cancelled(
        _ a: Appointment, _ cancellation: Appointment.Cancellation, _ known: BookingCircumstances,
        _ calendar: ClinicCalendar
    ) -> TaskFact {
        let subject = TaskSubject(.appointment, a.id)
        let reason = "取消了 \(when(a, known))"
        guard let day = known.callbackOn else {
            return TaskFact(
                .appointmentCancelled, of: subject, anchor: cancellation.mark.at,
                anchorDay: calendar.businessDay(of: cancellation.mark.at), patientID: a.patientID,
                holding: later(known), recorder: a.booked.by, treatingDoctor: a.doctorID, reason: reason)
        }
        return TaskFact(
            .callbackPromised, of: subject, occurrence: day.iso, anchor: calendar.instant(day, callbackUnit),
            anchorDay: day, patientID: a.patientID, holding: later(known), recorder: cancellation.mark.by,
            treatingDoctor: a.doctorID, reason: "\(reason)，约好这天再联系")
    }

    private static func later(_ known: BookingCircumstances) -> Set<TaskRule.Condition> {
        known.hasLaterBooking ? [] : [.noLaterBooking]
    }

    private static func when(_ a: Appointment, _ known: BookingCircumstances) -> String {
        "\(a.day.monthDayText) \(a.start.clockText) \(known.doctorName)医生"
    }

    /// Why tasks of this booking are withdrawn.
    static func cause(_ a: Appointment, _ known: BookingCircumstances) -> String {
        if !a.isLive, known.hasLaterBooking { return "已另有预约" }
        if known.hasArrived { return "客人已到诊" }
        if a.cancellation != nil { return "已取消预约" }
        if a.missed != nil { return "已标记未到" }
        return a.confirmed != nil ? "客人已确认" : "预约已改"
    }
}

/// Keeps the tasks of a booking equal to what it makes due.
package enum AppointmentTasks {
    package static func reconcile(
        _ a: Appointment, hasArrived: Bool, by work: Work, in tx: any WriteTransaction
    ) throws {
        let name = try StaffStore.names([a.doctorID], in: tx)[a.doctorID] ?? ""
        try reconcile(a, doctorName: name, hasArrived: hasArrived, by: work, in: tx)
    }

    static func reconcile(
        _ a: Appointment, doctorName: String, hasArrived: Bool = false, by work: Work, in tx: any WriteTransaction
    ) throws {
        var known = BookingCircumstances(doctorName: doctorName, hasArrived: hasArrived)
        if a.isLive, !hasArrived {
            known.preparation = try Preparation.load(a, in: tx)
            if a.moveCount > 0 {
                known.lastMove = try AppointmentStore.listMoves(a.id, in: tx).last { $0.reason != "length" }
            }
        } else if !a.isLive {
            known.hasLaterBooking = try hasLaterBooking(than: a, by: work, in: tx)
            known.callbackOn = try BookingNoteStore.latest(.noNextDate, of: [a.id], in: tx)[a.id]
                .flatMap { $0.detail.flatMap { Day($0) } }
        }
        let facts = AppointmentObligations.facts(
            a, known, playbook: work.playbook, calendar: work.clinic.calendar)
        try Tasks.reconcile(
            facts, of: TaskSubject(.appointment, a.id), scope: AppointmentObligations.scope,
            cause: AppointmentObligations.cause(a, known), by: work, in: tx)
    }

    /// A new booking settles the calls about those the same customer dropped.
    static func settleDropped(
        of patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws {
        for dropped in try AppointmentStore.listOfPatient(patient, limit: 10, in: tx)
        where !dropped.isLive && dropped.clinicID == work.clinic.id {
            try reconcile(dropped, hasArrived: false, by: work, in: tx)
        }
    }

    private static func hasLaterBooking(
        than a: Appointment, by work: Work, in tx: any ReadTransaction
    ) throws -> Bool {
        let next = try AppointmentStore.nextOfPatient(a.patientID, from: min(a.day, work.today), in: tx)
        return next.map { $0.id != a.id } ?? false
    }
}
