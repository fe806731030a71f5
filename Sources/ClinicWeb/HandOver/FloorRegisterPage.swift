import Clinic
import Hummingbird
import Kernel
import Storage

/// 楼层登记, on screen and on paper (R4.18) — templates/handover/register.mustache
struct FloorRegisterPage: Page {
    static let template = "handover/register"
    let shell: ShellView
    let heading: String
    let clinicName: String
    let foot: String
    let day: String
    let rooms: [OptionView]
    let rows: [FloorRegisterRow]
    let total: String
    /// The reception of the nurse is rated here (R4.19).
    let rates: Bool
    /// There is a line for the nurse's name by hand.
    let signs: Bool
    static let fields: [Field<Self>] = [
        Field("heading", \.heading), Field("clinicName", \.clinicName), Field("foot", \.foot), Field("day", \.day),
        Field("rooms", \.rooms), Field("rows", \.rows), Field("total", \.total), Field("rates", \.rates),
        Field("signs", \.signs),
    ]

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day", "room")
        let work = request.work
        let day = request.day("day") ?? request.today
        let room = Int(request.query["room"])
        let register = try await request.read { tx in
            try FloorRegister.load(day: day, room: room, by: work, in: tx)
        }
        return try request.page(
            FloorRegisterPage(register, room: room, by: work, shell: request.bareShell(title: "楼层登记")))
    }
}

struct FloorRegisterRow: Viewable {
    let entered: String
    let exited: String
    let isLate: Bool
    let ticket: String
    let name: String
    let record: String
    let isCompanion: Bool
    let place: String
    let doctor: String
    let attendant: String
    let nurse: String
    let spoken: String
    let rating: String
    let reason: String
    let hasRating: Bool
    let hasSignature: Bool
    /// Strokes, in a box of 600 by 200.
    let signature: String?
    static let fields: [Field<Self>] = [
        Field("entered", \.entered), Field("exited", \.exited), Field("isLate", \.isLate), Field("ticket", \.ticket),
        Field("name", \.name), Field("record", \.record), Field("isCompanion", \.isCompanion), Field("place", \.place),
        Field("doctor", \.doctor), Field("attendant", \.attendant), Field("nurse", \.nurse), Field("spoken", \.spoken),
        Field("rating", \.rating), Field("reason", \.reason), Field("hasRating", \.hasRating),
        Field("hasSignature", \.hasSignature), Field("signature", \.signature),
    ]
}

extension FloorRegisterPage {
    init(_ register: FloorRegister, room: Int?, by work: Work, shell: ShellView) {
        self.shell = shell
        let calendar = work.clinic.calendar
        heading = "\(register.day.fullText) \(register.day.weekdayText) 楼层登记"
        clinicName = work.clinic.name
        foot = "打印：\(calendar.dateTimeText(work.now)) \(work.actor.name)"
        day = register.day.iso
        rooms =
            [OptionView("", "全部诊室", isChosen: room == nil)]
            + register.rooms.map { OptionView(String($0), "诊室 \($0)", isChosen: $0 == room) }
        rows = register.entries.map { FloorRegisterRow($0, names: register.names, work) }
        let customers = register.entries.count { !$0.isCompanion }
        total = "客人 \(customers) 人次 · 陪同 \(register.entries.count - customers) 人次"
        rates = work.playbook.level(of: .nurseReceptionRating) != .off
        signs = work.playbook.level(of: .handoverDrawnSignature) != .off
    }
}

extension FloorRegisterRow {
    init(_ entry: FloorRegister.Entry, names: [ID<Staff>: String], _ work: Work) {
        let calendar = work.clinic.calendar
        func name(_ id: ID<Staff>?) -> String { id.flatMap { names[$0] } ?? "" }
        entered = calendar.clockText(entry.enteredAt)
        exited = entry.exitedAt.map(calendar.clockText) ?? "在内"
        isLate = entry.isLateExit
        ticket = entry.ticket ?? ""
        self.name = entry.patientName
        record = entry.recordNumber
        isCompanion = entry.isCompanion
        place = "\(entry.room) 诊室 · \(entry.chair)"
        doctor = name(entry.handOver?.doctorID ?? entry.doctorID)
        attendant = name(entry.enteredBy)
        nurse = name(entry.nurseID)
        spoken = entry.alertsSpokenAt == nil ? "" : "已交代"
        rating = [entry.handOver?.rating?.label, entry.handOver?.remark].compactMap(\.self).joined(separator: "：")
        let code = entry.handOver?.chairReason.map { work.playbook.label($0, in: .chairChange) }
        reason = [code, entry.handOver?.chairNote].compactMap(\.self).joined(separator: "：")
        hasRating = work.playbook.level(of: .nurseReceptionRating) != .off
        hasSignature = work.playbook.level(of: .handoverDrawnSignature) != .off
        signature = entry.signature
    }
}
