import Kernel
import Storage

/// A form a customer filled in without anybody of the clinic (R1.10). It waits until a colleague knows whose it is.
package struct IntakeSubmission: Hashable, Sendable {
    package var kind: IntakeKind
    package var answers: [IntakeAnswer]
    package var language: Language
    /// Drawn on the telephone; nil: signed at the desk later.
    package var signature: NewSignature?
    package init(
        kind: IntakeKind, answers: [IntakeAnswer], language: Language = .chinese, signature: NewSignature? = nil
    ) {
        self.kind = kind
        self.answers = answers
        self.language = language
        self.signature = signature
    }
}

extension Intake {
    /// Stores a form filled in by the customer. It shows nothing of anybody on file and changes nobody's file.
    /// - Parameter work: of `Actor.customer`, or of a colleague who types a paper form.
    /// - Throws: `NotAllowed`, `FormErrors` under the keys of the fields, `SignatureError`, `IntakeError.incomplete`.
    package static func receive(
        _ submission: IntakeSubmission, by work: Work, in tx: any WriteTransaction
    ) throws -> IntakeForm {
        try work.actor.require(.registerPatients)
        let answers = try IntakeRules.check(
            submission.answers, kind: submission.kind, work.playbook, today: work.today)
        var form = newForm(
            submission.kind, patient: nil, visit: nil, source: .selfService, language: submission.language, by: work)
        form.fill = .alone
        try IntakeStore.insert(form, in: tx)
        try IntakeStore.replace(made(answers, of: form, replacing: [], by: work), in: tx)
        try Audit.append(Event("intake.received", of: form.id, ["kind": .text(form.kind.rawValue)]), by: work, in: tx)
        if let signature = submission.signature { try add(signature, under: form, by: work, in: tx) }
        return try settled(form, by: work, in: tx)
    }

    /// A colleague knows whose form it is: it goes into that file, its special answers to the alerts. Identity and contact
    /// data of the file stay as they are until somebody corrects them.
    /// - Throws: `NotAllowed`, `NotFound`, `MergedFile`, `IntakeError.alreadyAttached`.
    package static func attach(
        _ id: ID<IntakeForm>, to patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws -> IntakeForm {
        try work.actor.require(.editPatients)
        let patient = try PatientStore.requireLiving(patient, in: tx)
        var form = try IntakeStore.get(id, clinic: work.clinic.id, in: tx)
        guard form.patientID == nil else { throw IntakeError.alreadyAttached }
        guard form.state != .discarded else { throw IntakeError.discarded }
        form.patientID = patient.id
        form.attachedAt = work.now
        form.attachedBy = work.actor.id
        try keepAlerts(try IntakeStore.fields(of: id, in: tx), of: patient.id, by: work, in: tx)
        try Audit.append(Event("intake.attached", of: id, patient: patient.id), by: work, in: tx)
        return try settled(form, by: work, in: tx)
    }

    /// What the registration form says, ready to register somebody new or to look for who it is (`Registration.probe`).
    package static func details(
        _ id: ID<IntakeForm>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> PatientDetails {
        let sheet = try sheet(id, clinic: clinic, in: tx)
        let values = Dictionary(sheet.fields.map { ($0.field, $0.value) }, uniquingKeysWith: { first, _ in first })
        func value(_ field: String) -> String { values[field] ?? "" }
        return PatientDetails(
            name: value("name"), gender: value("gender"), bornOn: value("bornOn"), age: value("age"),
            phone: value("phone"), complaint: value("complaint"), salutation: value("salutation"),
            address: value("address"), sourceChannel: value("sourceChannel"))
    }
}
