import Clinic
import Kernel

/// The price list of today — templates/settings/prices.mustache
package struct PricesPage: Page {
    package static let template = "settings/prices"
    package let shell: ShellView
    let tabs: [SettingsTab]
    let query: String
    let groups: [PriceGroupView]
    let summary: String
    let isEmpty: Bool

    package static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("query", \.query), Field("groups", \.groups), Field("summary", \.summary),
        Field("isEmpty", \.isEmpty),
    ]

    init(query: String, groups: [PriceGroupView], tabs: [SettingsTab], shell: ShellView) {
        self.shell = shell
        self.tabs = tabs
        self.query = query
        self.groups = groups
        let count = groups.map(\.rows.count).reduce(0, +)
        summary = query.isEmpty ? "\(count) 项" : "找到 \(count) 项"
        isEmpty = count == 0
    }

    package static var samples: [PricesPage] {
        let rows = [
            PriceRowView(
                href: "/settings/prices/1", code: "ENDO-01", name: "根管治疗（前牙）", category: "治疗", price: "680.00",
                measure: "牙",
                next: "3 月 20 日起 720.00", isRetired: false),
            PriceRowView(
                href: "/settings/prices/2", code: "ENDO-09", name: "根管再治疗（后牙，含旧充填物取出与显微镜）", category: "治疗",
                price: "1,980.00", measure: "牙", next: nil, isRetired: true),
        ]
        let shell = ShellView.sample(title: "设置", area: .settings)
        return [
            PricesPage(query: "", groups: [.init(name: "牙体牙髓", rows: rows)], tabs: SettingsTab.samples, shell: shell),
            PricesPage(query: "正畸托槽", groups: [], tabs: SettingsTab.samples, shell: shell),
        ]
    }
}

package struct PriceGroupView: Viewable {
    let name: String
    let rows: [PriceRowView]
    package static let fields: [Field<Self>] = [Field("name", \.name), Field("rows", \.rows)]
}

package struct PriceRowView: Viewable {
    let href: String
    let code: String
    let name: String
    let category: String
    let price: String
    let measure: String
    /// The next change, if there is one.
    let next: String?
    let isRetired: Bool
    package static let fields: [Field<Self>] = [
        Field("href", \.href), Field("code", \.code), Field("name", \.name), Field("category", \.category),
        Field("price", \.price), Field("measure", \.measure), Field("next", \.next), Field("isRetired", \.isRetired),
    ]
}

/// One item: price from a day on, history, retiring — templates/settings/price.mustache
package struct PricePage: Page {
    package static let template = "settings/price"
    package let shell: ShellView
    let name: String
    let facts: [LabelledView]
    let action: String
    let mayChange: Bool
    let isRetired: Bool
    let inputs: [InputView]
    let scopes: [ChoiceView]
    let history: [PriceChangeView]
    let fault: String?

    package static let fields: [Field<Self>] = [
        Field("name", \.name), Field("facts", \.facts), Field("action", \.action), Field("mayChange", \.mayChange),
        Field("isRetired", \.isRetired), Field("inputs", \.inputs), Field("scopes", \.scopes),
        Field("history", \.history), Field("fault", \.fault),
    ]

    init(
        name: String, facts: [LabelledView], action: String, mayChange: Bool, isRetired: Bool, today: Day,
        history: [PriceChangeView], hasSeveralClinics: Bool, typed: Form = Form(), faults: FormErrors = FormErrors(),
        shell: ShellView
    ) {
        self.shell = shell
        self.name = name
        self.facts = facts
        self.action = action
        self.mayChange = mayChange
        self.isRetired = isRetired
        self.history = history
        inputs = [
            InputView(
                "price", "新价格", typed["price"], isRequired: true, inputMode: "decimal", unit: "元", faults: faults),
            InputView(
                "from", "从哪天起", typed.has("from") ? typed["from"] : today.iso, type: "date",
                hint: "当天及以后。已经开出的收费单不变", isRequired: true, faults: faults),
        ]
        let scope = typed.has("scope") ? typed["scope"] : "organisation"
        scopes =
            hasSeveralClinics
            ? [
                ChoiceView("organisation", "全机构", isChosen: scope == "organisation"),
                ChoiceView("clinic", "只在本门诊", isChosen: scope == "clinic"),
            ] : []
        fault = faults.messages(outside: ["price", "from"])
    }

    package static var samples: [PricePage] {
        let today = Day(number: 20_524)
        let history = [
            PriceChangeView(
                from: "2026-03-20", price: "720.00", scope: "机构", who: "林岚",
                state: StateChip(text: "还没开始", tone: "info")),
            PriceChangeView(
                from: "2026-01-01", price: "680.00", scope: "机构", who: "系统", state: StateChip(text: "现在", tone: "done")),
            PriceChangeView(from: "2025-01-01", price: "650.00", scope: "机构", who: "林岚", state: nil),
        ]
        return [
            PricePage(
                name: "根管治疗（前牙）", facts: [LabelledView("代码", "ENDO-01"), LabelledView("收入类别", "治疗")],
                action: "/settings/prices/1", mayChange: true, isRetired: false, today: today, history: history,
                hasSeveralClinics: true, typed: Form(["price": "七百"]),
                faults: FormErrors("price", "请填写价格，例如 480 或 480.50"), shell: .sample(title: "价目", area: .settings))
        ]
    }
}

package struct PriceChangeView: Viewable {
    let from: String
    let price: String
    let scope: String
    let who: String
    let state: StateChip?
    package static let fields: [Field<Self>] = [
        Field("from", \.from), Field("price", \.price), Field("scope", \.scope), Field("who", \.who),
        Field("state", \.state),
    ]
}
