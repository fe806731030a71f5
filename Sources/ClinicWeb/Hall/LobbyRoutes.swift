import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 门厅: returning customers are checked in at the door, everybody else is led to the desk (R4.22, R4.23, R4.28).
package enum LobbyRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [LobbyPage.self, LobbyPartView.self, LobbyHitsView.self, LobbyCheckInPage.self]
    }

    private static let checksIn = Access.needsAny([.checkInReturning, .checkIn])

    package static func add(to table: inout RouteTable) {
        table.get(HallPaths.lobby, .needs(.keepRegisters), use: show)
        table.get(HallPaths.lobbyPart, .needs(.keepRegisters), use: part)
        table.get(HallPaths.lobbyPeople, .needs(.keepRegisters), use: people)
        table.get("/lobby/check-ins/new", checksIn, use: ask)
        table.post(HallPaths.checkIns, checksIn, use: checkIn)
        table.post(HallPaths.guests, .needs(.keepRegisters), use: send)
        table.post("/lobby/guests/:id/met", .needs(.checkIn), use: meet)
        table.post(HallPaths.counts, .needs(.keepRegisters), use: count)
        table.post(HallPaths.reminders, .needs(.keepRegisters), use: remind)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("q")
        let (work, query) = (request.work, request.query["q"])
        let result = try await request.searchPeople(query)
        let (hits, lobby) = try await request.read { tx in
            (
                try LobbyBuilder.hits(result, query: query, by: work, in: tx),
                try LobbyBuilder.load(by: work, in: tx)
            )
        }
        let shell = try await request.shell(
            title: "门厅", note: request.today.longText, area: .reception, isTouch: true)
        return try request.page(LobbyPage(shell: shell, query: query, hits: hits, lobby: lobby))
    }

    static func part(_ request: StaffRequest) async throws -> Response {
        let work = request.work
        return try request.fragment(try await request.read { tx in try LobbyBuilder.load(by: work, in: tx) })
    }

    static func people(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("q")
        let (work, query) = (request.work, request.query["q"])
        let result = try await request.searchPeople(query)
        return try request.fragment(
            try await request.read { tx in try LobbyBuilder.hits(result, query: query, by: work, in: tx) })
    }

    // MARK: Arrivals

    static func ask(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("patient")
        guard let patient = ID<Patient>(request.query["patient"]) else { throw NotFound("客人") }
        return try await askPage(patient, request)
    }

    static func checkIn(_ request: StaffRequest) async throws -> Response {
        let (work, form) = (request.work, request.form)
        guard let patient = ID<Patient>(form["patient"]) else { throw NotFound("客人") }
        let (appointment, complaint) = (ID<Appointment>(form["appointment"]), form["complaint"])
        do {
            let (made, name) = try await request.write(changing: .reception, .board, .tasks, .patients) { tx in
                let made = try LobbyGuests.checkIn(
                    patient, appointment: appointment, complaint: complaint, by: work, in: tx)
                let brief = try PatientStore.briefs([patient], today: work.today, in: tx).first
                return (made, brief?.greeting ?? "客人")
            }
            return request.redirect(
                HallPaths.lobby, flash: "\(name)到诊登记好了，候诊号 \(made.ticket)，请到候诊区就座",
                undo: ReceptionPaths.action(made.visit.id, "undo"))
        } catch let faults as FormErrors {
            return try await askPage(patient, request, typed: complaint, faults: faults)
        } catch let refusal as HallError {
            return request.redirect(HallPaths.lobby, flash: FlashView(text: refusal.userMessage, tone: "warning"))
        } catch let refusal as ReceptionError {
            return request.redirect(HallPaths.lobby, flash: FlashView(text: refusal.userMessage, tone: "warning"))
        }
    }

    private static func askPage(
        _ patient: ID<Patient>, _ request: StaffRequest, typed: String = "", faults: FormErrors = FormErrors()
    ) async throws -> Response {
        let today = request.today
        let brief = try await request.read { tx in try PatientStore.briefs([patient], today: today, in: tx).first }
        guard let brief else { throw NotFound("客人") }
        let shell = try await request.shell(title: "门厅", note: brief.name, area: .reception, isTouch: true)
        return try request.page(
            LobbyCheckInPage(
                shell: shell, greeting: brief.greeting, about: "\(brief.name) · \(brief.gender.label) \(brief.ageText)",
                patient: patient.text, typed: typed, faults: faults),
            status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    static func send(_ request: StaffRequest) async throws -> Response {
        let (work, form) = (request.work, request.form)
        let patient = ID<Patient>(form["patient"])
        do {
            let guest = try await request.write(changing: .reception, .hall) { tx in
                try LobbyGuests.send(patient, label: form["label"], by: work, in: tx)
            }
            return request.redirect(HallPaths.lobby, flash: "\(guest.label)：请到前台，前台已经看到")
        } catch let refusal as any UserFacingError where refusal is HallError || refusal is FormErrors {
            return request.redirect(HallPaths.lobby, flash: FlashView(text: refusal.userMessage, tone: "warning"))
        }
    }

    static func meet(_ request: StaffRequest) async throws -> Response {
        let (work, id) = (request.work, try request.id("id", LobbyGuest.self, what: "门厅请来的客人"))
        try await request.write(changing: .reception, .hall) { tx in try LobbyGuests.meet(id, by: work, in: tx) }
        return request.redirect(ReceptionPaths.board, flash: "已接待")
    }

    // MARK: The door

    static func count(_ request: StaffRequest) async throws -> Response {
        let (work, form) = (request.work, request.form)
        guard let way = HallCounts.Way(rawValue: form["way"]) else { throw NotFound("方向") }
        let people = form["people"] == "-1" ? -1 : 1
        try await request.write(changing: .hall) { tx in try HallCounts.tap(way, people, by: work, in: tx) }
        return request.redirect(HallPaths.lobby)
    }

    static func remind(_ request: StaffRequest) async throws -> Response {
        let work = request.work
        try await request.write(changing: .hall) { tx in try LobbyReminders.record(by: work, in: tx) }
        return request.redirect(HallPaths.lobby, flash: "已记下：提醒大厅保持安静")
    }
}
