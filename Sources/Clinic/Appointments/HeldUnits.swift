import Kernel
import Storage

/// A stretch of a doctor's time that somebody is choosing right now; it frees itself at `expiresAt`.
package struct HeldUnits: Hashable, Sendable {
    package let doctorID: ID<Staff>
    package let day: Day
    package let start: Unit
    package let units: Int
    package let expiresAt: Timestamp
    package var end: Unit { start.adding(units) }
    package init(doctorID: ID<Staff>, day: Day, start: Unit, units: Int, expiresAt: Timestamp) {
        self.doctorID = doctorID
        self.day = day
        self.start = start
        self.units = units
        self.expiresAt = expiresAt
    }
}

extension ResourceUnits {
    /// The holds in force of some doctors. One statement.
    package static func listHolds(
        of doctors: [ID<Staff>], from: Day, to: Day, now: Timestamp, in tx: any ReadTransaction
    ) throws -> [HeldUnits] {
        guard !doctors.isEmpty else { return [] }
        let rows = try tx.rows(
            """
            SELECT resource_id, day, holder_id, MIN(unit) AS first_unit, COUNT(*) AS units, MIN(expires_at) AS expires_at
            FROM resource_unit
            WHERE kind = 'doctor'
                AND resource_id IN \(list: doctors)
                AND day BETWEEN \(from) AND \(to)
                AND holder_kind = 'hold'
                AND expires_at > \(now)
            GROUP BY resource_id, day, holder_id
            ORDER BY resource_id, day, holder_id
            """)
        return try rows.map { row in
            HeldUnits(
                doctorID: try row.id("resource_id"), day: try row.day("day"), start: try row.unit("first_unit"),
                units: try row.int("units"), expiresAt: try row.timestamp("expires_at"))
        }
    }
}
