import Kernel
import Storage

/// 转诊: a doctor asked a colleague for help during a visit. The desk does not interfere, but the same day it is clear who is
/// responsible, what each did, what it costs and when each sees the customer again (R3.54).
package struct Referral: Hashable, Sendable {
    package let id: ID<Referral>
    package let visitID: ID<Visit>
    package let patientID: ID<Patient>
    package let day: Day
    /// Who stays responsible.
    package let mainDoctorID: ID<Staff>
    /// Who was asked to help.
    package let helperID: ID<Staff>
    /// What for.
    package let words: String
    package let recorded: Appointment.Mark
    /// The helper did nothing that costs.
    package let noCharge: Bool
    /// The helper needs no further visit.
    package let noNext: Bool
}

/// What is known of one doctor of a referral.
package struct ReferralPart: Hashable, Sendable {
    package let doctor: String
    /// Lines of the charge sheet by this doctor, or the word that nothing costs.
    package let hasCharges: Bool
    /// A later booking with this doctor, or the word that none is needed.
    package let hasNext: Bool
    package init(doctor: String, hasCharges: Bool, hasNext: Bool) {
        self.doctor = doctor
        self.hasCharges = hasCharges
        self.hasNext = hasNext
    }
}

package enum ReferralRules {
    /// What is not clear yet; empty: nothing stands against closing the day.
    package static func unclear(_ parts: [ReferralPart]) -> [String] {
        parts.flatMap { part in
            (part.hasCharges ? [] : ["\(part.doctor)医生的项目和费用还没登记"])
                + (part.hasNext ? [] : ["\(part.doctor)医生的下次预约还没说清"])
        }
    }

    package static func check(main: ID<Staff>, helper: ID<Staff>, words: String) throws(FormErrors) {
        var faults = FormErrors()
        if main == helper { faults.add("helper", "转给另一位医生才登记转诊") }
        if words.nonBlank == nil { faults.add("words", "请写一句请这位医生做什么") }
        if words.count > 100 { faults.add("words", "最多 100 个字") }
        try faults.throwIfAny()
    }
}

/// SQL of `referral`.
package enum ReferralStore {
    package static func list(
        visit: ID<Visit>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [Referral] {
        try list("visit_id = \(visit) AND clinic_id = \(clinic)", in: tx)
    }

    package static func list(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [Referral] {
        try list("clinic_id = \(clinic) AND business_day = \(day)", in: tx)
    }

    private static func list(_ condition: SQL, in tx: any ReadTransaction) throws -> [Referral] {
        try tx.rows(
            """
            SELECT id, business_day, visit_id, patient_id, main_doctor_id, helper_id, words, recorded_by, recorded_at,
                no_charge_at, no_next_at
            FROM referral
            WHERE \(condition) AND cancelled_at IS NULL
            ORDER BY recorded_at, id
            """
        ).map { row in
            Referral(
                id: try row.id("id"), visitID: try row.id("visit_id"), patientID: try row.id("patient_id"),
                day: try row.day("business_day"), mainDoctorID: try row.id("main_doctor_id"),
                helperID: try row.id("helper_id"), words: try row.text("words"),
                recorded: Appointment.Mark(at: try row.timestamp("recorded_at"), by: try row.id("recorded_by")),
                noCharge: try !row.isNull("no_charge_at"), noNext: try !row.isNull("no_next_at"))
        }
    }

    static func insert(_ r: Referral, clinic: ID<ClinicSite>, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO referral (id, clinic_id, business_day, visit_id, patient_id, main_doctor_id, helper_id, words,
                recorded_by, recorded_at)
            VALUES (\(r.id), \(clinic), \(r.day), \(r.visitID), \(r.patientID), \(r.mainDoctorID), \(r.helperID),
                \(r.words), \(r.recorded.by), \(r.recorded.at))
            """)
    }

    static func update(
        _ id: ID<Referral>, _ change: Referrals.Change, at now: Timestamp, in tx: any WriteTransaction
    ) throws {
        switch change {
        case .noCharge: try tx.run("UPDATE referral SET no_charge_at = \(now) WHERE id = \(id)")
        case .noNext: try tx.run("UPDATE referral SET no_next_at = \(now) WHERE id = \(id)")
        case .cancelled: try tx.run("UPDATE referral SET cancelled_at = \(now) WHERE id = \(id)")
        }
    }

    /// Doctors with a line on the sheet of the visit.
    static func chargedDoctors(_ visit: ID<Visit>, in tx: any ReadTransaction) throws -> Set<ID<Staff>> {
        Set(
            try tx.rows(
                """
                SELECT DISTINCT l.doctor_id
                FROM charge_sheet s
                JOIN charge_line l ON l.sheet_id = s.id
                WHERE s.visit_id = \(visit) AND s.cancelled_at IS NULL
                """
            ).map { try $0.id("doctor_id") })
    }

    /// Doctors with a booking of the customer after `day` that still counts.
    static func laterDoctors(
        of patient: ID<Patient>, after day: Day, in tx: any ReadTransaction
    ) throws -> Set<ID<Staff>> {
        Set(
            try tx.rows(
                """
                SELECT DISTINCT doctor_id
                FROM appointment
                WHERE patient_id = \(patient) AND day > \(day) AND cancelled_at IS NULL AND missed_at IS NULL
                """
            ).map { try $0.id("doctor_id") })
    }
}
