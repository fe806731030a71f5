import Clinic
import Kernel

/// Addresses of reports.
package enum ReportPaths {
    package static let home = Area.reports.path
    package static let bookings = "/reports/bookings"
    package static let waiting = "/reports/waiting"
    package static let triage = "/reports/triage"
    package static let channels = "/reports/channels"
    static func channels(from: Day, to: Day) -> String {
        URLText.address(channels, ["from": from.iso, "to": to.iso])
    }
    static func triage(from: Day, to: Day) -> String {
        URLText.address(triage, ["from": from.iso, "to": to.iso])
    }
    static func waiting(from: Day, to: Day) -> String {
        URLText.address(waiting, ["from": from.iso, "to": to.iso])
    }
    static func bookings(from: Day, to: Day) -> String {
        URLText.address(bookings, ["from": from.iso, "to": to.iso])
    }
}
