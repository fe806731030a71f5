import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Leave and swaps (R13.02).
enum RosterRequestHandlers {
    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, faults: FormErrors(), problem: nil, status: .ok)
    }

    static func ask(_ request: StaffRequest) async throws -> Response {
        let form = request.form
        let work = request.work
        do {
            let ask = try read(form)
            _ = try await request.write(changing: .tasks) { tx in try RosterRequests.ask(ask, by: work, in: tx) }
            return request.redirect(
                RosterPaths.requests, flash: ask.kind == .swap ? "已发出，等同事答应" : "已提交，等主管批准")
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await page(
                request, faults: FormErrors(error), problem: nil, status: .unprocessableContent)
        }
    }

    static func answer(_ request: StaffRequest) async throws -> Response {
        let agrees = request.form["answer"] == "yes"
        return try await change(request, flash: agrees ? "已答应，等主管批准" : "已回绝") { id, work, tx in
            try RosterRequests.answer(id, agrees: agrees, by: work, in: tx)
            return 0
        }
    }

    static func withdraw(_ request: StaffRequest) async throws -> Response {
        try await change(request, flash: "申请已撤回") { id, work, tx in
            try RosterRequests.withdraw(id, by: work, in: tx)
            return 0
        }
    }

    static func decide(_ request: StaffRequest) async throws -> Response {
        let decision: RosterRequest.Decision = request.form["decision"] == "approved" ? .approved : .refused
        let note = request.form["note"]
        return try await change(
            request, flash: decision == .approved ? "已批准，排班已改" : "已回复未批准"
        ) { id, work, tx in
            try RosterRequests.decide(id, decision, note: note, by: work, in: tx).count
        }
    }

    private static func read(_ form: Form) throws -> AskRoster {
        guard let first = Day(form["firstDay"].halfWidth.trimmed) else { throw FormErrors("firstDay", "请选择日期") }
        let last = form["lastDay"].nonBlank.map { Day($0.halfWidth.trimmed) }
        if case .some(nil) = last { throw FormErrors("lastDay", "请选择日期，或空着") }
        let isSwap = form["kind"] == "swap"
        var units: Range<Int>?
        if !isSwap, !form["start"].isEmpty || !form["end"].isEmpty {
            guard let start = SpanFields.number(form["start"], 0..<96), let end = SpanFields.number(form["end"], 1..<97)
            else { throw FormErrors("units", "请同时选择开始和结束时间") }
            guard start < end else { throw FormErrors("units", "结束时间要晚于开始时间") }
            units = start..<end
        }
        return AskRoster(
            kind: isSwap ? .swap : .leave, reason: form["reason"], note: form["note"], firstDay: first,
            lastDay: last ?? first, units: units, colleagueID: isSwap ? ID<Staff>(form["colleague"]) : nil)
    }

    private static func change(
        _ request: StaffRequest, flash: String,
        _ body: @escaping @Sendable (ID<RosterRequest>, Work, any WriteTransaction) throws -> Int
    ) async throws -> Response {
        let id = try request.id("id", RosterRequest.self, what: "申请")
        let work = request.work
        do {
            let displaced = try await request.write(changing: .tasks, .board) { tx in try body(id, work, tx) }
            return RosterRoutes.done(request, displaced, at: RosterPaths.requests, flash: flash)
        } catch let error as any UserFacingError where error.kind != .notFound {
            return try await page(
                request, faults: FormErrors(), problem: error.userMessage, status: ErrorPages.status(of: error.kind))
        }
    }

    private static func page(
        _ request: StaffRequest, faults: FormErrors, problem: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let shell = try await request.shell(title: "请假换班", area: .workbench, isTouch: true)
        let (work, typed) = (request.work, request.form)
        let page = try await request.read { tx in
            let clinic = work.clinic.id
            let since = work.now.adding(days: -60)
            let mine = try RosterRequestStore.list(clinic: clinic, staff: work.actor.id, since: since, in: tx)
            let all =
                work.actor.may(.manageRoster)
                ? try RosterRequestStore.list(clinic: clinic, since: since, in: tx) : []
            let waiting = all.filter { $0.state == .waiting && $0.staffID != work.actor.id }
            let people = Set((mine + all).flatMap { [$0.staffID, $0.colleagueID, $0.decidedBy].compactMap(\.self) })
            let names = try StaffStore.names(people, in: tx)
            return RosterRequestsPage(
                shell: shell,
                tabs: RosterTab.all(
                    for: request, current: .requests, counts: try RosterCounts.load(for: request, in: tx)),
                waiting: try waiting.map {
                    RosterRequestsPage.Entry(
                        $0, names: names, playbook: work.playbook, effect: try effect($0, names, work, in: tx),
                        by: work.actor)
                }, mayDecide: work.actor.may(.manageRoster),
                mine: mine.map {
                    RosterRequestsPage.Entry($0, names: names, playbook: work.playbook, effect: nil, by: work.actor)
                },
                form: RosterRequestsPage.Fields(
                    typed, faults: faults, playbook: work.playbook,
                    colleagues: try StaffStore.listActive(clinic: clinic, in: tx).filter { $0.id != work.actor.id },
                    today: work.today), problem: problem ?? faults.messages["form"])
        }
        return try request.web.page(page, status: status)
    }

    /// What approving does, so that nobody approves blindly.
    private static func effect(
        _ r: RosterRequest, _ names: [ID<Staff>: String], _ work: Work, in tx: any ReadTransaction
    ) throws -> String {
        guard let first = r.days.first, let last = r.days.last else { return "" }
        let facts = try RosterStore.load(clinic: work.clinic.id, from: first, to: last, in: tx)
        let effect = RosterRequestRules.effect(r, facts)
        var bookings = 0
        for (staff, day, spans) in effect {
            bookings += try AppointmentStore.listOfDoctor(
                staff, clinic: work.clinic.id, from: day, to: day, in: tx
            ).count { DisplacedRules.isDisplaced($0, spans: spans.filter(\.duty.isBookable)) }
        }
        guard !effect.isEmpty else { return "这几天本来就不上班，批准后排班不变" }
        let change = effect.prefix(3).map { staff, day, spans in
            "\(names[staff] ?? "") \(day.monthDayText) "
                + (spans.isEmpty ? "休息" : spans.map(\.dutyText).joined(separator: "、"))
        }.joined(separator: "；")
        return "批准后：\(change)\(effect.count > 3 ? " 等 \(effect.count) 天" : "")；影响 \(bookings) 条预约"
    }
}
