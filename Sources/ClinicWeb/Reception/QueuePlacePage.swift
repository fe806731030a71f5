import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Another place in the queue, with a reason (R4.01) — templates/reception/place.mustache
struct QueuePlacePage: Page {
    static let template = "reception/place"
    let shell: ShellView
    let action: String
    let ticket: String
    let whom: String
    let visitHref: String
    /// Why the customer stands where he stands.
    let standing: String
    let fault: String?
    /// Those who stand before him, first one first.
    let ahead: [ChoiceView]
    let hasAhead: Bool
    let beforeError: String?
    let reasons: [OptionView]
    let reasonError: String?
    let note: InputView
    let mayMove: Bool
    /// The call was refused because somebody is passed over: with a reason it goes on.
    let asksForCall: Bool
    let callAction: String
    let version: Int
    /// A called customer can wait on in his place.
    let canRequeue: Bool
    let requeueAction: String
    let next: String
    static let fields: [Field<Self>] = [
        Field("action", \.action), Field("ticket", \.ticket), Field("whom", \.whom), Field("visitHref", \.visitHref),
        Field("standing", \.standing), Field("fault", \.fault), Field("ahead", \.ahead), Field("hasAhead", \.hasAhead),
        Field("beforeError", \.beforeError), Field("reasons", \.reasons), Field("reasonError", \.reasonError),
        Field("note", \.note), Field("mayMove", \.mayMove), Field("asksForCall", \.asksForCall),
        Field("callAction", \.callAction), Field("version", \.version), Field("canRequeue", \.canRequeue),
        Field("requeueAction", \.requeueAction), Field("next", \.next),
    ]
}

enum QueuePlaceHandlers {
    static func page(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, error: nil, status: .ok)
    }

    static func move(_ request: StaffRequest) async throws -> Response {
        let (id, form, work) = (try request.visitID, request.form, request.work)
        do {
            let label = try await request.change { tx in
                guard let target = ID<Visit>(form["before"]) else { throw FormErrors("before", "请选择排在谁前面") }
                try Queue.move(
                    id, before: target, reason: form["reason"], note: form["note"].nonBlank, by: work, in: tx)
                return try VisitWords.label(id, by: work, in: tx)
            }
            return request.redirect(
                request.wayBack, flash: "\(label) 已调整顺序", undo: ReceptionPaths.action(id, "undo"))
        } catch let error as FormErrors {
            return try await page(request, error: error, status: .unprocessableContent)
        }
    }

    static func page(
        _ request: StaffRequest, error: (any UserFacingError)?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (id, work) = (try request.visitID, request.work)
        let board = try await request.read { tx in try ReceptionBoard.load(by: work, in: tx) }
        guard let guest = board.guest(id), guest.visit.stage == .waiting else { throw NotFound("候诊号") }
        let shell = try await request.shell(title: "调整顺序", note: guest.name, area: .reception)
        return try request.page(
            QueuePlacePage(
                guest, board, form: request.form, error: error, next: request.wayBack, by: work, shell: shell),
            status: status)
    }
}

extension QueuePlacePage {
    init(
        _ guest: ReceptionBoard.Guest, _ board: ReceptionBoard, form: Form, error: (any UserFacingError)?,
        next: String, by work: Work, shell: ShellView
    ) {
        self.shell = shell
        self.next = next
        let faults = error.map { FormErrors($0) } ?? FormErrors()
        let id = guest.visit.id
        action = ReceptionPaths.action(id, "place")
        ticket = guest.ticketLabel ?? "—"
        whom = guest.patient?.greeting ?? guest.name
        visitHref = ReceptionPaths.visit(id)
        standing = QueueWords.reason(guest, work)
        let before = board.waiting.prefix { $0.visit.id != id }
        let movable = before.filter { $0.visit.emergency == nil || guest.visit.emergency != nil }
        ahead = movable.map {
            ChoiceView(
                $0.visit.id.text, "\($0.ticketLabel ?? "") \($0.name)",
                hint: [
                    $0.doctor?.name ?? "医生未定", QueueWords.reason($0, work),
                    "等了 \($0.visit.waitedMinutes(at: board.now)) 分",
                ].joined(separator: " · "), isChosen: form["before"] == $0.visit.id.text)
        }
        hasAhead = !ahead.isEmpty
        beforeError = faults.messages["before"]
        reasons = OptionView.list(work.playbook.codes(.queueMove), chosen: form["reason"])
        reasonError = faults.messages["reason"]
        note = InputView("note", "说明", form["note"], faults: faults)
        fault = faults.messages(outside: ["before", "reason", "note"])
        mayMove = work.actor.may(.triage) && !ahead.isEmpty
        if case .passesOver? = error as? ReceptionError { asksForCall = true } else { asksForCall = false }
        callAction = ReceptionPaths.action(id, "call")
        version = guest.ticket?.version ?? 0
        canRequeue = work.actor.may(.callQueue) && (guest.ticket?.calledAt != nil || guest.ticket?.skippedAt != nil)
        requeueAction = ReceptionPaths.action(id, "requeue")
    }
}

/// Why somebody stands where he stands (R4.01).
enum QueueWords {
    /// "急诊：外伤", "排前：行动不便", "预约 10:00", "迟到，按 10:20 到达", "10:05 到达".
    static func reason(_ guest: ReceptionBoard.Guest, _ work: Work) -> String {
        let clock = work.clinic.calendar.clockText
        if let emergency = guest.visit.emergency {
            return "急诊：\(work.playbook.label(emergency, in: .emergency))"
        }
        if let move = guest.move {
            let words = [work.playbook.label(move.reason, in: .queueMove), move.note].compactMap(\.self)
            return "排前：\(words.joined(separator: "，"))"
        }
        guard let booked = guest.bookedFor else { return "\(clock(guest.visit.arrivedAt)) 到达" }
        return booked < guest.visit.arrivedAt
            ? "约 \(clock(booked))，\(clock(guest.visit.arrivedAt)) 才到" : "预约 \(clock(booked))"
    }
}
