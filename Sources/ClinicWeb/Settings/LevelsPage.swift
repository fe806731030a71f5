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
    /// - Parameter changes: number of the rule → who changed it last, and when.
    init(_ playbook: Playbook, changes: [String: String], tabs: [SettingsTab], shell: ShellView) {
        let shown = playbook.rules.filter { !$0.epidemicOnly || playbook.isEpidemic }
        // What nobody can change comes last.
        let rules = shown.filter { $0.level != .fixed } + shown.filter { $0.level == .fixed }
        self.init(
            shell: shell, tabs: tabs, rows: rules.map { LevelRowView($0, playbook, change: changes[$0.id.rawValue]) })
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
                href: nil, label: "同一医生、牙椅、客人的时间不能重叠", level: "固定", tone: "neutral", owners: nil, origin: nil,
                change: nil,
                hasNewDefault: false),
            LevelRowView(
                href: "/settings/levels/R3.08", label: "排班以外不接受预约", level: "需权限", tone: "warning", owners: "院长",
                origin: StateChip(text: "本门诊", tone: "accent"), change: "欧阳诗琪 3 月 12 日", hasNewDefault: true),
        ]
        return [LevelsPage(shell: .sample(title: "设置", area: .settings), tabs: SettingsTab.samples, rows: rows)]
    }
}

package struct LevelRowView: Viewable {
    /// nil: fixed in the program.
    let href: String?
    let label: String
    let level: String
    let tone: String
    /// Who may change it: "门诊主任、院长".
    let owners: String?
    /// nil while the shipped level counts.
    let origin: StateChip?
    /// Who changed it last, and when.
    let change: String?
    let hasNewDefault: Bool
    package static let fields: [Field<Self>] = [
        Field("href", \.href), Field("label", \.label), Field("level", \.level), Field("tone", \.tone),
        Field("owners", \.owners), Field("origin", \.origin), Field("change", \.change),
        Field("hasNewDefault", \.hasNewDefault),
    ]

    init(
        href: String?, label: String, level: String, tone: String, owners: String?, origin: StateChip?, change: String?,
        hasNewDefault: Bool
    ) {
        self.href = href
        self.label = label
        self.level = level
        self.tone = tone
        self.owners = owners
        self.origin = origin
        self.change = change
        self.hasNewDefault = hasNewDefault
    }

    init(_ rule: RuleDefinition, _ playbook: Playbook, change: String?) {
        let key = OverrideKey(.level, rule.id.rawValue)
        let level = playbook.level(of: rule.id)
        self.init(
            href: rule.level == .fixed ? nil : SettingsPaths.level(rule.id), label: rule.label, level: level.label,
            tone: Self.tone(level), owners: StandardEntries.owners(key, playbook),
            origin: SettingText.chip(playbook.origin(of: key)), change: change,
            hasNewDefault: playbook.hasNewDefault(key))
    }

    private static func tone(_ level: Level) -> String {
        switch level {
        case .fixed, .off: "neutral"
        case .require: "warning"
        case .remind: "info"
        }
    }
}
