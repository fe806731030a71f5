import Kernel
import Storage

/// What a return customer typed on the tablet at the desk instead of saying it aloud (R1.13).
package struct LookupSlip: Hashable, Sendable {
    package let id: ID<LookupSlip>
    package let clinicID: ID<ClinicSite>
    package let typed: String
    package let askedAt: Timestamp
    package let askedBy: ID<Staff>
}

/// The tablet writes slips, the desk reads them; the tablet is never told whether anybody was found.
package enum LookupSlips {
    /// How long a slip stays on the desk's screen.
    package static let shownMinutes = 15
    /// Slips of a clinic that wait at the same time.
    static let mostOpen = 20
    static let longest = 40
    static let shortest = 2

    /// - Throws: `NotAllowed`, `FormErrors` for `typed`.
    @discardableResult
    package static func ask(_ typed: String, by work: Work, in tx: any WriteTransaction) throws -> LookupSlip {
        try work.actor.require(.seeReception)
        let text = typed.halfWidth.trimmed
        guard text.count >= shortest else { throw FormErrors("typed", "请写姓名，或手机号") }
        guard text.count <= longest, !text.contains(where: \.isNewline) else {
            throw FormErrors("typed", "最多 \(longest) 个字")
        }
        try LookupSlipStore.purge(before: work.now.adding(minutes: -shownMinutes), in: tx)
        let open = try LookupSlipStore.listOpen(clinic: work.clinic.id, from: since(work), in: tx)
        // The same person taps twice: one slip.
        if let same = open.first(where: { $0.typed == text }) { return same }
        if open.count >= mostOpen, let oldest = open.last {
            _ = try LookupSlipStore.settle(oldest.id, by: work.actor.id, at: work.now, in: tx)
        }
        let slip = LookupSlip(
            id: work.newID(), clinicID: work.clinic.id, typed: text, askedAt: work.now, askedBy: work.actor.id)
        try LookupSlipStore.insert(slip, in: tx)
        return slip
    }

    /// Newest first.
    /// - Throws: `NotAllowed`.
    package static func listOpen(by work: Work, in tx: any ReadTransaction) throws -> [LookupSlip] {
        try work.actor.require(.seeReception)
        return try LookupSlipStore.listOpen(clinic: work.clinic.id, from: since(work), in: tx)
    }

    /// The desk has found the person, or has called for help.
    /// - Throws: `NotAllowed`.
    package static func settle(_ id: ID<LookupSlip>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.seeReception)
        _ = try LookupSlipStore.settle(id, by: work.actor.id, at: work.now, in: tx)
    }

    private static func since(_ work: Work) -> Timestamp { work.now.adding(minutes: -shownMinutes) }
}

/// The table of slips. Nothing of it is kept: what was typed is gone with the next slip after a quarter of an hour.
enum LookupSlipStore {
    static func listOpen(
        clinic: ID<ClinicSite>, from: Timestamp, in tx: any ReadTransaction
    ) throws -> [LookupSlip] {
        try tx.rows(
            """
            SELECT id, clinic_id, typed, asked_at, asked_by
            FROM lookup_slip
            WHERE clinic_id = \(clinic) AND asked_at >= \(from) AND settled_at IS NULL
            ORDER BY asked_at DESC, id DESC
            """
        ).map { row in
            LookupSlip(
                id: try row.id("id"), clinicID: try row.id("clinic_id"), typed: try row.text("typed"),
                askedAt: try row.timestamp("asked_at"), askedBy: try row.id("asked_by"))
        }
    }

    static func insert(_ s: LookupSlip, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO lookup_slip (id, clinic_id, typed, asked_at, asked_by)
            VALUES (\(s.id), \(s.clinicID), \(s.typed), \(s.askedAt), \(s.askedBy))
            """)
    }

    static func settle(
        _ id: ID<LookupSlip>, by actor: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            "UPDATE lookup_slip SET settled_at = \(now), settled_by = \(actor) WHERE id = \(id) AND settled_at IS NULL"
        ) == 1
    }

    static func purge(before: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run("DELETE FROM lookup_slip WHERE asked_at < \(before)")
    }
}
