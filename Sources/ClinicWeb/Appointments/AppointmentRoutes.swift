import Clinic
import Hummingbird
import Kernel
import Storage

/// The appointment book.
package enum AppointmentRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [
            AppointmentView.self, NewBookingPage.self, PeopleView.self, AppointmentPage.self, AppointmentCardPage.self,
            BookedPage.self, AbsencePage.self, RequestPage.self, ConfirmationPage.self, PlannedPage.self,
            DisplacePage.self, HandedPage.self,
        ]
    }

    package static func add(to table: inout RouteTable) {
        table.get(AppointmentPaths.new, .needs(.bookAppointments), use: BookingHandlers.new)
        table.get(AppointmentPaths.people, .needs(.bookAppointments), use: BookingHandlers.people)
        table.post(AppointmentPaths.offers, .needs(.bookAppointments), use: BookingHandlers.offers)
        table.post(AppointmentPaths.displace, .needs(.moveAppointments), use: DisplaceHandlers.show)
        table.post(AppointmentPaths.displacement, .needs(.moveAppointments), use: DisplaceHandlers.place)
        table.post("/appointments/expected", .needs(.bookAppointments), use: BookingHandlers.expect)
        table.get(AppointmentPaths.confirmations, .needs(.seeBoard), use: ConfirmationHandlers.list)
        table.post("/appointments/:id/answer", .needs(.bookAppointments), use: ConfirmationHandlers.answer)
        table.get(AppointmentPaths.planned, .needs(.seeBoard), use: PlannedHandlers.list)
        table.get(AppointmentPaths.absences, .needs(.seeBoard), use: AbsenceHandlers.list)
        table.get(AppointmentPaths.requests, .needs(.bookAppointments), use: RequestHandlers.list)
        table.get("/appointments/:id/booked", .needs(.bookAppointments), use: BookingNoteHandlers.booked)
        table.post(
            "/appointments/:id/notes", .needsAny([.bookAppointments, .confirmDayPlan]), use: BookingNoteHandlers.note)
        table.post("/appointments/:id/request/confirmation", .needs(.bookAppointments), use: RequestHandlers.confirm)
        table.post("/appointments/:id/request/refusal", .needs(.cancelAppointments), use: RequestHandlers.decline)
        table.post(AppointmentPaths.board, .needs(.bookAppointments), use: BookingHandlers.book)
        table.get("/appointments/:id", .needs(.seeBoard), use: show)
        table.get("/appointments/:id/panel", .needs(.seeBoard), use: panel)
        table.get("/appointments/:id/card", .needs(.seeBoard), use: card)
        table.post("/appointments/:id/confirmation", .needs(.bookAppointments), use: ChangeHandlers.confirm)
        table.post("/appointments/:id/confirmation/undo", .needs(.bookAppointments), use: ChangeHandlers.unconfirm)
        table.post("/appointments/:id/slot", .needs(.moveAppointments), use: ChangeHandlers.move)
        table.post("/appointments/:id/parts", .needs(.moveAppointments), use: ChangeHandlers.arrange)
        table.get(AppointmentPaths.handed, .needs(.seeBoard), use: HandedHandlers.list)
        table.get(AppointmentPaths.handedNew, .needs(.bookAppointments), use: HandedHandlers.new)
        table.post(AppointmentPaths.handed, .needs(.bookAppointments), use: HandedHandlers.hand)
        table.post("/appointments/handed/:id/outcome", .needs(.assignSpecialCases), use: HandedHandlers.settle)
        table.post("/appointments/:id/length", .needs(.moveAppointments), use: ChangeHandlers.length)
        table.post("/appointments/:id/absence", .needs(.moveAppointments), use: ChangeHandlers.miss)
        table.post("/appointments/:id/absence/undo", .needs(.moveAppointments), use: ChangeHandlers.undo)
        table.post("/appointments/:id/cancellation", .needs(.cancelAppointments), use: ChangeHandlers.cancel)
        table.post("/appointments/:id/cancellation/undo", .needs(.moveAppointments), use: ChangeHandlers.undo)
    }

    // MARK: - Reading

    static func panel(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "预约")
        let detail = try await request.read { tx in try AppointmentReading.detail(id, for: request, in: tx) }
        return try request.web.fragment(AppointmentView(detail, for: request))
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "预约")
        return try await ChangeHandlers.page(id, request)
    }

    // MARK: - Paper

    /// The card the customer takes home (R3.05).
    static func card(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "预约")
        let detail = try await request.read { tx in try AppointmentReading.detail(id, for: request, in: tx) }
        return try request.web.page(
            AppointmentCardPage(shell: request.bareShell(title: "预约卡"), detail: detail, clinic: request.clinic))
    }
}
