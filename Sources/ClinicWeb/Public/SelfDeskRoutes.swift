import Clinic
import Hummingbird
import Kernel
import Storage

/// 待核对登记 at the desk, and the codes that lead customers to the form (R1.10).
package enum SelfDeskRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [SelfDeskPage.self, SelfCasePage.self, ClinicCodePage.self, BookingCodePage.self]
    }

    package static func add(to table: inout RouteTable) {
        table.get(SelfDeskPaths.list, .needs(.registerPatients), use: list)
        table.get(SelfDeskPaths.code, .needs(.registerPatients), use: clinicCode)
        table.get("/self-registrations/:id", .needs(.registerPatients), use: show)
        table.post("/self-registrations/:id/new", .needs(.editPatients), use: acceptAsNew)
        table.post("/self-registrations/:id/file", .needs(.editPatients), use: fill)
        table.post("/self-registrations/:id/refusal", .needs(.registerPatients), use: refuse)
        table.post("/appointments/:id/registration-code", .needs(.bookAppointments), use: bookingCode)
    }

    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        let cases = try await request.read { tx in try SelfDesk.listWaiting(by: work, in: tx) }
        let shell = try await request.shell(title: "客人", note: "待核对登记 \(cases.count) 份", area: .patients)
        return try request.page(
            SelfDeskPage(
                shell: shell, rows: cases.map { SelfRowView($0, for: request) },
                hasCode: request.app.options.publicBaseURL != nil,
                collectsPaper: work.playbook[.registrationPaper]))
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try await page(request.id("id", SelfRegistration.self, what: "自助登记"), request)
    }

    static func acceptAsNew(_ request: StaffRequest) async throws -> Response {
        let fields = fields(request)
        return try await settle(request, flash: "已建档，登记核对完毕") { id, work, tx in
            try SelfDesk.acceptAsNew(id, fields: fields, by: work, in: tx)
        }
    }

    static func fill(_ request: StaffRequest) async throws -> Response {
        guard let patient = ID<Patient>(request.form["patient"]) else { throw NotFound("客人资料") }
        let fields = fields(request)
        return try await settle(request, flash: "已填进档案，登记核对完毕") { id, work, tx in
            try SelfDesk.fill(id, into: patient, fields: fields, by: work, in: tx)
        }
    }

    static func refuse(_ request: StaffRequest) async throws -> Response {
        try await settle(request, flash: "已按无此客人处理，三十天后清除") { id, work, tx in
            try SelfDesk.refuse(id, by: work, in: tx)
        }
    }

    // MARK: Codes

    /// The code at the desk and the door: for every customer the same, so it may hang there.
    static func clinicCode(_ request: StaffRequest) async throws -> Response {
        guard let base = request.app.options.publicBaseURL else { throw NotFound("对外网址") }
        let address = base + PublicPaths.selfStart(request.clinic.id).text(.chinese)
        return try request.page(
            ClinicCodePage(
                shell: try await request.shell(title: "登记二维码"), clinicName: request.clinic.name,
                isSmall: request.web.query["size"] != "a5", code: try QRCode(address, label: "扫码登记"), address: address))
    }

    /// For one booking: made now, shown once, good until the evening of the visit.
    static func bookingCode(_ request: StaffRequest) async throws -> Response {
        guard let base = request.app.options.publicBaseURL else { throw NotFound("对外网址") }
        let id = try request.id("id", Appointment.self, what: "预约")
        let (token, work) = (PublicToken.random(), request.work)
        let (made, booking) = try await request.write(changing: .board) { tx in
            (
                try SelfRegistrations.invite(id, token: token, by: work, in: tx),
                try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
            )
        }
        let address = base + PublicPaths.selfForm(token).text(.chinese)
        return try request.page(
            BookingCodePage(
                shell: try await request.shell(title: "登记二维码"), clinicName: request.clinic.name,
                when: PublicDates.when(booking.day, booking.start, .chinese),
                until: request.clinic.calendar.dateTimeText(made.expiresAt),
                code: try QRCode(address, label: "扫码登记"), address: address, backHref: "/appointments/\(id.text)"))
    }

    // MARK: Parts

    private static func fields(_ request: StaffRequest) -> Set<SelfField> {
        Set(request.form.all("field").compactMap { SelfField(rawValue: $0) })
    }

    private static func settle(
        _ request: StaffRequest, flash: String,
        _ body: @escaping @Sendable (ID<SelfRegistration>, Work, any WriteTransaction) throws -> SelfRegistration
    ) async throws -> Response {
        let id = try request.id("id", SelfRegistration.self, what: "自助登记")
        let work = request.work
        let settled: SelfRegistration
        do {
            settled = try await request.writeShared(changing: Set<Topic>.customers) { tx in try body(id, work, tx) }
        } catch let error as SelfDeskError {
            return try await page(id, request, fault: error)
        } catch let error as FormErrors {
            return try await page(id, request, fault: error)
        }
        let next = settled.patientID.map { "/patients/\($0.text)" } ?? SelfDeskPaths.list
        return request.redirect(next, flash: flash)
    }

    private static func page(
        _ id: ID<SelfRegistration>, _ request: StaffRequest, fault: (any UserFacingError)? = nil
    ) async throws -> Response {
        let work = request.work
        let found = try await request.read { tx in try SelfDesk.load(id, by: work, in: tx) }
        let shell = try await request.shell(title: "客人", note: "核对自助登记", area: .patients)
        let ticked = fault == nil ? nil : fields(request)
        return try request.page(
            SelfCasePage(shell: shell, found, ticked: ticked, fault: fault?.userMessage, for: request),
            status: fault.map { ErrorPages.status(of: $0.kind) } ?? .ok)
    }
}

package enum SelfDeskPaths {
    package static let list = "/self-registrations"
    /// The printed code of the clinic.
    package static let code = "/self-registrations/code"
    static func form(_ id: ID<SelfRegistration>) -> String { "/self-registrations/\(id.text)" }
    static func action(_ id: ID<SelfRegistration>, _ name: String) -> String { "\(form(id))/\(name)" }
}
