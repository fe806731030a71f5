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
    static let fields: [Field<Self>] = [
        Field("heading", \.heading), Field("clinicName", \.clinicName), Field("foot", \.foot), Field("total", \.total),
        Field("groups", \.groups),
    ]

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
        groups = plan.columns.map { doctor in
            let spans = plan.spans(of: doctor.id)
            return Group(
                doctor: doctor.name, hours: spans.isEmpty ? "不在班" : spans.map(\.text).joined(separator: "、"),
                rows: (byDoctor[doctor.id] ?? []).map { entry in
                    let a = entry.appointment
                    return Line(
                        time: a.timeText, name: entry.patientName, record: entry.recordNumber, purpose: entry.purpose,
                        complaint: a.complaint, units: "\(a.units)", assistant: entry.assistantName ?? "",
                        place: a.chairID.flatMap { chairs[$0] }.map { "\($0.roomNumber) 诊室 \($0.name)" } ?? "",
                        state: a.isSqueezed ? "加号" : entry.state.label)
                })
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
