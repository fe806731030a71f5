import Clinic
import Kernel

/// Addresses of reports.
package enum ReportPaths {
    package static let home = Area.reports.path
    package static let bookings = "/reports/bookings"
    package static let waiting = "/reports/waiting"
    static func waiting(from: Day, to: Day) -> String {
        URLText.address(waiting, ["from": from.iso, "to": to.iso])
    }
    static func bookings(from: Day, to: Day) -> String {
        URLText.address(bookings, ["from": from.iso, "to": to.iso])
    }
}
