import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// The roster of one person, kept by people with the right.
enum RosterPersonHandlers {
    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("week")
        return try await page(request, faults: FormErrors(), status: .ok)
    }

    static func setWeek(_ request: StaffRequest) async throws -> Response {
        try await change(request, "每周排班已保存") { id, work, tx in
            guard let from = Day(request.form["from"]) else { throw FormErrors("from", "请选择从哪一天起") }
            var week: [Int: [WorkSpan]] = [:]
            for weekday in 1...7 { week[weekday] = try SpanFields.read(request.form, String(weekday)) }
            return try RosterChanges.setWeek(of: id, from: from, week: week, by: work, in: tx)
        }
    }

    static func setException(_ request: StaffRequest) async throws -> Response {
        try await change(request, "当天排班已调整") { id, work, tx in
            guard let day = Day(request.form["day"]) else { throw FormErrors("day", "请选择日期") }
            let rests = request.form["kind"] != "work"
            let spans = rests ? [] : try SpanFields.read(request.form, "x")
            if !rests, spans.isEmpty { throw FormErrors("span", "上班请选择起止时间") }
            return try RosterChanges.setDay(
                of: id, day: day, spans: spans, reason: request.form["reason"], by: work, in: tx)
        }
    }

    static func endException(_ request: StaffRequest) async throws -> Response {
        try await change(request, "已恢复每周排班") { id, work, tx in
            guard let day = Day(request.form["day"]) else { throw FormErrors("day", "请选择日期") }
            return try RosterChanges.endException(of: id, day: day, by: work, in: tx)
        }
    }

    static func setProfile(_ request: StaffRequest) async throws -> Response {
        try await change(request, "医生资料已保存") { id, work, tx in
            var profile = try DoctorProfileStore.get(id, clinic: work.clinic.id, in: tx)
            profile.version = Int(request.form["version"]) ?? 0
            profile.bornOn = try day(request.form["bornOn"], "bornOn")
            profile.startedOn = try day(request.form["startedOn"], "startedOn")
            profile.takesRotation = request.form.has("takesRotation")
            profile.specialties = Set(request.form.all("specialty"))
            profile.familiarWith = Set(request.form.all("familiar"))
            try DoctorProfiles.edit(profile, by: work, in: tx)
            return []
        }
    }

    /// nil when nothing was typed.
    private static func day(_ text: String, _ field: String) throws -> Day? {
        guard let text = text.nonBlank else { return nil }
        guard let day = Day(text.halfWidth) else { throw FormErrors(field, "请填日期，例如 1985-06-01") }
        return day
    }

    private typealias Change = @Sendable (ID<Staff>, Work, any WriteTransaction) throws -> [Appointment]

    private static func change(
        _ request: StaffRequest, _ done: String, _ body: @escaping Change
    ) async throws -> Response {
        let id = try request.id("id", Staff.self, what: "员工资料")
        let work = request.work
        do {
            let displaced = try await request.write(changing: .board, .tasks) { tx in try body(id, work, tx) }
            return RosterRoutes.done(
                request, displaced.count, at: RosterPaths.person(id, week: RosterRoutes.monday(request)), flash: done)
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await page(request, faults: FormErrors(error), status: ErrorPages.status(of: error.kind))
        }
    }

    private static func page(
        _ request: StaffRequest, faults: FormErrors, status: HTTPResponse.Status
    ) async throws -> Response {
        let id = try request.id("id", Staff.self, what: "员工资料")
        let monday = RosterRoutes.monday(request)
        let shell = try await request.shell(title: "排班", area: .board)
        let playbook = request.work.playbook
        let (clinic, today) = (request.clinic.id, request.today)
        let page = try await request.read { tx in
            guard let staff = try StaffStore.listActive(clinic: clinic, in: tx).first(where: { $0.id == id }) else {
                throw NotFound("员工资料")
            }
            let ahead = try RosterStore.load(clinic: clinic, staff: id, from: today, to: today.adding(days: 90), in: tx)
            let week = try RosterStore.load(clinic: clinic, staff: id, from: monday, to: monday.adding(days: 6), in: tx)
            let places = SpanFields.Places(
                chairs: try PlaceStore.chairs(clinic: clinic, in: tx),
                rooms: try PlaceStore.rooms(clinic: clinic, in: tx))
            let profile = staff.isDoctor ? try DoctorProfileStore.get(id, clinic: clinic, in: tx) : nil
            return RosterPersonPage(
                shell: shell, name: staff.name, backHref: RosterPaths.week(monday),
                weekAction: RosterPaths.action(id, "week"), exceptionAction: RosterPaths.action(id, "exception"),
                from: max(monday, today).iso, rows: rows(id, monday, week, places),
                exceptionSpans: SpanFields.row("x", label: "当天", spans: [], places),
                exceptions: exceptions(id, ahead), day: today.iso,
                problem: faults.messages(outside: ["bornOn", "startedOn"]),
                profile: profile.map { RosterPersonPage.Profile($0, playbook: playbook, faults: faults) })
        }
        return try request.web.page(page, status: status)
    }

    private static func rows(
        _ id: ID<Staff>, _ monday: Day, _ facts: RosterFacts, _ places: SpanFields.Places
    ) -> [RosterPersonPage.Row] {
        let pattern = RosterFacts(shifts: facts.shifts)
        return (0..<7).map { offset in
            let day = monday.adding(days: offset)
            return RosterPersonPage.Row(
                label: day.weekdayText,
                spans: SpanFields.row(
                    String(offset + 1), label: day.weekdayText,
                    spans: RosterRules.allSpans(of: id, on: day, pattern), places))
        }
    }

    private static func exceptions(_ id: ID<Staff>, _ facts: RosterFacts) -> [RosterPersonPage.Exception] {
        Set(facts.exceptions.map(\.day)).sorted().map { day in
            let spans = RosterRules.allSpans(of: id, on: day, facts)
            let reason = facts.exceptions.first { $0.day == day }?.reason ?? ""
            let works = spans.isEmpty ? "休息" : spans.map(\.dutyText).joined(separator: "、")
            return RosterPersonPage.Exception(
                text: "\(day.longText) \(works) · \(reason)", action: RosterPaths.action(id, "exception/end"),
                day: day.iso)
        }
    }
}
