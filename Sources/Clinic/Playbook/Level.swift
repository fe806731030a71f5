/// How hard a rule stops the work (design idea 5).
package enum Level: Hashable, Sendable {
    /// Enforced by code; nobody can change it.
    case fixed
    /// Stops everybody but a person with the capability, who gives a coded reason; recorded.
    case require(Capability)
    /// Visible, one tap to pass, never blocks.
    case remind
    case off

    /// `fixed`, `require:bookOutsideRoster`, `remind`, `off`.
    package var code: String {
        switch self {
        case .fixed: "fixed"
        case .require(let capability): "require:\(capability.rawValue)"
        case .remind: "remind"
        case .off: "off"
        }
    }

    /// nil when `code` is not one that `code` of a level gives.
    package init?(code: String) {
        switch code {
        case "fixed": self = .fixed
        case "remind": self = .remind
        case "off": self = .off
        default:
            let prefix = "require:"
            guard code.hasPrefix(prefix), let capability = Capability(rawValue: String(code.dropFirst(prefix.count)))
            else { return nil }
            self = .require(capability)
        }
    }

    /// "固定", "需权限", "提醒", "关闭"
    package var label: String {
        switch self {
        case .fixed: "固定"
        case .require: "需权限"
        case .remind: "提醒"
        case .off: "关闭"
        }
    }
}

/// A rule of the catalogue that refuses, blocks or demands, as shipped.
package struct RuleDefinition: Hashable, Sendable {
    package let id: RuleID
    /// What it demands, in Chinese, as the settings page shows it.
    package let label: String
    package let level: Level
    /// Counts only while the epidemic mode is on; otherwise it is off and no page shows it (R3.42).
    package let epidemicOnly: Bool
    /// Codes of the roles that may change the level (R16.14); nobody changes a fixed one.
    package let changedBy: [String]
}
