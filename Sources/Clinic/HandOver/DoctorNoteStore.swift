import Kernel
import Storage

/// SQL of `doctor_note`.
package enum DoctorNoteStore {
    private static let columns: SQL = """
        id, clinic_id, business_day, doctor_id, visit_id, patient_id, body, sent_at, sent_by, answer, answer_minutes,
            answer_note, answered_at, answered_by, acted_at, acted_by, withdrawn_at, version
        """

    /// - Throws: `NotFound` also for another clinic's.
    package static func get(
        _ id: ID<DoctorNote>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> DoctorNote {
        let row = try tx.first("SELECT \(columns) FROM doctor_note WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let row else { throw NotFound("纸条") }
        return try note(row)
    }

    /// Newest first, at most 300: more than a clinic writes in a day.
    package static func listDay(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [DoctorNote] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM doctor_note
            WHERE clinic_id = \(clinic) AND business_day = \(day)
            ORDER BY sent_at DESC, id DESC
            LIMIT 300
            """
        ).map(note)
    }

    /// Oldest first.
    package static func list(of visit: ID<Visit>, in tx: any ReadTransaction) throws -> [DoctorNote] {
        try tx.rows("SELECT \(columns) FROM doctor_note WHERE visit_id = \(visit) ORDER BY id").map(note)
    }

    static func insert(_ n: DoctorNote, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [
            n.id, n.clinicID, n.businessDay, n.doctorID, n.visitID, n.patientID, n.body, n.sentAt, n.sentBy, n.version,
        ]
        try tx.run(
            """
            INSERT INTO doctor_note (id, clinic_id, business_day, doctor_id, visit_id, patient_id, body, sent_at, sent_by,
                version)
            VALUES \(rows: [values])
            """)
    }

    /// - Returns: false when somebody answered or withdrew it meanwhile.
    static func answer(
        _ id: ID<DoctorNote>, _ answer: DoctorNote.Answer, minutes: Int?, note: String?, by work: Work,
        in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE doctor_note
            SET answer = \(answer.rawValue), answer_minutes = \(minutes), answer_note = \(note),
                answered_at = \(work.now), answered_by = \(work.actor.id), version = version + 1
            WHERE id = \(id) AND answer IS NULL AND withdrawn_at IS NULL
            """) == 1
    }

    static func setActed(_ id: ID<DoctorNote>, by work: Work, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            """
            UPDATE doctor_note
            SET acted_at = \(work.now), acted_by = \(work.actor.id), version = version + 1
            WHERE id = \(id) AND answer IS NOT NULL AND acted_at IS NULL
            """) == 1
    }

    static func withdraw(_ id: ID<DoctorNote>, by work: Work, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            """
            UPDATE doctor_note
            SET withdrawn_at = \(work.now), version = version + 1
            WHERE id = \(id) AND answer IS NULL AND withdrawn_at IS NULL
            """) == 1
    }

    private static func note(_ row: Row) throws -> DoctorNote {
        DoctorNote(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), businessDay: try row.day("business_day"),
            doctorID: try row.id("doctor_id"), visitID: try row.idIfAny("visit_id"),
            patientID: try row.idIfAny("patient_id"), body: try row.text("body"), sentAt: try row.timestamp("sent_at"),
            sentBy: try row.id("sent_by"), answer: try row.codeIfAny("answer"),
            minutes: try row.intIfAny("answer_minutes"), answerNote: try row.textIfAny("answer_note"),
            answeredAt: try row.timestampIfAny("answered_at"), answeredBy: try row.idIfAny("answered_by"),
            actedAt: try row.timestampIfAny("acted_at"), actedBy: try row.idIfAny("acted_by"),
            withdrawnAt: try row.timestampIfAny("withdrawn_at"), version: try row.int("version"))
    }
}
