import Clinic
import Kernel

/// Addresses of the waiting area.
package enum WaitingPaths {
    package static let room = "/waiting-room"
    static let roomPart = "/waiting-room/live"
    static let patrol = "/waiting-room/patrol"
    static let needs = "/waiting-room/needs"

    /// The page where a need of a customer is noted.
    package static func newNeed(_ visit: ID<Visit>) -> String {
        URLText.address("/waiting-room/needs/new", ["visit": visit.text])
    }
    static func met(_ need: ID<VisitRequest>) -> String { "/waiting-room/needs/\(need.text)/met" }
    package static func care(_ visit: ID<Visit>) -> String { "/visits/\(visit.text)/care" }
    package static func education(_ visit: ID<Visit>) -> String { "/visits/\(visit.text)/education" }
    package static func companions(_ visit: ID<Visit>) -> String { "/visits/\(visit.text)/companions" }
    static func companionOut(_ visit: ID<Visit>, _ movement: ID<Movement>) -> String {
        "/visits/\(visit.text)/companions/\(movement.text)/out"
    }
}
