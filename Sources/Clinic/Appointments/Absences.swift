import Kernel
import Storage

/// Customers who should be here and are not: candidates, until somebody decides (R3.35).
package struct AbsenceCandidate: Hashable, Sendable {
    package let appointment: Appointment
    package let patientName: String
    package let doctorName: String
    package let purpose: String
    /// Minutes since the booked start.
    package let lateMinutes: Int
    /// End and tolerance are over: the desk should decide.
    package let isDue: Bool
    /// What the customer said about coming later; nil: nothing was said.
    package let said: String?
}

package enum AbsenceRules {
    /// The instant from which a booking is a candidate: its end and the tolerance (R3.35).
    package static func dueAt(_ slot: Slot, toleranceMinutes: Int, calendar: ClinicCalendar) -> Timestamp {
        calendar.instant(slot.day, slot.end).adding(minutes: toleranceMinutes)
    }
}

package enum Absences {
    /// Bookings of a day whose start has passed and whose customer is not here, first booked first.
    package static func list(_ day: Day, by work: Work, in tx: any ReadTransaction) throws -> [AbsenceCandidate] {
        let calendar = work.clinic.calendar
        let plan = try DayPlan.load(clinic: work.clinic.id, day: day, in: tx)
        let open = plan.entries.filter { $0.state.isLate($0.appointment, now: work.now, calendar: calendar) }
        let said = try BookingNoteStore.latest(.late, of: open.map(\.appointment.id), in: tx)
        return open.map { entry in
            let a = entry.appointment
            let dueAt = AbsenceRules.dueAt(
                a.slot, toleranceMinutes: work.playbook[.appointmentNoShowToleranceMinutes], calendar: calendar)
            return AbsenceCandidate(
                appointment: a, patientName: entry.patientName, doctorName: entry.doctorName, purpose: entry.purpose,
                lateMinutes: work.now.minutes(since: calendar.instant(a.day, a.start)), isDue: work.now >= dueAt,
                said: said[a.id]?.detail)
        }
    }

    /// What must be decided before a day can be closed (R3.35): nobody arrived, and nobody said what became of it.
    package static func undecided(
        _ day: Day, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [Appointment] {
        try DayPlan.load(clinic: clinic, day: day, in: tx).entries.filter { $0.state.isExpected }.map(\.appointment)
    }
}
