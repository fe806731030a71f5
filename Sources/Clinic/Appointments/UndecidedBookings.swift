import Kernel
import Storage

/// Bookings of a day of which nobody said what became: neither came, nor missed, moved or cancelled. A day with one of
/// them cannot be closed (R3.35).
package struct UndecidedBooking: Hashable, Sendable {
    package let appointment: Appointment
    package let patientName: String
    package let doctorName: String
    /// What the customer said about coming later; nil: nothing was said.
    package let said: String?

    /// "10:00–10:45 王小明（林书远医生）"
    package var text: String { "\(appointment.timeText) \(patientName)（\(doctorName)医生）" }
}

package enum UndecidedBookings {
    /// First booked first.
    package static func list(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [UndecidedBooking] {
        let open = try BookEntries.list(where: "a.clinic_id = \(clinic) AND a.day = \(day)", in: tx)
            .filter { $0.state.isExpected }
        let said = try BookingNoteStore.latest(.late, of: open.map(\.appointment.id), in: tx)
        return open.map {
            UndecidedBooking(
                appointment: $0.appointment, patientName: $0.patientName, doctorName: $0.doctorName,
                said: said[$0.appointment.id]?.detail)
        }
    }
}
