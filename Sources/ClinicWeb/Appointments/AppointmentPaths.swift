import Clinic
import Kernel

/// Addresses of the appointment book.
package enum AppointmentPaths {
    package static let board = "/appointments"
    static let new = "/appointments/new"
    static let people = "/appointments/new/people"
    static let pattern = "/appointments/:id"
    static let displace = "/appointments/displace"
    static let displacement = "/appointments/displacement"
    static let offers = "/appointments/offers"
    package static let absences = "/appointments/absences"
    package static let confirmations = "/appointments/confirmations"
    package static let planned = "/appointments/planned"
    package static let requests = "/appointments/requests"
    package static let handed = "/appointments/handed"
    static let handedNew = "/appointments/handed/new"

    /// The form that gives a case to the supervisor or the director (R2.23, R3.37).
    package static func hand(
        _ kind: HandedCase.Kind, patient: ID<Patient>, doctor: ID<Staff>? = nil, appointment: ID<Appointment>? = nil,
        words: String? = nil
    ) -> String {
        var query = ["kind=\(kind.rawValue)", "patient=\(patient.text)"]
        if let doctor { query.append("doctor=\(doctor.text)") }
        if let appointment { query.append("appointment=\(appointment.text)") }
        if let words { query.append("words=\(URLText.encode(words))") }
        return handedNew + "?" + query.joined(separator: "&")
    }

    /// The earliest time from now on, for who came without a booking (R3.53).
    package static func earliest(patient: ID<Patient>, today: Day, complaint: String? = nil) -> String {
        newBooking(patient: patient) + "&from=\(today.iso)&channel=onSpot"
            + (complaint.map { "&complaint=\(URLText.encode($0))" } ?? "")
    }

    package static func appointment(_ id: ID<Appointment>) -> String { "/appointments/\(id.text)" }
    static func action(_ id: ID<Appointment>, _ name: String) -> String { "/appointments/\(id.text)/\(name)" }

    /// The day-before work list; with the one to call and the answer that is being filled in.
    package static func confirmations(
        _ day: Day, pick: ID<Appointment>? = nil, step: String? = nil
    ) -> String {
        var address = URLText.address(confirmations, ["day": day.iso])
        if let pick { address += "&pick=\(pick.text)" }
        if let step { address += "&do=\(step)" }
        return address
    }

    /// Read back, and the texts to send (R3.05).
    static func booked(_ id: ID<Appointment>, next: String? = nil) -> String {
        let path = action(id, "booked")
        return next.map { URLText.address(path, ["next": $0]) } ?? path
    }

    /// The booking form, with what is known already.
    /// - Parameter from: the booking that is made again.
    package static func newBooking(
        day: Day? = nil, unit: Unit? = nil, doctor: ID<Staff>? = nil, patient: ID<Patient>? = nil,
        from: ID<Appointment>? = nil, next: String? = nil
    ) -> String {
        var query: [String] = []
        if let day { query.append("day=\(day.iso)") }
        if let unit { query.append("unit=\(unit.index)") }
        if let doctor { query.append("doctor=\(doctor.text)") }
        if let patient { query.append("patient=\(patient.text)") }
        if let from { query.append("again=\(from.text)") }
        if let next { query.append("next=\(URLText.encode(next))") }
        return query.isEmpty ? new : new + "?" + query.joined(separator: "&")
    }
}
