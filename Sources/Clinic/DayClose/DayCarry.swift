import Kernel
import Storage

/// Something left open when a day was closed: who goes on with it, and why it was not done.
package struct DayCarry: Hashable, Sendable {
    package let id: ID<DayCarry>
    package let businessDay: Day
    package let kind: DayBlocker.Kind
    package let subject: DayBlocker.Subject
    package let title: String
    package let ownerID: ID<Staff>
    package let reason: String
    package let carriedAt: Timestamp
    package let carriedBy: ID<Staff>

    struct Key: Hashable { let kind: DayBlocker.Kind, subject: DayBlocker.Subject }
    var key: Key { Key(kind: kind, subject: subject) }
    static func key(_ blocker: DayBlocker) -> Key { Key(kind: blocker.kind, subject: blocker.subject) }
}

/// SQL of `day_carry`.
package enum DayCarryStore {
    package static func list(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [DayCarry] {
        try list("clinic_id = \(clinic) AND business_day = \(day)", in: tx)
    }

    private static func list(_ condition: SQL, in tx: any ReadTransaction) throws -> [DayCarry] {
        try tx.rows(
            """
            SELECT id, business_day, kind, subject_kind, subject_id, title, owner_id, reason, carried_at, carried_by
            FROM day_carry
            WHERE \(condition)
            ORDER BY carried_at, id
            """
        ).map { row in
            DayCarry(
                id: try row.id("id"), businessDay: try row.day("business_day"), kind: try row.code("kind"),
                subject: DayBlocker.Subject(try row.code("subject_kind"), try row.int64("subject_id")),
                title: try row.text("title"), ownerID: try row.id("owner_id"), reason: try row.text("reason"),
                carriedAt: try row.timestamp("carried_at"), carriedBy: try row.id("carried_by"))
        }
    }

    /// The newest of each thing that was carried over on an earlier day.
    package static func latest(
        clinic: ID<ClinicSite>, before day: Day, in tx: any ReadTransaction
    ) throws -> [DayCarry] {
        let earlier = try list("clinic_id = \(clinic) AND business_day < \(day)", in: tx)
        return Array(Dictionary(earlier.map { ($0.key, $0) }, uniquingKeysWith: { _, newer in newer }).values)
    }

    /// - Returns: false when it was carried over already.
    static func insert(_ c: DayCarry, clinic: ID<ClinicSite>, in tx: any WriteTransaction) throws -> Bool {
        let values: [any SQLBindable] = [
            c.id, clinic, c.businessDay, c.kind.rawValue, c.subject.kind.rawValue, c.subject.id, c.title, c.ownerID,
            c.reason, c.carriedAt, c.carriedBy,
        ]
        return try tx.run(
            """
            INSERT INTO day_carry (id, clinic_id, business_day, kind, subject_kind, subject_id, title, owner_id, reason,
                carried_at, carried_by)
            VALUES \(rows: [values])
            ON CONFLICT DO NOTHING
            """) == 1
    }
}

/// Carries over what cannot be done today.
package enum DayCarrying {
    /// - Throws: `FormErrors`, `NotFound` when it is done meanwhile, `ChangedMeanwhile`, `NotAllowed`.
    package static func carry(
        _ kind: DayBlocker.Kind, _ subject: DayBlocker.Subject, owner: ID<Staff>?, reason: String, by work: Work,
        in tx: any WriteTransaction
    ) throws -> DayCarry {
        try work.actor.require(.closeDay)
        var faults = FormErrors()
        let staff = try StaffStore.listActive(clinic: work.clinic.id, in: tx)
        if !staff.contains(where: { $0.id == owner }) { faults.add("owner", "请选择谁接着办") }
        if reason.nonBlank == nil { faults.add("reason", "请写明为什么今天办不完") }
        if reason.count > 200 { faults.add("reason", "最多 200 个字") }
        try faults.throwIfAny()
        let left = try DayBlockers.list(by: work, in: tx).map(\.blocker)
        guard let owner, let blocker = left.first(where: { $0.kind == kind && $0.subject == subject }) else {
            throw NotFound("待办")
        }
        let carry = DayCarry(
            id: work.newID(), businessDay: work.today, kind: kind, subject: subject, title: blocker.title,
            ownerID: owner,
            reason: reason.trimmed, carriedAt: work.now, carriedBy: work.actor.id)
        guard try DayCarryStore.insert(carry, clinic: work.clinic.id, in: tx) else { throw ChangedMeanwhile("待办") }
        // Acknowledged by who goes on with it; the thing itself stays on the list until it is done.
        let task = TaskSubject(.dayCarry, carry.id)
        try Tasks.reconcile(
            [
                TaskFact(
                    .dayCarried, of: task, anchor: work.now, anchorDay: work.today, patientID: nil, holding: [],
                    recorder: owner, reason: "\(carry.title)：\(carry.reason)")
            ], of: task, scope: [.dayCarried], cause: "", by: work, in: tx)
        try Audit.append(
            Event(
                "dayCarry.carried", of: carry.id,
                ["kind": .text(kind.rawValue), "owner": JSONValue(owner), "reason": .text(carry.reason)]), by: work,
            in: tx)
        return carry
    }
}

extension DayBlocker {
    /// Names who has it since it was carried over, and why it was not done then.
    func continued(_ carry: DayCarry?, owner name: String?) -> DayBlocker {
        guard let carry else { return self }
        let told = "\(carry.businessDay.monthDayText) 结转：\(carry.reason)"
        return DayBlocker(
            kind, subject, title: title, detail: [detail, told].filter { !$0.isEmpty }.joined(separator: "，"),
            owner: name ?? owner, since: since, isUnderWay: isUnderWay)
    }
}
