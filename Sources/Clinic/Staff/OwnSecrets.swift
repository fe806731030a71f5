import Kernel
import Storage

/// What people do with their own password and PIN. The current password is checked by the caller before
/// (`SignIn.candidate` and `HashingQueue.matches`), because scrypt must not run inside a transaction.
package enum OwnSecrets {
    /// Ends all other sessions of the person.
    /// - Parameters:
    ///   - candidate: whose hash the current password was compared with.
    ///   - kept: the session that goes on.
    /// - Returns: a refusal when the current password was wrong or the account is locked; the failure is counted like one
    ///   at sign-in.
    package static func changePassword(
        of account: Account, checked candidate: SignIn.Candidate, matches: Bool, to hash: String, keeping kept: Session,
        policy: SecurityPolicy, now: Timestamp, in tx: any WriteTransaction
    ) throws -> CurrentPasswordWrong? {
        let id = account.staff.id
        guard try isProved(id, candidate, matches, policy: policy, now: now, in: tx) else {
            try append(Event("staff.passwordChangeRefused", of: id), actor: id, now: now, in: tx)
            return CurrentPasswordWrong()
        }
        try AccountStore.setPassword(id, hash: hash, mustChange: false, in: tx)
        // The person is here and has just shown the password: the PIN may count at once.
        try AccountStore.setFailedPins(id, 0, in: tx)
        let ended = try SessionStore.revokeAll(of: id, but: kept.tokenHash, at: now, in: tx)
        try append(
            Event("staff.passwordChanged", of: id, ["sessionsEnded": JSONValue(ended)]), actor: id, now: now, in: tx)
        return nil
    }

    /// - Parameter hash: nil takes the PIN away.
    /// - Returns: a refusal when the current password was wrong or the account is locked; the failure counts.
    package static func setPin(
        of account: Account, checked candidate: SignIn.Candidate, matches: Bool, to hash: String?,
        policy: SecurityPolicy, now: Timestamp, in tx: any WriteTransaction
    ) throws -> CurrentPasswordWrong? {
        let id = account.staff.id
        guard try isProved(id, candidate, matches, policy: policy, now: now, in: tx) else {
            try append(Event("staff.pinChangeRefused", of: id), actor: id, now: now, in: tx)
            return CurrentPasswordWrong()
        }
        try AccountStore.setPin(id, hash: hash, in: tx)
        try append(Event(hash == nil ? "staff.pinRemoved" : "staff.pinSet", of: id), actor: id, now: now, in: tx)
        return nil
    }

    /// For demo data and the console, where nobody is signed in.
    package static func install(
        pinHash: String, for id: ID<Staff>, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageStaff)
        try AccountStore.setPin(id, hash: pinHash, in: tx)
        try Audit.append([Event("staff.pinSet", of: id)], by: work, lane: .organisation, in: tx)
    }

    /// Whether the current password was shown. A wrong one counts: the page for a new password also answers while the
    /// screen is locked, so it must not be a place to guess at.
    private static func isProved(
        _ id: ID<Staff>, _ candidate: SignIn.Candidate, _ matches: Bool, policy: SecurityPolicy, now: Timestamp,
        in tx: any WriteTransaction
    ) throws -> Bool {
        let account = try AccountStore.get(id, in: tx)
        guard candidate.staffID == id, !account.isLocked(at: now),
            try AccountStore.passwordHash(id, in: tx) == candidate.storedHash
        else { return false }
        if !matches { try SignIn.countFailure(account, policy: policy, now: now, in: tx) }
        return matches
    }

    private static func append(
        _ event: Event, actor: ID<Staff>, now: Timestamp, in tx: any WriteTransaction
    ) throws {
        try Audit.append([event], actor: actor, at: now, lane: .organisation, in: tx)
    }
}

package struct CurrentPasswordWrong: UserFacingError, Hashable {
    package init() {}
    package var kind: FailureKind { .invalid }
    package var userMessage: String { "现在的密码不对，请再输入一次；连续输错会锁定账号" }
    package var field: String? { "currentPassword" }
}
