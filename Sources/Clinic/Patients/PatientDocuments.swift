import Kernel

/// A sealed document number is bound to its row: another file gets it sealed anew.
package enum PatientDocuments {
    /// - Throws: `PatientError.secretsUnavailable`, `SecretsError`.
    package static func copied(from source: Patient, to target: Patient, cipher: FieldCipher?) throws -> Patient {
        guard let sealed = source.documentCipher else { return target }
        guard let cipher else { throw PatientError.secretsUnavailable }
        let number = try cipher.open(
            sealed, table: SealedDocument.table, column: SealedDocument.column, row: source.id.raw)
        var new = target
        new.documentKind = source.documentKind
        new.documentCipher = try cipher.seal(
            number, table: SealedDocument.table, column: SealedDocument.column, row: target.id.raw)
        new.documentHash = source.documentHash
        new.documentMasked = source.documentMasked
        return new
    }

    package static func clear(_ p: inout Patient) {
        p.documentKind = nil
        p.documentCipher = nil
        p.documentHash = nil
        p.documentMasked = nil
    }
}
