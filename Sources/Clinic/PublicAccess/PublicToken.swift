import Foundation
import Kernel

/// The secret in an address that a customer or a calendar program holds: 144 random bits as 24 characters.
package struct PublicToken: Hashable, Sendable {
    package static let byteCount = 18
    /// base64url.
    package let text: String

    /// - Parameter bytes: `byteCount` random bytes.
    package init(bytes: [UInt8]) {
        precondition(bytes.count == Self.byteCount, "a token is \(Self.byteCount) random bytes")
        text = Base64URL.text(Data(bytes))
    }

    /// Whatever stood in an address; what cannot be a token finds nothing, by the same way as a wrong one.
    package init(typed: String) { text = String(typed.prefix(64)) }

    /// What the database keeps.
    package var hash: String { Audit.sha256(text) }
}

/// What a secret address is good for.
package struct PublicLink: Hashable, Sendable {
    package enum Purpose: String, Sendable { case appointment, hold, calendar }
    package let id: ID<PublicLink>
    package let purpose: Purpose
    /// The appointment, the online form or the doctor.
    package let subject: Int64
    package let clinicID: ID<ClinicSite>
    package let issuedAt: Timestamp
    package let issuedBy: ID<Staff>
    /// nil: until it is revoked.
    package let expiresAt: Timestamp?
    package let usedAt: Timestamp?
    package let revokedAt: Timestamp?

    package func isOpen(at now: Timestamp) -> Bool {
        usedAt == nil && revokedAt == nil && expiresAt.map { now < $0 } ?? true
    }
}

/// Wrong, used, expired, revoked, or about something that is over: one answer for all of them, so that nobody learns which
/// (design §6). Staff never see it.
package struct LinkIsGone: UserFacingError, Hashable {
    package init() {}
    package var kind: FailureKind { .notFound }
    package var userMessage: String { "这个链接已经失效，请致电门诊" }
}
