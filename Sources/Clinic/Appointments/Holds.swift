import Kernel
import Storage

/// A doctor and a chair kept for some minutes for somebody who is about to book: the operator with a caller on the line, or
/// a customer on the public page. There is no row but the units themselves.
package struct Hold: Hashable, Sendable {
    package let id: ID<Hold>
    package let slot: Slot
    package let expiresAt: Timestamp
}

/// Keeps a time for five minutes, atomically. `PlaceAppointment.holdID` takes the units over.
package enum Holds {
    /// How long a hold lasts.
    package static let minutes = 5

    /// Takes doctor and chair (where known) of `slot`, or throws naming who has them.
    /// - Parameter instead: a hold of the same person that is given up in the same step.
    /// - Throws: `BookingError.taken`, `.inThePast`, `.badLength`, `.beyondMidnight`.
    package static func take(
        _ slot: Slot, instead: ID<Hold>? = nil, by work: Work, in tx: any WriteTransaction
    ) throws -> Hold {
        try BookingRules.checkLength(start: slot.start, units: slot.units)
        try BookingRules.checkTime(slot, now: work.now, calendar: work.clinic.calendar)
        if let instead { try release(instead, in: tx) }
        let hold = Hold(id: work.newID(), slot: slot, expiresAt: work.now.adding(minutes: minutes))
        let units = slot.start.index..<slot.end.index
        var claims = [Claim(.doctor, slot.doctorID, units)]
        if let chair = slot.chairID { claims.append(Claim(.chair, chair, units)) }
        try ResourceUnits.occupy(
            claims, day: slot.day, holder: UnitHolder(.hold, hold.id), clinic: work.clinic.id,
            expiresAt: hold.expiresAt, now: work.now, in: tx)
        return hold
    }

    /// Gives the time back; a hold that is gone already is no fault.
    package static func release(_ id: ID<Hold>, in tx: any WriteTransaction) throws {
        try ResourceUnits.release(UnitHolder(.hold, id), in: tx)
    }
}
