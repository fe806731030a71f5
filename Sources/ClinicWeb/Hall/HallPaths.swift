import Clinic
import Kernel

/// Addresses of the hall: its screens, the lobby's device, the broadcasts.
package enum HallPaths {
    /// Of one screen, with its secret.
    package static func screen(_ token: PublicToken) -> String { "/hall/\(token.text)" }
    static let screenPattern = "/hall/:token"
    static let partPattern = "/hall/:token/screen"
    static let streamPattern = "/hall/:token/live"

    package static let devices = "/settings/devices"
    static func revoke(_ id: ID<DeviceLink>) -> String { "/settings/devices/\(id.text)/revocation" }

    static let windows = "/settings/windows"
    static func closeWindow(_ id: ID<ServiceWindow>) -> String { "/settings/windows/\(id.text)/close" }

    package static let lobby = "/lobby"
    static let lobbyPart = "/lobby/part"
    static let lobbyPeople = "/lobby/people"
    static let checkIns = "/lobby/check-ins"
    static let guests = "/lobby/guests"
    static let counts = "/lobby/counts"
    static let reminders = "/lobby/reminders"
    static func meet(_ id: ID<LobbyGuest>) -> String { "/lobby/guests/\(id.text)/met" }
    static func returningForm(_ id: ID<Patient>) -> String {
        URLText.address("/lobby/check-ins/new", ["patient": id.text])
    }

    package static let broadcasts = "/broadcasts"
    static let broadcastsPart = "/broadcasts/part"
    static let announcements = "/broadcasts/announcements"
    static let notices = "/broadcasts/notices"
    static func endNotice(_ id: ID<HallNotice>) -> String { "/broadcasts/notices/\(id.text)/end" }
    static let schedule = "/broadcasts/schedule"
    static func slot(_ code: String) -> String { URLText.address(schedule, ["slot": code]) }
}

extension Topic {
    /// Screens, notices, counts and broadcasts of the hall.
    package static let hall = Topic("hall")
}

/// Where the reception board leads to the hall.
enum HallLinks {
    static func all(for actor: Actor) -> [LinkView] {
        var links: [LinkView] = []
        if actor.may(.keepRegisters) { links.append(LinkView(HallPaths.lobby, "门厅")) }
        if actor.may(.keepRegisters) || actor.may(.manageScripts) {
            links.append(LinkView(HallPaths.broadcasts, "广播与公告"))
        }
        return links
    }
}
