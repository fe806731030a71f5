import Clinic
import Hummingbird
import Kernel
import Storage

/// What each role may do, and changing it (R16.03).
package enum RoleRoutes: Feature {
    package static var views: [any Fragment.Type] { [RolesPage.self, RolePage.self] }

    package static func add(to table: inout RouteTable) {
        let access = Access.needsAny([.manageStaff, .manageSettings])
        table.get(SettingsPaths.roles, access, use: list)
        table.get("/settings/roles/:role", access, use: show)
        table.post("/settings/roles/:role", .needs(.manageStaff), use: set)
        table.post("/settings/roles/:role/reset", .needs(.manageStaff), use: reset)
    }

    static func list(_ request: StaffRequest) async throws -> Response {
        let page = RolesPage(
            request.work.playbook, tabs: SettingsTab.all(for: request, current: .roles),
            shell: try await request.shell(title: "设置", note: "岗位权限", area: .settings))
        return try request.page(page)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try await page(request, try role(request))
    }

    static func set(_ request: StaffRequest) async throws -> Response {
        let (role, work, form) = (try role(request), request.work, request.form)
        let scope = StandardEntries.scope(request)
        let capabilities = Set(form.all("capability").compactMap(Capability.init(rawValue:)))
        do {
            try await request.writeOrganisation(changing: .standard) { tx in
                try RoleEditing.setCapabilities(
                    role.code, to: capabilities, scope: scope, reason: form["reason"], by: work, in: tx)
            }
            return request.redirect(SettingsPaths.roles, flash: "“\(role.name)”的权限已改，马上生效")
        } catch let error as any UserFacingError where error.kind == .invalid || error is LastAdministrator {
            return try await page(request, role, FormErrors(error))
        }
    }

    static func reset(_ request: StaffRequest) async throws -> Response {
        let (role, work, scope) = (try role(request), request.work, StandardEntries.scope(request))
        do {
            try await request.writeOrganisation(changing: .standard) { tx in
                try RoleEditing.reset(role.code, scope: scope, reason: "恢复", by: work, in: tx)
            }
            return request.redirect(SettingsPaths.roles, flash: "“\(role.name)”的权限已恢复")
        } catch let error as LastAdministrator {
            return try await page(request, role, FormErrors(error))
        }
    }

    private static func role(_ request: StaffRequest) throws -> Role {
        guard let role = request.work.playbook.role(request.parameters.get("role") ?? "") else { throw NotFound("岗位") }
        return role
    }

    private static func page(
        _ request: StaffRequest, _ role: Role, _ faults: FormErrors = FormErrors()
    ) async throws -> Response {
        let past = try await StandardEntries.history(OverrideKey(.role, role.code), request) { json in
            "\(json.split(separator: ",").count) 项权限"
        }
        let page = RolePage(
            role, mayChange: request.actor.organisationWide.contains(.manageStaff), past: past, typed: request.form,
            faults: faults, shell: try await request.shell(title: "设置", note: "岗位权限", area: .settings))
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }
}
