import Clinic
import Kernel

/// Rooms and chairs of this clinic — templates/settings/rooms.mustache
package struct PlacesPage: Page {
    package static let template = "settings/rooms"
    package let shell: ShellView
    let tabs: [SettingsTab]
    let rooms: [PlaceRowView]
    let chairs: [PlaceRowView]
    let roomInputs: [InputView]
    let chairInputs: [InputView]
    let treatmentRooms: [ChoiceView]
    let fault: String?

    package static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("rooms", \.rooms), Field("chairs", \.chairs), Field("roomInputs", \.roomInputs),
        Field("chairInputs", \.chairInputs), Field("treatmentRooms", \.treatmentRooms), Field("fault", \.fault),
    ]

    /// - Parameter faultyForm: `room` or `chair`: which of the two forms the faults belong to.
    init(
        rooms: [Room], chairs: [Chair], typed: Form = Form(), faults: FormErrors = FormErrors(),
        faultyForm: String = "",
        tabs: [SettingsTab], shell: ShellView
    ) {
        self.shell = shell
        self.tabs = tabs
        self.rooms = rooms.map { room in
            PlaceRowView(
                number: String(room.number), name: room.name, note: room.kind == .treatment ? "诊室" : "沟通室",
                action: "/settings/rooms/\(room.id.text)")
        }
        self.chairs = chairs.map { chair in
            PlaceRowView(
                number: String(chair.number), name: chair.name, note: "诊室 \(chair.roomNumber)",
                action: "/settings/chairs/\(chair.id.text)")
        }
        treatmentRooms = rooms.filter { $0.kind == .treatment }.map {
            ChoiceView($0.id.text, "\($0.number) \($0.name)", isChosen: typed["room"] == $0.id.text)
        }
        func inputs(_ kind: String, next: Int, name: String) -> [InputView] {
            let (typed, faults) = kind == faultyForm ? (typed, faults) : (Form(), FormErrors())
            return [
                InputView(
                    "number", "号码", typed.has("number") ? typed["number"] : String(next), isRequired: true,
                    inputMode: "numeric", faults: faults),
                InputView("name", "名称", typed.has("name") ? typed["name"] : name, isRequired: true, faults: faults),
            ]
        }
        let nextRoom = (rooms.map(\.number).max() ?? 0) + 1
        let nextChair = (chairs.map(\.number).max() ?? 0) + 1
        roomInputs = inputs("room", next: nextRoom, name: "诊室 \(nextRoom)")
        chairInputs = inputs("chair", next: nextChair, name: "\(nextChair) 号牙椅")
        fault = faults.messages(outside: ["number", "name"])
    }

    package static var samples: [PlacesPage] {
        let rooms = (1...3).map { Room(id: ID(raw: Int64($0)), number: $0, name: "诊室 \($0)", kind: .treatment) }
        let chairs = (1...3).map {
            Chair(id: ID(raw: Int64($0)), number: $0, name: "\($0) 号牙椅", roomID: ID(raw: Int64($0)), roomNumber: $0)
        }
        return [
            PlacesPage(
                rooms: rooms, chairs: chairs, typed: Form(["number": "1"]),
                faults: FormErrors("number", "1 号已经有了，请换一个号码"), faultyForm: "chair", tabs: SettingsTab.samples,
                shell: .sample(title: "设置", area: .settings))
        ]
    }
}

package struct PlaceRowView: Viewable {
    let number: String
    let name: String
    let note: String
    let action: String
    package static let fields: [Field<Self>] = [
        Field("number", \.number), Field("name", \.name), Field("note", \.note), Field("action", \.action),
    ]
}

/// Name, telephone, address and opening time — templates/settings/clinic.mustache
package struct ClinicPage: Page {
    package static let template = "settings/clinic"
    package let shell: ShellView
    let tabs: [SettingsTab]
    let inputs: [InputView]
    let facts: [LabelledView]
    let fault: String?

    package static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("inputs", \.inputs), Field("facts", \.facts), Field("fault", \.fault),
    ]

    init(
        _ site: ClinicForm, typed: Form = Form(), faults: FormErrors = FormErrors(), tabs: [SettingsTab],
        shell: ShellView
    ) {
        self.shell = shell
        self.tabs = tabs
        func value(_ name: String, _ stored: String) -> String { typed.has(name) ? typed[name] : stored }
        inputs = [
            InputView(
                "clinicName", "门诊名称", value("clinicName", site.name), hint: "印在收据、预约卡和公开页面上", isRequired: true,
                faults: faults),
            InputView(
                "clinicPhone", "门诊电话", value("clinicPhone", site.phone), hint: "客人打的号码", isRequired: true,
                inputMode: "tel", faults: faults),
            InputView("address", "地址", value("address", site.address), isRequired: true, faults: faults),
            InputView(
                "opens", "开门", value("opens", site.opens.clockText), type: "time", hint: "预约表从这时开始", isRequired: true,
                faults: faults),
            InputView(
                "closes", "关门", value("closes", site.closes.clockText), type: "time", hint: "预约表到这时为止",
                isRequired: true,
                faults: faults),
        ]
        facts = [
            LabelledView("代码", "\(site.code)，印在已开出的单据上，不能改"),
            LabelledView("时区", site.timeZone),
            LabelledView("营业日从", SettingValue.clockText(site.dayStartsAtMinutes) + " 开始，之前算前一天"),
        ]
        fault = faults.messages(outside: ["clinicName", "clinicPhone", "address", "opens", "closes"])
    }

    package static var samples: [ClinicPage] {
        let site = ClinicForm(code: "A", name: "示例口腔门诊", phone: "021-6888 1234", address: "示范路 1 号")
        return [
            ClinicPage(
                site, faults: FormErrors("opens", "关门时间要晚于开门时间"), tabs: SettingsTab.samples,
                shell: .sample(title: "设置", area: .settings))
        ]
    }
}
