import Clinic
import Kernel

/// Addresses of the checklists and of the check at the door.
package enum ChecklistPaths {
    package static let list = "/checklists"
    package static func history(_ checklist: String) -> String { "/checklists/\(checklist)" }
    static func begin(_ checklist: String) -> String { "/checklists/\(checklist)/begin" }
    package static func run(_ id: ID<ChecklistRun>) -> String { "/checklist-runs/\(id.text)" }
    static func action(_ id: ID<ChecklistRun>, _ name: String) -> String { "/checklist-runs/\(id.text)/\(name)" }
    package static let door = "/door-check"
    package static func door(_ patient: ID<Patient>) -> String { URLText.address(door, ["patient": patient.text]) }
    static let doorPass = "/door-check/pass"
    static let doorIdentify = "/door-check/identify"
    package static let disinfection = "/disinfection"
}
