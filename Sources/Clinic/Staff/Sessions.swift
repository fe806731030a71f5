import Kernel
import Storage

/// Who is behind a session cookie, and the ends of sessions.
package enum Sessions {
    /// A session that counts, with its person and place.
    package struct SignedIn: Hashable, Sendable {
        package let session: Session
        package let account: Account
        package let clinic: ClinicSite
        /// Every clinic the person may work in.
        package let clinics: [ClinicSite]

        /// The person with the rights of this clinic (R16.03).
        package func actor(_ playbook: Playbook) -> Actor {
            Actor(account, in: clinic.id, playbook: playbook)
        }
    }

    /// Read at every request, so that revoking, disabling and a change of roles act with the next click.
    /// - Returns: nil when the session is over, the person was disabled or has no role in its clinic any more.
    package static func resolve(
        _ token: SessionToken, now: Timestamp, in tx: any ReadTransaction
    ) throws -> SignedIn? {
        guard let session = try SessionStore.find(token.hash, in: tx), session.isOpen(at: now),
            let account = try AccountStore.find(session.staffID, in: tx), !account.isDisabled
        else { return nil }
        let clinics = account.clinics(of: try PlaceStore.clinics(in: tx))
        guard let clinic = clinics.first(where: { $0.id == session.clinicID }) else { return nil }
        return SignedIn(session: session, account: account, clinic: clinic, clinics: clinics)
    }

    /// Notes that the person is at work; callers do so at most once a minute.
    package static func noteSeen(_ tokenHash: String, now: Timestamp, in tx: any WriteTransaction) throws {
        try SessionStore.setSeen(tokenHash, at: now, in: tx)
    }

    /// Locks the screen; the session stays.
    package static func lock(_ session: Session, now: Timestamp, in tx: any WriteTransaction) throws {
        guard session.lockedAt == nil else { return }
        try SessionStore.setLocked(session.tokenHash, at: now, in: tx)
        try append(Event("staff.screenLocked", of: session.staffID), of: session, now: now, in: tx)
    }

    /// Signs out.
    package static func end(_ session: Session, now: Timestamp, in tx: any WriteTransaction) throws {
        guard try SessionStore.revoke(session.tokenHash, at: now, in: tx) > 0 else { return }
        try append(Event("staff.signedOut", of: session.staffID), of: session, now: now, in: tx)
    }

    /// Goes on working in another clinic of the person.
    /// - Throws: `NotFound` when the person has no role there or the session is gone.
    @discardableResult
    package static func changeClinic(
        ofSession tokenHash: String, _ account: Account, to clinic: ID<ClinicSite>, now: Timestamp,
        in tx: any WriteTransaction
    ) throws -> ClinicSite {
        let site = try PlaceStore.clinic(clinic, in: tx)
        guard let session = try SessionStore.find(tokenHash, in: tx), session.staffID == account.staff.id,
            !account.roles(in: clinic).isEmpty
        else { throw NotFound("门诊") }
        guard session.clinicID != clinic else { return site }
        try SessionStore.setClinic(tokenHash, to: clinic, in: tx)
        let event = Event(
            "staff.clinicChanged", of: session.staffID,
            ["from": JSONValue(session.clinicID), "to": JSONValue(clinic)])
        try append(event, of: session, now: now, in: tx)
        return site
    }

    /// Forgets sessions that ended 90 days ago (design §9).
    /// - Returns: how many.
    @discardableResult
    package static func purge(now: Timestamp, in tx: any WriteTransaction) throws -> Int {
        try SessionStore.purge(before: now.adding(days: -90), in: tx)
    }

    private static func append(
        _ event: Event, of session: Session, now: Timestamp, in tx: any WriteTransaction
    ) throws {
        try Audit.append([event], actor: session.staffID, at: now, lane: .organisation, in: tx)
    }
}

extension Actor {
    /// The union of the person's roles in `clinic` (R16.03).
    package init(_ account: Account, in clinic: ID<ClinicSite>, playbook: Playbook) {
        let roles = account.roles(in: clinic)
        self.init(
            id: account.staff.id, name: account.staff.name, roles: roles,
            capabilities: playbook.capabilities(ofRoles: roles),
            organisationWide: playbook.capabilities(
                ofRoles: Set(account.grants.filter { $0.clinicID == nil }.map(\.role))))
    }
}
