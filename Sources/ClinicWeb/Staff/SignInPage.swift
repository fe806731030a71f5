import Clinic
import Kernel

/// Signing in: tiles of the people of this browser, a PIN, or name and password — templates/staff/sign_in.mustache
package struct SignInPage: Page {
    package static let template = "staff/sign_in"
    package let shell: ShellView
    let siteName: String
    let heading: String
    let lead: String
    let fault: String?
    let tiles: [TileView]
    let hasTiles: Bool
    let pin: PinView?
    let password: PasswordView?
    /// Leads from the tiles to the form, and back.
    let other: LinkView?

    package static let fields: [Field<Self>] = [
        Field("siteName", \.siteName), Field("heading", \.heading), Field("lead", \.lead), Field("fault", \.fault),
        Field("tiles", \.tiles), Field("hasTiles", \.hasTiles), Field("pin", \.pin), Field("password", \.password),
        Field("other", \.other),
    ]

    /// What the page asks for.
    enum Ask {
        case choose([TileView])
        case pin(PinView)
        case password(PasswordView)
    }

    init(
        _ ask: Ask, siteName: String, dayText: String, fault: String? = nil, other: (href: String, label: String)?,
        shell: ShellView
    ) {
        self.shell = shell
        self.siteName = siteName
        self.fault = fault
        self.other = other.map { LinkView($0.href, $0.label) }
        switch ask {
        case .choose(let tiles):
            (heading, lead, self.tiles, pin, password) = ("您是哪一位？", dayText, tiles, nil, nil)
        case .pin(let pin):
            (heading, lead, tiles, self.pin, password) = (pin.name, pin.role, [], pin, nil)
        case .password(let form):
            (heading, lead, tiles, pin, password) = ("登录", dayText, [], nil, form)
        }
        hasTiles = !tiles.isEmpty
    }

    package static var samples: [SignInPage] {
        let shell = ShellView.sample(title: "登录")
        let day = "3 月 12 日 星期四"
        let tiles = [("王若彤", "导诊"), ("郭晓晨", "收银 · 前台"), ("周启航", "医生"), ("欧阳诗琪", "护士长")].map {
            TileView(name: $0.0, role: $0.1, href: "/sign-in", needsPassword: $0.0 == "周启航")
        }
        return [
            SignInPage(
                .choose(tiles), siteName: "示例口腔门诊", dayText: day, other: ("/sign-in?with=password", "其他人用密码登录"),
                shell: shell),
            SignInPage(
                .pin(PinView(person: "0", name: "王若彤", role: "导诊", next: "/", action: StaffPaths.pin)),
                siteName: "示例口腔门诊", dayText: day, fault: "PIN 不对，还可以再试 4 次", other: ("/sign-in", "不是王若彤？换一位"),
                shell: shell),
            SignInPage(
                .password(PasswordView(loginName: "", next: "/", action: "/sign-in")), siteName: "示例口腔门诊",
                dayText: day, other: nil, shell: shell),
        ]
    }
}

/// One person of this browser.
package struct TileView: Viewable {
    let name: String
    let initial: String
    let role: String
    let href: String
    /// The PIN does not count here any more today.
    let needsPassword: Bool
    package static let fields: [Field<Self>] = [
        Field("name", \.name), Field("initial", \.initial), Field("role", \.role), Field("href", \.href),
        Field("needsPassword", \.needsPassword),
    ]
    init(name: String, role: String, href: String, needsPassword: Bool) {
        self.name = name
        self.role = role
        self.href = href
        self.needsPassword = needsPassword
        initial = name.last.map(String.init) ?? ""
    }
}

/// The PIN of one person.
package struct PinView: Viewable {
    let person: String
    let name: String
    let initial: String
    let role: String
    let next: String
    let action: String
    package static let fields: [Field<Self>] = [
        Field("person", \.person), Field("name", \.name), Field("initial", \.initial), Field("role", \.role),
        Field("next", \.next), Field("action", \.action),
    ]
    init(person: String, name: String, role: String, next: String, action: String) {
        self.person = person
        self.name = name
        self.role = role
        self.next = next
        self.action = action
        initial = name.last.map(String.init) ?? ""
    }
}

/// Name and password.
package struct PasswordView: Viewable {
    let loginName: String
    /// The first empty field takes the focus.
    let focusesName: Bool
    let focusesPassword: Bool
    let next: String
    let action: String
    package static let fields: [Field<Self>] = [
        Field("loginName", \.loginName), Field("focusesName", \.focusesName),
        Field("focusesPassword", \.focusesPassword), Field("next", \.next), Field("action", \.action),
    ]
    init(loginName: String, next: String, action: String) {
        self.loginName = loginName
        self.next = next
        self.action = action
        focusesName = loginName.isEmpty
        focusesPassword = !loginName.isEmpty
    }
}
