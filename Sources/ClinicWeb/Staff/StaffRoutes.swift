import Clinic
import Hummingbird
import Kernel
import Storage

/// Administration of accounts: everything needs `manageStaff`.
package enum StaffRoutes: Feature {
    package static var views: [any Fragment.Type] { [StaffListPage.self, StaffPage.self, ColleaguePage.self] }

    package static func add(to table: inout RouteTable) {
        let access = Access.needs(.manageStaff)
        table.get(StaffPaths.list, access, use: list)
        table.post(StaffPaths.list, access, use: create)
        table.get(StaffPaths.new, access, use: showNew)
        table.get(StaffPaths.staffPattern, access, use: show)
        table.post(StaffPaths.staffPattern, access, use: edit)
        table.post("/staff/:id/roles", access, use: setRoles)
        table.post("/staff/:id/password", access, use: resetPassword)
        table.post("/staff/:id/sessions", access, use: revokeSessions)
        table.post("/staff/:id/disable", access, use: disable)
        table.post("/staff/:id/enable", access, use: enable)
    }

    static func list(_ request: StaffRequest) async throws -> Response {
        let work = request.work
        let (people, clinics) = try await request.read { tx in
            (try Accounts.list(by: work, in: tx), try PlaceStore.clinics(in: tx))
        }
        let page = StaffListPage(
            people.map(\.account), clinics: clinics, playbook: request.app.playbook(request.clinic.id),
            now: request.now,
            tabs: SettingsTab.all(for: request, current: .staff),
            shell: try await request.shell(title: "员工", area: .settings))
        return try request.page(page)
    }

    static func showNew(_ request: StaffRequest) async throws -> Response { try await newPage(request, Form()) }

    static func create(_ request: StaffRequest) async throws -> Response {
        let (form, work) = (StaffForm(form: request.form), request.work)
        let password = Randomness.firstPassword
        do {
            let account = try form.account.checked()
            let grants = form.grants
            guard !grants.isEmpty else { throw FormErrors("roles", "请至少选一个岗位，没有岗位不能登录") }
            let hash = try await HashingQueue.make(password, salt: Randomness.salt, cost: .password)
            let staff = try await request.writeOrganisation(changing: .house) { tx in
                try Accounts.create(account, grants: grants, passwordHash: hash, by: work, in: tx)
            }
            return try await personPage(request, staff.id, newPassword: password)
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await newPage(request, request.form, FormErrors(error))
        }
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try await personPage(request, try request.id("id", what: "员工资料"))
    }

    static func edit(_ request: StaffRequest) async throws -> Response {
        let id: ID<Staff> = try request.id("id", what: "员工资料")
        let (form, work) = (StaffForm(form: request.form), request.work)
        let version = Int(request.form["version"]) ?? 0
        do {
            let account = try form.account.checked()
            try await request.writeOrganisation(changing: .house) { tx in
                try Accounts.edit(id, to: account, version: version, by: work, in: tx)
            }
            return request.redirect(StaffPaths.staff(id), flash: "资料已保存")
        } catch let error as any UserFacingError where error.kind == .invalid || error is ChangedMeanwhile {
            return try await personPage(request, id, typed: request.form, faults: FormErrors(error))
        }
    }

    static func setRoles(_ request: StaffRequest) async throws -> Response {
        let id: ID<Staff> = try request.id("id", what: "员工资料")
        let (grants, work) = (StaffForm(form: request.form).grants, request.work)
        do {
            try await request.writeOrganisation(changing: .house) { tx in
                try Accounts.setRoles(id, to: grants, by: work, in: tx)
            }
            return request.redirect(StaffPaths.staff(id), flash: "岗位已改，马上生效")
        } catch let error as any UserFacingError where error.kind == .invalid || error is LastAdministrator {
            return try await personPage(request, id, faults: FormErrors(error))
        }
    }

    static func resetPassword(_ request: StaffRequest) async throws -> Response {
        let id: ID<Staff> = try request.id("id", what: "员工资料")
        let (work, password) = (request.work, Randomness.firstPassword)
        let hash = try await HashingQueue.make(password, salt: Randomness.salt, cost: .password)
        try await request.writeOrganisation(changing: .house) { tx in
            try Accounts.resetPassword(id, hash: hash, by: work, in: tx)
        }
        return try await personPage(request, id, newPassword: password)
    }

    static func revokeSessions(_ request: StaffRequest) async throws -> Response {
        try await change(request, flash: "已在所有设备上退出，下次登录要用密码") { id, work, tx in
            try Accounts.revokeSessions(id, by: work, in: tx)
        }
    }

    static func disable(_ request: StaffRequest) async throws -> Response {
        try await change(request, flash: "账号已停用，登录已全部结束") { id, work, tx in
            try Accounts.disable(id, by: work, in: tx)
        }
    }

    static func enable(_ request: StaffRequest) async throws -> Response {
        try await change(request, flash: "账号已恢复，本人可以登录") { id, work, tx in
            try Accounts.enable(id, by: work, in: tx)
        }
    }

    private static func change(
        _ request: StaffRequest, flash: String,
        _ body: @escaping @Sendable (ID<Staff>, Work, any WriteTransaction) throws -> Void
    ) async throws -> Response {
        let id: ID<Staff> = try request.id("id", what: "员工资料")
        let work = request.work
        try await request.writeOrganisation(changing: .house) { tx in try body(id, work, tx) }
        return request.redirect(StaffPaths.staff(id), flash: flash)
    }

    // MARK: pages

    private static func around(_ request: StaffRequest) async throws -> StaffPage.Surroundings {
        let (clinic, work) = (request.clinic.id, request.work)
        return try await request.read { tx in
            .init(
                clinics: try PlaceStore.clinics(in: tx), chairs: try PlaceStore.chairs(clinic: clinic, in: tx),
                roles: work.playbook.roles.map { ($0.code, $0.name) }, reach: try AdministratorReach.of(work, in: tx))
        }
    }

    private static func newPage(
        _ request: StaffRequest, _ typed: Form, _ faults: FormErrors = FormErrors()
    ) async throws -> Response {
        let page = StaffPage(
            typed: typed, version: 0, existing: nil, around: try await around(request), faults: faults,
            shell: try await request.shell(title: "新同事", note: "员工", area: .settings))
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    private static func personPage(
        _ request: StaffRequest, _ id: ID<Staff>, newPassword: String? = nil, typed: Form? = nil,
        faults: FormErrors = FormErrors()
    ) async throws -> Response {
        let (now, work) = (request.now, request.work)
        let (seen, sessions) = try await request.read { tx in
            (try Accounts.seen(id, by: work, in: tx), try SessionStore.listOpen(id, now: now, in: tx))
        }
        let account = seen.account
        guard seen.isAdministered else { return try await colleaguePage(request, account) }
        let access = StaffAccessView(
            account, sessions: sessions, newPassword: newPassword, isSelf: id == request.actor.id, now: now,
            calendar: request.clinic.calendar)
        var form = StaffForm.of(account)
        // The roles are a form of their own: what was typed about the person says nothing about them.
        if let typed { form = Form(pairs: typed.pairs + form.pairs.filter { $0.name == "grant" }) }
        let page = StaffPage(
            typed: form, version: account.staff.version, existing: access, around: try await around(request),
            faults: faults, shell: try await request.shell(title: account.staff.name, note: "员工", area: .settings))
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    /// Somebody who works in other clinics too: seen, not administered (R16.15).
    private static func colleaguePage(_ request: StaffRequest, _ account: Account) async throws -> Response {
        let around = try await around(request)
        let page = ColleaguePage(
            account, around: around,
            shell: try await request.shell(title: account.staff.name, note: "员工", area: .settings))
        return try request.page(page)
    }
}
