import Kernel
import Storage

/// 待约复诊: the doctor asked for a next visit and none is booked (R3.04).
package struct PlannedVisit: Hashable, Sendable {
    package let patientID: ID<Patient>
    package let patientName: String
    package let recordNumber: String
    package let phone: String?
    package let doctorID: ID<Staff>
    package let doctorName: String
    /// Quarters of an hour, as the doctor's card says.
    package let units: Int
    /// The day the doctor had in mind.
    package let wantedOn: Day
    package let seenOn: Day
    package let note: String?
}

/// A booking that fell through and was not replaced.
package struct UnscheduledVisit: Hashable, Sendable {
    package let appointmentID: ID<Appointment>
    package let patientID: ID<Patient>
    package let patientName: String
    package let recordNumber: String
    package let phone: String?
    package let doctorName: String
    package let complaint: String
    package let day: Day
    package let wasMissed: Bool
    /// Code of list `cancellation`; nil for a no-show.
    package let reason: String?
}

/// Who should come again and has no time. Read models.
package enum PlannedVisits {
    /// How far back is looked.
    static let plannedDays = 180
    static let unscheduledDays = 60
    static let most = 200

    /// First wanted first.
    /// - Parameter patient: nil: of everybody.
    package static func listPlanned(
        of patient: ID<Patient>? = nil, by work: Work, in tx: any ReadTransaction
    ) throws -> [PlannedVisit] {
        let person: SQL = patient.map { " AND c.patient_id = \($0)" } ?? ""
        let rows = try tx.rows(
            """
            SELECT c.patient_id, c.business_day, c.next_units, c.next_after_days, c.next_note, c.doctor_id,
                p.name AS patient_name, p.record_no, p.phone, s.name AS doctor_name
            FROM charge_sheet c
            JOIN patient p ON p.id = c.patient_id
            JOIN staff s ON s.id = c.doctor_id
            WHERE c.clinic_id = \(work.clinic.id)
                AND c.business_day BETWEEN \(work.today.adding(days: -plannedDays)) AND \(work.today)\(person)
                AND c.next_step = 'visit'
                AND c.cancelled_at IS NULL
                AND NOT EXISTS (
                    SELECT 1 AS one FROM charge_sheet n
                    WHERE n.patient_id = c.patient_id AND n.cancelled_at IS NULL AND n.id > c.id
                        AND n.next_step IS NOT NULL
                )
                AND NOT EXISTS (
                    SELECT 1 AS one FROM appointment a
                    WHERE a.patient_id = c.patient_id AND a.day > c.business_day AND a.cancelled_at IS NULL
                        AND a.missed_at IS NULL
                )
            ORDER BY c.business_day DESC, c.id
            LIMIT \(most)
            """)
        return try rows.map { row in
            let seenOn = try row.day("business_day")
            return PlannedVisit(
                patientID: try row.id("patient_id"), patientName: try row.text("patient_name"),
                recordNumber: try row.text("record_no"), phone: try row.textIfAny("phone"),
                doctorID: try row.id("doctor_id"), doctorName: try row.text("doctor_name"),
                units: try row.intIfAny("next_units") ?? 1,
                wantedOn: seenOn.adding(days: try row.intIfAny("next_after_days") ?? 0), seenOn: seenOn,
                note: try row.textIfAny("next_note"))
        }.sorted { ($0.wantedOn, $0.patientID) < ($1.wantedOn, $1.patientID) }
    }

    /// Newest first.
    package static func listUnscheduled(by work: Work, in tx: any ReadTransaction) throws -> [UnscheduledVisit] {
        try tx.rows(
            """
            SELECT a.id, a.patient_id, a.day, a.complaint, a.missed_at, a.cancel_reason, p.name AS patient_name,
                p.record_no, p.phone, s.name AS doctor_name
            FROM appointment a
            JOIN patient p ON p.id = a.patient_id
            JOIN staff s ON s.id = a.doctor_id
            WHERE a.clinic_id = \(work.clinic.id)
                AND a.day BETWEEN \(work.today.adding(days: -unscheduledDays)) AND \(work.today.adding(days: 365))
                AND (a.cancelled_at IS NOT NULL OR a.missed_at IS NOT NULL)
                AND NOT EXISTS (
                    SELECT 1 AS one FROM appointment n
                    WHERE n.patient_id = a.patient_id AND n.id <> a.id
                        AND (
                            (n.cancelled_at IS NULL AND n.missed_at IS NULL AND (n.day >= \(work.today) OR n.day >= a.day))
                            OR ((n.cancelled_at IS NOT NULL OR n.missed_at IS NOT NULL) AND n.id > a.id)
                        )
                )
            ORDER BY a.day DESC, a.id
            LIMIT \(most)
            """
        ).map { row in
            UnscheduledVisit(
                appointmentID: try row.id("id"), patientID: try row.id("patient_id"),
                patientName: try row.text("patient_name"), recordNumber: try row.text("record_no"),
                phone: try row.textIfAny("phone"), doctorName: try row.text("doctor_name"),
                complaint: try row.text("complaint"), day: try row.day("day"),
                wasMissed: try !row.isNull("missed_at"), reason: try row.textIfAny("cancel_reason"))
        }
    }
}
