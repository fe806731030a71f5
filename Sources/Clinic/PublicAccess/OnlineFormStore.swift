import Kernel
import Storage

/// The table of online bookings.
package enum OnlineFormStore {
    package static func find(
        _ id: ID<OnlineForm>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> OnlineForm? {
        try tx.first("SELECT \(columns) FROM online_form WHERE id = \(id) AND clinic_id = \(clinic)").map(form)
    }

    /// - Throws: `NotFound`.
    package static func get(
        _ id: ID<OnlineForm>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> OnlineForm {
        guard let form = try find(id, clinic: clinic, in: tx) else { throw NotFound("网上预约") }
        return form
    }

    package static func find(
        of appointment: ID<Appointment>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> OnlineForm? {
        try tx.first(
            "SELECT \(columns) FROM online_form WHERE appointment_id = \(appointment) AND clinic_id = \(clinic)"
        ).map(form)
    }

    /// Sent and not yet settled, next visit first.
    package static func listOpen(clinic: ID<ClinicSite>, limit: Int, in tx: any ReadTransaction) throws -> [OnlineForm]
    {
        try tx.rows(
            """
            SELECT \(columns)
            FROM online_form
            WHERE clinic_id = \(clinic) AND submitted_at IS NOT NULL AND settled_at IS NULL
            ORDER BY day, start_unit, id
            LIMIT \(limit)
            """
        ).map(form)
    }

    /// The open form behind a file: nobody has looked at it yet.
    package static func findOpen(
        ofPatient patient: ID<Patient>, in tx: any ReadTransaction
    ) throws -> OnlineForm? {
        try tx.first(
            """
            SELECT \(columns)
            FROM online_form
            WHERE patient_id = \(patient) AND submitted_at IS NOT NULL AND settled_at IS NULL
            ORDER BY id DESC
            LIMIT 1
            """
        ).map(form)
    }

    /// Which of these files were made for a booking on line that nobody has verified: 待核实 on the board and at the desk.
    package static func unverified(
        among patients: [ID<Patient>], in tx: any ReadTransaction
    ) throws -> Set<ID<Patient>> {
        guard !patients.isEmpty else { return [] }
        let rows = try tx.rows(
            """
            SELECT patient_id
            FROM online_form
            WHERE patient_id IN \(list: patients) AND submitted_at IS NOT NULL AND settled_at IS NULL
            """)
        return Set(try rows.map { try $0.id("patient_id") })
    }

    /// Times this browser keeps and has not booked, oldest first.
    static func listHeld(
        visitorHash: String, clinic: ID<ClinicSite>, now: Timestamp, in tx: any ReadTransaction
    ) throws -> [OnlineForm] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM online_form
            WHERE visitor_hash = \(visitorHash) AND clinic_id = \(clinic) AND submitted_at IS NULL AND expires_at > \(now)
            ORDER BY id
            """
        ).map(form)
    }

    /// The time was given back before it was booked.
    static func setGivenUp(_ id: ID<OnlineForm>, at now: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE online_form SET expires_at = \(now) WHERE id = \(id) AND submitted_at IS NULL")
    }

    /// - Parameter phoneHash: nil before a phone was typed.
    static func counts(
        addressHash: String, phoneHash: String?, day: Day, clinic: ID<ClinicSite>, now: Timestamp,
        in tx: any ReadTransaction
    ) throws -> OnlineRules.Counts {
        let byAddress = try tx.first(
            """
            SELECT COUNT(*) AS held,
                CAST(COALESCE(SUM(CASE WHEN submitted_at IS NULL THEN 0 ELSE 1 END), 0) AS BIGINT) AS booked,
                CAST(COALESCE(SUM(CASE WHEN submitted_at IS NULL AND expires_at > \(now) THEN 1 ELSE 0 END), 0) AS BIGINT) AS open
            FROM online_form
            WHERE started_day = \(day) AND address_hash = \(addressHash)
            """)
        let byPhone = try tx.int64(
            """
            SELECT COUNT(*) AS n
            FROM online_form
            WHERE started_day = \(day) AND address_hash = \(addressHash) AND phone_hash = \(phoneHash ?? "")
            """)
        let unverified = try tx.int64(
            """
            SELECT COUNT(*) AS n
            FROM online_form
            WHERE clinic_id = \(clinic) AND submitted_at IS NOT NULL AND settled_at IS NULL
            """)
        let heldNow = try tx.int64(
            """
            SELECT COUNT(*) AS n
            FROM online_form
            WHERE started_day = \(day) AND clinic_id = \(clinic) AND submitted_at IS NULL AND expires_at > \(now)
            """)
        return OnlineRules.Counts(
            bookedByPhone: Int(byPhone ?? 0), bookedByAddress: try byAddress?.int("booked") ?? 0,
            heldByAddress: try byAddress?.int("held") ?? 0, heldNowByAddress: try byAddress?.int("open") ?? 0,
            heldNow: Int(heldNow ?? 0), unverified: Int(unverified ?? 0))
    }

    static func insert(_ f: OnlineForm, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO online_form (id, clinic_id, hold_id, need, day, start_unit, units, doctor_id, chair_id,
                address_hash, visitor_hash, started_at, expires_at, started_day, language)
            VALUES (\(f.id), \(f.clinicID), \(f.holdID), \(f.need.rawValue), \(f.slot.day), \(f.slot.start),
                \(f.slot.units), \(f.slot.doctorID), \(f.slot.chairID), \(f.addressHash), \(f.visitorHash),
                \(f.startedAt), \(f.expiresAt), \(f.startedDay), \(f.language.rawValue))
            """)
    }

    static func setSubmitted(_ f: OnlineForm, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            """
            UPDATE online_form
            SET phone_hash = \(f.phoneHash), answers = \(text(f)), language = \(f.language.rawValue),
                submitted_at = \(f.submittedAt), appointment_id = \(f.appointmentID), patient_id = \(f.patientID)
            WHERE id = \(f.id) AND submitted_at IS NULL
            """) == 1
    }

    static func setSettled(_ f: OnlineForm, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            """
            UPDATE online_form
            SET settled_at = \(f.settledAt), settled_by = \(f.settledBy), outcome = \(f.outcome?.rawValue),
                known_as = \(f.knownAs)
            WHERE id = \(f.id) AND submitted_at IS NOT NULL AND settled_at IS NULL
            """) == 1
    }

    /// Forms that led to nobody: never sent, or refused. What was sent waits for the desk, however long it takes.
    static func purge(before: Timestamp, in tx: any WriteTransaction) throws -> Int {
        try tx.run(
            """
            DELETE FROM online_form
            WHERE started_at < \(before) AND (submitted_at IS NULL OR outcome = 'refused')
            """)
    }

    private static let columns: SQL = """
        id, clinic_id, hold_id, need, day, start_unit, units, doctor_id, chair_id, address_hash, visitor_hash, started_at,
        expires_at, started_day, language, phone_hash, answers, submitted_at, appointment_id, patient_id, settled_at, settled_by,
        outcome, known_as
        """

    /// A no is written as "!fever"; what was not answered is not there.
    private static func text(_ form: OnlineForm) -> String {
        (form.answers.map(\.rawValue) + form.denied.map { "!" + $0.rawValue }).joined(separator: ",")
    }

    private static func form(_ row: Row) throws -> OnlineForm {
        let answers = try row.textIfAny("answers")?.split(separator: ",") ?? []
        return OnlineForm(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), holdID: try row.id("hold_id"),
            need: try row.code("need"),
            slot: Slot(
                day: try row.day("day"), start: try row.unit("start_unit"), units: try row.int("units"),
                doctorID: try row.id("doctor_id"), chairID: try row.idIfAny("chair_id")),
            addressHash: try row.text("address_hash"), visitorHash: try row.textIfAny("visitor_hash"),
            startedAt: try row.timestamp("started_at"),
            expiresAt: try row.timestamp("expires_at"), startedDay: try row.day("started_day"),
            language: try row.code("language"), phoneHash: try row.textIfAny("phone_hash"),
            answers: answers.compactMap { OnlineQuestion(rawValue: String($0)) },
            denied: answers.filter { $0.hasPrefix("!") }.compactMap {
                OnlineQuestion(rawValue: String($0.dropFirst()))
            },
            submittedAt: try row.timestampIfAny("submitted_at"), appointmentID: try row.idIfAny("appointment_id"),
            patientID: try row.idIfAny("patient_id"), settledAt: try row.timestampIfAny("settled_at"),
            settledBy: try row.idIfAny("settled_by"), outcome: try row.codeIfAny("outcome"),
            knownAs: try row.idIfAny("known_as"))
    }
}
