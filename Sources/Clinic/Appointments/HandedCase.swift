import Kernel
import Storage

/// Something the desk may not decide, given to whoever may: a customer whose warranty doctor is gone (R2.23), or a booking
/// that is difficult (R3.37). Open until somebody says what was decided.
package struct HandedCase: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable, SQLBindable {
        /// Only the supervisor names the doctor (R2.23).
        case doctorGone
        /// The duty doctor could not settle it: the clinic director does (R3.37).
        case difficult

        package var label: String {
            switch self {
            case .doctorGone: "原医生不在，主管安排"
            case .difficult: "预约有困难，请主任定"
            }
        }
        /// "主管"
        package var superior: String { self == .doctorGone ? "主管" : "主任" }
        var fact: TaskRule.Fact { self == .doctorGone ? .doctorGone : .bookingDifficult }
    }

    package let id: ID<HandedCase>
    package let clinicID: ID<ClinicSite>
    package let kind: Kind
    package let patientID: ID<Patient>
    /// What it is about; of `doctorGone` the booking that settled it.
    package let appointmentID: ID<Appointment>?
    /// Who is gone.
    package let doctorID: ID<Staff>?
    package let words: String
    package let asked: Appointment.Mark
    package let settled: Appointment.Mark?
    /// What was decided; nil while it is open.
    package let outcome: String?
    package var isOpen: Bool { settled == nil }
}

/// What the desk hands over.
package struct HandCase: Hashable, Sendable {
    package var kind: HandedCase.Kind
    package var patientID: ID<Patient>
    package var appointmentID: ID<Appointment>?
    package var doctorID: ID<Staff>?
    package var words: String
    package init(
        _ kind: HandedCase.Kind, patientID: ID<Patient>, appointmentID: ID<Appointment>? = nil,
        doctorID: ID<Staff>? = nil, words: String
    ) {
        self.kind = kind
        self.patientID = patientID
        self.appointmentID = appointmentID
        self.doctorID = doctorID
        self.words = words
    }
}

/// Which work a handed case makes due. Pure.
package enum HandedCaseObligations {
    package static let scope: Set<TaskRule.Fact> = [.doctorGone, .bookingDifficult]

    package static func facts(_ c: HandedCase, name: String, calendar: ClinicCalendar) -> [TaskFact] {
        guard c.isOpen else { return [] }
        return [
            TaskFact(
                c.kind.fact, of: TaskSubject(.handedCase, c.id), anchor: c.asked.at,
                anchorDay: calendar.businessDay(of: c.asked.at), patientID: c.patientID, holding: [.stillOpen],
                recorder: c.asked.by, treatingDoctor: c.doctorID, reason: "\(name)：\(c.words)")
        ]
    }
}

/// SQL of `handed_case`.
package enum HandedCaseStore {
    /// Open ones first asked first, then those settled since `since`, newest first.
    package static func list(
        clinic: ID<ClinicSite>, settledSince since: Timestamp, limit: Int = 200, in tx: any ReadTransaction
    ) throws -> [HandedCase] {
        let rows = try tx.rows(
            """
            SELECT \(columns)
            FROM handed_case
            WHERE clinic_id = \(clinic) AND (settled_at IS NULL OR settled_at >= \(since))
            ORDER BY asked_at, id
            LIMIT \(limit)
            """
        ).map(read)
        return rows.filter(\.isOpen) + rows.filter { !$0.isOpen }.reversed()
    }

    /// - Throws: `NotFound`.
    package static func get(
        _ id: ID<HandedCase>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> HandedCase {
        let row = try tx.first("SELECT \(columns) FROM handed_case WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let row else { throw NotFound("事项") }
        return try read(row)
    }

    package static func findOpen(
        _ kind: HandedCase.Kind, of patient: ID<Patient>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> HandedCase? {
        try tx.first(
            """
            SELECT \(columns)
            FROM handed_case
            WHERE patient_id = \(patient) AND clinic_id = \(clinic) AND kind = \(kind) AND settled_at IS NULL
            """
        ).map(read)
    }

    static func insert(_ c: HandedCase, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO handed_case (id, clinic_id, kind, patient_id, appointment_id, doctor_id, words, asked_by, asked_at)
            VALUES (\(c.id), \(c.clinicID), \(c.kind), \(c.patientID), \(c.appointmentID), \(c.doctorID), \(c.words),
                \(c.asked.by), \(c.asked.at))
            """)
    }

    /// - Returns: false when somebody settled it before.
    static func settle(
        _ id: ID<HandedCase>, outcome: String, appointment: ID<Appointment>?, mark: Appointment.Mark,
        in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE handed_case
            SET settled_by = \(mark.by), settled_at = \(mark.at), outcome = \(outcome),
                appointment_id = COALESCE(appointment_id, \(appointment))
            WHERE id = \(id) AND settled_at IS NULL
            """) == 1
    }

    private static let columns: SQL = """
        id, clinic_id, kind, patient_id, appointment_id, doctor_id, words, asked_by, asked_at, settled_by, settled_at,
            outcome
        """

    private static func read(_ row: Row) throws -> HandedCase {
        let settledAt = try row.timestampIfAny("settled_at")
        let settledBy: ID<Staff>? = try row.idIfAny("settled_by")
        return HandedCase(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), kind: try row.code("kind"),
            patientID: try row.id("patient_id"), appointmentID: try row.idIfAny("appointment_id"),
            doctorID: try row.idIfAny("doctor_id"), words: try row.text("words"),
            asked: Appointment.Mark(at: try row.timestamp("asked_at"), by: try row.id("asked_by")),
            settled: settledAt.flatMap { at in settledBy.map { Appointment.Mark(at: at, by: $0) } },
            outcome: try row.textIfAny("outcome"))
    }
}
