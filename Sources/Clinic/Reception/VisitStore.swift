import Kernel
import Storage

/// SQL of `visit`, `queue_ticket`, `movement` and `visit_fact`.
package enum VisitStore {
    private static let columns: SQL = """
        id, clinic_id, business_day, patient_id, appointment_id, doctor_id, visit_type, proposed_type, type_reason,
        complaint, segment, emergency, told_wait_minutes, arrived_at, seated_at, finished_at, left_at, outcome, version
        """

    /// - Throws: `NotFound` also for a visit of another clinic.
    package static func get(_ id: ID<Visit>, clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> Visit {
        let row = try tx.first("SELECT \(columns) FROM visit WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let row else { throw NotFound("到访") }
        return try visit(row)
    }

    /// The customer's open visit of the day, if any.
    package static func findOpen(
        _ patient: ID<Patient>, clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> Visit? {
        try tx.first(
            """
            SELECT \(columns) FROM visit
            WHERE clinic_id = \(clinic) AND business_day = \(day) AND patient_id = \(patient) AND left_at IS NULL
            """
        ).map(visit)
    }

    package static func find(appointment: ID<Appointment>, in tx: any ReadTransaction) throws -> Visit? {
        try tx.first("SELECT \(columns) FROM visit WHERE appointment_id = \(appointment)").map(visit)
    }

    /// All visits of a business day in order of arrival; check-ins that were taken back are left out.
    package static func listDay(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [Visit] {
        try tx.rows(
            """
            SELECT \(columns) FROM visit
            WHERE clinic_id = \(clinic) AND business_day = \(day)
                AND (outcome IS NULL OR outcome <> \(Visit.withdrawn))
            ORDER BY arrived_at, id
            """
        ).map(visit)
    }

    /// How many sit in the waiting area now.
    package static func countWaiting(clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction) throws -> Int {
        Int(
            try tx.int64(
                """
                SELECT COUNT(*) AS n FROM visit
                WHERE clinic_id = \(clinic) AND business_day = \(day) AND left_at IS NULL AND seated_at IS NULL
                """) ?? 0)
    }

    /// Visits of earlier days that nobody closed: shown until closed as late-recorded (design §9).
    package static func listForgotten(
        clinic: ID<ClinicSite>, before day: Day, in tx: any ReadTransaction
    ) throws -> [Visit] {
        try tx.rows(
            """
            SELECT \(columns) FROM visit
            WHERE clinic_id = \(clinic) AND business_day < \(day) AND left_at IS NULL ORDER BY arrived_at LIMIT 50
            """
        ).map(visit)
    }

    package static func listOfPatient(_ patient: ID<Patient>, in tx: any ReadTransaction) throws -> [Visit] {
        try tx.rows(
            "SELECT \(columns) FROM visit WHERE patient_id = \(patient) ORDER BY business_day DESC, id DESC LIMIT 100"
        ).map(visit)
    }

    /// The customer came to any clinic of the organisation before `day`.
    /// - Parameter type: nil: for anything.
    package static func hasBeenHere(
        _ patient: ID<Patient>, before day: Day, type: VisitType? = nil, in tx: any ReadTransaction
    ) throws -> Bool {
        let condition: SQL = type.map { " AND visit_type = \($0.rawValue)" } ?? ""
        return try tx.first(
            """
            SELECT id FROM visit
            WHERE patient_id = \(patient) AND business_day < \(day)
                AND (outcome IS NULL OR outcome <> \(Visit.withdrawn))\(condition)
            LIMIT 1
            """) != nil
    }

    static func insert(_ visit: Visit, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO visit (id, clinic_id, business_day, patient_id, appointment_id, doctor_id, visit_type,
                proposed_type, type_reason, complaint, segment, emergency, told_wait_minutes, arrived_at, version)
            VALUES (\(visit.id), \(visit.clinicID), \(visit.businessDay), \(visit.patientID), \(visit.appointmentID),
                \(visit.doctorID), \(visit.type.rawValue), \(visit.proposedType.rawValue), \(visit.typeReason),
                \(visit.complaint), \(visit.segment), \(visit.emergency), \(visit.toldWaitMinutes),
                \(visit.arrivedAt), 1)
            """)
    }

    static func markContactChecked(
        _ visit: ID<Visit>, by actor: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            "UPDATE visit SET contact_checked_at = \(now), contact_checked_by = \(actor) WHERE id = \(visit)")
    }

    static func setToldWait(_ visit: ID<Visit>, minutes: Int, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE visit SET told_wait_minutes = \(minutes), version = version + 1 WHERE id = \(visit)")
    }

    static func setDoctor(_ visit: ID<Visit>, doctor: ID<Staff>, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE visit SET doctor_id = \(doctor), version = version + 1 WHERE id = \(visit)")
    }

    static func setType(_ visit: ID<Visit>, type: VisitType, reason: String, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            UPDATE visit SET visit_type = \(type.rawValue), type_reason = \(reason), version = version + 1
            WHERE id = \(visit)
            """)
    }

    static func setEmergency(_ visit: ID<Visit>, code: String?, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE visit SET emergency = \(code), version = version + 1 WHERE id = \(visit)")
    }

    static func setSeated(_ visit: ID<Visit>, at: Timestamp?, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE visit SET seated_at = \(at), version = version + 1 WHERE id = \(visit)")
    }

    static func setFinished(_ visit: ID<Visit>, at: Timestamp?, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE visit SET finished_at = \(at), version = version + 1 WHERE id = \(visit)")
    }

    static func setArrived(_ visit: ID<Visit>, at: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE visit SET arrived_at = \(at), version = version + 1 WHERE id = \(visit)")
    }

    static func setLeftAt(_ visit: ID<Visit>, at: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE visit SET left_at = \(at), version = version + 1 WHERE id = \(visit)")
    }

    static func setLeft(
        _ visit: ID<Visit>, at: Timestamp?, outcome: String?, reason: String?, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE visit SET left_at = \(at), outcome = \(outcome), outcome_reason = \(reason), version = version + 1
            WHERE id = \(visit)
            """)
    }

    /// A check-in by mistake: the visit ends at once and lets go of its booking.
    static func withdraw(_ visit: ID<Visit>, at now: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            UPDATE visit SET left_at = \(now), outcome = \(Visit.withdrawn), appointment_id = NULL, version = version + 1
            WHERE id = \(visit)
            """)
    }

    private static func visit(_ row: Row) throws -> Visit {
        Visit(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), businessDay: try row.day("business_day"),
            patientID: try row.id("patient_id"), appointmentID: try row.idIfAny("appointment_id"),
            doctorID: try row.idIfAny("doctor_id"), type: try row.code("visit_type"),
            proposedType: try row.code("proposed_type"), typeReason: try row.text("type_reason"),
            complaint: try row.text("complaint"), segment: try row.textIfAny("segment"),
            emergency: try row.textIfAny("emergency"), toldWaitMinutes: try row.intIfAny("told_wait_minutes"),
            arrivedAt: try row.timestamp("arrived_at"), seatedAt: try row.timestampIfAny("seated_at"),
            finishedAt: try row.timestampIfAny("finished_at"), leftAt: try row.timestampIfAny("left_at"),
            outcome: try row.textIfAny("outcome"), version: try row.int("version"))
    }
}

extension VisitStore {
    /// The customer's treatments, for the proposal of the visit type (R1.09: kept for ever).
    /// - Parameter day: nil: all of them.
    package static func pastTreatments(
        of patient: ID<Patient>, before day: Day? = nil, in tx: any ReadTransaction
    ) throws -> [VisitTypeRules.PastTreatment] {
        try tx.rows(
            """
            SELECT business_day, tooth, item_id, warranty_until
            FROM tooth_treatment
            WHERE patient_id = \(patient) AND business_day < \(day?.iso ?? "9999")
            """
        ).map {
            VisitTypeRules.PastTreatment(
                day: try $0.day("business_day"), tooth: Tooth(try $0.int("tooth")), item: try $0.id("item_id"),
                warrantyUntil: try $0.dayIfAny("warranty_until"))
        }
    }
}
