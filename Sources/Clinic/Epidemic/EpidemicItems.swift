import Kernel
import Storage

/// Which items can be done (R3.43, R3.44).
package enum EpidemicItems {
    /// Those of `items` that cannot be done on `day`; none while the mode is off that day, without a statement.
    package static func suspended(
        _ items: [Item], on day: Day, by work: Work, in tx: any ReadTransaction
    ) throws -> [Item] {
        let playbook = work.playbook.on(day)
        guard playbook.isEpidemic, !items.isEmpty else { return [] }
        let marks = try EpidemicItemStore.marks(clinic: work.clinic.id, in: tx)
        return items.filter { EpidemicRules.isSuspended($0, marks: marks, playbook: playbook) }
    }

    /// R3.43, for every way to book: call it with the items of the booking before it is written.
    /// - Returns: whether the rule was passed with `reason`; the booking keeps that as its override.
    /// - Throws: `SuspendedItems`.
    package static func check(
        _ items: [ID<Item>], on day: Day, reason: String?, by work: Work, in tx: any ReadTransaction
    ) throws -> Bool {
        guard !items.isEmpty, work.playbook.on(day).isEpidemic else { return false }
        let suspended = try suspended(ItemStore.list(ids: items, in: tx), on: day, by: work, in: tx)
        return try EpidemicRules.check(
            suspended, level: work.playbook.on(day).level(of: .epidemicSuspendedItems), actor: work.actor,
            reason: reason?.nonBlank)
    }

    /// Every item that is booked, with whether it can be done now (R3.44), in order of the catalogue.
    package static func list(by work: Work, in tx: any ReadTransaction) throws -> [(item: Item, isSuspended: Bool)] {
        let marks = try EpidemicItemStore.marks(clinic: work.clinic.id, in: tx)
        return try ItemStore.listActive(in: tx).filter { $0.units > 0 && !$0.isRetail }.map {
            ($0, EpidemicRules.isSuspended($0, marks: marks, playbook: work.playbook))
        }
    }

    /// Suspends or reopens one item in this clinic. Reopening brings the calls to everybody who waits for it (R3.46).
    /// - Returns: how many customers are to be called.
    package static func set(
        _ id: ID<Item>, isSuspended: Bool, by work: Work, in tx: any WriteTransaction
    ) throws -> Int {
        try work.actor.require(.manageSettings)
        let item = try ItemStore.get(id, in: tx)
        let marks = try EpidemicItemStore.marks(clinic: work.clinic.id, in: tx)
        let before = EpidemicRules.isSuspended(item, marks: marks, playbook: work.playbook)
        guard before != isSuspended else { return 0 }
        try EpidemicItemStore.set(id, isSuspended: isSuspended, by: work, in: tx)
        try Audit.append(
            Event(isSuspended ? "epidemic.itemSuspended" : "epidemic.itemReopened", of: id, ["name": .text(item.name)]),
            by: work, in: tx)
        return try Deferrals.mark(items: [id], isPossible: !isSuspended, by: work, in: tx)
    }
}

/// The clinic's own marks, where they differ from the price list.
enum EpidemicItemStore {
    static func marks(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [ID<Item>: Bool] {
        let rows = try tx.rows("SELECT item_id, is_suspended FROM epidemic_item WHERE clinic_id = \(clinic)")
        return Dictionary(
            try rows.map { (try $0.id("item_id"), try $0.bool("is_suspended")) },
            uniquingKeysWith: { first, _ in first })
    }

    static func set(_ item: ID<Item>, isSuspended: Bool, by work: Work, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO epidemic_item (clinic_id, item_id, is_suspended, set_at, set_by)
            VALUES (\(work.clinic.id), \(item), \(isSuspended), \(work.now), \(work.actor.id))
            ON CONFLICT (clinic_id, item_id) DO UPDATE
            SET is_suspended = excluded.is_suspended, set_at = excluded.set_at, set_by = excluded.set_by
            """)
    }
}
