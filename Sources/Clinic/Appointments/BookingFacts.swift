import Kernel
import Storage

/// Everything a booking is checked against, read in one statement: a booking is the hot path of the morning.
struct BookingFacts {
    let patientName: String
    let doctorName: String
    let isBookable: Bool
    let treating: TreatingDoctor?
    /// The chair belongs to this clinic; true when no chair was chosen.
    let chairIsHere: Bool
    /// The customer cancelled or missed something lately: a new booking settles the calls about it.
    let hasDropped: Bool

    /// How long a cancelled or missed booking can still have a call about it.
    private static let droppedDays = 60

    /// - Throws: `NotFound` when customer or doctor do not exist; `MergedFile`.
    static func load(
        patient: ID<Patient>, doctor: ID<Staff>, chair: ID<Chair>?, by work: Work, in tx: any ReadTransaction
    ) throws -> BookingFacts {
        let clinic = work.clinic.id
        // 0 is no chair: PostgreSQL cannot tell the type of a lone NULL.
        let chairID = chair ?? ID(raw: 0)
        let row = try tx.first(
            """
            SELECT p.name AS patient_name, p.merged_into_id, s.name AS doctor_name, s.is_doctor, s.disabled_at,
                t.id AS treating_id, t.name AS treating_name, t.disabled_at AS treating_disabled_at,
                c.id AS chair_id,
                CASE WHEN EXISTS (
                    SELECT 1 AS one
                    FROM role_grant g
                    WHERE g.staff_id = s.id AND g.clinic_id IN (0, \(clinic)) AND g.revoked_at IS NULL
                ) THEN 1 ELSE 0 END AS has_role,
                CASE WHEN EXISTS (
                    SELECT 1 AS one
                    FROM appointment a
                    WHERE a.patient_id = p.id AND a.day >= \(work.today.adding(days: -droppedDays))
                        AND (a.cancelled_at IS NOT NULL OR a.missed_at IS NOT NULL)
                ) THEN 1 ELSE 0 END AS has_dropped
            FROM patient p
            JOIN staff s ON s.id = \(doctor)
            LEFT JOIN chair c ON c.id = \(chairID) AND c.clinic_id = \(clinic) AND c.retired_at IS NULL
            LEFT JOIN staff t ON t.id = (
                SELECT v.doctor_id
                FROM visit v
                WHERE v.patient_id = p.id AND v.seated_at IS NOT NULL AND v.doctor_id IS NOT NULL
                ORDER BY v.business_day DESC, v.arrived_at DESC
                LIMIT 1
            )
            WHERE p.id = \(patient)
            """)
        guard let row else { throw NotFound("客人或医生") }
        if try !row.isNull("merged_into_id") { _ = try PatientStore.requireLiving(patient, in: tx) }
        return BookingFacts(
            patientName: try row.text("patient_name"), doctorName: try row.text("doctor_name"),
            isBookable: try row.bool("is_doctor") && row.isNull("disabled_at") && row.bool("has_role"),
            treating: try treating(row), chairIsHere: try chair == nil || !row.isNull("chair_id"),
            hasDropped: try row.bool("has_dropped"))
    }

    private static func treating(_ row: Row) throws -> TreatingDoctor? {
        guard let id = try row.idIfAny("treating_id", Staff.self) else { return nil }
        return TreatingDoctor(
            id: id, name: try row.text("treating_name"), isHere: try row.isNull("treating_disabled_at"))
    }
}

extension AppointmentStore {
    /// Who treated a customer last; nil for somebody new (R3.14).
    package static func treatingDoctor(
        of patient: ID<Patient>, in tx: any ReadTransaction
    ) throws -> TreatingDoctor? {
        let row = try tx.first(
            """
            SELECT t.id, t.name, t.disabled_at
            FROM visit v
            JOIN staff t ON t.id = v.doctor_id
            WHERE v.patient_id = \(patient) AND v.seated_at IS NOT NULL
            ORDER BY v.business_day DESC, v.arrived_at DESC
            LIMIT 1
            """)
        guard let row else { return nil }
        return TreatingDoctor(id: try row.id("id"), name: try row.text("name"), isHere: try row.isNull("disabled_at"))
    }
}
