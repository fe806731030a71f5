import Clinic
import Kernel

/// The day on paper: who comes when, what for, with whom and where (R3.28) — templates/appointments/plan.mustache
struct DayPlanPage: Page {
    static let template = "appointments/plan"
    let shell: ShellView
    let heading: String
    let clinicName: String
    let foot: String
    let total: String
    let groups: [Group]
    let rooms: [Room]
    let hasRooms: Bool
    static let fields: [Field<Self>] = [
        Field("heading", \.heading), Field("clinicName", \.clinicName), Field("foot", \.foot), Field("total", \.total),
        Field("groups", \.groups), Field("rooms", \.rooms), Field("hasRooms", \.hasRooms),
    ]

    /// Who sits in a room, and who comes to it.
    struct Room: Viewable {
        let name: String
        let doctors: String
        let visits: [String]
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("doctors", \.doctors), Field("visits", \.visits),
        ]
    }

    struct Group: Viewable {
        let doctor: String
        let hours: String
        let rows: [Line]
        static let fields: [Field<Self>] = [
            Field("doctor", \.doctor), Field("hours", \.hours), Field("rows", \.rows),
        ]
    }

    struct Line: Viewable {
        let time: String
        let name: String
        let record: String
        let purpose: String
        let complaint: String
        let units: String
        let assistant: String
        let place: String
        let state: String
        static let fields: [Field<Self>] = [
            Field("time", \.time), Field("name", \.name), Field("record", \.record), Field("purpose", \.purpose),
            Field("complaint", \.complaint), Field("units", \.units), Field("assistant", \.assistant),
            Field("place", \.place), Field("state", \.state),
        ]
    }

    init(shell: ShellView, plan: DayPlan, clinic: ClinicSite, printedAt: Timestamp, by: String) {
        self.shell = shell
        heading = "\(plan.day.fullText) \(plan.day.weekdayText) 到访安排"
        clinicName = clinic.name
        foot = "打印：\(clinic.calendar.dateTimeText(printedAt)) \(by)"
        total = "共 \(plan.entries.count) 位"
        let chairs = Dictionary(plan.chairs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let byDoctor = Dictionary(grouping: plan.entries, by: \.appointment.doctorID)
        rooms = Self.rooms(plan)
        hasRooms = !rooms.isEmpty
        groups = plan.columns.map { doctor in
            let spans = plan.spans(of: doctor.id)
            return Group(
                doctor: doctor.name, hours: spans.isEmpty ? "不在班" : spans.map(\.text).joined(separator: "、"),
                rows: (byDoctor[doctor.id] ?? []).map { entry in
                    let a = entry.appointment
                    return Line(
                        time: a.timeText, name: entry.patientName, record: entry.recordNumber,
                        purpose: entry.items.isEmpty ? "" : entry.purpose,
                        complaint: a.complaint, units: "\(a.units)", assistant: entry.assistantName ?? "",
                        place: a.chairID.flatMap { chairs[$0] }.map { "\($0.roomNumber) 诊室 \($0.name)" } ?? "",
                        state: [a.isSqueezed ? "加号" : entry.state.label, entry.helpText].compactMap(\.self)
                            .joined(separator: " "))
                })
        }
    }
}

extension DayPlanPage {
    /// Rooms in order of their numbers. A booking without a chair is expected where its doctor sits.
    static func rooms(_ plan: DayPlan) -> [Room] {
        var sitting: [ID<Chair>: [Staff]] = [:]
        var chairOf: [ID<Staff>: ID<Chair>] = [:]
        for doctor in plan.doctors {
            let spans = plan.spans(of: doctor.id)
            guard !spans.isEmpty, let chair = spans.compactMap(\.chairID).first ?? doctor.chairID else { continue }
            sitting[chair, default: []].append(doctor)
            chairOf[doctor.id] = chair
        }
        return Dictionary(grouping: plan.chairs, by: \.roomNumber).sorted { $0.key < $1.key }.compactMap {
            number, chairs in
            let ids = Set(chairs.map(\.id))
            let entries = plan.entries.filter { entry in
                let a = entry.appointment
                return a.isLive && ((a.chairID ?? chairOf[a.doctorID]).map { ids.contains($0) } ?? false)
            }
            let doctors = chairs.flatMap { sitting[$0.id] ?? [] }.map(\.name)
            guard !entries.isEmpty || !doctors.isEmpty else { return nil }
            return Room(
                name: "\(number) 诊室", doctors: doctors.joined(separator: "、"),
                visits: entries.map { "\($0.appointment.start.clockText) \($0.patientName)（\($0.doctorName)）" })
        }
    }
}

/// 预约卡 (R3.05) — templates/appointments/card.mustache
struct AppointmentCardPage: Page {
    static let template = "appointments/card"
    let shell: ShellView
    let name: String
    let when: String
    let doctor: String
    let purpose: String
    let length: String
    let clinicName: String
    let phone: String
    let address: String
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("when", \.when), Field("doctor", \.doctor), Field("purpose", \.purpose),
        Field("length", \.length), Field("clinicName", \.clinicName), Field("phone", \.phone),
        Field("address", \.address),
    ]

    init(
        shell: ShellView, name: String, when: String, doctor: String, purpose: String, length: String,
        clinicName: String, phone: String, address: String
    ) {
        self.shell = shell
        self.name = name
        self.when = when
        self.doctor = doctor
        self.purpose = purpose
        self.length = length
        self.clinicName = clinicName
        self.phone = phone
        self.address = address
    }

    init(shell: ShellView, detail: AppointmentDetail, clinic: ClinicSite) {
        let a = detail.appointment
        self.init(
            shell: shell, name: detail.brief?.greeting ?? "",
            when: "\(a.day.fullText) \(a.day.weekdayText) \(a.start.clockText)",
            doctor: detail.names[a.doctorID] ?? "",
            purpose: detail.items.isEmpty ? a.complaint : detail.items.map(\.text).joined(separator: " + "),
            length: "约 \(a.units * Unit.minutes) 分钟", clinicName: clinic.name, phone: clinic.phone,
            address: clinic.address)
    }
}
