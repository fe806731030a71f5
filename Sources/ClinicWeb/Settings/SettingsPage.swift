import Clinic
import Kernel

/// Thresholds of the service standard with their origin (R16.14) — templates/settings/values.mustache
package struct SettingsPage: Page {
    package static let template = "settings/values"
    package let shell: ShellView
    let tabs: [SettingsTab]
    let groups: [SettingGroupView]

    package static let fields: [Field<Self>] = [Field("tabs", \.tabs), Field("groups", \.groups)]

    /// In the order of the file. Entries of the epidemic stay away while the mode is off (design idea 5), but for its switch.
    /// - Parameter changes: key → who changed it last, and when.
    init(
        _ playbook: Playbook, roles: Set<String>, changes: [String: String], tabs: [SettingsTab], shell: ShellView
    ) {
        self.shell = shell
        self.tabs = tabs
        var groups: [SettingGroupView] = []
        for definition in playbook.settings where !definition.isEpidemicOnly || playbook.isEpidemic {
            let row = SettingRowView(definition, playbook, roles: roles, change: changes[definition.key])
            if groups.last?.name == definition.group {
                groups[groups.count - 1].rows.append(row)
            } else {
                groups.append(SettingGroupView(name: definition.group, rows: [row]))
            }
        }
        self.groups = groups
    }

    private init(shell: ShellView, groups: [SettingGroupView]) {
        self.shell = shell
        tabs = SettingsTab.samples
        self.groups = groups
    }

    package static var samples: [SettingsPage] {
        let rows = [
            SettingRowView(
                href: "/settings/values/wait.actual_min", label: "实际等候超过此时间须当面说明", value: "20 分钟", origin: nil,
                change: nil, hasNewDefault: false, mayChange: true),
            SettingRowView(
                href: "/settings/values/wait.doctor_estimate_min", label: "医生预估超过此时间就征求意见并做宣教", value: "12 分钟",
                origin: StateChip(text: "本门诊", tone: "accent"), change: "欧阳诗琪 3 月 12 日", hasNewDefault: true,
                mayChange: false),
        ]
        return [SettingsPage(shell: .sample(title: "设置", area: .settings), groups: [.init(name: "候诊", rows: rows)])]
    }
}

package struct SettingGroupView: Viewable {
    let name: String
    var rows: [SettingRowView]
    package static let fields: [Field<Self>] = [Field("name", \.name), Field("rows", \.rows)]
}

/// One entry with the value that counts and where it comes from.
package struct SettingRowView: Viewable {
    let href: String
    let label: String
    let value: String
    /// nil while the shipped value counts.
    let origin: StateChip?
    /// Who changed it last, and when.
    let change: String?
    let hasNewDefault: Bool
    let mayChange: Bool
    package static let fields: [Field<Self>] = [
        Field("href", \.href), Field("label", \.label), Field("value", \.value), Field("origin", \.origin),
        Field("change", \.change), Field("hasNewDefault", \.hasNewDefault), Field("mayChange", \.mayChange),
    ]

    init(
        href: String, label: String, value: String, origin: StateChip?, change: String?, hasNewDefault: Bool,
        mayChange: Bool
    ) {
        self.href = href
        self.label = label
        self.value = value
        self.origin = origin
        self.change = change
        self.hasNewDefault = hasNewDefault
        self.mayChange = mayChange
    }

    init(_ definition: SettingDefinition, _ playbook: Playbook, roles: Set<String>, change: String?) {
        let key = OverrideKey(.setting, definition.key)
        self.init(
            href: definition.key == FlagSetting.epidemicMode.rawValue
                ? EpidemicPaths.control : SettingsPaths.setting(definition.key), label: definition.label,
            value: SettingText.value(playbook.value(of: definition.key) ?? definition.value, of: definition),
            origin: SettingText.chip(playbook.origin(of: key)), change: change,
            hasNewDefault: playbook.hasNewDefault(key), mayChange: !roles.isDisjoint(with: definition.changedBy))
    }
}

/// Words of the settings pages.
enum SettingText {
    /// "R4.04", or 设计 for what no requirement asks.
    static func source(_ definition: SettingDefinition) -> String {
        definition.source == "design" ? "设计" : definition.source
    }

    static func origin(_ origin: Origin) -> String {
        switch origin {
        case .shipped: "出厂"
        case .organisation: "机构"
        case .clinic: "本门诊"
        }
    }
    /// What is shipped needs no mark; what was changed says by whom.
    static func chip(_ origin: Origin) -> StateChip? {
        switch origin {
        case .shipped: nil
        case .organisation: StateChip(text: Self.origin(origin), tone: "info")
        case .clinic: StateChip(text: Self.origin(origin), tone: "accent")
        }
    }

    /// "20 分钟", "2–3 天", "开", "问候后连问两声"
    static func value(_ value: SettingValue, of definition: SettingDefinition) -> String {
        let unit = definition.unit.map { " " + $0 } ?? ""
        switch value {
        case .flag(let flag): return flag ? "开" : "关"
        case .text(let text): return definition.choices.first { $0.value == text }?.label ?? text
        case .ints(let numbers) where numbers.count == 2: return "\(numbers[0])–\(numbers[1])\(unit)"
        case .clock: return value.plainText
        default: return value.plainText + unit
        }
    }

    /// What an override said, for the history; the JSON itself when it cannot be read any more.
    static func overridden(_ json: String, of definition: SettingDefinition) -> String {
        let plain = json.trimmingQuotes
        guard let value = definition.value(typed: plain.replacing("[", with: "").replacing("]", with: "")) else {
            return plain
        }
        return Self.value(value, of: definition)
    }
}

extension String {
    fileprivate var trimmingQuotes: String {
        hasPrefix("\"") && hasSuffix("\"") && count >= 2 ? String(dropFirst().dropLast()) : self
    }
}
