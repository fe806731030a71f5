import Clinic
import Hummingbird
import Kernel
import Storage

/// The appointment book.
package enum AppointmentRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [
            BoardPage.self, BoardView.self, AppointmentView.self, NewBookingPage.self, PeopleView.self,
            AppointmentPage.self, DayPlanPage.self, AppointmentCardPage.self,
        ]
    }

    package static func add(to table: inout RouteTable) {
        table.get(AppointmentPaths.board, .needs(.seeBoard), use: board)
        table.get(AppointmentPaths.boardPart, .needs(.seeBoard), use: boardPart)
        table.get(AppointmentPaths.check, .needs(.seeBoard), use: check)
        table.get(AppointmentPaths.plan, .needs(.seeBoard), use: plan)
        table.get(AppointmentPaths.new, .needs(.bookAppointments), use: BookingHandlers.new)
        table.get(AppointmentPaths.people, .needs(.bookAppointments), use: BookingHandlers.people)
        table.post(AppointmentPaths.board, .needs(.bookAppointments), use: BookingHandlers.book)
        table.get("/appointments/:id", .needs(.seeBoard), use: show)
        table.get("/appointments/:id/panel", .needs(.seeBoard), use: panel)
        table.get("/appointments/:id/card", .needs(.seeBoard), use: card)
        table.post("/appointments/:id/confirmation", .needs(.bookAppointments), use: ChangeHandlers.confirm)
        table.post("/appointments/:id/confirmation/undo", .needs(.bookAppointments), use: ChangeHandlers.unconfirm)
        table.post("/appointments/:id/slot", .needs(.moveAppointments), use: ChangeHandlers.move)
        table.post("/appointments/:id/length", .needs(.moveAppointments), use: ChangeHandlers.length)
        table.post("/appointments/:id/absence", .needs(.moveAppointments), use: ChangeHandlers.miss)
        table.post("/appointments/:id/absence/undo", .needs(.moveAppointments), use: ChangeHandlers.undo)
        table.post("/appointments/:id/cancellation", .needs(.cancelAppointments), use: ChangeHandlers.cancel)
        table.post("/appointments/:id/cancellation/undo", .needs(.moveAppointments), use: ChangeHandlers.undo)
    }

    // MARK: - Reading

    static func board(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day", "by", "pick")
        let day = request.day("day") ?? request.today
        let by = BoardColumns(rawValue: request.query["by"]) ?? .doctor
        let pick = ID<Appointment>(request.query["pick"])
        let board = try await AppointmentReading.sharedBoard(day: day, by: by, for: request)
        var detail: AppointmentDetail?
        if let pick {
            detail = try await request.read { tx in
                try AppointmentStore.find(pick, clinic: request.clinic.id, in: tx).map { _ in
                    try AppointmentReading.detail(pick, for: request, in: tx)
                }
            }
        }
        let people = board.states.map(\.count).reduce(0, +)
        return try request.web.page(
            BoardPage(
                shell: try await request.shell(
                    title: "预约", note: "\(day == request.today ? "今天" : day.monthDayText) \(people) 位", area: .board),
                board: board, day: day, by: by, today: request.today, mayBook: request.may(.bookAppointments),
                detail: detail.map { AppointmentView($0, for: request) }, playbook: request.work.playbook))
    }

    /// The grid alone, for the live screen.
    static func boardPart(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day", "by")
        let day = request.day("day") ?? request.today
        let by = BoardColumns(rawValue: request.query["by"]) ?? .doctor
        return try request.web.fragment(try await AppointmentReading.sharedBoard(day: day, by: by, for: request))
    }

    static func panel(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "预约")
        let detail = try await request.read { tx in try AppointmentReading.detail(id, for: request, in: tx) }
        return try request.web.fragment(AppointmentView(detail, for: request))
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "预约")
        return try await ChangeHandlers.page(id, request)
    }

    /// Tells before the drop whether a booking fits, and whom it would hit.
    static func check(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("appointment", "patient", "day", "unit", "units", "doctor", "chair")
        let query = request.query
        guard let day = Day(query["day"]), let start = SlotText.unit(query["unit"]),
            let units = SlotText.units(query["units"])
        else {
            throw FormErrors("day", "请选择日期和时间")
        }
        let id = ID<Appointment>(query["appointment"])
        let answer = try await request.read { tx -> SlotCheck in
            let own = try id.map { try AppointmentStore.get($0, clinic: request.clinic.id, in: tx) }
            guard let doctor = ID<Staff>(query["doctor"]) ?? own?.doctorID else { throw FormErrors("doctor", "请选择医生") }
            let slot = Slot(
                day: day, start: start, units: units, doctorID: doctor,
                chairID: query.has("chair") ? ID<Chair>(query["chair"]) : own?.chairID)
            let obstacles = try Booking.obstacles(
                slot, patient: ID<Patient>(query["patient"]), own: own, by: request.work, in: tx)
            let name = try StaffStore.names([doctor], in: tx)[doctor] ?? ""
            return SlotCheck(slot, doctor: name, changesDoctor: own.map { $0.doctorID != doctor } ?? false, obstacles)
        }
        return try request.web.json(answer)
    }

    // MARK: - Paper

    /// The plan of a day, for the wall and for the case of an outage (R3.28).
    static func plan(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day")
        let day = request.day("day") ?? request.today.adding(days: 1)
        let plan = try await request.read { tx in try DayPlan.load(clinic: request.clinic.id, day: day, in: tx) }
        return try request.web.page(
            DayPlanPage(
                shell: request.bareShell(title: "\(day.monthDayText) 到访安排"), plan: plan, clinic: request.clinic,
                printedAt: request.now, by: request.actor.name))
    }

    /// The card the customer takes home (R3.05).
    static func card(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "预约")
        let detail = try await request.read { tx in try AppointmentReading.detail(id, for: request, in: tx) }
        return try request.web.page(
            AppointmentCardPage(shell: request.bareShell(title: "预约卡"), detail: detail, clinic: request.clinic))
    }
}

/// What the ghost of a drag shows.
struct SlotCheck: Encodable, Sendable {
    let fits: Bool
    /// A reason is enough to pass what stands in the way.
    let needsOverride: Bool
    let changesDoctor: Bool
    /// "11:00–11:45 周启航"
    let place: String
    let problems: [String]

    init(_ slot: Slot, doctor: String, changesDoctor: Bool, _ obstacles: [any UserFacingError]) {
        let passable = obstacles.filter {
            if case BookingError.outsideRosterNeedsReason? = $0 as? BookingError { true } else { false }
        }
        fits = passable.count == obstacles.count
        needsOverride = !passable.isEmpty
        self.changesDoctor = changesDoctor
        place = "\(slot.start.clockText)–\(slot.end.clockText) \(doctor)"
        problems = obstacles.map(\.userMessage)
    }
}
