import Clinic
import Hummingbird
import Kernel
import Storage

/// What people set for themselves.
package enum OwnAccountRoutes: Feature {
    package static var views: [any Fragment.Type] { [OwnAccountPage.self, PasswordPage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(StaffPaths.account, .signedIn, use: show)
        table.post(StaffPaths.accountPin, .signedIn, use: setPin)
        table.post(StaffPaths.accountClinic, .signedIn, use: changeClinic)
        // Reachable while the account still has a password that somebody else gave; it asks for the current one.
        table.get(StaffPaths.password, .whileLocked, use: showPassword)
        table.post(StaffPaths.password, .whileLocked, use: changePassword)
    }

    static func show(_ request: StaffRequest) async throws -> Response { try await page(request) }

    static func showPassword(_ request: StaffRequest) async throws -> Response {
        let next = SignInFlow.next(request.query["next"])
        return try passwordPage(request, next: next, FormErrors())
    }

    static func changePassword(_ request: StaffRequest) async throws -> Response {
        let own = try await own(request)
        let isInside = request.form.has("inside")
        do {
            let form = try PasswordForm(request.form, staff: own.account.staff)
            let candidate = own.candidate
            let matches = try await HashingQueue.matches(form.current, stored: candidate.storedHash)
            let hash = try await HashingQueue.make(form.new, salt: Randomness.salt, cost: .password)
            let (now, policy) = (request.now, SecurityPolicy(request.app.playbook(request.clinic.id)))
            let refusal = try await request.app.db.write(in: .organisation, telling: .nothing) { tx in
                try OwnSecrets.changePassword(
                    of: own.account, checked: candidate, matches: matches, to: hash, keeping: own.session,
                    policy: policy, now: now, in: tx)
            }
            if let refusal { throw refusal }
            let next = isInside ? StaffPaths.account : SignInFlow.next(request.form["next"])
            return request.redirect(next, flash: "新密码已生效，其他设备上的登录已结束")
        } catch let error as any UserFacingError {
            let faults = FormErrors(error)
            if isInside { return try await page(request, passwordFaults: faults) }
            return try passwordPage(request, next: SignInFlow.next(request.form["next"]), faults)
        }
    }

    static func setPin(_ request: StaffRequest) async throws -> Response {
        let own = try await own(request)
        do {
            let form = try PinForm(request.form)
            let candidate = own.candidate
            let matches = try await HashingQueue.matches(form.current, stored: candidate.storedHash)
            let hash = try await HashingQueue.make(form.pin, salt: Randomness.salt, cost: .pin)
            let (now, policy) = (request.now, SecurityPolicy(request.app.playbook(request.clinic.id)))
            let refusal = try await request.app.db.write(in: .organisation, telling: .nothing) { tx in
                try OwnSecrets.setPin(
                    of: own.account, checked: candidate, matches: matches, to: hash, policy: policy, now: now,
                    in: tx)
            }
            if let refusal { throw refusal }
            return request.redirect(StaffPaths.account, flash: "PIN 已设置，下次换人和解锁就能用")
        } catch let error as any UserFacingError {
            return try await page(request, pinFaults: FormErrors(error))
        }
    }

    static func changeClinic(_ request: StaffRequest) async throws -> Response {
        guard let id = ID<ClinicSite>(request.form["clinic"]) else { throw NotFound("门诊") }
        let (key, account, now) = (request.signedIn.sessionKey, try await own(request).account, request.now)
        let site = try await request.app.db.write(in: .organisation, telling: .nothing) { tx in
            try Sessions.changeClinic(ofSession: key, account, to: id, now: now, in: tx)
        }
        return request.redirect(ShellPaths.home, flash: "现在在\(site.name)工作")
    }

    // MARK: pages

    private struct Own: Sendable {
        let account: Account
        let session: Session
        let candidate: SignIn.Candidate
    }

    private static func own(_ request: StaffRequest) async throws -> Own {
        let (id, key) = (request.actor.id, request.signedIn.sessionKey)
        return try await request.read { tx in
            guard let session = try SessionStore.find(key, in: tx) else { throw ShellError.signedOut }
            return Own(
                account: try AccountStore.get(id, in: tx), session: session,
                candidate: try SignIn.candidate(of: id, in: tx))
        }
    }

    private static func page(
        _ request: StaffRequest, passwordFaults: FormErrors = FormErrors(), pinFaults: FormErrors = FormErrors()
    ) async throws -> Response {
        let (id, key, now) = (request.actor.id, request.signedIn.sessionKey, request.now)
        let (account, clinics, sessions) = try await request.read { tx in
            (
                try AccountStore.get(id, in: tx), try PlaceStore.clinics(in: tx),
                try SessionStore.listOpen(id, now: now, in: tx)
            )
        }
        let calendar = request.clinic.calendar
        let page = OwnAccountPage(
            account, roleText: request.signedIn.roleText, clinics: account.clinics(of: clinics),
            current: request.clinic.id,
            sessions: sessions.map { SessionView($0, isCurrent: $0.tokenHash == key, calendar: calendar) },
            passwordFaults: passwordFaults, pinFaults: pinFaults,
            shell: try await request.shell(title: "我的账号"))
        let isFine = passwordFaults.isEmpty && pinFaults.isEmpty
        return try request.page(page, status: isFine ? .ok : .unprocessableContent)
    }

    private static func passwordPage(_ request: StaffRequest, next: String, _ faults: FormErrors) throws -> Response {
        let page = PasswordPage(
            shell: request.bareShell(title: "设置新密码"), name: request.actor.name, inputs: PasswordPage.inputs(faults),
            next: next)
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }
}
