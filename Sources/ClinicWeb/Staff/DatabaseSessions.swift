import Clinic
import Kernel
import Storage

/// Sessions from the `session` table. Read at every request: revoking, disabling and a change of roles or of the
/// playbook act with the next click (R16.02, R16.03).
package final class DatabaseSessions: SessionSource {
    private let db: any Database
    private let playbooks: PlaybookCache
    /// Session key → when this process last noted activity. Only spares writes, so it may forget.
    private let noted = Guarded<[String: Timestamp]>([:])

    package init(db: any Database, playbooks: PlaybookCache) {
        self.db = db
        self.playbooks = playbooks
    }

    package func find(token: String, now: Timestamp) async throws -> SignedIn? {
        guard let token = SessionToken(token) else { return nil }
        let playbooks = playbooks
        return try await db.read { tx in
            guard let found = try Sessions.resolve(token, now: now, in: tx) else { return nil }
            try playbooks.refresh(in: tx)
            return Self.signedIn(found, playbooks.playbook(found.clinic.id), now: now)
        }
    }

    package func touch(_ signedIn: SignedIn, now: Timestamp) async throws {
        // The pages that open a locked screen answer while it is locked; that is no work, and must not count as an opening.
        guard !signedIn.isLocked else { return }
        let key = signedIn.sessionKey
        guard isDue(key, now) else { return }
        try await db.write(in: .organisation, telling: .nothing) { tx in try Sessions.noteSeen(key, now: now, in: tx) }
    }

    private func isDue(_ key: String, _ now: Timestamp) -> Bool {
        noted.withLock { noted in
            if let last = noted[key], now < last.adding(minutes: 1) { return false }
            if noted.count > 10_000 { noted = noted.filter { now < $0.value.adding(minutes: 1) } }
            noted[key] = now
            return true
        }
    }

    /// An account whose password was given by somebody else is treated as locked: everything but the page that sets a
    /// new one stays closed.
    static func signedIn(_ found: Sessions.SignedIn, _ playbook: Playbook, now: Timestamp) -> SignedIn {
        let policy = SecurityPolicy(playbook)
        return SignedIn(
            actor: found.actor(playbook), clinic: found.clinic, sessionKey: found.session.tokenHash,
            csrf: found.session.csrf,
            isLocked: found.session.isLocked(at: now, idleMinutes: policy.idleMinutes)
                || found.account.mustChangePassword,
            roleText: roleText(found.account.roles(in: found.clinic.id), playbook))
    }

    /// "导诊 · 收银", at most two; in the order of the playbook.
    static func roleText(_ roles: Set<String>, _ playbook: Playbook) -> String {
        let names = playbook.roles.filter { roles.contains($0.code) }.map(\.name)
        return names.prefix(2).joined(separator: " · ") + (names.count > 2 ? " 等" : "")
    }
}
