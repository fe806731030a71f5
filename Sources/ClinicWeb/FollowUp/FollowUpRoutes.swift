import Clinic
import Foundation
import Hummingbird
import Kernel
import Storage

/// 工作台 and 回访: what is due, with the words and the answers.
package enum FollowUpRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [WorkbenchPage.self, WorkbenchList.self, CallPage.self, CallsPage.self]
    }

    package static func add(to table: inout RouteTable) {
        table.get(FollowUpPaths.workbench, .needs(.seeWorkbench), use: workbench)
        table.get(FollowUpPaths.workbenchList, .needs(.seeWorkbench), use: workbenchList)
        table.get(FollowUpPaths.calls, .needs(.callPatients), use: calls)
        table.get("/tasks/:id", .needs(.workTasks), use: task)
        table.post("/tasks/:id/outcome", .needs(.workTasks), use: outcome)
        table.post("/tasks/:id/undo", .needs(.workTasks), use: undo)
    }

    static func workbench(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("who")
        let list = try await list(request)
        let shell = try await request.shell(title: "工作台", note: request.today.longText, area: .workbench)
        return try request.page(WorkbenchPage(shell: shell, list: list))
    }

    static func workbenchList(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("who")
        return try request.fragment(try await list(request))
    }

    private static func list(_ request: StaffRequest) async throws -> WorkbenchList {
        let work = request.work
        let scope: Workbench.Scope = request.query["who"] == "all" && work.actor.may(.workAnyTask) ? .all : .mine
        return try await request.read { tx in
            let bench = try Workbench.load(scope: scope, by: work, in: tx)
            // The first task that is due stands open, with what to say.
            let first = bench.tasks.first { $0.urgency(at: work.now) != .later }
            let sheet = try first.map { try CallSheet.load($0.id, by: work, in: tx) }
            return WorkbenchList(bench, scope: scope, sheet: sheet, by: work)
        }
    }

    static func calls(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        let queue = try await request.read { tx in
            try Workbench.load(scope: .mine, channel: .phone, by: work, in: tx)
        }
        let groups = CalleeGroup.groups(queue, current: nil, by: work)
        let shell = try await request.shell(title: "回访", note: "\(queue.tasks.count) 位要打", area: .followUp)
        return try request.page(CallsPage(shell: shell, callees: groups, hasCallees: !groups.isEmpty))
    }

    static func task(_ request: StaffRequest) async throws -> Response {
        try await taskPage(request, typed: CallPage.Typed(), status: .ok)
    }

    private static func taskPage(
        _ request: StaffRequest, typed: CallPage.Typed, status: HTTPResponse.Status
    ) async throws -> Response {
        let id = try request.id("id", TaskItem.self, what: "待办")
        let work = request.work
        let (sheet, queue) = try await request.read { tx in
            let sheet = try CallSheet.load(id, by: work, in: tx)
            let channel: TaskRule.Channel? = sheet.task.channel == .phone ? .phone : nil
            return (sheet, try Workbench.load(scope: .mine, channel: channel, by: work, in: tx))
        }
        if !sheet.task.belongs(to: work.actor) { try request.require(.workAnyTask) }
        let area: Area = sheet.task.channel == .phone && work.actor.may(.callPatients) ? .followUp : .workbench
        let shell = try await request.shell(title: area.label, note: sheet.rule?.label ?? "", area: area)
        return try request.page(CallPage(sheet, queue: queue, typed: typed, by: work, shell: shell), status: status)
    }

    static func outcome(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", TaskItem.self, what: "待办")
        let form = request.form
        let work = request.work
        let callbackAt = CallbackTime.instant(form["callbackAt"], work.clinic.calendar)
        do {
            let recorded = try await request.write(changing: .tasks, .board, .reception) { tx in
                try Calls.record(
                    id, outcome: form["outcome"], note: form["note"].nonBlank, callbackAt: callbackAt, by: work, in: tx)
            }
            return request.redirect(
                after(recorded, form, work), flash: "已记录：\(label(form["outcome"], recorded.task, work))",
                undo: recorded.next == .retry ? nil : FollowUpPaths.undo(id))
        } catch let error as any UserFacingError where error.kind == .invalid {
            var typed = CallPage.Typed(note: form["note"], callbackAt: form["callbackAt"])
            typed.faults = FormErrors(error)
            return try await taskPage(request, typed: typed, status: .unprocessableContent)
        }
    }

    static func undo(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", TaskItem.self, what: "待办")
        let work = request.work
        try await request.write(changing: .tasks, .board, .reception) { tx in try Calls.undo(id, by: work, in: tx) }
        return request.redirect(FollowUpPaths.task(id), flash: "已撤销，待办回到列表")
    }

    private static func label(_ outcome: String, _ task: TaskItem, _ work: Work) -> String {
        TaskWork.outcomes(of: task, playbook: work.playbook).first { $0.code == outcome }?.label ?? outcome
    }

    /// Where the answer leads: to the book, to the customer, or back to the list it came from.
    private static func after(_ recorded: TaskWork.Recorded, _ form: Form, _ work: Work) -> String {
        let task = recorded.task
        let patient = task.patientID?.text
        switch recorded.next {
        case .reschedule, .cancel:
            if task.subject.kind == .appointment {
                return "/appointments/\(ID<Appointment>(raw: task.subject.id).text)"
            }
        case .book:
            // Who will not wait any longer books on the spot, with the reason (R3.39).
            if let patient, task.rule.hasPrefix("wait.") {
                return URLText.address(
                    "/appointments/new", ["patient": patient, "channel": "onSpot", "deskReason": "waitTooLong"])
            }
            if let patient { return URLText.address("/appointments/new", ["patient": patient]) }
        case .fixPhone:
            if let patient { return "/patients/\(patient)/edit" }
        default: break
        }
        if form["from"] == "workbench" { return FollowUpPaths.workbench }
        return work.actor.may(.callPatients) && task.channel == .phone ? FollowUpPaths.calls : FollowUpPaths.workbench
    }
}

/// Reads what `<input type="datetime-local">` sends, as the clinic's wall clock.
enum CallbackTime {
    static func instant(_ text: String, _ calendar: ClinicCalendar) -> Timestamp? {
        let parts = text.halfWidth.split(whereSeparator: { $0 == "T" || $0 == " " })
        guard parts.count == 2, let day = Day(parts[0]) else { return nil }
        let clock = parts[1].split(separator: ":")
        guard clock.count >= 2, let hour = Int(clock[0]), let minute = Int(clock[1]), (0...23).contains(hour),
            (0...59).contains(minute)
        else { return nil }
        return calendar.instant(day, minute: hour * 60 + minute)
    }
}
