import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Ticks, rounds and needs of the waiting area (R4.08, R4.09, R4.47).
enum CareHandlers {
    static func tick(_ request: StaffRequest) async throws -> Response {
        let (id, work, kind) = (try request.visitID, request.work, request.form["kind"])
        let isDone = try await request.change { tx in try Hospitality.toggle(kind, of: id, by: work, in: tx) }
        let label = work.playbook.label(kind, in: .hospitality)
        return request.redirect(request.wayBack, flash: isDone ? "已记：\(label)" : "已取消：\(label)")
    }

    static func patrol(_ request: StaffRequest) async throws -> Response {
        let work = request.work
        try await request.write(changing: .reception) { tx in try Patrol.walk(by: work, in: tx) }
        return request.redirect(WaitingPaths.room, flash: "已记一次巡视，有需要的客人请顺手记下")
    }

    static func newNeed(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("visit")
        guard let visit = ID<Visit>(request.query["visit"]) else { throw NotFound("就诊") }
        return try await page(request, visit: visit, error: nil, status: .ok)
    }

    static func found(_ request: StaffRequest) async throws -> Response {
        let (form, work) = (request.form, request.work)
        guard let visit = ID<Visit>(form["visit"]) else { throw NotFound("就诊") }
        do {
            try await request.write(changing: .reception) { tx in
                _ = try VisitRequests.ask(need: form["need"], note: form["note"], of: visit, by: work, in: tx)
            }
            return request.redirect(
                WaitingPaths.room, flash: "已记：\(work.playbook.label(form["need"], in: .waitingNeed))")
        } catch let error as FormErrors {
            return try await page(request, visit: visit, error: error, status: .unprocessableContent)
        }
    }

    static func met(_ request: StaffRequest) async throws -> Response {
        let (id, work) = (try request.id("id", VisitRequest.self, what: "客人的要求"), request.work)
        try await request.write(changing: .reception) { tx in
            try VisitRequests.close(id, .done, note: nil, by: work, in: tx)
        }
        return request.redirect(WaitingPaths.room, flash: "已办好")
    }

    private static func page(
        _ request: StaffRequest, visit: ID<Visit>, error: FormErrors?, status: HTTPResponse.Status
    ) async throws -> Response {
        let work = request.work
        let whom = try await request.read { tx in try VisitWords.label(visit, by: work, in: tx) }
        let shell = try await request.shell(title: "客人的需要", note: whom, area: .reception, isTouch: true)
        return try request.page(
            NeedPage(
                shell: shell, visit: visit.text, whom: whom, fault: error?.messages(outside: ["note"]),
                note: InputView(
                    "note", "说明（选「其他」时要写）", request.form["note"], faults: error ?? FormErrors()),
                needs: OptionView.list(work.playbook.codes(.waitingNeed), chosen: "")), status: status)
    }
}

/// One tap notes what a customer needs — templates/waiting/need.mustache
struct NeedPage: Page {
    static let template = "waiting/need"
    let shell: ShellView
    let visit: String
    let whom: String
    let fault: String?
    let note: InputView
    let needs: [OptionView]
    static let fields: [Field<Self>] = [
        Field("visit", \.visit), Field("whom", \.whom), Field("fault", \.fault), Field("note", \.note),
        Field("needs", \.needs),
    ]
}
