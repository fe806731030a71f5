import Clinic
import Hummingbird
import Kernel
import Storage

/// 运营: the start page.
enum OperationsHandlers {
    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let shell = try await request.shell(title: "运营", note: request.today.longText, area: .operations)
        return try request.page(OperationsPage(shell: shell, tiles: try await load(request)))
    }

    static func tiles(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try request.fragment(try await load(request))
    }

    private static func load(_ request: StaffRequest) async throws -> OperationsTiles {
        let work = request.work
        let registers = work.playbook.liveRegisters.filter { RegisterRules.mayRead($0, request.actor) }
        return try await request.read { tx in
            let open = try RegisterStore.openCounts(clinic: work.clinic.id, in: tx)
            let today = try RegisterStore.counts(clinic: work.clinic.id, day: work.today, in: tx)
            let left = try DayBlockers.countOpen(by: work, in: tx)
            let lists = Set(work.playbook.liveChecklists.map(\.id))
            let runs = try ChecklistStore.list(clinic: work.clinic.id, day: work.today, in: tx).count {
                lists.contains($0.checklist) && !$0.isComplete && $0.dueAt != nil && $0.opensAt <= work.now
            }
            var groups: [String] = []
            for register in registers where !groups.contains(register.group) { groups.append(register.group) }
            let links = Self.links(request)
            return OperationsTiles(
                closing: OperationsTiles.Tile(
                    href: DayClosePaths.list, figure: String(left), words: "件日结前要办",
                    tone: left > 0 ? "danger" : "done"),
                checks: lists.isEmpty
                    ? nil
                    : OperationsTiles.Tile(
                        href: ChecklistPaths.list, figure: String(runs), words: "张检查表没做完",
                        tone: runs > 0 ? "waiting" : "done"),
                groups: groups.map { group in
                    OperationsTiles.Group(
                        title: group,
                        registers: registers.filter { $0.group == group }.map {
                            row($0, left: open[$0.id] ?? 0, today: today[$0.id] ?? 0, request)
                        })
                }, alarm: try alarm(registers, request, in: tx), links: links, hasLinks: !links.isEmpty)
        }
    }

    private static func row(
        _ register: RegisterDefinition, left: Int, today: Int, _ request: StaffRequest
    ) -> OperationsTiles.Register {
        OperationsTiles.Register(
            href: RegisterPaths.list(register.id), name: register.title, today: today == 0 ? "今天没有" : "今天 \(today) 条",
            open: register.closing.flatMap { closing in
                left == 0
                    ? nil
                    : ToneChip("\(left) 条\(closing.openState)", tone: register.blocksDayClose ? "danger" : "waiting")
            }, mayWrite: RegisterRules.mayWrite(register, request.actor), newHref: RegisterPaths.new(register.id))
    }

    /// What must be answered before somebody comes; the rest is written when it is over.
    private static func alarm(
        _ registers: [RegisterDefinition], _ request: StaffRequest, in tx: any ReadTransaction
    ) throws -> OperationsTiles.Alarm? {
        guard let register = registers.first(where: { $0.isAlarm && RegisterRules.mayWrite($0, request.actor) }) else {
            return nil
        }
        let fields = register.fields.filter { $0.isRequired || $0.kind == .longText }
        let questions = try RegisterForms.questions(
            fields, customer: nil, pickHref: "", faults: FormErrors(), work: request.work,
            value: { field in
                switch field.kind {
                case .choice: field.choices.first?.code ?? ""
                case .place: PlaceText.common.first?.code ?? ""
                default: ""
                }
            }, in: tx)
        return OperationsTiles.Alarm(
            action: RegisterPaths.list(register.id), name: register.title, questions: questions)
    }

    /// Pages of other features that belong here, when the person may open them.
    private static func links(_ request: StaffRequest) -> [LinkView] {
        var links: [LinkView] = []
        func add(_ path: String, _ label: String) {
            if request.web.app.routes.access(toPage: path)?.allows(request.actor) == true {
                links.append(LinkView(path, label))
            }
        }
        if request.work.playbook.level(of: .epidemicPreCheck) != .off { add(ChecklistPaths.door, "门口预检") }
        if request.work.playbook.level(of: .epidemicHandDisinfection) != .off {
            add(ChecklistPaths.disinfection, "手部与台面消毒")
        }
        add(HallPaths.lobby, "门厅")
        add(HallPaths.broadcasts, "广播与公告")
        add(SettingsPaths.registers, "登记簿和检查表的设置")
        return links
    }
}
