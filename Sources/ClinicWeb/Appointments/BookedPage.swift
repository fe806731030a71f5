import Clinic
import Kernel

/// After booking: read back, then the texts to send — templates/appointments/booked.mustache
struct BookedPage: Page {
    static let template = "appointments/booked"
    let shell: ShellView
    let href: String
    let name: String
    let whenText: String
    let why: String?
    /// The sentence to read back.
    let spoken: String
    let isReadBack: Bool
    let message: String
    let isTextSent: Bool
    let addressMessage: String
    let isAddressSent: Bool
    let notesHref: String
    let cardHref: String
    let next: String
    let here: String
    /// The questions before the visit, while the epidemic mode is on (R3.45).
    var screening: ScreeningStep?

    struct ScreeningStep: Viewable {
        let href: String
        let isDone: Bool
        static let fields: [Field<Self>] = [Field("href", \.href), Field("isDone", \.isDone)]
    }

    static let fields: [Field<Self>] = [
        Field("href", \.href), Field("name", \.name), Field("whenText", \.whenText), Field("why", \.why),
        Field("spoken", \.spoken), Field("isReadBack", \.isReadBack), Field("message", \.message),
        Field("isTextSent", \.isTextSent), Field("addressMessage", \.addressMessage),
        Field("isAddressSent", \.isAddressSent), Field("notesHref", \.notesHref), Field("cardHref", \.cardHref),
        Field("next", \.next), Field("here", \.here), Field("screening", \.screening),
    ]
}

extension BookedPage {
    init(_ detail: AppointmentDetail, text: BookingText, next: String, shell: ShellView) {
        let a = detail.appointment
        let said = Set(detail.notes.map(\.kind))
        self.init(
            shell: shell, href: AppointmentPaths.appointment(a.id), name: detail.brief?.name ?? "客人",
            whenText: "\(a.whenText) \(text.doctor)",
            why: detail.assignment?.summary, spoken: text.spoken, isReadBack: said.contains(.readBack),
            message: text.message, isTextSent: said.contains(.textCopied), addressMessage: text.addressMessage,
            isAddressSent: said.contains(.addressSent), notesHref: AppointmentPaths.action(a.id, "notes"),
            cardHref: AppointmentPaths.action(a.id, "card"), next: next,
            here: AppointmentPaths.booked(a.id, next: next))
    }

    static var samples: [BookedPage] {
        let clinic = "【示例口腔门诊】"
        return [false, true].map { isDone in
            BookedPage(
                shell: AppointmentSamples.shell("预约好了"), href: "/appointments/00000000000A1", name: "谢春梅",
                whenText: "3 月 13 日 星期五 09:15–10:00 陈思敏", why: "从一 · 一直由陈思敏医生看诊",
                spoken: "谢女士，跟您核对一遍：3 月 13 日 星期五，09:15，陈思敏医生，牙周复查，大约 45 分钟。", isReadBack: isDone,
                message: "\(clinic)谢女士，已为您预约 3 月 13 日 星期五 09:15，陈思敏医生。", isTextSent: isDone,
                addressMessage: "\(clinic)地址：示范路 1 号。", isAddressSent: isDone,
                notesHref: "/appointments/00000000000A1/notes", cardHref: "/appointments/00000000000A1/card",
                next: "/appointments", here: "/appointments/00000000000A1/booked",
                screening: ScreeningStep(href: "/appointments/00000000000A1/screening", isDone: isDone))
        }
    }
}
