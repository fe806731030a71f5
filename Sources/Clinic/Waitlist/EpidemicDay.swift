import Kernel
import Storage

/// What the desk prepares while the epidemic mode is on.
package enum EpidemicDay {
    /// One booking of the morning list (R3.58).
    package struct Line: Hashable, Sendable {
        package let entry: DayPlan.Entry
        /// Items of it that are suspended now.
        package let suspended: [ID<Item>]
        /// nil: not asked yet (R3.45).
        package let screening: Screening?
    }

    /// The bookings of a day with what is to be prepared: items, time, doctor, answers.
    package static func lines(of day: Day, by work: Work, in tx: any ReadTransaction) throws -> [Line] {
        let plan = try DayPlan.load(clinic: work.clinic.id, day: day, in: tx)
        let entries = plan.entries.filter(\.appointment.isLive)
        let ids = Set(entries.flatMap { $0.appointment.items.map(\.itemID) })
        let items = try ItemStore.list(ids: Array(ids), in: tx)
        let suspended = Set(try EpidemicItems.suspended(items, on: day, by: work, in: tx).map(\.id))
        let screenings = try ScreeningStore.latest(for: entries.map(\.appointment.id), in: tx)
        return entries.map { entry in
            Line(
                entry: entry, suspended: entry.appointment.items.map(\.itemID).filter(suspended.contains),
                screening: screenings[entry.appointment.id])
        }
    }

    /// A booking made before its item was suspended.
    package struct Affected: Hashable, Sendable {
        package let appointment: Appointment
        package let suspended: [ID<Item>]
    }

    /// Bookings of the coming weeks that the mode makes impossible: each is put off with a call (R3.46).
    package static func affected(days: Int = 28, by work: Work, in tx: any ReadTransaction) throws -> [Affected] {
        let marked = Set(try EpidemicItems.list(by: work, in: tx).filter(\.isSuspended).map(\.item.id))
        guard !marked.isEmpty else { return [] }
        let ids = try tx.rows(
            """
            SELECT DISTINCT a.id, a.day, a.start_unit
            FROM appointment a
            JOIN appointment_item x ON x.appointment_id = a.id
            WHERE a.clinic_id = \(work.clinic.id) AND a.day BETWEEN \(work.today) AND \(work.today.adding(days: days))
                AND a.cancelled_at IS NULL AND a.missed_at IS NULL AND x.item_id IN \(list: marked.sorted())
                AND NOT EXISTS (SELECT 1 AS one FROM visit v WHERE v.appointment_id = a.id)
            ORDER BY a.day, a.start_unit, a.id
            LIMIT 300
            """
        ).map { try $0.id("id", Appointment.self) }
        return try ids.compactMap { id in
            let appointment = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
            guard work.playbook.on(appointment.day).isEpidemic else { return nil }
            return Affected(
                appointment: appointment, suspended: appointment.items.map(\.itemID).filter(marked.contains))
        }
    }

    /// How many bookings each item has on each of the coming days, so that possible items are spread (R3.47).
    package static func spread(
        days: Int = 7, by work: Work, in tx: any ReadTransaction
    ) throws -> [ID<Item>: [Day: Int]] {
        var counts: [ID<Item>: [Day: Int]] = [:]
        let rows = try tx.rows(
            """
            SELECT x.item_id, a.day, COUNT(*) AS n
            FROM appointment a
            JOIN appointment_item x ON x.appointment_id = a.id
            WHERE a.clinic_id = \(work.clinic.id) AND a.day BETWEEN \(work.today)
                    AND \(work.today.adding(days: days - 1))
                AND a.cancelled_at IS NULL AND a.missed_at IS NULL
            GROUP BY x.item_id, a.day
            """)
        for row in rows { counts[try row.id("item_id"), default: [:]][try row.day("day")] = try row.int("n") }
        return counts
    }

    /// Puts a booking off: cancelled by the clinic and registered as deferral, in one step.
    /// - Throws: `BookingError`, `FormErrors`, `ChangedMeanwhile`, `NotFound`, `NotAllowed`.
    package static func putOff(
        _ id: ID<Appointment>, version: Int, followUpOn: Day?, by work: Work, in tx: any WriteTransaction
    ) throws -> [Deferral] {
        let appointment = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
        let items = try ItemStore.list(ids: appointment.items.map(\.itemID), in: tx)
        let suspended = Set(try EpidemicItems.suspended(items, on: appointment.day, by: work, in: tx).map(\.id))
        let planned = appointment.items.filter { suspended.contains($0.itemID) }
        _ = try Booking.cancel(
            CancelAppointment(id: id, version: version, reason: "deferredEpidemic", side: .clinic), by: work, in: tx)
        return try Deferrals.register(
            DeferTreatment(
                patientID: appointment.patientID,
                items: planned.map { DeferTreatment.Planned($0.itemID, teeth: $0.teeth) },
                doctorID: appointment.doctorID, complaint: appointment.complaint, followUpOn: followUpOn), by: work,
            in: tx)
    }
}
