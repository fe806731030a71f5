import Clinic
import Hummingbird
import Kernel
import Storage

/// Reads and draws the questions of a register.
enum RegisterForms {
    /// Field id → what was typed. A signature comes as strokes or as the tick "signed on paper": the one that is there.
    static func typed(_ fields: [RegisterField], _ form: Form) -> [String: String] {
        var typed: [String: String] = [:]
        for field in fields {
            let isPaper = field.kind == .signature && form.has("\(field.formName)_paper")
            if let text = isPaper ? Registers.paperMark : form[field.formName].nonBlank { typed[field.id] = text }
        }
        return typed
    }

    /// nil: now.
    /// - Throws: `FormErrors`.
    static func happenedAt(_ request: StaffRequest) throws -> Timestamp? {
        guard let text = request.form["happenedClock"].nonBlank else { return nil }
        guard let minutes = SettingValue.clockMinutes(text.halfWidth) else {
            throw FormErrors("happenedClock", "请填写时间，例如 10:24")
        }
        let typed = request.form["happenedDay"]
        guard let day = typed.nonBlank == nil ? request.today : Day(typed) else {
            throw FormErrors("happenedDay", "请填写日期，例如 2026-03-12")
        }
        return request.clinic.calendar.instant(day, minute: minutes)
    }

    /// The fields as a form shows them.
    /// - Parameter value: field id → what stands in it.
    static func questions(
        _ fields: [RegisterField], customer: ID<Patient>?, pickHref: String, faults: FormErrors, work: Work,
        value: (RegisterField) -> String, in tx: any ReadTransaction
    ) throws -> [RegisterFieldView] {
        let needsStaff = fields.contains { $0.kind == .staff }
        let needsPlaces = fields.contains { $0.kind == .place }
        let staff = needsStaff ? try StaffStore.listActive(clinic: work.clinic.id, in: tx) : []
        let rooms = needsPlaces ? try PlaceStore.rooms(clinic: work.clinic.id, in: tx) : []
        let source = RegisterFieldView.Source(
            staff: staff.map { FieldChoice(code: $0.id.text, label: $0.name) }, places: PlaceText.choices(rooms),
            customer: try customer.flatMap { try PatientStore.briefs([$0], today: work.today, in: tx).first }.map {
                "\($0.name) · \($0.gender.label) \($0.ageText) · \($0.recordNumber)"
            }, pickHref: pickHref)
        return fields.map { field in
            RegisterFieldView(field, value(field), source, faults)
        }
    }

    /// A new entry, or a correction of `entry`.
    /// - Parameter typed: what was sent; nil when the form is opened.
    static func page(
        _ register: RegisterDefinition, entry: RegisterEntry?, typed: Form?, _ faults: FormErrors,
        _ request: StaffRequest
    ) async throws -> Response {
        let work = request.work
        guard RegisterRules.mayWrite(register, work.actor) else { throw RegisterError.notYours(title: register.title) }
        let own = entry.map { RegisterPaths.action($0.id, "correction") } ?? RegisterPaths.new(register.id)
        let fields = (entry?.state == .closed ? register.allFields : register.fields).filter {
            entry == nil || $0.kind != .signature
        }
        let customerField = fields.first { $0.kind == .customer }
        let chosen =
            customerField.flatMap { field in
                ID<Patient>(request.query["patient"]) ?? typed.flatMap { ID<Patient>($0[field.formName]) }
                    ?? entry.flatMap { $0.content[field.id] }.flatMap { ID<Patient>($0) }
            }
        let isPicking = customerField != nil && chosen == nil
        let pick = isPicking && request.may(.seePatients) ? try await PersonPick.load(own, for: request) : nil
        let shell = try await request.shell(title: register.title, area: .operations)
        let questions = try await request.read { tx in
            let key = entry == nil ? try Registers.nextKey(register, clinic: work.clinic.id, in: tx) : nil
            return try self.questions(
                fields, customer: chosen, pickHref: URLText.address(own, ["q": ""]), faults: faults, work: work,
                value: { field in
                    if field.kind == .customer { return chosen?.text ?? "" }
                    if let typed { return typed[field.formName] }
                    if let entry { return shown(field, entry) }
                    if field.isKey { return key ?? "" }
                    return field.kind == .choice && field.isRequired ? field.choices.first?.code ?? "" : ""
                }, in: tx)
        }
        let calendar = work.clinic.calendar
        let at = entry.map { calendar.wallClock($0.happenedAt) }
        let clock = entry.map { calendar.clockText($0.happenedAt) } ?? ""
        let page = RegisterFormPage(
            shell: shell, heading: entry == nil ? "登记" : "更正", advice: entry == nil ? register.hint : nil,
            action: entry == nil ? RegisterPaths.list(register.id) : own,
            backHref: entry.map { RegisterPaths.entry($0.id) } ?? RegisterPaths.list(register.id),
            button: entry != nil ? "更正，留下原样" : register.isAlarm ? "通知主管" : "登记", questions: questions, person: pick,
            version: entry.map { typed?["version"].nonBlank ?? String($0.version) },
            reason: entry.map { _ in
                InputView("reason", "为什么更正", typed?["reason"] ?? "", isRequired: true, faults: faults)
            },
            happenedDay: InputView(
                "happenedDay", "发生日期", typed?["happenedDay"] ?? (at?.day ?? work.today).iso, type: "date",
                faults: faults),
            happenedClock: InputView(
                "happenedClock", "发生时间", typed?["happenedClock"] ?? clock, type: "time",
                hint: entry == nil ? "空着就是现在；填写以前的时间会标“补录”" : nil,
                faults: FormErrors.moved(faults, "happenedAt", to: "happenedClock")),
            isLateOpen: entry != nil || typed?["happenedClock"].nonBlank != nil,
            fault: faults.messages(
                outside: Set(fields.map(\.formName) + ["reason", "happenedDay", "happenedClock", "happenedAt"])))
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    /// A stored answer as it stands in its field.
    private static func shown(_ field: RegisterField, _ entry: RegisterEntry) -> String {
        let value = entry.content[field.id] ?? ""
        guard field.kind == .money, let fen = Int64(value) else { return value }
        return Money(fen: fen).figures
    }
}

extension FormErrors {
    /// A fault of one field shown at another.
    static func moved(_ faults: FormErrors, _ from: String, to: String) -> FormErrors {
        guard let message = faults.messages[from] else { return faults }
        return FormErrors(to, message)
    }
}
