import Kernel
import Storage

/// SQL of `complaint`.
package enum ComplaintStore {
    private static let columns: SQL = """
        id, clinic_id, patient_id, visit_id, appointment_id, doctor_id, contact, situation, content, channel, level, cause,
            received_at, received_by, answer_by, reported_at, reported_by, reported_to, closed_at, closed_by, result,
            version
        """

    /// - Throws: `NotFound` also for another clinic's.
    package static func get(
        _ id: ID<Complaint>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> Complaint {
        let row = try tx.first("SELECT \(columns) FROM complaint WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let row else { throw NotFound("投诉") }
        return try complaint(row)
    }

    /// Open ones, the answer that is promised first on top.
    package static func listOpen(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [Complaint] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM complaint
            WHERE clinic_id = \(clinic) AND closed_at IS NULL
            ORDER BY answer_by, id
            LIMIT 200
            """
        ).map(complaint)
    }

    /// The latest ones that are closed, newest first.
    package static func listClosed(
        clinic: ID<ClinicSite>, limit: Int = 50, in tx: any ReadTransaction
    ) throws -> [Complaint] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM complaint
            WHERE clinic_id = \(clinic) AND closed_at IS NOT NULL
            ORDER BY received_at DESC, id DESC
            LIMIT \(limit)
            """
        ).map(complaint)
    }

    /// Of this clinic, newest first.
    package static func list(
        of patient: ID<Patient>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [Complaint] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM complaint
            WHERE patient_id = \(patient) AND clinic_id = \(clinic)
            ORDER BY received_at DESC, id DESC
            LIMIT 50
            """
        ).map(complaint)
    }

    static func insert(_ c: Complaint, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [
            c.id, c.clinicID, c.patientID, c.visitID, c.appointmentID, c.doctorID, c.contact, c.situation, c.content,
            c.channel, c.level, c.cause, c.received.at, c.received.by, c.answerBy, c.version,
        ]
        try tx.run(
            """
            INSERT INTO complaint (id, clinic_id, patient_id, visit_id, appointment_id, doctor_id, contact, situation,
                content, channel, level, cause, received_at, received_by, answer_by, version)
            VALUES \(rows: [values])
            """)
    }

    /// - Throws: `ChangedMeanwhile`.
    static func report(_ c: Complaint, to: String, by work: Work, in tx: any WriteTransaction) throws {
        let changed = try tx.run(
            """
            UPDATE complaint
            SET reported_at = \(work.now), reported_by = \(work.actor.id), reported_to = \(to), version = version + 1
            WHERE id = \(c.id) AND version = \(c.version)
            """)
        guard changed == 1 else { throw ChangedMeanwhile("投诉") }
    }

    /// - Throws: `ChangedMeanwhile`.
    static func close(_ c: Complaint, result: String, by work: Work, in tx: any WriteTransaction) throws {
        let changed = try tx.run(
            """
            UPDATE complaint
            SET closed_at = \(work.now), closed_by = \(work.actor.id), result = \(result), version = version + 1
            WHERE id = \(c.id) AND version = \(c.version) AND closed_at IS NULL
            """)
        guard changed == 1 else { throw ChangedMeanwhile("投诉") }
    }

    private static func complaint(_ row: Row) throws -> Complaint {
        let reported = try row.timestampIfAny("reported_at").map {
            Complaint.Report(
                stamp: Complaint.Stamp(at: $0, by: try row.id("reported_by")), to: try row.text("reported_to"))
        }
        let closed = try row.timestampIfAny("closed_at").map {
            Complaint.Closing(
                stamp: Complaint.Stamp(at: $0, by: try row.id("closed_by")), result: try row.text("result"))
        }
        return Complaint(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), patientID: try row.id("patient_id"),
            visitID: try row.idIfAny("visit_id"), appointmentID: try row.idIfAny("appointment_id"),
            doctorID: try row.idIfAny("doctor_id"), contact: try row.text("contact"),
            situation: try row.text("situation"), content: try row.text("content"), channel: try row.text("channel"),
            level: try row.text("level"), cause: try row.text("cause"),
            received: Complaint.Stamp(at: try row.timestamp("received_at"), by: try row.id("received_by")),
            answerBy: try row.timestamp("answer_by"), reported: reported, closed: closed,
            version: try row.int("version"))
    }
}
