import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// What the pages of a form show.
extension IntakeRoutes {
    static func page(
        _ request: StaffRequest, typed: [IntakeAnswer], faults: FormErrors
    ) async throws -> Response {
        let id = try request.id("id", IntakeForm.self, what: "初诊表")
        let (work, form) = (request.work, request.form)
        let shell = try await request.shell(title: "初诊表", area: .patients)
        let mayCheck = request.may(.editPatients)
        let mayWrite = Intake.capabilities.contains(where: request.may)
        let page = try await request.read { tx in
            let sheet = try Intake.sheet(id, clinic: work.clinic.id, in: tx)
            let patient = try sheet.form.patientID.map { try PatientStore.get($0, in: tx) }
            let colleagues = try StaffStore.listActive(clinic: work.clinic.id, in: tx)
            let names = try StaffStore.names(people(sheet), in: tx)
            let answers = Dictionary(typed.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
            let stored = Dictionary(sheet.fields.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
            let questions = IntakeRules.questions(sheet.form.kind, work.playbook)
            let rows = questions.map { question in
                IntakeRowView(
                    question, stored: stored[question.field], typed: answers[question.field],
                    error: faults.messages[question.field],
                    checkedBy: stored[question.field].flatMap { stamp($0.checkedBy, $0.checkedAt, names, work) },
                    checkHref: mayCheck && patient != nil ? IntakePaths.action(id, "check") : nil)
            }
            let missing = IntakeRules.missing(
                sheet.form.kind, answered: Set(sheet.fields.map(\.field)), work.playbook)
            let known = Set(questions.map(\.field)).union(["signerName", "signature"])
            return IntakeSheetPage(
                shell: shell, title: sheet.form.kind.label, person: personText(patient, sheet, work),
                personHref: patient.map { PatientPaths.one($0.id) }, action: IntakePaths.one(id),
                version: sheet.form.version, chips: chips(sheet), nextStep: nextStep(sheet, missing),
                fault: faults.messages(outside: known), rows: rows, isInquiry: sheet.form.kind == .inquiry,
                fills: fills(sheet.form.fill), guides: guides(colleagues, sheet.form.fill, work.actor.id),
                signing: signing(sheet, patient, form, faults, mayWrite: mayWrite, names, work),
                specials: specials(sheet, questions), hasSpecials: !sheet.specials.isEmpty, canWrite: mayWrite,
                canCheck: mayCheck && patient != nil, hasUnchecked: sheet.unchecked > 0,
                printHref: IntakePaths.print(id))
        }
        if let patient = try await request.read({ tx in
            try IntakeStore.get(id, clinic: work.clinic.id, in: tx).patientID
        }) {
            request.web.app.accesses.note(
                "record.viewed", of: patient, kindOfSubject: "patient", patient: patient, by: request.actor,
                clinic: request.clinic.id, at: request.now)
        }
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    static func print(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let id = try request.id("id", IntakeForm.self, what: "初诊表")
        let work = request.work
        let shell = try await request.shell(title: "初诊表", area: .patients)
        let page = try await request.read { tx in
            let sheet = try Intake.sheet(id, clinic: work.clinic.id, in: tx)
            let patient = try sheet.form.patientID.map { try PatientStore.get($0, in: tx) }
            let names = try StaffStore.names(people(sheet), in: tx)
            let questions = IntakeRules.questions(sheet.form.kind, work.playbook)
            let stored = Dictionary(sheet.fields.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
            return IntakePrintPage(
                shell: shell, clinicName: work.clinic.name, title: sheet.form.kind.label,
                person: personText(patient, sheet, work),
                foot: "打印：\(work.clinic.calendar.dateTimeText(work.now)) \(work.actor.name)",
                specials: specials(sheet, questions), hasSpecials: !sheet.specials.isEmpty,
                rows: questions.map { question in
                    let field = stored[question.field]
                    return IntakePrintPage.Row(
                        label: question.label,
                        text: field.map { question.text($0.value, note: $0.note) } ?? "未填",
                        isSpecial: field?.isSpecial == true,
                        checked: field.flatMap { stamp($0.checkedBy, $0.checkedAt, names, work) } ?? "")
                }, fill: fillText(sheet.form.fill, names), signatureText: signatureText(sheet, names, work),
                path: sheet.isSigned ? sheet.signature?.path : nil, isVoid: sheet.isSignatureVoid)
        }
        return try request.page(page)
    }

    // MARK: - Words

    static func chip(_ state: IntakeState) -> ToneChip {
        switch state {
        case .filling: ToneChip(state.label, tone: "neutral")
        case .unsigned, .unchecked: ToneChip(state.label, tone: "waiting")
        case .complete: ToneChip(state.label, tone: "done")
        case .discarded: ToneChip(state.label, tone: "neutral")
        }
    }

    static func fillText(_ fill: IntakeFill?, _ names: [ID<Staff>: String]) -> String {
        switch fill {
        case .none: "填写方式没有记"
        case .alone: "客人自己填写"
        case .guided(let by): "由 \(names[by] ?? "同事") 面对面引导填写"
        }
    }

    static func guide(_ form: IntakeForm) -> ID<Staff>? {
        if case .guided(let by) = form.fill { by } else { nil }
    }

    static func starter(_ form: IntakeForm, _ names: [ID<Staff>: String]) -> String {
        form.source == .selfService ? "客人自己" : names[form.startedBy] ?? ""
    }

    private static func chips(_ sheet: Intake.Sheet) -> [ToneChip] {
        var chips = [chip(sheet.form.state)]
        if sheet.unchecked > 0, sheet.form.state != .unchecked {
            chips.append(ToneChip("待查核 \(sheet.unchecked) 项", tone: "waiting"))
        }
        if sheet.isSignatureVoid { chips.append(ToneChip("签名已失效", tone: "danger")) }
        if sheet.form.source == .selfService { chips.append(ToneChip("客人自己填的", tone: "info")) }
        return chips
    }

    private static func nextStep(_ sheet: Intake.Sheet, _ missing: [String]) -> String {
        switch sheet.form.state {
        case .filling:
            let few = missing.prefix(4).joined(separator: "、")
            return "还有 \(missing.count) 项没有填：\(few)\(missing.count > 4 ? "……" : "")"
        case .unsigned: return sheet.isSignatureVoid ? "签名后内容改过，请客人重新签名" : "请客人在签名栏签名"
        case .unchecked: return "已签名。还有 \(sheet.unchecked) 项要与客人核对"
        case .complete: return "填写、签名、查核都完成"
        case .discarded: return "这张表已作废"
        }
    }

    private static func personText(_ patient: Patient?, _ sheet: Intake.Sheet, _ work: Work) -> String {
        guard let patient else {
            let name = sheet.fields.first { $0.field == "name" }?.value ?? "还没有核实是哪位客人"
            return "\(name)（待核实）"
        }
        return "\(patient.name) · \(patient.gender.label) \(patient.ageText(on: work.today)) · \(patient.recordNumber)"
    }

    private static func specials(_ sheet: Intake.Sheet, _ questions: [IntakeQuestion]) -> [String] {
        questions.compactMap { question in
            guard let field = sheet.specials.first(where: { $0.field == question.field }) else { return nil }
            return field.note.map { "\(question.label)：\($0)" } ?? question.label
        }
    }

    private static func people(_ sheet: Intake.Sheet) -> Set<ID<Staff>> {
        Set(
            sheet.fields.compactMap(\.checkedBy) + [sheet.signature?.recordedBy, guide(sheet.form)].compactMap(\.self))
    }

    private static func stamp(
        _ by: ID<Staff>?, _ at: Timestamp?, _ names: [ID<Staff>: String], _ work: Work
    ) -> String? {
        guard let by, let at else { return nil }
        let calendar = work.clinic.calendar
        let clock = calendar.clockText(at)
        let day = calendar.businessDay(of: at)
        return "\(names[by] ?? "同事") \(day == work.today ? clock : "\(day.monthDayText) \(clock)")"
    }

    private static func signatureText(_ sheet: Intake.Sheet, _ names: [ID<Staff>: String], _ work: Work) -> String {
        guard let signature = sheet.signature else { return "未签名" }
        let when = work.clinic.calendar.dateTimeText(signature.signedAt)
        let paper = signature.path == nil ? " · 签在纸质表上" : ""
        return
            "\(signature.signer.label) \(signature.signer.name) · \(when)\(paper) · 经手 \(names[signature.recordedBy] ?? "")"
    }

    private static func signing(
        _ sheet: Intake.Sheet, _ patient: Patient?, _ typed: Form, _ faults: FormErrors, mayWrite: Bool,
        _ names: [ID<Staff>: String], _ work: Work
    ) -> IntakeSigningView {
        let age = IntakeRules.age(sheet.fields, patient: patient, today: work.today)
        let needsGuardian = age.map { $0 < PatientAge.guardianUntil } ?? false
        let name = patient?.name ?? sheet.fields.first { $0.field == "name" }?.value ?? ""
        return IntakeSigningView(
            path: sheet.signature?.path ?? "", hasPath: sheet.signature?.path != nil,
            text: sheet.signature == nil ? nil : signatureText(sheet, names, work),
            isSigned: sheet.isSigned, isVoid: sheet.isSignatureVoid, isPaper: typed.has("isPaper"),
            signerName: typed.has("signerName") ? typed["signerName"] : needsGuardian ? "" : name,
            isGuardian: typed.has("isGuardian") || needsGuardian, needsGuardian: needsGuardian,
            nameError: faults.messages["signerName"], error: faults.messages["signature"],
            href: IntakePaths.action(sheet.form.id, "sign"), canSign: mayWrite && !sheet.isSigned)
    }

    private static func fills(_ fill: IntakeFill?) -> [OptionView] {
        let chosen: String =
            switch fill {
            case .none: ""
            case .alone: "alone"
            case .guided: "guided"
            }
        return [
            OptionView("guided", "面对面引导填写", isChosen: chosen == "guided"),
            OptionView("alone", "客人自己填写", isChosen: chosen == "alone"),
        ]
    }

    private static func guides(_ colleagues: [Staff], _ fill: IntakeFill?, _ own: ID<Staff>) -> [OptionView] {
        let chosen = if case .guided(let by) = fill { by } else { own }
        return colleagues.map { OptionView($0.id.text, $0.name, isChosen: $0.id == chosen) }
    }
}
