import Clinic
import Kernel

/// Addresses of the reception board and of visits.
package enum ReceptionPaths {
    package static let board = "/reception"
    static let boardPart = "/reception/board"
    static let arrivals = "/reception/arrivals"
    static let arrivalAdvice = "/reception/arrivals/advice"
    package static let newArrival = "/reception/arrivals/new"

    package static func arrival(appointment: ID<Appointment>) -> String {
        URLText.address(newArrival, ["appointment": appointment.text])
    }
    package static func arrival(patient: ID<Patient>) -> String {
        URLText.address(newArrival, ["patient": patient.text])
    }
    /// The board with the new ticket shown large.
    static func board(arrived: ID<Visit>) -> String { URLText.address(board, ["arrived": arrived.text]) }
    package static func visit(_ id: ID<Visit>) -> String { "/visits/\(id.text)" }
    /// `call`, `skip`, `lead-in`, `exit`, `departure` …
    package static func action(_ id: ID<Visit>, _ name: String) -> String { "/visits/\(id.text)/\(name)" }
    /// The farewell, with the outcome that is already known.
    static func departure(_ id: ID<Visit>, outcome: String) -> String {
        URLText.address(action(id, "departure"), ["outcome": outcome])
    }
    static func cleaning(_ chair: ID<Chair>) -> String { "/chairs/\(chair.text)/cleaning" }
    /// A page of Billing.
    static let chargesPattern = "/visits/:id/charges"
}
