import Clinic
import Kernel

/// Addresses of the customer pages.
package enum PatientPaths {
    package static let list = Area.patients.path
    package static let new = "/patients/new"
    static let search = "/patients/search"
    static let options = "/patients/options"
    static let duplicates = "/patients/duplicates"
    static let patternOfOne = "/patients/:id"
    static let page = ShellPaths.search

    /// Where a registration goes on: the arrival of the customer who stands at the desk.
    package static let nextArrival = "arrival"
    static let newArrival = URLText.address(list, ["next": nextArrival])

    package static func one(_ id: ID<Patient>) -> String { "/patients/\(id.text)" }
    static func edit(_ id: ID<Patient>) -> String { "/patients/\(id.text)/edit" }
    static func timeline(_ id: ID<Patient>) -> String { "/patients/\(id.text)/timeline" }
    static func action(_ id: ID<Patient>, _ name: String) -> String { "/patients/\(id.text)/\(name)" }
    static func find(_ query: String) -> String { URLText.address(list, ["q": query]) }

    /// The booking form that begins with this customer.
    static func book(_ id: ID<Patient>) -> String { URLText.address("/appointments/new", ["patient": id.text]) }
}
