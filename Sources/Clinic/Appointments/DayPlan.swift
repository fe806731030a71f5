import Kernel
import Storage

/// One day of the appointment book with everything the board and the printed plan show (R3.28). Read in a fixed number of
/// statements, whatever the number of bookings.
package struct DayPlan: Hashable, Sendable {
    package let day: Day
    package let doctors: [Staff]
    package let chairs: [Chair]
    package let entries: [Entry]
    package let blocks: [ScheduleBlock]
    package let roster: RosterFacts

    /// A booking with the words of its row.
    package struct Entry: Hashable, Sendable {
        package let appointment: Appointment
        package let patientName: String
        package let recordNumber: String
        package let doctorName: String
        package let assistantName: String?
        /// With their teeth: "充填 16、17".
        package let items: [ItemText]
        package let state: AppointmentState
        package let visit: BookedVisit?
        /// Nobody treated this customer here before this day.
        package let isFirstVisit: Bool
        /// Something special is to be known before the customer enters (R1.07).
        package let hasAlert: Bool

        /// "充填 16、17 + 洁治", or the complaint when no item was chosen.
        package var purpose: String {
            items.isEmpty ? appointment.complaint : items.map(\.text).joined(separator: " + ")
        }
    }

    package struct ItemText: Hashable, Sendable {
        package let name: String
        package let teeth: [Tooth]
        package init(name: String, teeth: [Tooth]) {
            self.name = name
            self.teeth = teeth
        }
        package var text: String { teeth.isEmpty ? name : "\(name) \(Tooth.text(teeth))" }
    }

    /// Hours of `doctor` that day.
    package func spans(of doctor: ID<Staff>) -> [WorkSpan] { RosterRules.spans(of: doctor, on: day, roster) }

    /// Doctors that get a column: those who work that day or have bookings, in order of employee number.
    package var columns: [Staff] {
        let booked = Set(entries.map(\.appointment.doctorID))
        return doctors.filter { booked.contains($0.id) || !spans(of: $0.id).isEmpty }
    }
}

extension DayPlan {
    /// 7 statements.
    package static func load(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> DayPlan {
        let rows = try tx.rows(
            """
            SELECT \(AppointmentStore.columns), p.name AS patient_name, p.record_no, s.name AS doctor_name,
                h.name AS assistant_name, v.id AS visit_id, v.arrived_at, v.seated_at, v.finished_at, v.left_at,
                CASE WHEN EXISTS (
                    SELECT 1 AS one FROM visit w
                    WHERE w.patient_id = a.patient_id AND w.business_day < a.day AND w.seated_at IS NOT NULL
                ) THEN 0 ELSE 1 END AS is_first,
                CASE WHEN EXISTS (
                    SELECT 1 AS one FROM patient_alert l
                    WHERE l.patient_id = a.patient_id AND l.ended_at IS NULL
                ) THEN 1 ELSE 0 END AS has_alert
            FROM appointment a
            JOIN patient p ON p.id = a.patient_id
            JOIN staff s ON s.id = a.doctor_id
            LEFT JOIN staff h ON h.id = a.assistant_id
            LEFT JOIN visit v ON v.appointment_id = a.id
            WHERE a.clinic_id = \(clinic) AND a.day = \(day) AND a.cancelled_at IS NULL
            ORDER BY a.start_unit, a.id
            """)
        let items = try items(clinic: clinic, day: day, in: tx)
        let entries = try rows.map { row in try entry(row, items) }
        return DayPlan(
            day: day, doctors: try StaffStore.listDoctors(clinic: clinic, in: tx),
            chairs: try PlaceStore.chairs(clinic: clinic, in: tx), entries: entries,
            blocks: try BlockStore.list(clinic: clinic, day: day, in: tx),
            roster: try RosterStore.load(clinic: clinic, from: day, to: day, in: tx))
    }

    private typealias Named = (item: BookedItem, text: ItemText)

    private static func items(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [ID<Appointment>: [Named]] {
        let rows = try tx.rows(
            """
            SELECT x.appointment_id, x.item_id, x.teeth, i.name
            FROM appointment a
            JOIN appointment_item x ON x.appointment_id = a.id
            JOIN item i ON i.id = x.item_id
            WHERE a.clinic_id = \(clinic) AND a.day = \(day) AND a.cancelled_at IS NULL
            ORDER BY x.appointment_id, x.position
            """)
        var found: [ID<Appointment>: [Named]] = [:]
        for row in rows {
            let teeth = AppointmentStore.teeth(try row.text("teeth"))
            found[try row.id("appointment_id"), default: []].append(
                (
                    BookedItem(try row.id("item_id"), teeth: teeth),
                    ItemText(name: try row.text("name"), teeth: teeth)
                ))
        }
        return found
    }

    private static func entry(_ row: Row, _ items: [ID<Appointment>: [Named]]) throws -> Entry {
        let own = items[try row.id("id")] ?? []
        let appointment = try AppointmentStore.appointment(row, items: own.map(\.item))
        let visit = try AppointmentStore.visit(row)
        return Entry(
            appointment: appointment, patientName: try row.text("patient_name"),
            recordNumber: try row.text("record_no"), doctorName: try row.text("doctor_name"),
            assistantName: try row.textIfAny("assistant_name"), items: own.map(\.text),
            state: AppointmentState(appointment, visit: visit), visit: visit,
            isFirstVisit: try row.bool("is_first"), hasAlert: try row.bool("has_alert"))
    }
}
