import Kernel
import Storage

/// The table of blocked times.
package enum BlockStore {
    package static func list(clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction) throws -> [ScheduleBlock] {
        try blocks(where: "clinic_id = \(clinic) AND day = \(day) AND ended_at IS NULL", in: tx)
    }

    package static func list(
        doctor: ID<Staff>, clinic: ID<ClinicSite>, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> [ScheduleBlock] {
        try blocks(
            where: """
                kind = 'doctor' AND resource_id = \(doctor) AND clinic_id = \(clinic) AND day BETWEEN \(from) AND \(to)
                    AND ended_at IS NULL
                """, in: tx)
    }

    static func find(
        _ id: ID<ScheduleBlock>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> ScheduleBlock? {
        try blocks(where: "id = \(id) AND clinic_id = \(clinic) AND ended_at IS NULL", in: tx).first
    }

    private static func blocks(where condition: SQL, in tx: any ReadTransaction) throws -> [ScheduleBlock] {
        try tx.rows(
            """
            SELECT id, kind, resource_id, day, start_unit, units, reason
            FROM schedule_block
            WHERE \(condition)
            ORDER BY start_unit, id
            """
        ).map { row in
            ScheduleBlock(
                id: try row.id("id"), kind: try row.code("kind"), resourceID: try row.int64("resource_id"),
                day: try row.day("day"), start: try row.unit("start_unit"), units: try row.int("units"),
                reason: try row.text("reason"))
        }
    }

    static func insert(
        _ b: ScheduleBlock, clinic: ID<ClinicSite>, mark: Appointment.Mark, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO schedule_block (id, clinic_id, kind, resource_id, day, start_unit, units, reason, set_by, set_at)
            VALUES (\(b.id), \(clinic), \(b.kind), \(b.resourceID), \(b.day), \(b.start), \(b.units), \(b.reason),
                \(mark.by), \(mark.at))
            """)
    }

    static func end(_ id: ID<ScheduleBlock>, now: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE schedule_block SET ended_at = \(now) WHERE id = \(id)")
    }
}

/// Time of a doctor or chair that nobody can book: 午休, 培训, 维修.
package struct ScheduleBlock: Hashable, Sendable {
    package let id: ID<ScheduleBlock>
    package let kind: ResourceKind
    package let resourceID: Int64
    package let day: Day
    package let start: Unit
    package let units: Int
    package let reason: String
    package var end: Unit { start.adding(units) }
}
