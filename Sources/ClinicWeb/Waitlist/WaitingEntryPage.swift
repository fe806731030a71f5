import Clinic
import Kernel

/// One customer who waits: what is free, what was said, what to do — templates/waitlist/entry.mustache
struct WaitingEntryPage: Page {
    static let template = "waitlist/entry"
    let shell: ShellView
    let name: String
    let chip: ToneChip
    let facts: [FactView]
    let calls: [LabelledView]
    let hasCalls: Bool
    let open: Open?
    let fault: String?
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("chip", \.chip), Field("facts", \.facts), Field("calls", \.calls),
        Field("hasCalls", \.hasCalls), Field("open", \.open), Field("fault", \.fault),
    ]

    /// What can be done while the customer waits.
    struct Open: Viewable {
        let answers: String
        let removal: String
        let version: Int
        let offers: [Offered]
        let hasOffers: Bool
        let outcomes: [OptionView]
        let note: InputView
        static let fields: [Field<Self>] = [
            Field("answers", \.answers), Field("removal", \.removal), Field("version", \.version),
            Field("offers", \.offers), Field("hasOffers", \.hasOffers), Field("outcomes", \.outcomes),
            Field("note", \.note),
        ]
    }

    /// A free time that can be taken in one step.
    struct Offered: Viewable {
        let time: String
        let day: String
        let by: String
        let action: String
        let hidden: [OptionView]
        static let fields: [Field<Self>] = [
            Field("time", \.time), Field("day", \.day), Field("by", \.by), Field("action", \.action),
            Field("hidden", \.hidden),
        ]
    }

    static var samples: [WaitingEntryPage] {
        let open = Open(
            answers: "#", removal: "#", version: 1,
            offers: [Offered(time: "10:00", day: "3 月 13 日 星期五", by: "林书远", action: "#", hidden: [])], hasOffers: true,
            outcomes: [OptionView("noAnswer", "无人接听")],
            note: InputView("note", "说明", faults: FormErrors("note", "请写一句说明")))
        let facts = [FactView("想做什么", "根管治疗（磨牙）16 · 6 单位"), FactView("电话", "138 **** 8000")]
        return [
            WaitingEntryPage(
                shell: .sample(title: "候补", area: .board), name: "欧阳诗琪诗琪诗琪", chip: ToneChip("等了 12 天"), facts: facts,
                calls: [LabelledView("2026-03-11 18:22 周敏", "无人接听")], hasCalls: true, open: open, fault: "这个时间刚刚约出去了"),
            WaitingEntryPage(
                shell: .sample(title: "候补", area: .board), name: "王小明", chip: ToneChip("已约", tone: "done"),
                facts: facts,
                calls: [], hasCalls: false, open: nil, fault: nil),
        ]
    }
}
