import Clinic
import Kernel

/// One entry of the service standard: what counts, changing it, its history — templates/settings/entry.mustache
package struct SettingPage: Page {
    package static let template = "settings/entry"
    package let shell: ShellView
    let heading: String
    let facts: [LabelledView]
    let newDefault: String?
    let action: String
    let backHref: String
    /// A typed value.
    let input: InputView?
    /// Or one of several.
    let choices: [ChoiceView]
    let hasChoices: Bool
    let choiceFault: String?
    let reason: InputView
    let scopes: [ChoiceView]
    /// nil when the person may change it; else why not.
    let refusal: String?
    let mayChange: Bool
    let resets: [ChoiceView]
    let hasResets: Bool
    let history: [HistoryRowView]
    let hasHistory: Bool
    let fault: String?

    package static let fields: [Field<Self>] = [
        Field("heading", \.heading), Field("facts", \.facts), Field("newDefault", \.newDefault),
        Field("action", \.action), Field("backHref", \.backHref), Field("input", \.input), Field("choices", \.choices),
        Field("hasChoices", \.hasChoices), Field("choiceFault", \.choiceFault), Field("reason", \.reason),
        Field("scopes", \.scopes), Field("refusal", \.refusal), Field("mayChange", \.mayChange),
        Field("resets", \.resets), Field("hasResets", \.hasResets), Field("history", \.history),
        Field("hasHistory", \.hasHistory), Field("fault", \.fault),
    ]

    /// What differs between a threshold and a level.
    struct Content {
        var heading: String
        var facts: [LabelledView]
        var newDefault: String?
        var action: String
        var backHref: String
        var input: InputView?
        var choices: [ChoiceView] = []
        var refusal: String?
        var history: [HistoryRowView] = []
        /// Scopes with an override in force.
        var overridden: [(value: String, label: String)] = []
    }

    init(_ content: Content, typed: Form = Form(), faults: FormErrors = FormErrors(), shell: ShellView) {
        self.shell = shell
        heading = content.heading
        facts = content.facts
        newDefault = content.newDefault
        action = content.action
        backHref = content.backHref
        input = content.input
        choices = content.choices
        hasChoices = !content.choices.isEmpty
        choiceFault = hasChoices ? faults.messages["value"] : nil
        reason = InputView("reason", "为什么改", typed["reason"], hint: "记入历史，以后查得到", isRequired: true, faults: faults)
        let scope = typed.has("scope") ? typed["scope"] : "clinic"
        scopes = [
            ChoiceView("clinic", "只改本门诊", isChosen: scope == "clinic"),
            ChoiceView("organisation", "全机构", hint: "没有自己改过的门诊都跟着变", isChosen: scope == "organisation"),
        ]
        refusal = content.refusal
        mayChange = content.refusal == nil
        resets = mayChange ? content.overridden.map { ChoiceView($0.value, $0.label, isChosen: false) } : []
        hasResets = !resets.isEmpty
        history = content.history
        hasHistory = !content.history.isEmpty
        fault = faults.messages(outside: ["value", "reason"])
    }

    package static var samples: [SettingPage] {
        var content = Content(
            heading: "实际等候超过此时间须当面说明",
            facts: [
                LabelledView("现在的值", "25 分钟（本门诊）"), LabelledView("出厂值", "20 分钟"), LabelledView("依据", "R4.04 · 来源文件写明"),
            ],
            newDefault: "出厂值在升级后变成了 20 分钟，本门诊仍用 25 分钟。", action: "/settings/values/wait.actual_min",
            backHref: "/settings",
            input: InputView("value", "新的值", "25", isRequired: true, inputMode: "numeric", unit: "分钟"))
        content.history = [
            HistoryRowView(
                at: "2026-03-01 09:12", who: "林岚", scope: "本门诊", value: "25 分钟", reason: "春节后人手少", isEnded: false)
        ]
        content.overridden = [("clinic", "恢复成机构或出厂的值")]
        var level = Content(
            heading: "排班外预约", facts: [LabelledView("现在的级别", "需权限")], action: "/settings/levels/R3.08",
            backHref: "/settings/levels")
        level.choices = [
            ChoiceView("remind", "提醒", hint: "看得到，点一下就过", isChosen: true),
            ChoiceView("off", "关闭", hint: "不出现", isChosen: false),
        ]
        level.refusal = "这一项由院长修改，请找他们处理"
        return [
            SettingPage(
                content, faults: FormErrors("value", "不能这样设置：应在 5 到 120 之间，请改正后再保存"),
                shell: .sample(title: "设置", area: .settings)),
            SettingPage(level, shell: .sample(title: "设置", area: .settings)),
        ]
    }
}

/// One change of an entry.
package struct HistoryRowView: Viewable {
    let at: String
    let who: String
    let scope: String
    let value: String
    let reason: String
    let isEnded: Bool
    package static let fields: [Field<Self>] = [
        Field("at", \.at), Field("who", \.who), Field("scope", \.scope), Field("value", \.value),
        Field("reason", \.reason), Field("isEnded", \.isEnded),
    ]
}
