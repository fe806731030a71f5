import Kernel
import Storage

/// The tables of weekly patterns, dated exceptions and the days of the clinic.
package enum RosterStore {
    /// Everything in force between two days, of one person or of the whole clinic. One statement.
    package static func load(
        clinic: ID<ClinicSite>, staff: ID<Staff>? = nil, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> RosterFacts {
        let person: SQL = staff.map { " AND staff_id = \($0)" } ?? ""
        let rows = try tx.rows(
            """
            SELECT 'shift' AS source, id, staff_id, weekday, start_unit, end_unit, chair_id, room_id, duty,
                valid_from AS first_day, valid_to AS last_day, 'work' AS kind, NULL AS reason, 0 AS set_by, 0 AS set_at
            FROM roster_shift
            WHERE clinic_id = \(clinic) AND valid_from <= \(to)
                AND (valid_to IS NULL OR valid_to >= \(from))\(oneWeekday(clinic, from, to))\(person)
            UNION ALL
            SELECT 'exception' AS source, id, staff_id, 0 AS weekday, start_unit, end_unit, chair_id, room_id, duty,
                day AS first_day, NULL AS last_day, kind, reason, set_by, set_at
            FROM roster_exception
            WHERE clinic_id = \(clinic) AND day BETWEEN \(from) AND \(to) AND ended_at IS NULL\(person)
            UNION ALL
            SELECT 'day' AS source, id, 0 AS staff_id, COALESCE(as_weekday, 0) AS weekday, 0 AS start_unit,
                0 AS end_unit, NULL AS chair_id, NULL AS room_id, NULL AS duty, day AS first_day, NULL AS last_day,
                kind, name AS reason, set_by, set_at
            FROM clinic_day
            WHERE clinic_id = \(clinic) AND day BETWEEN \(from) AND \(to) AND ended_at IS NULL
            UNION ALL
            SELECT 'week' AS source, 0 AS id, 0 AS staff_id, weekdays AS weekday, 0 AS start_unit, 0 AS end_unit,
                NULL AS chair_id, NULL AS room_id, NULL AS duty, valid_from AS first_day, NULL AS last_day,
                'week' AS kind, NULL AS reason, set_by, set_at
            FROM clinic_week
            WHERE clinic_id = \(clinic) AND valid_from <= \(to)
            """)
        var facts = RosterFacts()
        for row in rows {
            switch try row.text("source") {
            case "shift": facts.shifts.append(try shift(row))
            case "exception": facts.exceptions.append(try exception(row))
            case "week":
                facts.weeks.append(ClinicWeek(validFrom: try row.day("first_day"), mask: try row.int("weekday")))
            default:
                let day = try clinicDay(row)
                facts.days[day.day] = day
            }
        }
        facts.weeks.sort { $0.validFrom < $1.validFrom }
        return facts
    }

    /// With a single day only the weekday whose pattern counts is read.
    private static func oneWeekday(_ clinic: ID<ClinicSite>, _ from: Day, _ to: Day) -> SQL {
        guard from == to else { return "" }
        return """
             AND weekday = COALESCE((
                    SELECT as_weekday FROM clinic_day WHERE clinic_id = \(clinic) AND day = \(from) AND ended_at IS NULL
                ), \(from.weekday))
            """
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

    private static func clinicDay(_ row: Row) throws -> ClinicDay {
        let weekday = try row.int("weekday")
        return ClinicDay(
            day: try row.day("first_day"),
            opening: try row.text("kind") == "closed" ? .closed : .open(asWeekday: weekday == 0 ? nil : weekday),
            name: try row.text("reason"))
    }

    private static func span(_ row: Row) throws -> WorkSpan {
        WorkSpan(
            try row.unit("start_unit"), try row.unit("end_unit"), chairID: try row.idIfAny("chair_id"),
            roomID: try row.idIfAny("room_id"), duty: try row.codeIfAny("duty") ?? .work)
    }

    /// Role codes of the people of a clinic: the roster is drawn in groups.
    package static func roles(
        clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [ID<Staff>: Set<String>] {
        let rows = try tx.rows(
            "SELECT staff_id, role FROM role_grant WHERE clinic_id IN (0, \(clinic)) AND revoked_at IS NULL")
        var roles: [ID<Staff>: Set<String>] = [:]
        for row in rows { roles[try row.id("staff_id"), default: []].insert(try row.text("role")) }
        return roles
    }

    // MARK: - Patterns

    static func insert(_ shifts: [RosterShift], clinic: ID<ClinicSite>, in tx: any WriteTransaction) throws {
        guard !shifts.isEmpty else { return }
        let rows = shifts.map { s -> [any SQLBindable] in
            [
                s.id, s.staffID, clinic, s.weekday, s.span.start, s.span.end, s.span.chairID, s.span.roomID,
                s.span.duty, s.validFrom, s.validTo,
            ]
        }
        try tx.run(
            """
            INSERT INTO roster_shift (id, staff_id, clinic_id, weekday, start_unit, end_unit, chair_id, room_id, duty,
                valid_from, valid_to)
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
                e.span?.chairID, e.span?.roomID, e.span?.duty, e.reason, e.setBy, e.setAt,
            ]
        }
        try tx.run(
            """
            INSERT INTO roster_exception (id, staff_id, clinic_id, day, kind, start_unit, end_unit, chair_id, room_id,
                duty, reason, set_by, set_at)
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

    // MARK: - Days of the clinic

    static func insert(
        _ day: ClinicDay, id: Int64, clinic: ID<ClinicSite>, by: ID<Staff>, at now: Timestamp,
        in tx: any WriteTransaction
    ) throws {
        var weekday: Int?
        if case .open(let other) = day.opening { weekday = other }
        try tx.run(
            """
            INSERT INTO clinic_day (id, clinic_id, day, kind, as_weekday, name, set_by, set_at)
            VALUES (\(id), \(clinic), \(day.day), \(day.isClosed ? "closed" : "open"), \(weekday), \(day.name), \(by),
                \(now))
            """)
    }

    @discardableResult
    static func endDay(
        _ day: Day, clinic: ID<ClinicSite>, now: Timestamp, in tx: any WriteTransaction
    ) throws -> Int {
        try tx.run(
            """
            UPDATE clinic_day
            SET ended_at = \(now)
            WHERE clinic_id = \(clinic) AND day = \(day) AND ended_at IS NULL
            """)
    }
    /// From `week.validFrom` on; what was to begin later is dropped.
    static func setWeek(
        _ week: ClinicWeek, clinic: ID<ClinicSite>, by: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws {
        try tx.run("DELETE FROM clinic_week WHERE clinic_id = \(clinic) AND valid_from >= \(week.validFrom)")
        try tx.run(
            """
            INSERT INTO clinic_week (clinic_id, valid_from, weekdays, set_by, set_at)
            VALUES (\(clinic), \(week.validFrom), \(week.mask), \(by), \(now))
            """)
    }
}
