import Clinic
import Kernel

/// Addresses of the epidemic mode and of deferrals.
package enum EpidemicPaths {
    /// The switch; among the settings.
    package static let control = "/settings/epidemic"
    package static let overview = "/epidemic"
    static let morning = "/epidemic/morning"
    static let fillTheDay = "/epidemic/fill"
    package static let deferrals = "/deferrals"
    static let newDeferral = "/deferrals/new"

    static func item(_ id: ID<Item>) -> String { "/epidemic/items/\(id.text)" }
    static func putOff(_ id: ID<Appointment>) -> String { "/epidemic/bookings/\(id.text)" }
    static func closing(_ id: ID<Deferral>) -> String { "/deferrals/\(id.text)/closing" }
    package static func screening(_ id: ID<Appointment>) -> String { "/appointments/\(id.text)/screening" }
    package static func fill(_ day: Day) -> String { URLText.address(fillTheDay, ["day": day.iso]) }
    package static func morning(_ day: Day) -> String { URLText.address(morning, ["day": day.iso]) }
}
