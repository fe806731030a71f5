import Clinic
import Kernel

/// Who comes: the form while the time is held — templates/public/form.mustache
struct OnlineFormPage: Page {
    static let template = "public/form"
    let shell: ShellView
    let frame: PublicFrame
    let words: WordsView
    let when: String
    let what: String
    let held: String
    let action: String
    let otherHref: String
    let hasFaults: Bool
    let name: InputView
    let phone: InputView
    let age: InputView
    let genders: [ChoiceView]
    let genderFault: String?
    let note: InputView
    let questions: [AskView]
    let guardian: InputView
    /// Protection, only while the epidemic mode is on (R3.45).
    let protection: String?
    let privacy: [String]
    let agrees: Bool
    let agreeFault: String?
    /// Health information is a consent of its own.
    let agreesHealth: Bool
    let healthFault: String?
    static let fields: [Field<Self>] = [
        Field("frame", \.frame), Field("words", \.words), Field("when", \.when), Field("what", \.what),
        Field("held", \.held), Field("action", \.action), Field("otherHref", \.otherHref),
        Field("hasFaults", \.hasFaults), Field("name", \.name), Field("phone", \.phone), Field("age", \.age),
        Field("genders", \.genders), Field("genderFault", \.genderFault), Field("note", \.note),
        Field("questions", \.questions), Field("guardian", \.guardian), Field("protection", \.protection),
        Field("privacy", \.privacy), Field("agrees", \.agrees), Field("agreeFault", \.agreeFault),
        Field("agreesHealth", \.agreesHealth), Field("healthFault", \.healthFault),
    ]

    /// Everything the page is drawn from.
    struct Content {
        var need: OnlineNeed
        var time: OfferedTime
        /// "09:25": until then the time is kept.
        var heldUntil: String
        var token: PublicToken
        var clinic: ClinicSite
        var questions: [OnlineQuestion]
        var isEpidemic: Bool
        var entry = OnlineEntry(name: "", phone: "", age: "", gender: "", agrees: false)
        var faults: [String: OnlineFault] = [:]
    }

    init(_ content: Content, _ language: Language, shell: ShellView) {
        let (time, entry, here) = (content.time, content.entry, PublicPaths.hold(content.token))
        func text(_ phrase: Phrase) -> String { PhraseBook.text(phrase, language) }
        var faults = FormErrors()
        for (field, fault) in content.faults.sorted(by: { Self.rank($0.key) < Self.rank($1.key) }) {
            faults.add(field, text(fault.phrase))
        }
        self.shell = shell
        frame = PublicFrame(language, clinicName: content.clinic.name, here: here)
        words = WordsView(language: language)
        when = PublicDates.when(time.day, time.start, language)
        what = [
            text(content.need.phrase), Text(.withDoctor, time.doctorName)(language),
            Text(.aboutMinutes, String(time.units * Unit.minutes))(language),
        ].joined(separator: " · ")
        held = Text(.heldUntil, content.heldUntil)(language)
        action = here.text(language)
        otherHref = PublicPaths.times(content.clinic.id, content.need).text(language)
        hasFaults = !faults.isEmpty
        name = InputView(
            "name", text(.fieldName), entry.name, isRequired: true, autocomplete: "name", faults: faults)
        phone = InputView(
            "phone", text(.fieldPhone), entry.phone, type: "tel", hint: text(.hintPhone), isRequired: true,
            autocomplete: "tel", inputMode: "tel", faults: faults)
        age = InputView(
            "age", text(.fieldAge), entry.age, isRequired: true, inputMode: "numeric", faults: faults)
        genders = [(Gender.female, Phrase.female), (.male, .male), (.unknown, .unsaid)].map { gender, phrase in
            ChoiceView(gender.rawValue, text(phrase), isChosen: gender.rawValue == entry.gender)
        }
        genderFault = faults.messages["gender"]
        note = InputView("note", text(.fieldNote), entry.note, hint: text(.hintNote), faults: faults)
        questions = content.questions.map {
            AskView(
                name: "ask." + $0.rawValue, label: text($0.phrase), isYes: entry.answers.contains($0),
                isNo: entry.denied.contains($0), yes: text(.yes), no: text(.no))
        }
        guardian = InputView(
            "guardianName", text(.fieldGuardian), entry.guardianName, hint: text(.hintGuardian), faults: faults)
        protection = content.isEpidemic ? text(.protection) : nil
        privacy = PrivacyNotice(clinic: content.clinic, language: language).text.split(separator: "\n").map(String.init)
        agrees = entry.agrees
        agreeFault = faults.messages["agrees"]
        agreesHealth = entry.agreesHealth
        healthFault = faults.messages["agreesHealth"]
    }

    private static func rank(_ field: String) -> Int {
        ["name", "phone", "age", "gender", "note", "guardianName", "agreesHealth", "agrees"].firstIndex(of: field) ?? 9
    }
}

/// A question that is answered with yes or no, or left open.
struct AskView: Viewable {
    let name: String
    let label: String
    let isYes: Bool
    let isNo: Bool
    let yes: String
    let no: String
    static let fields: [Field<Self>] = [
        Field("yes", \.yes), Field("no", \.no), Field("name", \.name), Field("label", \.label), Field("isYes", \.isYes),
        Field("isNo", \.isNo),
    ]
}

extension OnlineFault {
    var phrase: Phrase {
        switch self {
        case .nameMissing: .faultNameMissing
        case .nameTooLong: .faultNameTooLong
        case .phoneWrong: .faultPhoneWrong
        case .ageWrong: .faultAgeWrong
        case .genderMissing: .faultGenderMissing
        case .noteTooLong: .faultNoteTooLong
        case .guardianMissing: .faultGuardianMissing
        case .guardianTooLong: .faultNameTooLong
        case .consentMissing: .faultConsentMissing
        case .healthConsentMissing: .faultHealthConsentMissing
        }
    }
}

extension OnlineQuestion {
    var phrase: Phrase {
        switch self {
        case .fever: .askFever
        case .contact: .askContact
        case .travel: .askTravel
        case .isolation: .askIsolation
        case .anticoagulant: .askAnticoagulant
        case .pregnancy: .askPregnancy
        case .heart: .askHeart
        case .hypertension: .askHypertension
        case .diabetes: .askDiabetes
        case .allergy: .askAllergy
        }
    }
}
