import Clinic
import Kernel

/// Everybody who works here — templates/staff/list.mustache
package struct StaffListPage: Page {
    package static let template = "staff/list"
    package let shell: ShellView
    let tabs: [SettingsTab]
    let people: [StaffRowView]
    let summary: String

    package static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("people", \.people), Field("summary", \.summary),
    ]

    init(
        _ accounts: [Account], clinics: [ClinicSite], playbook: Playbook, now: Timestamp, tabs: [SettingsTab],
        shell: ShellView
    ) {
        self.shell = shell
        self.tabs = tabs
        people = accounts.map { StaffRowView($0, clinics: clinics, playbook: playbook, now: now) }
        let active = accounts.filter { !$0.isDisabled }.count
        summary = active == accounts.count ? "\(active) 人" : "在职 \(active) 人，停用 \(accounts.count - active) 人"
    }

    private init(shell: ShellView, people: [StaffRowView], summary: String) {
        self.shell = shell
        tabs = SettingsTab.samples
        self.people = people
        self.summary = summary
    }

    package static var samples: [StaffListPage] {
        let rows = [
            StaffRowView(
                href: "/staff/1", number: "0001", name: "林岚", title: "主任医师", loginName: "linlan", roles: "管理员、院长",
                state: nil, stateTone: "done", isOff: false),
            StaffRowView(
                href: "/staff/2", number: "0102", name: "王若彤", title: "", loginName: "wangrt", roles: "导诊、收银（示例口腔东门诊）",
                state: "锁定到 10:39", stateTone: "warning", isOff: false),
            StaffRowView(
                href: "/staff/3", number: "0103", name: "欧阳诗琪", title: "护士长", loginName: "ouyang", roles: "护士长",
                state: "已停用",
                stateTone: "neutral", isOff: true),
        ]
        return [StaffListPage(shell: .sample(title: "员工", area: .settings), people: rows, summary: "在职 2 人，停用 1 人")]
    }
}

package struct StaffRowView: Viewable {
    let href: String
    let number: String
    let name: String
    let title: String
    let loginName: String
    let roles: String
    let state: StateChip?
    let isOff: Bool
    package static let fields: [Field<Self>] = [
        Field("href", \.href), Field("number", \.number), Field("name", \.name), Field("title", \.title),
        Field("loginName", \.loginName), Field("roles", \.roles), Field("state", \.state), Field("isOff", \.isOff),
    ]

    init(
        href: String, number: String, name: String, title: String, loginName: String, roles: String, state: String?,
        stateTone: String, isOff: Bool
    ) {
        self.href = href
        self.number = number
        self.name = name
        self.title = title
        self.loginName = loginName
        self.roles = roles
        self.state = state.map { StateChip(text: $0, tone: stateTone) }
        self.isOff = isOff
    }

    init(_ account: Account, clinics: [ClinicSite], playbook: Playbook, now: Timestamp) {
        let staff = account.staff
        let calendar = clinics.first?.calendar
        let names = account.grants.map { grant in
            let role = playbook.role(grant.role)?.name ?? grant.role
            guard clinics.count > 1, let clinic = clinics.first(where: { $0.id == grant.clinicID }) else { return role }
            return "\(role)（\(clinic.name)）"
        }
        var (state, tone): (String?, String) = (nil, "done")
        if account.isDisabled {
            (state, tone) = ("已停用", "neutral")
        } else if let until = account.lockedUntil, now < until {
            (state, tone) = ("锁定到 \(calendar?.clockText(until) ?? "")", "warning")
        } else if !account.hasPassword {
            (state, tone) = ("不能登录", "neutral")
        } else if account.mustChangePassword {
            (state, tone) = ("等本人改密码", "info")
        } else if account.grants.isEmpty {
            (state, tone) = ("没有岗位", "warning")
        }
        self.init(
            href: StaffPaths.staff(staff.id), number: staff.employeeNumber, name: staff.name, title: staff.title ?? "",
            loginName: staff.loginName, roles: names.isEmpty ? "—" : names.joined(separator: "、"), state: state,
            stateTone: tone, isOff: account.isDisabled)
    }
}
