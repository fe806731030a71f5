import Kernel
import Storage

/// The tables of weekly patterns and dated exceptions.
package enum RosterStore {
    /// Everything in force between two days, of one person or of the whole clinic. One statement.
    package static func load(
        clinic: ID<ClinicSite>, staff: ID<Staff>? = nil, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> RosterFacts {
        let person: SQL = staff.map { " AND staff_id = \($0)" } ?? ""
        // With a single day only its weekday is read.
        let weekday: SQL = from == to ? " AND weekday = \(from.weekday)" : ""
        let rows = try tx.rows(
            """
            SELECT 'shift' AS source, id, staff_id, weekday, start_unit, end_unit, chair_id, valid_from AS first_day,
                valid_to AS last_day, 'work' AS kind, NULL AS reason, 0 AS set_by, 0 AS set_at
            FROM roster_shift
            WHERE clinic_id = \(clinic) AND valid_from <= \(to)
                AND (valid_to IS NULL OR valid_to >= \(from))\(weekday)\(person)
            UNION ALL
            SELECT 'exception' AS source, id, staff_id, 0 AS weekday, start_unit, end_unit, chair_id, day AS first_day,
                NULL AS last_day, kind, reason, set_by, set_at
            FROM roster_exception
            WHERE clinic_id = \(clinic) AND day BETWEEN \(from) AND \(to) AND ended_at IS NULL\(person)
            """)
        var facts = RosterFacts()
        for row in rows {
            if try row.text("source") == "shift" {
                facts.shifts.append(try shift(row))
            } else {
                facts.exceptions.append(try exception(row))
            }
        }
        return facts
    }

    private static func shift(_ row: Row) throws -> RosterShift {
        RosterShift(
            id: try row.id("id"), staffID: try row.id("staff_id"), weekday: try row.int("weekday"),
            span: try span(row), validFrom: try row.day("first_day"), validTo: try row.dayIfAny("last_day"))
    }

    private static func exception(_ row: Row) throws -> RosterException {
        let works = try row.text("kind") == "work"
        return RosterException(
            id: try row.id("id"), staffID: try row.id("staff_id"), day: try row.day("first_day"),
            span: works ? try span(row) : nil, reason: try row.textIfAny("reason"),
            setBy: try row.id("set_by"), setAt: try row.timestamp("set_at"))
    }

    private static func span(_ row: Row) throws -> WorkSpan {
        WorkSpan(try row.unit("start_unit"), try row.unit("end_unit"), chairID: try row.idIfAny("chair_id"))
    }

    // MARK: - Patterns

    static func insert(_ shifts: [RosterShift], clinic: ID<ClinicSite>, in tx: any WriteTransaction) throws {
        guard !shifts.isEmpty else { return }
        let rows = shifts.map { s -> [any SQLBindable] in
            [
                s.id, s.staffID, clinic, s.weekday, s.span.start, s.span.end, s.span.chairID, s.validFrom, s.validTo,
            ]
        }
        try tx.run(
            """
            INSERT INTO roster_shift (id, staff_id, clinic_id, weekday, start_unit, end_unit, chair_id, valid_from, valid_to)
            VALUES \(rows: rows)
            """)
    }

    /// The pattern before `day` stays; what would begin later is dropped.
    static func endPattern(
        of staff: ID<Staff>, clinic: ID<ClinicSite>, before day: Day, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            "DELETE FROM roster_shift WHERE staff_id = \(staff) AND clinic_id = \(clinic) AND valid_from >= \(day)")
        try tx.run(
            """
            UPDATE roster_shift
            SET valid_to = \(day.adding(days: -1))
            WHERE staff_id = \(staff) AND clinic_id = \(clinic) AND (valid_to IS NULL OR valid_to >= \(day))
            """)
    }

    // MARK: - Exceptions

    static func insert(_ exceptions: [RosterException], clinic: ID<ClinicSite>, in tx: any WriteTransaction) throws {
        guard !exceptions.isEmpty else { return }
        let rows = exceptions.map { e -> [any SQLBindable] in
            [
                e.id, e.staffID, clinic, e.day, e.span == nil ? "rest" : "work", e.span?.start, e.span?.end,
                e.span?.chairID, e.reason, e.setBy, e.setAt,
            ]
        }
        try tx.run(
            """
            INSERT INTO roster_exception (id, staff_id, clinic_id, day, kind, start_unit, end_unit, chair_id, reason, set_by,
                set_at)
            VALUES \(rows: rows)
            """)
    }

    @discardableResult
    static func endExceptions(
        of staff: ID<Staff>, clinic: ID<ClinicSite>, on day: Day, now: Timestamp, in tx: any WriteTransaction
    ) throws -> Int {
        try tx.run(
            """
            UPDATE roster_exception
            SET ended_at = \(now)
            WHERE staff_id = \(staff) AND clinic_id = \(clinic) AND day = \(day) AND ended_at IS NULL
            """)
    }
}
