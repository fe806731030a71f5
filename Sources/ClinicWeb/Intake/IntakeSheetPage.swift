import Clinic
import Kernel

/// A first-visit form: answers, ticks of the colleague, signature — templates/intake/sheet.mustache
struct IntakeSheetPage: Page {
    static let template = "intake/sheet"
    let shell: ShellView
    let title: String
    let person: String
    let personHref: String?
    let action: String
    let version: Int
    let chips: [ToneChip]
    /// What stands between the form and "complete", in one sentence.
    let nextStep: String
    let fault: String?
    let rows: [IntakeRowView]
    let isInquiry: Bool
    let fills: [OptionView]
    let guides: [OptionView]
    let signing: IntakeSigningView
    let specials: [String]
    let hasSpecials: Bool
    let canWrite: Bool
    let canCheck: Bool
    let hasUnchecked: Bool
    let printHref: String
    static let fields: [Field<Self>] = [
        Field("title", \.title), Field("person", \.person), Field("personHref", \.personHref),
        Field("action", \.action), Field("version", \.version), Field("chips", \.chips),
        Field("nextStep", \.nextStep), Field("fault", \.fault), Field("rows", \.rows), Field("isInquiry", \.isInquiry),
        Field("fills", \.fills), Field("guides", \.guides), Field("signing", \.signing), Field("specials", \.specials),
        Field("hasSpecials", \.hasSpecials), Field("canWrite", \.canWrite), Field("canCheck", \.canCheck),
        Field("hasUnchecked", \.hasUnchecked), Field("printHref", \.printHref),
    ]
}

/// One question with its answer and its tick.
struct IntakeRowView: Viewable {
    let field: String
    let label: String
    let isRequired: Bool
    let isLine: Bool
    let isText: Bool
    let isYesNo: Bool
    let isChoice: Bool
    let value: String
    let note: String
    let isYes: Bool
    let isNo: Bool
    let options: [OptionView]
    let error: String?
    let isSpecial: Bool
    /// "周敏 09:31"
    let checkedBy: String?
    let isCheckable: Bool
    let checkHref: String
    static let fields: [Field<Self>] = [
        Field("field", \.field), Field("label", \.label), Field("isRequired", \.isRequired), Field("isLine", \.isLine),
        Field("isText", \.isText), Field("isYesNo", \.isYesNo), Field("isChoice", \.isChoice), Field("value", \.value),
        Field("note", \.note), Field("isYes", \.isYes), Field("isNo", \.isNo), Field("options", \.options),
        Field("error", \.error), Field("isSpecial", \.isSpecial), Field("checkedBy", \.checkedBy),
        Field("isCheckable", \.isCheckable), Field("checkHref", \.checkHref),
    ]

    init(
        _ question: IntakeQuestion, stored: IntakeField?, typed: IntakeAnswer?, error: String?, checkedBy: String?,
        checkHref: String?
    ) {
        field = question.field
        label = question.label
        isRequired = question.isRequired
        value = typed?.value ?? stored?.value ?? ""
        note = typed?.note ?? stored?.note ?? ""
        switch question.answer {
        case .line: (isLine, isText, isYesNo, isChoice, options) = (true, false, false, false, [])
        case .text: (isLine, isText, isYesNo, isChoice, options) = (false, true, false, false, [])
        case .yesNo: (isLine, isText, isYesNo, isChoice, options) = (false, false, true, false, [])
        case .choice(let choices):
            let chosen = value
            (isLine, isText, isYesNo, isChoice) = (false, false, false, true)
            options = choices.map { OptionView($0.code, $0.label, isChosen: $0.code == chosen) }
        }
        isYes = value == IntakeQuestion.yes
        isNo = value == IntakeQuestion.no
        self.error = error
        isSpecial = stored?.isSpecial == true
        self.checkedBy = checkedBy
        isCheckable = stored?.isChecked == false && checkHref != nil
        self.checkHref = checkHref ?? ""
    }
}

/// The box for the customer's name.
struct IntakeSigningView: Viewable {
    /// Strokes of the latest signature; empty when there is none or it is on paper.
    let path: String
    let hasPath: Bool
    /// "客人 谢春梅 · 2026-03-12 09:31 · 周敏 见证"
    let text: String?
    let isSigned: Bool
    let isVoid: Bool
    let isPaper: Bool
    let signerName: String
    let isGuardian: Bool
    let needsGuardian: Bool
    let nameError: String?
    let error: String?
    let href: String
    let canSign: Bool
    static let fields: [Field<Self>] = [
        Field("path", \.path), Field("hasPath", \.hasPath), Field("canSign", \.canSign), Field("text", \.text),
        Field("isSigned", \.isSigned), Field("isVoid", \.isVoid),
        Field("isPaper", \.isPaper), Field("signerName", \.signerName), Field("isGuardian", \.isGuardian),
        Field("needsGuardian", \.needsGuardian), Field("nameError", \.nameError), Field("error", \.error),
        Field("href", \.href),
    ]
}

/// 待查核: forms that are not complete — templates/intake/list.mustache
struct IntakeListPage: Page {
    static let template = "intake/list"
    let shell: ShellView
    let countText: String
    let rows: [Row]
    let hasRows: Bool
    static let fields: [Field<Self>] = [
        Field("countText", \.countText), Field("rows", \.rows), Field("hasRows", \.hasRows),
    ]

    struct Row: Viewable {
        let href: String
        let name: String
        let kind: String
        let state: ToneChip
        let unchecked: String
        let filled: String
        let started: String
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("name", \.name), Field("kind", \.kind), Field("state", \.state),
            Field("unchecked", \.unchecked), Field("filled", \.filled), Field("started", \.started),
        ]
    }
}

/// The form on A4 with its highlights (R1.07) — templates/intake/print.mustache
struct IntakePrintPage: Page {
    static let template = "intake/print"
    let shell: ShellView
    let clinicName: String
    let title: String
    let person: String
    let foot: String
    let specials: [String]
    let hasSpecials: Bool
    let rows: [Row]
    let fill: String
    let signatureText: String
    let path: String?
    let isVoid: Bool
    static let fields: [Field<Self>] = [
        Field("clinicName", \.clinicName), Field("title", \.title), Field("person", \.person), Field("foot", \.foot),
        Field("specials", \.specials), Field("hasSpecials", \.hasSpecials), Field("rows", \.rows),
        Field("fill", \.fill), Field("signatureText", \.signatureText), Field("path", \.path),
        Field("isVoid", \.isVoid),
    ]

    struct Row: Viewable {
        let label: String
        let text: String
        let isSpecial: Bool
        let checked: String
        static let fields: [Field<Self>] = [
            Field("label", \.label), Field("text", \.text), Field("isSpecial", \.isSpecial),
            Field("checked", \.checked),
        ]
    }
}
