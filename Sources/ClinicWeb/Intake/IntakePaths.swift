import Clinic
import Kernel

/// Addresses of the first-visit forms.
package enum IntakePaths {
    package static let list = "/intake"
    static let patternOfOne = "/intake/:id"

    package static func one(_ id: ID<IntakeForm>) -> String { "/intake/\(id.text)" }
    static func action(_ id: ID<IntakeForm>, _ name: String) -> String { "/intake/\(id.text)/\(name)" }
    package static func print(_ id: ID<IntakeForm>) -> String { action(id, "print") }
    /// POST with `kind` and, at an arrival, `visit`: opens the form of the customer.
    package static func start(_ patient: ID<Patient>) -> String { "/patients/\(patient.text)/intake" }
}
