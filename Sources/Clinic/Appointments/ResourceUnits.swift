import Kernel
import Storage

/// What a booking can use up.
package enum ResourceKind: String, Hashable, Sendable, CaseIterable, SQLBindable {
    case doctor, assistant, chair, device, patient

    /// The form field that chooses it.
    var field: String {
        switch self {
        case .doctor, .device: "start"
        case .assistant: "assistant"
        case .chair: "chair"
        case .patient: "patient"
        }
    }
}

/// A doctor, chair or customer during some quarters of an hour of one day.
package struct Claim: Hashable, Sendable {
    package let kind: ResourceKind
    package let resourceID: Int64
    package let units: Range<Int>
    package init<T>(_ kind: ResourceKind, _ id: ID<T>, _ units: Range<Int>) {
        self.kind = kind
        resourceID = id.raw
        self.units = units
    }
    init(kind: ResourceKind, raw: Int64, units: Range<Int>) {
        self.kind = kind
        resourceID = raw
        self.units = units
    }
}

/// To whom units belong.
package struct UnitHolder: Hashable, Sendable {
    package enum Kind: String, Sendable, SQLBindable { case appointment, block, hold }
    package let kind: Kind
    package let id: Int64
    package init<T>(_ kind: Kind, _ id: ID<T>) {
        self.kind = kind
        self.id = id.raw
    }
    init(kind: Kind, raw: Int64) {
        self.kind = kind
        id = raw
    }
}

/// The guarantee against double booking (R3.32): the primary key of `resource_unit`. Nothing else touches this table.
///
/// A refusal is thrown out of the transaction, which undoes what was written; who wants to try another place in the same
/// transaction wraps the call in `tx.savepoint`.
package enum ResourceUnits {
    /// Takes all claims for `holder`, or throws naming who has them. Expired holds are taken over.
    package static func occupy(
        _ claims: [Claim], day: Day, holder: UnitHolder, clinic: ID<ClinicSite>, expiresAt: Timestamp? = nil,
        now: Timestamp, in tx: any WriteTransaction
    ) throws {
        let wanted = claims.reduce(0) { $0 + $1.units.count }
        guard wanted > 0 else { return }
        let inserted = try insert(claims, day, holder, clinic, expiresAt, in: tx)
        if inserted == wanted { return }
        let freed = try tx.run(
            """
            DELETE FROM resource_unit
            WHERE holder_kind = 'hold'
                AND expires_at <= \(now)
                AND day = \(day)
                AND (\(matching(claims)))
            """)
        if freed > 0, inserted + (try insert(claims, day, holder, clinic, expiresAt, in: tx)) == wanted { return }
        let others = try taken(claims, day: day, excluding: [holder], clinic: clinic, now: now, in: tx)
        guard let first = others.first else {
            throw StorageError.conflict(detail: "units refused but not found: lost race between clinics")
        }
        throw BookingError.taken(first)
    }

    /// Gives back everything `holder` has.
    @discardableResult
    package static func release(_ holder: UnitHolder, in tx: any WriteTransaction) throws -> Int {
        try tx.run("DELETE FROM resource_unit WHERE holder_kind = \(holder.kind) AND holder_id = \(holder.id)")
    }

    /// Gives back the units of `holder` from `unit` on, when a treatment ended early.
    package static func release(
        _ holder: UnitHolder, from unit: Unit, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            DELETE FROM resource_unit
            WHERE holder_kind = \(holder.kind) AND holder_id = \(holder.id) AND unit >= \(unit)
            """)
    }

    /// What stands in the way of `claims`, one entry a holder, in order of the claims. Read-only: nothing is reserved.
    package static func taken(
        _ claims: [Claim], day: Day, excluding own: Set<UnitHolder>, clinic: ID<ClinicSite>, now: Timestamp,
        in tx: any ReadTransaction
    ) throws -> [TakenUnits] {
        guard !claims.isEmpty else { return [] }
        let rows = try tx.rows(
            """
            SELECT kind, resource_id, unit, holder_kind, holder_id, expires_at
            FROM resource_unit
            WHERE day = \(day)
                AND (\(matching(claims)))
            ORDER BY unit
            """)
        var found: [(claim: Int, kind: ResourceKind, holder: UnitHolder)] = []
        for row in rows {
            let holder = UnitHolder(kind: try row.code("holder_kind"), raw: try row.int64("holder_id"))
            if own.contains(holder) { continue }
            if let expires = try row.timestampIfAny("expires_at"), expires <= now { continue }
            let kind = try row.code("kind", ResourceKind.self)
            let resource = try row.int64("resource_id")
            guard let claim = claims.firstIndex(where: { $0.kind == kind && $0.resourceID == resource }),
                !found.contains(where: { $0.holder == holder && $0.kind == kind })
            else { continue }
            found.append((claim, kind, holder))
        }
        found.sort { $0.claim < $1.claim }
        return try found.map {
            try TakenUnits.describe($0.kind, claims[$0.claim].resourceID, holder: $0.holder, clinic: clinic, in: tx)
        }
    }

    /// The taken units of one resource, by day; expired holds left out. For proposals of free times.
    package static func listTaken(
        _ kind: ResourceKind, resource: Int64, from: Day, to: Day, now: Timestamp, in tx: any ReadTransaction
    ) throws -> [Day: Set<Int>] {
        let rows = try tx.rows(
            """
            SELECT day, unit
            FROM resource_unit
            WHERE kind = \(kind)
                AND resource_id = \(resource)
                AND day BETWEEN \(from) AND \(to)
                AND (expires_at IS NULL OR expires_at > \(now))
            """)
        var taken: [Day: Set<Int>] = [:]
        for row in rows { taken[try row.day("day"), default: []].insert(try row.int("unit")) }
        return taken
    }

    private static func insert(
        _ claims: [Claim], _ day: Day, _ holder: UnitHolder, _ clinic: ID<ClinicSite>, _ expiresAt: Timestamp?,
        in tx: any WriteTransaction
    ) throws -> Int {
        let rows: [[any SQLBindable]] = claims.flatMap { claim in
            claim.units.map {
                [claim.kind, claim.resourceID, day, $0, 0, holder.kind, holder.id, clinic, expiresAt]
            }
        }
        return try tx.run(
            """
            INSERT INTO resource_unit (kind, resource_id, day, unit, place, holder_kind, holder_id, clinic_id, expires_at)
            VALUES \(rows: rows)
            ON CONFLICT DO NOTHING
            """)
    }

    private static func matching(_ claims: [Claim]) -> SQL {
        var condition: SQL = ""
        for (index, claim) in claims.enumerated() {
            if index > 0 { condition = condition + " OR " }
            condition =
                condition
                    + """
                    (kind = \(claim.kind) AND resource_id = \(claim.resourceID)
                        AND unit BETWEEN \(claim.units.lowerBound) AND \(claim.units.upperBound - 1))
                    """
        }
        return condition
    }
}
