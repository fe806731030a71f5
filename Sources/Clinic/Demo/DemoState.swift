import Kernel

/// What the demo carries from day to day: who is on file and which time is taken.
struct DemoState: Sendable {
    struct Person: Sendable {
        let id: ID<Patient>
        let isChild: Bool
        /// Chair number of the doctor who treats this customer.
        var doctor: Int?
    }

    var dice: DemoDice
    var people: [Person] = []
    /// Taken quarters of an hour by doctor and day.
    private var taken: [Int: [Day: Set<Int>]] = [:]
    /// Customers with a booking from this day on.
    private var bookedUntil: [ID<Patient>: Day] = [:]

    init(seed: UInt64) { dice = DemoDice(seed: seed) }

    /// A start of `units` in a row inside the doctor's working time, not before `earliest`; nil: the day is full.
    mutating func freeStart(doctor: Int, day: Day, units: Int, earliest: Int = 0) -> Unit? {
        let taken = taken[doctor]?[day] ?? []
        let starts = [DemoClinic.morning, DemoClinic.afternoon].flatMap { span in
            span.filter { start in
                start >= earliest && start + units <= span.upperBound
                    && (start..<start + units).allSatisfy { !taken.contains($0) }
            }
        }
        guard !starts.isEmpty else { return nil }
        // Some take the first free time, most the one that suits them: the day is busy from morning to evening.
        return Unit(starts[dice.chance(35) ? 0 : dice.number(0...(starts.count - 1))])
    }

    mutating func take(_ patient: ID<Patient>, doctor: Int, day: Day, start: Unit, units: Int) {
        taken[doctor, default: [:]][day, default: []].formUnion(start.index..<start.index + units)
        bookedUntil[patient] = day
    }

    mutating func free(_ patient: ID<Patient>, doctor: Int, day: Day, start: Unit, units: Int) {
        taken[doctor]?[day]?.subtract(start.index..<start.index + units)
        bookedUntil[patient] = nil
    }

    func isBooked(_ patient: ID<Patient>, from day: Day) -> Bool { bookedUntil[patient].map { $0 >= day } ?? false }

    mutating func forget(before day: Day) {
        for doctor in taken.keys { taken[doctor] = taken[doctor]?.filter { $0.key >= day } }
    }
}
