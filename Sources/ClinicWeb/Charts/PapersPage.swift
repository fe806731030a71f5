import Clinic
import Kernel

/// 病历与复印 of one customer: paper charts, entries with stamp, copies, prints — templates/charts/papers.mustache
struct PapersPage: Page {
    static let template = "charts/papers"
    let shell: ShellView
    let person: String
    let backHref: String
    let fault: String?
    let charts: ChartsPart?
    let entries: EntriesPart?
    let copying: CopyPart?
    let printing: PrintPart?
    static let fields: [Field<Self>] = [
        Field("person", \.person), Field("backHref", \.backHref), Field("fault", \.fault), Field("charts", \.charts),
        Field("entries", \.entries), Field("copying", \.copying), Field("printing", \.printing),
    ]

    struct ChartsPart: Viewable {
        let list: [ChartView]
        let addHref: String
        let kinds: [OptionView]
        let number: String
        let shelf: String
        static let fields: [Field<Self>] = [
            Field("list", \.list), Field("addHref", \.addHref), Field("kinds", \.kinds), Field("number", \.number),
            Field("shelf", \.shelf),
        ]
    }

    struct ChartView: Viewable {
        let heading: String
        let state: ToneChip
        let moveHref: String
        let version: Int
        let steps: [OptionView]
        let releaseHref: String?
        let releaseText: String?
        let movements: [String]
        let backTo: String
        static let fields: [Field<Self>] = [
            Field("heading", \.heading), Field("state", \.state), Field("moveHref", \.moveHref),
            Field("version", \.version), Field("steps", \.steps), Field("releaseHref", \.releaseHref),
            Field("releaseText", \.releaseText), Field("movements", \.movements), Field("backTo", \.backTo),
        ]
    }

    struct EntriesPart: Viewable {
        let list: [EntryView]
        let addHref: String
        let seenOn: String
        let content: String
        static let fields: [Field<Self>] = [
            Field("list", \.list), Field("addHref", \.addHref), Field("seenOn", \.seenOn), Field("content", \.content),
        ]
    }

    struct EntryView: Viewable {
        let day: String
        let text: String
        let stampName: String
        let stampCode: String
        let stampDay: String
        /// Why it is wrong; a later version stands before it.
        let wrong: String?
        let returnedText: String?
        let returnHref: String?
        let wrongHref: String?
        /// Where a correction goes; its hidden field names this entry.
        let correctHref: String
        let canCorrect: Bool
        let entryID: String
        let dayValue: String
        static let fields: [Field<Self>] = [
            Field("day", \.day), Field("text", \.text), Field("stampName", \.stampName),
            Field("stampCode", \.stampCode), Field("stampDay", \.stampDay), Field("wrong", \.wrong),
            Field("returnedText", \.returnedText), Field("returnHref", \.returnHref), Field("wrongHref", \.wrongHref),
            Field("correctHref", \.correctHref), Field("canCorrect", \.canCorrect), Field("entryID", \.entryID),
            Field("dayValue", \.dayValue),
        ]
    }

    struct CopyPart: Viewable {
        let list: [String]
        let href: String
        let purposes: [OptionView]
        static let fields: [Field<Self>] = [
            Field("list", \.list), Field("href", \.href), Field("purposes", \.purposes),
        ]
    }

    struct PrintPart: Viewable {
        let list: [String]
        let href: String
        let purposes: [OptionView]
        static let fields: [Field<Self>] = [
            Field("list", \.list), Field("href", \.href), Field("purposes", \.purposes),
        ]
    }

    static var samples: [PapersPage] {
        let chart = ChartView(
            heading: "病历 0007 · 3 架 12 格", state: ToneChip("已取出", tone: "waiting"),
            moveHref: "/charts/0000000000001/move",
            version: 2, steps: [OptionView("doctor", "交医生")], releaseHref: "/charts/0000000000001/release",
            releaseText: "借出单：等主管答复", movements: ["取出 · 王若彤 09:20", "放回架上 · 王若彤 2026-03-01 17:20"],
            backTo: "/patients/0000000000001/papers")
        let entry = EntryView(
            day: "2024-03-12", text: "16 根管治疗<script>，患者自述冷热痛一周", stampName: "周敏", stampCode: "0101",
            stampDay: "2026-03-12", wrong: "应为 17 · 林岚 2026-03-12 10:20", returnedText: "已道谢归还",
            returnHref: "/chart-entries/0000000000001/return", wrongHref: "/chart-entries/0000000000001/wrong",
            correctHref: "/patients/0000000000001/entries", canCorrect: true, entryID: "0000000000001",
            dayValue: "2024-03-12")
        let purposes = [OptionView("reimbursement", "报销"), OptionView("other", "其他")]
        return [
            PapersPage(
                shell: .sample(title: "病历与复印", area: .patients), person: "阿卜杜热西提·买买提江",
                backHref: "/patients/0000000000001",
                fault: "病历编号 0007 已经有了，请核对封面",
                charts: ChartsPart(
                    list: [chart], addHref: "/patients/0000000000001/charts",
                    kinds: [OptionView("chart", "病历", isChosen: true), OptionView("booklet", "病历本（客人持有）")],
                    number: "0007", shelf: ""),
                entries: EntriesPart(
                    list: [entry], addHref: "/patients/0000000000001/entries", seenOn: "", content: ""),
                copying: CopyPart(
                    list: ["报销 · 病历、发票 · 办理中 · 周敏 09:31"], href: "/patients/0000000000001/copies", purposes: purposes),
                printing: PrintPart(
                    list: ["保险理赔 · 周敏 2026-03-01 10:20"], href: "/patients/0000000000001/prints", purposes: purposes)),
            PapersPage(
                shell: .sample(title: "病历与复印", area: .patients), person: "谢春梅", backHref: "/patients/0000000000001",
                fault: nil, charts: nil, entries: nil, copying: nil, printing: nil),
        ]
    }
}

/// A record on A4, with what it was printed for (R1.32) — templates/charts/record.mustache
struct RecordPrintPage: Page {
    static let template = "charts/record"
    let shell: ShellView
    let clinicName: String
    let clinicLine: String
    let person: String
    let facts: [LabelledView]
    let history: [String]
    let hasHistory: Bool
    let visits: [Visit]
    let entries: [Entry]
    let hasEntries: Bool
    let foot: String
    static let fields: [Field<Self>] = [
        Field("clinicName", \.clinicName), Field("clinicLine", \.clinicLine), Field("person", \.person),
        Field("facts", \.facts), Field("history", \.history), Field("hasHistory", \.hasHistory),
        Field("visits", \.visits), Field("entries", \.entries), Field("hasEntries", \.hasEntries),
        Field("foot", \.foot),
    ]

    struct Visit: Viewable {
        let when: String
        let text: String
        let details: [String]
        static let fields: [Field<Self>] = [
            Field("when", \.when), Field("text", \.text), Field("details", \.details),
        ]
    }

    struct Entry: Viewable {
        let when: String
        let text: String
        let stamp: String
        static let fields: [Field<Self>] = [Field("when", \.when), Field("text", \.text), Field("stamp", \.stamp)]
    }

    static var samples: [RecordPrintPage] {
        [
            RecordPrintPage(
                shell: .sample(title: "病历", area: .patients), clinicName: "示例口腔门诊",
                clinicLine: "示范路 1 号 · 021-6888 1234",
                person: "阿卜杜热西提·买买提江<script> · 男 约 45 岁 · A000118", facts: [LabelledView("症状", "右上后牙出血")],
                history: ["糖尿病：空腹 7.2"], hasHistory: true,
                visits: [Visit(when: "2026-03-12", text: "就诊 · 林书远", details: ["16 根管治疗"])],
                entries: [Entry(when: "2024-03-12", text: "16 根管治疗", stamp: "录入 周敏 0101 2026-03-12")], hasEntries: true,
                foot: "用途：保险理赔 · 打印：2026-03-12 10:20 周敏"),
            RecordPrintPage(
                shell: .sample(title: "病历", area: .patients), clinicName: "示例口腔门诊", clinicLine: "示范路 1 号",
                person: "谢春梅",
                facts: [], history: [], hasHistory: false, visits: [], entries: [], hasEntries: false,
                foot: "用途：报销 · 打印：2026-03-12 10:20 周敏"),
        ]
    }
}
