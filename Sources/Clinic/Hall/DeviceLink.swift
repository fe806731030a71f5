import Kernel

/// A screen in a public place: it holds the secret of one address, nobody is signed in there (R4.10, R16.07).
package struct DeviceLink: Hashable, Sendable {
    package let id: ID<DeviceLink>
    package let clinicID: ID<ClinicSite>
    /// Where it hangs: 候诊区大屏.
    package let name: String
    package let pairedAt: Timestamp
    package let pairedBy: ID<Staff>
    /// To the minute; nil: never opened.
    package let seenAt: Timestamp?
    package let revokedAt: Timestamp?

    /// Seen within this time counts as running now: a screen asks at least every half a minute.
    package static let aliveMinutes = 2

    package func isRunning(at now: Timestamp) -> Bool {
        guard revokedAt == nil, let seenAt else { return false }
        return now < seenAt.adding(minutes: Self.aliveMinutes)
    }
}

/// No such screen, or it was revoked: one answer for both.
package struct ScreenIsGone: UserFacingError, Hashable {
    package init() {}
    package var kind: FailureKind { .notFound }
    package var userMessage: String { "这个屏幕没有登记或已经停用，请在设置的设备页重新配对" }
}

extension Actor {
    /// A screen in the hall: it reads what everybody may read there, and may do nothing.
    package static let screen = Actor(
        id: ID(raw: 0), name: "大厅屏", roles: [], capabilities: [], organisationWide: [])
}
