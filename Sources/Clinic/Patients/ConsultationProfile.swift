import Foundation
import Kernel
import Storage

/// What a customer told the consultant about the own life (R1.20, B42). Sealed; each look is in the access log.
package struct ConsultationProfile: Hashable, Sendable, Codable {
    package var origin: String
    package var need: String
    package var occupation: String
    package var economy: String
    package var family: String
    package var marriage: String
    package init(
        origin: String = "", need: String = "", occupation: String = "", economy: String = "", family: String = "",
        marriage: String = ""
    ) {
        self.origin = origin
        self.need = need
        self.occupation = occupation
        self.economy = economy
        self.family = family
        self.marriage = marriage
    }

    package var isBlank: Bool { self == ConsultationProfile() }
}

/// Reads and writes the sealed part. Off as shipped; only the capability opens it.
package enum ConsultationProfiles {
    static let column = ProtectedColumn(table: "consultation_profile", column: "content_cipher")
    static let longest = 200

    /// Whether a page may show the part at all: the clinic switched it on, and the person has the right.
    package static func isOpen(_ actor: Actor, _ playbook: Playbook) -> Bool {
        playbook.level(of: .consultationProfile) != .off && actor.may(.seeSensitiveProfile)
    }

    /// The newest version; nil when nothing was written. The page notes the view as an access event.
    /// - Throws: `NotAllowed`, `PatientError.secretsUnavailable`, `SecretsError`.
    package static func read(
        _ patient: ID<Patient>, opening cipher: FieldCipher?, by work: Work, in tx: any ReadTransaction
    ) throws -> ConsultationProfile? {
        try requireOpen(work)
        let row = try tx.first(
            """
            SELECT id, content_cipher
            FROM consultation_profile
            WHERE patient_id = \(patient)
            ORDER BY id DESC
            LIMIT 1
            """)
        guard let row else { return nil }
        guard let cipher else { throw PatientError.secretsUnavailable }
        let clear = try cipher.open(
            row.text("content_cipher"), table: column.table, column: column.column, row: row.int64("id"))
        return try JSONDecoder().decode(ConsultationProfile.self, from: Data(clear.utf8))
    }

    /// Stores a new version; earlier ones stay.
    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors`, `PatientError.secretsUnavailable`.
    package static func write(
        _ profile: ConsultationProfile, of patient: ID<Patient>, sealing cipher: FieldCipher?, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try requireOpen(work)
        let patient = try PatientProfiles.living(patient, in: tx)
        guard let cipher else { throw PatientError.secretsUnavailable }
        var faults = FormErrors()
        for (field, text) in [
            ("origin", profile.origin), ("need", profile.need), ("occupation", profile.occupation),
            ("economy", profile.economy), ("family", profile.family), ("marriage", profile.marriage),
        ] where text.count > longest {
            faults.add(field, "最多 \(longest) 个字")
        }
        try faults.throwIfAny()
        let id = work.newID(ConsultationProfile.self)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let clear = String(decoding: try encoder.encode(profile), as: UTF8.self)
        let sealed = try cipher.seal(clear, table: column.table, column: column.column, row: id.raw)
        let values: [any SQLBindable] = [id, patient.id, sealed, work.now, work.actor.id]
        try tx.run(
            """
            INSERT INTO consultation_profile (id, patient_id, content_cipher, recorded_at, recorded_by)
            VALUES \(rows: [values])
            """)
        try Audit.append(Event("consultation.recorded", of: id, patient: patient.id), by: work, in: tx)
    }

    private static func requireOpen(_ work: Work) throws {
        try work.actor.require(.seeSensitiveProfile)
        guard work.playbook.level(of: .consultationProfile) != .off else { throw NotFound("咨询档案") }
    }
}
