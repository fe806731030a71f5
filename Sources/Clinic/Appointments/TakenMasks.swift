import Kernel
import Storage

extension ResourceUnits {
    /// One resource on one day: bits of the taken quarters of an hour, 0 … 47 in `low`, 48 … 95 in `high`.
    package struct TakenDay: Hashable, Sendable {
        package let kind: ResourceKind
        package let resourceID: Int64
        package let day: Day
        package let low: Int64
        package let high: Int64
    }

    /// What many resources have taken between two days, summed up by the database: a search across twenty doctors and two
    /// weeks reads some hundred rows instead of ten thousand.
    /// - Parameters:
    ///   - resources: by kind; kinds without an id are not looked at.
    ///   - own: a hold that does not count against its owner.
    package static func takenDays(
        _ resources: [(kind: ResourceKind, ids: [Int64])], from: Day, to: Day, without own: ID<Hold>? = nil,
        now: Timestamp, in tx: any ReadTransaction
    ) throws -> [TakenDay] {
        let wanted = resources.filter { !$0.ids.isEmpty }
        guard let first = wanted.first else { return [] }
        var condition: SQL = "(kind = \(first.kind) AND resource_id IN \(list: first.ids))"
        for next in wanted.dropFirst() {
            condition = condition + " OR (kind = \(next.kind) AND resource_id IN \(list: next.ids))"
        }
        let others: SQL = own.map { " AND NOT (holder_kind = 'hold' AND holder_id = \($0))" } ?? ""
        return try tx.rows(
            """
            SELECT kind, resource_id, day,
                CAST(SUM(CASE WHEN unit < 48 THEN CAST(1 AS BIGINT) << CAST(unit AS INTEGER) ELSE 0 END) AS BIGINT) AS low,
                CAST(SUM(CASE WHEN unit >= 48 THEN CAST(1 AS BIGINT) << CAST(unit - 48 AS INTEGER) ELSE 0 END) AS BIGINT)
                    AS high
            FROM resource_unit
            WHERE (\(condition))
                AND day BETWEEN \(from) AND \(to)
                AND place = 0
                AND (expires_at IS NULL OR expires_at > \(now))\(others)
            GROUP BY kind, resource_id, day
            """
        ).map {
            TakenDay(
                kind: try $0.code("kind"), resourceID: try $0.int64("resource_id"), day: try $0.day("day"),
                low: try $0.int64("low"), high: try $0.int64("high"))
        }
    }
}
