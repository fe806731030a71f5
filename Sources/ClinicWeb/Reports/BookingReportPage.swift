import Clinic
import Kernel

/// 预约统计 (R3.59), with what each figure means; prints as it stands — templates/reports/bookings.mustache
struct BookingReportPage: Page {
    static let template = "reports/bookings"
    let shell: ShellView
    let from: String
    let to: String
    let heading: String
    let ranges: [LinkView]
    let fault: String?
    let numbers: [NumberBox]
    let doctors: [Line]
    let hasDoctors: Bool
    let chairs: [ChairLine]
    let notices: [LabelledView]
    let definitions: [LabelledView]
    let foot: String
    static let fields: [Field<Self>] = [
        Field("from", \.from), Field("to", \.to), Field("heading", \.heading), Field("ranges", \.ranges),
        Field("fault", \.fault), Field("numbers", \.numbers), Field("doctors", \.doctors),
        Field("hasDoctors", \.hasDoctors), Field("chairs", \.chairs), Field("notices", \.notices),
        Field("definitions", \.definitions), Field("foot", \.foot),
    ]

    struct NumberBox: Viewable {
        let value: String
        let unit: String
        let label: String
        static let fields: [Field<Self>] = [
            Field("value", \.value), Field("unit", \.unit), Field("label", \.label),
        ]
    }

    struct Line: Viewable {
        let name: String
        let cells: [String]
        static let fields: [Field<Self>] = [Field("name", \.name), Field("cells", \.cells)]
    }

    struct ChairLine: Viewable {
        let name: String
        let hours: String
        let utilisation: String
        let placed: String
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("hours", \.hours), Field("utilisation", \.utilisation),
            Field("placed", \.placed),
        ]
    }

    static var samples: [BookingReportPage] {
        func page(_ lines: [Line], _ fault: String?) -> BookingReportPage {
            BookingReportPage(
                shell: .sample(title: "预约统计", area: .reports), from: "2026-03-01", to: "2026-03-12",
                heading: "3 月 1 日 – 3 月 12 日", ranges: [LinkView("#", "最近 7 天", isNext: true), LinkView("#", "本月")],
                fault: fault,
                numbers: lines.isEmpty
                    ? []
                    : [NumberBox(value: "82", unit: "%", label: "利用率"), NumberBox(value: "—", unit: "", label: "准时率")],
                doctors: lines, hasDoctors: !lines.isEmpty,
                chairs: [ChairLine(name: "1 号椅 · 1 诊室", hours: "54 小时", utilisation: "62%", placed: "48")],
                notices: [LabelledView("提前一天以上", "3 个")], definitions: [LabelledView("利用率", "有人来的预约占排班时间的比例")],
                foot: "2026-03-12 10:24 周敏")
        }
        let cells = ["62 小时", "82%", "120", "90%", "12 分钟", "3%", "4", "2", "5 / 6", "88%", "3 段 · 25 分钟"]
        return [page([Line(name: "欧阳诗琪诗琪", cells: cells)], nil), page([], "一次最多看 92 天，请缩短范围")]
    }
}

extension BookingReportPage {
    init(
        shell: ShellView, report: BookingReport?, from: Day, to: Day, fault: String?, today: Day, by work: Work
    ) {
        self.shell = shell
        self.from = from.iso
        self.to = to.iso
        self.fault = fault
        heading = "\(from.fullText) – \(to.fullText)"
        let month = Day(year: today.components.year, month: today.components.month, day: 1) ?? today
        let lastMonth = month.adding(months: -1)
        let choices: [(String, Day, Day)] = [
            ("今天", today, today), ("最近 7 天", today.adding(days: -6), today), ("本月", month, today),
            ("上月", lastMonth, month.adding(days: -1)), ("接下来 7 天", today.adding(days: 1), today.adding(days: 7)),
        ]
        ranges = choices.map {
            LinkView(ReportPaths.bookings(from: $0.1, to: $0.2), $0.0, isNext: $0.1 == from && $0.2 == to)
        }
        let whole = report?.whole ?? BookingFigures()
        numbers = report == nil ? [] : Self.numbers(whole)
        doctors = (report?.doctors ?? []).map { Line(name: $0.name, cells: Self.cells($0.figures)) }
        hasDoctors = !doctors.isEmpty
        chairs = (report?.chairs ?? []).map {
            ChairLine(
                name: $0.name, hours: Self.hours($0.figures.bookedUnits),
                utilisation: Self.percent($0.figures.utilisation),
                placed: String($0.figures.placed))
        }
        notices = [
            LabelledView("提前一天以上", "\(whole.noticeDay) 个"), LabelledView("当天，提前两小时以上", "\(whole.noticeHours) 个"),
            LabelledView("两小时以内或开始以后", "\(whole.noticeNone) 个"), LabelledView("门诊取消", "\(whole.cancelledByClinic) 个"),
            LabelledView("没有定椅位的预约", "\(report?.withoutChair ?? 0) 个"),
            LabelledView("医生改休波及的预约", "\(whole.displaced) 个"),
            LabelledView("没通知到、客人白来（内部失误）", "\(whole.untold) 个"),
        ]
        definitions = Self.definitions(minutes: work.playbook[.waitDoctorEstimateMinutes])
        foot = "\(work.clinic.calendar.dateTimeText(work.now)) \(work.actor.name)"
    }

    private static func numbers(_ f: BookingFigures) -> [NumberBox] {
        func rate(_ value: Int?, _ label: String) -> NumberBox {
            NumberBox(value: value.map(String.init) ?? "—", unit: value == nil ? "" : "%", label: label)
        }
        return [
            NumberBox(value: String(f.placed), unit: "个", label: "预约"), rate(f.utilisation, "利用率"),
            rate(f.onTimeRate, "客人准时"), rate(f.missedRate, "未到"),
            NumberBox(value: String(f.cancelledByCustomer + f.cancelledByClinic), unit: "个", label: "取消"),
            NumberBox(value: String(f.movedBookings), unit: "个", label: "改约"),
        ]
    }

    private static func cells(_ f: BookingFigures) -> [String] {
        [
            hours(f.presentUnits), percent(f.utilisation), String(f.placed), percent(f.onTimeRate),
            f.averageLateMinutes.map { "\($0) 分钟" } ?? "—", percent(f.missedRate), String(f.cancelledByCustomer),
            String(f.cancelledByClinic), "\(f.movedBookings) / \(f.moves)", percent(f.seatedOnTimeRate),
            f.averageGapMinutes.map { "\(f.gaps) 段 · \($0) 分钟" } ?? "—",
        ]
    }

    private static func percent(_ value: Int?) -> String { value.map { "\($0)%" } ?? "—" }
    /// "62 小时", "7.5 小时"
    private static func hours(_ units: Int) -> String {
        let halves = (units * Unit.minutes + 15) / 30
        return halves % 2 == 0 ? "\(halves / 2) 小时" : "\(halves / 2).5 小时"
    }

    private static func definitions(minutes: Int) -> [LabelledView] {
        [
            LabelledView("排班时间", "医生排班的时间；牙椅按有医生上班的日子、门诊开门到关门计算。"),
            LabelledView("利用率", "没有取消、没有未到的预约时间 ÷ 排班时间；加号不占医生时间，不算在内。"),
            LabelledView("客人准时", "到店时间不晚于预约时间的客人 ÷ 到店的预约客人；迟到的平均迟到分钟只算迟到的人。"),
            LabelledView("未到", "标记未到的预约 ÷（到店 + 未到）。"),
            LabelledView("改约", "改过时间、医生或椅位的预约个数 / 改动次数。"),
            LabelledView("医生准时", "准时到店的客人里，预约时间后 \(minutes) 分钟内入座的比例。"),
            LabelledView("内部失误", "医生改休后还没有改约、换医生或取消，客人已经到店的预约。"),
            LabelledView("空档", "同一天同一班里，前后两个预约之间空着的时间：段数和平均长度。"),
        ]
    }
}
