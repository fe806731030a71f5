import Clinic
import Kernel

/// Addresses of complaints.
package enum ComplaintPaths {
    package static let list = Area.complaints.path
    static let new = "/complaints/new"

    package static func one(_ id: ID<Complaint>, next: String? = nil) -> String {
        let path = "/complaints/\(id.text)"
        return next.map { URLText.address(path, ["next": $0]) } ?? path
    }
    static func report(_ id: ID<Complaint>) -> String { "/complaints/\(id.text)/report" }
    static func closing(_ id: ID<Complaint>) -> String { "/complaints/\(id.text)/closing" }

    /// The form, with what is known already.
    /// - Parameters:
    ///   - cause: code of list `complaintCause`.
    ///   - next: a page of this site that waits for the complaint: the booking it stands before.
    package static func new(
        patient: ID<Patient>, doctor: ID<Staff>? = nil, appointment: ID<Appointment>? = nil, cause: String? = nil,
        next: String? = nil
    ) -> String {
        var query = ["patient=\(patient.text)"]
        if let doctor { query.append("doctor=\(doctor.text)") }
        if let appointment { query.append("appointment=\(appointment.text)") }
        if let cause { query.append("cause=\(URLText.encode(cause))") }
        if let next { query.append("next=\(URLText.encode(next))") }
        return new + "?" + query.joined(separator: "&")
    }
}
