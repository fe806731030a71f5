import Foundation
import Kernel
import Storage

/// The table of registrations by the customer's own telephone.
package enum SelfRegistrationStore {
    static func find(token hash: String, in tx: any ReadTransaction) throws -> SelfRegistration? {
        try tx.first("SELECT \(columns) FROM self_registration WHERE token_hash = \(hash)").map(registration)
    }

    /// - Throws: `NotFound`.
    package static func get(
        _ id: ID<SelfRegistration>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> SelfRegistration {
        let row = try tx.first("SELECT \(columns) FROM self_registration WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let row else { throw NotFound("自助登记") }
        return try registration(row)
    }

    /// Sent and not yet checked, oldest first: who stands at the desk sent it first.
    package static func listWaiting(
        clinic: ID<ClinicSite>, limit: Int, in tx: any ReadTransaction
    ) throws -> [SelfRegistration] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM self_registration
            WHERE clinic_id = \(clinic) AND submitted_at IS NOT NULL AND settled_at IS NULL
            ORDER BY submitted_at, id
            LIMIT \(limit)
            """
        ).map(registration)
    }

    package static func countWaiting(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> Int {
        Int(
            try tx.int64(
                """
                SELECT COUNT(*) AS n
                FROM self_registration
                WHERE clinic_id = \(clinic) AND submitted_at IS NOT NULL AND settled_at IS NULL
                """) ?? 0)
    }

    /// How many a network address began on a day.
    static func count(addressHash: String, day: Day, in tx: any ReadTransaction) throws -> Int {
        Int(
            try tx.int64(
                "SELECT COUNT(*) AS n FROM self_registration WHERE issued_day = \(day) AND address_hash = \(addressHash)"
            ) ?? 0)
    }

    static func insert(_ r: SelfRegistration, hash: String, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO self_registration (id, clinic_id, token_hash, appointment_id, issued_at, issued_day, issued_by,
                expires_at, address_hash)
            VALUES (\(r.id), \(r.clinicID), \(hash), \(r.appointmentID), \(r.issuedAt), \(r.issuedDay), \(r.issuedBy),
                \(r.expiresAt), \(r.addressHash))
            """)
    }

    /// Earlier codes of a booking stop working, unless the form was sent.
    static func revoke(
        of appointment: ID<Appointment>, at now: Timestamp, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE self_registration
            SET revoked_at = \(now)
            WHERE appointment_id = \(appointment) AND submitted_at IS NULL AND revoked_at IS NULL
            """)
    }

    /// - Returns: false when it was sent before.
    static func setSubmitted(_ r: SelfRegistration, in tx: any WriteTransaction) throws -> Bool {
        let answers = try r.answers.map { try json($0) }
        return try tx.run(
            """
            UPDATE self_registration
            SET language = \(r.language?.rawValue), answers = \(answers), notice_version = \(r.noticeVersion),
                notice_hash = \(r.noticeHash), submitted_at = \(r.submittedAt)
            WHERE id = \(r.id) AND submitted_at IS NULL AND revoked_at IS NULL
            """) == 1
    }

    /// - Returns: false when a colleague was faster.
    static func setSettled(_ r: SelfRegistration, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            """
            UPDATE self_registration
            SET settled_at = \(r.settledAt), settled_by = \(r.settledBy), outcome = \(r.outcome?.rawValue),
                patient_id = \(r.patientID)
            WHERE id = \(r.id) AND submitted_at IS NOT NULL AND settled_at IS NULL
            """) == 1
    }

    /// Codes nobody used and forms of nobody; what was sent waits for the desk, what was taken over stays as it was stated.
    static func purge(before: Timestamp, in tx: any WriteTransaction) throws -> Int {
        try tx.run(
            """
            DELETE FROM self_registration
            WHERE (submitted_at IS NULL AND expires_at < \(before)) OR (outcome = 'refused' AND settled_at < \(before))
            """)
    }

    private static let columns: SQL = """
        id, clinic_id, appointment_id, issued_at, issued_day, issued_by, expires_at, address_hash, revoked_at, language,
        answers, notice_version, notice_hash, submitted_at, settled_at, settled_by, outcome, patient_id
        """

    private static func json(_ answers: SelfAnswers) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(answers), as: UTF8.self)
    }

    private static func registration(_ row: Row) throws -> SelfRegistration {
        SelfRegistration(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), appointmentID: try row.idIfAny("appointment_id"),
            issuedAt: try row.timestamp("issued_at"), issuedDay: try row.day("issued_day"),
            issuedBy: try row.id("issued_by"), expiresAt: try row.timestamp("expires_at"),
            addressHash: try row.textIfAny("address_hash"), revokedAt: try row.timestampIfAny("revoked_at"),
            language: try row.codeIfAny("language"),
            answers: try row.textIfAny("answers").map {
                try JSONDecoder().decode(SelfAnswers.self, from: Data($0.utf8))
            },
            noticeVersion: try row.textIfAny("notice_version"), noticeHash: try row.textIfAny("notice_hash"),
            submittedAt: try row.timestampIfAny("submitted_at"), settledAt: try row.timestampIfAny("settled_at"),
            settledBy: try row.idIfAny("settled_by"), outcome: try row.codeIfAny("outcome"),
            patientID: try row.idIfAny("patient_id"))
    }
}
