import Clinic
import Kernel

/// Addresses of the settings.
package enum SettingsPaths {
    package static let home = Area.settings.path
    package static let levels = "/settings/levels"
    package static let prices = "/settings/prices"
    package static let rooms = "/settings/rooms"
    package static let clinics = "/settings/clinics"
    package static let newClinic = "/settings/clinics/new"
    package static let roles = "/settings/roles"
    package static let taskRules = "/settings/tasks"
    package static func clinic(_ id: ID<ClinicSite>) -> String { "/settings/clinics/\(id.text)" }
    package static func role(_ code: String) -> String { "/settings/roles/\(code)" }
    package static func taskRule(_ id: String) -> String { "/settings/tasks/\(id)" }
    package static let registers = "/settings/registers"
    package static func register(_ id: String) -> String { "/settings/registers/\(id)" }
    package static func checklist(_ id: String) -> String { "/settings/checklists/\(id)" }
    package static func setting(_ key: String) -> String { "/settings/values/\(key)" }
    package static func level(_ rule: RuleID) -> String { "/settings/levels/\(rule.rawValue)" }
    package static func price(_ item: ID<Item>) -> String { "/settings/prices/\(item.text)" }
}

/// One page of the settings, shown to those who may open it.
package struct SettingsTab: Viewable {
    enum Page: CaseIterable {
        case values, levels, tasks, registers, prices, rooms, devices, clinics, staff, roles, audit

        var label: String {
            switch self {
            case .values: "数值"
            case .levels: "规则级别"
            case .tasks: "任务规则"
            case .registers: "登记与检查"
            case .prices: "价目"
            case .rooms: "诊室与牙椅"
            case .devices: "设备"
            case .clinics: "门诊"
            case .staff: "员工"
            case .roles: "岗位权限"
            case .audit: "操作记录"
            }
        }
        var path: String {
            switch self {
            case .values: SettingsPaths.home
            case .levels: SettingsPaths.levels
            case .tasks: SettingsPaths.taskRules
            case .registers: SettingsPaths.registers
            case .prices: SettingsPaths.prices
            case .rooms: SettingsPaths.rooms
            case .devices: HallPaths.devices
            case .clinics: SettingsPaths.clinics
            case .staff: StaffPaths.list
            case .roles: SettingsPaths.roles
            case .audit: AuditPaths.log
            }
        }
        var access: Access {
            switch self {
            case .values, .levels, .tasks, .registers: .needs(.manageSettings)
            case .prices: .needsAny([.managePrices, .seePrices])
            case .rooms, .devices: .needs(.manageRooms)
            case .clinics: .needsAny([.manageSettings, .manageSystem])
            case .staff: .needs(.manageStaff)
            case .roles: .needsAny([.manageStaff, .manageSettings])
            case .audit: .needs(.seeAudit)
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
