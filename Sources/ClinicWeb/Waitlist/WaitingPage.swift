import Clinic
import Kernel

/// 候补: who waits, longest first — templates/waitlist/list.mustache
struct WaitingPage: Page {
    static let template = "waitlist/list"
    let shell: ShellView
    let countText: String
    let rows: [Row]
    let isEmpty: Bool
    let newHref: String?
    let boardHref: String
    /// Entries of the epidemic, while the mode is on.
    let links: [LinkView]
    static let fields: [Field<Self>] = [
        Field("countText", \.countText), Field("rows", \.rows), Field("isEmpty", \.isEmpty),
        Field("newHref", \.newHref),
        Field("boardHref", \.boardHref), Field("links", \.links),
    ]

    struct Row: Viewable {
        let href: String
        let name: String
        let phone: String
        let purpose: String
        let chips: [ToneChip]
        let suits: String
        let waited: String
        let last: String
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("name", \.name), Field("phone", \.phone), Field("purpose", \.purpose),
            Field("chips", \.chips), Field("suits", \.suits), Field("waited", \.waited), Field("last", \.last),
        ]
    }

    static var samples: [WaitingPage] {
        let row = Row(
            href: "#", name: "欧阳诗琪诗琪诗琪", phone: "138 **** 8000", purpose: "根管治疗（磨牙）16 · 6 单位",
            chips: [ToneChip("着急", tone: "danger"), ToneChip("点名林书远"), ToneChip("未到过 1 次", tone: "warning")],
            suits: "周一至周五 13:30–18:00 · 4 月 30 日前",
            waited: "12 天", last: "昨天 10:24 · 第 2 次")
        return [
            WaitingPage(
                shell: .sample(title: "候补", area: .board), countText: "1 位在等", rows: [row], isEmpty: false,
                newHref: "/waiting/new", boardHref: "/appointments", links: [LinkView("#", "今天能做的")]),
            WaitingPage(
                shell: .sample(title: "候补", area: .board), countText: "没有人在等", rows: [], isEmpty: true, newHref: nil,
                boardHref: "/appointments", links: []),
        ]
    }
}
