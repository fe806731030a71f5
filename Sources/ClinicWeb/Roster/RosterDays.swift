import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 节假日 — which days the clinic closes or opens — templates/roster/days.mustache
struct RosterDaysPage: Page {
    static let template = "roster/days"
    let shell: ShellView
    let tabs: [RosterTab]
    let holidays: [Row]
    let decided: [Row]
    let undecided: Int
    let hasUndecided: Bool
    let form: Fields
    let week: Week
    static let fields: [Field<Self>] = [
        Field("week", \.week), Field("tabs", \.tabs), Field("holidays", \.holidays), Field("decided", \.decided),
        Field("undecided", \.undecided), Field("hasUndecided", \.hasUndecided), Field("form", \.form),
    ]

    struct Row: Viewable {
        let day: String
        let dayText: String
        let name: String
        /// 放假, 调休上班
        let country: String?
        /// 休诊, 开诊; empty while nothing was decided.
        let decision: String
        let hasDecision: Bool
        let tone: String
        let isPast: Bool
        let canClose: Bool
        let canOpen: Bool
        let canFree: Bool
        static let fields: [Field<Self>] = [
            Field("day", \.day), Field("dayText", \.dayText), Field("name", \.name), Field("country", \.country),
            Field("decision", \.decision), Field("hasDecision", \.hasDecision), Field("tone", \.tone),
            Field("isPast", \.isPast),
            Field("canClose", \.canClose), Field("canOpen", \.canOpen), Field("canFree", \.canFree),
        ]
    }

    /// On which weekdays the clinic opens.
    struct Week: Viewable {
        let from: String
        /// "现在：星期一、二、三、四、五、六"
        let text: String
        let weekdays: [OptionView]
        static let fields: [Field<Self>] = [
            Field("from", \.from), Field("text", \.text), Field("weekdays", \.weekdays),
        ]
    }

    struct Fields: Viewable {
        let day: String
        let name: String
        let weekdays: [OptionView]
        let problem: String?
        static let fields: [Field<Self>] = [
            Field("day", \.day), Field("name", \.name), Field("weekdays", \.weekdays), Field("problem", \.problem),
        ]
    }
}

extension RosterDaysPage.Row {
    init(_ day: Day, holiday: Holiday?, decided: ClinicDay?, today: Day) {
        self.day = day.iso
        dayText = "\(day.components.year) 年 \(day.longText)"
        name = decided?.name ?? holiday?.name ?? ""
        country = holiday?.kind.label
        isPast = day < today
        (decision, tone) =
            switch decided?.opening {
            case .closed: ("休诊", "warning")
            case .open(let weekday?):
                ("按星期\(["一", "二", "三", "四", "五", "六", "日"][weekday - 1])开诊", "done")
            case .open(nil): ("开诊", "done")
            case nil: ("", "neutral")
            }
        hasDecision = decided != nil
        canClose = !isPast && decided?.isClosed != true
        canOpen = !isPast && (decided == nil || decided?.isClosed == true)
        canFree = !isPast && decided != nil
    }
}

enum RosterDayHandlers {
    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, problem: nil, status: .ok)
    }

    static func decide(_ request: StaffRequest) async throws -> Response {
        try await change(request) { work, tx in
            guard let day = Day(request.form["day"]) else { throw FormErrors("day", "请选择日期") }
            let opening: ClinicDay.Opening?
            switch request.form["opening"] {
            case "closed": opening = .closed
            case "free": opening = nil
            default: opening = .open(asWeekday: SpanFields.number(request.form["asWeekday"], 1..<8))
            }
            let displaced = try RosterChanges.decide(
                day, opening, name: request.form["name"], by: work, in: tx)
            let what = opening == nil ? "已取消决定" : opening == .closed ? "已定为休诊" : "已定为开诊"
            return ("\(day.monthDayText)\(what)", displaced.count)
        }
    }

    static func week(_ request: StaffRequest) async throws -> Response {
        try await change(request) { work, tx in
            guard let from = Day(request.form["from"]) else { throw FormErrors("from", "请选择从哪天起") }
            let weekdays = Set(request.form.all("weekday").compactMap { SpanFields.number($0, 1..<8) })
            let displaced = try RosterChanges.setOpenDays(weekdays, from: from, by: work, in: tx)
            return ("\(from.monthDayText)起星期\(ClinicWeek(validFrom: from, weekdays: weekdays).text)开诊", displaced.count)
        }
    }

    static func follow(_ request: StaffRequest) async throws -> Response {
        try await change(request) { work, tx in
            let (days, displaced) = try RosterChanges.followHolidays(by: work, in: tx)
            return (days == 0 ? "没有待定的节假日" : "已按国家安排定了 \(days) 天", displaced.count)
        }
    }

    private static func change(
        _ request: StaffRequest,
        _ body: @escaping @Sendable (Work, any WriteTransaction) throws -> (String, Int)
    ) async throws -> Response {
        let work = request.work
        do {
            let (flash, displaced) = try await request.write(changing: .board, .tasks) { tx in try body(work, tx) }
            return RosterRoutes.done(request, displaced, at: RosterPaths.days, flash: flash)
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await page(request, problem: error.userMessage, status: .unprocessableContent)
        }
    }

    private static func page(
        _ request: StaffRequest, problem: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let shell = try await request.shell(title: "排班", note: "节假日与开诊日", area: .board)
        let (today, clinic) = (request.today, request.clinic.id)
        let holidays = request.work.playbook.holidays
        let typed = request.form
        let page = try await request.read { tx in
            let last = max(holidays.map(\.day).max() ?? today, today.adding(days: 400))
            let facts = try RosterStore.load(
                clinic: clinic, from: min(today, holidays.map(\.day).min() ?? today), to: last, in: tx)
            let days = facts.days
            let shipped = Set(holidays.map(\.day))
            let rows = holidays.map {
                RosterDaysPage.Row($0.day, holiday: $0, decided: days[$0.day], today: today)
            }
            let undecided = rows.count { !$0.isPast && !$0.hasDecision }
            return RosterDaysPage(
                shell: shell,
                tabs: RosterTab.all(for: request, current: .days, counts: try RosterCounts.load(for: request, in: tx)),
                holidays: rows.filter { !$0.isPast } + rows.filter(\.isPast),
                decided: days.values.filter { !shipped.contains($0.day) && $0.day >= today }.sorted { $0.day < $1.day }
                    .map { RosterDaysPage.Row($0.day, holiday: nil, decided: $0, today: today) },
                undecided: undecided, hasUndecided: undecided > 0,
                form: RosterDaysPage.Fields(
                    day: typed["day"], name: typed["name"], weekdays: weekdays(chosen: typed["asWeekday"]),
                    problem: problem),
                week: week(facts, today: today))
        }
        return try request.web.page(page, status: status)
    }

    private static func week(_ facts: RosterFacts, today: Day) -> RosterDaysPage.Week {
        let now = facts.weeks.last { $0.validFrom <= today }
        let later = facts.weeks.last { $0.validFrom > today }
        let shown = (later ?? now)?.weekdays ?? Set(1...7)
        let text =
            "现在\(now.map { "星期\($0.text)开诊" } ?? "每天按排班开诊")"
            + (later.map { "，\($0.validFrom.monthDayText)起星期\($0.text)" } ?? "")
        return RosterDaysPage.Week(
            from: (later?.validFrom ?? today.adding(days: 1)).iso, text: text,
            weekdays: (1...7).map {
                OptionView(
                    String($0), "星期" + ["一", "二", "三", "四", "五", "六", "日"][$0 - 1], isChosen: shown.contains($0))
            })
    }

    static func weekdays(chosen: String) -> [OptionView] {
        [OptionView("", "当天自己的排班", isChosen: chosen.isEmpty)]
            + ["一", "二", "三", "四", "五", "六", "日"].enumerated().map {
                OptionView(String($0 + 1), "星期\($1)的排班", isChosen: chosen == String($0 + 1))
            }
    }
}
