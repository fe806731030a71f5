import Clinic
import Hummingbird
import Kernel
import Storage

/// 分诊统计 (R2.11, R2.17, R2.28): who overrode what, what customers came for, special cases and how they ended —
/// templates/reports/triage.mustache
struct TriageReportPage: Page {
    static let template = "reports/triage"
    let shell: ShellView
    let from: String
    let to: String
    let heading: String
    let ranges: [LinkView]
    let fault: String?
    let numbers: [BookingReportPage.NumberBox]
    let hasArrivals: Bool
    let overrides: [BookingReportPage.Line]
    let hasOverrides: Bool
    let cases: [CaseLine]
    let hasCases: Bool
    let segments: [LabelledView]
    let requests: [LabelledView]
    let hasRequests: Bool
    let definitions: [LabelledView]
    let foot: String
    static let fields: [Field<Self>] = [
        Field("from", \.from), Field("to", \.to), Field("heading", \.heading), Field("ranges", \.ranges),
        Field("fault", \.fault), Field("numbers", \.numbers), Field("hasArrivals", \.hasArrivals),
        Field("overrides", \.overrides), Field("hasOverrides", \.hasOverrides), Field("cases", \.cases),
        Field("hasCases", \.hasCases), Field("segments", \.segments), Field("requests", \.requests),
        Field("hasRequests", \.hasRequests), Field("definitions", \.definitions), Field("foot", \.foot),
    ]

    struct CaseLine: Viewable {
        let name: String
        let count: String
        let outcomes: String
        let isFailure: Bool
        /// "2 件没有结果"; nil: all have one.
        let open: String?
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("count", \.count), Field("outcomes", \.outcomes),
            Field("isFailure", \.isFailure), Field("open", \.open),
        ]
    }
}

extension ReportRoutes {
    static func triage(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("from", "to")
        let work = request.work
        let to = request.day("to") ?? work.today
        let from = request.day("from") ?? to.adding(days: -6)
        var report: TriageReport?
        var fault: String?
        do {
            report = try await request.read { tx in try TriageReport.load(from: from, to: to, by: work, in: tx) }
        } catch let error as FormErrors {
            fault = error.userMessage
        }
        let page = TriageReportPage(
            shell: try await request.shell(title: "分诊统计", area: .reports), report: report, from: from, to: to,
            fault: fault, by: work)
        return try request.page(page, status: fault == nil ? .ok : .unprocessableContent)
    }
}

extension TriageReportPage {
    init(
        shell: ShellView, report: TriageReport?, from: Day, to: Day, fault: String?, by work: Work
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
            LinkView(ReportPaths.triage(from: $0.1, to: $0.2), $0.0, isNext: $0.1 == from && $0.2 == to)
        }
        numbers = report.map(Self.numbers) ?? []
        hasArrivals = (report?.arrivals ?? 0) > 0
        overrides = (report?.overrides ?? []).map {
            .init(
                name: $0.name.isEmpty ? "—" : $0.name,
                cells: [String($0.types), String($0.doctors), String($0.types + $0.doctors), String($0.withoutReason)])
        }
        hasOverrides = !overrides.isEmpty
        cases = (report?.cases ?? []).map { line in
            CaseLine(
                name: line.kind.label, count: String(line.count),
                outcomes: line.outcomes.map { "\($0.outcome.label) \($0.count)" }.joined(separator: " · "),
                isFailure: line.kind.isServiceFailure, open: line.open > 0 ? "\(line.open) 件没有结果" : nil)
        }
        hasCases = !cases.isEmpty
        let arrivals = max(1, report?.arrivals ?? 1)
        segments = (report?.segments ?? []).map { line in
            LabelledView(
                line.segment.map { work.playbook.label($0, in: .demandSegment) } ?? "没有问",
                "\(line.count) 位 · \(line.count * 100 / arrivals)%")
        }
        requests = (report?.requests ?? []).map {
            LabelledView($0.kind.label, "\($0.done) / \($0.count) 件办好" + ($0.open > 0 ? " · \($0.open) 件没有结果" : ""))
        }
        hasRequests = !requests.isEmpty
        definitions = Self.definitions
        foot = "\(work.clinic.calendar.dateTimeText(work.now)) \(work.actor.name)"
    }

    private static func numbers(_ report: TriageReport) -> [BookingReportPage.NumberBox] {
        let overrides = report.overrides.map { $0.types + $0.doctors }.reduce(0, +)
        return [
            .init(value: String(report.arrivals), unit: "次", label: "到访"),
            .init(value: String(report.emergencies), unit: "次", label: "急诊"),
            .init(value: String(overrides), unit: "次", label: "改了建议"),
            .init(value: String(report.cases.map(\.count).reduce(0, +)), unit: "件", label: "特殊情况"),
            .init(value: String(report.failures), unit: "次", label: "内部服务失误"),
        ]
    }

    private static let definitions: [LabelledView] = [
        LabelledView("改了建议", "登记时或登记后选了与系统建议不同的就诊类型，或换了预约的医生；按特殊情况一步步换的医生不算，收费后自动变的类型也不算。"),
        LabelledView("没写原因", "改了建议而没有写原因的次数。"),
        LabelledView("内部服务失误", "医生改休而没有通知客人，客人照约定时间来了；后来认定不是这种情况的不算。"),
        LabelledView("来意", "登记时问到的三类：需要治疗、想做保健或美观、潜在需求或只是了解。"),
    ]

    static var samples: [TriageReportPage] {
        func page(_ isFull: Bool, _ fault: String?) -> TriageReportPage {
            TriageReportPage(
                shell: .sample(title: "分诊统计", area: .reports), from: "2026-03-01", to: "2026-03-12",
                heading: "2026 年 3 月 1 日 – 2026 年 3 月 12 日", ranges: [LinkView("#", "今天", isNext: true)], fault: fault,
                numbers: isFull ? [.init(value: "182", unit: "次", label: "到访")] : [], hasArrivals: isFull,
                overrides: isFull ? [.init(name: "阿卜杜热西提·买买提江", cells: ["3", "2", "5", "1"])] : [],
                hasOverrides: isFull,
                cases: isFull
                    ? [
                        CaseLine(
                            name: "医生改休，客人不知道", count: "3", outcomes: "请主管安排 2 · 改约时间 1", isFailure: true,
                            open: "1 件没有结果"),
                        CaseLine(
                            name: "没按预约时间来", count: "12", outcomes: "由这位医生看 11 · 改约时间 1", isFailure: false, open: nil),
                    ] : [], hasCases: isFull, segments: isFull ? [LabelledView("需要治疗", "120 位 · 65%")] : [],
                requests: isFull ? [LabelledView("小要求", "4 / 5 件办好")] : [], hasRequests: isFull,
                definitions: Self.definitions, foot: "2026-03-12 10:24 周敏")
        }
        return [page(true, nil), page(false, "一次最多看 92 天，请缩短范围")]
    }
}
