import Clinic
import Hummingbird
import Kernel
import Storage

/// 候诊统计 (R4.02, R4.07, R4.40) — templates/reports/waiting.mustache
struct WaitingReportPage: Page {
    static let template = "reports/waiting"
    let shell: ShellView
    let from: String
    let to: String
    let heading: String
    let ranges: [LinkView]
    let fault: String?
    /// Waits of this moment.
    let now: [NowLine]
    let hasNow: Bool
    let numbers: [BookingReportPage.NumberBox]
    let doctors: [BookingReportPage.Line]
    let hasDoctors: Bool
    let weeks: [WeekLine]
    let care: [LabelledView]
    let definitions: [LabelledView]
    let foot: String
    static let fields: [Field<Self>] = [
        Field("from", \.from), Field("to", \.to), Field("heading", \.heading), Field("ranges", \.ranges),
        Field("fault", \.fault), Field("now", \.now), Field("hasNow", \.hasNow), Field("numbers", \.numbers),
        Field("doctors", \.doctors), Field("hasDoctors", \.hasDoctors), Field("weeks", \.weeks), Field("care", \.care),
        Field("definitions", \.definitions), Field("foot", \.foot),
    ]

    /// One doctor now.
    struct NowLine: Viewable {
        let name: String
        let waiting: String
        let average: String
        let longest: String
        let isAlert: Bool
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("waiting", \.waiting), Field("average", \.average),
            Field("longest", \.longest), Field("isAlert", \.isAlert),
        ]
    }

    /// One week of the trend; `bar` of 0…100 for its average against the longest one.
    struct WeekLine: Viewable {
        let week: String
        let seated: String
        let average: String
        let longest: String
        let over: String
        let bar: String
        static let fields: [Field<Self>] = [
            Field("week", \.week), Field("seated", \.seated), Field("average", \.average), Field("longest", \.longest),
            Field("over", \.over), Field("bar", \.bar),
        ]
    }
}

extension WaitingReportPage {
    init(
        shell: ShellView, report: WaitingReport?, waits: [DoctorWaits.Line], from: Day, to: Day, fault: String?,
        by work: Work
    ) {
        self.shell = shell
        self.from = from.iso
        self.to = to.iso
        self.fault = fault
        heading = "\(from.fullText) – \(to.fullText)"
        let today = work.today
        let month = Day(year: today.components.year, month: today.components.month, day: 1) ?? today
        let choices: [(String, Day, Day)] = [
            ("今天", today, today), ("最近 7 天", today.adding(days: -6), today), ("本月", month, today),
            ("上月", month.adding(months: -1), month.adding(days: -1)),
        ]
        ranges = choices.map {
            LinkView(ReportPaths.waiting(from: $0.1, to: $0.2), $0.0, isNext: $0.1 == from && $0.2 == to)
        }
        now = waits.map {
            NowLine(
                name: $0.doctor?.name ?? "医生未定", waiting: "\($0.waiting) 位", average: "\($0.average) 分",
                longest: "\($0.longest) 分", isAlert: $0.isAlert)
        }
        hasNow = !now.isEmpty
        numbers = report.map(Self.numbers) ?? []
        doctors = (report?.doctors ?? []).map { .init(name: $0.name, cells: Self.cells($0.figures)) }
        hasDoctors = !doctors.isEmpty
        let highest = max(1, report?.weeks.compactMap(\.figures.average).max() ?? 1)
        weeks = (report?.weeks ?? []).map { week in
            let f = week.figures
            return WeekLine(
                week: "\(week.monday.monthDayText)起", seated: String(f.seated), average: Self.minutes(f.average),
                longest: f.seated == 0 ? "—" : "\(f.longest) 分", over: Self.percent(f.overRate),
                bar: String((f.average ?? 0) * 100 / highest))
        }
        care = report.map { Self.care($0.care) } ?? []
        definitions = Self.definitions(limit: work.playbook[.waitActualMinutes])
        foot = "\(work.clinic.calendar.dateTimeText(work.now)) \(work.actor.name)"
    }

    private static func numbers(_ report: WaitingReport) -> [BookingReportPage.NumberBox] {
        let f = report.whole
        func box(_ value: Int?, _ unit: String, _ label: String) -> BookingReportPage.NumberBox {
            .init(value: value.map(String.init) ?? "—", unit: value == nil ? "" : unit, label: label)
        }
        return [
            box(f.average, "分", "平均候诊"), box(f.seated == 0 ? nil : f.longest, "分", "最长候诊"),
            box(f.overRate, "%", "等得太久"), box(f.averageToldError, "分", "告知误差"),
            box(f.averageSystemError, "分", "系统估计误差"), box(f.leftUnseen, "位", "没看就走"),
        ]
    }

    private static func cells(_ f: WaitingFigures) -> [String] {
        [
            String(f.seated), minutes(f.average), f.seated == 0 ? "—" : "\(f.longest) 分", percent(f.overRate),
            minutes(f.averageToldError), percent(f.tooShortRate), minutes(f.averageSystemError), String(f.leftUnseen),
        ]
    }

    private static func care(_ care: WaitingReport.Care) -> [LabelledView] {
        [
            LabelledView("接受宣教", "\(care.educated) 位"), LabelledView("不需要宣教", "\(care.declined) 位"),
            LabelledView("久等说明", "\(care.explained) 次"), LabelledView("候诊招待", "\(care.ticks) 次"),
            LabelledView("巡视", "\(care.rounds) 次"), LabelledView("客人的需要", "\(care.needsMet) / \(care.needs) 件办好"),
            LabelledView(
                "平均到过的窗口",
                care.averageCountersTenths.map { "\($0 / 10).\($0 % 10) 个（\(care.visits) 次到访）" } ?? "—"),
        ]
    }

    private static func percent(_ value: Int?) -> String { value.map { "\($0)%" } ?? "—" }
    private static func minutes(_ value: Int?) -> String { value.map { "\($0) 分" } ?? "—" }

    private static func definitions(limit: Int) -> [LabelledView] {
        [
            LabelledView("候诊", "从到诊登记到第一次入座的分钟数，按实际时间，补录的按更正后的时间。"),
            LabelledView("等得太久", "候诊超过 \(limit) 分钟的客人 ÷ 入座的客人。"),
            LabelledView("告知误差", "最后一次告知的分钟数与告知后实际等的分钟数相差多少，不分多少取平均。"),
            LabelledView("说短了", "实际等的时间比告知的长 \(WaitingFigures.tolerance) 分钟以上的客人 ÷ 告知过的客人。"),
            LabelledView("系统估计误差", "告知那一刻系统按椅位和排队估计的分钟数，与实际相差多少。"),
            LabelledView("到过的窗口", "一次到访里，在登记、收费、约下次这几处接待过客人的同事人数；同一位同事办完只算一个，诊室不算。"),
        ]
    }

    static var samples: [WaitingReportPage] {
        func page(_ isFull: Bool) -> WaitingReportPage {
            WaitingReportPage(
                shell: .sample(title: "候诊统计", area: .reports), from: "2026-03-06", to: "2026-03-12",
                heading: "2026 年 3 月 6 日 – 3 月 12 日", ranges: [LinkView("#", "最近 7 天", isNext: true)],
                fault: isFull ? nil : "一次最多看 92 天，请缩短范围",
                now: isFull
                    ? [
                        NowLine(name: "何静怡", waiting: "3 位", average: "14 分", longest: "21 分", isAlert: true),
                        NowLine(name: "医生未定", waiting: "1 位", average: "2 分", longest: "2 分", isAlert: false),
                    ] : [],
                hasNow: isFull,
                numbers: isFull
                    ? [.init(value: "11", unit: "分", label: "平均候诊"), .init(value: "—", unit: "", label: "告知误差")] : [],
                doctors: isFull
                    ? [
                        .init(name: "欧阳诗琪诗琪", cells: ["42", "12 分", "38 分", "9%", "6 分", "12%", "5 分", "1"]),
                        .init(name: "医生未定", cells: ["0", "—", "—", "—", "—", "—", "—", "2"]),
                    ] : [],
                hasDoctors: isFull,
                weeks: isFull
                    ? [
                        WeekLine(
                            week: "3 月 9 日起", seated: "120", average: "11 分", longest: "38 分", over: "9%", bar: "80")
                    ]
                    : [],
                care: [LabelledView("接受宣教", "12 位")], definitions: [LabelledView("候诊", "从到诊登记到第一次入座的分钟数")],
                foot: "2026-03-12 10:24 周敏")
        }
        return [page(true), page(false)]
    }
}

extension ReportRoutes {
    static func waiting(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("from", "to")
        let work = request.work
        let to = request.day("to") ?? work.today
        let from = request.day("from") ?? to.adding(days: -6)
        var report: WaitingReport?
        var fault: String?
        do {
            report = try await request.read { tx in try WaitingReport.load(from: from, to: to, by: work, in: tx) }
        } catch let error as FormErrors {
            fault = error.userMessage
        }
        let waits = try await request.read { tx in
            DoctorWaits.current(try ReceptionBoard.load(by: work, in: tx), limit: work.playbook[.waitActualMinutes])
        }
        let page = WaitingReportPage(
            shell: try await request.shell(title: "候诊统计", area: .reports), report: report, waits: waits, from: from,
            to: to, fault: fault, by: work)
        return try request.page(page, status: fault == nil ? .ok : .unprocessableContent)
    }
}
