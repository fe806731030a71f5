import Kernel
import Storage

/// 大单先行、小单保证 (R3.51): a big item takes the place of small ones only together with a new time for each of them.
package enum Displacing {
    /// A small booking that gives way, and where it goes.
    package struct Move: Hashable, Sendable {
        package let appointmentID: ID<Appointment>
        /// As the page showed it.
        package let version: Int
        package let to: Slot
        package init(appointmentID: ID<Appointment>, version: Int, to: Slot) {
            self.appointmentID = appointmentID
            self.version = version
            self.to = to
        }
    }

    /// Where a big item would stand, and what gives way for it.
    package struct Proposal: Hashable, Sendable {
        package let slot: Slot
        package let moves: [Move]
    }

    /// For a request that was refused because its time is taken.
    /// - Returns: nil when the request is small itself, nothing stands in the way, or something cannot give way.
    /// - Throws: `NotAllowed`.
    package static func propose(
        _ request: AssignmentRequest, doctor: ID<Staff>, chair: ID<Chair>?, by work: Work, in tx: any ReadTransaction
    ) throws -> Proposal? {
        try work.actor.require(.moveAppointments)
        let items = try ItemStore.list(ids: request.items.map(\.itemID), in: tx)
        guard let time = request.time, items.contains(where: { $0.size != .small }) else { return nil }
        let units =
            request.units
            ?? ChiefComplaints.proposedUnits(items: items, complaint: request.complaint, playbook: work.playbook)
        let slot = Slot(day: time.day, start: time.start, units: units, doctorID: doctor, chairID: chair)
        guard let moves = try propose(slot, by: work, in: tx), !moves.isEmpty else { return nil }
        return Proposal(slot: slot, moves: moves)
    }

    /// What stands in the way of a big item, with the next free time of the same doctor for each; nil when one of them cannot
    /// give way: it is big itself, squeezed in, or has no other time within four weeks.
    package static func propose(
        _ slot: Slot, by work: Work, in tx: any ReadTransaction
    ) throws -> [Move]? {
        try work.actor.require(.moveAppointments)
        let inTheWay = try bookings(at: slot, by: work, in: tx)
        var moves: [Move] = []
        var used: [Slot] = [slot]
        for booking in inTheWay {
            guard try isSmall(booking, in: tx), !booking.isSqueezed else { return nil }
            let times = try FreeTimes.next(
                doctor: slot.doctorID, units: booking.units,
                from: Slot(day: slot.day, start: slot.end, units: booking.units, doctorID: slot.doctorID),
                count: 3 + moves.count, by: work, in: tx)
            guard let time = times.first(where: { free in !used.contains { overlaps($0, free) } }) else { return nil }
            let to = Slot(
                day: time.day, start: time.start, units: booking.units, doctorID: slot.doctorID,
                chairID: booking.chairID)
            used.append(to)
            moves.append(Move(appointmentID: booking.id, version: booking.version, to: to))
        }
        return moves
    }

    /// Moves the small ones and places the big one, or does nothing.
    /// - Throws: `AssignmentError.notSmall`, `.notInTheWay`, and what `Booking.move` and `Assigning.place` throw.
    package static func place(
        _ command: PlaceAssigned, moving moves: [Move], by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.moveAppointments)
        guard let time = command.request.time else { throw AssignmentError.timeMissing }
        for move in moves {
            let small = try AppointmentStore.get(move.appointmentID, clinic: work.clinic.id, in: tx)
            let name = try PatientStore.get(small.patientID, in: tx).name
            guard try isSmall(small, in: tx) else { throw AssignmentError.notSmall(name: name) }
            let isThere = small.day == time.day && small.end > time.start
            guard isThere else { throw AssignmentError.notInTheWay(name: name) }
            _ = try Booking.move(
                MoveAppointment(id: small.id, version: move.version, to: move.to, reason: "bigItem"), by: work, in: tx)
        }
        return try Assigning.place(command, by: work, in: tx)
    }

    private static func bookings(
        at slot: Slot, by work: Work, in tx: any ReadTransaction
    ) throws -> [Appointment] {
        try AppointmentStore.listOfDoctor(
            slot.doctorID, clinic: work.clinic.id, from: slot.day, to: slot.day, in: tx
        ).filter { $0.start < slot.end && slot.start < $0.end }
    }

    /// Every item is small; a booking without items is a check.
    private static func isSmall(_ a: Appointment, in tx: any ReadTransaction) throws -> Bool {
        try ItemStore.list(ids: a.items.map(\.itemID), in: tx).allSatisfy { $0.size == .small }
    }

    private static func overlaps(_ a: Slot, _ b: Slot) -> Bool {
        a.day == b.day && a.start < b.end && b.start < a.end
    }
}
