import Clinic
import Hummingbird
import Kernel
import Storage

/// One entry: shown, ended, corrected, taken back, declared void.
enum RegisterEntryHandlers {
    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, FormErrors())
    }

    static func close(_ request: StaffRequest) async throws -> Response {
        let (work, form) = (request.work, request.form)
        return try await change(request, flash: nil) { id, register, tx in
            try Registers.close(
                id, version: Int(form["version"]) ?? 0,
                typed: RegisterForms.typed(register.closing?.fields ?? [], form), by: work, in: tx)
        }
    }

    static func reopen(_ request: StaffRequest) async throws -> Response {
        let (work, form) = (request.work, request.form)
        return try await change(request, flash: "已撤回") { id, _, tx in
            try Registers.reopen(id, version: Int(form["version"]) ?? 0, reason: form["reason"], by: work, in: tx)
        }
    }

    static func declareVoid(_ request: StaffRequest) async throws -> Response {
        let (work, form) = (request.work, request.form)
        return try await change(request, flash: "已作废") { id, _, tx in
            try Registers.declareVoid(id, version: Int(form["version"]) ?? 0, reason: form["reason"], by: work, in: tx)
        }
    }

    static func correction(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("patient", "q")
        let (entry, register) = try await load(request)
        return try await RegisterForms.page(register, entry: entry, typed: nil, FormErrors(), request)
    }

    static func correct(_ request: StaffRequest) async throws -> Response {
        let (entry, register) = try await load(request)
        let (work, form) = (request.work, request.form)
        do {
            let at = try RegisterForms.happenedAt(request)
            let same =
                at.map { work.clinic.calendar.dateTimeText($0) }
                == work.clinic.calendar.dateTimeText(entry.happenedAt)
            let typed = RegisterForms.typed(register.allFields, form)
            _ = try await request.write(changing: .registers, .tasks) { tx in
                // The form knows minutes only: an unchanged time keeps its seconds.
                try Registers.correct(
                    entry.id, version: Int(form["version"]) ?? 0, typed: typed, happenedAt: same ? nil : at,
                    reason: form["reason"], by: work, in: tx)
            }
            return request.redirect(RegisterPaths.entry(entry.id), flash: "已更正，原来的写法留在历史里")
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await RegisterForms.page(register, entry: entry, typed: form, FormErrors(error), request)
        }
    }

    // MARK: - Parts

    private static func load(_ request: StaffRequest) async throws -> (RegisterEntry, RegisterDefinition) {
        let id = try request.id("id", RegisterEntry.self, what: "登记")
        let clinic = request.clinic.id
        let entry = try await request.read { tx in try RegisterStore.get(id, clinic: clinic, in: tx) }
        return (entry, try definition(entry, request))
    }

    /// - Throws: `NotFound` when the person may not read it, when it is switched off, and past its retention.
    private static func definition(_ entry: RegisterEntry, _ request: StaffRequest) throws -> RegisterDefinition {
        let playbook = request.work.playbook
        guard let register = playbook.register(entry.register), playbook.isLive(register),
            RegisterRules.mayRead(register, request.actor),
            entry.businessDay >= RegisterRules.firstDay(register, today: request.today)
        else { throw NotFound("登记") }
        return register
    }

    private static func change(
        _ request: StaffRequest, flash: String?,
        _ body:
            @escaping @Sendable (ID<RegisterEntry>, RegisterDefinition, any WriteTransaction) throws ->
            RegisterEntry
    ) async throws -> Response {
        let (entry, register) = try await load(request)
        do {
            let changed = try await request.write(changing: .registers, .tasks) { tx in
                try body(entry.id, register, tx)
            }
            return request.redirect(
                RegisterPaths.entry(entry.id), flash: flash ?? Registers.stateText(changed, register))
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await page(request, FormErrors(error))
        }
    }

    private static func page(_ request: StaffRequest, _ faults: FormErrors) async throws -> Response {
        let (entry, register) = try await load(request)
        let work = request.work
        let shell = try await request.shell(title: register.title, area: .operations)
        let mayWrite = RegisterRules.mayWrite(register, work.actor) && entry.state != .void
        let page = try await request.read { tx in
            let versions = try RegisterStore.versions(entry.id, in: tx)
            let names = try RegisterNames.load([entry], work.playbook, clinic: work.clinic.id, in: tx)
            let people = try StaffStore.names(Set(versions.map(\.changedBy)), in: tx)
            let signatures = try SignatureStore.list(kind: "registerEntry", id: entry.id.raw, in: tx)
            var chips = [RegisterRoutes.state(entry, register)]
            if entry.isLate { chips.append(ToneChip("补录", tone: "warning")) }
            let closing = entry.state == .open && mayWrite ? register.closing : nil
            let drawn = signatures.map {
                RegisterEntryPage.Drawn(
                    label: register.field($0.step)?.label ?? "签字",
                    who:
                        "\($0.signer.name) \(work.clinic.calendar.clockText($0.signedAt))\($0.path == nil ? "，签在纸上" : "")",
                    path: $0.path)
            }
            return RegisterEntryPage(
                shell: shell, title: register.title, chips: chips, facts: facts(entry, register, names, request),
                signatures: drawn, hasSignatures: !drawn.isEmpty,
                closing: try closing.map { try form($0, entry, faults, request, in: tx) },
                correctHref: mayWrite ? RegisterPaths.action(entry.id, "correction") : nil,
                acts: mayWrite ? acts(entry, faults) : [], hasActs: mayWrite,
                history: history(versions, register, people, request), listHref: RegisterPaths.list(register.id))
        }
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    private static func form(
        _ closing: RegisterDefinition.Closing, _ entry: RegisterEntry, _ faults: FormErrors, _ request: StaffRequest,
        in tx: any ReadTransaction
    ) throws -> RegisterEntryPage.ClosingForm {
        let typed = request.form
        let questions = try RegisterForms.questions(
            closing.fields, customer: nil, pickHref: "", faults: faults, work: request.work,
            value: { field in
                if typed.has(field.formName) { return typed[field.formName] }
                return field.kind == .choice && field.isRequired ? field.choices.first?.code ?? "" : ""
            }, in: tx)
        return RegisterEntryPage.ClosingForm(
            action: RegisterPaths.action(entry.id, "closing"), version: entry.version, button: closing.action,
            questions: questions, fault: faults.messages(outside: Set(closing.fields.map(\.formName) + ["reason"])))
    }

    private static func acts(_ entry: RegisterEntry, _ faults: FormErrors) -> [RegisterEntryPage.Act] {
        func act(_ name: String, _ button: String) -> RegisterEntryPage.Act {
            RegisterEntryPage.Act(
                action: RegisterPaths.action(entry.id, name), version: entry.version, button: button,
                input: InputView("reason", "为什么\(button)", isRequired: true, faults: faults))
        }
        return entry.state == .closed ? [act("reopening", "撤回")] : [act("voiding", "作废")]
    }

    private static func facts(
        _ entry: RegisterEntry, _ register: RegisterDefinition, _ names: RegisterNames, _ request: StaffRequest
    ) -> [FactView] {
        var facts = [FactView("发生", RegisterRoutes.when(entry.happenedAt, request))]
        for field in register.allFields where field.kind != .signature {
            guard let text = RegisterText.answer(field, entry, names, masked: !request.may(.seePhones)) else {
                continue
            }
            let mayOpen = field.kind == .customer && request.may(.seePatientRecord)
            facts.append(FactView(field.label, text, href: mayOpen ? entry.patientID.map(PatientPaths.one) : nil))
        }
        let by = names.staff[entry.recordedBy] ?? "系统"
        facts.append(FactView("登记", "\(RegisterRoutes.when(entry.recordedAt, request)) \(by)"))
        if let at = entry.closedAt {
            let who = entry.closedBy.flatMap { names.staff[$0] } ?? "系统"
            facts.append(
                FactView(register.closing?.closedState ?? "已了", "\(RegisterRoutes.when(at, request)) \(who)"))
        }
        return facts
    }

    private static func history(
        _ versions: [RegisterVersion], _ register: RegisterDefinition, _ people: [ID<Staff>: String],
        _ request: StaffRequest
    ) -> [RegisterEntryPage.Change] {
        versions.enumerated().map { index, version in
            let before = index + 1 < versions.count ? versions[index + 1] : nil
            let what =
                switch version.change {
                case .entered: "登记"
                case .closed: register.closing?.action ?? "办完"
                case .corrected: "更正"
                case .reopened: "撤回"
                case .voided: "作废"
                }
            let changed =
                version.change == .corrected
                ? register.allFields.filter {
                    $0.kind != .signature && before?.content[$0.id] != version.content[$0.id]
                }
                .map(\.label) : []
            return RegisterEntryPage.Change(
                at: RegisterRoutes.when(version.changedAt, request), who: people[version.changedBy] ?? "系统", what: what,
                reason: version.reason, changes: changed.isEmpty ? [] : ["改了\(changed.joined(separator: "、"))"])
        }
    }
}
