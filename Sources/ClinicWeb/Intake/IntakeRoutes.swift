import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// First-visit forms (R1.03, R1.05–R1.08).
package enum IntakeRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [IntakeSheetPage.self, IntakeListPage.self, IntakePrintPage.self]
    }

    package static func add(to table: inout RouteTable) {
        let mayWrite = Access.needsAny(Intake.capabilities)
        table.get(IntakePaths.list, mayWrite, use: list)
        table.get(IntakePaths.patternOfOne, .needs(.seePatientRecord), use: show)
        table.get("/intake/:id/print", .needs(.seePatientRecord), use: print)
        table.post("/patients/:id/intake", mayWrite, use: start)
        table.post(IntakePaths.patternOfOne, mayWrite, use: save)
        table.post("/intake/:id/rest", mayWrite, use: answerRest)
        table.post("/intake/:id/sign", mayWrite, use: sign)
        table.post("/intake/:id/check", .needs(.editPatients), use: check)
        table.post("/intake/:id/discard", .needs(.editPatients), use: discard)
    }

    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        let shell = try await request.shell(title: "初诊表待查核", area: .patients)
        let page = try await request.read { tx in
            let forms = try IntakeStore.listOpen(clinic: work.clinic.id, in: tx)
            let people = try PatientStore.briefs(
                Array(Set(forms.compactMap(\.patientID))), today: work.today, in: tx)
            let names = Dictionary(people.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
            let staff = try StaffStore.names(Set(forms.map(\.startedBy) + forms.compactMap(guide)), in: tx)
            let rows = try forms.map { form in
                let unchecked = try IntakeStore.fields(of: form.id, in: tx).count { !$0.isChecked }
                return IntakeListPage.Row(
                    href: IntakePaths.one(form.id), name: form.patientID.flatMap { names[$0] } ?? "",
                    kind: form.kind.label, state: chip(form.state), unchecked: unchecked == 0 ? "" : "\(unchecked) 项",
                    filled: fillText(form.fill, staff),
                    started: "\(work.clinic.calendar.dateTimeText(form.startedAt)) \(starter(form, staff))")
            }
            return IntakeListPage(
                shell: shell, countText: rows.isEmpty ? "都查核完了" : "\(rows.count) 张没有完成", rows: rows,
                hasRows: !rows.isEmpty)
        }
        return try request.page(page)
    }

    static func start(_ request: StaffRequest) async throws -> Response {
        let patient = try request.id("id", Patient.self, what: "客人资料")
        let work = request.work
        guard let kind = IntakeKind(rawValue: request.form["kind"]) else { throw NotFound("初诊表") }
        let visit = ID<Visit>(request.form["visit"])
        let form = try await request.writeShared(changing: .customers) { tx in
            try Intake.start(kind, of: patient, visit: visit, by: work, in: tx)
        }
        return request.redirect(IntakePaths.one(form.id), flash: "请客人填写或逐项问一遍")
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, typed: [], faults: FormErrors())
    }

    static func save(_ request: StaffRequest) async throws -> Response {
        try await change(request, flash: "已保存") { _, form, _, _ in form }
    }

    /// Everything nobody asked about becomes "no" (R1.08): the colleague has asked "anything else?".
    static func answerRest(_ request: StaffRequest) async throws -> Response {
        try await change(request, flash: "其余都记为没有") { typed, form, work, tx in
            let stored = Set(try IntakeStore.fields(of: form.id, in: tx).map(\.field))
            let rest = IntakeRules.questions(form.kind, work.playbook)
                .filter { $0.answer == .yesNo && !stored.contains($0.field) }
                .map { IntakeAnswer($0.field, IntakeQuestion.no) }
            return try Intake.answer(form.id, version: form.version, rest, fill: nil, by: work, in: tx)
        }
    }

    static func check(_ request: StaffRequest) async throws -> Response {
        try await change(request, flash: "已查核") { typed, form, work, tx in
            let field = typed["checked"].nonBlank
            return try Intake.check(form.id, version: form.version, fields: field.map { [$0] }, by: work, in: tx)
        }
    }

    static func sign(_ request: StaffRequest) async throws -> Response {
        try await change(request, flash: "已签名") { typed, form, work, tx in
            let signature = try NewSignature(
                path: typed["signature"], isPaper: typed.has("isPaper"), signerName: typed["signerName"],
                isGuardian: typed.has("isGuardian"))
            return try Intake.sign(form.id, version: form.version, signature, by: work, in: tx)
        }
    }

    static func discard(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", IntakeForm.self, what: "初诊表")
        let (work, version) = (request.work, Int(request.form["version"]) ?? 0)
        let form = try await request.writeShared(changing: .customers) { tx in
            try Intake.discard(id, version: version, by: work, in: tx)
        }
        return request.redirect(form.patientID.map { PatientPaths.one($0) } ?? IntakePaths.list, flash: "这张表已作废")
    }

    /// Saves what was typed, then does the step: one form, one button, nothing lost.
    private static func change(
        _ request: StaffRequest, flash: String,
        _ step: @escaping @Sendable (Form, IntakeForm, Work, any WriteTransaction) throws -> IntakeForm
    ) async throws -> Response {
        let id = try request.id("id", IntakeForm.self, what: "初诊表")
        let (typed, work) = (request.form, request.work)
        let answers = try answers(typed)
        do {
            _ = try await request.writeShared(changing: .customers) { tx in
                let saved = try Intake.answer(
                    id, version: Int(typed["version"]) ?? 0, answers, fill: fill(typed), by: work, in: tx)
                return try step(typed, saved, work, tx)
            }
            return request.redirect(IntakePaths.one(id), flash: flash)
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await page(request, typed: answers, faults: FormErrors(error))
        }
    }

    /// Fields of a form are named `a.<field>` and `n.<field>`.
    private static func answers(_ typed: Form) throws -> [IntakeAnswer] {
        typed.names.filter { $0.hasPrefix("a.") }.sorted().map { name in
            let field = String(name.dropFirst(2))
            return IntakeAnswer(field, typed[name], note: typed["n.\(field)"])
        }
    }

    private static func fill(_ typed: Form) -> IntakeFill? {
        switch typed["fill"] {
        case "alone": .alone
        case "guided": ID<Staff>(typed["guide"]).map { .guided(by: $0) }
        default: nil
        }
    }
}
