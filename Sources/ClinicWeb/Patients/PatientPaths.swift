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

    package static func one(_ id: ID<Patient>) -> String { "/patients/\(id.text)" }
    static func edit(_ id: ID<Patient>) -> String { "/patients/\(id.text)/edit" }
    static func timeline(_ id: ID<Patient>) -> String { "/patients/\(id.text)/timeline" }
    static func action(_ id: ID<Patient>, _ name: String) -> String { "/patients/\(id.text)/\(name)" }
    static func find(_ query: String) -> String { URLText.address(list, ["q": query]) }

    /// Pages of other features that begin with this customer.
    static func book(_ id: ID<Patient>) -> String { URLText.address("/appointments/new", ["patient": id.text]) }
    static func checkIn(_ id: ID<Patient>) -> String { URLText.address("/reception/check-in", ["patient": id.text]) }
}
