import Clinic
import Kernel

/// A new entry, or a correction of one — templates/registers/form.mustache
struct RegisterFormPage: Page {
    static let template = "registers/form"
    let shell: ShellView
    let heading: String
    let advice: String?
    let action: String
    let backHref: String
    let button: String
    let questions: [RegisterFieldView]
    let person: PersonPick?
    /// Of the entry, when it is corrected.
    let version: String?
    let reason: InputView?
    let happenedDay: InputView
    let happenedClock: InputView
    let isLateOpen: Bool
    let fault: String?
    static let fields: [Field<Self>] = [
        Field("heading", \.heading), Field("advice", \.advice), Field("action", \.action),
        Field("backHref", \.backHref), Field("button", \.button), Field("questions", \.questions),
        Field("person", \.person), Field("version", \.version), Field("reason", \.reason),
        Field("happenedDay", \.happenedDay), Field("happenedClock", \.happenedClock),
        Field("isLateOpen", \.isLateOpen), Field("fault", \.fault),
    ]

    static var samples: [RegisterFormPage] {
        func page(_ version: String?, _ pick: PersonPick?) -> RegisterFormPage {
            RegisterFormPage(
                shell: .sample(title: "行李寄存", area: .operations), heading: version == nil ? "新登记" : "更正",
                advice: "先挂牌再收，当面看一眼有没有破损。", action: "#", backHref: "#", button: version == nil ? "登记" : "更正",
                questions: RegisterFieldView.samples, person: pick, version: version,
                reason: version.map { _ in InputView("reason", "为什么更正", isRequired: true) },
                happenedDay: InputView("happenedDay", "发生日期", "2026-03-12", type: "date"),
                happenedClock: InputView("happenedClock", "发生时间", "09:20", type: "time"), isLateOpen: version != nil,
                fault: version == nil ? "有 2 处要改：请填写牌号；请选择外观" : nil)
        }
        return [page(nil, .sample), page("2", nil)]
    }
}
