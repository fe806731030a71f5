import Clinic
import Kernel

/// What is to be checked today, and what was — templates/checklists/list.mustache
struct ChecklistsPage: Page {
    static let template = "checklists/list"
    let shell: ShellView
    let board: ChecklistBoard
    static let fields: [Field<Self>] = [Field("board", \.board)]

    static var samples: [ChecklistsPage] {
        ChecklistBoard.samples.map { ChecklistsPage(shell: .sample(title: "检查表", area: .operations), board: $0) }
    }
}

/// The part that changes — templates/checklists/_board.mustache
struct ChecklistBoard: Fragment {
    static let template = "checklists/_board"
    let runs: [Row]
    let isEmpty: Bool
    let countText: String
    let lists: [ListRow]
    let hasLists: Bool
    let links: [LinkView]
    static let fields: [Field<Self>] = [
        Field("runs", \.runs), Field("isEmpty", \.isEmpty), Field("countText", \.countText), Field("lists", \.lists),
        Field("hasLists", \.hasLists), Field("links", \.links),
    ]

    struct Row: Viewable {
        let href: String
        let title: String
        let detail: String
        let owner: String
        let chip: ToneChip
        let tone: String
        let button: String
        let isNext: Bool
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("title", \.title), Field("detail", \.detail), Field("owner", \.owner),
            Field("chip", \.chip), Field("tone", \.tone), Field("button", \.button), Field("isNext", \.isNext),
        ]
    }

    /// A checklist: its history, and beginning one by hand.
    struct ListRow: Viewable {
        let title: String
        let detail: String
        let historyHref: String
        let mayBegin: Bool
        let beginAction: String
        static let fields: [Field<Self>] = [
            Field("title", \.title), Field("detail", \.detail), Field("historyHref", \.historyHref),
            Field("mayBegin", \.mayBegin), Field("beginAction", \.beginAction),
        ]
    }

    static var samples: [ChecklistBoard] {
        let late = Row(
            href: "#", title: "候诊区设备检查 · 早班", detail: "09:00 前，做了 3 项，还有 5 项", owner: "候诊区服务",
            chip: ToneChip("逾期 20 分钟", tone: "danger"), tone: "danger", button: "去做", isNext: true)
        let done = Row(
            href: "#", title: "言行抽查", detail: "09:12 欧阳诗琪诗琪诗琪 做完，1 项超出范围", owner: "主管",
            chip: ToneChip("做完", tone: "done"),
            tone: "done", button: "查看", isNext: false)
        return [
            ChecklistBoard(
                runs: [late, done], isEmpty: false, countText: "1 张没做完",
                lists: [ListRow(title: "言行抽查", detail: "主管随时开始", historyHref: "#", mayBegin: true, beginAction: "#")],
                hasLists: true,
                links: [LinkView("#", "门口预检", isNext: true)]),
            ChecklistBoard(runs: [], isEmpty: true, countText: "今天没有", lists: [], hasLists: false, links: []),
        ]
    }
}

/// One run; each tap is kept at once — templates/checklists/run.mustache
struct ChecklistRunPage: Page {
    static let template = "checklists/run"
    let shell: ShellView
    let title: String
    let chips: [ToneChip]
    let progress: String
    let advice: String?
    let sections: [Part]
    let fault: String?
    let mayComplete: Bool
    let completeAction: String
    let isReady: Bool
    let missingText: String?
    let printHref: String
    static let fields: [Field<Self>] = [
        Field("title", \.title), Field("chips", \.chips), Field("progress", \.progress), Field("advice", \.advice),
        Field("sections", \.sections), Field("fault", \.fault), Field("mayComplete", \.mayComplete),
        Field("completeAction", \.completeAction),
        Field("isReady", \.isReady), Field("missingText", \.missingText), Field("printHref", \.printHref),
    ]

    struct Part: Viewable {
        let heading: String
        let items: [Item]
        static let fields: [Field<Self>] = [Field("heading", \.heading), Field("items", \.items)]
    }

    struct Item: Viewable {
        let id: String
        let label: String
        let limit: String?
        let answer: ToneChip?
        let note: String?
        let who: String?
        /// nil once the run is complete.
        let entry: Entry?
        static let fields: [Field<Self>] = [
            Field("id", \.id), Field("label", \.label), Field("limit", \.limit), Field("answer", \.answer),
            Field("note", \.note), Field("who", \.who), Field("entry", \.entry),
        ]
    }

    struct Entry: Viewable {
        let action: String
        let itemID: String
        let taps: [Tap]
        let typed: Typed?
        let needsNote: Bool
        let noteText: String
        let problem: String?
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("itemID", \.itemID), Field("taps", \.taps), Field("typed", \.typed),
            Field("needsNote", \.needsNote), Field("noteText", \.noteText), Field("problem", \.problem),
        ]
    }

    /// One answer, one tap.
    struct Tap: Viewable {
        let value: String
        let words: String
        let isPressed: Bool
        static let fields: [Field<Self>] = [
            Field("value", \.value), Field("words", \.words), Field("isPressed", \.isPressed),
        ]
    }

    struct Typed: Viewable {
        let value: String
        let mode: String
        let unit: String?
        let caption: String
        let inputID: String
        static let fields: [Field<Self>] = [
            Field("value", \.value), Field("mode", \.mode), Field("unit", \.unit), Field("caption", \.caption),
            Field("inputID", \.inputID),
        ]
    }

    static var samples: [ChecklistRunPage] {
        func entry(_ item: String, taps: [Tap], typed: Typed? = nil, problem: String? = nil) -> Entry {
            Entry(
                action: "#", itemID: item, taps: taps, typed: typed, needsNote: problem != nil, noteText: "",
                problem: problem)
        }
        let items = [
            Item(
                id: "tv", label: "电视", limit: nil, answer: ToneChip("有故障", tone: "danger"), note: "没有信号，已报修",
                who: "08:32 周敏",
                entry: entry(
                    "tv",
                    taps: [
                        Tap(value: "fine", words: "正常", isPressed: false),
                        Tap(value: "faulty", words: "有故障", isPressed: true),
                    ])),
            Item(
                id: "volume", label: "音量", limit: "不少于 0，不多于 12 格", answer: nil, note: nil, who: nil,
                entry: entry(
                    "volume", taps: [],
                    typed: Typed(value: "15", mode: "decimal", unit: "格", caption: "音量", inputID: "value-volume"),
                    problem: "超出范围，请写一句说明：怎么回事、怎样处理")),
            Item(
                id: "clean", label: "桌椅地面清洁", limit: nil, answer: ToneChip("是", tone: "done"), note: nil,
                who: "08:30 欧阳诗琪诗琪诗琪",
                entry: entry("clean", taps: [Tap(value: "1", words: "做好了", isPressed: true)])),
        ]
        return [
            ChecklistRunPage(
                shell: .sample(title: "检查表", area: .operations, isTouch: true), title: "候诊区设备检查 · 早班",
                chips: [ToneChip("09:00 前", tone: "waiting")], progress: "3 / 8", advice: "坐下来看一遍、听一遍。",
                sections: [Part(heading: "音响、电视和电脑", items: items)], fault: "还有没做的：音响、电脑", mayComplete: true,
                completeAction: "#",
                isReady: false, missingText: "还差 5 项", printHref: "#"),
            ChecklistRunPage(
                shell: .sample(title: "检查表", area: .operations, isTouch: true), title: "候诊区设备检查 · 早班",
                chips: [ToneChip("08:50 周敏 做完", tone: "done")], progress: "8 / 8", advice: nil,
                sections: [
                    Part(
                        heading: "环境",
                        items: [
                            Item(
                                id: "clean", label: "桌椅地面清洁", limit: nil, answer: ToneChip("是", tone: "done"),
                                note: nil,
                                who: "08:30 周敏", entry: nil)
                        ])
                ], fault: nil, mayComplete: false, completeAction: "", isReady: true, missingText: nil, printHref: "#"),
        ]
    }
}

/// Past runs of one checklist, and what was missed — templates/checklists/history.mustache
struct ChecklistHistoryPage: Page {
    static let template = "checklists/history"
    let shell: ShellView
    let title: String
    let countText: String
    let rows: [Row]
    let isEmpty: Bool
    static let fields: [Field<Self>] = [
        Field("title", \.title), Field("countText", \.countText), Field("rows", \.rows), Field("isEmpty", \.isEmpty),
    ]

    struct Row: Viewable {
        let href: String
        let day: String
        let label: String
        let chip: ToneChip
        let who: String
        let outs: String
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("day", \.day), Field("label", \.label), Field("chip", \.chip),
            Field("who", \.who), Field("outs", \.outs),
        ]
    }

    static var samples: [ChecklistHistoryPage] {
        let row = Row(
            href: "#", day: "3 月 12 日 星期四", label: "早班", chip: ToneChip("没做完", tone: "danger"), who: "欧阳诗琪诗琪诗琪",
            outs: "电视 有故障、音量 15 格")
        return [
            ChecklistHistoryPage(
                shell: .sample(title: "候诊区设备检查", area: .operations), title: "候诊区设备检查", countText: "最近 31 天 1 次，1 次没做完",
                rows: [row], isEmpty: false),
            ChecklistHistoryPage(
                shell: .sample(title: "候诊区设备检查", area: .operations), title: "候诊区设备检查", countText: "最近 31 天没有做过",
                rows: [],
                isEmpty: true),
        ]
    }
}

/// A run on paper: to be filled in, or as it was — templates/checklists/print.mustache
struct ChecklistPrintPage: Page {
    static let template = "checklists/print"
    let shell: ShellView
    let heading: String
    let clinicName: String
    let rows: [Line]
    let foot: String
    static let fields: [Field<Self>] = [
        Field("heading", \.heading), Field("clinicName", \.clinicName), Field("rows", \.rows), Field("foot", \.foot),
    ]

    struct Line: Viewable {
        let part: String
        let label: String
        let limit: String
        let answer: String
        let who: String
        static let fields: [Field<Self>] = [
            Field("part", \.part), Field("label", \.label), Field("limit", \.limit), Field("answer", \.answer),
            Field("who", \.who),
        ]
    }

    static var samples: [ChecklistPrintPage] {
        let line = Line(part: "环境", label: "桌椅地面清洁", limit: "", answer: "是", who: "08:30 周敏")
        return [
            ChecklistPrintPage(
                shell: .sample(title: "检查表"), heading: "2026-03-12 候诊区设备检查 · 早班", clinicName: "青禾口腔", rows: [line],
                foot: "打印：2026-03-12 18:00 周敏")
        ]
    }
}
