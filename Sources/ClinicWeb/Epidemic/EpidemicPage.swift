import Clinic
import Kernel

/// What can and cannot be done, and what is to be rearranged; exists while the mode is on — templates/epidemic/overview.mustache
struct EpidemicPage: Page {
    static let template = "epidemic/overview"
    let shell: ShellView
    let dates: String
    let links: [LinkView]
    let affected: [Affected]
    let hasAffected: Bool
    let affectedText: String
    let possible: [ItemRow]
    let suspended: [ItemRow]
    let possibleText: String
    let suspendedText: String
    let days: [String]
    let spread: [SpreadRow]
    let hasSpread: Bool
    let notice: [String]
    static let fields: [Field<Self>] = [
        Field("dates", \.dates), Field("links", \.links), Field("affected", \.affected),
        Field("hasAffected", \.hasAffected), Field("affectedText", \.affectedText), Field("possible", \.possible),
        Field("suspended", \.suspended), Field("possibleText", \.possibleText),
        Field("suspendedText", \.suspendedText), Field("days", \.days), Field("spread", \.spread),
        Field("hasSpread", \.hasSpread), Field("notice", \.notice),
    ]

    struct Affected: Viewable {
        let when: String
        let href: String
        let name: String
        let phone: String
        let doctor: String
        let items: String
        let action: String
        let mayPutOff: Bool
        let version: Int
        let followUpOn: String
        static let fields: [Field<Self>] = [
            Field("when", \.when), Field("href", \.href), Field("name", \.name), Field("phone", \.phone),
            Field("doctor", \.doctor), Field("items", \.items), Field("action", \.action),
            Field("mayPutOff", \.mayPutOff),
            Field("version", \.version), Field("followUpOn", \.followUpOn),
        ]
    }

    struct ItemRow: Viewable {
        let name: String
        let length: String
        /// POST that changes it.
        let action: String
        let mayChange: Bool
        let change: String
        let value: String
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("length", \.length), Field("action", \.action),
            Field("mayChange", \.mayChange),
            Field("change", \.change), Field("value", \.value),
        ]
    }

    struct SpreadRow: Viewable {
        let name: String
        let counts: [String]
        let total: String
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("counts", \.counts), Field("total", \.total),
        ]
    }

    static var samples: [EpidemicPage] {
        let affected = Affected(
            when: "3 月 13 日 星期五 10:00–10:45", href: "#", name: "欧阳诗琪诗琪诗琪", phone: "138 **** 8000", doctor: "林书远",
            items: "超声洁牙", action: "#", mayPutOff: true, version: 1, followUpOn: "2026-03-27")
        let row = ItemRow(name: "根管治疗（磨牙）", length: "6 单位", action: "#", mayChange: true, change: "恢复", value: "no")
        func page(_ affected: [Affected], _ spread: [SpreadRow]) -> EpidemicPage {
            EpidemicPage(
                shell: .sample(title: "防疫", area: .board), dates: "3 月 1 日到 4 月 30 日",
                links: [LinkView("#", "今早准备", isNext: true), LinkView("#can", "能做")], affected: affected,
                hasAffected: !affected.isEmpty, affectedText: "\(affected.count) 个",
                possible: [ItemRow(name: "简单拔牙", length: "2 单位", action: "#", mayChange: false, change: "", value: "")],
                suspended: [row], possibleText: "1 项", suspendedText: "1 项", days: ["3 月 12 日", "3 月 13 日"],
                spread: spread, hasSpread: !spread.isEmpty, notice: ["按上级部门的通知，这段时间我们只接口腔急诊和急性牙痛。"])
        }
        return [
            page([affected], [SpreadRow(name: "简单拔牙", counts: ["2", "0"], total: "2")]), page([], []),
        ]
    }
}

/// One booking of the morning list (R3.58), on paper — templates/epidemic/morning.mustache
struct MorningPage: Page {
    static let template = "epidemic/morning"
    let shell: ShellView
    let heading: String
    let clinicName: String
    let foot: String
    let total: String
    let rows: [Row]
    let isEmpty: Bool
    static let fields: [Field<Self>] = [
        Field("heading", \.heading), Field("clinicName", \.clinicName), Field("foot", \.foot), Field("total", \.total),
        Field("rows", \.rows), Field("isEmpty", \.isEmpty),
    ]

    struct Row: Viewable {
        let time: String
        let name: String
        let record: String
        let items: String
        let doctor: String
        let screening: String
        let note: String
        let askHref: String?
        static let fields: [Field<Self>] = [
            Field("time", \.time), Field("name", \.name), Field("record", \.record), Field("items", \.items),
            Field("doctor", \.doctor), Field("screening", \.screening), Field("note", \.note),
            Field("askHref", \.askHref),
        ]
    }

    static var samples: [MorningPage] {
        let rows = [
            Row(
                time: "10:00–10:45", name: "欧阳诗琪诗琪诗琪", record: "MY000118", items: "根管治疗（磨牙）16", doctor: "林书远",
                screening: "没有问过", note: "项目暂停，要先改", askHref: "#"),
            Row(
                time: "11:00–11:30", name: "王小明", record: "MY000119", items: "简单拔牙 38", doctor: "陈思敏",
                screening: "都是否，已提醒口罩", note: "", askHref: nil),
        ]
        return [rows, []].map {
            MorningPage(
                shell: .sample(title: "今早准备"), heading: "2026 年 3 月 12 日 星期四 预约准备", clinicName: "示例口腔门诊",
                foot: "打印：2026-03-12 08:10 周敏", total: "共 \($0.count) 位", rows: $0, isEmpty: $0.isEmpty)
        }
    }
}

/// Customers who wait and whose items are possible that day (R3.48) — templates/epidemic/fill.mustache
struct FillPage: Page {
    static let template = "epidemic/fill"
    let shell: ShellView
    let day: String
    let countText: String
    let rows: [Row]
    let isEmpty: Bool
    static let fields: [Field<Self>] = [
        Field("day", \.day), Field("countText", \.countText), Field("rows", \.rows), Field("isEmpty", \.isEmpty),
    ]

    struct Row: Viewable {
        let name: String
        let phone: String
        let source: ToneChip
        let purpose: String
        let suits: String
        let waited: String
        let href: String
        let bookHref: String
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("phone", \.phone), Field("source", \.source), Field("purpose", \.purpose),
            Field("suits", \.suits), Field("waited", \.waited), Field("href", \.href), Field("bookHref", \.bookHref),
        ]
    }

    static var samples: [FillPage] {
        let row = Row(
            name: "欧阳诗琪诗琪诗琪", phone: "138 **** 8000", source: ToneChip("延期", tone: "waiting"),
            purpose: "简单拔牙 38 · 2 单位",
            suits: "周一至周五", waited: "12 天", href: "#", bookHref: "#")
        return [[row], []].map {
            FillPage(
                shell: .sample(title: "今天能做的", area: .board), day: "2026-03-12",
                countText: "\($0.count) 位可以约，另有 2 位的项目暂停", rows: $0, isEmpty: $0.isEmpty)
        }
    }
}
