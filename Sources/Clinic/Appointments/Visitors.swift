import Kernel
import Storage

/// How many customers are in the clinic at the same time, by quarter of an hour (R3.41).
package struct Visitors: Hashable, Sendable {
    /// 96 numbers a day; days without bookings are missing.
    private let counts: [Day: [Int]]
    /// At most so many at once: `appt.capacity_per_slot`, or the number of chairs.
    package let ceiling: Int

    package init(_ counts: [Day: [Int]], ceiling: Int) {
        self.counts = counts
        self.ceiling = ceiling
    }

    /// Bookings that count, squeezed ones included. Two statements.
    package static func load(
        from: Day, to: Day, by work: Work, in tx: any ReadTransaction
    ) throws -> Visitors {
        let rows = try tx.rows(
            """
            SELECT day, start_unit, units, COUNT(*) AS people
            FROM appointment
            WHERE clinic_id = \(work.clinic.id)
                AND day BETWEEN \(from) AND \(to)
                AND cancelled_at IS NULL
                AND missed_at IS NULL
            GROUP BY day, start_unit, units
            """)
        var counts: [Day: [Int]] = [:]
        for row in rows {
            let start = try row.int("start_unit")
            let people = try row.int("people")
            let end = min(Unit.perDay, start + (try row.int("units")))
            counts[try row.day("day"), default: Array(repeating: 0, count: Unit.perDay)].add(people, to: start..<end)
        }
        return Visitors(counts, ceiling: try ceiling(by: work, in: tx))
    }

    private static func ceiling(by work: Work, in tx: any ReadTransaction) throws -> Int {
        let set = work.playbook[.appointmentCapacityPerSlot]
        if set > 0 { return set }
        let chairs = try tx.int64(
            """
            SELECT COUNT(*) AS chairs
            FROM chair
            WHERE clinic_id = \(work.clinic.id) AND retired_at IS NULL
            """)
        return Int(chairs ?? 0)
    }

    /// 96 numbers, for drawing.
    package func day(_ day: Day) -> [Int] { counts[day] ?? Array(repeating: 0, count: Unit.perDay) }

    /// The fullest quarter of an hour of a stretch.
    package func most(on day: Day, _ units: Range<Int>) -> Int {
        guard let counts = counts[day] else { return 0 }
        return counts[units.clamped(to: 0..<Unit.perDay)].max() ?? 0
    }

    /// One more customer fits. A ceiling of 0 means that the clinic has no chairs yet: then nothing is full.
    package func hasRoom(on day: Day, _ units: Range<Int>) -> Bool { ceiling == 0 || most(on: day, units) < ceiling }
}

extension Array where Element == Int {
    fileprivate mutating func add(_ number: Int, to range: Range<Int>) {
        for index in range where indices.contains(index) { self[index] += number }
    }
}
