import Clinic
import Kernel

/// Addresses of the registers.
package enum RegisterPaths {
    package static func list(_ register: String) -> String { "/registers/\(register)" }
    package static func new(_ register: String) -> String { "/registers/\(register)/new" }
    package static func new(_ register: String, patient: ID<Patient>) -> String {
        URLText.address(new(register), ["patient": patient.text])
    }
    static func print(_ register: String) -> String { "/registers/\(register)/print" }
    package static func entry(_ id: ID<RegisterEntry>) -> String { "/register-entries/\(id.text)" }
    static func action(_ id: ID<RegisterEntry>, _ name: String) -> String { "/register-entries/\(id.text)/\(name)" }
}
