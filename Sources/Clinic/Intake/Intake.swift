import Kernel
import Storage

/// First-visit forms at the desk: filled in, checked field by field, signed (R1.03, R1.05–R1.08).
package enum Intake {
    /// Any one of them is enough to fill in; only `editPatients` checks.
    package static let capabilities: [Capability] = [.registerPatients, .editPatients]

    /// A form with everything that is drawn of it.
    package struct Sheet: Hashable, Sendable {
        package let form: IntakeForm
        package let fields: [IntakeField]
        /// The latest one, even when it is void by now.
        package let signature: Signature?
        /// SHA-256 of the answers as they are.
        package let contentHash: String

        package var isSigned: Bool { signature?.holds(for: contentHash) == true }
        /// Signed once, and answered differently since (R16.10).
        package var isSignatureVoid: Bool { signature != nil && !isSigned }
        package var unchecked: Int { fields.count { !$0.isChecked } }
        package var specials: [IntakeField] { fields.filter(\.isSpecial) }
    }

    /// - Throws: `NotFound`.
    package static func sheet(
        _ id: ID<IntakeForm>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> Sheet {
        try sheet(of: IntakeStore.get(id, clinic: clinic, in: tx), in: tx)
    }

    /// The form of a kind that is being filled in, or a new one. What the file says already is written down, unchecked.
    /// - Throws: `NotAllowed`, `NotFound`, `MergedFile`.
    package static func start(
        _ kind: IntakeKind, of patient: ID<Patient>, visit: ID<Visit>? = nil, source: IntakeSource = .desk,
        by work: Work, in tx: any WriteTransaction
    ) throws -> IntakeForm {
        try requireWriter(work)
        let patient = try PatientStore.requireLiving(patient, in: tx)
        let open = try IntakeStore.list(of: patient.id, in: tx)
            .first { $0.kind == kind && $0.state.isOpen && $0.clinicID == work.clinic.id }
        if let open { return open }
        let form = newForm(kind, patient: patient.id, visit: visit, source: source, language: .chinese, by: work)
        try IntakeStore.insert(form, in: tx)
        let known = try Known.answers(kind, of: patient, in: tx)
        let fields = made(known, of: form, replacing: [], by: work)
        try IntakeStore.replace(fields, in: tx)
        try Audit.append(
            Event("intake.started", of: form.id, patient: patient.id, ["kind": .text(kind.rawValue)]), by: work, in: tx)
        return try settled(form, by: work, in: tx)
    }

    /// What the customer answered. Fields that are not named stay; blank ones are emptied. A changed answer has to be
    /// checked again, and makes a signature void.
    /// - Throws: `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `FormErrors` under the keys of the fields, `IntakeError`.
    package static func answer(
        _ id: ID<IntakeForm>, version: Int, _ answers: [IntakeAnswer], fill: IntakeFill?, by work: Work,
        in tx: any WriteTransaction
    ) throws -> IntakeForm {
        try requireWriter(work)
        var form = try current(id, version: version, by: work, in: tx)
        let checked = try IntakeRules.check(answers, kind: form.kind, work.playbook, today: work.today)
        let old = try IntakeStore.fields(of: id, in: tx)
        let changed = made(checked, of: form, replacing: old, by: work)
        let kept = Set(checked.map(\.field))
        let emptied = answers.map(\.field).filter { name in
            !kept.contains(name) && old.contains { $0.field == name }
        }
        try IntakeStore.replace(changed, in: tx)
        try IntakeStore.remove(emptied, of: id, in: tx)
        if let fill { form.fill = fill }
        if let patient = form.patientID { try keepAlerts(changed, of: patient, by: work, in: tx) }
        let names = changed.map(\.field) + emptied
        if !names.isEmpty {
            try Audit.append(
                Event(
                    "intake.answered", of: id, patient: form.patientID,
                    ["fields": .list(names.sorted().map(JSONValue.text))]), by: work, in: tx)
        }
        return try settled(form, by: work, in: tx)
    }

    /// A colleague compared the answers with the customer (R1.03).
    /// - Parameter fields: keys; nil: all that are filled in.
    /// - Throws: `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `IntakeError`.
    package static func check(
        _ id: ID<IntakeForm>, version: Int, fields: [String]?, by work: Work, in tx: any WriteTransaction
    ) throws -> IntakeForm {
        try work.actor.require(.editPatients)
        let form = try current(id, version: version, by: work, in: tx)
        guard form.patientID != nil else { throw IntakeError.notAttached }
        let open = try IntakeStore.fields(of: id, in: tx).filter { !$0.isChecked }.map(\.field)
        let ticked = fields.map { wanted in open.filter(wanted.contains) } ?? open
        guard !ticked.isEmpty else { return form }
        try IntakeStore.check(ticked, of: id, by: work.actor.id, at: work.now, in: tx)
        try Audit.append(
            Event(
                "intake.checked", of: id, patient: form.patientID, ["fields": .list(ticked.map(JSONValue.text))]),
            by: work, in: tx)
        return try settled(form, by: work, in: tx)
    }

    /// The customer, or the guardian of a child, signs (R1.05).
    /// - Throws: `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `SignatureError`, `IntakeError`.
    package static func sign(
        _ id: ID<IntakeForm>, version: Int, _ signature: NewSignature, by work: Work, in tx: any WriteTransaction
    ) throws -> IntakeForm {
        try requireWriter(work)
        let form = try current(id, version: version, by: work, in: tx)
        try add(signature, under: form, by: work, in: tx)
        return try settled(form, by: work, in: tx)
    }

    /// Begun by mistake, or nobody's.
    /// - Throws: `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `IntakeError`.
    package static func discard(
        _ id: ID<IntakeForm>, version: Int, by work: Work, in tx: any WriteTransaction
    ) throws -> IntakeForm {
        try work.actor.require(.editPatients)
        var form = try current(id, version: version, by: work, in: tx)
        form.state = .discarded
        let stored = try IntakeStore.update(form, in: tx)
        try Audit.append(Event("intake.discarded", of: id, patient: form.patientID), by: work, in: tx)
        return stored
    }
}

// MARK: - Parts

extension Intake {
    static func requireWriter(_ work: Work) throws {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .editPatients) }
    }

    static func sheet(of form: IntakeForm, in tx: any ReadTransaction) throws -> Sheet {
        let fields = try IntakeStore.fields(of: form.id, in: tx)
        return Sheet(
            form: form, fields: fields,
            signature: try SignatureStore.latest(
                kind: IntakeStore.documentKind, id: form.id.raw, step: IntakeStore.step, in: tx),
            contentHash: IntakeRules.content(form.kind, fields))
    }

    static func current(
        _ id: ID<IntakeForm>, version: Int, by work: Work, in tx: any ReadTransaction
    ) throws -> IntakeForm {
        let form = try IntakeStore.get(id, clinic: work.clinic.id, in: tx)
        guard form.state != .discarded else { throw IntakeError.discarded }
        guard form.version == version else { throw ChangedMeanwhile("初诊表") }
        return form
    }

    static func newForm(
        _ kind: IntakeKind, patient: ID<Patient>?, visit: ID<Visit>?, source: IntakeSource, language: Language,
        by work: Work
    ) -> IntakeForm {
        IntakeForm(
            id: work.newID(), clinicID: work.clinic.id, patientID: patient, visitID: visit, kind: kind, source: source,
            fill: nil, language: language, state: .filling, startedAt: work.now, startedBy: work.actor.id,
            attachedAt: nil, attachedBy: nil, completedAt: nil, version: 1)
    }

    /// Rows of the answers that differ from what is stored.
    static func made(
        _ answers: [IntakeAnswer], of form: IntakeForm, replacing old: [IntakeField], by work: Work
    ) -> [IntakeField] {
        let specials = Set(
            IntakeRules.questions(form.kind, work.playbook).filter(\.isSpecialWhenYes).map(\.field))
        let stored = Dictionary(old.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
        return answers.compactMap { answer in
            let note = answer.note.nonBlank
            if let same = stored[answer.field], same.value == answer.value, same.note == note { return nil }
            return IntakeField(
                formID: form.id, field: answer.field, value: answer.value, note: note,
                isSpecial: specials.contains(answer.field) && answer.value == IntakeQuestion.yes, filledAt: work.now,
                filledBy: work.actor.id, checkedAt: nil, checkedBy: nil)
        }
    }

    static func add(
        _ signature: NewSignature, under form: IntakeForm, by work: Work, in tx: any WriteTransaction
    ) throws {
        let fields = try IntakeStore.fields(of: form.id, in: tx)
        let missing = IntakeRules.missing(form.kind, answered: Set(fields.map(\.field)), work.playbook)
        guard missing.isEmpty else { throw IntakeError.incomplete(fields: missing) }
        let patient = try form.patientID.map { try PatientStore.get($0, in: tx) }
        if case .customer = signature.signer,
            let age = IntakeRules.age(fields, patient: patient, today: work.today), age < PatientAge.guardianUntil
        {
            throw SignatureError.guardianNeeded(age: age)
        }
        _ = try Signatures.add(
            signature,
            under: SignedDocument(
                kind: IntakeStore.documentKind, id: form.id.raw,
                contentHash: IntakeRules.content(form.kind, fields)), step: IntakeStore.step,
            patient: form.patientID, by: work, in: tx)
    }

    /// Special answers stay with the customer (R1.07); also what is not special but was said.
    static func keepAlerts(
        _ fields: [IntakeField], of patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws {
        for field in fields where field.value == IntakeQuestion.yes {
            guard let code = IntakeRules.history(of: field.field) else { continue }
            _ = try PatientAlerts.add(code: code, note: field.note ?? "", to: patient, by: work, in: tx)
        }
    }

    /// Brings the state up to what the fields and the signature say.
    static func settled(_ changed: IntakeForm, by work: Work, in tx: any WriteTransaction) throws -> IntakeForm {
        let sheet = try sheet(of: changed, in: tx)
        var form = changed
        form.state = IntakeRules.state(form.kind, fields: sheet.fields, signature: sheet.signature, work.playbook)
        form.completedAt = form.state == .complete ? changed.completedAt ?? work.now : nil
        let stored = try IntakeStore.update(form, in: tx)
        if form.state == .complete, changed.state != .complete {
            try Audit.append(Event("intake.completed", of: form.id, patient: form.patientID), by: work, in: tx)
        }
        return stored
    }
}

/// What the file knows when a form is begun.
private enum Known {
    static func answers(_ kind: IntakeKind, of p: Patient, in tx: any ReadTransaction) throws -> [IntakeAnswer] {
        switch kind {
        case .registration:
            [
                ("name", p.name), ("gender", p.gender.rawValue), ("bornOn", p.bornOn?.iso),
                ("age", p.bornOn == nil ? p.statedAge.map { String($0) } : nil), ("phone", p.phone),
                ("address", p.address), ("salutation", p.salutation), ("sourceChannel", p.sourceChannel),
                ("complaint", p.complaint),
            ].compactMap { field, value in value?.nonBlank.map { IntakeAnswer(field, $0) } }
        case .inquiry:
            try PatientAlerts.list(p.id, in: tx).map {
                IntakeAnswer(IntakeRules.historyPrefix + $0.code, IntakeQuestion.yes, note: $0.note ?? "")
            } + (p.conditionNote.map { [IntakeAnswer("conditionNote", $0)] } ?? [])
        }
    }
}
