import Kernel
import Storage

/// What a customer typed on the own telephone, kept as the two first-visit forms of the file (R1.05): filled in alone (R1.06),
/// with the fields the desk compared already checked (R1.03). The signature follows at the desk.
enum SelfIntake {
    /// - Throws: `NotAllowed`, `FormErrors`, `MergedFile`.
    static func keep(
        _ answers: SelfAnswers, language: Language, checked fields: Set<SelfField>, of patient: ID<Patient>,
        by work: Work, in tx: any WriteTransaction
    ) throws {
        let ticked = fields.flatMap(keys)
        try keep(
            IntakeSubmission(kind: .registration, answers: registration(answers), language: language),
            checked: ticked, of: patient, by: work, in: tx)
        guard fields.contains(.history), answers.tellsHealth else { return }
        try keep(
            IntakeSubmission(kind: .inquiry, answers: inquiry(answers, work.playbook), language: language),
            checked: nil, of: patient, by: work, in: tx)
    }

    /// - Parameter checked: keys of the fields; nil: all of the form.
    private static func keep(
        _ submission: IntakeSubmission, checked: [String]?, of patient: ID<Patient>, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        let received = try Intake.receive(submission, by: work, in: tx)
        let attached = try Intake.attach(received.id, to: patient, by: work, in: tx)
        _ = try Intake.check(attached.id, version: attached.version, fields: checked, by: work, in: tx)
    }

    static func registration(_ a: SelfAnswers) -> [IntakeAnswer] {
        let born = TypedDay.read(a.bornOn)?.iso ?? ""
        return [
            IntakeAnswer("name", a.name.halfWidth.trimmed), IntakeAnswer("gender", a.gender),
            IntakeAnswer("bornOn", born), IntakeAnswer("age", born.isEmpty ? a.age.halfWidth.trimmed : ""),
            IntakeAnswer("phone", a.phone), IntakeAnswer("address", a.address.trimmed),
            IntakeAnswer("sourceChannel", a.sourceChannel), IntakeAnswer("complaint", a.complaint.trimmed),
        ]
    }

    /// The form says that what is not ticked is a no.
    static func inquiry(_ a: SelfAnswers, _ playbook: Playbook) -> [IntakeAnswer] {
        playbook.codes(.medicalHistory).map { code in
            let text: String? =
                switch code.code {
                case "otherAllergy": a.allergies.nonBlank
                case "medication": a.medicines.nonBlank
                default: nil
                }
            let isYes = text != nil || a.histories.contains(code.code)
            let note = text ?? (isYes && code.needsNote ? "客人扫码勾选，请当面问清" : "")
            return IntakeAnswer(
                IntakeRules.historyPrefix + code.code, isYes ? IntakeQuestion.yes : IntakeQuestion.no, note: note)
        }
    }

    private static func keys(_ field: SelfField) -> [String] {
        switch field {
        case .name: ["name"]
        case .gender: ["gender"]
        case .birth: ["bornOn", "age"]
        case .phone: ["phone"]
        case .address: ["address"]
        case .complaint: ["complaint"]
        case .source: ["sourceChannel"]
        case .history: []
        }
    }
}
