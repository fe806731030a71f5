import Clinic
import Kernel

/// Addresses of the roster.
package enum RosterPaths {
    package static let roster = "/roster"

    package static func week(_ day: Day) -> String { URLText.address(roster, ["week": day.iso]) }
    static func person(_ staff: ID<Staff>, week: Day) -> String {
        URLText.address("/roster/\(staff.text)", ["week": week.iso])
    }
    static func action(_ staff: ID<Staff>, _ name: String) -> String { "/roster/\(staff.text)/\(name)" }
}
