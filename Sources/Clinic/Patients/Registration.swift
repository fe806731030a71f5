import Kernel
import Storage

/// Registers a customer at the desk or on the telephone (R1.01, R1.11).
package struct RegisterPatient: Hashable, Sendable {
    package var details: PatientDetails
    /// Ticked conditions of the medical history (R1.08): code → note, which may be blank.
    package var histories: [String: String]
    package var wishes: [NewWish]
    /// Consents given now; the privacy notice is shown before (design §9).
    package var consents: Set<ConsentKind>
    package var guardianName: String
    package var guardianPhone: String
    /// A member of the family who is on file (R1.19).
    package var relativeID: ID<Patient>?
    /// People whom somebody looked at and declared to be somebody else (R1.14).
    package var notDuplicateOf: Set<ID<Patient>>
    /// Typed by somebody nobody has seen (R3.09): people on file are not looked for, so that the answer cannot tell who is
    /// one. The desk compares afterwards.
    package var isUnverified = false
    /// In which language the privacy notice was shown.
    package var noticeLanguage = Language.chinese

    package init(
        details: PatientDetails, histories: [String: String] = [:], wishes: [NewWish] = [],
        consents: Set<ConsentKind> = [], guardianName: String = "", guardianPhone: String = "",
        relativeID: ID<Patient>? = nil, notDuplicateOf: Set<ID<Patient>> = []
    ) {
        self.details = details
        self.histories = histories
        self.wishes = wishes
        self.consents = consents
        self.guardianName = guardianName
        self.guardianPhone = guardianPhone
        self.relativeID = relativeID
        self.notDuplicateOf = notDuplicateOf
    }
}

package enum Registration {
    static let counter = "record"
    static let mostCandidates = 10

    /// Stores the person, search terms, medical history, wishes and consents, or nothing.
    ///
    /// - Parameter cipher: seals the document number; without it a command that carries one is refused.
    /// - Throws: `NotAllowed`, `FormErrors` with every fault, `PatientError.duplicates` until each match was declared to be
    ///   somebody else.
    package static func register(
        _ command: RegisterPatient, by work: Work, sealing cipher: FieldCipher? = nil, in tx: any WriteTransaction
    ) throws -> Patient {
        try work.actor.require(.registerPatients)
        var policy = work.playbook.registrationPolicy
        // Nobody is asked for a document from afar; the desk sees it when the customer comes.
        if command.isUnverified { policy.requiresDocument = false }
        let facts = try RegistrationRules.check(command.details, policy: policy, today: work.today)
        let matches =
            command.isUnverified
            ? []
            : try duplicates(of: facts, cipher: cipher, in: tx)
                .filter { !command.notDuplicateOf.contains($0.patient.id) }
        guard matches.isEmpty else { throw PatientError.duplicates(matches) }
        if let referrer = facts.referrerID { _ = try PatientStore.get(referrer, in: tx) }

        let number = try Counters.next(counter, clinic: work.clinic.id, in: tx)
        let patient = try newPatient(facts, number: number, by: work, cipher: cipher)
        try PatientStore.insert(patient, in: tx)
        try PatientStore.replaceTerms(of: patient, in: tx)
        var payload = PatientEvents.registered(patient)
        if !command.notDuplicateOf.isEmpty {
            payload["notDuplicateOf"] = .list(command.notDuplicateOf.sorted().map { JSONValue($0) })
        }
        try Audit.append(
            Event("patient.registered", of: patient.id, patient: patient.id, .object(payload)), by: work, in: tx)
        try recordAlongside(command, patient: patient, by: work, in: tx)
        return patient
    }

    /// People on file who may be the one typed, for the live warning; faulty fields are left out of the comparison.
    package static func probe(
        _ details: PatientDetails, cipher: FieldCipher?, excluding: ID<Patient>? = nil, in tx: any ReadTransaction
    ) throws -> [DuplicateMatch] {
        let kind = DocumentKind(rawValue: details.documentKind) ?? .nationalID
        let document = details.documentNumber.nonBlank.flatMap {
            try? RegistrationRules.document(kind: kind, typed: $0)
        }
        return try matches(
            DuplicateProbe(
                name: details.name.halfWidth.trimmed, bornOn: TypedDay.read(details.bornOn),
                phone: PhoneNumber(details.phone)?.digits,
                documentHash: document.flatMap { document in cipher?.lookupHash(document.number) }), in: tx
        ).filter { $0.patient.id != excluding }
    }

    private static func duplicates(
        of facts: PatientFacts, cipher: FieldCipher?, in tx: any ReadTransaction
    ) throws -> [DuplicateMatch] {
        try matches(
            DuplicateProbe(
                name: facts.name, bornOn: facts.bornOn, phone: facts.phone?.digits,
                documentHash: facts.document.flatMap { document in cipher?.lookupHash(document.number) }), in: tx)
    }

    private static func matches(_ probe: DuplicateProbe, in tx: any ReadTransaction) throws -> [DuplicateMatch] {
        let candidates = try PatientStore.listCandidates(
            phone: probe.phone, documentHash: probe.documentHash, name: probe.name, bornOn: probe.bornOn,
            limit: mostCandidates, in: tx)
        return DuplicateRules.matches(probe, among: candidates)
    }

    private static func newPatient(
        _ facts: PatientFacts, number: Int64, by work: Work, cipher: FieldCipher?
    ) throws -> Patient {
        let id = work.newID(Patient.self)
        let sealed = try facts.document.map { try SealedDocument($0, of: id, cipher: cipher) }
        return Patient(
            id: id, homeClinicID: work.clinic.id, recordNumber: work.clinic.code + String(number).zeroPadded(6),
            name: facts.name, pinyin: facts.pinyin, gender: facts.gender, bornOn: facts.bornOn,
            statedAge: facts.statedAge, statedAgeOn: facts.statedAge == nil ? nil : work.today,
            salutation: facts.salutation, phone: facts.phone?.digits, phoneMissingReason: facts.phoneMissingReason,
            phoneConfirmedAt: nil, address: facts.address, documentKind: sealed?.kind, documentCipher: sealed?.cipher,
            documentHash: sealed?.hash, documentMasked: sealed?.masked, sourceChannel: facts.sourceChannel,
            referrerID: facts.referrerID, householdID: nil, complaint: facts.complaint,
            conditionNote: facts.conditionNote, remark: facts.remark, registeredAt: work.now,
            registeredBy: work.actor.id, mergedIntoID: nil, version: 1)
    }

    private static func recordAlongside(
        _ command: RegisterPatient, patient: Patient, by work: Work, in tx: any WriteTransaction
    ) throws {
        for (code, note) in command.histories.sorted(by: { $0.key < $1.key }) {
            _ = try PatientAlerts.add(code: code, note: note, to: patient.id, by: work, in: tx)
        }
        for wish in command.wishes { _ = try PatientWishes.add(wish, to: patient.id, by: work, in: tx) }
        if !command.consents.isEmpty {
            try Consents.add(
                command.consents, of: patient, guardianName: command.guardianName, guardianPhone: command.guardianPhone,
                language: command.noticeLanguage, by: work, in: tx)
        }
        if let relative = command.relativeID { try Households.join(patient.id, with: relative, by: work, in: tx) }
    }
}

/// A document as it is stored.
struct SealedDocument {
    let kind: DocumentKind
    let cipher: String
    let hash: String
    let masked: String

    static let table = "patient"
    static let column = "document_cipher"

    /// - Throws: `PatientError.secretsUnavailable`.
    init(_ document: IdentityDocument, of patient: ID<Patient>, cipher: FieldCipher?) throws {
        guard let cipher else { throw PatientError.secretsUnavailable }
        kind = document.kind
        self.cipher = try cipher.seal(document.number, table: Self.table, column: Self.column, row: patient.raw)
        hash = cipher.lookupHash(document.number)
        masked = document.masked
    }
}
