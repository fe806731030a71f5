import Clinic
import Kernel

/// 病历: today's charts in the order people come, what is out, tickets, copies — templates/charts/list.mustache
struct ChartsPage: Page {
    static let template = "charts/list"
    let shell: ShellView
    /// The clinic keeps paper charts (R1.30).
    let isOn: Bool
    let fault: String?
    let today: [Row]
    let hasToday: Bool
    let out: [Row]
    let hasOut: Bool
    let tickets: [Ticket]
    let hasTickets: Bool
    let copies: [Copy]
    let hasCopies: Bool
    let operators: [Operator]
    let hasOperators: Bool
    static let fields: [Field<Self>] = [
        Field("isOn", \.isOn), Field("fault", \.fault), Field("today", \.today), Field("hasToday", \.hasToday),
        Field("out", \.out), Field("hasOut", \.hasOut), Field("tickets", \.tickets), Field("hasTickets", \.hasTickets),
        Field("copies", \.copies), Field("hasCopies", \.hasCopies), Field("operators", \.operators),
        Field("hasOperators", \.hasOperators),
    ]

    struct Row: Viewable {
        let time: String
        let number: String
        let shelf: String
        let person: String
        let href: String
        let state: ToneChip
        let moved: String
        let action: String
        let version: Int
        let steps: [OptionView]
        static let fields: [Field<Self>] = [
            Field("time", \.time), Field("number", \.number), Field("shelf", \.shelf), Field("person", \.person),
            Field("href", \.href), Field("state", \.state), Field("moved", \.moved), Field("action", \.action),
            Field("version", \.version), Field("steps", \.steps),
        ]
        static let sample = Row(
            time: "09:30", number: "0007", shelf: "3 架 12 格", person: "阿卜杜热西提·买买提江<script>",
            href: "/patients/0000000000001",
            state: ToneChip("今天要用", tone: "waiting"), moved: "王若彤 08:20", action: "/charts/0000000000001/move",
            version: 2,
            steps: [OptionView("pulled", "取出"), OptionView("shelf", "放回架上")])
    }

    struct Ticket: Viewable {
        let person: String
        let number: String
        let reason: String
        let asked: String
        let action: String?
        static let fields: [Field<Self>] = [
            Field("person", \.person), Field("number", \.number), Field("reason", \.reason), Field("asked", \.asked),
            Field("action", \.action),
        ]
    }

    struct Copy: Viewable {
        let person: String
        let href: String
        let purpose: String
        let papers: String
        let asked: String
        let state: ToneChip
        let action: String
        let version: Int
        let step: String
        static let fields: [Field<Self>] = [
            Field("person", \.person), Field("href", \.href), Field("purpose", \.purpose), Field("papers", \.papers),
            Field("asked", \.asked), Field("state", \.state), Field("action", \.action), Field("version", \.version),
            Field("step", \.step),
        ]
    }

    struct Operator: Viewable {
        let name: String
        let entries: Int
        let wrong: Int
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("entries", \.entries), Field("wrong", \.wrong),
        ]
    }

    static var samples: [ChartsPage] {
        let copy = Copy(
            person: "谢春梅", href: "/patients/0000000000001", purpose: "报销", papers: "病历复印件、发票、X 线片",
            asked: "周敏 2026-03-12 09:31", state: ToneChip("办理中", tone: "waiting"),
            action: "/record-copies/0000000000001", version: 1, step: "已备齐")
        return [
            ChartsPage(
                shell: .sample(title: "病历", area: .patients), isOn: true, fault: "病历一般不借出。客人坚持时先填借出单，主管同意后再交给客人",
                today: [.sample], hasToday: true, out: [.sample], hasOut: true,
                tickets: [
                    Ticket(
                        person: "谢春梅", number: "0007", reason: "要去外院会诊", asked: "周敏 09:31",
                        action: "/charts/0000000000001/decision")
                ], hasTickets: true, copies: [copy], hasCopies: true,
                operators: [Operator(name: "周敏", entries: 31, wrong: 1)], hasOperators: true),
            ChartsPage(
                shell: .sample(title: "病历", area: .patients), isOn: false, fault: nil, today: [], hasToday: false,
                out: [],
                hasOut: false, tickets: [], hasTickets: false, copies: [], hasCopies: false, operators: [],
                hasOperators: false),
        ]
    }
}

/// Today's charts on paper, in the order people come (R1.30) — templates/charts/today.mustache
struct ChartsTodayPage: Page {
    static let template = "charts/today"
    let shell: ShellView
    let heading: String
    let clinicName: String
    let foot: String
    let rows: [Row]
    static let fields: [Field<Self>] = [
        Field("heading", \.heading), Field("clinicName", \.clinicName), Field("foot", \.foot), Field("rows", \.rows),
    ]

    struct Row: Viewable {
        let time: String
        let number: String
        let shelf: String
        let person: String
        let doctor: String
        let state: String
        static let fields: [Field<Self>] = [
            Field("time", \.time), Field("number", \.number), Field("shelf", \.shelf), Field("person", \.person),
            Field("doctor", \.doctor), Field("state", \.state),
        ]
    }

    static var samples: [ChartsTodayPage] {
        let row = Row(
            time: "09:30", number: "0007", shelf: "3 架 12 格", person: "阿卜杜热西提·买买提江<script>", doctor: "林书远", state: "已取出"
        )
        return [
            ChartsTodayPage(
                shell: .sample(title: "今天要用的病历", area: .patients), heading: "2026 年 3 月 12 日 要用的病历",
                clinicName: "示例口腔门诊",
                foot: "打印：2026-03-12 08:20 王若彤", rows: [row]),
            ChartsTodayPage(
                shell: .sample(title: "今天要用的病历", area: .patients), heading: "2026 年 3 月 12 日 要用的病历",
                clinicName: "示例口腔门诊",
                foot: "打印：2026-03-12 08:20 王若彤", rows: []),
        ]
    }
}
