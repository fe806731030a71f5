import Clinic
import Kernel

/// One entry: what it says, its second half, everything it ever was — templates/registers/entry.mustache
struct RegisterEntryPage: Page {
    static let template = "registers/entry"
    let shell: ShellView
    let title: String
    let chips: [ToneChip]
    let facts: [FactView]
    let signatures: [Drawn]
    let hasSignatures: Bool
    let closing: ClosingForm?
    let correctHref: String?
    let acts: [Act]
    let hasActs: Bool
    let history: [Change]
    let listHref: String
    static let fields: [Field<Self>] = [
        Field("title", \.title), Field("chips", \.chips), Field("facts", \.facts), Field("signatures", \.signatures),
        Field("hasSignatures", \.hasSignatures), Field("closing", \.closing), Field("correctHref", \.correctHref),
        Field("acts", \.acts), Field("hasActs", \.hasActs), Field("history", \.history), Field("listHref", \.listHref),
    ]

    struct Drawn: Viewable {
        let label: String
        let who: String
        let path: String?
        static let fields: [Field<Self>] = [Field("label", \.label), Field("who", \.who), Field("path", \.path)]
    }

    struct ClosingForm: Viewable {
        let action: String
        let version: Int
        let button: String
        let questions: [RegisterFieldView]
        let fault: String?
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("version", \.version), Field("button", \.button),
            Field("questions", \.questions), Field("fault", \.fault),
        ]
    }

    /// Taking back or declaring void, with a reason.
    struct Act: Viewable {
        let action: String
        let version: Int
        let button: String
        let input: InputView
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("version", \.version), Field("button", \.button), Field("input", \.input),
        ]
    }

    struct Change: Viewable {
        let at: String
        let who: String
        let what: String
        let reason: String?
        let changes: [String]
        static let fields: [Field<Self>] = [
            Field("at", \.at), Field("who", \.who), Field("what", \.what), Field("reason", \.reason),
            Field("changes", \.changes),
        ]
    }

    static var samples: [RegisterEntryPage] {
        func page(isOpen: Bool) -> RegisterEntryPage {
            RegisterEntryPage(
                shell: .sample(title: "行李寄存", area: .operations), title: "行李寄存",
                chips: [
                    ToneChip(isOpen ? "保管中" : "已归还", tone: isOpen ? "waiting" : "done"),
                    ToneChip("补录", tone: "warning"),
                ],
                facts: [
                    FactView("客人", "欧阳诗琪诗琪诗琪", href: "#"), FactView("物品", "黑色拉杆箱，右边轮子有旧损，系红绳"),
                    FactView("登记", "3 月 12 日 09:20 周敏"),
                ],
                signatures: isOpen
                    ? [] : [Drawn(label: "领取签字", who: "欧阳诗琪诗琪诗琪 11:02", path: "M20 100L60 40L100 120L140 60")],
                hasSignatures: !isOpen,
                closing: isOpen
                    ? ClosingForm(
                        action: "#", version: 1, button: "归还", questions: Array(RegisterFieldView.samples.suffix(3)),
                        fault: "请领取签字") : nil, correctHref: "#",
                acts: [
                    Act(action: "#", version: 1, button: "作废", input: InputView("reason", "为什么作废", isRequired: true))
                ],
                hasActs: true,
                history: [
                    Change(
                        at: "3 月 12 日 10:02", who: "周敏", what: "更正", reason: "看错了颜色", changes: ["物品：黑色背包 → 黑色拉杆箱"]),
                    Change(at: "3 月 12 日 09:20", who: "周敏", what: "登记", reason: nil, changes: []),
                ], listHref: "#")
        }
        return [page(isOpen: true), page(isOpen: false)]
    }
}
