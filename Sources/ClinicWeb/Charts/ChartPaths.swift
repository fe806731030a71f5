import Clinic
import Kernel

/// Addresses of paper charts, copies and prints.
package enum ChartPaths {
    package static let list = "/charts"
    package static let today = "/charts/today"
    static let order = "/charts/order"

    static func action(_ id: ID<PaperChart>, _ name: String) -> String { "/charts/\(id.text)/\(name)" }
    package static func papers(_ patient: ID<Patient>) -> String { "/patients/\(patient.text)/papers" }
    static func record(_ patient: ID<Patient>) -> String { "/patients/\(patient.text)/record" }
    static func entries(_ patient: ID<Patient>) -> String { "/patients/\(patient.text)/entries" }
    static func entry(_ id: ID<ChartEntry>, _ name: String) -> String { "/chart-entries/\(id.text)/\(name)" }
    static func copy(_ id: ID<RecordCopy>) -> String { "/record-copies/\(id.text)" }
}
