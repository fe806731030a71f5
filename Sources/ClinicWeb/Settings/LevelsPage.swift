import Clinic
import Kernel

/// How hard each rule stops the work (design idea 5) — templates/settings/levels.mustache
package struct LevelsPage: Page {
    package static let template = "settings/levels"
    package let shell: ShellView
    let tabs: [SettingsTab]
    let rows: [LevelRowView]
    let summary: String

    package static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("rows", \.rows), Field("summary", \.summary),
    ]

    /// Rules of the epidemic stay away while the mode is off.
    init(_ playbook: Playbook, tabs: [SettingsTab], shell: ShellView) {
        let rules = playbook.rules.filter { !$0.epidemicOnly || playbook[.epidemicMode] }
        self.init(shell: shell, tabs: tabs, rows: rules.map { LevelRowView($0, playbook) })
    }

    private init(shell: ShellView, tabs: [SettingsTab], rows: [LevelRowView]) {
        self.shell = shell
        self.tabs = tabs
        self.rows = rows
        summary = "\(rows.count) 条"
    }

    package static var samples: [LevelsPage] {
        let rows = [
            LevelRowView(
                href: nil, rule: "R3.32", label: "同一医生、牙椅、客人的时间不能重叠", level: "固定", tone: "neutral", origin: "出厂",
                originTone: "neutral", hasNewDefault: false),
            LevelRowView(
                href: "/settings/levels/R3.08", rule: "R3.08", label: "排班外预约", level: "需权限", tone: "warning",
                origin: "本门诊",
                originTone: "accent", hasNewDefault: true),
        ]
        return [LevelsPage(shell: .sample(title: "设置", area: .settings), tabs: SettingsTab.samples, rows: rows)]
    }
}

package struct LevelRowView: Viewable {
    /// nil: fixed in the program.
    let href: String?
    let rule: String
    let label: String
    let level: String
    let tone: String
    let origin: String
    let originTone: String
    let hasNewDefault: Bool
    package static let fields: [Field<Self>] = [
        Field("href", \.href), Field("rule", \.rule), Field("label", \.label), Field("level", \.level),
        Field("tone", \.tone), Field("origin", \.origin), Field("originTone", \.originTone),
        Field("hasNewDefault", \.hasNewDefault),
    ]

    init(
        href: String?, rule: String, label: String, level: String, tone: String, origin: String, originTone: String,
        hasNewDefault: Bool
    ) {
        self.href = href
        self.rule = rule
        self.label = label
        self.level = level
        self.tone = tone
        self.origin = origin
        self.originTone = originTone
        self.hasNewDefault = hasNewDefault
    }

    init(_ rule: RuleDefinition, _ playbook: Playbook) {
        let key = OverrideKey(.level, rule.id.rawValue)
        let (level, origin) = (playbook.level(of: rule.id), playbook.origin(of: key))
        self.init(
            href: rule.level == .fixed ? nil : SettingsPaths.level(rule.id), rule: rule.id.rawValue, label: rule.label,
            level: level.label, tone: Self.tone(level), origin: SettingText.origin(origin),
            originTone: SettingText.tone(origin), hasNewDefault: playbook.hasNewDefault(key))
    }

    private static func tone(_ level: Level) -> String {
        switch level {
        case .fixed, .off: "neutral"
        case .require: "warning"
        case .remind: "info"
        }
    }
}
