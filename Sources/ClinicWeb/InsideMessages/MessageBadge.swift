import Clinic
import Hummingbird
import Kernel

/// How many messages wait at the place where the person works — templates/insidemessages/_badge.mustache
package struct MessageBadge: Fragment {
    package static let template = "insidemessages/_badge"
    /// "前台"; "选位置" while nobody said where.
    let mailPlace: String
    /// nil: nothing unread.
    let mailCount: String?
    package static let fields: [Field<Self>] = [Field("mailPlace", \.mailPlace), Field("mailCount", \.mailCount)]

    init(place: String, unread: Int) {
        mailPlace = place
        mailCount = unread > 0 ? (unread > 99 ? "99+" : String(unread)) : nil
    }

    package static var samples: [MessageBadge] {
        [MessageBadge(place: "前台", unread: 3), MessageBadge(place: "选位置", unread: 0)]
    }
}

extension StaffRequest {
    /// The browser stands somewhere: what was chosen on it counts before what the person's post suggests.
    var chosenPlace: String? { web.raw.cookies[MessagePaths.placeCookie]?.value.nonBlank }

    func messageBadge() async throws -> MessageBadge? {
        guard web.app.routes.access(toPage: MessagePaths.list)?.allows(actor) ?? false else { return nil }
        let (work, chosen) = (work, chosenPlace)
        return try await read { tx in
            guard let place = try MessagePlace.find(chosen, by: work, in: tx) else {
                return MessageBadge(place: "消息", unread: 0)
            }
            return MessageBadge(
                place: place.label,
                unread: try InsideMessageStore.countUnread(
                    clinic: work.clinic.id, day: work.today, place: place.code, in: tx))
        }
    }
}
