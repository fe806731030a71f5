import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 排班: everybody with the right sees it, keepers change it.
package enum RosterRoutes: Feature {
    package static var views: [any Fragment.Type] { [RosterPage.self, RosterPersonPage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(RosterPaths.roster, .needs(.seeRoster), use: week)
        table.get("/roster/:id", .needs(.manageRoster), use: person)
        table.post("/roster/:id/week", .needs(.manageRoster), use: setWeek)
        table.post("/roster/:id/exception", .needs(.manageRoster), use: setException)
        table.post("/roster/:id/exception/end", .needs(.manageRoster), use: endException)
        table.post("/roster/:id/block", .needs(.manageRoster), use: block)
        table.post("/roster/:id/block/:block/end", .needs(.manageRoster), use: unblock)
    }

    static func week(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("week")
        let monday = monday(request)
        let shell = try await request.shell(title: "排班", area: .board)
        let page = try await request.read { tx in
            let facts = try RosterStore.load(
                clinic: request.clinic.id, from: monday, to: monday.adding(days: 6), in: tx)
            let rostered = Set(facts.shifts.map(\.staffID)).union(facts.exceptions.map(\.staffID))
            let people = try StaffStore.listActive(clinic: request.clinic.id, in: tx)
                .filter { $0.isDoctor || rostered.contains($0.id) || request.may(.manageRoster) }
            return RosterPage(
                shell: shell, week: monday, today: request.today, people: people, facts: facts,
                mayEdit: request.may(.manageRoster))
        }
        return try request.web.page(page)
    }

    static func person(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("week")
        return try await page(request, problem: nil, affected: [])
    }

    // MARK: - Changing

    static func setWeek(_ request: StaffRequest) async throws -> Response {
        try await change(request, "每周排班已保存") { id, work, tx in
            guard let from = Day(request.form["from"]) else { throw FormErrors("from", "请选择从哪一天起") }
            var week: [Int: [WorkSpan]] = [:]
            for weekday in 1...7 {
                week[weekday] = try ["a", "b"].compactMap { try span(request.form, "\(weekday)\($0)") }
            }
            try RosterKeeping.setWeek(of: id, from: from, week: week, by: work, in: tx)
            return []
        }
    }

    static func setException(_ request: StaffRequest) async throws -> Response {
        try await change(request, "当天排班已调整") { id, work, tx in
            guard let day = Day(request.form["day"]) else { throw FormErrors("day", "请选择日期") }
            let rests = request.form["kind"] != "work"
            let spans = rests ? [] : try ["a", "b"].compactMap { try span(request.form, "x\($0)") }
            if !rests, spans.isEmpty { throw FormErrors("span", "上班请选择起止时间") }
            try RosterKeeping.setException(
                of: id, day: day, spans: spans, reason: request.form["reason"], by: work, in: tx)
            return try RosterImpact.outside(of: id, day: day, clinic: work.clinic.id, in: tx)
        }
    }

    static func endException(_ request: StaffRequest) async throws -> Response {
        try await change(request, "已恢复每周排班") { id, work, tx in
            guard let day = Day(request.form["day"]) else { throw FormErrors("day", "请选择日期") }
            try RosterKeeping.endException(of: id, day: day, by: work, in: tx)
            return []
        }
    }

    static func block(_ request: StaffRequest) async throws -> Response {
        try await change(request, "时段已占用") { id, work, tx in
            guard let day = Day(request.form["day"]), let time = try span(request.form, "block") else {
                throw FormErrors("span", "请选择日期和起止时间")
            }
            try Blocks.set(
                .doctor, resource: id.raw, day: day, start: time.start, units: time.end.index - time.start.index,
                reason: request.form["reason"], by: work, in: tx)
            return []
        }
    }

    static func unblock(_ request: StaffRequest) async throws -> Response {
        let block = try request.id("block", ScheduleBlock.self, what: "占用时段")
        return try await change(request, "时段已放开") { _, work, tx in
            try Blocks.end(block, by: work, in: tx)
            return []
        }
    }

    private typealias Change = @Sendable (ID<Staff>, Work, any WriteTransaction) throws -> [Appointment]

    private static func change(
        _ request: StaffRequest, _ done: String, _ body: @escaping Change
    ) async throws -> Response {
        let id = try request.id("id", Staff.self, what: "员工资料")
        let work = request.work
        do {
            let affected = try await request.write(changing: .board) { tx in try body(id, work, tx) }
            if !affected.isEmpty { return try await page(request, problem: nil, affected: affected) }
            return request.web.redirect(RosterPaths.person(id, week: monday(request)), flash: done)
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await page(
                request, problem: error.userMessage, affected: [], status: ErrorPages.status(of: error.kind))
        }
    }

    /// nil when both ends are empty.
    private static func span(_ form: Form, _ name: String) throws -> WorkSpan? {
        let (start, end) = (form["start-\(name)"], form["end-\(name)"])
        if start.isEmpty, end.isEmpty { return nil }
        guard let start = number(start, 0..<Unit.perDay), let end = number(end, 1..<Unit.perDay + 1) else {
            throw FormErrors("span", "请同时选择上班和下班时间")
        }
        return WorkSpan(Unit(start), Unit(end))
    }

    private static func number(_ text: String, _ range: Range<Int>) -> Int? {
        Int(text.halfWidth.trimmed).flatMap { range.contains($0) ? $0 : nil }
    }

    /// The Monday of the week asked for; this week's when the address names none.
    private static func monday(_ request: StaffRequest) -> Day {
        let day = request.day("week") ?? Day(request.form["week"]) ?? request.today
        return day.adding(days: 1 - day.weekday)
    }

    // MARK: - The page of one person

    private static func page(
        _ request: StaffRequest, problem: String?, affected: [Appointment], status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let id = try request.id("id", Staff.self, what: "员工资料")
        let monday = monday(request)
        let shell = try await request.shell(title: "排班", area: .board)
        let page = try await request.read { tx in
            let staff = try StaffStore.get(id, in: tx)
            let clinic = request.clinic.id
            let facts = try RosterStore.load(
                clinic: clinic, staff: id, from: request.today, to: request.today.adding(days: 60), in: tx)
            let week = try RosterStore.load(clinic: clinic, staff: id, from: monday, to: monday.adding(days: 6), in: tx)
            let blocks = try (0..<7).flatMap { offset in
                try BlockStore.list(clinic: clinic, day: monday.adding(days: offset), in: tx)
                    .filter { $0.kind == .doctor && $0.resourceID == id.raw }
            }
            let names = try PatientStore.briefs(affected.map(\.patientID), today: request.today, in: tx)
            let nameOf = Dictionary(names.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
            return RosterPersonPage(
                shell: shell, name: staff.name, backHref: RosterPaths.week( monday),
                weekAction: RosterPaths.action(id, "week"),
                exceptionAction: RosterPaths.action(id, "exception"),
                blockAction: RosterPaths.action(id, "block"), from: max(monday, request.today).iso,
                rows: rows(id, monday, week), exceptions: exceptions(id, facts),
                blocks: blocks.map { block in
                    RosterPersonPage.Block(
                        text: "\(block.day.longText) \(block.start.clockText)–\(block.end.clockText) \(block.reason)",
                        action: RosterPaths.action(id, "block/\(block.id.text)/end"))
                }, isDoctor: staff.isDoctor, day: request.today.iso, starts: clock(0..<96, chosen: nil),
                ends: clock(1..<97, chosen: nil), problem: problem,
                affected: affected.map {
                    RosterPersonPage.Affected(
                        href: AppointmentPaths.appointment($0.id) + "#move", name: nameOf[$0.patientID] ?? "",
                        detail: $0.whenText)
                })
        }
        return try request.web.page(page, status: status)
    }

    private static func rows(_ id: ID<Staff>, _ monday: Day, _ facts: RosterFacts) -> [RosterPersonPage.Row] {
        let pattern = RosterFacts(shifts: facts.shifts)
        return (0..<7).map { offset in
            let day = monday.adding(days: offset)
            let spans = RosterRules.spans(of: id, on: day, pattern)
            return RosterPersonPage.Row(
                weekday: offset + 1, label: day.weekdayText,
                spans: ["a", "b"].enumerated().map { index, letter in
                    let span = index < spans.count ? spans[index] : nil
                    return RosterPersonPage.Span(
                        name: "\(offset + 1)\(letter)", label: "\(day.weekdayText)第\(index == 0 ? "一" : "二")段",
                        starts: clock(0..<96, chosen: span?.start.index), ends: clock(1..<97, chosen: span?.end.index))
                })
        }
    }

    /// Half hours keep the list short; an odd quarter that is in use stays choosable.
    static func clock(_ units: Range<Int>, chosen: Int?) -> [OptionView] {
        [OptionView("", "—", isChosen: chosen == nil)]
            + units.filter { $0 % 2 == 0 && (24...92).contains($0) || $0 == chosen }.map {
                OptionView(String($0), Unit($0).clockText, isChosen: $0 == chosen)
            }
    }

    private static func exceptions(_ id: ID<Staff>, _ facts: RosterFacts) -> [RosterPersonPage.Exception] {
        let days = Set(facts.exceptions.map(\.day)).sorted()
        return days.map { day in
            let spans = RosterRules.spans(of: id, on: day, facts)
            let reason = facts.exceptions.first { $0.day == day }?.reason ?? ""
            return RosterPersonPage.Exception(
                text: "\(day.longText) \(spans.isEmpty ? "休息" : spans.map(\.text).joined(separator: "、")) · \(reason)",
                action: RosterPaths.action(id, "exception/end"), day: day.iso)
        }
    }
}
