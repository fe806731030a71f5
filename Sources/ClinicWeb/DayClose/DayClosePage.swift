import Clinic
import Kernel

/// 日结前待办 — templates/dayclose/list.mustache
struct DayClosePage: Page {
    static let template = "dayclose/list"
    let shell: ShellView
    let left: DayCloseList
    static let fields: [Field<Self>] = [Field("left", \.left)]

    static var samples: [DayClosePage] {
        DayCloseList.samples.map { DayClosePage(shell: .sample(title: "日结前待办", area: .operations), left: $0) }
    }
}

/// The part that changes — templates/dayclose/_list.mustache
struct DayCloseList: Fragment {
    static let template = "dayclose/_list"
    let countText: String
    let groups: [Group]
    let isEmpty: Bool
    let passed: String
    let rule: String
    let fault: String?
    static let fields: [Field<Self>] = [
        Field("countText", \.countText), Field("groups", \.groups), Field("isEmpty", \.isEmpty),
        Field("passed", \.passed), Field("rule", \.rule), Field("fault", \.fault),
    ]

    struct Group: Viewable {
        let title: String
        let count: Int
        let isQuiet: Bool
        let rows: [Row]
        static let fields: [Field<Self>] = [
            Field("title", \.title), Field("count", \.count), Field("isQuiet", \.isQuiet), Field("rows", \.rows),
        ]
    }

    struct Row: Viewable {
        let name: String
        let detail: String
        let owner: String
        let since: String
        /// Nothing is late yet.
        let isCalm: Bool
        let action: Act?
        /// "结转给 周敏：停电，明早补做"
        let carried: String?
        let carrying: Carrying?
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("detail", \.detail), Field("owner", \.owner), Field("since", \.since),
            Field("isCalm", \.isCalm), Field("action", \.action), Field("carried", \.carried),
            Field("carrying", \.carrying),
        ]
    }

    /// The one thing to do about it.
    struct Act: Viewable {
        let href: String
        let label: String
        let about: String
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("label", \.label), Field("about", \.about),
        ]
    }

    /// What carrying it over asks for.
    struct Carrying: Viewable {
        let kind: String
        let subjectKind: String
        let subjectID: String
        let staff: [OptionView]
        let isOpen: Bool
        let reasonText: String
        let about: String
        static let fields: [Field<Self>] = [
            Field("kind", \.kind), Field("subjectKind", \.subjectKind), Field("subjectID", \.subjectID),
            Field("staff", \.staff), Field("isOpen", \.isOpen), Field("reasonText", \.reasonText),
            Field("about", \.about),
        ]
    }

    static var samples: [DayCloseList] {
        func row(_ carried: String?, isCalm: Bool = false) -> Row {
            Row(
                name: "欧阳诗琪诗琪诗琪", detail: "09:12 到诊，治疗完，未送别，林书远医生", owner: "前台", since: "2 小时 10 分",
                isCalm: isCalm,
                action: Act(href: "#", label: "去处理", about: "欧阳诗琪诗琪诗琪"), carried: carried,
                carrying: carried == nil && !isCalm
                    ? Carrying(
                        kind: "openVisit", subjectKind: "visit", subjectID: "1", staff: [OptionView("1", "周敏")],
                        isOpen: true, reasonText: "", about: "欧阳诗琪诗琪诗琪") : nil)
        }
        return [
            DayCloseList(
                countText: "2 件没办，1 件已结转，1 位还在院",
                groups: [
                    Group(
                        title: "到诊没有结果", count: 2, isQuiet: false,
                        rows: [row(nil), row("结转给 周敏：客人去拍片，明早回来")]),
                    Group(title: "登记没有办完", count: 1, isQuiet: false, rows: [row(nil)]),
                    Group(title: "还在院", count: 1, isQuiet: true, rows: [row(nil, isCalm: true)]),
                ], isEmpty: false, passed: "其余都办好了：收费单、检查表、待办。", rule: "只有钱箱没点清或账不平才拦住关账。", fault: "请选择谁接着办"),
            DayCloseList(
                countText: "都办完了", groups: [], isEmpty: true, passed: "", rule: "只有钱箱没点清或账不平才拦住关账。", fault: nil),
        ]
    }
}

/// 运营: what is open, what is to be checked, what can be written down — templates/dayclose/operations.mustache
struct OperationsPage: Page {
    static let template = "dayclose/operations"
    let shell: ShellView
    let tiles: OperationsTiles
    static let fields: [Field<Self>] = [Field("tiles", \.tiles)]

    static var samples: [OperationsPage] {
        OperationsTiles.samples.map { OperationsPage(shell: .sample(title: "运营", area: .operations), tiles: $0) }
    }
}

/// The part that changes — templates/dayclose/_operations.mustache
struct OperationsTiles: Fragment {
    static let template = "dayclose/_operations"
    let closing: Tile?
    let checks: Tile?
    let groups: [Group]
    let alarm: Alarm?
    let links: [LinkView]
    let hasLinks: Bool
    static let fields: [Field<Self>] = [
        Field("closing", \.closing), Field("checks", \.checks), Field("groups", \.groups), Field("alarm", \.alarm),
        Field("links", \.links), Field("hasLinks", \.hasLinks),
    ]

    struct Tile: Viewable {
        let href: String
        let figure: String
        let words: String
        let tone: String
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("figure", \.figure), Field("words", \.words), Field("tone", \.tone),
        ]
    }

    struct Group: Viewable {
        let title: String
        let registers: [Register]
        static let fields: [Field<Self>] = [Field("title", \.title), Field("registers", \.registers)]
    }

    struct Register: Viewable {
        let href: String
        let name: String
        let today: String
        let open: ToneChip?
        let mayWrite: Bool
        let newHref: String
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("name", \.name), Field("today", \.today), Field("open", \.open),
            Field("mayWrite", \.mayWrite), Field("newHref", \.newHref),
        ]
    }

    /// One tap to the managers (R4.27).
    struct Alarm: Viewable {
        let action: String
        let name: String
        let questions: [RegisterFieldView]
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("name", \.name), Field("questions", \.questions),
        ]
    }

    static var samples: [OperationsTiles] {
        let group = Group(
            title: "大厅",
            registers: [
                Register(
                    href: "#", name: "行李寄存", today: "今天 4 条", open: ToneChip("2 条保管中", tone: "waiting"), mayWrite: true,
                    newHref: "#"),
                Register(href: "#", name: "大厅秩序提醒", today: "今天没有", open: nil, mayWrite: false, newHref: "#"),
            ])
        return [
            OperationsTiles(
                closing: Tile(href: "#", figure: "3", words: "件日结前要办", tone: "danger"),
                checks: Tile(href: "#", figure: "1", words: "张检查表没做完", tone: "waiting"), groups: [group],
                alarm: Alarm(action: "#", name: "吵闹情况", questions: Array(RegisterFieldView.samples.prefix(2))),
                links: [LinkView("#", "客人请求"), LinkView("#", "排班")], hasLinks: true),
            OperationsTiles(closing: nil, checks: nil, groups: [], alarm: nil, links: [], hasLinks: false),
        ]
    }
}
