import Clinic
import Kernel

/// 自助登记: where the clinic's code leads — templates/public/self_start.mustache
struct SelfStartPage: Page {
    static let template = "public/self_start"
    let shell: ShellView
    let frame: PublicFrame
    let words: WordsView
    let begin: Begin?
    let clinics: [LinkView]
    let hasClinics: Bool
    static let fields: [Field<Self>] = [
        Field("frame", \.frame), Field("words", \.words), Field("begin", \.begin), Field("clinics", \.clinics),
        Field("hasClinics", \.hasClinics),
    ]

    /// The button, once the clinic is known.
    struct Begin: Viewable {
        let action: String
        let clinic: String
        let once: String
        let label: String
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("clinic", \.clinic), Field("once", \.once), Field("label", \.label),
        ]
    }

    /// - Parameter minutes: how long a form may be filled in.
    init(
        _ language: Language, clinic: ClinicSite?, clinics: [ClinicSite], minutes: Int, siteName: String,
        shell: ShellView
    ) {
        self.shell = shell
        frame = PublicFrame(language, clinicName: clinic?.name ?? siteName, here: PublicPaths.selfStart(clinic?.id))
        words = WordsView(language: language)
        begin = clinic.map {
            Begin(
                action: PublicAddress(PublicPaths.selfStart).text(language), clinic: $0.id.text,
                once: Text(.selfOnce, String(minutes))(language), label: PhraseBook.text(.selfStart, language))
        }
        self.clinics =
            clinic == nil
            ? clinics.map { LinkView(PublicPaths.selfStart($0.id).text(language), "\($0.name) · \($0.address)") } : []
        hasClinics = !self.clinics.isEmpty
    }

    static var samples: [SelfStartPage] {
        Language.allCases.flatMap { language in
            [PublicSamples.clinic, nil].map { clinic in
                SelfStartPage(
                    language, clinic: clinic, clinics: [PublicSamples.clinic], minutes: 60, siteName: "示例口腔",
                    shell: PublicSamples.shell(.selfTitle, language))
            }
        }
    }
}

/// 登记和病史 — templates/public/self_form.mustache
struct SelfFormPage: Page {
    static let template = "public/self_form"
    let shell: ShellView
    let frame: PublicFrame
    let words: WordsView
    let action: String
    let hasFaults: Bool
    let name: InputView
    let genders: [ChoiceView]
    let genderFault: String?
    let born: InputView
    let age: InputView
    let phone: InputView
    let address: InputView
    let reason: InputView
    let sources: [ChoiceView]
    let fillers: [ChoiceView]
    let guardian: InputView
    let guardianPhone: InputView
    let histories: [ChoiceView]
    let historyFault: String?
    let hasNoHistory: Bool
    let allergies: InputView
    let medicines: InputView
    let agreesHealth: Bool
    let healthFault: String?
    let privacy: [String]
    let agrees: Bool
    let agreeFault: String?
    let likesNews: Bool
    let allowsPhotos: Bool
    static let fields: [Field<Self>] = [
        Field("frame", \.frame), Field("words", \.words), Field("action", \.action), Field("hasFaults", \.hasFaults),
        Field("name", \.name), Field("genders", \.genders), Field("genderFault", \.genderFault),
        Field("born", \.born), Field("age", \.age), Field("phone", \.phone), Field("address", \.address),
        Field("reason", \.reason), Field("sources", \.sources), Field("fillers", \.fillers),
        Field("guardian", \.guardian), Field("guardianPhone", \.guardianPhone), Field("histories", \.histories),
        Field("historyFault", \.historyFault), Field("hasNoHistory", \.hasNoHistory),
        Field("allergies", \.allergies), Field("medicines", \.medicines), Field("agreesHealth", \.agreesHealth),
        Field("healthFault", \.healthFault), Field("privacy", \.privacy), Field("agrees", \.agrees),
        Field("agreeFault", \.agreeFault), Field("likesNews", \.likesNews), Field("allowsPhotos", \.allowsPhotos),
    ]

    /// Everything the page is drawn from.
    struct Content {
        var token: PublicToken
        var clinic: ClinicSite
        /// Code and Chinese label of the lists of this clinic.
        var histories: [(code: String, label: String)]
        var sources: [(code: String, label: String)]
        var answers = SelfAnswers()
        var faults: [String: SelfFault] = [:]
    }

    init(_ content: Content, _ language: Language, shell: ShellView) {
        func text(_ phrase: Phrase) -> String { PhraseBook.text(phrase, language) }
        let a = content.answers
        var faults = FormErrors()
        for field in SelfFormPage.order {
            if let fault = content.faults[field] { faults.add(field, text(fault.phrase)) }
        }
        self.shell = shell
        frame = PublicFrame(
            language, clinicName: content.clinic.name, here: PublicPaths.selfForm(content.token))
        words = WordsView(language: language)
        action = PublicPaths.selfForm(content.token).text(language)
        hasFaults = !faults.isEmpty
        name = InputView(
            "name", text(.fieldOwnName), a.name, hint: text(.whyName), isRequired: true, autocomplete: "name",
            faults: faults)
        genders = [(Gender.female, Phrase.female), (.male, .male), (.unknown, .unsaid)].map { gender, phrase in
            ChoiceView(gender.rawValue, text(phrase), isChosen: gender.rawValue == a.gender)
        }
        genderFault = faults.messages["gender"]
        born = InputView(
            "bornOn", text(.fieldBirth), a.bornOn, hint: text(.whyBirth), autocomplete: "bday", faults: faults)
        age = InputView("age", text(.fieldAgeInstead), a.age, inputMode: "numeric", faults: faults)
        phone = InputView(
            "phone", text(.fieldOwnPhone), a.phone, type: "tel", hint: text(.whyPhone), isRequired: true,
            autocomplete: "tel", inputMode: "tel", faults: faults)
        address = InputView(
            "address", text(.fieldAddress), a.address, hint: text(.whyAddress), autocomplete: "address-line1",
            faults: faults)
        reason = InputView(
            "complaint", text(.fieldReason), a.complaint, hint: text(.whyReason), isRequired: true, faults: faults)
        // A list of the clinic's own has no English; it is offered to those who read Chinese.
        sources =
            language == .chinese
            ? [ChoiceView("", text(.sourceNone), isChosen: a.sourceChannel.isEmpty)]
                + content.sources.map { ChoiceView($0.code, $0.label, isChosen: $0.code == a.sourceChannel) } : []
        fillers = SelfFiller.allCases.map {
            ChoiceView($0.rawValue, text($0.phrase), isChosen: $0.rawValue == a.filler)
        }
        guardian = InputView(
            "guardianName", text(.fieldGuardian), a.guardianName, hint: text(.whyGuardian), faults: faults)
        guardianPhone = InputView(
            "guardianPhone", text(.fieldGuardianPhone), a.guardianPhone, type: "tel", inputMode: "tel", faults: faults)
        histories = content.histories.compactMap { code, label in
            let phrase = Phrase.history(code)
            guard language == .chinese || phrase != nil else { return nil }
            return ChoiceView(code, phrase.map(text) ?? label, isChosen: a.histories.contains(code))
        }
        historyFault = faults.messages["history"]
        hasNoHistory = a.hasNoHistory
        allergies = InputView(
            "allergies", text(.fieldAllergies), a.allergies, hint: text(.whyAllergies), faults: faults)
        medicines = InputView(
            "medicines", text(.fieldMedicines), a.medicines, hint: text(.whyMedicines), faults: faults)
        agreesHealth = a.agrees(to: .health)
        healthFault = faults.messages["health"]
        privacy = PrivacyNotice(clinic: content.clinic, language: language).text.split(separator: "\n").map(String.init)
        agrees = a.agrees(to: .privacy)
        agreeFault = faults.messages["privacy"]
        likesNews = a.agrees(to: .marketing)
        allowsPhotos = a.agrees(to: .photo)
    }

    static let order = [
        "name", "gender", "bornOn", "age", "phone", "address", "complaint", "guardianName", "guardianPhone", "health",
        "history", "allergies", "medicines", "privacy",
    ]

    static var samples: [SelfFormPage] {
        var content = Content(
            token: PublicSamples.token, clinic: PublicSamples.clinic,
            histories: [("hypertension", "高血压"), ("pregnancy", "怀孕"), ("own", "本院加的一项")],
            sources: [("friend", "亲友介绍"), ("map", "地图与点评")])
        let empty = Language.allCases.map {
            SelfFormPage(content, $0, shell: PublicSamples.shell(.selfFormTitle, $0))
        }
        content.answers.name = "Alexandra Montgomery-Fitzgerald"
        content.answers.age = "9"
        content.answers.histories = ["pregnancy"]
        content.answers.hasNoHistory = true
        content.answers.consents = ["photo"]
        content.faults = [
            "name": .nameTooLong, "gender": .genderMissing, "age": .ageWrong, "bornOn": .birthWrong,
            "phone": .phoneWrong, "complaint": .complaintMissing, "address": .textTooLong,
            "guardianName": .guardianMissing, "guardianPhone": .guardianPhoneWrong, "history": .historyBoth,
            "health": .healthConsentMissing, "privacy": .consentMissing,
        ]
        return empty
            + Language.allCases.map { SelfFormPage(content, $0, shell: PublicSamples.shell(.selfFormTitle, $0)) }
    }
}

extension SelfFault {
    var phrase: Phrase {
        switch self {
        case .nameMissing: .faultNameMissing
        case .nameTooLong: .faultNameTooLong
        case .genderMissing: .faultGenderMissing
        case .birthWrong: .faultBirthWrong
        case .ageWrong: .faultAgeWrong
        case .phoneWrong, .guardianPhoneWrong: .faultPhoneWrong
        case .complaintMissing: .faultReasonMissing
        case .textTooLong: .faultTooLong
        case .guardianMissing: .faultGuardianMissing
        case .historyMissing: .faultHistoryMissing
        case .historyBoth: .faultHistoryBoth
        case .consentMissing: .faultConsentMissing
        case .healthConsentMissing: .faultHealthConsentMissing
        }
    }
}

extension SelfFiller {
    var phrase: Phrase {
        switch self {
        case .own: .fillerOwn
        case .guardian: .fillerGuardian
        case .family: .fillerFamily
        }
    }
}

extension Phrase {
    /// The words of a code of the list `medicalHistory`; nil for what a clinic added.
    static func history(_ code: String) -> Phrase? {
        let phrases: [String: Phrase] = [
            "hypertension": .askHypertension, "diabetes": .askDiabetes, "heart": .askHeart,
            "pacemaker": .historyPacemaker, "bleeding": .historyBleeding, "anticoagulant": .askAnticoagulant,
            "bisphosphonate": .historyBisphosphonate, "penicillinAllergy": .historyPenicillin,
            "anaestheticAllergy": .historyAnaesthetic, "latexAllergy": .historyLatex,
            "otherAllergy": .historyOtherAllergy, "hepatitis": .historyHepatitis, "infectious": .historyInfectious,
            "epilepsy": .historyEpilepsy, "asthma": .historyAsthma, "kidney": .historyKidney,
            "thyroid": .historyThyroid, "tumour": .historyTumour, "pregnancy": .askPregnancy,
            "breastfeeding": .historyBreastfeeding, "menstruation": .historyMenstruation,
            "medication": .historyMedication, "dentalFear": .historyFear, "smoking": .historySmoking,
            "grinding": .historyGrinding, "other": .historyOther,
        ]
        return phrases[code]
    }
}
