import Clinic
import Hummingbird
import Kernel
import Storage

/// Signing in and out, changing persons, locking the screen (design §6).
package enum SignInRoutes: Feature {
    package static var views: [any Fragment.Type] { [SignInPage.self] }

    package static func add(to table: inout RouteTable) {
        table.openGet(ShellPaths.signIn, use: show)
        table.openPost(ShellPaths.signIn, limit: .signIn, use: signIn)
        table.openPost(StaffPaths.pin, limit: .signIn, use: signInWithPin)
        table.get(ShellPaths.switchPerson, .whileLocked, use: showSwitch)
        table.post(ShellPaths.signOut, .whileLocked, use: signOut)
        table.get(ShellPaths.lock, .whileLocked, use: showLock)
        table.post(ShellPaths.lock, .whileLocked, use: unlock)
        table.post(ShellPaths.lockNow, .whileLocked, use: lock)
    }

    // MARK: signing in

    static func show(_ web: WebRequest) async throws -> Response {
        let next = SignInFlow.next(web.query["next"])
        guard try await isSetUp(web) else { return web.redirect(StaffPaths.setup) }
        let person = ID<Staff>(web.query["person"])
        // Whoever is signed in comes here by a tile only to hand over to that person.
        if let signedIn = web.signedIn, !signedIn.isLocked, person == nil || person == signedIn.actor.id {
            return web.redirect(next)
        }
        if let person { return try await ask(person, next: next, web) }
        return try await choose(next: next, except: nil, web)
    }

    static func showSwitch(_ request: StaffRequest) async throws -> Response {
        try await choose(next: ShellPaths.home, except: request.actor.id, request.web)
    }

    static func signIn(_ web: WebRequest) async throws -> Response {
        let next = SignInFlow.next(web.form["next"])
        let attempt = try await SignInFlow.withPassword(.named(web.form["name"]), web.form["password"], web)
        switch attempt.outcome {
        case .opened(let session, let mustChange):
            return SignInFlow.enter(
                session, mustChange: mustChange, attempt: attempt, byPassword: true, next: next, web)
        case .refused(let refusal):
            let form = PasswordView(loginName: web.form["name"], next: next, action: ShellPaths.signIn)
            return try await page(.password(form), fault: refusal.userMessage, next: next, web)
        }
    }

    static func signInWithPin(_ web: WebRequest) async throws -> Response {
        let next = SignInFlow.next(web.form["next"])
        guard let id = ID<Staff>(web.form["person"]) else { throw NotFound("员工资料") }
        let attempt = try await SignInFlow.withPin(id, web.form["pin"], web)
        switch attempt.outcome {
        case .opened(let session, let mustChange):
            return SignInFlow.enter(
                session, mustChange: mustChange, attempt: attempt, byPassword: false, next: next, web)
        case .refused(.wrongPin(let left)):
            return try await ask(id, next: next, fault: SignInRefusal.wrongPin(left: left).userMessage, web)
        case .refused(let refusal):
            let known = web.knownPeople.people.contains { $0.id == id }
            let staff = known ? try await web.app.db.read { tx in try StaffStore.find(id, in: tx) } : nil
            let form = PasswordView(loginName: staff?.loginName ?? "", next: next, action: ShellPaths.signIn)
            return try await page(.password(form), fault: refusal.userMessage, next: next, web)
        }
    }

    static func signOut(_ request: StaffRequest) async throws -> Response {
        let (key, now) = (request.signedIn.sessionKey, request.now)
        try await request.app.db.write(in: .organisation, telling: .nothing) { tx in
            if let session = try SessionStore.find(key, in: tx) { try Sessions.end(session, now: now, in: tx) }
        }
        var response = request.redirect(ShellPaths.signIn)
        response.setCookie(request.web.cookie(ShellCookie.session, "", maxAge: 0))
        return response
    }

    // MARK: locking

    static func lock(_ request: StaffRequest) async throws -> Response {
        let (key, now) = (request.signedIn.sessionKey, request.now)
        try await request.app.db.write(in: .organisation, telling: .nothing) { tx in
            if let session = try SessionStore.find(key, in: tx) { try Sessions.lock(session, now: now, in: tx) }
        }
        return request.redirect(ShellPaths.lock(next: SignInFlow.next(request.form["next"])))
    }

    static func showLock(_ request: StaffRequest) async throws -> Response {
        let next = SignInFlow.next(request.query["next"])
        guard request.signedIn.isLocked else { return request.redirect(next) }
        let (account, session) = try await own(request)
        let idle = SecurityPolicy(request.app.playbook(request.clinic.id)).idleMinutes
        if account.mustChangePassword, !session.isLocked(at: request.now, idleMinutes: idle) {
            return request.redirect(URLText.address(StaffPaths.password, ["next": next]))
        }
        return try await lockPage(account, next: next, fault: nil, request)
    }

    static func unlock(_ request: StaffRequest) async throws -> Response {
        let (web, next) = (request.web, SignInFlow.next(request.form["next"]))
        let (account, session) = try await own(request)
        if web.form.has("password") {
            let attempt = try await SignInFlow.withPassword(.person(account.staff.id), web.form["password"], web)
            switch attempt.outcome {
            case .opened(let session, let mustChange):
                return SignInFlow.enter(
                    session, mustChange: mustChange, attempt: attempt, byPassword: true, next: next, web)
            case .refused(let refusal):
                return try await lockPage(account, next: next, fault: refusal.userMessage, usesPassword: true, request)
            }
        }
        let candidate = try await web.app.db.read { tx in try SignIn.pinCandidate(account.staff.id, in: tx) }
        let pin = String(web.form["pin"].halfWidth.prefix(12))
        let matches = try await HashingQueue.matches(pin, stored: candidate.storedHash)
        let refusal = try await web.app.db.write(in: .organisation, telling: .nothing) { tx in
            try SignIn.reopen(session, with: candidate, matches: matches, now: web.now, in: tx)
        }
        guard let refusal else { return web.redirect(next) }
        return try await lockPage(
            account, next: next, fault: refusal.userMessage, usesPassword: refusal == .passwordNeeded, request)
    }

    private static func own(_ request: StaffRequest) async throws -> (Account, Session) {
        let (id, key) = (request.actor.id, request.signedIn.sessionKey)
        return try await request.read { tx in
            guard let session = try SessionStore.find(key, in: tx) else { throw ShellError.signedOut }
            return (try AccountStore.get(id, in: tx), session)
        }
    }

    private static func lockPage(
        _ account: Account, next: String, fault: String?, usesPassword: Bool = false, _ request: StaffRequest
    ) async throws -> Response {
        let staff = account.staff
        let pinCounts = account.hasPin && account.failedPins < SecurityPolicy.pinFailures && !account.mustChangePassword
        let other = (href: ShellPaths.switchPerson, label: "不是\(staff.name)？换一位")
        if pinCounts, !usesPassword {
            let pin = PinView(
                person: staff.id.text, name: staff.name, role: "屏幕已锁定 · \(request.signedIn.roleText)", next: next,
                action: ShellPaths.lock)
            return try await page(.pin(pin), fault: fault, other: other, next: next, request.web)
        }
        let form = PasswordView(loginName: staff.loginName, next: next, action: ShellPaths.lock)
        return try await page(.password(form), fault: fault, other: other, next: next, request.web)
    }

    // MARK: pages

    /// The tiles of this browser, or the form when it knows nobody.
    private static func choose(next: String, except: ID<Staff>?, _ web: WebRequest) async throws -> Response {
        let tiles = try await tiles(next: next, except: except, web)
        guard !tiles.isEmpty, !web.query.has("with") else {
            let form = PasswordView(loginName: "", next: next, action: ShellPaths.signIn)
            return try await page(.password(form), fault: nil, next: next, web)
        }
        let other = (href: signInWithPassword(next), label: "其他人，用密码登录")
        return try await page(.choose(tiles), fault: nil, other: other, next: next, web)
    }

    /// The PIN of a person this browser knows, else name and password.
    private static func ask(
        _ id: ID<Staff>, next: String, fault: String? = nil, _ web: WebRequest
    ) async throws -> Response {
        let policy = try await SignInFlow.policy(web)
        let known = web.knownPeople
        guard known.people.contains(where: { $0.id == id }),
            let account = try await web.app.db.read({ tx in try AccountStore.find(id, in: tx) }), !account.isDisabled
        else { return try await choose(next: next, except: id, web) }
        let other = (href: ShellPaths.signIn(next: next), label: "不是\(account.staff.name)？换一位")
        guard known.mayUsePin(id, now: web.now, hours: policy.sessionHours), account.hasPin,
            account.failedPins < SecurityPolicy.pinFailures
        else {
            let form = PasswordView(loginName: account.staff.loginName, next: next, action: ShellPaths.signIn)
            return try await page(.password(form), fault: fault, other: other, next: next, web)
        }
        let pin = PinView(
            person: id.text, name: account.staff.name, role: roleText(account, web), next: next,
            action: StaffPaths.pin)
        return try await page(.pin(pin), fault: fault, other: other, next: next, web)
    }

    private static func tiles(next: String, except: ID<Staff>?, _ web: WebRequest) async throws -> [TileView] {
        let (known, policy) = (web.knownPeople, try await SignInFlow.policy(web))
        let accounts = try await web.app.db.read { tx in
            try known.people.filter { $0.id != except }.compactMap { try AccountStore.find($0.id, in: tx) }
        }
        return accounts.filter { !$0.isDisabled }.map { account in
            TileView(
                name: account.staff.name, role: roleText(account, web),
                href: StaffPaths.signIn(person: account.staff.id, next: next),
                needsPassword: !known.mayUsePin(account.staff.id, now: web.now, hours: policy.sessionHours)
                    || !account.hasPin)
        }
    }

    /// All roles of the person, wherever; there is no clinic yet.
    private static func roleText(_ account: Account, _ web: WebRequest) -> String {
        let clinic = account.grants.compactMap(\.clinicID).first ?? ID(raw: 0)
        return DatabaseSessions.roleText(Set(account.grants.map(\.role)), web.app.playbook(clinic))
    }

    private static func signInWithPassword(_ next: String) -> String {
        URLText.address(ShellPaths.signIn, ["with": "password", "next": next])
    }

    private static func isSetUp(_ web: WebRequest) async throws -> Bool {
        try await web.app.db.read { tx in try Organisation.find(in: tx) != nil }
    }

    private static func page(
        _ ask: SignInPage.Ask, fault: String?, other: (href: String, label: String)? = nil, next: String,
        _ web: WebRequest
    ) async throws -> Response {
        let (clinics, organisation) = try await web.app.db.read { tx in
            (try PlaceStore.clinics(in: tx), try Organisation.find(in: tx))
        }
        let name = clinics.count == 1 ? clinics[0].name : organisation?.name ?? web.app.options.siteName
        let day = clinics.first?.calendar.businessDay(of: web.now).longText ?? ""
        var other = other
        if other == nil, case .password = ask, !web.knownPeople.people.isEmpty {
            other = (ShellPaths.signIn(next: next), "返回选择人员")
        }
        let page = SignInPage(
            ask, siteName: name, dayText: day, fault: fault, other: other,
            shell: web.bareShell(title: "登录"))
        return try web.page(page, status: fault == nil ? .ok : .unprocessableContent)
    }
}
