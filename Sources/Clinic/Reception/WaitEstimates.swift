import Kernel

/// How long a customer will wait for a doctor, from the chairs and the queue as they are now (R4.02). Pure.
package struct WaitEstimates: Sendable {
    private let board: ReceptionBoard

    package init(_ board: ReceptionBoard) { self.board = board }

    /// What the desk sees of a doctor when it chooses one.
    package struct DoctorLoad: Hashable, Sendable {
        package let doctor: Staff
        /// The chair the doctor works at now, else the doctor's own one; nil: none assigned.
        package let stand: ReceptionBoard.ChairStand?
        /// Customers who wait for this doctor.
        package let waiting: Int
        /// Minutes until somebody who comes now without booking is seen.
        package let minutes: Int
        /// Works today.
        package let isOnDuty: Bool
    }

    /// Minutes a waiting customer still has to wait; nil while no doctor is decided.
    package func minutes(for guest: ReceptionBoard.Guest) -> Int? {
        guest.visit.doctorID.map { minutes(doctor: $0, place: guest.place) }
    }

    /// Minutes for somebody who comes now.
    package func minutesForArrival(doctor: ID<Staff>, bookedFor: Timestamp?, isEmergency: Bool = false) -> Int {
        let place = QueueRules.Place(
            visitID: ID(raw: .max), isEmergency: isEmergency, bookedFor: bookedFor, arrivedAt: board.now)
        return minutes(doctor: doctor, place: place)
    }

    package func loads() -> [DoctorLoad] {
        let onDuty = Set(board.plan.columns.map(\.id))
        return board.plan.doctors.map { doctor in
            DoctorLoad(
                doctor: doctor, stand: stand(of: doctor.id) ?? board.chairs.first { $0.chair.id == doctor.chairID },
                waiting: board.waiting.count { $0.visit.doctorID == doctor.id },
                minutes: minutesForArrival(doctor: doctor.id, bookedFor: nil), isOnDuty: onDuty.contains(doctor.id))
        }
    }

    private func minutes(doctor: ID<Staff>, place: QueueRules.Place) -> Int {
        let mine = board.waiting.filter { $0.visit.doctorID == doctor && $0.visit.id != place.visitID }
        let planned = Dictionary(mine.map { ($0.visit.id, $0.plannedMinutes) }, uniquingKeysWith: { first, _ in first })
        let ahead = QueueRules.order(mine.map(\.place) + [place]).prefix { $0.visitID != place.visitID }
            .compactMap { planned[$0.visitID] }
        // Who comes early waits for the booked time, however free the doctor is.
        let untilBooked = place.bookedFor.map { max(0, $0.minutes(since: board.now)) } ?? 0
        return QueueRules.estimate(remaining: remaining(doctor), ahead: ahead, untilBooked: untilBooked)
    }

    /// Minutes the treatment in the doctor's chair still takes. One that runs over its plan takes a few minutes more.
    private func remaining(_ doctor: ID<Staff>) -> Int {
        guard let stand = stand(of: doctor), let end = stand.plannedEnd else { return 0 }
        switch stand.state {
        case .leaving: return 0
        case .nearly, .finished: return Self.lastMinutes
        default: break
        }
        return max(Self.lastMinutes, end.minutes(since: board.now))
    }

    private func stand(of doctor: ID<Staff>) -> ReceptionBoard.ChairStand? {
        board.chairs.first { $0.guest?.visit.doctorID == doctor }
    }

    private static let lastMinutes = 5
}
