import Clinic
import Kernel

/// Addresses of the doctor's page, notes to doctors, and the floor register.
package enum HandOverPaths {
    package static let room = "/treatment"
    static let roomPart = "/treatment/list"
    package static let notes = "/reception/notes"
    static let strip = "/reception/notes/open"
    package static let register = "/reception/floor-register"

    static func room(of doctor: String) -> String { URLText.address(room, ["of": doctor]) }
    /// The form with the customer named.
    package static func newNote(visit: ID<Visit>) -> String { URLText.address(notes, ["visit": visit.text]) }
    /// `answer`, `act`, `withdrawal`
    static func note(_ id: ID<DoctorNote>, _ action: String) -> String { "/notes/\(id.text)/\(action)" }
    static func acknowledgement(_ visit: ID<Visit>) -> String { "/visits/\(visit.text)/acknowledgement" }
    static func preparation(_ task: ID<TaskItem>) -> String { "/treatment/preparations/\(task.text)" }
    static func question(_ id: ID<VisitRequest>) -> String { "/treatment/questions/\(id.text)" }
    package static func rating(_ id: ID<HandOver>) -> String { "/hand-overs/\(id.text)/rating" }
}
