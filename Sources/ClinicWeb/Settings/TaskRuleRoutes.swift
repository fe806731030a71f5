import Clinic
import Hummingbird
import Kernel
import Storage

/// The rules that make tasks: what each does, and switching it.
package enum TaskRuleRoutes: Feature {
    package static var views: [any Fragment.Type] { [TaskRulesPage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(SettingsPaths.taskRules, .needs(.manageSettings), use: list)
        table.get("/settings/tasks/:rule", .needs(.manageSettings), use: show)
        table.post("/settings/tasks/:rule", .needs(.manageSettings), use: set)
        table.post("/settings/tasks/:rule/reset", .needs(.manageSettings), use: reset)
    }

    static func list(_ request: StaffRequest) async throws -> Response {
        let page = TaskRulesPage(
            request.work.playbook, changes: try await StandardEntries.lastChanges(.taskRule, request),
            tabs: SettingsTab.all(for: request, current: .tasks),
            shell: try await request.shell(title: "设置", note: "任务规则", area: .settings))
        return try request.page(page)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try await page(request, try rule(request))
    }

    static func set(_ request: StaffRequest) async throws -> Response {
        let (rule, work, form) = (try rule(request), request.work, request.form)
        let scope = StandardEntries.scope(request)
        do {
            guard let isActive = ["true": true, "false": false][form["value"]] else {
                throw FormErrors("value", "请选开或关")
            }
            try await request.writeOrganisation(changing: .standard) { tx in
                try PlaybookEditing.setTaskRule(
                    rule.id, isActive: isActive, scope: scope, reason: form["reason"], by: work, in: tx)
            }
            return request.redirect(
                SettingsPaths.taskRules, flash: "“\(rule.label)”已\(isActive ? "打开" : "关闭")，以后的任务照此办")
        } catch let error as any UserFacingError {
            return try await page(request, rule, FormErrors(error))
        }
    }

    static func reset(_ request: StaffRequest) async throws -> Response {
        let rule = try rule(request)
        try await StandardEntries.reset(OverrideKey(.taskRule, rule.id), request)
        return request.redirect(SettingsPaths.taskRules, flash: "“\(rule.label)”已恢复")
    }

    private static func rule(_ request: StaffRequest) throws -> TaskRule {
        guard let rule = request.work.playbook.taskRule(request.parameters.get("rule") ?? "") else {
            throw NotFound("任务规则")
        }
        return rule
    }

    private static func page(
        _ request: StaffRequest, _ rule: TaskRule, _ faults: FormErrors = FormErrors()
    ) async throws -> Response {
        let playbook = request.work.playbook
        let (key, text) = (OverrideKey(.taskRule, rule.id), TaskRuleText(playbook: playbook))
        let past = try await StandardEntries.history(key, request) { $0 == "true" ? "开" : "关" }
        var content = SettingPage.Content(
            heading: rule.label,
            facts: [
                LabelledView("什么时候有", text.cause(rule)), LabelledView("谁来做", text.owner(rule)),
                LabelledView("时间", text.time(rule)), LabelledView("逾期", text.escalation(rule) ?? "不上报"),
                LabelledView("话术", rule.script.flatMap(playbook.script)?.title ?? "没有，直接选结果"),
                LabelledView("依据", rule.source == "design" ? "设计" : rule.source),
                LabelledView("谁能改", StandardEntries.owners(key, playbook) ?? ""),
            ],
            newDefault: nil, action: SettingsPaths.taskRule(rule.id), backHref: SettingsPaths.taskRules)
        let typed = request.form.has("value") ? request.form["value"] : String(rule.isActive)
        content.choices = [
            ChoiceView("true", "开", hint: "到时生成任务", isChosen: typed == "true"),
            ChoiceView("false", "关", hint: "不再生成；已有的任务照做", isChosen: typed == "false"),
        ]
        content.refusal = StandardEntries.refusal(key, request)
        content.history = past.rows
        content.overridden = past.overridden
        return try await StandardEntries.page(content, request, faults)
    }
}
