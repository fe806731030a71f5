import Clinic
import Hummingbird
import Kernel
import Storage

/// The first run: one page, once.
package enum SetupRoutes: Feature {
    package static var views: [any Fragment.Type] { [SetupPage.self] }

    package static func add(to table: inout RouteTable) {
        table.openGet(StaffPaths.setup, use: show)
        table.openPost(StaffPaths.setup, limit: .signIn, use: setUp)
    }

    static func show(_ web: WebRequest) async throws -> Response {
        guard try await isEmpty(web) else { return web.redirect(ShellPaths.signIn) }
        return try page(web, Form(), FormErrors())
    }

    static func setUp(_ web: WebRequest) async throws -> Response {
        guard try await isEmpty(web) else { throw AlreadySetUp() }
        do {
            let form = try SetupForm(
                web.form, setupCode: web.app.setupCode, isProof: { web.app.cipher?.isRecoveryProof($0) ?? false },
                fingerprint: web.app.cipher?.fingerprint ?? "", now: web.now)
            let made = try await make(form, web)
            // Opened with the password just chosen, like any sign-in: one path into the house.
            let attempt = try await SignInFlow.withPassword(.person(made.administrator.id), form.password, web)
            guard case .opened(let session, _) = attempt.outcome else { return web.redirect(ShellPaths.signIn) }
            return SignInFlow.enter(
                session, mustChange: false, attempt: attempt, byPassword: true, next: ShellPaths.home, web)
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try page(web, web.form, FormErrors(error))
        }
    }

    private static func make(_ form: SetupForm, _ web: WebRequest) async throws -> Setup.Made {
        var run = form.run
        run.passwordHash = try await HashingQueue.make(form.password, salt: Randomness.salt, cost: .password)
        // Before there is a clinic, every id gives the shipped standard.
        let (firstRun, playbook, ids, now) = (run, web.app.playbook(ID(raw: 0)), web.app.ids, web.now)
        return try await web.app.db.write(in: .organisation, telling: .nothing) { tx in
            try Setup.firstRun(firstRun, playbook: playbook, ids: ids, now: now, in: tx)
        }
    }

    private static func isEmpty(_ web: WebRequest) async throws -> Bool {
        try await web.app.db.read { tx in try Organisation.find(in: tx) == nil }
    }

    private static func page(_ web: WebRequest, _ typed: Form, _ faults: FormErrors) throws -> Response {
        let page = SetupPage(
            typed, faults: faults, fingerprint: web.app.cipher?.fingerprint ?? "",
            shell: web.bareShell(title: "第一次使用"))
        return try web.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }
}
