import Clinic
import Kernel

/// Addresses of the waiting list.
package enum WaitlistPaths {
    package static let list = "/waiting"
    static let new = "/waiting/new"
    static let fits = "/waiting/fits"

    static func entry(_ id: ID<WaitingEntry>) -> String { "/waiting/\(id.text)" }
    static func answers(_ id: ID<WaitingEntry>) -> String { "/waiting/\(id.text)/answers" }
    static func removal(_ id: ID<WaitingEntry>) -> String { "/waiting/\(id.text)/removal" }

    /// The form, with what is known already.
    package static func new(patient: ID<Patient>, held: ID<Appointment>? = nil) -> String {
        held.map { URLText.address(new, ["patient": patient.text, "appointment": $0.text]) }
            ?? URLText.address(new, ["patient": patient.text])
    }

    /// Who fits into a free unit.
    /// - Parameter freed: the booking that gave it back; its task is settled when somebody takes it.
    package static func fits(_ free: Slot, freed: ID<Appointment>? = nil) -> String {
        URLText.address(
            fits,
            [
                "day": free.day.iso, "unit": String(free.start.index), "units": String(free.units),
                "doctor": free.doctorID.text, "freed": freed?.text ?? "",
            ])
    }
}
