import Clinic
import Kernel

/// The check at the door while the epidemic mode is on (R2.30) — templates/checklists/door.mustache
struct DoorCheckPage: Page {
    static let template = "checklists/door"
    let shell: ShellView
    let person: String?
    let patientID: String
    let verdict: ToneChip?
    let pick: PersonPick?
    let callerName: InputView
    let temperature: InputView
    let question: String
    let travelFault: String?
    let travel: [OptionView]
    let hands: Bool
    let handsFault: String?
    let masks: [OptionView]
    let maskFault: String?
    let fault: String?
    let passing: Passing?
    let arrivalHref: String?
    let checked: [Checked]
    let hasChecked: Bool
    static let fields: [Field<Self>] = [
        Field("person", \.person), Field("patientID", \.patientID), Field("verdict", \.verdict), Field("pick", \.pick),
        Field("callerName", \.callerName), Field("temperature", \.temperature), Field("question", \.question),
        Field("travelFault", \.travelFault), Field("travel", \.travel), Field("hands", \.hands),
        Field("handsFault", \.handsFault), Field("masks", \.masks), Field("maskFault", \.maskFault),
        Field("fault", \.fault), Field("passing", \.passing), Field("arrivalHref", \.arrivalHref),
        Field("checked", \.checked), Field("hasChecked", \.hasChecked),
    ]

    /// Somebody with the right lets the customer in all the same.
    struct Passing: Viewable {
        /// Id of the customer.
        let who: String
        let reasons: [OptionView]
        let note: InputView
        let reasonFault: String?
        static let fields: [Field<Self>] = [
            Field("who", \.who), Field("reasons", \.reasons), Field("note", \.note),
            Field("reasonFault", \.reasonFault),
        ]
    }

    /// Somebody checked today.
    struct Checked: Viewable {
        let id: String
        /// Id of the customer that is chosen; empty while nobody is.
        let who: String
        let when: String
        let name: String
        let temperature: String
        let chip: ToneChip
        /// Nobody knows yet who it is, and a customer is chosen.
        let mayIdentify: Bool
        static let fields: [Field<Self>] = [
            Field("id", \.id), Field("who", \.who), Field("when", \.when), Field("name", \.name),
            Field("temperature", \.temperature),
            Field("chip", \.chip), Field("mayIdentify", \.mayIdentify),
        ]
    }

    static var samples: [DoorCheckPage] {
        let checked = Checked(
            id: "1", who: "1", when: "09:12", name: "欧阳诗琪诗琪诗琪", temperature: "36.5 ℃",
            chip: ToneChip("通过", tone: "done"),
            mayIdentify: true)
        func page(_ person: String?) -> DoorCheckPage {
            let faults = person == nil ? FormErrors() : FormErrors("temperature", "请填写体温")
            return DoorCheckPage(
                shell: .sample(title: "门口预检", area: .operations, isTouch: true), person: person, patientID: "1",
                verdict: person == nil ? nil : ToneChip("体温 37.8 ℃，不能登记到诊", tone: "danger"),
                pick: person == nil ? .sample : nil, callerName: InputView("name", "姓名", isRequired: true),
                temperature: InputView(
                    "temperature", "体温", isRequired: true, inputMode: "decimal", unit: "℃", faults: faults),
                question: "近 14 天有没有离开本市", travelFault: nil, travel: [OptionView("no", "没有"), OptionView("yes", "有")],
                hands: false, handsFault: person == nil ? nil : "请勾选“手部消毒”", masks: [OptionView("own", "已戴好")],
                maskFault: nil, fault: nil,
                passing: person == nil
                    ? nil
                    : Passing(
                        who: "1", reasons: [OptionView("emergency", "急诊")], note: InputView("note", "说明"),
                        reasonFault: nil),
                arrivalHref: person == nil ? nil : "#", checked: person == nil ? [] : [checked],
                hasChecked: person != nil)
        }
        return [page(nil), page("欧阳诗琪诗琪诗琪 · 女 31 岁 · MY000118")]
    }
}

/// Hands and desk after each hand-over and payment (R4.37) — templates/checklists/disinfection.mustache
struct DisinfectionPage: Page {
    static let template = "checklists/disinfection"
    let shell: ShellView
    let countText: String
    let rows: [Row]
    let isEmpty: Bool
    static let fields: [Field<Self>] = [
        Field("countText", \.countText), Field("rows", \.rows), Field("isEmpty", \.isEmpty),
    ]

    struct Row: Viewable {
        let label: String
        let who: String
        let done: String?
        let occurrence: String
        static let fields: [Field<Self>] = [
            Field("label", \.label), Field("who", \.who), Field("done", \.done), Field("occurrence", \.occurrence),
        ]
    }

    static var samples: [DisinfectionPage] {
        let rows = [
            Row(label: "10:32 收款 · 欧阳诗琪诗琪诗琪", who: "宋雨晴", done: nil, occurrence: "receipt:1"),
            Row(label: "10:05 交接 · 王小明", who: "唐可欣", done: "10:07 已消毒", occurrence: "lead:2"),
        ]
        return [
            DisinfectionPage(
                shell: .sample(title: "手部与台面消毒", area: .operations, isTouch: true), countText: "缺 1 次", rows: rows,
                isEmpty: false),
            DisinfectionPage(
                shell: .sample(title: "手部与台面消毒", area: .operations, isTouch: true), countText: "今天还没有", rows: [],
                isEmpty: true),
        ]
    }
}
