import Clinic
import Hummingbird
import Kernel
import Storage

/// 接待: the live board, arrivals, the way through the clinic, and leaving.
package enum ReceptionRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [
            DeskPage.self, DeskView.self, ArrivalStartPage.self, ArrivalHitsView.self, ArrivalPage.self,
            LeadInPage.self, DeparturePage.self, VisitPage.self, QueuePlacePage.self,
        ]
    }

    package static func add(to table: inout RouteTable) {
        table.get(ReceptionPaths.board, .needs(.seeReception), use: board)
        table.get(ReceptionPaths.boardPart, .needs(.seeReception), use: boardPart)
        table.get(ReceptionPaths.newArrival, .needsAny([.checkIn, .checkInReturning]), use: ArrivalHandlers.new)
        table.get("/reception/arrivals/people", .needsAny([.checkIn, .checkInReturning]), use: ArrivalHandlers.people)
        table.post(ReceptionPaths.arrivals, .needsAny([.checkIn, .checkInReturning]), use: ArrivalHandlers.checkIn)
        table.get("/visits/:id", .needs(.seeReception), use: VisitHandlers.show)
        table.post("/visits/:id/call", .needs(.callQueue), use: QueueHandlers.call)
        table.post("/visits/:id/skip", .needs(.callQueue), use: QueueHandlers.skip)
        table.post("/visits/:id/requeue", .needs(.callQueue), use: QueueHandlers.requeue)
        table.get("/visits/:id/place", .needsAny([.triage, .callQueue]), use: QueuePlaceHandlers.page)
        table.post("/visits/:id/place", .needs(.triage), use: QueuePlaceHandlers.move)
        table.get("/visits/:id/lead-in", .needs(.leadIn), use: ChairHandlers.leadInPage)
        table.post("/visits/:id/lead-in", .needs(.leadIn), use: ChairHandlers.leadIn)
        table.post("/visits/:id/nearly-done", .needs(.updateChairs), use: ChairHandlers.nearlyDone)
        table.post("/visits/:id/treated", .needs(.updateChairs), use: ChairHandlers.treated)
        table.post("/visits/:id/leaving", .needs(.updateChairs), use: ChairHandlers.leaving)
        table.post("/visits/:id/exit", .needs(.updateChairs), use: ChairHandlers.exit)
        table.post("/chairs/:id/cleaning", .needs(.updateChairs), use: ChairHandlers.cleaned)
        table.get("/visits/:id/departure", .needs(.closeVisit), use: DepartureHandlers.page)
        table.post("/visits/:id/departure", .needs(.closeVisit), use: DepartureHandlers.leave)
        table.post("/visits/:id/undo", .needs(.seeReception), use: VisitHandlers.undo)
        table.post("/visits/:id/told-wait", .needs(.callQueue), use: VisitHandlers.tellWait)
        table.post("/visits/:id/booking-explained", .needs(.seeReception), use: VisitHandlers.explainBooking)
        table.post("/visits/:id/doctor", .needs(.triage), use: VisitHandlers.assignDoctor)
        table.post("/visits/:id/type", .needs(.triage), use: VisitHandlers.changeType)
        table.post("/visits/:id/times", .needs(.seeReception), use: VisitHandlers.correctTime)
    }

    static func board(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("touch", "arrived")
        let arrivedID = ID<Visit>(request.query["arrived"])
        let (desk, board) = try await load(request)
        let work = request.work
        let notes = try await request.read { tx in try NoteFacts.load(isOpen: true, by: work, in: tx) }
        let guest = arrivedID.flatMap(board.guest).flatMap { $0.visit.stage == .waiting ? $0 : nil }
        let planned = try await request.read { tx in
            try guest.map { try AppointmentStore.listOfPatient($0.visit.patientID, in: tx) } ?? []
        }
        // Who comes again and again is called by name (R1.16).
        let comesOften = planned.count { $0.isLive && $0.day >= work.today } > 1
        let builder = DeskBuilder(board, DeskMoney(), DeskRoom(), opensCharges: false, by: request.work)
        let shell = try await request.shell(
            title: "接待", note: "\(request.today.longText) · \(builder.summary)", area: .reception,
            isTouch: request.query.has("touch"))
        return try request.page(
            DeskPage(
                shell: shell, arrived: guest.map { ArrivedView($0, comesOften: comesOften) },
                notes: NoteStripView(notes, by: work), desk: desk))
    }

    static func boardPart(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        // After a change all open desks ask at once. What they see depends on their rights only; the rings of the waits
        // count in seconds, so what was read is shared for no longer than two.
        let moment = request.now.milliseconds / 2_000
        let desk = try await request.shared("desk \(moment)", rights: Capability.allCases) {
            try await load(request).desk
        }
        return try request.fragment(desk)
    }

    private static func load(_ request: StaffRequest) async throws -> (desk: DeskView, board: ReceptionBoard) {
        let work = request.work
        let opensCharges =
            request.web.app.routes.access(toPage: ReceptionPaths.chargesPattern)?.allows(work.actor) ?? false
        return try await request.read { tx in
            let board = try ReceptionBoard.load(by: work, in: tx)
            let money = try DeskMoney.load(board, by: work, in: tx)
            let room = try DeskRoom.load(board, by: work, in: tx)
            var desk = DeskBuilder(board, money, room, opensCharges: opensCharges, by: work).build()
            desk.sent = try LobbyGuests.listOpen(by: work, in: tx).map { SentToDeskView($0, by: work) }
            desk.hallLinks = HallLinks.all(for: work.actor)
            desk.crowding = try ChecklistRules.crowding(
                waiting: VisitStore.countWaiting(clinic: work.clinic.id, day: work.today, in: tx),
                playbook: work.playbook)
            desk.written = try WrittenToDeskView.list(by: work, in: tx)
            return (desk, board)
        }
    }
}

extension ArrivedView {
    init(_ guest: ReceptionBoard.Guest, comesOften: Bool) {
        cue = comesOften ? "后面还有预约的客人：请称呼「\(guest.patient?.greeting ?? guest.name)」" : nil
        number = guest.ticketLabel ?? ""
        name = guest.patient?.greeting ?? guest.name
        let told = guest.visit.toldWaitMinutes
        advice = told.map { $0 == 0 ? "请稍候，马上可以进诊室" : "请在候诊区就座，大约等 \($0) 分钟" } ?? "请在候诊区就座"
        href = ReceptionPaths.visit(guest.visit.id)
    }
}

extension StaffRequest {
    var visitID: ID<Visit> { get throws { try id("id", Visit.self, what: "到访") } }

    /// Where a form of the board or of a visit leads back to.
    var wayBack: String {
        URLText.localPath(web.form["next"]) ?? URLText.localPath(web.query["next"]) ?? ReceptionPaths.board
    }

    /// A change of a visit: tells every screen that shows it.
    func change<T: Sendable>(_ body: @escaping @Sendable (any WriteTransaction) throws -> T) async throws -> T {
        try await write(changing: .reception, .chairs, .board, .checkout, .tasks, body: body)
    }
}
