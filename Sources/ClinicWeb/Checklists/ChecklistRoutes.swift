import Clinic
import Hummingbird
import Kernel
import Storage

/// Checklists: today, one run, history.
package enum ChecklistRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [
            ChecklistsPage.self, ChecklistBoard.self, ChecklistRunPage.self, ChecklistHistoryPage.self,
            ChecklistPrintPage.self, DoorCheckPage.self, DisinfectionPage.self,
        ]
    }

    package static func add(to table: inout RouteTable) {
        let readers: Access = .needsAny([.keepRegisters, .seeReports])
        table.get(ChecklistPaths.list, readers, use: list)
        table.get("/checklists-today", readers, use: board)
        table.get("/checklists/:checklist", readers, use: history)
        table.post("/checklists/:checklist/begin", .needs(.keepRegisters), use: begin)
        table.get("/checklist-runs/:id", readers, use: ChecklistRunHandlers.show)
        table.get("/checklist-runs/:id/print", readers, use: ChecklistRunHandlers.print)
        table.post("/checklist-runs/:id/marks", .needs(.keepRegisters), use: ChecklistRunHandlers.mark)
        table.post("/checklist-runs/:id/completion", .needs(.keepRegisters), use: ChecklistRunHandlers.complete)
        table.get(ChecklistPaths.door, .needs(.keepRegisters), use: DoorHandlers.show)
        table.post(ChecklistPaths.door, .needs(.keepRegisters), use: DoorHandlers.record)
        table.post(ChecklistPaths.doorPass, .needs(.keepRegisters), use: DoorHandlers.pass)
        table.post(ChecklistPaths.doorIdentify, .needs(.keepRegisters), use: DoorHandlers.identify)
        table.get(ChecklistPaths.disinfection, .needs(.keepRegisters), use: DoorHandlers.disinfection)
        table.post(ChecklistPaths.disinfection, .needs(.keepRegisters), use: DoorHandlers.tick)
    }

    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let shell = try await request.shell(title: "检查表", note: request.today.longText, area: .operations)
        return try request.page(ChecklistsPage(shell: shell, board: try await load(request)))
    }

    static func board(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try request.fragment(try await load(request))
    }

    private static func load(_ request: StaffRequest) async throws -> ChecklistBoard {
        let work = request.work
        let lists = work.playbook.liveChecklists.filter { $0.every != .event }
        let found = try await request.read { tx -> (RunSet, [ID<Staff>: String]) in
            let ids = Set(lists.map(\.id))
            let runs = try ChecklistStore.list(clinic: work.clinic.id, day: work.today, in: tx)
                .filter { ids.contains($0.checklist) && $0.opensAt <= work.now.adding(minutes: 60) }
            let marks = try ChecklistStore.marks(of: runs.map(\.id), in: tx)
            return (RunSet(runs: runs, marks: marks), try StaffStore.names(Set(runs.compactMap(\.completedBy)), in: tx))
        }
        let rows = found.0.runs.sorted { order($0, work.now) < order($1, work.now) }.compactMap { run in
            work.playbook.checklist(run.checklist).map { list in
                row(run, list, found.0.marks[run.id] ?? [], found.1, work)
            }
        }
        let open = found.0.runs.count { !$0.isComplete }
        var links: [LinkView] = []
        if work.playbook.level(of: .epidemicPreCheck) != .off { links.append(LinkView(ChecklistPaths.door, "门口预检")) }
        if work.playbook.level(of: .epidemicHandDisinfection) != .off {
            links.append(LinkView(ChecklistPaths.disinfection, "手部与台面消毒"))
        }
        return ChecklistBoard(
            runs: rows, isEmpty: rows.isEmpty,
            countText: rows.isEmpty ? "现在没有" : open == 0 ? "都做完了" : "\(open) 张没做完",
            lists: lists.map { list in
                ChecklistBoard.ListRow(
                    title: list.title, detail: ScheduleText.text(list, work.playbook),
                    historyHref: ChecklistPaths.history(list.id),
                    mayBegin: list.every == .demand && request.may(.keepRegisters),
                    beginAction: ChecklistPaths.begin(list.id))
            }, hasLists: !lists.isEmpty, links: links)
    }

    private struct RunSet: Sendable {
        let runs: [ChecklistRun]
        let marks: [ID<ChecklistRun>: [ChecklistMark]]
    }

    /// What is late first, then what is open by its time, then what is done.
    private static func order(_ run: ChecklistRun, _ now: Timestamp) -> (Int, Timestamp, ID<ChecklistRun>) {
        (run.isComplete ? 2 : run.isLate(at: now) ? 0 : 1, run.dueAt ?? run.opensAt, run.id)
    }

    static func name(_ run: ChecklistRun, _ list: ChecklistDefinition) -> String {
        [list.title, run.label].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private static func row(
        _ run: ChecklistRun, _ list: ChecklistDefinition, _ marks: [ChecklistMark], _ names: [ID<Staff>: String],
        _ work: Work
    ) -> ChecklistBoard.Row {
        let calendar = work.clinic.calendar
        let missing = ChecklistRules.missing(list, marks).count
        let outs = ChecklistRules.latest(marks).values.count(where: \.isOut)
        let outText = outs == 0 ? "" : "，\(outs) 项超出范围"
        let owner = work.playbook.role(list.role)?.name ?? list.role
        guard let completed = run.completedAt else {
            let isLate = run.isLate(at: work.now)
            let due = run.dueAt.map { "\(calendar.clockText($0)) 前，" } ?? ""
            let chip =
                run.dueAt.map { dueAt in
                    isLate
                        ? ToneChip("逾期 \(DurationText.text(minutes: work.now.minutes(since: dueAt)))", tone: "danger")
                        : ToneChip("还有 \(DurationText.text(minutes: dueAt.minutes(since: work.now)))", tone: "waiting")
                } ?? ToneChip("进行中", tone: "accent")
            return ChecklistBoard.Row(
                href: ChecklistPaths.run(run.id), title: name(run, list),
                detail: "\(due)做了 \(list.items.count - missing) 项，还有 \(missing) 项\(outText)", owner: owner, chip: chip,
                tone: isLate ? "danger" : "waiting", button: "去做", isNext: true)
        }
        let who = run.completedBy.flatMap { names[$0] } ?? ""
        return ChecklistBoard.Row(
            href: ChecklistPaths.run(run.id), title: name(run, list),
            detail: "\(calendar.clockText(completed)) \(who) 做完\(outText)", owner: owner,
            chip: ToneChip("做完", tone: "done"), tone: "done", button: "查看", isNext: false)
    }

    static func begin(_ request: StaffRequest) async throws -> Response {
        let (work, id) = (request.work, request.parameters.get("checklist") ?? "")
        let run = try await request.write(changing: .registers) { tx in
            try Checklists.begin(id, by: work, in: tx)
        }
        return request.redirect(ChecklistPaths.run(run.id))
    }

    static func history(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        guard let list = work.playbook.checklist(request.parameters.get("checklist") ?? ""),
            work.playbook.isLive(list)
        else { throw NotFound("检查表") }
        let shell = try await request.shell(title: list.title, area: .operations)
        let page = try await request.read { tx in
            let runs = try ChecklistStore.list(
                list.id, clinic: work.clinic.id, from: work.today.adding(days: -30), to: work.today, in: tx)
            let marks = try ChecklistStore.marks(of: runs.map(\.id), in: tx)
            let names = try StaffStore.names(Set(runs.compactMap(\.completedBy)), in: tx)
            let missed = runs.count { $0.isLate(at: work.now) }
            return ChecklistHistoryPage(
                shell: shell, title: list.title,
                countText: runs.isEmpty ? "最近 31 天没有做过" : "最近 31 天 \(runs.count) 次，\(missed) 次没做完",
                rows: runs.map { past($0, list, marks[$0.id] ?? [], names, work) }, isEmpty: runs.isEmpty)
        }
        return try request.page(page)
    }

    private static func past(
        _ run: ChecklistRun, _ list: ChecklistDefinition, _ marks: [ChecklistMark], _ names: [ID<Staff>: String],
        _ work: Work
    ) -> ChecklistHistoryPage.Row {
        let latest = ChecklistRules.latest(marks)
        let outs = list.items.compactMap { item -> String? in
            guard let mark = latest[item.id], mark.isOut else { return nil }
            return "\(item.label) \(ChecklistObligations.answer(item, mark.value))"
        }
        let chip =
            run.isComplete
            ? ToneChip("做完", tone: "done")
            : run.isLate(at: work.now) ? ToneChip("没做完", tone: "danger") : ToneChip("进行中", tone: "waiting")
        return ChecklistHistoryPage.Row(
            href: ChecklistPaths.run(run.id), day: run.businessDay.longText,
            label: run.label.isEmpty ? work.clinic.calendar.clockText(run.opensAt) : run.label, chip: chip,
            who: run.completedBy.flatMap { names[$0] } ?? "", outs: outs.joined(separator: "、"))
    }
}
