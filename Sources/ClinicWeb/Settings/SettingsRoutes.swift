import Clinic
import Hummingbird
import Kernel
import Storage

/// Thresholds and levels of the service standard.
package enum SettingsRoutes: Feature {
    package static var views: [any Fragment.Type] { [SettingsPage.self, SettingPage.self, LevelsPage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(
            SettingsPaths.home, .needsAny([.manageSettings, .managePrices, .manageRooms, .manageStaff]), use: home)
        table.get("/settings/values/:key", .needs(.manageSettings), use: showValue)
        table.post("/settings/values/:key", .needs(.manageSettings), use: setValue)
        table.post("/settings/values/:key/reset", .needs(.manageSettings), use: resetValue)
        table.get(SettingsPaths.levels, .needs(.manageSettings), use: levels)
        table.get("/settings/levels/:rule", .needs(.manageSettings), use: showLevel)
        table.post("/settings/levels/:rule", .needs(.manageSettings), use: setLevel)
        table.post("/settings/levels/:rule/reset", .needs(.manageSettings), use: resetLevel)
    }

    /// The thresholds, or the first page of the settings the person may open.
    static func home(_ request: StaffRequest) async throws -> Response {
        guard request.may(.manageSettings) else {
            guard let first = SettingsTab.all(for: request, current: .values).first else { throw ShellError.noAccess }
            return request.redirect(first.href)
        }
        let page = SettingsPage(
            request.work.playbook, roles: request.actor.roles, tabs: SettingsTab.all(for: request, current: .values),
            shell: try await request.shell(title: "设置", note: "改了马上生效", area: .settings))
        return try request.page(page)
    }

    static func levels(_ request: StaffRequest) async throws -> Response {
        let page = LevelsPage(
            request.work.playbook, tabs: SettingsTab.all(for: request, current: .levels),
            shell: try await request.shell(title: "设置", note: "规则级别", area: .settings))
        return try request.page(page)
    }

    // MARK: one threshold

    static func showValue(_ request: StaffRequest) async throws -> Response {
        try await valuePage(request, try definition(request))
    }

    static func setValue(_ request: StaffRequest) async throws -> Response {
        let (definition, work, form) = (try definition(request), request.work, request.form)
        let scope = try scope(request)
        do {
            try await request.app.db.write(in: .organisation) { tx in
                try PlaybookEditing.setSetting(
                    definition.key, typed: form["value"], scope: scope, reason: form["reason"], by: work, in: tx)
            }
            request.app.hub.publish(work.lane, [.playbook])
            return request.redirect(SettingsPaths.home, flash: "“\(definition.label)”已改，马上生效")
        } catch let error as any UserFacingError {
            return try await valuePage(request, definition, FormErrors(error))
        }
    }

    static func resetValue(_ request: StaffRequest) async throws -> Response {
        let definition = try definition(request)
        try await reset(OverrideKey(.setting, definition.key), request)
        return request.redirect(SettingsPaths.home, flash: "“\(definition.label)”已恢复")
    }

    private static func definition(_ request: StaffRequest) throws -> SettingDefinition {
        guard let definition = request.work.playbook.setting(request.parameters.get("key") ?? "") else {
            throw NotFound("设置")
        }
        return definition
    }

    private static func valuePage(
        _ request: StaffRequest, _ definition: SettingDefinition, _ faults: FormErrors = FormErrors()
    ) async throws -> Response {
        let playbook = request.work.playbook
        let key = OverrideKey(.setting, definition.key)
        let current = playbook.value(of: definition.key) ?? definition.value
        let now = SettingText.value(current, of: definition)
        let shipped = SettingText.value(definition.value, of: definition)
        let past = try await history(key, request) { SettingText.overridden($0, of: definition) }
        var content = SettingPage.Content(
            heading: definition.label,
            facts: [
                LabelledView("现在的值", "\(now)（\(SettingText.origin(playbook.origin(of: key)))）"),
                LabelledView("出厂值", shipped),
                LabelledView(
                    "依据", SettingText.source(definition) + (definition.basis == .stated ? " · 来源文件写明" : " · 建议值")),
            ],
            newDefault: playbook.hasNewDefault(key) ? "升级后的出厂值是 \(shipped)，这里仍用 \(now)。" : nil,
            action: SettingsPaths.setting(definition.key), backHref: SettingsPaths.home)
        let typed = request.form.has("value") ? request.form["value"] : current.plainText
        switch definition.kind {
        case .flag:
            content.choices = [("true", "开"), ("false", "关")].map { ChoiceView($0.0, $0.1, isChosen: $0.0 == typed) }
        case .text:
            content.choices = definition.choices.map { ChoiceView($0.value, $0.label, isChosen: $0.value == typed) }
        case .clock: content.input = InputView("value", "新的值", typed, type: "time", isRequired: true, faults: faults)
        case .int, .ints, .decimal:
            content.input = InputView(
                "value", "新的值", typed, hint: definition.kind == .ints ? "几个数之间用逗号分开" : nil, isRequired: true,
                inputMode: definition.kind == .int ? "numeric" : "text", unit: definition.unit, faults: faults)
        }
        if request.actor.roles.isDisjoint(with: definition.changedBy) {
            let names = definition.changedBy.compactMap { playbook.role($0)?.name }
            content.refusal = "这一项由\(names.joined(separator: "、"))修改，请找他们处理"
        }
        content.history = past.rows
        content.overridden = past.overridden
        return try await entryPage(content, request, faults)
    }

    // MARK: one level

    static func showLevel(_ request: StaffRequest) async throws -> Response {
        try await levelPage(request, try rule(request))
    }

    static func setLevel(_ request: StaffRequest) async throws -> Response {
        let (rule, work, form) = (try rule(request), request.work, request.form)
        let scope = try scope(request)
        do {
            guard let level = Level(code: form["value"]) else { throw FormErrors("value", "请选一个级别") }
            try await request.app.db.write(in: .organisation) { tx in
                try PlaybookEditing.setLevel(rule.id, to: level, scope: scope, reason: form["reason"], by: work, in: tx)
            }
            request.app.hub.publish(work.lane, [.playbook])
            return request.redirect(SettingsPaths.levels, flash: "\(rule.id.rawValue) 已改成“\(level.label)”，马上生效")
        } catch let error as any UserFacingError {
            return try await levelPage(request, rule, FormErrors(error))
        }
    }

    static func resetLevel(_ request: StaffRequest) async throws -> Response {
        let rule = try rule(request)
        try await reset(OverrideKey(.level, rule.id.rawValue), request)
        return request.redirect(SettingsPaths.levels, flash: "\(rule.id.rawValue) 已恢复")
    }

    private static func rule(_ request: StaffRequest) throws -> RuleDefinition {
        let playbook = request.work.playbook
        guard let id = RuleID(rawValue: request.parameters.get("rule") ?? ""), let rule = playbook.rule(id),
            !rule.epidemicOnly || playbook[.epidemicMode]
        else { throw NotFound("规则") }
        return rule
    }

    private static func levelPage(
        _ request: StaffRequest, _ rule: RuleDefinition, _ faults: FormErrors = FormErrors()
    ) async throws -> Response {
        let playbook = request.work.playbook
        let key = OverrideKey(.level, rule.id.rawValue)
        let current = playbook.level(of: rule.id)
        let past = try await history(key, request) { json in
            Level(code: json.replacing("\"", with: ""))?.label ?? json
        }
        var content = SettingPage.Content(
            heading: "\(rule.id.rawValue) \(rule.label)",
            facts: [
                LabelledView("现在的级别", "\(current.label)（\(SettingText.origin(playbook.origin(of: key)))）"),
                LabelledView("出厂级别", rule.level.label),
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
        }
        content.history = past.rows
        content.overridden = past.overridden
        return try await entryPage(content, request, faults)
    }

    // MARK: both

    private static func scope(_ request: StaffRequest) throws -> PlaybookScope {
        request.form["scope"] == "organisation" ? .organisation : .clinic(request.clinic.id)
    }

    private static func reset(_ key: OverrideKey, _ request: StaffRequest) async throws {
        let (scope, work) = (try scope(request), request.work)
        try await request.app.db.write(in: .organisation) { tx in
            try PlaybookEditing.reset(key, scope: scope, reason: "恢复", by: work, in: tx)
        }
        request.app.hub.publish(work.lane, [.playbook])
    }

    private struct Past: Sendable {
        let rows: [HistoryRowView]
        let overridden: [(value: String, label: String)]
    }

    private static func history(
        _ key: OverrideKey, _ request: StaffRequest, _ text: @escaping @Sendable (String) -> String
    ) async throws -> Past {
        let (clinic, calendar) = (request.clinic.id, request.clinic.calendar)
        return try await request.read { tx in
            let own = try PlaybookStore.history(key, scope: .clinic(clinic), in: tx)
            let common = try PlaybookStore.history(key, scope: .organisation, in: tx)
            let all = (own + common).sorted { ($0.setAt, $0.id) > ($1.setAt, $1.id) }
            let names = try StaffStore.names(Set(all.map(\.setBy)), in: tx)
            var overridden: [(value: String, label: String)] = []
            if own.contains(where: { $0.endedAt == nil }) { overridden.append(("clinic", "去掉本门诊的改动")) }
            if common.contains(where: { $0.endedAt == nil }) { overridden.append(("organisation", "去掉全机构的改动")) }
            let rows = all.map { record in
                HistoryRowView(
                    at: calendar.dateTimeText(record.setAt), who: names[record.setBy] ?? "",
                    scope: record.scope == .organisation ? "机构" : "本门诊", value: text(record.override.value),
                    reason: record.reason ?? "", isEnded: record.endedAt != nil)
            }
            return Past(rows: rows, overridden: overridden)
        }
    }

    private static func entryPage(
        _ content: SettingPage.Content, _ request: StaffRequest, _ faults: FormErrors
    ) async throws -> Response {
        let page = SettingPage(
            content, typed: request.form, faults: faults,
            shell: try await request.shell(title: "设置", area: .settings))
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }
}
