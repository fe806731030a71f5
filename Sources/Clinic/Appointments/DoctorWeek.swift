import Kernel
import Storage

/// Seven days of one doctor in one clinic, Monday first.
package struct DoctorWeek: Hashable, Sendable {
    package let doctor: Staff
    package let monday: Day
    package let chairs: [Chair]
    package let entries: [DayPlan.Entry]
    /// Of this doctor.
    package let blocks: [ScheduleBlock]
    package let holds: [HeldUnits]
    package let roster: RosterFacts

    package var days: [Day] { (0..<7).map { monday.adding(days: $0) } }
    package func spans(on day: Day) -> [WorkSpan] { RosterRules.spans(of: doctor.id, on: day, roster) }

    /// At most 6 statements.
    package static func load(
        doctor: Staff, clinic: ID<ClinicSite>, weekOf day: Day, now: Timestamp, in tx: any ReadTransaction
    ) throws -> DoctorWeek {
        let monday = day.adding(days: 1 - day.weekday)
        let sunday = monday.adding(days: 6)
        return DoctorWeek(
            doctor: doctor, monday: monday, chairs: try PlaceStore.chairs(clinic: clinic, in: tx),
            entries: try BookEntries.list(
                where: """
                    a.clinic_id = \(clinic) AND a.day BETWEEN \(monday) AND \(sunday) AND a.doctor_id = \(doctor.id)
                    """, in: tx),
            blocks: try BlockStore.list(doctor: doctor.id, clinic: clinic, from: monday, to: sunday, in: tx),
            holds: try ResourceUnits.listHolds(of: [doctor.id], from: monday, to: sunday, now: now, in: tx),
            roster: try RosterStore.load(clinic: clinic, staff: doctor.id, from: monday, to: sunday, in: tx))
    }
}
