import Clinic
import Kernel

/// 请给我回电 — templates/public/call.mustache
struct CallAskPage: Page {
    static let template = "public/call"
    let shell: ShellView
    let frame: PublicFrame
    let words: WordsView
    let action: String
    let clinic: String
    let command: String
    let hasFaults: Bool
    let name: InputView
    let phone: InputView
    let note: InputView
    let wishes: [ChoiceView]
    let privacy: [String]
    let agrees: Bool
    let agreeFault: String?
    let telephone: FactView?
    static let fields: [Field<Self>] = [
        Field("frame", \.frame), Field("words", \.words), Field("action", \.action), Field("clinic", \.clinic),
        Field("command", \.command), Field("hasFaults", \.hasFaults), Field("name", \.name), Field("phone", \.phone),
        Field("note", \.note), Field("wishes", \.wishes), Field("privacy", \.privacy), Field("agrees", \.agrees),
        Field("agreeFault", \.agreeFault), Field("telephone", \.telephone),
    ]

    init(
        _ clinic: ClinicSite, _ language: Language, entry: CallEntry = CallEntry(name: "", phone: "", agrees: false),
        faults given: [String: OnlineFault] = [:], command: String, shell: ShellView
    ) {
        func text(_ phrase: Phrase) -> String { PhraseBook.text(phrase, language) }
        var faults = FormErrors()
        for field in ["name", "phone", "note", "agrees"] {
            if let fault = given[field] { faults.add(field, text(fault.phrase)) }
        }
        self.shell = shell
        frame = PublicFrame(language, clinicName: clinic.name, here: PublicPaths.call(clinic.id))
        words = WordsView(language: language)
        action = PublicAddress(PublicPaths.call).text(language)
        self.clinic = clinic.id.text
        self.command = command
        hasFaults = !faults.isEmpty
        name = InputView(
            "name", text(.fieldCallName), entry.name, isRequired: true, autocomplete: "name", faults: faults)
        phone = InputView(
            "phone", text(.fieldPhone), entry.phone, type: "tel", isRequired: true, autocomplete: "tel",
            inputMode: "tel", faults: faults)
        note = InputView("note", text(.fieldCallNote), entry.note, hint: text(.hintCallNote), faults: faults)
        wishes = CallWish.allCases.map {
            ChoiceView($0.rawValue, text($0.phrase), isChosen: $0.rawValue == entry.wish)
        }
        privacy = PrivacyNotice(clinic: clinic, language: language).text.split(separator: "\n").map(String.init)
        agrees = entry.agrees
        agreeFault = faults.messages["agrees"]
        telephone = PublicTelephone.fact(clinic.phone, language)
    }

    static var samples: [CallAskPage] {
        Language.allCases.flatMap { language in
            [
                CallAskPage(
                    PublicSamples.clinic, language, command: PublicSamples.token.text,
                    shell: PublicSamples.shell(.callTitle, language)),
                CallAskPage(
                    PublicSamples.clinic, language,
                    entry: CallEntry(
                        name: "Alexandra Montgomery-Fitzgerald", phone: "138", wish: "evening", note: "<b>",
                        agrees: false),
                    faults: [
                        "name": .nameTooLong, "phone": .phoneWrong, "note": .noteTooLong, "agrees": .consentMissing,
                    ], command: PublicSamples.token.text, shell: PublicSamples.shell(.callTitle, language)),
            ]
        }
    }
}

extension CallWish {
    var phrase: Phrase {
        switch self {
        case .soon: .wishSoon
        case .morning: .morning
        case .afternoon: .afternoon
        case .evening: .wishEvening
        }
    }
}

/// 请回电 at the desk — templates/public/calls.mustache
struct CallListPage: Page {
    static let template = "public/calls"
    let shell: ShellView
    let rows: [CallRowView]
    let isEmpty: Bool
    static let fields: [Field<Self>] = [Field("rows", \.rows), Field("isEmpty", \.isEmpty)]

    init(shell: ShellView, rows: [CallRowView]) {
        self.shell = shell
        self.rows = rows
        isEmpty = rows.isEmpty
    }

    static var samples: [CallListPage] {
        let shell = ShellView.sample(title: "预约", note: "客人请回电", area: .board)
        return [
            CallListPage(
                shell: shell,
                rows: [
                    CallRowView(
                        name: "谢春梅", phone: "138 0013 8000", dial: "tel:13800138000", wish: "尽快", note: "右下牙疼两天了",
                        asked: "08:42", language: nil, action: "/call-requests/0000000000001/outcome"),
                    CallRowView(
                        name: "Alexandra Montgomery-Fitzgerald", phone: "+852 2345 6789", dial: nil, wish: "傍晚",
                        note: "", asked: "3 月 11 日 22:41", language: "英文",
                        action: "/call-requests/0000000000002/outcome"),
                ]), CallListPage(shell: shell, rows: []),
        ]
    }
}

/// One request in the list.
struct CallRowView: Viewable {
    let name: String
    let phone: String
    /// nil for those who may not see numbers.
    let dial: String?
    let wish: String
    let note: String
    let asked: String
    let language: String?
    let action: String
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("phone", \.phone), Field("dial", \.dial), Field("wish", \.wish),
        Field("note", \.note), Field("asked", \.asked), Field("language", \.language), Field("action", \.action),
    ]
}

extension CallRowView {
    init(_ request: CallRequest, for staff: StaffRequest) {
        let day = staff.clinic.calendar.businessDay(of: request.askedAt)
        let seesPhones = staff.may(.seePhones)
        name = request.name
        phone = PatientPhone.text(request.phone, masked: !seesPhones)
        dial = seesPhones ? "tel:\(request.phone)" : nil
        wish = request.wish.label
        note = request.note ?? ""
        asked = (day == staff.today ? "" : day.monthDayText + " ") + staff.clinic.calendar.clockText(request.askedAt)
        language = request.language == .english ? "英文" : nil
        action = CallPaths.outcome(request.id)
    }
}
