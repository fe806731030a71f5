import Clinic
import Kernel

/// 预约 — how full each day of a month is (R3.41) — templates/appointments/month.mustache
struct MonthPage: Page {
    static let template = "appointments/month"
    let shell: ShellView
    let monthText: String
    let day: String
    let steps: BoardPage.Steps
    let ranges: [BoardPage.Tab]
    let doctors: [OptionView]
    let weekdays: [String]
    let weeks: [Week]
    let total: String

    static let fields: [Field<Self>] = [
        Field("monthText", \.monthText), Field("day", \.day), Field("steps", \.steps), Field("ranges", \.ranges),
        Field("doctors", \.doctors), Field("weekdays", \.weekdays), Field("weeks", \.weeks), Field("total", \.total),
    ]

    struct Week: Viewable {
        let cells: [Cell]
        static let fields: [Field<Self>] = [Field("cells", \.cells)]
    }

    struct Cell: Viewable {
        /// nil: a day of another month, left empty.
        let entry: Entry?
        static let fields: [Field<Self>] = [Field("entry", \.entry)]
    }

    struct Entry: Viewable {
        let href: String
        let number: Int
        /// "3 月 12 日 星期四，24 位，上午 80%，下午 45%"
        let label: String
        let people: String
        let isToday: Bool
        let isPast: Bool
        /// Nobody works: no bars.
        let isRest: Bool
        let halves: [Half]
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("number", \.number), Field("label", \.label), Field("people", \.people),
            Field("isToday", \.isToday), Field("isPast", \.isPast), Field("isRest", \.isRest),
            Field("halves", \.halves),
        ]
    }

    /// Morning or afternoon.
    struct Half: Viewable {
        let name: String
        let text: String
        /// 0 … 10 eighths.
        let load: Int
        let level: String
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("text", \.text), Field("load", \.load), Field("level", \.level),
        ]
    }
}

extension MonthPage {
    init(
        shell: ShellView, load: BookLoad, day: Day, today: Day, doctor: ID<Staff>?, doctors: [OptionView]
    ) {
        let first = load.days.first?.day ?? day
        self.init(
            shell: shell, monthText: "\(first.components.year) 年 \(first.components.month) 月", day: day.iso,
            steps: BoardPage.Steps(
                "月", previous: AppointmentPaths.month(day.adding(months: -1), doctor: doctor),
                today: AppointmentPaths.month(today, doctor: doctor),
                next: AppointmentPaths.month(day.adding(months: 1), doctor: doctor)),
            ranges: BoardPage.ranges(2, day: day, doctor: doctor), doctors: doctors,
            weekdays: ["一", "二", "三", "四", "五", "六", "日"],
            weeks: Self.weeks(
                load.days.map { Self.entry($0, today: today, doctor: doctor) }, leading: first.weekday - 1),
            total: "共 \(load.days.map(\.people).reduce(0, +)) 位")
    }

    /// Rows of seven, Monday first; what lies outside the month stays empty.
    static func weeks(_ entries: [Entry], leading: Int) -> [Week] {
        var cells = Array(repeating: Cell(entry: nil), count: leading) + entries.map { Cell(entry: $0) }
        while cells.count % 7 != 0 { cells.append(Cell(entry: nil)) }
        return stride(from: 0, to: cells.count, by: 7).map { Week(cells: Array(cells[$0..<$0 + 7])) }
    }

    private static func entry(_ load: BookLoad.DayLoad, today: Day, doctor: ID<Staff>?) -> Entry {
        let halves = [("上午", load.morning), ("下午", load.afternoon)].compactMap { name, share in
            share.percent.map { half(name, $0) }
        }
        let isRest = halves.isEmpty
        let words =
            [load.day.longText, "\(load.people) 位"] + (isRest ? ["没有医生上班"] : halves.map { "\($0.name) \($0.text)" })
        return Entry(
            href: doctor == nil
                ? AppointmentPaths.day(load.day)
                : BoardQuery(day: load.day, only: doctor.map { [$0.text] } ?? []).path(),
            number: load.day.components.day, label: words.joined(separator: "，"),
            people: load.people == 0 ? isRest ? "休" : "" : "\(load.people) 位", isToday: load.day == today,
            isPast: load.day < today, isRest: isRest, halves: halves)
    }

    private static func half(_ name: String, _ percent: Int) -> Half {
        Half(
            name: name, text: "\(percent)%", load: max(0, min(8, (percent * 8 + 99) / 100)),
            level: percent >= 100 ? "full" : percent >= 80 ? "high" : "ok")
    }
}
