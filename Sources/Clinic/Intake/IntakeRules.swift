import Kernel

/// What the first-visit forms ask and when one is complete (R1.03, R1.05–R1.08). Pure.
package enum IntakeRules {
    static let historyPrefix = "history."
    static let longestNote = 200
    static let longestText = 500

    /// The questions of a form in the order they are asked (B3, B4).
    package static func questions(_ kind: IntakeKind, _ playbook: Playbook) -> [IntakeQuestion] {
        switch kind {
        case .registration: registration(playbook)
        case .inquiry: inquiry(playbook)
        }
    }

    private static func registration(_ playbook: Playbook) -> [IntakeQuestion] {
        let sources = playbook.codes(.sourceChannel).map { IntakeQuestion.Choice(code: $0.code, label: $0.label) }
        let genders = [Gender.female, .male, .unknown].map {
            IntakeQuestion.Choice(code: $0.rawValue, label: $0.label)
        }
        return [
            IntakeQuestion("name", "姓名", isRequired: true),
            IntakeQuestion("gender", "性别", .choice(genders), isRequired: true),
            IntakeQuestion("bornOn", "出生日期"), IntakeQuestion("age", "年龄"),
            IntakeQuestion("phone", "联系电话"), IntakeQuestion("address", "住址"), IntakeQuestion("salutation", "称呼"),
            IntakeQuestion("sourceChannel", "怎么知道我们", .choice(sources)),
            IntakeQuestion("complaint", "哪里不舒服", .text, isRequired: true),
        ]
    }

    private static func inquiry(_ playbook: Playbook) -> [IntakeQuestion] {
        playbook.codes(.medicalHistory).map { code in
            IntakeQuestion(
                historyPrefix + code.code, code.label, .yesNo, isRequired: true, isSpecialWhenYes: code.isAlert,
                needsNote: code.needsNote)
        } + [IntakeQuestion("conditionNote", "身体状况", .text)]
    }

    /// The code of the list `medicalHistory` a field asks about.
    package static func history(of field: String) -> String? {
        field.hasPrefix(historyPrefix) ? String(field.dropFirst(historyPrefix.count)) : nil
    }

    /// Answers as they are stored: known fields, trimmed, blank ones left out.
    /// - Throws: `FormErrors` under the key of each field.
    package static func check(
        _ answers: [IntakeAnswer], kind: IntakeKind, _ playbook: Playbook, today: Day
    ) throws(FormErrors) -> [IntakeAnswer] {
        var faults = FormErrors()
        let questions = Dictionary(
            questions(kind, playbook).map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
        var checked: [IntakeAnswer] = []
        for answer in answers {
            guard let question = questions[answer.field], let value = answer.value.nonBlank else {
                continue
            }
            if let fault = fault(question, value, note: answer.note.nonBlank, today: today) {
                faults.add(answer.field, fault)
            }
            checked.append(IntakeAnswer(answer.field, value, note: answer.note.trimmed))
        }
        try faults.throwIfAny()
        return checked
    }

    private static func fault(
        _ question: IntakeQuestion, _ value: String, note: String?, today: Day
    ) -> String? {
        if let note, note.count > longestNote { return "说明最多 \(longestNote) 个字" }
        switch question.answer {
        case .yesNo:
            guard [IntakeQuestion.yes, IntakeQuestion.no].contains(value) else { return "请选择有或没有" }
            return question.needsNote && value == IntakeQuestion.yes && note == nil ? "请写明\(question.label)的具体内容" : nil
        case .choice(let choices): return choices.contains { $0.code == value } ? nil : "请从列表里选择"
        case .line, .text: break
        }
        if value.count > longestText { return "最多 \(longestText) 个字" }
        switch question.field {
        case "name" where value.count > RegistrationRules.longestName:
            return "姓名最多 \(RegistrationRules.longestName) 个字"
        case "phone" where PhoneNumber(value) == nil: return "电话号码不对：手机 11 位，座机可带区号，境外以 + 开头"
        case "bornOn":
            guard let day = TypedDay.read(value) else { return "出生日期写成 1968-07-02 或 19680702" }
            return day > today || today.years(since: day) > RegistrationRules.oldest ? "请核对出生日期" : nil
        case "age":
            guard let age = Int(value), (0...RegistrationRules.oldest).contains(age) else { return "年龄填整数" }
            return nil
        default: return nil
        }
    }

    /// Labels of what must be answered and is not. A birth date or an age is enough.
    package static func missing(
        _ kind: IntakeKind, answered: Set<String>, _ playbook: Playbook
    ) -> [String] {
        var missing = questions(kind, playbook).filter { $0.isRequired && !answered.contains($0.field) }.map(\.label)
        if kind == .registration, !answered.contains("bornOn"), !answered.contains("age") {
            missing.append("出生日期或年龄")
        }
        return missing
    }

    /// A form without a signature under its present content is never complete (R1.05), nor one with a field that nobody
    /// checked (R1.03).
    package static func state(
        _ kind: IntakeKind, fields: [IntakeField], signature: Signature?, _ playbook: Playbook
    ) -> IntakeState {
        guard missing(kind, answered: Set(fields.map(\.field)), playbook).isEmpty else { return .filling }
        guard signature?.holds(for: content(kind, fields)) == true else { return .unsigned }
        return fields.allSatisfy(\.isChecked) ? .complete : .unchecked
    }

    /// SHA-256 of what a signature stands under: the answers, not who checked them.
    package static func content(_ kind: IntakeKind, _ fields: [IntakeField]) -> String {
        let lines = fields.sorted { $0.field < $1.field }.map { field in
            JSONValue.list([.text(field.field), .text(field.value), JSONValue(field.note)])
        }
        return Audit.sha256(JSONValue.list([.text(kind.rawValue), .list(lines)]).text)
    }

    /// Under fourteen a guardian signs.
    package static func age(_ fields: [IntakeField], patient: Patient?, today: Day) -> Int? {
        if let patient { return patient.age(on: today) }
        let values = Dictionary(fields.map { ($0.field, $0.value) }, uniquingKeysWith: { first, _ in first })
        if let born = values["bornOn"].flatMap(TypedDay.read) { return max(0, today.years(since: born)) }
        return values["age"].flatMap { Int($0) }
    }
}
