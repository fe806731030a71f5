import Clinic
import Kernel

/// One register: filters and entries, newest first — templates/registers/list.mustache
struct RegisterListPage: Page {
    static let template = "registers/list"
    let shell: ShellView
    let table: RegisterTable
    static let fields: [Field<Self>] = [Field("table", \.table)]

    static var samples: [RegisterListPage] {
        RegisterTable.samples.map {
            RegisterListPage(shell: .sample(title: "行李寄存", area: .operations), table: $0)
        }
    }
}

/// The part that changes — templates/registers/_table.mustache
struct RegisterTable: Fragment {
    static let template = "registers/_table"
    let title: String
    let advice: String?
    let countText: String
    let action: String
    let from: String
    let to: String
    let query: String
    let states: [OptionView]
    let hasStates: Bool
    let columns: [String]
    let rows: [Row]
    let isEmpty: Bool
    let pager: PagerView?
    let newHref: String?
    let printHref: String
    let liveSrc: String
    static let fields: [Field<Self>] = [
        Field("title", \.title), Field("advice", \.advice), Field("countText", \.countText), Field("action", \.action),
        Field("from", \.from), Field("to", \.to), Field("query", \.query), Field("states", \.states),
        Field("hasStates", \.hasStates), Field("columns", \.columns), Field("rows", \.rows),
        Field("isEmpty", \.isEmpty), Field("pager", \.pager), Field("newHref", \.newHref),
        Field("printHref", \.printHref), Field("liveSrc", \.liveSrc),
    ]

    struct Row: Viewable {
        let href: String
        let when: String
        let cells: [String]
        let state: ToneChip
        let isLate: Bool
        let who: String
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("when", \.when), Field("cells", \.cells), Field("state", \.state),
            Field("isLate", \.isLate), Field("who", \.who),
        ]
    }

    static var samples: [RegisterTable] {
        let row = Row(
            href: "#", when: "3 月 12 日 09:20", cells: ["12", "欧阳诗琪诗琪诗琪", "黑色拉杆箱，右边轮子有旧损，系红绳", "行李间"],
            state: ToneChip("保管中", tone: "waiting"), isLate: true, who: "周敏")
        func table(_ rows: [Row], pager: PagerView?) -> RegisterTable {
            RegisterTable(
                title: "行李寄存", advice: "先挂牌再收，当面看一眼有没有破损。", countText: "\(rows.count) 条", action: "/registers/luggage",
                from: "2026-03-12", to: "2026-03-12", query: "", states: [OptionView("", "全部", isChosen: true)],
                hasStates: true, columns: ["牌号", "客人", "物品", "放在哪里"], rows: rows, isEmpty: rows.isEmpty, pager: pager,
                newHref: "#", printHref: "#", liveSrc: "#")
        }
        return [
            table(
                Array(repeating: row, count: 5),
                pager: PagerView(range: "1–50，共 72 条", previousHref: nil, nextHref: "#")),
            table([], pager: nil),
        ]
    }
}

/// Earlier and later pages of a list.
struct PagerView: Viewable {
    let range: String
    let previousHref: String?
    let nextHref: String?
    static let fields: [Field<Self>] = [
        Field("range", \.range), Field("previousHref", \.previousHref), Field("nextHref", \.nextHref),
    ]
}

/// On paper — templates/registers/print.mustache
struct RegisterPrintPage: Page {
    static let template = "registers/print"
    let shell: ShellView
    let heading: String
    let clinicName: String
    let total: String
    let columns: [String]
    let rows: [Line]
    let foot: String
    static let fields: [Field<Self>] = [
        Field("heading", \.heading), Field("clinicName", \.clinicName), Field("total", \.total),
        Field("columns", \.columns), Field("rows", \.rows), Field("foot", \.foot),
    ]

    struct Line: Viewable {
        let cells: [String]
        static let fields: [Field<Self>] = [Field("cells", \.cells)]
    }

    static var samples: [RegisterPrintPage] {
        [
            RegisterPrintPage(
                shell: .sample(title: "行李寄存"), heading: "2026 年 3 月 行李寄存", clinicName: "青禾口腔", total: "共 2 条",
                columns: ["时间", "牌号", "客人", "物品", "状态", "登记人"],
                rows: [Line(cells: ["2026-03-12 09:20", "12", "欧阳诗琪诗琪诗琪", "黑色拉杆箱", "已归还 11:02", "周敏"])],
                foot: "打印：2026-03-12 18:00 周敏"),
            RegisterPrintPage(
                shell: .sample(title: "行李寄存"), heading: "2026 年 3 月 行李寄存", clinicName: "青禾口腔", total: "共 0 条",
                columns: ["时间"], rows: [], foot: "打印：2026-03-12 18:00 周敏"),
        ]
    }
}
