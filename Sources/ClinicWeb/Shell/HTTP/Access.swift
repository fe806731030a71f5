import Clinic

/// Who may open a route. Every route has one; there is no default.
package enum Access: Hashable, Sendable, CustomStringConvertible {
    /// Anybody, also without a session: sign-in, public pages, health checks.
    case open
    /// Visitors, also on the public port: no session is read, whoever asks (design §6).
    case publicPage
    /// Every signed-in person.
    case signedIn
    /// Every signed-in person, even while the screen is locked: unlock, switch person, sign out.
    case whileLocked
    case needs(Capability)
    case needsAny([Capability])

    package func allows(_ actor: Actor) -> Bool {
        switch self {
        case .open, .publicPage, .signedIn, .whileLocked: true
        case .needs(let capability): actor.may(capability)
        case .needsAny(let capabilities): capabilities.contains(where: actor.may)
        }
    }

    package var description: String {
        switch self {
        case .open: "open"
        case .publicPage: "public"
        case .signedIn: "signedIn"
        case .whileLocked: "whileLocked"
        case .needs(let capability): capability.rawValue
        case .needsAny(let capabilities): capabilities.map(\.rawValue).joined(separator: "|")
        }
    }
}
