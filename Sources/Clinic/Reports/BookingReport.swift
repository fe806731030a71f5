import Kernel
import Storage

/// The figures of a range of days, for everybody and for each doctor and chair (R3.59).
package struct BookingReport: Hashable, Sendable {
    package let from: Day
    package let to: Day
    package let whole: BookingFigures
    package let doctors: [Line]
    package let chairs: [Line]
    /// Bookings without a chair.
    package let withoutChair: Int

    package struct Line: Hashable, Sendable {
        package let name: String
        package let figures: BookingFigures
    }

    /// Three range scans (bookings and displaced ones by clinic and day, roster by clinic), whatever the years in the database.
    /// - Throws: `FormErrors` for a range that is upside down or longer than `BookingStatisticsRules.longestDays`.
    package static func load(
        from: Day, to: Day, by work: Work, in tx: any ReadTransaction
    ) throws -> BookingReport {
        try work.actor.require(.seeReports)
        guard from <= to else { throw FormErrors("to", "结束日期不能早于开始日期") }
        guard to.days(since: from) < BookingStatisticsRules.longestDays else {
            throw FormErrors("to", "一次最多看 \(BookingStatisticsRules.longestDays) 天，请缩短范围")
        }
        let facts = try facts(clinic: work.clinic.id, from: from, to: to, in: tx)
        let roster = try RosterStore.load(clinic: work.clinic.id, from: from, to: to, in: tx)
        let displaced = try displaced(clinic: work.clinic.id, from: from, to: to, in: tx)
        let doctors = try StaffStore.list(
            Array(
                Set(facts.map(\.doctorID) + displaced.map(\.doctorID)).union(
                    try StaffStore.listDoctors(clinic: work.clinic.id, in: tx).map(\.id))),
            in: tx
        ).sorted { $0.employeeNumber < $1.employeeNumber }
        let days = (0...to.days(since: from)).map { from.adding(days: $0) }
        var lines: [Line] = []
        var whole = BookingFigures()
        var openDays: Set<Day> = []
        let byDoctor = Dictionary(grouping: facts, by: \.doctorID)
        for doctor in doctors {
            let own = byDoctor[doctor.id] ?? []
            var figures = count(own, work)
            for fact in displaced where fact.doctorID == doctor.id { BookingStatisticsRules.add(fact, to: &figures) }
            let byDay = Dictionary(grouping: own.filter { $0.isKept && !$0.isSqueezed }, by: \.day)
            for day in days {
                let spans = RosterRules.spans(of: doctor.id, on: day, roster)
                guard !spans.isEmpty else { continue }
                openDays.insert(day)
                figures.presentUnits += BookingStatisticsRules.presentUnits(spans)
                let taken = Set((byDay[day] ?? []).flatMap { Array($0.start.index..<$0.start.index + $0.units) })
                let gaps = BookingStatisticsRules.gaps(spans: spans, taken: taken)
                figures.gaps += gaps.count
                figures.gapUnits += gaps.units
            }
            whole.presentUnits += figures.presentUnits
            whole.gaps += figures.gaps
            whole.gapUnits += figures.gapUnits
            if figures.placed > 0 || figures.presentUnits > 0 {
                lines.append(Line(name: doctor.name, figures: figures))
            }
        }
        let counted = count(facts, work)
        let (present, gaps, gapUnits) = (whole.presentUnits, whole.gaps, whole.gapUnits)
        whole = counted
        (whole.presentUnits, whole.gaps, whole.gapUnits) = (present, gaps, gapUnits)
        for fact in displaced { BookingStatisticsRules.add(fact, to: &whole) }
        return BookingReport(
            from: from, to: to, whole: whole, doctors: lines,
            chairs: try chairs(facts, openDays: openDays.count, work, in: tx),
            withoutChair: facts.filter { $0.chairID == nil && $0.isKept }.count)
    }

    private static func chairs(
        _ facts: [BookedFact], openDays: Int, _ work: Work, in tx: any ReadTransaction
    ) throws -> [Line] {
        let byChair = Dictionary(grouping: facts.filter { $0.chairID != nil }, by: \.chairID)
        return try PlaceStore.chairs(clinic: work.clinic.id, in: tx).map { chair in
            var figures = count(byChair[chair.id] ?? [], work)
            figures.presentUnits = openDays * (work.clinic.closes.index - work.clinic.opens.index)
            return Line(name: "\(chair.name) · \(chair.roomNumber) 诊室", figures: figures)
        }
    }

    private static func count(_ facts: [BookedFact], _ work: Work) -> BookingFigures {
        var figures = BookingFigures()
        for fact in facts {
            BookingStatisticsRules.add(
                fact, to: &figures, promisedMinutes: work.playbook[.waitDoctorEstimateMinutes],
                calendar: work.clinic.calendar)
        }
        return figures
    }

    private static func facts(
        clinic: ID<ClinicSite>, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> [BookedFact] {
        try tx.rows(
            """
            SELECT a.doctor_id, a.chair_id, a.day, a.start_unit, a.units, a.is_squeezed, a.cancel_side,
                a.cancel_notice_minutes, a.missed_at, a.move_count, v.arrived_at, v.seated_at
            FROM appointment a
            LEFT JOIN visit v ON v.appointment_id = a.id
            WHERE a.clinic_id = \(clinic) AND a.day BETWEEN \(from) AND \(to)
            """
        ).map { row in
            // Who came after all is no no-show.
            let arrivedAt = try row.timestampIfAny("arrived_at")
            return BookedFact(
                doctorID: try row.id("doctor_id"), chairID: try row.idIfAny("chair_id"), day: try row.day("day"),
                start: try row.unit("start_unit"), units: try row.int("units"),
                isSqueezed: try row.bool("is_squeezed"), cancelSide: try row.codeIfAny("cancel_side"),
                noticeMinutes: try row.intIfAny("cancel_notice_minutes"),
                isMissed: try !row.isNull("missed_at") && arrivedAt == nil, moves: try row.int("move_count"),
                arrivedAt: arrivedAt, seatedAt: try row.timestampIfAny("seated_at"))
        }
    }

    private static func displaced(
        clinic: ID<ClinicSite>, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> [DisplacedFact] {
        try tx.rows(
            """
            SELECT d.doctor_id, d.settled_at, v.arrived_at
            FROM displaced_booking d
            LEFT JOIN visit v ON v.appointment_id = d.appointment_id AND v.business_day = d.day
            WHERE d.clinic_id = \(clinic) AND d.day BETWEEN \(from) AND \(to)
                AND (d.settled_how IS NULL OR d.settled_how <> 'restored')
            """
        ).map { row in
            DisplacedFact(
                doctorID: try row.id("doctor_id"), arrivedAt: try row.timestampIfAny("arrived_at"),
                settledAt: try row.timestampIfAny("settled_at"))
        }
    }
}
