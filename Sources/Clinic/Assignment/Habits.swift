import Kernel
import Storage

/// How punctual people are (R3.33), computed from bookings and visits of this clinic when it is shown; nothing is stored.
package enum Habits {
    /// Days of bookings that count for a customer, and of visits that count for a doctor.
    static let patientDays = 365
    static let doctorDays = 60

    /// Customers without a past booking are missing. One statement.
    package static func of(
        patients: Set<ID<Patient>>, by work: Work, in tx: any ReadTransaction
    ) throws -> [ID<Patient>: PatientHabits] {
        guard !patients.isEmpty else { return [:] }
        let calendar = work.clinic.calendar
        let rows = try tx.rows(
            """
            SELECT a.patient_id, a.day, a.start_unit, a.missed_at, a.cancel_notice_minutes, v.arrived_at
            FROM appointment a
            LEFT JOIN visit v ON v.appointment_id = a.id
            WHERE a.patient_id IN \(list: patients.sorted())
                AND a.clinic_id = \(work.clinic.id)
                AND a.day BETWEEN \(work.today.adding(days: -patientDays)) AND \(work.today)
                AND (v.id IS NOT NULL OR a.missed_at IS NOT NULL OR a.cancel_side = 'patient')
            """)
        var bookings: [ID<Patient>: [HabitRules.Booking]] = [:]
        for row in rows {
            let start = calendar.instant(try row.day("day"), try row.unit("start_unit"))
            bookings[try row.id("patient_id"), default: []].append(
                HabitRules.Booking(
                    arrivedMinutes: try row.timestampIfAny("arrived_at").map { $0.minutes(since: start) },
                    isMissed: try !row.isNull("missed_at") && row.isNull("arrived_at"),
                    noticeMinutes: try row.intIfAny("cancel_notice_minutes")))
        }
        let tolerance = work.playbook[.appointmentLateHabitMinutes]
        return bookings.mapValues { HabitRules.patient($0, toleranceMinutes: tolerance) }
    }

    /// Doctors without a booked treatment are missing. One statement.
    package static func of(
        doctors: Set<ID<Staff>>, by work: Work, in tx: any ReadTransaction
    ) throws -> [ID<Staff>: DoctorHabits] {
        guard !doctors.isEmpty else { return [:] }
        let calendar = work.clinic.calendar
        let rows = try tx.rows(
            """
            SELECT v.doctor_id, a.day, a.start_unit, a.units, v.arrived_at, v.seated_at, v.finished_at
            FROM visit v
            JOIN appointment a ON a.id = v.appointment_id
            WHERE v.clinic_id = \(work.clinic.id)
                AND v.business_day BETWEEN \(work.today.adding(days: -doctorDays)) AND \(work.today)
                AND v.doctor_id IN \(list: doctors.sorted())
                AND v.seated_at IS NOT NULL
                AND a.is_squeezed = 0
            """)
        var treatments: [ID<Staff>: [HabitRules.Treatment]] = [:]
        for row in rows {
            let (day, unit) = (try row.day("day"), try row.unit("start_unit"))
            let start = calendar.instant(day, unit)
            let end = calendar.instant(day, unit.adding(try row.int("units")))
            treatments[try row.id("doctor_id"), default: []].append(
                HabitRules.Treatment(
                    arrivedMinutes: try row.timestamp("arrived_at").minutes(since: start),
                    seatedMinutes: try row.timestamp("seated_at").minutes(since: start),
                    finishedMinutes: try row.timestampIfAny("finished_at").map { $0.minutes(since: end) }))
        }
        let tolerance = work.playbook[.appointmentLateHabitMinutes]
        return treatments.mapValues { HabitRules.doctor($0, toleranceMinutes: tolerance) }
    }
}
