import Clinic
import Hummingbird
import Kernel
import Storage

/// Thresholds of the service standard.
package enum SettingsRoutes: Feature {
    package static var views: [any Fragment.Type] { [SettingsPage.self, SettingPage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(
            SettingsPaths.home,
            .needsAny([.manageSettings, .managePrices, .manageRooms, .manageStaff, .manageSystem, .seeAudit]), use: home
        )
        table.get("/settings/values/:key", .needs(.manageSettings), use: show)
        table.post("/settings/values/:key", .needs(.manageSettings), use: set)
        table.post("/settings/values/:key/reset", .needs(.manageSettings), use: reset)
    }

    /// The thresholds, or the first page of the settings the person may open.
    static func home(_ request: StaffRequest) async throws -> Response {
        guard request.may(.manageSettings) else {
            guard let first = SettingsTab.all(for: request, current: .values).first else { throw ShellError.noAccess }
            return request.redirect(first.href)
        }
        let page = SettingsPage(
            request.work.playbook, roles: request.actor.roles,
            changes: try await StandardEntries.lastChanges(.setting, request),
            tabs: SettingsTab.all(for: request, current: .values),
            shell: try await request.shell(title: "设置", note: "改了马上生效", area: .settings))
        return try request.page(page)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try await page(request, try definition(request))
    }

    static func set(_ request: StaffRequest) async throws -> Response {
        let (definition, work, form) = (try definition(request), request.work, request.form)
        let scope = StandardEntries.scope(request)
        do {
            try await request.writeOrganisation(changing: .standard) { tx in
                try PlaybookEditing.setSetting(
                    definition.key, typed: form["value"], scope: scope, reason: form["reason"], by: work, in: tx)
            }
            return request.redirect(SettingsPaths.home, flash: "“\(definition.label)”已改，马上生效")
        } catch let error as any UserFacingError {
            return try await page(request, definition, FormErrors(error))
        }
    }

    static func reset(_ request: StaffRequest) async throws -> Response {
        let definition = try definition(request)
        try await StandardEntries.reset(OverrideKey(.setting, definition.key), request)
        return request.redirect(SettingsPaths.home, flash: "“\(definition.label)”已恢复")
    }

    private static func definition(_ request: StaffRequest) throws -> SettingDefinition {
        guard let definition = request.work.playbook.setting(request.parameters.get("key") ?? "") else {
            throw NotFound("设置")
        }
        return definition
    }

    private static func page(
        _ request: StaffRequest, _ definition: SettingDefinition, _ faults: FormErrors = FormErrors()
    ) async throws -> Response {
        let playbook = request.work.playbook
        let key = OverrideKey(.setting, definition.key)
        let current = playbook.value(of: definition.key) ?? definition.value
        let now = SettingText.value(current, of: definition)
        let shipped = SettingText.value(definition.value, of: definition)
        let past = try await StandardEntries.history(key, request) { SettingText.overridden($0, of: definition) }
        var content = SettingPage.Content(
            heading: definition.label,
            facts: [
                LabelledView("现在的值", "\(now)（\(SettingText.origin(playbook.origin(of: key)))）"),
                LabelledView("出厂值", shipped),
                LabelledView(
                    "依据", SettingText.source(definition) + (definition.basis == .stated ? " · 来源文件写明" : " · 建议值")),
                LabelledView("谁能改", StandardEntries.owners(key, playbook) ?? ""),
            ],
            newDefault: playbook.hasNewDefault(key) ? "升级后的出厂值是 \(shipped)，这里仍用 \(now)。" : nil,
            action: SettingsPaths.setting(definition.key), backHref: SettingsPaths.home)
        let typed = request.form.has("value") ? request.form["value"] : current.plainText
        switch definition.kind {
        case .flag:
            content.choices = [("true", "开"), ("false", "关")].map { ChoiceView($0.0, $0.1, isChosen: $0.0 == typed) }
        case .text where definition.choices.isEmpty:
            content.input = InputView("value", "新的值", typed, isRequired: true, faults: faults)
        case .text:
            content.choices = definition.choices.map { ChoiceView($0.value, $0.label, isChosen: $0.value == typed) }
        case .clock: content.input = InputView("value", "新的值", typed, type: "time", isRequired: true, faults: faults)
        case .day: content.input = InputView("value", "新的值", typed, type: "date", hint: "空着表示不限", faults: faults)
        case .int, .ints, .decimal:
            content.input = InputView(
                "value", "新的值", typed, hint: definition.kind == .ints ? "几个数之间用逗号分开" : nil, isRequired: true,
                inputMode: definition.kind == .int ? "numeric" : "text", unit: definition.unit, faults: faults)
        }
        content.refusal = StandardEntries.refusal(key, request)
        content.history = past.rows
        content.overridden = past.overridden
        return try await StandardEntries.page(content, request, faults)
    }
}
