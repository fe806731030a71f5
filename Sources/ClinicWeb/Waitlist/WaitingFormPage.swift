import Clinic
import Kernel

/// 登记候补 — templates/waitlist/new.mustache
struct WaitingFormPage: Page {
    static let template = "waitlist/new"
    let shell: ShellView
    let pick: PersonPick?
    let entry: Entry?
    static let fields: [Field<Self>] = [Field("pick", \.pick), Field("entry", \.entry)]

    struct Entry: Viewable {
        let patient: String
        let appointment: String
        let person: String
        let held: String?
        let complaint: InputView
        let note: InputView
        let lastDay: InputView
        let items: [ItemRow]
        let lengths: [OptionView]
        let doctors: [OptionView]
        let weekdays: [OptionView]
        let starts: [OptionView]
        let ends: [OptionView]
        let urgencies: [OptionView]
        let itemFault: String?
        let unitsFault: String?
        let timeFault: String?
        let fault: String?
        static let fields: [Field<Self>] = [
            Field("patient", \.patient), Field("appointment", \.appointment), Field("person", \.person),
            Field("held", \.held), Field("complaint", \.complaint), Field("note", \.note), Field("lastDay", \.lastDay),
            Field("items", \.items), Field("lengths", \.lengths), Field("doctors", \.doctors),
            Field("weekdays", \.weekdays), Field("starts", \.starts), Field("ends", \.ends),
            Field("urgencies", \.urgencies), Field("itemFault", \.itemFault), Field("unitsFault", \.unitsFault),
            Field("timeFault", \.timeFault), Field("fault", \.fault),
        ]
    }

    struct ItemRow: Viewable {
        let number: Int
        let teeth: String
        let choices: [OptionView]
        static let fields: [Field<Self>] = [
            Field("number", \.number), Field("teeth", \.teeth), Field("choices", \.choices),
        ]
    }

    static var samples: [WaitingFormPage] {
        let faults = FormErrors("complaint", "请填写主诉，一句话即可")
        let entry = Entry(
            patient: "1", appointment: "", person: "欧阳诗琪诗琪诗琪 · 女 31 岁 · MY000118", held: "已约 3 月 20 日 10:00，有更早的就提前",
            complaint: InputView("complaint", "主诉", isRequired: true, faults: faults), note: InputView("note", "备注"),
            lastDay: InputView("lastDay", "等到哪天", type: "date", hint: "空着表示一直等"),
            items: [ItemRow(number: 1, teeth: "16", choices: [OptionView("1", "根管治疗（磨牙） · 6 单位", isChosen: true)])],
            lengths: UnitChoices.lengths(chosen: ""), doctors: [OptionView("1", "林书远")],
            weekdays: [OptionView("1", "周一", isChosen: true), OptionView("2", "周二")],
            starts: [OptionView("32", "08:00")], ends: [OptionView("72", "18:00", isChosen: true)],
            urgencies: [OptionView("normal", "一般", isChosen: true), OptionView("high", "着急")], itemFault: nil,
            unitsFault: nil, timeFault: "方便的时间段放不下这个时长，请放宽", fault: nil)
        return [
            WaitingFormPage(shell: .sample(title: "登记候补", area: .board), pick: nil, entry: entry),
            WaitingFormPage(shell: .sample(title: "登记候补", area: .board), pick: .sample, entry: nil),
        ]
    }
}
