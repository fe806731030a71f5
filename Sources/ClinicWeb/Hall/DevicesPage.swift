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
    /// Shown once, right after the pairing.
    let made: NewDeviceView?
    let fault: String?
    package static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("rows", \.rows), Field("isEmpty", \.isEmpty), Field("nameInput", \.nameInput),
        Field("action", \.action), Field("made", \.made), Field("fault", \.fault),
    ]

    init(
        shell: ShellView, tabs: [SettingsTab], rows: [DeviceRowView], typed: String = "",
        faults: FormErrors = FormErrors(), made: NewDeviceView? = nil
    ) {
        self.shell = shell
        self.tabs = tabs
        self.rows = rows
        isEmpty = rows.isEmpty
        nameInput = InputView("name", "挂在哪里", typed, hint: "例如 候诊区大屏、二楼电视", isRequired: true, faults: faults)
        action = HallPaths.devices
        self.made = made
        fault = faults.messages(outside: ["name"])
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
                made: NewDeviceView(
                    name: "新电视", address: "https://192.168.1.20:8080/hall/4fZk1uT0pQ8mX2sVb7nYc3Wd", isLocal: true)),
            DevicesPage(
                shell: shell, tabs: SettingsTab.samples, rows: [], typed: "",
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
