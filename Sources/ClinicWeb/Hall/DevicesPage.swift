import Clinic
import Kernel

/// 设备: the screens of the hall — templates/hall/devices.mustache
package struct DevicesPage: Page {
    package static let template = "hall/devices"
    package let shell: ShellView
    let tabs: [SettingsTab]
    let rows: [DeviceRowView]
    let isEmpty: Bool
    let nameInput: InputView
    let action: String
    let windows: [WindowRowView]
    let windowInput: InputView
    let windowAction: String
    /// Shown once, right after the pairing.
    let made: NewDeviceView?
    let fault: String?
    package static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("rows", \.rows), Field("isEmpty", \.isEmpty), Field("nameInput", \.nameInput),
        Field("action", \.action), Field("windows", \.windows), Field("windowInput", \.windowInput),
        Field("windowAction", \.windowAction), Field("made", \.made), Field("fault", \.fault),
    ]

    init(
        shell: ShellView, tabs: [SettingsTab], rows: [DeviceRowView], windows: [WindowRowView], next: Int,
        typed: String = "", faults: FormErrors = FormErrors(), made: NewDeviceView? = nil
    ) {
        self.shell = shell
        self.tabs = tabs
        self.rows = rows
        isEmpty = rows.isEmpty
        nameInput = InputView("name", "挂在哪里", typed, hint: "例如 候诊区大屏、二楼电视", isRequired: true, faults: faults)
        action = HallPaths.devices
        self.windows = windows
        windowInput = InputView(
            "window", "窗口号", String(next), isRequired: true, inputMode: "numeric", faults: faults)
        windowAction = HallPaths.windows
        self.made = made
        fault = faults.messages(outside: ["name", "window"])
    }

    package static var samples: [DevicesPage] {
        let shell = ShellView.sample(title: "设置", area: .settings)
        let rows = [
            DeviceRowView(
                name: "候诊区大屏", paired: "2026-03-02 09:10 方维", seen: "正在显示", tone: "done", icon: "check",
                revokeAction: "#"),
            DeviceRowView(
                name: "二楼儿童候诊区的竖屏电视机", paired: "2026-03-02 09:12 司徒慕容晓晓", seen: "最近 2026-03-11 18:02",
                tone: "warning", icon: "off", revokeAction: "#"),
            DeviceRowView(
                name: "新电视", paired: "2026-03-12 10:01 方维", seen: "还没有打开过", tone: "neutral", icon: "clock",
                revokeAction: "#"),
        ]
        return [
            DevicesPage(
                shell: shell, tabs: SettingsTab.samples, rows: rows,
                windows: [
                    WindowRowView(number: "1", kind: "前台", closeAction: "#"),
                    WindowRowView(number: "2", kind: "收银", closeAction: "#"),
                ], next: 3,
                made: NewDeviceView(
                    name: "新电视", address: "https://192.168.1.20:8080/hall/4fZk1uT0pQ8mX2sVb7nYc3Wd", isLocal: true)),
            DevicesPage(
                shell: shell, tabs: SettingsTab.samples, rows: [], windows: [], next: 1, typed: "",
                faults: FormErrors("name", "请写屏幕挂在哪里，最多 20 个字，例如 候诊区大屏")),
        ]
    }
}

/// A screen that is in use.
package struct DeviceRowView: Viewable {
    let name: String
    let paired: String
    let seen: String
    let tone: String
    let icon: String
    let revokeAction: String
    package static let fields: [Field<Self>] = [
        Field("name", \.name), Field("paired", \.paired), Field("seen", \.seen), Field("tone", \.tone),
        Field("icon", \.icon), Field("revokeAction", \.revokeAction),
    ]
}

extension DeviceRowView {
    init(_ link: DeviceLink, by names: [ID<Staff>: String], now: Timestamp, calendar: ClinicCalendar) {
        name = link.name
        paired = "\(calendar.dateTimeText(link.pairedAt)) \(names[link.pairedBy] ?? "系统")"
        if link.isRunning(at: now) {
            (seen, tone, icon) = ("正在显示", "done", "check")
        } else if let seenAt = link.seenAt {
            (seen, tone, icon) = ("最近 \(calendar.dateTimeText(seenAt))", "warning", "off")
        } else {
            (seen, tone, icon) = ("还没有打开过", "neutral", "clock")
        }
        revokeAction = HallPaths.revoke(link.id)
    }
}

/// The address of a new screen; the secret in it is shown once and kept nowhere.
package struct NewDeviceView: Viewable {
    let name: String
    let address: String
    /// The address names this machine: a television cannot reach it so.
    let isLocal: Bool
    package static let fields: [Field<Self>] = [
        Field("name", \.name), Field("address", \.address), Field("isLocal", \.isLocal),
    ]
}

/// A window with its number (R4.39).
package struct WindowRowView: Viewable {
    let number: String
    let kind: String
    let closeAction: String
    package static let fields: [Field<Self>] = [
        Field("number", \.number), Field("kind", \.kind), Field("closeAction", \.closeAction),
    ]
}

extension WindowRowView {
    init(_ window: ServiceWindow) {
        number = String(window.number)
        kind = window.kind.label
        closeAction = HallPaths.closeWindow(window.id)
    }
}
