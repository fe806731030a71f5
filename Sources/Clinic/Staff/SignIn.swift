import Kernel
import Storage

/// Signing in, in three steps, because scrypt must not run inside a transaction:
/// `candidate` (read) → `HashingQueue.matches` → `finish` (write in the organisation lane).
///
/// `finish` decides on the rows as they are then, in serial order: a storm of parallel guesses is counted one by one.
package enum SignIn {
    /// Whom the typed name means, and what to compare with. Says nothing about whether there is such a person.
    package struct Candidate: Hashable, Sendable {
        package let staffID: ID<Staff>?
        /// For `HashingQueue.matches`, which takes its time without one too.
        package let storedHash: String?
    }

    package enum Outcome: Hashable, Sendable {
        case opened(Session, mustChangePassword: Bool)
        /// Failures are recorded, so they are answers and not errors: an error would roll the count back.
        case refused(SignInRefusal)
    }

    // MARK: with the password

    /// - Parameter name: login name in any case, or the full name of exactly one person.
    package static func candidate(named name: String, in tx: any ReadTransaction) throws -> Candidate {
        let typed = name.halfWidth.trimmed
        let rows = try tx.rows(
            """
            SELECT id, login_name
            FROM staff
            WHERE (login_name = \(typed.lowercased()) OR name = \(typed)) AND disabled_at IS NULL
            LIMIT 3
            """)
        let byLogin = try rows.first { try $0.text("login_name") == typed.lowercased() }
        guard let row = byLogin ?? (rows.count == 1 ? rows[0] : nil) else {
            return Candidate(staffID: nil, storedHash: nil)
        }
        let id: ID<Staff> = try row.id("id")
        return Candidate(staffID: id, storedHash: try AccountStore.passwordHash(id, in: tx))
    }

    /// For the person of a session whose screen is locked, and for the console.
    package static func candidate(of id: ID<Staff>, in tx: any ReadTransaction) throws -> Candidate {
        Candidate(staffID: id, storedHash: try AccountStore.passwordHash(id, in: tx))
    }

    /// - Parameters:
    ///   - clinic: where the person wants to work; another one of theirs when they have no role there.
    package static func finish(
        _ candidate: Candidate, matches: Bool, opening new: NewSession, clinic: ID<ClinicSite>?,
        policy: SecurityPolicy, now: Timestamp, in tx: any WriteTransaction
    ) throws -> Outcome {
        guard let id = candidate.staffID, let account = try AccountStore.find(id, in: tx), !account.isDisabled,
            !account.isLocked(at: now), try AccountStore.passwordHash(id, in: tx) == candidate.storedHash
        else { return .refused(.wrongNameOrPassword(policy)) }
        guard matches else {
            try countFailure(account, policy: policy, now: now, in: tx)
            return .refused(.wrongNameOrPassword(policy))
        }
        guard let place = try workplace(of: account, wished: clinic, in: tx) else { return .refused(.noRole) }
        if account.failedSignIns > 0 || account.lockedUntil != nil {
            try AccountStore.setFailures(id, signIns: 0, lockedUntil: nil, in: tx)
        }
        if account.failedPins > 0 { try AccountStore.setFailedPins(id, 0, in: tx) }
        let session = try open(new, for: id, clinic: place, way: "password", policy: policy, now: now, in: tx)
        return .opened(session, mustChangePassword: account.mustChangePassword)
    }

    /// One more wrong password; locks the account at the limit of the policy.
    static func countFailure(
        _ account: Account, policy: SecurityPolicy, now: Timestamp, in tx: any WriteTransaction
    ) throws {
        let failures = (account.lockedUntil == nil ? account.failedSignIns : 0) + 1
        let locks = failures >= policy.lockoutFailures
        let until = locks ? now.adding(minutes: policy.lockoutMinutes) : nil
        try AccountStore.setFailures(account.staff.id, signIns: failures, lockedUntil: until, in: tx)
        var events = [Event("staff.signInFailed", of: account.staff.id, ["failures": JSONValue(failures)])]
        if locks { events.append(Event("staff.locked", of: account.staff.id, ["until": JSONValue(until)])) }
        try Audit.append(events, actor: Actor.system.id, at: now, lane: .organisation, in: tx)
    }

    // MARK: with the PIN

    /// For a browser in which the person signed in with the password before.
    package static func pinCandidate(_ id: ID<Staff>, in tx: any ReadTransaction) throws -> Candidate {
        Candidate(staffID: id, storedHash: try AccountStore.pinHash(id, in: tx))
    }

    /// Opens a session by PIN: the change of persons at a shared computer.
    package static func finishPin(
        _ candidate: Candidate, matches: Bool, opening new: NewSession, clinic: ID<ClinicSite>?,
        policy: SecurityPolicy, now: Timestamp, in tx: any WriteTransaction
    ) throws -> Outcome {
        let account: Account
        switch try decidePin(candidate, matches: matches, now: now, in: tx) {
        case .failure(let refusal): return .refused(refusal)
        case .success(let found): account = found
        }
        guard let place = try workplace(of: account, wished: clinic, in: tx) else { return .refused(.noRole) }
        let session = try open(
            new, for: account.staff.id, clinic: place, way: "pin", policy: policy, now: now, in: tx)
        return .opened(session, mustChangePassword: false)
    }

    /// Reopens a locked screen.
    /// - Returns: nil when it is open again.
    package static func reopen(
        _ session: Session, with candidate: Candidate, matches: Bool, now: Timestamp, in tx: any WriteTransaction
    ) throws -> SignInRefusal? {
        guard candidate.staffID == session.staffID, let current = try SessionStore.find(session.tokenHash, in: tx),
            current.isOpen(at: now)
        else { return .passwordNeeded }
        if case .failure(let refusal) = try decidePin(candidate, matches: matches, now: now, in: tx) { return refusal }
        try SessionStore.setReopened(session.tokenHash, at: now, in: tx)
        try Audit.append(
            [Event("staff.screenReopened", of: session.staffID)], actor: session.staffID, at: now, lane: .organisation,
            in: tx)
        return nil
    }

    private static func decidePin(
        _ candidate: Candidate, matches: Bool, now: Timestamp, in tx: any WriteTransaction
    ) throws -> Result<Account, SignInRefusal> {
        guard let id = candidate.staffID, let stored = candidate.storedHash,
            let account = try AccountStore.find(id, in: tx), !account.isDisabled, !account.isLocked(at: now),
            !account.mustChangePassword, account.failedPins < SecurityPolicy.pinFailures,
            try AccountStore.pinHash(id, in: tx) == stored
        else { return .failure(.passwordNeeded) }
        guard matches else {
            let failures = account.failedPins + 1
            try AccountStore.setFailedPins(id, failures, in: tx)
            try Audit.append(
                [Event("staff.pinFailed", of: id, ["failures": JSONValue(failures)])], actor: Actor.system.id, at: now,
                lane: .organisation, in: tx)
            let left = SecurityPolicy.pinFailures - failures
            return .failure(left > 0 ? .wrongPin(left: left) : .passwordNeeded)
        }
        if account.failedPins > 0 { try AccountStore.setFailedPins(id, 0, in: tx) }
        return .success(account)
    }

    // MARK: both

    private static func workplace(
        of account: Account, wished: ID<ClinicSite>?, in tx: any ReadTransaction
    ) throws -> ID<ClinicSite>? {
        let own = account.clinics(of: try PlaceStore.clinics(in: tx))
        return (own.first { $0.id == wished } ?? own.first)?.id
    }

    private static func open(
        _ new: NewSession, for staff: ID<Staff>, clinic: ID<ClinicSite>, way: String, policy: SecurityPolicy,
        now: Timestamp, in tx: any WriteTransaction
    ) throws -> Session {
        let session = Session(
            tokenHash: new.token.hash, staffID: staff, clinicID: clinic, csrf: new.csrf, device: new.device,
            createdAt: now, lastSeenAt: now, expiresAt: now.adding(hours: policy.sessionHours), lockedAt: nil,
            revokedAt: nil)
        try SessionStore.insert(session, in: tx)
        try Audit.append(
            [
                Event(
                    "staff.signedIn", of: staff,
                    ["device": .text(new.device), "way": .text(way), "clinic": JSONValue(clinic)])
            ], actor: staff, at: now, lane: .organisation, in: tx)
        return session
    }
}

/// Why somebody is not let in. The answer to a wrong name, a wrong password, a locked and a disabled account is the
/// same: it does not tell who works here (design §6).
package enum SignInRefusal: UserFacingError, Hashable {
    case wrongNameOrPassword(SecurityPolicy)
    case wrongPin(left: Int)
    case passwordNeeded
    case noRole

    package var kind: FailureKind { .invalid }
    package var userMessage: String {
        switch self {
        case .wrongNameOrPassword(let policy):
            "登录名或密码不对。连续输错 \(policy.lockoutFailures) 次，账号会锁定 \(policy.lockoutMinutes) 分钟；忘记密码请找管理员重设"
        case .wrongPin(let left): "PIN 不对，还可以再试 \(left) 次"
        case .passwordNeeded: "这次请输入密码，之后又可以用 PIN 快速登录"
        case .noRole: "您的账号还没有分配岗位，请找管理员处理"
        }
    }
    package var field: String? {
        switch self {
        case .wrongNameOrPassword, .passwordNeeded, .noRole: "password"
        case .wrongPin: "pin"
        }
    }
}
