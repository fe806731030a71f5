import Clinic
import Kernel

/// 小项目让位 (R3.51): the big item, and where each small one goes — templates/appointments/displace.mustache
struct DisplacePage: Page {
    static let template = "appointments/displace"
    let shell: ShellView
    let name: String
    let purpose: String
    /// "3 月 13 日 星期五 10:00–11:30 林书远医生"
    let when: String
    let rows: [Row]
    /// The booking as it was asked for.
    let kept: [OptionView]
    let problem: String?
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("purpose", \.purpose), Field("when", \.when), Field("rows", \.rows),
        Field("kept", \.kept), Field("problem", \.problem),
    ]

    /// A small booking, and its new time.
    struct Row: Viewable {
        let href: String
        let name: String
        let phone: String
        let purpose: String
        let from: String
        let to: String
        /// `MoveValue`
        let value: String
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("name", \.name), Field("phone", \.phone), Field("purpose", \.purpose),
            Field("from", \.from), Field("to", \.to), Field("value", \.value),
        ]
    }

    static var samples: [DisplacePage] {
        let row = Row(
            href: "/appointments/00000000000A1", name: "欧阳诸葛司马上官令狐公孙慕容", phone: "136 **** 7715", purpose: "洁治",
            from: "3 月 13 日 星期五 10:00–10:45", to: "3 月 13 日 星期五 14:00–14:45", value: "00000000000A1|1|2026-03-13|56")
        func page(_ rows: [Row], problem: String? = nil) -> DisplacePage {
            DisplacePage(
                shell: AppointmentSamples.shell("小项目让位"), name: "谢春梅", purpose: "根管治疗（磨牙） · 6 单位",
                when: "3 月 13 日 星期五 10:00–11:30 林书远医生", rows: rows, kept: [OptionView("16", "teeth")], problem: problem)
        }
        return [page([row]), page([row, row], problem: "林书远医生 14:00–14:45 已约王小明，请换时间或医生")]
    }
}

/// Where a small booking goes, as the page sends it: `id|version|2026-03-13|56`.
enum MoveValue {
    static func text(_ move: Displacing.Move) -> String {
        "\(move.appointmentID.text)|\(move.version)|\(move.to.day.iso)|\(move.to.start.index)"
    }

    /// The rest of the slot is the booking's own.
    static func move(_ text: String, of a: Appointment) -> Displacing.Move? {
        let parts = text.split(separator: "|").map(String.init)
        guard parts.count == 4, let version = Int(parts[1]), let day = Day(parts[2]),
            let start = SlotText.unit(parts[3])
        else { return nil }
        return Displacing.Move(
            appointmentID: a.id, version: version,
            to: Slot(day: day, start: start, units: a.units, doctorID: a.doctorID, chairID: a.chairID))
    }

    static func id(_ text: String) -> ID<Appointment>? {
        text.split(separator: "|").first.flatMap { ID<Appointment>(String($0)) }
    }
}
