import Clinic
import Kernel

/// The person's own password, PIN and place of work — templates/staff/account.mustache
package struct OwnAccountPage: Page {
    package static let template = "staff/account"
    package let shell: ShellView
    let facts: [LabelledView]
    let passwordInputs: [InputView]
    let pinInputs: [InputView]
    let hasPin: Bool
    let pinState: String
    let clinics: [ChoiceView]
    let hasClinics: Bool
    let sessions: [SessionView]
    /// A doctor's bookings in the own calendar program.
    let calendarHref: String?

    package static let fields: [Field<Self>] = [
        Field("facts", \.facts), Field("passwordInputs", \.passwordInputs), Field("pinInputs", \.pinInputs),
        Field("hasPin", \.hasPin), Field("pinState", \.pinState), Field("clinics", \.clinics),
        Field("hasClinics", \.hasClinics), Field("sessions", \.sessions), Field("calendarHref", \.calendarHref),
    ]

    init(
        _ account: Account, roleText: String, clinics: [ClinicSite], current: ID<ClinicSite>, sessions: [SessionView],
        passwordFaults: FormErrors = FormErrors(), pinFaults: FormErrors = FormErrors(), shell: ShellView
    ) {
        self.shell = shell
        let staff = account.staff
        facts = [
            LabelledView("姓名", staff.name), LabelledView("工号", staff.employeeNumber),
            LabelledView("登录名", staff.loginName),
            LabelledView("岗位", roleText),
        ]
        passwordInputs = PasswordPage.inputs(passwordFaults)
        hasPin = account.hasPin
        pinState = account.hasPin ? "已设置。换人和解锁时用，连续错 5 次后要输一次密码。" : "还没有 PIN。设一个，换人和解锁只要两三秒。"
        pinInputs = [
            InputView(
                "currentPassword", "现在的密码", type: "password", isRequired: true, autocomplete: "current-password",
                faults: pinFaults),
            InputView(
                "pin", account.hasPin ? "新 PIN" : "PIN", type: "password", hint: "4 到 6 位数字，不用生日或连续数字",
                isRequired: true, inputMode: "numeric", faults: pinFaults),
            InputView("pinAgain", "再输一次", type: "password", isRequired: true, inputMode: "numeric", faults: pinFaults),
        ]
        self.clinics = clinics.map { ChoiceView($0.id.text, $0.name, isChosen: $0.id == current) }
        hasClinics = clinics.count > 1
        self.sessions = sessions
        calendarHref = staff.isDoctor ? FeedPaths.own : nil
    }

    package static var samples: [OwnAccountPage] {
        let staff = Staff(
            id: ID(raw: 1), employeeNumber: "0102", name: "王若彤", gender: .female, title: nil, loginName: "wangrt",
            isDoctor: true, specialty: nil, chairID: nil, disabledAt: nil, version: 1)
        let account = Account(
            staff: staff, phone: nil, mustChangePassword: false, hasPassword: true, hasPin: true, failedSignIns: 0,
            failedPins: 0, lockedUntil: nil, grants: [])
        return [
            OwnAccountPage(
                account, roleText: "导诊 · 收银", clinics: [], current: ID(raw: 0),
                sessions: [
                    SessionView(device: "Chrome · Windows · 192.168.1.23", seen: "10:23", isCurrent: true),
                    SessionView(device: "Safari · iPad · 192.168.1.40", seen: "09:02", isCurrent: false),
                ],
                pinFaults: FormErrors("pin", "这个 PIN 太容易猜到，请不要用相同或连续的数字"), shell: .sample(title: "我的账号"))
        ]
    }
}

/// A browser in which a person is signed in.
package struct SessionView: Viewable {
    let device: String
    let seen: String
    let isCurrent: Bool
    package static let fields: [Field<Self>] = [
        Field("device", \.device), Field("seen", \.seen), Field("isCurrent", \.isCurrent),
    ]
    init(device: String, seen: String, isCurrent: Bool) {
        self.device = device
        self.seen = seen
        self.isCurrent = isCurrent
    }
    init(_ session: Session, isCurrent: Bool, calendar: ClinicCalendar) {
        self.init(
            device: session.device, seen: calendar.dateTimeText(session.lastSeenAt), isCurrent: isCurrent)
    }
}

/// A new password, asked for at the first sign-in — templates/staff/password.mustache
package struct PasswordPage: Page {
    package static let template = "staff/password"
    package let shell: ShellView
    let name: String
    let inputs: [InputView]
    let next: String

    package static let fields: [Field<Self>] = [
        Field("name", \.name), Field("inputs", \.inputs), Field("next", \.next),
    ]

    static func inputs(_ faults: FormErrors) -> [InputView] {
        [
            InputView(
                "currentPassword", "现在的密码", type: "password", isRequired: true, autocomplete: "current-password",
                isFocused: true, faults: faults),
            InputView(
                "password", "新密码", type: "password", hint: "至少 8 位，用一句好记的话最安全", isRequired: true,
                autocomplete: "new-password", faults: faults),
            InputView(
                "passwordAgain", "再输一次新密码", type: "password", isRequired: true, autocomplete: "new-password",
                faults: faults),
        ]
    }

    package static var samples: [PasswordPage] {
        [
            PasswordPage(shell: .sample(title: "设置新密码"), name: "王若彤", inputs: inputs(FormErrors()), next: "/"),
            PasswordPage(
                shell: .sample(title: "设置新密码"), name: "王若彤",
                inputs: inputs(FormErrors("currentPassword", "现在的密码不对，请再输入一次")), next: "/"),
        ]
    }
}
