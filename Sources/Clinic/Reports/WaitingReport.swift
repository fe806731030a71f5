import Kernel
import Storage

/// How long customers waited, for whom, and how right the times were that they were told (R4.02, R4.07).
package struct WaitingReport: Hashable, Sendable {
    package let from: Day
    package let to: Day
    package let whole: WaitingFigures
    /// Longest average first.
    package let doctors: [Line]
    /// The last eight weeks, oldest first.
    package let weeks: [Week]
    package let care: Care

    package struct Line: Hashable, Sendable {
        package let name: String
        package let figures: WaitingFigures
    }

    package struct Week: Hashable, Sendable {
        package let monday: Day
        package let figures: WaitingFigures
    }

    /// What was done for those who waited.
    package struct Care: Hashable, Sendable {
        package let educated: Int
        package let declined: Int
        package let explained: Int
        package let ticks: Int
        package let rounds: Int
        package let needs: Int
        package let needsMet: Int
        /// Visits that ended, and the counters they needed together (R4.40).
        package let visits: Int
        package let counters: Int
        package var averageCountersTenths: Int? {
            visits == 0 ? nil : (counters * 10 + visits / 2) / visits
        }
    }

    package static let longestDays = 92
    static let trendWeeks = 8

    /// - Throws: `FormErrors` for a range that is upside down or too long, `NotAllowed`.
    package static func load(
        from: Day, to: Day, by work: Work, in tx: any ReadTransaction
    ) throws -> WaitingReport {
        try work.actor.require(.seeReports)
        guard from <= to else { throw FormErrors("to", "结束日期不能早于开始日期") }
        guard to.days(since: from) < longestDays else { throw FormErrors("to", "一次最多看 \(longestDays) 天，请缩短范围") }
        let thisMonday = work.today.adding(days: 1 - work.today.weekday)
        let firstMonday = thisMonday.adding(days: -7 * (trendWeeks - 1))
        let days = try days(clinic: work.clinic.id, from: min(from, firstMonday), to: max(to, work.today), work, in: tx)
        let told = try told(clinic: work.clinic.id, from: from, to: to, in: tx)
        let wanted = days.filter { $0.day >= from && $0.day <= to }
        var whole = WaitingFigures.sum(wanted.map(\.figures))
        for wait in told { whole.add(wait) }
        let names = try StaffStore.names(Set(wanted.compactMap(\.doctorID)), in: tx)
        let ofDoctor = Dictionary(grouping: told, by: \.doctorID)
        let lines = Dictionary(grouping: wanted, by: \.doctorID).map { doctor, own in
            var figures = WaitingFigures.sum(own.map(\.figures))
            for wait in ofDoctor[doctor] ?? [] { figures.add(wait) }
            return Line(name: doctor.flatMap { names[$0] } ?? "医生未定", figures: figures)
        }
        return WaitingReport(
            from: from, to: to, whole: whole,
            doctors: lines.sorted { ($1.figures.average ?? 0, $0.name) < ($0.figures.average ?? 0, $1.name) },
            weeks: (0..<trendWeeks).map { week in
                let monday = firstMonday.adding(days: 7 * week)
                let own = days.filter { $0.day >= monday && $0.day < monday.adding(days: 7) }
                return Week(monday: monday, figures: .sum(own.map(\.figures)))
            },
            care: try care(clinic: work.clinic.id, from: from, to: to, in: tx))
    }

    private struct DayLine {
        let day: Day
        let doctorID: ID<Staff>?
        let figures: WaitingFigures
    }

    private static func days(
        clinic: ID<ClinicSite>, from: Day, to: Day, _ work: Work, in tx: any ReadTransaction
    ) throws -> [DayLine] {
        let limit = Int64(work.playbook[.waitActualMinutes]) * 60_000
        return try tx.rows(
            """
            SELECT business_day, doctor_id,
                CAST(COALESCE(SUM(CASE WHEN seated_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS seated,
                CAST(COALESCE(SUM(seated_at - arrived_at), 0) AS BIGINT) AS waited,
                COALESCE(MAX(seated_at - arrived_at), 0) AS longest,
                CAST(COALESCE(SUM(CASE WHEN seated_at - arrived_at > \(limit) THEN 1 ELSE 0 END), 0) AS BIGINT) AS over,
                CAST(COALESCE(SUM(CASE WHEN seated_at IS NULL AND left_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS BIGINT)
                    AS unseen
            FROM visit
            WHERE clinic_id = \(clinic) AND business_day BETWEEN \(from) AND \(to)
                AND (outcome IS NULL OR outcome <> \(Visit.withdrawn))
            GROUP BY business_day, doctor_id
            """
        ).map { row in
            DayLine(
                day: try row.day("business_day"), doctorID: try row.idIfAny("doctor_id"),
                figures: WaitingFigures(
                    seated: try row.int("seated"), waitedMinutes: Int(try row.int64("waited") / 60_000),
                    longest: Int(try row.int64("longest") / 60_000), over: try row.int("over"),
                    leftUnseen: try row.int("unseen")))
        }
    }

    /// The last time told before the customer was seated, and what really happened.
    private static func told(
        clinic: ID<ClinicSite>, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> [ToldAndWaited] {
        try tx.rows(
            """
            SELECT v.doctor_id, e.told_minutes, e.system_minutes, v.seated_at - e.told_at AS waited
            FROM wait_estimate e
            JOIN visit v ON v.id = e.visit_id
            WHERE e.clinic_id = \(clinic) AND e.business_day BETWEEN \(from) AND \(to) AND v.seated_at IS NOT NULL
                AND e.id = (SELECT MAX(o.id) FROM wait_estimate o WHERE o.visit_id = e.visit_id)
            """
        ).map { row in
            ToldAndWaited(
                doctorID: try row.idIfAny("doctor_id"), told: try row.int("told_minutes"),
                system: try row.intIfAny("system_minutes"),
                waited: max(0, Int(try row.int64("waited") / 60_000)))
        }
    }

    private static func care(
        clinic: ID<ClinicSite>, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> Care {
        let facts = try tx.rows(
            """
            SELECT f.kind, COUNT(*) AS n
            FROM visit_fact f
            JOIN visit v ON v.id = f.visit_id
            WHERE v.clinic_id = \(clinic) AND v.business_day BETWEEN \(from) AND \(to) AND f.undone_at IS NULL
                AND f.kind IN ('educated', 'educationDeclined', 'explained')
            GROUP BY f.kind
            """)
        let count = Dictionary(
            try facts.map { (try $0.text("kind"), try $0.int("n")) }, uniquingKeysWith: { first, _ in first })
        func total(_ sql: SQL) throws -> Int { Int(try tx.int64(sql) ?? 0) }
        let range: SQL = "clinic_id = \(clinic) AND business_day BETWEEN \(from) AND \(to)"
        let wishes: SQL = "kind IN ('help', 'wish')"
        let counters = try CounterVisits.counts(clinic: clinic, from: from, to: to, in: tx)
        return Care(
            educated: count["educated"] ?? 0, declined: count["educationDeclined"] ?? 0,
            explained: count["explained"] ?? 0,
            ticks: try total("SELECT COUNT(*) AS n FROM care_tick WHERE \(range) AND undone_at IS NULL"),
            rounds: try total("SELECT COUNT(*) AS n FROM patrol_round WHERE \(range)"),
            needs: try total("SELECT COUNT(*) AS n FROM visit_request WHERE \(range) AND \(wishes)"),
            needsMet: try total(
                "SELECT COUNT(*) AS n FROM visit_request WHERE \(range) AND \(wishes) AND result = 'done'"),
            visits: counters.count, counters: counters.values.reduce(0, +))
    }
}

/// A time told and the wait that came of it, both in minutes.
package struct ToldAndWaited: Hashable, Sendable {
    package let doctorID: ID<Staff>?
    package let told: Int
    package let system: Int?
    package let waited: Int
    package init(doctorID: ID<Staff>?, told: Int, system: Int?, waited: Int) {
        self.doctorID = doctorID
        self.told = told
        self.system = system
        self.waited = waited
    }
}

/// Waits of one doctor or of all, added up. Minutes.
package struct WaitingFigures: Hashable, Sendable {
    package var seated = 0
    package var waitedMinutes = 0
    package var longest = 0
    /// Waited longer than the limit (R4.04).
    package var over = 0
    /// Went without having been seen.
    package var leftUnseen = 0
    /// Customers who were told a time and were seated.
    package var told = 0
    /// Differences without sign, added up: of what was told, and of what the system would have said.
    package var toldError = 0
    package var system = 0
    package var systemError = 0
    /// Waited over five minutes longer than told.
    package var toldTooShort = 0

    package init(seated: Int = 0, waitedMinutes: Int = 0, longest: Int = 0, over: Int = 0, leftUnseen: Int = 0) {
        self.seated = seated
        self.waitedMinutes = waitedMinutes
        self.longest = longest
        self.over = over
        self.leftUnseen = leftUnseen
    }

    package var average: Int? { Self.mean(waitedMinutes, seated) }
    package var overRate: Int? { BookingFigures.percent(over, of: seated) }
    package var averageToldError: Int? { Self.mean(toldError, told) }
    package var averageSystemError: Int? { Self.mean(systemError, system) }
    package var tooShortRate: Int? { BookingFigures.percent(toldTooShort, of: told) }

    /// A customer may wait five minutes longer than told before that counts as told too short.
    package static let tolerance = 5

    package mutating func add(_ wait: ToldAndWaited) {
        told += 1
        toldError += abs(wait.waited - wait.told)
        if wait.waited > wait.told + Self.tolerance { toldTooShort += 1 }
        guard let estimate = wait.system else { return }
        system += 1
        systemError += abs(wait.waited - estimate)
    }

    package static func sum(_ all: [WaitingFigures]) -> WaitingFigures {
        all.reduce(into: WaitingFigures()) { total, one in
            total.seated += one.seated
            total.waitedMinutes += one.waitedMinutes
            total.longest = max(total.longest, one.longest)
            total.over += one.over
            total.leftUnseen += one.leftUnseen
        }
    }

    private static func mean(_ sum: Int, _ count: Int) -> Int? { count == 0 ? nil : (sum + count / 2) / count }
}
