import Clinic
import Hummingbird
import Kernel
import Storage

/// How hard each rule stops the work.
package enum LevelRoutes: Feature {
    package static var views: [any Fragment.Type] { [LevelsPage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(SettingsPaths.levels, .needs(.manageSettings), use: list)
        table.get("/settings/levels/:rule", .needs(.manageSettings), use: show)
        table.post("/settings/levels/:rule", .needs(.manageSettings), use: set)
        table.post("/settings/levels/:rule/reset", .needs(.manageSettings), use: reset)
    }

    static func list(_ request: StaffRequest) async throws -> Response {
        let page = LevelsPage(
            request.work.playbook, changes: try await StandardEntries.lastChanges(.level, request),
            tabs: SettingsTab.all(for: request, current: .levels),
            shell: try await request.shell(title: "设置", note: "规则级别", area: .settings))
        return try request.page(page)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try await page(request, try rule(request))
    }

    static func set(_ request: StaffRequest) async throws -> Response {
        let (rule, work, form) = (try rule(request), request.work, request.form)
        let scope = StandardEntries.scope(request)
        do {
            guard let level = Level(code: form["value"]) else { throw FormErrors("value", "请选一个级别") }
            try await request.writeOrganisation(changing: .standard) { tx in
                try PlaybookEditing.setLevel(rule.id, to: level, scope: scope, reason: form["reason"], by: work, in: tx)
            }
            return request.redirect(SettingsPaths.levels, flash: "“\(rule.label)”已改成“\(level.label)”，马上生效")
        } catch let error as any UserFacingError {
            return try await page(request, rule, FormErrors(error))
        }
    }

    static func reset(_ request: StaffRequest) async throws -> Response {
        let rule = try rule(request)
        try await StandardEntries.reset(OverrideKey(.level, rule.id.rawValue), request)
        return request.redirect(SettingsPaths.levels, flash: "“\(rule.label)”已恢复")
    }

    private static func rule(_ request: StaffRequest) throws -> RuleDefinition {
        let playbook = request.work.playbook
        guard let id = RuleID(rawValue: request.parameters.get("rule") ?? ""), let rule = playbook.rule(id),
            !rule.epidemicOnly || playbook.isEpidemic
        else { throw NotFound("规则") }
        return rule
    }

    private static func page(
        _ request: StaffRequest, _ rule: RuleDefinition, _ faults: FormErrors = FormErrors()
    ) async throws -> Response {
        let playbook = request.work.playbook
        let key = OverrideKey(.level, rule.id.rawValue)
        let current = playbook.level(of: rule.id)
        let past = try await StandardEntries.history(key, request) { json in
            Level(code: json.replacing("\"", with: ""))?.label ?? json
        }
        var content = SettingPage.Content(
            heading: rule.label,
            facts: [
                LabelledView("现在的级别", "\(current.label)（\(SettingText.origin(playbook.origin(of: key)))）"),
                LabelledView("出厂级别", rule.level.label), LabelledView("依据", rule.id.rawValue),
                LabelledView("谁能改", StandardEntries.owners(key, playbook) ?? "谁也不能，写在程序里"),
            ],
            newDefault: playbook.hasNewDefault(key) ? "升级后的出厂级别是“\(rule.level.label)”，这里仍是“\(current.label)”。" : nil,
            action: SettingsPaths.level(rule.id), backHref: SettingsPaths.levels)
        if rule.level == .fixed {
            content.refusal = "这条规则写在程序里，谁也不能改"
        } else {
            var required = Level.require(.overrideRules)
            if case .require = rule.level { required = rule.level }
            let levels: [(Level, String)] = [
                (required, "有权限的人说明原因才能过，记录在案"), (.remind, "看得到，点一下就过"), (.off, "不出现"),
            ]
            content.choices = levels.map {
                ChoiceView($0.0.code, $0.0.label, hint: $0.1, isChosen: $0.0 == current)
            }
            content.refusal = StandardEntries.refusal(key, request)
        }
        content.history = past.rows
        content.overridden = past.overridden
        return try await StandardEntries.page(content, request, faults)
    }
}
