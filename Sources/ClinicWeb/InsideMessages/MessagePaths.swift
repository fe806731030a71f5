import Clinic
import Kernel
import Storage

/// Addresses of the messages inside the house.
package enum MessagePaths {
    package static let list = "/messages"
    static let part = "/messages/list"
    static let badge = "/messages/badge"
    static let reading = "/messages/reading"
    static let place = "/messages/place"
    /// Remembers where the browser stands, also when another person takes over.
    static let placeCookie = "menya_place"

    /// The form with the addressee chosen and the customer named.
    package static func new(to: String, visit: ID<Visit>) -> String {
        URLText.address(list, ["to": to, "visit": visit.text])
    }
}

/// The place a request speaks for.
enum MessagePlace {
    /// - Parameter chosen: from the cookie; one that is no place any more counts as none.
    static func find(_ chosen: String?, by work: Work, in tx: any ReadTransaction) throws -> WorkPlace? {
        let places = try InsideMessages.places(by: work, in: tx)
        if let found = places.first(where: { $0.code == chosen }) { return found }
        let usual = try InsideMessages.usualPlace(by: work, in: tx)
        return places.first { $0.code == usual }
    }
}
