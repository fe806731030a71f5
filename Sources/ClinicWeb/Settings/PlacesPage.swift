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
