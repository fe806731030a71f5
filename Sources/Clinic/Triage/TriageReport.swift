import Kernel
import Storage

/// What was decided at the desk in a range of days (R2.28, R2.11, R2.17): overrides, segments, special cases, requests.
package struct TriageReport: Hashable, Sendable {
    package let arrivals: Int
    package let emergencies: Int
    /// Types that followed what was charged do not count: nobody overrode anything.
    package let overrides: [OverrideCount]
    /// Code of list `demandSegment`; nil: not asked.
    package let segments: [SegmentCount]
    package let cases: [CaseCount]
    /// Internal service failures (R2.17).
    package let failures: Int
    package let requests: [RequestCount]

    package struct OverrideCount: Hashable, Sendable {
        package let person: ID<Staff>
        package let name: String
        package let types: Int
        package let doctors: Int
        package let withoutReason: Int
    }
    package struct SegmentCount: Hashable, Sendable {
        package let segment: String?
        package let count: Int
    }
    package struct CaseCount: Hashable, Sendable {
        package let kind: VisitCase.Kind
        package let count: Int
        package let open: Int
        /// Most frequent first.
        package let outcomes: [(outcome: VisitCase.Outcome, count: Int)]

        package static func == (a: Self, b: Self) -> Bool {
            a.kind == b.kind && a.count == b.count && a.open == b.open
                && a.outcomes.map(\.outcome) == b.outcomes.map(\.outcome)
                && a.outcomes.map(\.count) == b.outcomes.map(\.count)
        }
        package func hash(into hasher: inout Hasher) {
            hasher.combine(kind)
            hasher.combine(count)
        }
    }
    package struct RequestCount: Hashable, Sendable {
        package let kind: VisitRequest.Kind
        package let count: Int
        package let done: Int
        package let open: Int
    }

    /// Days that may be asked at once.
    package static let longestDays = 92

    /// - Throws: `NotAllowed`, `FormErrors` for a range that is upside down or too long.
    package static func load(
        from: Day, to: Day, by work: Work, in tx: any ReadTransaction
    ) throws -> TriageReport {
        try work.actor.require(.seeReports)
        guard from <= to else { throw FormErrors("to", "结束日期不能早于开始日期") }
        guard to.days(since: from) < longestDays else { throw FormErrors("to", "一次最多看 \(longestDays) 天，请缩短范围") }
        let clinic = work.clinic.id
        let overrides = try TriageOverrides.list(clinic: clinic, from: from, to: to, in: tx)
        let names = try StaffStore.names(Set(overrides.map(\.recordedBy)), in: tx)
        let segments = try segments(clinic, from, to, in: tx)
        let cases = try CaseStore.list(clinic: clinic, from: from, to: to, in: tx)
        return TriageReport(
            arrivals: segments.map(\.count).reduce(0, +), emergencies: try emergencies(clinic, from, to, in: tx),
            overrides: count(overrides, names), segments: segments, cases: count(cases),
            failures: cases.count { $0.kind.isServiceFailure && $0.closed?.outcome != .mistaken },
            requests: count(try VisitRequestStore.list(clinic: clinic, from: from, to: to, in: tx)))
    }

    private static func segments(
        _ clinic: ID<ClinicSite>, _ from: Day, _ to: Day, in tx: any ReadTransaction
    ) throws -> [SegmentCount] {
        try tx.rows(
            """
            SELECT segment, COUNT(*) AS n
            FROM visit
            WHERE clinic_id = \(clinic) AND business_day BETWEEN \(from) AND \(to)
                AND (outcome IS NULL OR outcome <> \(Visit.withdrawn))
            GROUP BY segment
            ORDER BY n DESC, segment NULLS LAST
            """
        ).map { SegmentCount(segment: try $0.textIfAny("segment"), count: try $0.int("n")) }
    }

    private static func emergencies(
        _ clinic: ID<ClinicSite>, _ from: Day, _ to: Day, in tx: any ReadTransaction
    ) throws -> Int {
        try tx.first(
            """
            SELECT COUNT(*) AS n
            FROM visit
            WHERE clinic_id = \(clinic) AND business_day BETWEEN \(from) AND \(to) AND emergency IS NOT NULL
                AND (outcome IS NULL OR outcome <> \(Visit.withdrawn))
            """)?.int("n") ?? 0
    }

    // MARK: Counting, pure

    package static func count(_ overrides: [TriageOverride], _ names: [ID<Staff>: String]) -> [OverrideCount] {
        Dictionary(grouping: overrides, by: \.recordedBy).map { person, own in
            OverrideCount(
                person: person, name: names[person] ?? "", types: own.count { $0.kind == .type },
                doctors: own.count { $0.kind == .doctor }, withoutReason: own.count { $0.reason == nil })
        }.sorted { ($1.types + $1.doctors, $0.person) < ($0.types + $0.doctors, $1.person) }
    }

    package static func count(_ cases: [VisitCase]) -> [CaseCount] {
        let byKind = Dictionary(grouping: cases, by: \.kind)
        return VisitCase.Kind.allCases.compactMap { kind in
            guard let own = byKind[kind] else { return nil }
            let outcomes = Dictionary(grouping: own.compactMap { $0.closed?.outcome }, by: \.self)
            return CaseCount(
                kind: kind, count: own.count, open: own.count(where: \.isOpen),
                outcomes: VisitCase.Outcome.allCases.compactMap { outcome in
                    outcomes[outcome].map { (outcome: outcome, count: $0.count) }
                }.sorted { $0.count > $1.count })
        }
    }

    package static func count(_ requests: [VisitRequest]) -> [RequestCount] {
        let byKind = Dictionary(grouping: requests, by: \.kind)
        return VisitRequest.Kind.allCases.compactMap { kind in
            guard let own = byKind[kind] else { return nil }
            return RequestCount(
                kind: kind, count: own.count,
                done: own.count { [.done, .answered, .inRoom].contains($0.closed?.result) },
                open: own.count(where: \.isOpen))
        }
    }
}
