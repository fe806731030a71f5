import Clinic
import Hummingbird
import Kernel

/// Registers and checklists as the standard has them; each can be switched for the clinic or for all (R16.14).
package enum RegisterSettingsRoutes: Feature {
    package static var views: [any Fragment.Type] { [RegistersSettingsPage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(SettingsPaths.registers, .needs(.manageSettings), use: list)
        table.get("/settings/registers/:entry", .needs(.manageSettings)) { try await page($0, .register, FormErrors()) }
        table.get("/settings/checklists/:entry", .needs(.manageSettings)) {
            try await page($0, .checklist, FormErrors())
        }
        table.post("/settings/registers/:entry", .needs(.manageSettings)) { try await set($0, .register) }
        table.post("/settings/checklists/:entry", .needs(.manageSettings)) { try await set($0, .checklist) }
        table.post("/settings/registers/:entry/reset", .needs(.manageSettings)) { try await reset($0, .register) }
        table.post("/settings/checklists/:entry/reset", .needs(.manageSettings)) { try await reset($0, .checklist) }
    }

    static func list(_ request: StaffRequest) async throws -> Response {
        let playbook = request.work.playbook
        let registerChanges = try await StandardEntries.lastChanges(.register, request)
        let checklistChanges = try await StandardEntries.lastChanges(.checklist, request)
        // Nothing of the epidemic shows while the mode is off (R3.42).
        let registers = playbook.registers.filter { !$0.isEpidemicOnly || playbook.isEpidemic }
        let checklists = playbook.checklists.filter { isShown($0.rule, playbook) }
        return try request.page(
            RegistersSettingsPage(
                shell: try await request.shell(title: "设置", note: "登记与检查", area: .settings),
                tabs: SettingsTab.all(for: request, current: .registers),
                registers: registers.map { register in
                    RegistersSettingsPage.Row(
                        href: SettingsPaths.register(register.id), label: register.title, detail: fields(register),
                        who: roles(register.roles, playbook),
                        state: state(register.isActive, register.rule, playbook),
                        origin: playbook.origin(of: OverrideKey(.register, register.id)).label,
                        change: registerChanges[register.id].map { "\($0) 改" })
                },
                checklists: checklists.map { list in
                    RegistersSettingsPage.Row(
                        href: SettingsPaths.checklist(list.id), label: list.title,
                        detail: "\(ScheduleText.text(list, playbook))，\(list.items.count) 项",
                        who: roles([list.role], playbook),
                        state: state(list.isActive, list.rule, playbook),
                        origin: playbook.origin(of: OverrideKey(.checklist, list.id)).label,
                        change: checklistChanges[list.id].map { "\($0) 改" })
                }))
    }

    static func set(_ request: StaffRequest, _ kind: OverrideKind) async throws -> Response {
        let (entry, work, form) = (try entry(request, kind), request.work, request.form)
        let scope = StandardEntries.scope(request)
        do {
            guard let isActive = ["true": true, "false": false][form["value"]] else {
                throw FormErrors("value", "请选开或关")
            }
            try await request.writeOrganisation(changing: Set<Topic>.standard.union([.registers])) { tx in
                try PlaybookEditing.setActive(
                    entry.key, isActive, scope: scope, reason: form["reason"], by: work, in: tx)
            }
            return request.redirect(SettingsPaths.registers, flash: "“\(entry.title)”已\(isActive ? "打开" : "关闭")")
        } catch let error as any UserFacingError {
            return try await page(request, kind, FormErrors(error))
        }
    }

    static func reset(_ request: StaffRequest, _ kind: OverrideKind) async throws -> Response {
        let entry = try entry(request, kind)
        try await StandardEntries.reset(entry.key, request)
        return request.redirect(SettingsPaths.registers, flash: "“\(entry.title)”已恢复")
    }

    // MARK: - Parts

    private struct Entry {
        let key: OverrideKey
        let title: String
        let isActive: Bool
        let facts: [LabelledView]
        let action: String
    }

    private static func entry(_ request: StaffRequest, _ kind: OverrideKind) throws -> Entry {
        let (playbook, id) = (request.work.playbook, request.parameters.get("entry") ?? "")
        let key = OverrideKey(kind, id)
        let owners = LabelledView("谁能改", StandardEntries.owners(key, playbook) ?? "")
        if kind == .register, let register = playbook.register(id) {
            var facts = [
                LabelledView("栏目", fields(register)), LabelledView("谁来登记", roles(register.roles, playbook)),
                LabelledView("日结", register.blocksDayClose ? "没办完的列在日结前待办" : "不列入"),
                LabelledView("保存", "\(register.retentionMonths) 个月"), LabelledView("依据", register.source), owners,
            ]
            if let rule = register.rule { facts.insert(LabelledView("随规则", rule.rawValue), at: 3) }
            return Entry(
                key: key, title: register.title, isActive: register.isActive, facts: facts,
                action: SettingsPaths.register(id))
        }
        guard kind == .checklist, let list = playbook.checklist(id) else { throw NotFound("登记簿或检查表") }
        var facts = list.sections.map { LabelledView($0.title, $0.items.map(\.label).joined(separator: "、")) }
        facts += [
            LabelledView("什么时候", ScheduleText.text(list, playbook)), LabelledView("谁负责", roles([list.role], playbook)),
        ]
        if let rule = list.rule { facts.append(LabelledView("随规则", rule.rawValue)) }
        facts += [LabelledView("依据", list.source), owners]
        return Entry(
            key: key, title: list.title, isActive: list.isActive, facts: facts, action: SettingsPaths.checklist(id))
    }

    private static func page(
        _ request: StaffRequest, _ kind: OverrideKind, _ faults: FormErrors
    ) async throws -> Response {
        let entry = try entry(request, kind)
        let past = try await StandardEntries.history(entry.key, request) { $0 == "true" ? "开" : "关" }
        var content = SettingPage.Content(
            heading: entry.title, facts: entry.facts, newDefault: nil, action: entry.action,
            backHref: SettingsPaths.registers)
        let typed = request.form.has("value") ? request.form["value"] : String(entry.isActive)
        content.choices = [
            ChoiceView("true", "开", hint: "出现在运营里", isChosen: typed == "true"),
            ChoiceView("false", "关", hint: "不再出现；写过的都留着", isChosen: typed == "false"),
        ]
        content.refusal = StandardEntries.refusal(entry.key, request)
        content.history = past.rows
        content.overridden = past.overridden
        return try await StandardEntries.page(content, request, faults)
    }

    private static func fields(_ register: RegisterDefinition) -> String {
        let first = register.fields.map(\.label).joined(separator: "、")
        guard let closing = register.closing else { return first }
        return "\(first)；\(closing.action)：\(closing.fields.map(\.label).joined(separator: "、"))"
    }

    private static func roles(_ codes: [String], _ playbook: Playbook) -> String {
        codes.isEmpty ? "有登记权限的岗位" : codes.compactMap { playbook.role($0)?.name }.joined(separator: "、")
    }

    private static func isShown(_ rule: RuleID?, _ playbook: Playbook) -> Bool {
        guard let rule, let definition = playbook.rule(rule) else { return true }
        return !definition.epidemicOnly || playbook.isEpidemic
    }

    private static func state(_ isActive: Bool, _ rule: RuleID?, _ playbook: Playbook) -> ToneChip {
        guard isActive else { return ToneChip("关") }
        if let rule, playbook.level(of: rule) == .off { return ToneChip("随规则 \(rule.rawValue) 关着") }
        return ToneChip("开", tone: "done")
    }
}
