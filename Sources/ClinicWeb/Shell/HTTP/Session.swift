import Clinic
import Kernel

/// A person at a browser: who, in which clinic, with which session.
package struct SignedIn: Sendable {
    package let actor: Actor
    package let clinic: ClinicSite
    /// SHA-256 of the cookie's token; names the session row. Never shown.
    package let sessionKey: String
    package let csrf: String
    /// Idle lock: only `Access.whileLocked` routes answer until the PIN was given.
    package let isLocked: Bool
    /// "导诊": what the bar says behind the name.
    package let roleText: String

    package init(
        actor: Actor, clinic: ClinicSite, sessionKey: String, csrf: String, isLocked: Bool = false,
        roleText: String = ""
    ) {
        self.actor = actor
        self.clinic = clinic
        self.sessionKey = sessionKey
        self.csrf = csrf
        self.isLocked = isLocked
        self.roleText = roleText
    }
}

/// Finds sessions. Implemented over the `session` table.
package protocol SessionSource: Sendable {
    /// - Parameter token: the value of the cookie, as the browser sent it.
    /// - Returns: nil when there is no such session, or it has expired or was revoked. Reads only.
    func find(token: String, now: Timestamp) async throws -> SignedIn?
    /// The person did something; screens that refresh themselves do not count. At most one write a minute.
    func touch(_ signedIn: SignedIn, now: Timestamp) async throws
}

extension SessionSource {
    package func touch(_ signedIn: SignedIn, now: Timestamp) async throws {}
}

/// The cookies of the staff side.
package enum ShellCookie {
    package static let session = "menya_session"
    static let visitor = "menya_visitor"
    static let flash = "menya_flash"
}
