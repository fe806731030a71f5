import Kernel

/// Order of the queue and the estimate of the wait. Pure.
package enum QueueRules {
    /// What the order depends on.
    package struct Place: Hashable, Sendable {
        package let visitID: ID<Visit>
        package let isEmergency: Bool
        /// nil: came without booking.
        package let bookedFor: Timestamp?
        package let arrivedAt: Timestamp
        /// Somebody gave another place, with a reason (R4.01).
        package let move: Move?
        package init(
            visitID: ID<Visit>, isEmergency: Bool, bookedFor: Timestamp?, arrivedAt: Timestamp, move: Move? = nil
        ) {
            self.visitID = visitID
            self.isEmergency = isEmergency
            self.bookedFor = bookedFor
            self.arrivedAt = arrivedAt
            self.move = move
        }
    }

    /// A place given by hand: right before the customer who had `turn` and `arrivedAt` then.
    package struct Move: Hashable, Sendable {
        package let turn: Timestamp
        package let arrivedAt: Timestamp
        package let movedAt: Timestamp
        package init(turn: Timestamp, arrivedAt: Timestamp, movedAt: Timestamp) {
            self.turn = turn
            self.arrivedAt = arrivedAt
            self.movedAt = movedAt
        }

        /// The place right before `target`. Before somebody who was moved himself it is a moment earlier.
        package init(before target: Place, movedAt: Timestamp) {
            let arrivedAt = target.move?.arrivedAt ?? target.arrivedAt
            self.init(
                turn: QueueRules.turn(target),
                arrivedAt: target.move == nil ? arrivedAt : Timestamp(milliseconds: arrivedAt.milliseconds - 1),
                movedAt: movedAt)
        }
    }

    /// Emergencies first (R2.09), then the booked time (of a late comer: the arrival), then the arrival. A place given by
    /// hand counts as that of the customer it was given before.
    package static func order(_ places: [Place]) -> [Place] {
        places.sorted { a, b in
            if a.isEmergency != b.isEmergency { return a.isEmergency }
            let (ta, tb) = (turn(a), turn(b))
            if ta != tb { return ta < tb }
            let (arrivedA, arrivedB) = (a.move?.arrivedAt ?? a.arrivedAt, b.move?.arrivedAt ?? b.arrivedAt)
            if arrivedA != arrivedB { return arrivedA < arrivedB }
            switch (a.move?.movedAt, b.move?.movedAt) {
            case (let first?, let second?) where first != second: return first < second
            case (_?, nil): return true
            case (nil, _?): return false
            default: return a.visitID < b.visitID
            }
        }
    }

    /// Who is punctual keeps the booked time; who is late or has no booking stands where the arrival puts him.
    package static func turn(_ place: Place) -> Timestamp {
        if let move = place.move { return move.turn }
        guard let booked = place.bookedFor else { return place.arrivedAt }
        return max(booked, place.arrivedAt)
    }

    /// Who stands before `id` with the same doctor and was not called yet: calling `id` passes over them (R4.01).
    package static func passedOver(by id: ID<Visit>, in line: [QueueLine]) -> [QueueLine] {
        guard let own = line.first(where: { $0.place.visitID == id }), let doctor = own.doctorID else { return [] }
        let order = order(line.map(\.place)).map(\.visitID).prefix { $0 != id }
        let byVisit = Dictionary(line.map { ($0.place.visitID, $0) }, uniquingKeysWith: { first, _ in first })
        return order.compactMap { byVisit[$0] }.filter { $0.doctorID == doctor && !$0.isCalled }
    }

    /// Approximate wait in minutes, rounded up to five (R4.02).
    ///
    /// - Parameters:
    ///   - remaining: minutes the treatment in the doctor's chair still takes; 0 when free.
    ///   - ahead: planned minutes of those who stand before this customer with the same doctor.
    ///   - untilBooked: minutes until the booked time; 0 when it has come or there is none.
    package static func estimate(remaining: Int, ahead: [Int], untilBooked: Int) -> Int {
        let minutes = max(max(0, remaining) + ahead.reduce(0, +), untilBooked)
        return (minutes + 4) / 5 * 5
    }

    package enum WaitLevel: String, Sendable { case ok, ask, over }
    /// The two thresholds are different events (R4.05): told more than `askAfter` or waited as long, and waited over `limit`.
    package static func level(waited: Int, askAfter: Int, limit: Int) -> WaitLevel {
        waited > limit ? .over : waited >= askAfter ? .ask : .ok
    }
}

/// Who waits in the queue, as far as the order looks at it.
package struct QueueLine: Hashable, Sendable {
    package let place: QueueRules.Place
    package let doctorID: ID<Staff>?
    /// "A021"
    package let label: String
    package let isCalled: Bool
    package init(place: QueueRules.Place, doctorID: ID<Staff>?, label: String, isCalled: Bool) {
        self.place = place
        self.doctorID = doctorID
        self.label = label
        self.isCalled = isCalled
    }
}
