import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Into the chair and out of it (R4.11, R4.12, R4.15).
enum ChairHandlers {
    static func leadInPage(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("next")
        return try await page(request, form: LeadInForm(Form()), error: nil, status: .ok)
    }

    static func leadIn(_ request: StaffRequest) async throws -> Response {
        let (id, form, work) = (try request.visitID, LeadInForm(request.form), request.work)
        do {
            let label = try await request.change { tx in
                try LeadingIn.lead(try form.command(id, by: work), by: work, in: tx)
                if form.hasCompanion {
                    try Companions.admit(CompanionChoice.admission(form.typed, id), by: work, in: tx)
                }
                let chairs = try PlaceStore.chairs(clinic: work.clinic.id, in: tx)
                let chair = chairs.first { $0.id.text == form.chair }?.name ?? ""
                return "\(try VisitWords.label(id, by: work, in: tx)) 已引到\(chair)"
            }
            return request.redirect(request.wayBack, flash: label, undo: ReceptionPaths.action(id, "undo"))
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await page(
                request, form: form, error: error, status: error.kind == .conflict ? .conflict : .unprocessableContent)
        }
    }

    static func nearlyDone(_ request: StaffRequest) async throws -> Response {
        try await tap(request, "快结束") { id, work, tx in try ChairUse.nearlyDone(id, by: work, in: tx) }
    }

    static func treated(_ request: StaffRequest) async throws -> Response {
        try await tap(request, "治疗完") { id, work, tx in try RoomTaps.treated(id, by: work, in: tx) }
    }

    static func leaving(_ request: StaffRequest) async throws -> Response {
        try await tap(request, "正离开诊区") { id, work, tx in try RoomTaps.leaving(id, by: work, in: tx) }
    }

    static func exit(_ request: StaffRequest) async throws -> Response {
        try await tap(request, "已离开椅位") { id, work, tx in try ChairUse.exit(id, by: work, in: tx) }
    }

    static func cleaned(_ request: StaffRequest) async throws -> Response {
        let (id, work) = (try request.id("id", Chair.self, what: "牙椅"), request.work)
        try await request.change { tx in try ChairUse.cleaned(chair: id, by: work, in: tx) }
        return request.redirect(request.wayBack, flash: "清洁完，牙椅可用")
    }

    private static func tap(
        _ request: StaffRequest, _ what: String,
        _ body: @escaping @Sendable (ID<Visit>, Work, any WriteTransaction) throws -> Void
    ) async throws -> Response {
        let (id, work) = (try request.visitID, request.work)
        let label = try await request.change { tx in
            try body(id, work, tx)
            return try VisitWords.label(id, by: work, in: tx)
        }
        return request.redirect(
            request.wayBack, flash: "\(label) \(what)", undo: ReceptionPaths.action(id, "undo"))
    }

    private static func page(
        _ request: StaffRequest, form: LeadInForm, error: (any UserFacingError)?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (id, work) = (try request.visitID, request.work)
        let facts = try await request.read { tx in
            _ = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
            let board = try ReceptionBoard.load(by: work, in: tx)
            guard let guest = board.guest(id), guest.visit.leftAt == nil else { throw NotFound("到访") }
            let introduction = try LeadingIn.facts(of: guest.visit, doctor: guest.visit.doctorID, by: work, in: tx)
            return LeadInFacts(
                guest: guest, board: board, introduction: Introduction.text(introduction),
                nurses: try StaffStore.list(ofRoles: ["nurse", "headNurse"], clinic: work.clinic.id, in: tx),
                companion: try Companions.verdict(guest.visit, by: work, in: tx))
        }
        let shell = try await request.shell(title: "引领入座", note: facts.guest.name, area: .reception)
        return try request.page(
            LeadInPage(
                facts, form: form, error: error, next: request.wayBack, by: work, shell: shell), status: status)
    }
}
