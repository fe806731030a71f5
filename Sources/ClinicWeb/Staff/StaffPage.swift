import Clinic
import Kernel

/// One person: data, roles, access — templates/staff/person.mustache
package struct StaffPage: Page {
    package static let template = "staff/person"
    package let shell: ShellView
    let fault: String?
    let action: String
    let version: String
    let inputs: [InputView]
    let genders: [ChoiceView]
    let isDoctor: Bool
    let doctorInputs: [InputView]
    let chairs: [ChoiceView]
    let groups: [GrantGroupView]
    let rolesFault: String?
    /// nil on the page of a new person.
    let existing: StaffAccessView?
    let isNew: Bool
    let saveLabel: String

    package static let fields: [Field<Self>] = [
        Field("fault", \.fault), Field("action", \.action), Field("version", \.version), Field("inputs", \.inputs),
        Field("genders", \.genders), Field("isDoctor", \.isDoctor), Field("doctorInputs", \.doctorInputs),
        Field("chairs", \.chairs), Field("groups", \.groups), Field("rolesFault", \.rolesFault),
        Field("existing", \.existing), Field("isNew", \.isNew), Field("saveLabel", \.saveLabel),
    ]

    /// What stands around the typed values.
    struct Surroundings {
        let clinics: [ClinicSite]
        let chairs: [Chair]
        let roles: [(code: String, name: String)]
        /// Where roles may be given.
        let reach: AdministratorReach
    }

    init(
        typed: Form, version: Int, existing: StaffAccessView?, around: Surroundings, faults: FormErrors = FormErrors(),
        shell: ShellView
    ) {
        self.shell = shell
        self.existing = existing
        self.version = String(version)
        isNew = existing == nil
        saveLabel = existing == nil ? "建立账号" : "保存资料"
        action = existing?.href ?? StaffPaths.list
        fault = faults.messages(outside: Set(StaffForm.names + ["roles"]))
        rolesFault = faults.messages["roles"]
        inputs = [
            InputView("name", "姓名", typed["name"], isRequired: true, isFocused: existing == nil, faults: faults),
            InputView(
                "employeeNumber", "工号", typed["employeeNumber"], hint: "轮换医生时按工号排", isRequired: true, faults: faults),
            InputView("loginName", "登录名", typed["loginName"], isRequired: true, faults: faults),
            InputView("title", "职称", typed["title"], faults: faults),
            InputView(
                "phone", "私人电话", typed["phone"], type: "tel", hint: "只有管理员看得到，不给客人", inputMode: "tel",
                faults: faults),
        ]
        genders = Gender.allCases.map {
            ChoiceView($0.rawValue, $0.label, isChosen: (Gender(rawValue: typed["gender"]) ?? .unknown) == $0)
        }
        isDoctor = typed.has("isDoctor")
        doctorInputs = [InputView("specialty", "专长", typed["specialty"], hint: "显示在预约表的列头", faults: faults)]
        chairs =
            [ChoiceView("", "不固定", isChosen: typed["chair"].isEmpty)]
            + around.chairs.map {
                ChoiceView($0.id.text, "\($0.roomNumber) 诊室 · \($0.name)", isChosen: typed["chair"] == $0.id.text)
            }
        groups = Self.groups(Set(typed.all("grant")), around)
    }

    /// Roles that count everywhere, then those of each clinic; only where the administrator may give them. With one clinic
    /// one group is enough.
    private static func groups(_ chosen: Set<String>, _ around: Surroundings) -> [GrantGroupView] {
        let everywhere: (id: ID<ClinicSite>?, name: String) = (nil, "所有门诊")
        let places = ([everywhere] + around.clinics.map { ($0.id, $0.name) }).filter { around.reach.offers($0.id) }
        return places.compactMap { place in
            let choices = around.roles.map { role in
                let value = StaffForm.value(RoleGrant(clinicID: place.id, role: role.code))
                return ChoiceView(value, role.name, isChosen: chosen.contains(value))
            }
            let isNeeded = place.id == nil || places.count != 2 || choices.contains(where: \.isChosen)
            return isNeeded ? GrantGroupView(name: place.name, choices: choices) : nil
        }
    }

    package static var samples: [StaffPage] {
        let around = Surroundings(
            clinics: [], chairs: [], roles: [("guide", "导诊"), ("cashier", "收银")], reach: .everywhere)
        let access = StaffAccessView(
            href: "/staff/1", name: "王若彤", facts: [LabelledView("密码", "已设置"), LabelledView("PIN", "已设置")],
            sessions: [
                SessionView(device: "Chrome · Windows · 192.168.1.23", seen: "2026-03-12 10:23", isCurrent: false)
            ],
            newPassword: "k7mp-w3xd-9qtr", isDisabled: false, isSelf: false)
        return [
            StaffPage(
                typed: Form(), version: 0, existing: nil, around: around,
                faults: FormErrors("name", "请填写姓名，最多 30 个字"), shell: .sample(title: "新同事", area: .settings)),
            StaffPage(
                typed: Form(["name": "王若彤", "employeeNumber": "0102", "loginName": "wangrt"]), version: 3,
                existing: access, around: around, shell: .sample(title: "王若彤", area: .settings)),
        ]
    }
}

/// The roles that can be given in one place.
package struct GrantGroupView: Viewable {
    let name: String
    let choices: [ChoiceView]
    package static let fields: [Field<Self>] = [Field("name", \.name), Field("choices", \.choices)]
    init(name: String, choices: [ChoiceView]) {
        self.name = name
        self.choices = choices
    }
}

/// Password, PIN, sessions and state of an existing account.
package struct StaffAccessView: Viewable {
    let href: String
    let name: String
    let facts: [LabelledView]
    let sessions: [SessionView]
    let hasSessions: Bool
    /// A first password just made, shown once.
    let newPassword: String?
    let isDisabled: Bool
    /// One's own password is changed with the current one.
    let canReset: Bool
    let canDisable: Bool
    package static let fields: [Field<Self>] = [
        Field("href", \.href), Field("name", \.name), Field("facts", \.facts), Field("sessions", \.sessions),
        Field("hasSessions", \.hasSessions), Field("newPassword", \.newPassword), Field("isDisabled", \.isDisabled),
        Field("canDisable", \.canDisable), Field("canReset", \.canReset),
    ]

    init(
        href: String, name: String, facts: [LabelledView], sessions: [SessionView], newPassword: String?,
        isDisabled: Bool, isSelf: Bool
    ) {
        self.href = href
        self.name = name
        self.facts = facts
        self.sessions = sessions
        hasSessions = !sessions.isEmpty
        self.newPassword = newPassword
        self.isDisabled = isDisabled
        canDisable = !isDisabled && !isSelf
        canReset = !isSelf
    }

    init(
        _ account: Account, sessions: [Session], newPassword: String?, isSelf: Bool, now: Timestamp,
        calendar: ClinicCalendar
    ) {
        let password =
            !account.hasPassword ? "没有，不能登录" : account.mustChangePassword ? "由管理员给的，等本人换" : "本人设置的"
        var facts = [LabelledView("密码", password)]
        let pinIsSpent = account.failedPins >= SecurityPolicy.pinFailures
        facts.append(
            LabelledView("PIN", !account.hasPin ? "没有" : pinIsSpent ? "已设置，下次要先用密码" : "已设置"))
        if let until = account.lockedUntil, now < until {
            facts.append(LabelledView("状态", "输错密码太多，锁定到 \(calendar.clockText(until))；重设密码可立即解锁"))
        }
        if let at = account.staff.disabledAt { facts.append(LabelledView("停用", calendar.dateTimeText(at))) }
        self.init(
            href: StaffPaths.staff(account.staff.id), name: account.staff.name, facts: facts,
            sessions: sessions.map { SessionView($0, isCurrent: false, calendar: calendar) }, newPassword: newPassword,
            isDisabled: account.isDisabled, isSelf: isSelf)
    }
}
