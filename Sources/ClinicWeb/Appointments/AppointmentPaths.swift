import Clinic
import Kernel

/// Addresses of the appointment book.
package enum AppointmentPaths {
    package static let board = "/appointments"
    static let boardPart = "/appointments/board"
    static let new = "/appointments/new"
    static let people = "/appointments/new/people"
    static let check = "/appointments/check"
    static let plan = "/appointments/plan"
    static let pattern = "/appointments/:id"

    package static func day(_ day: Day, by: BoardColumns = .doctor) -> String {
        by == .doctor
            ? URLText.address(board, ["day": day.iso]) : URLText.address(board, ["day": day.iso, "by": by.rawValue])
    }
    static func part(_ day: Day, by: BoardColumns) -> String {
        URLText.address(boardPart, ["day": day.iso, "by": by.rawValue])
    }
    package static func appointment(_ id: ID<Appointment>) -> String { "/appointments/\(id.text)" }
    static func action(_ id: ID<Appointment>, _ name: String) -> String { "/appointments/\(id.text)/\(name)" }
    static func plan(_ day: Day) -> String { URLText.address(plan, ["day": day.iso]) }

    /// The booking form, with what is known already.
    package static func newBooking(
        day: Day? = nil, unit: Unit? = nil, doctor: ID<Staff>? = nil, patient: ID<Patient>? = nil,
        from: ID<Appointment>? = nil, next: String? = nil
    ) -> String {
        var query: [String] = []
        if let day { query.append("day=\(day.iso)") }
        if let unit { query.append("unit=\(unit.index)") }
        if let doctor { query.append("doctor=\(doctor.text)") }
        if let patient { query.append("patient=\(patient.text)") }
        if let from { query.append("from=\(from.text)") }
        if let next { query.append("next=\(URLText.encode(next))") }
        return query.isEmpty ? new : new + "?" + query.joined(separator: "&")
    }
}

/// What a column of the board stands for.
package enum BoardColumns: String, CaseIterable, Sendable {
    case doctor, chair
    var label: String { self == .doctor ? "医生" : "椅位" }
}
