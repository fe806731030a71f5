import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// The epidemic mode (R3.42–R3.48, R3.52, R3.58). While it is off its pages do not exist; the switch and what is left of
/// the deferrals do.
package enum EpidemicRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [
            EpidemicPage.self, MorningPage.self, FillPage.self, EpidemicControlPage.self, DeferralFormPage.self,
            DeferralsPage.self, ScreeningPage.self,
        ]
    }

    package static func add(to table: inout RouteTable) {
        table.get(EpidemicPaths.control, .needs(.manageSettings), use: control)
        table.post(EpidemicPaths.control, .needs(.manageSettings), use: setMode)
        table.get(EpidemicPaths.overview, .needs(.seeBoard), use: overview)
        table.get(EpidemicPaths.morning, .needs(.seeBoard), use: morning)
        table.get(EpidemicPaths.fillTheDay, .needs(.bookAppointments), use: fill)
        table.post("/epidemic/items/:id", .needs(.manageSettings), use: setItem)
        table.post("/epidemic/bookings/:id", .needs(.cancelAppointments), use: putOff)
        DeferralHandlers.add(to: &table)
    }

    /// - Throws: `NotFound` while the mode is off, as if the page did not exist.
    static func requireMode(_ request: StaffRequest) throws {
        guard request.work.playbook.isEpidemic else { throw NotFound("页面") }
    }

    // MARK: - The switch

    static func control(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await controlPage(request, FormErrors())
    }

    static func setMode(_ request: StaffRequest) async throws -> Response {
        let (form, work) = (request.form, request.work)
        do {
            guard ["on", "off"].contains(form["mode"]) else { throw FormErrors("mode", "请选打开或关上") }
            let (from, until) = (Day(form["from"]), Day(form["until"]))
            let isOn = form["mode"] == "on"
            try await request.writeOrganisation(changing: .standard) { tx in
                try EpidemicSwitch.set(
                    isOn: isOn, from: from, until: until, reason: form["reason"], by: work, in: tx)
            }
        } catch let error as any UserFacingError {
            return try await controlPage(request, FormErrors(error))
        }
        // What can be done from now on decides who is called; the request still holds the standard from before.
        let (called, isOn) = try await request.write(changing: .board, .tasks) { tx in
            let playbook = try PlaybookStore.resolved(work.playbook, clinic: work.clinic.id, in: tx)
            let now = Work(
                actor: work.actor, clinic: work.clinic, now: work.now, playbook: playbook, ids: work.ids)
            return (try Deferrals.refresh(by: now, in: tx), now.playbook.isEpidemic)
        }
        let note = called > 0 ? "，\(called) 位延期客人要打电话" : ""
        return request.redirect(
            isOn ? EpidemicPaths.overview : EpidemicPaths.control, flash: (isOn ? "防疫模式已打开" : "已保存") + note)
    }

    private static func controlPage(_ request: StaffRequest, _ faults: FormErrors) async throws -> Response {
        let playbook = request.work.playbook
        let definition = playbook.setting(FlagSetting.epidemicMode.rawValue)
        let roles = definition?.changedBy ?? []
        let mayChange = !request.actor.roles.isDisjoint(with: roles)
        let isOn = playbook[.epidemicMode]
        let dates = EpidemicSwitch.datesText(playbook)
        let typed = request.form
        let isTyped = typed.has("mode")
        let wanted = isTyped ? typed["mode"] == "on" : isOn
        let page = EpidemicControlPage(
            shell: try await request.shell(title: "设置", note: "防疫模式", area: .settings),
            stateText: isOn ? ["开着", dates].compactMap(\.self).joined(separator: "，") : "关着",
            stateTone: playbook.isEpidemic ? "waiting" : "neutral", isOn: wanted, isOff: !wanted,
            from: InputView(
                "from", "第一天", isTyped ? typed["from"] : playbook[.epidemicFrom]?.iso ?? "", type: "date",
                hint: "空着表示马上", faults: faults),
            until: InputView(
                "until", "最后一天", isTyped ? typed["until"] : playbook[.epidemicUntil]?.iso ?? "", type: "date",
                hint: "空着表示另行通知", faults: faults),
            reason: InputView("reason", "原因", typed["reason"], isRequired: true, faults: faults),
            mayChange: mayChange,
            refusal: mayChange
                ? nil : "由\(roles.compactMap { playbook.role($0)?.name }.joined(separator: "、"))打开或关上，请找他们处理",
            fault: faults.messages(outside: ["from", "until", "reason"]))
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    // MARK: - What can be done

    static func overview(_ request: StaffRequest) async throws -> Response {
        try requireMode(request)
        try request.allowQuery()
        let shell = try await request.shell(title: "防疫", area: .board)
        let page = try await request.read { tx in try EpidemicPage(shell: shell, for: request, in: tx) }
        return try request.page(page)
    }

    static func setItem(_ request: StaffRequest) async throws -> Response {
        try requireMode(request)
        let id = try request.id("id", Item.self, what: "项目")
        let work = request.work
        let isSuspended = request.form["suspended"] == "yes"
        let called = try await request.write(changing: .board, .tasks) { tx in
            try EpidemicItems.set(id, isSuspended: isSuspended, by: work, in: tx)
        }
        let text = isSuspended ? "已暂停，不能再预约" : called > 0 ? "已恢复，\(called) 位延期客人要打电话" : "已恢复，可以预约"
        return request.redirect(EpidemicPaths.overview, flash: text)
    }

    static func putOff(_ request: StaffRequest) async throws -> Response {
        try requireMode(request)
        let id = try request.id("id", Appointment.self, what: "预约")
        let (form, work) = (request.form, request.work)
        let (version, day) = (Int(form["version"]) ?? 0, Day(form["followUpOn"]))
        try await request.write(changing: .board, .tasks, .reception) { tx in
            _ = try EpidemicDay.putOff(id, version: version, followUpOn: day, by: work, in: tx)
        }
        return request.redirect(EpidemicPaths.overview, flash: "已取消并登记延期")
    }

    /// What to prepare in the morning (R3.58).
    static func morning(_ request: StaffRequest) async throws -> Response {
        try requireMode(request)
        try request.allowQuery("day")
        let work = request.work
        let day = request.day("day") ?? request.today
        let lines = try await request.read { tx in try EpidemicDay.lines(of: day, by: work, in: tx) }
        return try request.page(
            MorningPage(
                shell: request.bareShell(title: "今早准备"), day: day, lines: lines,
                printed: "打印：\(work.clinic.calendar.dateTimeText(work.now)) \(work.actor.name)", by: work))
    }

    /// Whose items are possible (R3.48).
    static func fill(_ request: StaffRequest) async throws -> Response {
        try requireMode(request)
        try request.allowQuery("day")
        let day = request.day("day") ?? request.today
        let shell = try await request.shell(title: "能做的客人", area: .board)
        let page = try await request.read { tx in try FillPage(shell: shell, day: day, for: request, in: tx) }
        return try request.page(page)
    }
}
