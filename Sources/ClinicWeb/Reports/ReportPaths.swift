import Clinic
import Kernel

/// Addresses of reports.
package enum ReportPaths {
    package static let home = Area.reports.path
    package static let bookings = "/reports/bookings"
    static func bookings(from: Day, to: Day) -> String {
        URLText.address(bookings, ["from": from.iso, "to": to.iso])
    }
}
