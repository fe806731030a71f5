import Clinic
import Hummingbird
import Kernel
import Storage

/// 网上预约待核实: the desk finds out who booked on line (R3.09).
package enum OnlineDeskRoutes: Feature {
    package static var views: [any Fragment.Type] { [OnlineDeskPage.self, OnlineCasePage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(OnlineDeskPaths.list, .needs(.bookAppointments), use: list)
        table.get("/online-bookings/:id", .needs(.bookAppointments), use: show)
        table.get("/online-bookings/of/:id", .needs(.bookAppointments), use: showOfAppointment)
        table.post("/online-bookings/:id/new", .needs(.registerPatients), use: accept)
        table.post("/online-bookings/:id/merge", .needs(.mergePatients), use: join)
        table.post("/online-bookings/:id/refusal", .needs(.cancelAppointments), use: refuse)
    }

    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        let cases = try await request.read { tx in try OnlineDesk.listOpen(by: work, in: tx) }
        return try request.page(
            OnlineDeskPage(
                shell: try await request.shell(title: "预约", note: "网上预约待核实 \(cases.count) 位", area: .board),
                rows: cases.map { OnlineRowView($0, for: request) }))
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", OnlineForm.self, what: "网上预约")
        return try await page(id, request)
    }

    /// Where the task leads: it knows the booking, not the form.
    static func showOfAppointment(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "网上预约")
        let clinic = request.clinic.id
        let form = try await request.read { tx in try OnlineFormStore.find(of: id, clinic: clinic, in: tx) }
        guard let form else { throw NotFound("网上预约") }
        return request.redirect(OnlineDeskPaths.form(form.id))
    }

    static func accept(_ request: StaffRequest) async throws -> Response {
        try await settle(request, flash: "已核实，是新客人") { id, work, tx in
            try OnlineDesk.acceptAsNew(id, by: work, in: tx)
        }
    }

    static func join(_ request: StaffRequest) async throws -> Response {
        guard let known = ID<Patient>(request.form["patient"]) else { throw NotFound("客人资料") }
        return try await settle(request, flash: "预约已并入原档案") { id, work, tx in
            try OnlineDesk.join(id, with: known, by: work, in: tx)
        }
    }

    static func refuse(_ request: StaffRequest) async throws -> Response {
        try await settle(request, flash: "已按核实不到本人处理，时间放出") { id, work, tx in
            try OnlineDesk.refuse(id, by: work, in: tx)
        }
    }

    private static func settle(
        _ request: StaffRequest, flash: String,
        _ body: @escaping @Sendable (ID<OnlineForm>, Work, any WriteTransaction) throws -> OnlineForm
    ) async throws -> Response {
        let id = try request.id("id", OnlineForm.self, what: "网上预约")
        let work = request.work
        do {
            _ = try await request.write(changing: .board, .tasks, .patients) { tx in try body(id, work, tx) }
        } catch let error as BookingError {
            return try await page(id, request, fault: error.userMessage, status: .conflict)
        }
        return request.redirect(OnlineDeskPaths.list, flash: flash)
    }

    private static func page(
        _ id: ID<OnlineForm>, _ request: StaffRequest, fault: String? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let work = request.work
        let found = try await request.read { tx in try OnlineDesk.load(id, by: work, in: tx) }
        let shell = try await request.shell(title: "预约", note: "核实网上预约", area: .board)
        return try request.page(OnlineCasePage(shell: shell, found, fault: fault, for: request), status: status)
    }
}

package enum OnlineDeskPaths {
    package static let list = "/online-bookings"
    package static func form(_ id: ID<OnlineForm>) -> String { "/online-bookings/\(id.text)" }
    /// The page of the booking a task is about.
    package static func ofAppointment(_ id: ID<Appointment>) -> String { "/online-bookings/of/\(id.text)" }
    static func action(_ id: ID<OnlineForm>, _ name: String) -> String { "/online-bookings/\(id.text)/\(name)" }
}
