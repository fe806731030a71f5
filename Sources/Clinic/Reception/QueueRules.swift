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
        package init(visitID: ID<Visit>, isEmergency: Bool, bookedFor: Timestamp?, arrivedAt: Timestamp) {
            self.visitID = visitID
            self.isEmergency = isEmergency
            self.bookedFor = bookedFor
            self.arrivedAt = arrivedAt
        }
    }

    /// Emergencies first (R2.09), then the booked time (of a late comer: the arrival), then the arrival.
    package static func order(_ places: [Place]) -> [Place] {
        places.sorted { a, b in
            if a.isEmergency != b.isEmergency { return a.isEmergency }
            let (ta, tb) = (turn(a), turn(b))
            if ta != tb { return ta < tb }
            return a.arrivedAt == b.arrivedAt ? a.visitID < b.visitID : a.arrivedAt < b.arrivedAt
        }
    }

    /// Who is punctual keeps the booked time; who is late or has no booking stands where the arrival puts him.
    private static func turn(_ place: Place) -> Timestamp {
        guard let booked = place.bookedFor else { return place.arrivedAt }
        return max(booked, place.arrivedAt)
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
