import Clinic
import Kernel

/// 交上级: customers whose doctor only the supervisor may name, and difficult bookings for the director (R2.23, R3.37) —
/// templates/appointments/handed.mustache
struct HandedPage: Page {
    static let template = "appointments/handed"
    let shell: ShellView
    let nav: BookListNav
    /// The form of a new case; nil on the list.
    let entry: Entry?
    let problem: String?
    let open: [Row]
    let hasOpen: Bool
    let settled: [Row]
    let hasSettled: Bool
    static let fields: [Field<Self>] = [
        Field("nav", \.nav), Field("entry", \.entry), Field("problem", \.problem), Field("open", \.open),
        Field("hasOpen", \.hasOpen), Field("settled", \.settled), Field("hasSettled", \.hasSettled),
    ]

    struct Entry: Viewable {
        let title: String
        let person: String
        let about: String?
        let kept: [OptionView]
        let words: InputView
        let superior: String
        static let fields: [Field<Self>] = [
            Field("title", \.title), Field("person", \.person), Field("about", \.about), Field("kept", \.kept),
            Field("words", \.words), Field("superior", \.superior),
        ]
    }

    struct Row: Viewable {
        let id: String
        let chip: ToneChip
        let name: String
        let detail: String
        let words: String
        let asked: String
        /// Books for this customer; nil for who may not decide, or when a booking exists.
        let bookHref: String?
        let appointmentHref: String?
        /// Takes the decision in words.
        let settleHref: String?
        let outcome: String?
        static let fields: [Field<Self>] = [
            Field("id", \.id), Field("chip", \.chip), Field("name", \.name), Field("detail", \.detail),
            Field("words", \.words), Field("asked", \.asked), Field("bookHref", \.bookHref),
            Field("appointmentHref", \.appointmentHref), Field("settleHref", \.settleHref),
            Field("outcome", \.outcome),
        ]
    }

    static var samples: [HandedPage] {
        func row(_ id: String, settled: Bool) -> Row {
            Row(
                id: id, chip: ToneChip("原医生不在，主管安排", tone: "warning"), name: "欧阳诸葛司马上官令狐公孙慕容",
                detail: "女 31 岁 · A100018 · 原医生 林书远", words: "36 补的牙掉了，想周五下午来", asked: "3 月 12 日 09:20 周敏",
                bookHref: settled ? nil : "/appointments/new", appointmentHref: settled ? "/appointments/1" : nil,
                settleHref: settled ? nil : "/appointments/handed/\(id)/outcome",
                outcome: settled ? "3 月 13 日 星期五 14:00–14:45 陈思敏医生 · 何志强" : nil)
        }
        let entry = Entry(
            title: "预约有困难，请主任定", person: "谢春梅 · 女 31 岁 · A100018", about: "3 月 13 日 星期五 09:15–10:00",
            kept: [OptionView("difficult", "kind")],
            words: InputView(
                "words", "什么定不下来", isRequired: true, faults: FormErrors("words", "请写明客人要什么、为什么定不下来")),
            superior: "主任")
        return [
            HandedPage(
                shell: AppointmentSamples.shell("交上级"), nav: .sample, entry: entry, problem: "这件事已经有结果了，请看名单",
                open: [row("1", settled: false)], hasOpen: true, settled: [row("2", settled: true)], hasSettled: true),
            HandedPage(
                shell: AppointmentSamples.shell("交上级"), nav: .sample, entry: nil, problem: nil, open: [],
                hasOpen: false, settled: [], hasSettled: false),
        ]
    }
}
