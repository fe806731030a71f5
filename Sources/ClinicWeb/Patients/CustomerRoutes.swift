import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// The page of one customer and its small forms.
enum CustomerRoutes {
    static func add(to table: inout RouteTable) {
        let mayRecord = Access.needsAny(PatientAlerts.capabilities)
        let mayEdit = Access.needsAny(PatientWishes.capabilities)
        table.post("/patients/:id/phone", .needs(.revealProtected), use: revealPhone)
        table.post("/patients/:id/document", .needs(.revealProtected), use: revealDocument)
        table.post("/patients/:id/alerts", mayRecord, use: recordAlert)
        table.post("/patients/:id/alerts/:alert/end", mayRecord, use: endAlert)
        table.post("/patients/:id/wishes", mayEdit, use: recordWish)
        table.post("/patients/:id/wishes/:wish/end", mayEdit, use: endWish)
        table.post("/patients/:id/consents", mayEdit, use: giveConsents)
        table.post("/patients/:id/consents/:kind/withdraw", mayEdit, use: withdrawConsent)
        table.post("/patients/:id/level", .needs(.assignAnyDoctor), use: setLevel)
        table.post("/patients/:id/household", mayEdit, use: joinHousehold)
        table.post("/patients/:id/household/leave", mayEdit, use: leaveHousehold)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        let id = try patientID(request)
        let response = try await page(id, request)
        noteView(id, request)
        return response
    }

    /// Every page that shows a record notes who looked (R16.11).
    static func noteView(_ id: ID<Patient>, _ request: StaffRequest) {
        request.web.app.accesses.note(
            "record.viewed", of: id, kindOfSubject: "patient", patient: id, by: request.actor,
            clinic: request.clinic.id, at: request.now)
    }

    /// An earlier stretch, or one kind only.
    static func timeline(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("kind", "before")
        let id = try patientID(request)
        let kind = TimelineEntry.Kind(rawValue: request.query["kind"])
        let before = Int64(request.query["before"]).map(Timestamp.init(milliseconds:))
        let (viewer, now) = (viewer(request), request.now)
        let (patient, timeline) = try await request.read { tx in
            (
                try PatientStore.get(id, in: tx),
                try PatientTimeline.read(id, for: viewer, kind: kind, before: before, now: now, in: tx)
            )
        }
        noteView(id, request)
        let view = TimelineView(timeline, of: id, kind: kind, for: request)
        if request.web.wantsFragment { return try request.fragment(view) }
        return try request.page(
            TimelinePage(
                shell: try await request.shell(title: Area.patients.label, area: .patients), name: patient.name,
                backHref: PatientPaths.one(id), timeline: view))
    }

    static func revealPhone(_ request: StaffRequest) async throws -> Response {
        let (id, work) = (try patientID(request), request.work)
        let text = try await request.write { tx in
            try ProtectedValues.revealPhone(id, reason: request.form["reason"].nonBlank, by: work, in: tx)
        }
        return try await revealed(text ?? PatientPhone.missing, label: "电话", id, request)
    }

    static func revealDocument(_ request: StaffRequest) async throws -> Response {
        let (id, work, cipher) = (try patientID(request), request.work, request.web.app.cipher)
        let text = try await request.write { tx in
            try ProtectedValues.revealDocument(
                id, reason: request.form["reason"].nonBlank, opening: cipher, by: work, in: tx)
        }
        return try await revealed(text, label: "证件号", id, request)
    }

    private static func recordAlert(_ request: StaffRequest) async throws -> Response {
        try await change(request, flash: "已记录病史") { id, form, work, tx in
            _ = try PatientAlerts.record(code: form["code"], note: form["note"], of: id, by: work, in: tx)
        }
    }

    private static func endAlert(_ request: StaffRequest) async throws -> Response {
        let alert = try request.id("alert", PatientAlert.self, what: "病史")
        return try await change(request, flash: "已停用这条病史") { id, _, work, tx in
            try PatientAlerts.end(alert, of: id, by: work, in: tx)
        }
    }

    private static func recordWish(_ request: StaffRequest) async throws -> Response {
        try await change(request, flash: "已记录要求") { id, form, work, tx in
            let wish = NewWish(kind: form["wishKind"], value: form["wishValue"], isHard: form.has("isHard"))
            _ = try PatientWishes.record(wish, of: id, by: work, in: tx)
        }
    }

    private static func endWish(_ request: StaffRequest) async throws -> Response {
        let wish = try request.id("wish", PatientWish.self, what: "要求")
        return try await change(request, flash: "已停用这条要求") { id, _, work, tx in
            try PatientWishes.end(wish, of: id, by: work, in: tx)
        }
    }

    /// R3.50
    private static func setLevel(_ request: StaffRequest) async throws -> Response {
        try await change(request, flash: "已记录重要程度") { id, form, work, tx in
            guard let level = Int(form["level"]) else { throw AssignmentError.invalidLevel }
            try PatientLevels.set(level, of: id, reason: form["levelReason"], by: work, in: tx)
        }
    }

    private static func giveConsents(_ request: StaffRequest) async throws -> Response {
        try await change(request, flash: "已记录同意") { id, form, work, tx in
            try Consents.give(
                Set(form.all("consent").compactMap(ConsentKind.init(rawValue:))), of: id,
                guardianName: form["guardianName"], guardianPhone: form["guardianPhone"], by: work, in: tx)
        }
    }

    private static func withdrawConsent(_ request: StaffRequest) async throws -> Response {
        guard let kind = request.parameters.get("kind").flatMap(ConsentKind.init(rawValue:)) else {
            throw NotFound("同意")
        }
        return try await change(request, flash: "已撤回：\(kind.label)") { id, _, work, tx in
            try Consents.withdraw(kind, of: id, by: work, in: tx)
        }
    }

    private static func joinHousehold(_ request: StaffRequest) async throws -> Response {
        try await change(request, flash: "已记为一家人") { id, form, work, tx in
            guard let relative = try PatientForm.person(form["relative"], field: "relative", in: tx) else {
                throw FormErrors("relative", "请输入家人的姓名，从提示里选择病历号")
            }
            try Households.link(id, with: relative, by: work, in: tx)
        }
    }

    private static func leaveHousehold(_ request: StaffRequest) async throws -> Response {
        try await change(request, flash: "已移出家庭") { id, _, work, tx in try Households.leave(id, by: work, in: tx) }
    }

    /// One small form: done and back to the page, or the page again with what was wrong.
    static func change(
        _ request: StaffRequest, flash: String,
        _ body: @escaping @Sendable (ID<Patient>, Form, Work, any WriteTransaction) throws -> Void
    ) async throws -> Response {
        let (id, form, work) = (try patientID(request), request.form, request.work)
        do {
            try await request.writeShared(changing: .customers) { tx in try body(id, form, work, tx) }
            return request.redirect(PatientPaths.one(id), flash: flash)
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await page(id, request, fault: error.userMessage, status: ErrorPages.status(of: error.kind))
        }
    }

    private static func page(
        _ id: ID<Patient>, _ request: StaffRequest, fault: String? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (viewer, now) = (viewer(request), request.now)
        let facts = try await request.read { tx in try CustomerFacts.read(id, for: viewer, now: now, in: tx) }
        let shell = try await request.shell(title: Area.patients.label, area: .patients)
        return try request.page(CustomerPage(facts, shell: shell, request: request, fault: fault), status: status)
    }

    private static func revealed(
        _ text: String, label: String, _ id: ID<Patient>, _ request: StaffRequest
    ) async throws -> Response {
        if request.web.wantsFragment { return try request.fragment(PhoneView(text: text, revealHref: nil)) }
        let patient = try await request.read { tx in try PatientStore.get(id, in: tx) }
        return try request.page(
            RevealedPage(
                shell: try await request.shell(title: Area.patients.label, area: .patients), name: patient.name,
                label: label, text: text, backHref: PatientPaths.one(id)))
    }

    private static func viewer(_ request: StaffRequest) -> TimelineViewer {
        TimelineViewer(request.actor, clinic: request.clinic, playbook: request.work.playbook)
    }

    private static func patientID(_ request: StaffRequest) throws -> ID<Patient> {
        try request.id("id", Patient.self, what: "客人资料")
    }
}
