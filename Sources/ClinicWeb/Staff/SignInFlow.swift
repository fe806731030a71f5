import Clinic
import Hummingbird
import Kernel
import Storage

/// The web half of signing in: read, hash on the hashing threads, write, set cookies.
enum SignInFlow {
    enum Who: Sendable {
        case named(String)
        case person(ID<Staff>)
    }

    struct Attempt: Sendable {
        let outcome: SignIn.Outcome
        /// For the cookie, when a session was opened.
        let token: SessionToken
        /// Life of the session.
        let hours: Int
    }

    /// The thresholds of the clinic this browser worked in last, else of the first one.
    static func policy(_ web: WebRequest) async throws -> SecurityPolicy {
        if let signedIn = web.signedIn { return SecurityPolicy(web.app.playbook(signedIn.clinic.id)) }
        let first = try await web.app.db.read { tx in try PlaceStore.clinics(in: tx).first }
        return first.map { SecurityPolicy(web.app.playbook($0.id)) } ?? SecurityPolicy()
    }

    static func withPassword(_ who: Who, _ password: String, _ web: WebRequest) async throws -> Attempt {
        let candidate = try await web.app.db.read { tx in
            switch who {
            case .named(let name): try SignIn.candidate(named: name, in: tx)
            case .person(let id): try SignIn.candidate(of: id, in: tx)
            }
        }
        let matches = try await HashingQueue.matches(
            String(password.prefix(SecretRules.longestPassword)), stored: candidate.storedHash)
        return try await finish(web) { tx, new, policy in
            try SignIn.finish(
                candidate, matches: matches, opening: new, clinic: web.signedIn?.clinic.id, policy: policy,
                now: web.now, in: tx)
        }
    }

    static func withPin(_ id: ID<Staff>, _ pin: String, _ web: WebRequest) async throws -> Attempt {
        let policy = try await policy(web)
        guard web.knownPeople.mayUsePin(id, now: web.now, hours: policy.sessionHours) else {
            return Attempt(outcome: .refused(.passwordNeeded), token: Randomness.token, hours: policy.sessionHours)
        }
        let candidate = try await web.app.db.read { tx in try SignIn.pinCandidate(id, in: tx) }
        let matches = try await HashingQueue.matches(String(pin.halfWidth.prefix(12)), stored: candidate.storedHash)
        return try await finish(web) { tx, new, policy in
            try SignIn.finishPin(
                candidate, matches: matches, opening: new, clinic: web.signedIn?.clinic.id, policy: policy,
                now: web.now, in: tx)
        }
    }

    /// Opens the new session and ends the one this browser had, together.
    private static func finish(
        _ web: WebRequest,
        _ body: @escaping @Sendable (any WriteTransaction, NewSession, SecurityPolicy) throws -> SignIn.Outcome
    ) async throws -> Attempt {
        let policy = try await policy(web)
        let token = Randomness.token
        let new = NewSession(token: token, csrf: Randomness.csrf, device: web.deviceName)
        let (old, now) = (web.signedIn?.sessionKey, web.now)
        let outcome = try await web.app.db.write(in: .organisation, telling: .nothing) { tx in
            let outcome = try body(tx, new, policy)
            if case .opened = outcome, let old, let session = try SessionStore.find(old, in: tx) {
                try Sessions.end(session, now: now, in: tx)
            }
            return outcome
        }
        return Attempt(outcome: outcome, token: token, hours: policy.sessionHours)
    }

    /// Goes on to `next` with the cookies of the new session; to the password page first when the password was given
    /// by somebody else.
    static func enter(
        _ session: Session, mustChange: Bool, attempt: Attempt, byPassword: Bool, next: String, _ web: WebRequest
    ) -> Response {
        let target = mustChange ? URLText.address(StaffPaths.password, ["next": next]) : next
        var response = web.redirect(target)
        response.setCookie(web.cookie(ShellCookie.session, attempt.token.text, maxAge: attempt.hours * 3_600))
        if byPassword {
            var people = web.knownPeople
            people.add(session.staffID, passwordAt: web.now)
            let text = people.encoded(web.app.secret)
            response.setCookie(web.cookie(KnownPeople.cookie, text, maxAge: KnownPeople.days * 86_400))
        }
        return response
    }

    /// The page of this site that was asked for before signing in.
    static func next(_ text: String) -> String { URLText.localPath(text) ?? ShellPaths.home }
}
