import Kernel
import Storage

/// Reads bookings with the words of their rows. Two statements, whatever the number of bookings.
enum BookEntries {
    /// - Parameter condition: over `appointment a`. Cancelled ones are left out; the order is day, then time.
    static func list(where condition: SQL, in tx: any ReadTransaction) throws -> [DayPlan.Entry] {
        let rows = try tx.rows(
            """
            SELECT \(AppointmentStore.columns), p.name AS patient_name, p.record_no, s.name AS doctor_name,
                h.name AS assistant_name, o.name AS helped_name, v.id AS visit_id, v.arrived_at, v.seated_at, v.finished_at, v.left_at,
                CASE WHEN EXISTS (
                    SELECT 1 AS one FROM visit w
                    WHERE w.patient_id = a.patient_id AND w.business_day < a.day AND w.seated_at IS NOT NULL
                ) THEN 0 ELSE 1 END AS is_first,
                CASE WHEN EXISTS (
                    SELECT 1 AS one FROM patient_alert l
                    WHERE l.patient_id = a.patient_id AND l.ended_at IS NULL
                ) THEN 1 ELSE 0 END AS has_alert,
                CASE WHEN EXISTS (
                    SELECT 1 AS one FROM displaced_booking z
                    WHERE z.appointment_id = a.id AND z.settled_at IS NULL
                ) THEN 1 ELSE 0 END AS is_displaced,
                CASE WHEN EXISTS (
                    SELECT 1 AS one FROM online_form f
                    WHERE f.patient_id = a.patient_id AND f.submitted_at IS NOT NULL AND f.settled_at IS NULL
                ) THEN 1 ELSE 0 END AS is_unverified
            FROM appointment a
            JOIN patient p ON p.id = a.patient_id
            JOIN staff s ON s.id = a.doctor_id
            LEFT JOIN staff h ON h.id = a.assistant_id
            LEFT JOIN visit v ON v.appointment_id = a.id
            LEFT JOIN assignment g ON g.appointment_id = a.id AND g.doctor_id = a.doctor_id
            LEFT JOIN staff o ON o.id = g.helping_for_id
            WHERE \(condition)
                AND a.cancelled_at IS NULL
            ORDER BY a.day, a.start_unit, a.id
            """)
        guard !rows.isEmpty else { return [] }
        let items = try items(where: condition, in: tx)
        return try rows.map { row in try entry(row, items) }
    }

    private typealias Named = (item: BookedItem, text: DayPlan.ItemText, isBig: Bool)

    private static func items(where condition: SQL, in tx: any ReadTransaction) throws -> [ID<Appointment>: [Named]] {
        let rows = try tx.rows(
            """
            SELECT x.appointment_id, x.item_id, x.teeth, i.name, i.size
            FROM appointment a
            JOIN appointment_item x ON x.appointment_id = a.id
            JOIN item i ON i.id = x.item_id
            WHERE \(condition)
                AND a.cancelled_at IS NULL
            ORDER BY x.appointment_id, x.position
            """)
        var found: [ID<Appointment>: [Named]] = [:]
        for row in rows {
            let teeth = AppointmentStore.teeth(try row.text("teeth"))
            found[try row.id("appointment_id"), default: []].append(
                (
                    BookedItem(try row.id("item_id"), teeth: teeth),
                    DayPlan.ItemText(name: try row.text("name"), teeth: teeth),
                    try row.code("size", CatalogueItem.Size.self) == .big
                ))
        }
        return found
    }

    private static func entry(_ row: Row, _ items: [ID<Appointment>: [Named]]) throws -> DayPlan.Entry {
        let own = items[try row.id("id")] ?? []
        let appointment = try AppointmentStore.appointment(row, items: own.map(\.item))
        let visit = try AppointmentStore.visit(row)
        return DayPlan.Entry(
            appointment: appointment, patientName: try row.text("patient_name"),
            recordNumber: try row.text("record_no"), doctorName: try row.text("doctor_name"),
            assistantName: try row.textIfAny("assistant_name"), helpedDoctorName: try row.textIfAny("helped_name"),
            items: own.map(\.text), isBig: own.contains(where: \.isBig),
            state: AppointmentState(appointment, visit: visit),
            visit: visit, isFirstVisit: try row.bool("is_first"), hasAlert: try row.bool("has_alert"),
            isDisplaced: try row.bool("is_displaced"),
            isUnverified: try row.bool("is_unverified"))
    }
}
