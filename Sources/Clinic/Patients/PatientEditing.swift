import Kernel
import Storage

/// Corrects a file (R1.04, R16.04): the old values stay in `patient_change`.
package struct EditPatient: Hashable, Sendable {
    package var id: ID<Patient>
    /// As on the page that was corrected.
    package var version: Int
    package var details: PatientDetails
    package var removesDocument: Bool
    package init(id: ID<Patient>, version: Int, details: PatientDetails, removesDocument: Bool = false) {
        self.id = id
        self.version = version
        self.details = details
        self.removesDocument = removesDocument
    }
}

package enum PatientEditing {
    /// - Throws: `NotAllowed`, `NotFound`, `ChangedMeanwhile` that names who was faster, `FormErrors`.
    package static func edit(
        _ command: EditPatient, by work: Work, sealing cipher: FieldCipher? = nil, in tx: any WriteTransaction
    ) throws -> Patient {
        try work.actor.require(.editPatients)
        let old = try PatientStore.lock(command.id, in: tx)
        try requireCurrent(old, version: command.version, by: work, in: tx)
        var details = withFreshPinyin(command.details, old: old)
        details.phone = PatientPhone.restored(details.phone, stored: old.phone)
        let facts = try RegistrationRules.check(
            details, policy: work.playbook.registrationPolicy, today: work.today,
            hasStoredDocument: old.documentCipher != nil && !command.removesDocument)
        if let referrer = facts.referrerID {
            guard referrer != old.id else { throw PatientError.referrerIsSelf }
            _ = try PatientStore.get(referrer, in: tx)
        }
        let new = try corrected(old, facts, removesDocument: command.removesDocument, today: work.today, cipher: cipher)
        return try save(new, replacing: old, occasion: .edit, by: work, in: tx)
    }

    /// Writes the differences, if there are any: row, history, search terms, event.
    static func save(
        _ new: Patient, replacing old: Patient, occasion: PatientChange.Occasion, by work: Work,
        in tx: any WriteTransaction
    ) throws -> Patient {
        let changes = PatientChange.differences(from: old, to: new, occasion: occasion, by: work)
        guard !changes.isEmpty || new.phoneConfirmedAt != old.phoneConfirmedAt else { return old }
        guard let stored = try update(new, replacing: old, in: tx) else {
            throw ChangedMeanwhile(
                "客人资料", change: try PatientChangeStore.lastChangeText(old.id, calendar: work.clinic.calendar, in: tx))
        }
        guard !changes.isEmpty else { return stored }
        try PatientChangeStore.append(changes, by: work, in: tx)
        if changes.contains(where: { [.name, .pinyin, .phone].contains($0.field) }) {
            try PatientStore.replaceTerms(of: stored, in: tx)
        }
        try Audit.append(
            Event("patient.edited", of: old.id, patient: old.id, PatientEvents.edited(changes)), by: work, in: tx)
        return stored
    }

    /// - Throws: `PatientError.documentJustTaken` when another clinic stored the same document meanwhile.
    private static func update(
        _ new: Patient, replacing old: Patient, in tx: any WriteTransaction
    ) throws -> Patient? {
        guard new.documentHash != old.documentHash else { return try PatientStore.update(new, in: tx) }
        do {
            return try tx.savepoint { try PatientStore.update(new, in: tx) }
        } catch StorageError.conflict {
            throw PatientError.documentJustTaken
        }
    }

    static func requireCurrent(_ patient: Patient, version: Int, by work: Work, in tx: any ReadTransaction) throws {
        guard patient.mergedIntoID == nil else { throw PatientError.merged }
        guard patient.version != version else { return }
        throw ChangedMeanwhile(
            "客人资料", change: try PatientChangeStore.lastChangeText(patient.id, calendar: work.clinic.calendar, in: tx))
    }

    /// A new name makes the old pinyin wrong, unless the pinyin was corrected too.
    private static func withFreshPinyin(_ typed: PatientDetails, old: Patient) -> PatientDetails {
        var details = typed
        if typed.name.halfWidth.trimmed != old.name, typed.pinyin.trimmed == old.pinyin { details.pinyin = "" }
        return details
    }

    private static func corrected(
        _ old: Patient, _ facts: PatientFacts, removesDocument: Bool, today: Day, cipher: FieldCipher?
    ) throws -> Patient {
        var new = old
        new.name = facts.name
        new.pinyin = facts.pinyin
        new.gender = facts.gender
        new.bornOn = facts.bornOn
        if facts.statedAge != old.statedAge {
            new.statedAge = facts.statedAge
            new.statedAgeOn = facts.statedAge == nil ? nil : today
        }
        new.salutation = facts.salutation
        if facts.phone?.digits != old.phone { new.phoneConfirmedAt = nil }
        new.phone = facts.phone?.digits
        new.phoneMissingReason = facts.phoneMissingReason
        new.address = facts.address
        new.sourceChannel = facts.sourceChannel
        new.referrerID = facts.referrerID
        new.complaint = facts.complaint
        new.conditionNote = facts.conditionNote
        new.remark = facts.remark
        if let document = facts.document {
            let hash = cipher?.lookupHash(document.number)
            if hash == nil || hash != old.documentHash || document.kind != old.documentKind {
                let sealed = try SealedDocument(document, of: old.id, cipher: cipher)
                new.documentKind = sealed.kind
                new.documentCipher = sealed.cipher
                new.documentHash = sealed.hash
                new.documentMasked = sealed.masked
            }
        } else if removesDocument {
            new.documentKind = nil
            new.documentCipher = nil
            new.documentHash = nil
            new.documentMasked = nil
        }
        return new
    }
}
