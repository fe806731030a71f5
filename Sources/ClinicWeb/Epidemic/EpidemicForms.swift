import Clinic
import Kernel

/// The switch — templates/epidemic/control.mustache
struct EpidemicControlPage: Page {
    static let template = "epidemic/control"
    let shell: ShellView
    let stateText: String
    let stateTone: String
    let isOn: Bool
    let isOff: Bool
    let from: InputView
    let until: InputView
    let reason: InputView
    let mayChange: Bool
    let refusal: String?
    let fault: String?
    static let fields: [Field<Self>] = [
        Field("stateText", \.stateText), Field("stateTone", \.stateTone), Field("isOn", \.isOn),
        Field("isOff", \.isOff), Field("from", \.from), Field("until", \.until), Field("reason", \.reason),
        Field("mayChange", \.mayChange), Field("refusal", \.refusal), Field("fault", \.fault),
    ]

    static var samples: [EpidemicControlPage] {
        [true, false].map { isOn in
            EpidemicControlPage(
                shell: .sample(title: "防疫模式", area: .settings), stateText: isOn ? "开着，3 月 1 日到 4 月 30 日" : "关着",
                stateTone: isOn ? "waiting" : "neutral", isOn: isOn, isOff: !isOn,
                from: InputView("from", "第一天", "2026-03-01", type: "date", hint: "空着表示马上"),
                until: InputView(
                    "until", "最后一天", type: "date", hint: "空着表示另行通知",
                    faults: isOn ? FormErrors() : FormErrors("until", "最后一天不能早于第一天")),
                reason: InputView("reason", "原因", isRequired: true), mayChange: isOn,
                refusal: isOn ? nil : "这一项由门诊主任、院长修改，请找他们处理", fault: nil)
        }
    }
}

/// 延期 in place of a booking that was refused, or from scratch — templates/epidemic/defer.mustache
struct DeferralFormPage: Page {
    static let template = "epidemic/defer"
    let shell: ShellView
    /// Why there is no booking.
    let refusal: String?
    let person: String
    let items: String
    let hidden: [OptionView]
    let followUpOn: InputView
    let note: InputView
    let pass: Pass?
    let backHref: String
    let fault: String?
    static let fields: [Field<Self>] = [
        Field("refusal", \.refusal), Field("person", \.person), Field("items", \.items), Field("hidden", \.hidden),
        Field("followUpOn", \.followUpOn), Field("note", \.note), Field("pass", \.pass), Field("backHref", \.backHref),
        Field("fault", \.fault),
    ]

    /// The refused booking again, with a reason, for those who may pass the rule.
    struct Pass: Viewable {
        let action: String
        let hidden: [OptionView]
        let reasons: [OptionView]
        let note: InputView
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("hidden", \.hidden), Field("reasons", \.reasons), Field("note", \.note),
        ]
    }

    static var samples: [DeferralFormPage] {
        let pass = Pass(
            action: "#", hidden: [OptionView("1", "patient")], reasons: [OptionView("emergency", "急诊")],
            note: InputView("overrideNote", "说明"))
        func page(_ pass: Pass?, _ refusal: String?, _ fault: String?) -> DeferralFormPage {
            DeferralFormPage(
                shell: .sample(title: "登记延期", area: .board), refusal: refusal,
                person: "欧阳诗琪诗琪诗琪 · 女 31 岁 · MY000118 · 138 **** 8000", items: "超声洁牙、根管治疗（磨牙）16",
                hidden: [OptionView("1", "patient")],
                followUpOn: InputView("followUpOn", "哪天回访", "2026-03-26", type: "date", isRequired: true),
                note: InputView("note", "备注"), pass: pass, backHref: "#", fault: fault)
        }
        return [page(pass, "防疫期间暂停超声洁牙，不能预约；请登记延期并定好回访日期", nil), page(nil, nil, "请选择要延期的项目")]
    }
}

/// Who waits for an item — templates/epidemic/deferrals.mustache
struct DeferralsPage: Page {
    static let template = "epidemic/deferrals"
    let shell: ShellView
    let countText: String
    let rows: [Row]
    let isEmpty: Bool
    static let fields: [Field<Self>] = [
        Field("countText", \.countText), Field("rows", \.rows), Field("isEmpty", \.isEmpty),
    ]

    struct Row: Viewable {
        let name: String
        let phone: String
        let item: String
        let state: ToneChip
        let doctor: String
        let followUpOn: String
        let note: String
        let bookHref: String
        let canBook: Bool
        let action: String
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("phone", \.phone), Field("item", \.item), Field("state", \.state),
            Field("doctor", \.doctor), Field("followUpOn", \.followUpOn), Field("note", \.note),
            Field("bookHref", \.bookHref), Field("canBook", \.canBook), Field("action", \.action),
        ]
    }

    static var samples: [DeferralsPage] {
        let rows = [
            Row(
                name: "欧阳诗琪诗琪诗琪", phone: "138 **** 8000", item: "根管治疗（磨牙）16", state: ToneChip("可以做了", tone: "done"),
                doctor: "林书远", followUpOn: "3 月 26 日", note: "怕疼，想找林医生", bookHref: "#", canBook: true, action: "#"),
            Row(
                name: "王小明", phone: "138 **** 8001", item: "超声洁牙", state: ToneChip("还暂停", tone: "waiting"),
                doctor: "哪位都行",
                followUpOn: "3 月 30 日", note: "", bookHref: "#", canBook: false, action: "#"),
        ]
        return [rows, []].map {
            DeferralsPage(
                shell: .sample(title: "延期客人", area: .board), countText: "\($0.count) 位在等", rows: $0,
                isEmpty: $0.isEmpty)
        }
    }
}

/// What is asked before a visit (R3.45) — templates/epidemic/screening.mustache
struct ScreeningPage: Page {
    static let template = "epidemic/screening"
    let shell: ShellView
    let person: String
    let action: String
    let questions: [Question]
    let advice: String
    let isReminded: Bool
    let backHref: String
    static let fields: [Field<Self>] = [
        Field("person", \.person), Field("action", \.action), Field("questions", \.questions),
        Field("advice", \.advice), Field("isReminded", \.isReminded), Field("backHref", \.backHref),
    ]

    struct Question: Viewable {
        let name: String
        let label: String
        let isYes: Bool
        let isNo: Bool
        let error: String?
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("label", \.label), Field("isYes", \.isYes), Field("isNo", \.isNo),
            Field("error", \.error),
        ]
    }

    static var samples: [ScreeningPage] {
        [
            ScreeningPage(
                shell: .sample(title: "就诊前筛查", area: .board), person: "欧阳诗琪诗琪诗琪 · 3 月 13 日 星期五 10:00–10:45",
                action: "#",
                questions: [
                    Question(name: "screening.fever", label: "近两周有发热、咳嗽或咽痛", isYes: false, isNo: true, error: nil),
                    Question(
                        name: "screening.contact", label: "近两周接触过发热病人", isYes: false, isNo: false,
                        error: "请回答“是”或“否”"),
                ], advice: "请戴好口罩来，并带一个备用的；治疗结束后马上戴上。", isReminded: false, backHref: "#")
        ]
    }
}
