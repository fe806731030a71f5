import Kernel
import Storage

/// Shows a masked value for a moment; each time is in the log (R16.06).
package enum ProtectedValues {
    /// - Parameter reason: code of the list `unmask`, or nil.
    /// - Returns: the number as it is dialled, in groups; nil when none is stored.
    /// - Throws: `NotAllowed`, `NotFound`, `PatientError.unknownCode`.
    package static func revealPhone(
        _ id: ID<Patient>, reason: String? = nil, by work: Work, in tx: any WriteTransaction
    ) throws -> String? {
        try work.actor.require(.revealProtected)
        let patient = try PatientStore.get(id, in: tx)
        try record("phone.revealed", of: patient, reason: reason, by: work, in: tx)
        return patient.phone.map { PatientPhone.text($0, masked: false) }
    }

    /// - Throws: `NotAllowed`, `NotFound`, `PatientError.noDocument`, `PatientError.secretsUnavailable`, `SecretsError`.
    package static func revealDocument(
        _ id: ID<Patient>, reason: String? = nil, opening cipher: FieldCipher?, by work: Work,
        in tx: any WriteTransaction
    ) throws -> String {
        try work.actor.require(.revealProtected)
        let patient = try PatientStore.get(id, in: tx)
        guard let sealed = patient.documentCipher else { throw PatientError.noDocument }
        guard let cipher else { throw PatientError.secretsUnavailable }
        let number = try cipher.open(
            sealed, table: SealedDocument.table, column: SealedDocument.column, row: patient.id.raw)
        try record("document.revealed", of: patient, reason: reason, by: work, in: tx)
        return number
    }

    private static func record(
        _ kind: String, of patient: Patient, reason: String?, by work: Work, in tx: any WriteTransaction
    ) throws {
        if let reason, !work.playbook.codes(.unmask).contains(where: { $0.code == reason }) {
            throw PatientError.unknownCode
        }
        try Audit.append(
            Event(kind, of: patient.id, patient: patient.id, ["reason": JSONValue(reason)]), by: work, in: tx)
    }
}
