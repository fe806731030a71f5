import Clinic
import Kernel

/// Addresses of complaints.
package enum ComplaintPaths {
    package static let list = Area.complaints.path
    static let new = "/complaints/new"

    package static func one(_ id: ID<Complaint>) -> String { "/complaints/\(id.text)" }
    static func report(_ id: ID<Complaint>) -> String { "/complaints/\(id.text)/report" }
    static func closing(_ id: ID<Complaint>) -> String { "/complaints/\(id.text)/closing" }

    /// The form, with what is known already.
    /// - Parameter cause: code of list `complaintCause`.
    package static func new(
        patient: ID<Patient>, doctor: ID<Staff>? = nil, appointment: ID<Appointment>? = nil, cause: String? = nil
    ) -> String {
        var query = ["patient=\(patient.text)"]
        if let doctor { query.append("doctor=\(doctor.text)") }
        if let appointment { query.append("appointment=\(appointment.text)") }
        if let cause { query.append("cause=\(URLText.encode(cause))") }
        return new + "?" + query.joined(separator: "&")
    }
}
