import Kernel
import Storage

/// Which work a booking makes due. Pure (design idea 3).
package enum AppointmentObligations {
    /// The kinds of facts this feature speaks for.
    package static let scope: Set<TaskRule.Fact> = [.appointmentBooked, .appointmentMissed, .appointmentCancelled]

    /// The day-before call (R3.24) while the booking stands and is not confirmed; a contact after a no-show (R3.35) or a
    /// cancellation (R3.30).
    ///
    /// - Parameter hasLaterBooking: the customer has another booking that still counts.
    package static func facts(
        _ a: Appointment, doctorName: String, hasArrived: Bool, hasLaterBooking: Bool, playbook: Playbook,
        calendar: ClinicCalendar
    ) -> [TaskFact] {
        if hasArrived { return [] }
        let subject = TaskSubject(.appointment, a.id)
        let when = "\(a.day.monthDayText) \(a.start.clockText) \(doctorName)医生"
        let later: Set<TaskRule.Condition> = hasLaterBooking ? [] : [.noLaterBooking]
        if let cancellation = a.cancellation {
            return [
                TaskFact(
                    .appointmentCancelled, of: subject, anchor: cancellation.mark.at,
                    anchorDay: calendar.businessDay(of: cancellation.mark.at), patientID: a.patientID, holding: later,
                    recorder: a.booked.by, treatingDoctor: a.doctorID, reason: "取消了 \(when)")
            ]
        }
        if a.missed != nil {
            return [
                TaskFact(
                    .appointmentMissed, of: subject, occurrence: a.day.iso,
                    anchor: calendar.instant(a.day, a.end)
                        .adding(minutes: playbook[.appointmentNoShowToleranceMinutes]),
                    anchorDay: a.day, patientID: a.patientID, holding: later, recorder: a.booked.by,
                    treatingDoctor: a.doctorID, reason: "未到 \(when)")
            ]
        }
        guard a.confirmed == nil else { return [] }
        var holding: Set<TaskRule.Condition> = [.stillBooked]
        let reminderDay = a.day.adding(days: -playbook[.appointmentReminderDaysBefore])
        if calendar.businessDay(of: a.booked.at) < reminderDay { holding.insert(.bookedBeforeReminderDay) }
        return [
            // The day is part of the key: a call made for another day does not count for this one.
            TaskFact(
                .appointmentBooked, of: subject, occurrence: a.day.iso, anchor: calendar.instant(a.day, a.start),
                anchorDay: a.day, patientID: a.patientID, holding: holding, recorder: a.booked.by,
                treatingDoctor: a.doctorID, reason: "提醒 \(when)")
        ]
    }

    /// Why tasks of this booking are withdrawn.
    static func cause(_ a: Appointment, hasArrived: Bool) -> String {
        if hasArrived { return "客人已到店" }
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
        let hasLater = try !a.isLive && hasLaterBooking(than: a, by: work, in: tx)
        let facts = AppointmentObligations.facts(
            a, doctorName: doctorName, hasArrived: hasArrived, hasLaterBooking: hasLater, playbook: work.playbook,
            calendar: work.clinic.calendar)
        try Tasks.reconcile(
            facts, of: TaskSubject(.appointment, a.id), scope: AppointmentObligations.scope,
            cause: hasLater ? "已另有预约" : AppointmentObligations.cause(a, hasArrived: hasArrived), by: work, in: tx)
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
