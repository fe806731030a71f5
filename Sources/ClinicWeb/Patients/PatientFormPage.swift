import Clinic
import Foundation
import Kernel

/// 登记 and 修改 — templates/patients/form.mustache
package struct PatientFormPage: Page {
    package static let template = "patients/form"
    package let shell: ShellView
    let action: String
    let isNew: Bool
    let isOnPhone: Bool
    let isReadBack: Bool
    let version: Int
    let backHref: String
    let submitLabel: String
    /// Faults that belong to no field.
    let fault: String?
    /// Name and how it is read.
    let called: [PatientInputView]
    let born: [PatientInputView]
    let gender: PatientChoiceView
    let contact: [PatientInputView]
    let phoneMissing: PatientChoiceView
    let documentKind: PatientChoiceView
    let document: PatientInputView
    let documentMismatch: Bool
    let storedDocument: String?
    let visit: [PatientInputView]
    let source: PatientChoiceView
    let histories: [PatientOptionView]
    let historyError: String?
    let wishes: [WishRowView]
    let wishError: String?
    let consents: [PatientOptionView]
    let guardian: [PatientInputView]
    let notice: [String]
    let noticeVersion: String
    let duplicates: DuplicatesView

    package static let fields: [Field<Self>] = [
        Field("action", \.action), Field("isNew", \.isNew), Field("isOnPhone", \.isOnPhone),
        Field("isReadBack", \.isReadBack),
        Field("version", \.version), Field("backHref", \.backHref),
        Field("submitLabel", \.submitLabel), Field("fault", \.fault), Field("called", \.called), Field("born", \.born),
        Field("gender", \.gender), Field("contact", \.contact), Field("phoneMissing", \.phoneMissing),
        Field("documentKind", \.documentKind), Field("document", \.document),
        Field("documentMismatch", \.documentMismatch), Field("storedDocument", \.storedDocument),
        Field("visit", \.visit), Field("source", \.source), Field("histories", \.histories),
        Field("historyError", \.historyError), Field("wishes", \.wishes), Field("wishError", \.wishError),
        Field("consents", \.consents), Field("guardian", \.guardian), Field("notice", \.notice),
        Field("noticeVersion", \.noticeVersion), Field("duplicates", \.duplicates),
    ]

    /// - Parameter stored: the file that is corrected; nil for a registration.
    init(
        shell: ShellView, form: PatientForm, stored: Patient?, clinic: ClinicSite, choices: PatientFormChoices,
        faults: FormErrors = FormErrors(), duplicates: DuplicatesView = .none, next: String = ""
    ) {
        self.shell = shell
        let details = form.details
        isNew = stored == nil
        isOnPhone = form.isOnPhone
        isReadBack = form.isReadBack
        let register = next == PatientPaths.nextArrival ? PatientPaths.newArrival : PatientPaths.list
        action = stored.map { PatientPaths.one($0.id) } ?? register
        version = form.version
        backHref = stored.map { PatientPaths.one($0.id) } ?? PatientPaths.list
        submitLabel = stored == nil ? "登记并打开档案" : "保存修改"
        called = [
            PatientInputView("name", "姓名", details.name, isRequired: true, isFocused: stored == nil, faults: faults),
            PatientInputView(
                "pinyin", "拼音", details.pinyin, hint: stored == nil ? "不填按姓名自动生成；多音字请改正" : "多音字请改正，音节之间空一格",
                faults: faults),
        ]
        born = [
            PatientInputView(
                "bornOn", "出生日期", details.bornOn, hint: "例：1968-07-02 或 19680702", inputMode: "numeric", faults: faults),
            PatientInputView("age", "年龄", details.age, hint: "不知道生日时填写", inputMode: "numeric", faults: faults),
            PatientInputView("salutation", "称呼", details.salutation, hint: "先生、女士、老师……不填按性别", faults: faults),
        ]
        gender = PatientChoiceView(
            "gender", "性别",
            [Gender.female, .male, .unknown].map {
                PatientOptionView($0.rawValue, $0.label, isChosen: $0.rawValue == details.gender)
            }, isRequired: true, faults: faults)
        contact = [
            PatientInputView("phone", "电话", details.phone, isRequired: true, inputMode: "tel", faults: faults),
            PatientInputView("address", "住址", details.address, faults: faults),
        ]
        phoneMissing = PatientChoiceView(
            "phoneMissingReason", "没有留电话的原因",
            choices.options(choices.phoneMissing, chosen: details.phoneMissingReason, blank: "已留电话"), faults: faults)
        documentKind = PatientChoiceView(
            "documentKind", "证件种类",
            DocumentKind.allCases.map {
                PatientOptionView($0.rawValue, $0.label, isChosen: $0.rawValue == details.documentKind)
            }, faults: faults)
        document = PatientInputView(
            "documentNumber", "证件号", details.documentNumber,
            hint: stored?.documentMasked.map { "已登记 \($0)，不改请留空" } ?? "加密保存；可带出生日和性别", faults: faults)
        documentMismatch =
            details.acceptsDocumentMismatch
            || ["bornOn", "gender"].contains { faults.messages[$0]?.hasPrefix("与证件不一致") == true }
        storedDocument = stored?.documentMasked
        visit =
            [
                PatientInputView(
                    "complaint", "症状或来意", details.complaint, isRequired: true, isLong: true, faults: faults),
                PatientInputView(
                    "conditionNote", "身体状况", details.conditionNote, hint: "血压、用药、近期手术等", isLong: true, faults: faults),
                PatientInputView("remark", "备注", details.remark, isLong: true, faults: faults),
                PatientInputView(
                    "referrer", "介绍人", form.referrer, hint: "输入姓名，从提示里选择病历号", isPerson: true, faults: faults),
            ]
            + (stored == nil
                ? [
                    PatientInputView(
                        "relative", "家人", form.relative, hint: "已建档的家人，输入姓名选择", isPerson: true, faults: faults)
                ]
                : [])
        source = PatientChoiceView(
            "sourceChannel", "怎么知道我们",
            choices.options(choices.sourceChannels, chosen: details.sourceChannel, blank: "没有问到"), faults: faults)
        histories = choices.histories.map {
            PatientOptionView(
                $0.code, $0.label, isChosen: form.histories[$0.code] != nil, note: form.histories[$0.code] ?? "")
        }
        historyError = faults.messages["note"]
        wishes = PatientWish.Kind.allCases.map { kind in
            let typed = form.wishes.first { $0.kind == kind.rawValue }
            return WishRowView(
                kind: kind.rawValue, label: kind.label, value: typed?.value ?? "", isHard: typed?.isHard ?? false)
        }
        wishError = faults.messages["wishValue"]
        consents = ConsentKind.allCases.map {
            PatientOptionView($0.rawValue, $0.label, isChosen: form.consents.contains($0))
        }
        guardian = [
            PatientInputView("guardianName", "监护人姓名", form.guardianName, hint: "未满 14 周岁必填", faults: faults),
            PatientInputView("guardianPhone", "监护人电话", form.guardianPhone, inputMode: "tel", faults: faults),
        ]
        let privacy = PrivacyNotice(clinic: clinic)
        notice = privacy.text.split(separator: "\n").map(String.init)
        noticeVersion = privacy.version
        self.duplicates = duplicates
        fault = Self.faultOutside(faults)
    }

    /// What no field of the page shows.
    private static func faultOutside(_ faults: FormErrors) -> String? {
        let shown: Set<String> = [
            "name", "pinyin", "bornOn", "age", "salutation", "gender", "phone", "address", "phoneMissingReason",
            "documentKind", "documentNumber", "complaint", "conditionNote", "remark", "referrer", "relative",
            "sourceChannel", "note", "wishValue", "guardianName", "guardianPhone",
        ]
        return faults.messages(outside: shown)
    }
}

/// The coded lists a customer form offers.
struct PatientFormChoices: Sendable {
    struct Answer: Sendable {
        let code: String
        let label: String
    }
    let phoneMissing: [Answer]
    let sourceChannels: [Answer]
    let histories: [Answer]

    init(_ playbook: Playbook) {
        func answers(_ list: CodeList) -> [Answer] {
            playbook.codes(list).map { Answer(code: $0.code, label: $0.label) }
        }
        phoneMissing = answers(.phoneMissing)
        sourceChannels = answers(.sourceChannel)
        histories = answers(.medicalHistory)
    }

    private init(sample: Void) {
        phoneMissing = [Answer(code: "refused", label: "客人不愿留")]
        sourceChannels = [Answer(code: "friend", label: "亲友介绍"), Answer(code: "map", label: "地图与点评")]
        histories = [Answer(code: "diabetes", label: "糖尿病"), Answer(code: "otherAllergy", label: "其他过敏")]
    }

    static let sample = PatientFormChoices(sample: ())

    /// One chosen; the first is "not said".
    func options(_ answers: [Answer], chosen: String, blank: String) -> [PatientOptionView] {
        [PatientOptionView("", blank, isChosen: chosen.isEmpty)]
            + answers.map { PatientOptionView($0.code, $0.label, isChosen: $0.code == chosen) }
    }
}

/// One kind of standing request with what was typed.
package struct WishRowView: Viewable {
    let kind: String
    let label: String
    let value: String
    let isHard: Bool
    package static let fields: [Field<Self>] = [
        Field("kind", \.kind), Field("label", \.label), Field("value", \.value), Field("isHard", \.isHard),
    ]
}

extension PatientFormPage {
    package static var samples: [PatientFormPage] {
        let clinic = ClinicSite(
            id: ID(raw: 1), code: "A", name: "示例口腔门诊", phone: "021-6888 1234", address: "示范路 1 号",
            calendar: ClinicCalendar(timeZone: .gmt), opens: Unit(32), closes: Unit(72))
        let empty = PatientForm(Form())
        let typed = PatientForm(
            Form([
                "name": "谢春梅<script>", "gender": "female", "bornOn": "1968-07-02", "phone": "1360013771",
                "complaint": "右上后牙出血", "history": "diabetes", "historyNote-diabetes": "空腹 7.2", "consent": "privacy",
                "wish-doctorGender": "女", "wishHard-doctorGender": "1",
            ]))
        var faults = FormErrors("phone", "电话号码不对：手机 11 位，座机可带区号，境外以 + 开头")
        faults.add("bornOn", "与证件不一致（证件为 1949-12-31），请核对；无误请勾选确认")
        faults.add("form", "这条客人资料刚刚被改过（王若彤 09:25 改了住址），您的改动没有保存，请刷新后再改")
        return [
            PatientFormPage(
                shell: .sample(title: "登记新客人", area: .patients), form: empty, stored: nil, clinic: clinic,
                choices: .sample),
            PatientFormPage(
                shell: .sample(title: "登记新客人", area: .patients), form: typed, stored: nil, clinic: clinic,
                choices: .sample, faults: faults, duplicates: DuplicatesView(matches: [.sample])),
        ]
    }
}
