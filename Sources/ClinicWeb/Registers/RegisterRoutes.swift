import Clinic
import Hummingbird
import Kernel
import Storage

/// Registers: lists, new entries, one entry.
package enum RegisterRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [
            RegisterListPage.self, RegisterTable.self, RegisterPrintPage.self, RegisterFormPage.self,
            RegisterEntryPage.self,
        ]
    }

    package static func add(to table: inout RouteTable) {
        let readers: Access = .needsAny([.keepRegisters, .seeReports])
        table.get("/registers/:register", readers, use: list)
        table.get("/registers/:register/table", readers, use: tablePart)
        table.get("/registers/:register/print", readers, use: print)
        table.get("/registers/:register/new", .needs(.keepRegisters), use: new)
        table.post("/registers/:register", .needs(.keepRegisters), use: enter)
        table.get("/register-entries/:id", readers, use: RegisterEntryHandlers.show)
        table.post("/register-entries/:id/closing", .needs(.keepRegisters), use: RegisterEntryHandlers.close)
        table.get("/register-entries/:id/correction", .needs(.keepRegisters), use: RegisterEntryHandlers.correction)
        table.post("/register-entries/:id/correction", .needs(.keepRegisters), use: RegisterEntryHandlers.correct)
        table.post("/register-entries/:id/reopening", .needs(.keepRegisters), use: RegisterEntryHandlers.reopen)
        table.post("/register-entries/:id/voiding", .needs(.keepRegisters), use: RegisterEntryHandlers.declareVoid)
    }

    /// Of the path, when it counts here and the person may read it.
    static func register(_ request: StaffRequest) throws -> RegisterDefinition {
        let playbook = request.work.playbook
        guard let register = playbook.register(request.parameters.get("register") ?? ""), playbook.isLive(register),
            RegisterRules.mayRead(register, request.actor)
        else { throw NotFound("登记簿") }
        return register
    }

    // MARK: - Lists

    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("from", "to", "state", "q", "page")
        let register = try register(request)
        let shell = try await request.shell(title: register.title, area: .operations)
        return try request.page(RegisterListPage(shell: shell, table: try await table(register, request)))
    }

    static func tablePart(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("from", "to", "state", "q", "page")
        return try request.fragment(try await table(try register(request), request))
    }

    /// What the address narrows the list to; without days the last week, and never past the retention.
    private static func filter(_ register: RegisterDefinition, _ request: StaffRequest) -> RegisterFilter {
        let first = RegisterRules.firstDay(register, today: request.today)
        let from = request.day("from") ?? request.today.adding(days: -6)
        return RegisterFilter(
            register.id, from: max(first, from), to: request.day("to") ?? request.today,
            state: RegisterEntry.State(rawValue: request.query["state"]), text: request.query["q"].nonBlank)
    }

    private static func table(
        _ register: RegisterDefinition, _ request: StaffRequest
    ) async throws -> RegisterTable {
        let (work, filter) = (request.work, filter(register, request))
        let page = max(0, Int(request.query["page"]) ?? 0)
        let size = RegisterStore.pageSize
        return try await request.read { tx in
            let entries = try RegisterStore.list(filter, clinic: work.clinic.id, page: page, in: tx)
            let total = try RegisterStore.count(filter, clinic: work.clinic.id, in: tx)
            let names = try RegisterNames.load(entries, work.playbook, clinic: work.clinic.id, in: tx)
            func address(_ path: String, page: Int) -> String {
                URLText.address(
                    path,
                    [
                        "from": filter.from.iso, "to": filter.to.iso, "state": filter.state?.rawValue ?? "",
                        "q": filter.text ?? "", "page": String(page),
                    ])
            }
            let path = RegisterPaths.list(register.id)
            return RegisterTable(
                title: register.title, advice: register.hint, countText: "\(total) 条", action: path,
                from: filter.from.iso, to: filter.to.iso, query: filter.text ?? "", states: states(register, filter),
                hasStates: register.closing != nil, columns: columns(register).map(\.label),
                rows: entries.map { row($0, register, names, request) }, isEmpty: entries.isEmpty,
                pager: total > size
                    ? PagerView(
                        range: "\(page * size + 1)–\(min(total, (page + 1) * size))，共 \(total) 条",
                        previousHref: page > 0 ? address(path, page: page - 1) : nil,
                        nextHref: (page + 1) * size < total ? address(path, page: page + 1) : nil) : nil,
                newHref: RegisterRules.mayWrite(register, work.actor) ? RegisterPaths.new(register.id) : nil,
                printHref: address(RegisterPaths.print(register.id), page: 0),
                liveSrc: address("\(path)/table", page: page))
        }
    }

    private static func states(_ register: RegisterDefinition, _ filter: RegisterFilter) -> [OptionView] {
        guard let closing = register.closing else { return [] }
        return [("", "全部"), ("open", closing.openState), ("closed", closing.closedState), ("void", "作废")].map {
            OptionView($0.0, $0.1, isChosen: $0.0 == filter.state?.rawValue ?? "")
        }
    }

    /// The customer and whatever is listed.
    private static func columns(_ register: RegisterDefinition) -> [RegisterField] {
        register.fields.filter { $0.isListed || $0.kind == .customer }
    }

    private static func row(
        _ entry: RegisterEntry, _ register: RegisterDefinition, _ names: RegisterNames, _ request: StaffRequest
    ) -> RegisterTable.Row {
        let masks = !request.may(.seePhones)
        return RegisterTable.Row(
            href: RegisterPaths.entry(entry.id), when: when(entry.happenedAt, request),
            cells: columns(register).map { RegisterText.answer($0, entry, names, masked: masks) ?? "" },
            state: state(entry, register), isLate: entry.isLate, who: names.staff[entry.recordedBy] ?? "系统")
    }

    static func state(_ entry: RegisterEntry, _ register: RegisterDefinition) -> ToneChip {
        let tone =
            switch entry.state {
            case .open: "waiting"
            case .closed: "done"
            case .kept, .void: "neutral"
            }
        return ToneChip(Registers.stateText(entry, register), tone: tone)
    }

    static func when(_ instant: Timestamp, _ request: StaffRequest) -> String {
        let calendar = request.clinic.calendar
        let day = calendar.businessDay(of: instant)
        let clock = calendar.clockText(instant)
        return day == request.today ? clock : "\(day.monthDayText) \(clock)"
    }

    /// What is printed cannot be a formula of a spreadsheet when somebody pastes it there.
    static func plain(_ text: String) -> String {
        guard let first = text.first, "=+-@\t\r".contains(first) else { return text }
        return "'" + text
    }

    static func print(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("from", "to", "state", "q", "page")
        let (register, work) = (try register(request), request.work)
        let filter = filter(register, request)
        let shell = request.bareShell(title: register.title)
        let page = try await request.read { tx in
            let entries = try RegisterStore.list(filter, clinic: work.clinic.id, limit: 1_000, in: tx).reversed()
            let names = try RegisterNames.load(Array(entries), work.playbook, clinic: work.clinic.id, in: tx)
            let columns = register.allFields.filter { $0.kind != .signature }
            let calendar = work.clinic.calendar
            let lines = entries.map { entry in
                let cells = columns.map { RegisterText.answer($0, entry, names, masked: true) ?? "" }
                let ended = entry.closedAt.map { " " + calendar.dateTimeText($0) } ?? ""
                let texts =
                    [calendar.dateTimeText(entry.happenedAt) + (entry.isLate ? "（补录）" : "")] + cells
                    + [Registers.stateText(entry, register) + ended, names.staff[entry.recordedBy] ?? "系统"]
                return RegisterPrintPage.Line(cells: texts.map(plain))
            }
            let days = filter.from == filter.to ? filter.from.iso : "\(filter.from.iso) 至 \(filter.to.iso)"
            return RegisterPrintPage(
                shell: shell, heading: "\(register.title) \(days)", clinicName: work.clinic.name,
                total: "共 \(lines.count) 条", columns: ["时间"] + columns.map(\.label) + ["状态", "登记人"], rows: lines,
                foot: "打印：\(calendar.dateTimeText(work.now)) \(work.actor.name)")
        }
        return try request.page(page)
    }

    // MARK: - A new entry

    static func new(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("patient", "q")
        let register = try register(request)
        return try await RegisterForms.page(register, entry: nil, typed: nil, FormErrors(), request)
    }

    static func enter(_ request: StaffRequest) async throws -> Response {
        let (register, work) = (try register(request), request.work)
        do {
            let command = EnterRegister(
                register.id, RegisterForms.typed(register.fields, request.form),
                happenedAt: try RegisterForms.happenedAt(request))
            let entry = try await request.write(changing: .registers, .tasks) { tx in
                try Registers.enter(command, by: work, in: tx)
            }
            let told = register.isAlarm ? "已通知主管" : "已登记"
            return request.redirect(
                register.closing == nil ? RegisterPaths.list(register.id) : RegisterPaths.entry(entry.id), flash: told)
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await RegisterForms.page(
                register, entry: nil, typed: request.form, FormErrors(error), request)
        }
    }
}
