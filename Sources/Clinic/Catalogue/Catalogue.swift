import Kernel
import Storage

/// Takes the shipped price list into the organisation's own.
package enum Catalogue {
    /// Adds the items whose code is not there yet, with their shipped price. What is there stays as it is: names and
    /// prices belong to the organisation from then on.
    /// - Parameter day: first day of the shipped prices.
    /// - Returns: how many items were added.
    @discardableResult
    package static func install(from day: Day, by work: Work, in tx: any WriteTransaction) throws -> Int {
        try work.actor.require(.managePrices)
        let known = Set(try tx.rows("SELECT code FROM item").map { try $0.text("code") })
        let missing = work.playbook.items.enumerated().filter { !known.contains($0.element.code) }
        guard !missing.isEmpty else { return 0 }
        for (rank, item) in missing { try insert(item, rank: rank, from: day, by: work, in: tx) }
        let codes = missing.map { JSONValue.text($0.element.code) }
        try Audit.append(
            [Event("catalogue.installed", of: work.clinic.id, ["codes": .list(codes), "from": JSONValue(day)])],
            by: work, lane: .organisation, in: tx)
        return missing.count
    }

    private static func insert(
        _ item: CatalogueItem, rank: Int, from day: Day, by work: Work, in tx: any WriteTransaction
    ) throws {
        let id = work.newID(Item.self)
        let flags = item.flags
        try tx.run(
            """
            INSERT INTO item (id, code, name, item_group, measure, category, units, size, urgency, is_pneumatic,
                is_operation, has_reaction, calls_same_day, is_per_tooth, is_xray, is_impression, needs_dispensing,
                is_retail, warranty_months, sort_rank, retired_at)
            VALUES (\(id), \(item.code), \(item.name), \(item.group), \(item.measure), \(item.category), \(item.units),
                \(item.size), \(item.urgency), \(flags.contains(.pneumatic)), \(flags.contains(.operation)),
                \(flags.contains(.foreseeableReaction)), \(flags.contains(.sameDayFollowUp)),
                \(flags.contains(.perTooth)), \(flags.contains(.xray)), \(flags.contains(.impression)),
                \(flags.contains(.dispensing)), \(flags.contains(.retail)), \(item.warrantyMonths), \(rank), NULL)
            """)
        try ItemStore.insertPrice(
            ItemPrice(clinicID: nil, validFrom: day, price: item.price, setBy: work.actor.id, setAt: work.now),
            of: id, by: work, in: tx)
    }
}
