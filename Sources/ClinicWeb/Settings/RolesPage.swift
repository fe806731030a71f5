import Clinic
import Kernel

/// Which role has which right — templates/settings/roles.mustache
package struct RolesPage: Page {
    package static let template = "settings/roles"
    package let shell: ShellView
    let tabs: [SettingsTab]
    let roles: [RoleHeadView]
    let groups: [RightGroupView]

    package static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("roles", \.roles), Field("groups", \.groups),
    ]

    init(_ playbook: Playbook, tabs: [SettingsTab], shell: ShellView) {
        self.init(playbook.roles, groups: CapabilityText.groups, playbook: playbook, tabs: tabs, shell: shell)
    }

    private init(
        _ roles: [Role], groups: [CapabilityText.Group], playbook: Playbook?, tabs: [SettingsTab], shell: ShellView
    ) {
        self.shell = shell
        self.tabs = tabs
        self.roles = roles.map { role in
            let origin = playbook?.origin(of: OverrideKey(.role, role.code)) ?? .shipped
            return RoleHeadView(
                href: SettingsPaths.role(role.code), name: role.name, isChanged: origin != .shipped)
        }
        let columns = String(roles.count + 1)
        self.groups = groups.map { group in
            RightGroupView(
                name: group.name, columns: columns,
                rights: group.capabilities.map { capability in
                    RightRowView(
                        label: CapabilityText.label(capability),
                        cells: roles.map { RightCellView(has: $0.capabilities.contains(capability), role: $0.name) })
                })
        }
    }

    package static var samples: [RolesPage] {
        let roles = [
            Role(code: "guide", name: "导诊", capabilities: [.seeWorkbench, .seeBoard, .bookAppointments]),
            Role(code: "administrator", name: "管理员", capabilities: [.seeWorkbench, .manageStaff]),
            Role(code: "superiorSupervisor", name: "上级主管", capabilities: [.seeWorkbench, .seeAudit]),
        ]
        return [
            RolesPage(
                roles, groups: CapabilityText.groups, playbook: nil, tabs: SettingsTab.samples,
                shell: .sample(title: "设置", area: .settings))
        ]
    }
}

package struct RoleHeadView: Viewable {
    let href: String
    let name: String
    /// Differs from what is shipped.
    let isChanged: Bool
    package static let fields: [Field<Self>] = [
        Field("href", \.href), Field("name", \.name), Field("isChanged", \.isChanged),
    ]
}

package struct RightGroupView: Viewable {
    let name: String
    let columns: String
    let rights: [RightRowView]
    package static let fields: [Field<Self>] = [
        Field("name", \.name), Field("columns", \.columns), Field("rights", \.rights),
    ]
}

package struct RightRowView: Viewable {
    let label: String
    let cells: [RightCellView]
    package static let fields: [Field<Self>] = [Field("label", \.label), Field("cells", \.cells)]
}

package struct RightCellView: Viewable {
    let has: Bool
    /// For the pointer that is far from the heading.
    let role: String
    package static let fields: [Field<Self>] = [Field("has", \.has), Field("role", \.role)]
}

/// The rights of one role — templates/settings/role.mustache
package struct RolePage: Page {
    package static let template = "settings/role"
    package let shell: ShellView
    let name: String
    let action: String
    let groups: [RoleRightsView]
    let mayChange: Bool
    let refusal: String?
    let scopes: [ChoiceView]
    let reason: InputView
    let resets: [ChoiceView]
    let hasResets: Bool
    let history: [HistoryRowView]
    let hasHistory: Bool
    let fault: String?

    package static let fields: [Field<Self>] = [
        Field("name", \.name), Field("action", \.action), Field("groups", \.groups), Field("mayChange", \.mayChange),
        Field("refusal", \.refusal), Field("scopes", \.scopes), Field("reason", \.reason), Field("resets", \.resets),
        Field("hasResets", \.hasResets), Field("history", \.history), Field("hasHistory", \.hasHistory),
        Field("fault", \.fault),
    ]

    /// - Parameter mayChange: administers accounts everywhere; roles are given in several clinics.
    init(
        _ role: Role, mayChange: Bool, past: StandardEntries.Past, typed: Form = Form(),
        faults: FormErrors = FormErrors(), shell: ShellView
    ) {
        self.shell = shell
        name = role.name
        action = SettingsPaths.role(role.code)
        let chosen = faults.isEmpty ? Set(role.capabilities.map(\.rawValue)) : Set(typed.all("capability"))
        groups = CapabilityText.groups.map { group in
            RoleRightsView(
                name: group.name,
                choices: group.capabilities.map {
                    ChoiceView($0.rawValue, CapabilityText.label($0), isChosen: chosen.contains($0.rawValue))
                })
        }
        self.mayChange = mayChange
        refusal = mayChange ? nil : "岗位权限由管理全部门诊账号的管理员修改，请找他们处理"
        let scope = typed.has("scope") ? typed["scope"] : "organisation"
        scopes = [
            ChoiceView("organisation", "全机构", isChosen: scope == "organisation"),
            ChoiceView("clinic", "只改本门诊", isChosen: scope == "clinic"),
        ]
        reason = InputView("reason", "为什么改", typed["reason"], hint: "记入历史，以后查得到", isRequired: true, faults: faults)
        resets = mayChange ? past.overridden.map { ChoiceView($0.value, $0.label, isChosen: false) } : []
        hasResets = !resets.isEmpty
        history = past.rows
        hasHistory = !past.rows.isEmpty
        fault = faults.messages(outside: ["reason"])
    }

    package static var samples: [RolePage] {
        let role = Role(code: "guide", name: "导诊", capabilities: [.seeWorkbench, .seeBoard])
        let past = StandardEntries.Past(
            rows: [
                HistoryRowView(
                    at: "2026-03-01 09:12", who: "林岚", scope: "机构", value: "23 项权限", reason: "导诊不再改约", isEnded: false)
            ],
            overridden: [("organisation", "去掉全机构的改动")])
        return [
            RolePage(
                role, mayChange: true, past: past, typed: Form(["capability": "seeWorkbench"]),
                faults: FormErrors("reason", "请写明修改原因，以后查得到"), shell: .sample(title: "设置", area: .settings)),
            RolePage(
                role, mayChange: false, past: .init(rows: [], overridden: []),
                shell: .sample(title: "设置", area: .settings)),
        ]
    }
}

package struct RoleRightsView: Viewable {
    let name: String
    let choices: [ChoiceView]
    package static let fields: [Field<Self>] = [Field("name", \.name), Field("choices", \.choices)]
}
