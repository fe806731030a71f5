import Clinic
import Kernel

/// Addresses of the settings.
package enum SettingsPaths {
    package static let home = Area.settings.path
    package static let levels = "/settings/levels"
    package static let prices = "/settings/prices"
    package static let rooms = "/settings/rooms"
    package static let clinic = "/settings/clinic"
    static func setting(_ key: String) -> String { "/settings/values/\(key)" }
    static func level(_ rule: RuleID) -> String { "/settings/levels/\(rule.rawValue)" }
    static func price(_ item: ID<Item>) -> String { "/settings/prices/\(item.text)" }
}

/// One page of the settings, shown to those who may open it.
package struct SettingsTab: Viewable {
    enum Page: CaseIterable {
        case values, levels, prices, rooms, clinic, staff

        var label: String {
            switch self {
            case .values: "数值"
            case .levels: "规则级别"
            case .prices: "价目"
            case .rooms: "诊室与牙椅"
            case .clinic: "门诊资料"
            case .staff: "员工"
            }
        }
        var path: String {
            switch self {
            case .values: SettingsPaths.home
            case .levels: SettingsPaths.levels
            case .prices: SettingsPaths.prices
            case .rooms: SettingsPaths.rooms
            case .clinic: SettingsPaths.clinic
            case .staff: StaffPaths.list
            }
        }
        var access: Access {
            switch self {
            case .values, .levels, .clinic: .needs(.manageSettings)
            case .prices: .needsAny([.managePrices, .seePrices])
            case .rooms: .needs(.manageRooms)
            case .staff: .needs(.manageStaff)
            }
        }
    }

    let label: String
    let href: String
    let isCurrent: Bool
    package static let fields: [Field<Self>] = [
        Field("label", \.label), Field("href", \.href), Field("isCurrent", \.isCurrent),
    ]

    static func all(for request: StaffRequest, current: Page) -> [SettingsTab] {
        Page.allCases.filter { $0.access.allows(request.actor) }.map {
            SettingsTab(label: $0.label, href: $0.path, isCurrent: $0 == current)
        }
    }

    static var samples: [SettingsTab] {
        Page.allCases.map { SettingsTab(label: $0.label, href: $0.path, isCurrent: $0 == .values) }
    }
}
