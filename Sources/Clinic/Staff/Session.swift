import Foundation
import Kernel

/// A browser in which a person signed in. The cookie holds the token, the database only its hash.
package struct Session: Hashable, Sendable {
    package let tokenHash: String
    package let staffID: ID<Staff>
    /// Where the person works now.
    package let clinicID: ID<ClinicSite>
    package let csrf: String
    /// What the browser calls itself, shortened (R16.05).
    package let device: String
    package let createdAt: Timestamp
    /// At most a minute behind.
    package let lastSeenAt: Timestamp
    package let expiresAt: Timestamp
    package let lockedAt: Timestamp?
    package let revokedAt: Timestamp?

    package func isOpen(at now: Timestamp) -> Bool { revokedAt == nil && now < expiresAt }

    /// Locked by hand, or by time. `lastSeenAt` may be a minute behind, so a minute is given.
    package func isLocked(at now: Timestamp, idleMinutes: Int) -> Bool {
        lockedAt != nil || now >= lastSeenAt.adding(minutes: idleMinutes + 1)
    }
}

/// What is needed to open a session; randomness comes from outside.
package struct NewSession: Hashable, Sendable {
    /// 32 random bytes; the cookie holds them as text.
    package let token: SessionToken
    package let csrf: String
    package let device: String

    package init(token: SessionToken, csrf: String, device: String) {
        self.token = token
        self.csrf = csrf
        self.device = String(device.prefix(120))
    }
}

/// The secret in the session cookie.
package struct SessionToken: Hashable, Sendable {
    /// 43 characters of base64url.
    package let text: String

    /// - Parameter bytes: 32 random bytes.
    package init(bytes: [UInt8]) {
        precondition(bytes.count == 32, "a token is 32 random bytes")
        text = Base64URL.text(Data(bytes))
    }

    /// nil when it cannot be a token.
    package init?(_ text: String) {
        guard text.utf8.count == 43, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        self.text = text
    }

    /// What the database keeps.
    package var hash: String { Audit.sha256(text) }
}
