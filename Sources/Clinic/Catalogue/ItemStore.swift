import Kernel
import Storage

/// The price list: what can be booked and charged, and for how much on which day.
package enum ItemStore {
    package static func find(_ id: ID<Item>, in tx: any ReadTransaction) throws -> Item? {
        try tx.first("SELECT \(columns) FROM item WHERE id = \(id)").map(item)
    }

    /// - Throws: `NotFound`.
    package static func get(_ id: ID<Item>, in tx: any ReadTransaction) throws -> Item {
        guard let item = try find(id, in: tx) else { throw NotFound("项目") }
        return item
    }

    /// In order of the catalogue, retired ones included. Ids without an item are left out.
    package static func list(ids: [ID<Item>], in tx: any ReadTransaction) throws -> [Item] {
        guard !ids.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT \(columns)
            FROM item
            WHERE id IN \(list: ids)
            ORDER BY sort_rank, code
            """
        ).map(item)
    }

    /// Everything that can be booked or charged now, in order of the catalogue.
    package static func listActive(in tx: any ReadTransaction) throws -> [Item] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM item
            WHERE retired_at IS NULL
            ORDER BY sort_rank, code
            """
        ).map(item)
    }

    /// Everything, retired ones at the end.
    package static func listAll(in tx: any ReadTransaction) throws -> [Item] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM item
            ORDER BY CASE WHEN retired_at IS NULL THEN 0 ELSE 1 END, sort_rank, code
            """
        ).map(item)
    }

    /// What one piece costs on `day`: of each item the price with the latest first day up to `day`; a price of the
    /// clinic goes before the organisation's. Items without a price by then are missing.
    package static func prices(
        day: Day, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [ID<Item>: Money] {
        let rows = try tx.rows(
            """
            SELECT item_id, price_fen
            FROM (
                SELECT item_id, price_fen,
                    ROW_NUMBER() OVER (
                        PARTITION BY item_id
                        ORDER BY CASE WHEN clinic_id = 0 THEN 1 ELSE 0 END, valid_from DESC
                    ) AS place
                FROM item_price
                WHERE clinic_id IN (0, \(clinic)) AND valid_from <= \(day)
            ) ranked
            WHERE place = 1
            """)
        var prices: [ID<Item>: Money] = [:]
        for row in rows { prices[try row.id("item_id")] = try row.money("price_fen") }
        return prices
    }

    /// Of each item the first price that begins after `day`.
    package static func comingPrices(
        after day: Day, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [ID<Item>: ItemPrice] {
        let rows = try tx.rows(
            """
            SELECT item_id, clinic_id, valid_from, price_fen, set_by, set_at
            FROM item_price
            WHERE clinic_id IN (0, \(clinic)) AND valid_from > \(day)
            ORDER BY valid_from DESC, clinic_id
            LIMIT 1000
            """)
        var coming: [ID<Item>: ItemPrice] = [:]
        for row in rows { coming[try row.id("item_id")] = try price(row) }
        return coming
    }

    /// Every price of an item that this clinic sees, the newest first day first.
    package static func priceHistory(
        _ item: ID<Item>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [ItemPrice] {
        try tx.rows(
            """
            SELECT clinic_id, valid_from, price_fen, set_by, set_at
            FROM item_price
            WHERE item_id = \(item) AND clinic_id IN (0, \(clinic))
            ORDER BY valid_from DESC, clinic_id DESC
            LIMIT 50
            """
        ).map(price)
    }

    static func insertPrice(
        _ price: ItemPrice, of item: ID<Item>, by work: Work, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO item_price (id, item_id, clinic_id, valid_from, price_fen, set_by, set_at)
            VALUES (\(work.newID(ItemPrice.self)), \(item), \(price.clinicID?.raw ?? 0), \(price.validFrom),
                \(price.price), \(price.setBy), \(price.setAt))
            """)
    }

    /// Only for a price that begins today or later and is set anew: its value stays in the event.
    /// - Returns: the price taken out.
    static func deletePrice(
        of item: ID<Item>, clinic: ID<ClinicSite>?, from day: Day, in tx: any WriteTransaction
    ) throws -> Money? {
        try tx.first(
            """
            DELETE FROM item_price
            WHERE item_id = \(item) AND clinic_id = \(clinic?.raw ?? 0) AND valid_from = \(day)
            RETURNING price_fen
            """
        ).map { try $0.money("price_fen") }
    }

    static func setRetired(_ id: ID<Item>, at instant: Timestamp?, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE item SET retired_at = \(instant) WHERE id = \(id)")
    }

    private static let columns: SQL =
        """
        id, code, name, item_group, measure, category, units, size, urgency, is_pneumatic, is_operation, has_reaction,
            calls_same_day, is_per_tooth, is_xray, is_impression, needs_dispensing, is_retail, warranty_months,
            retired_at
        """

    private static func price(_ row: Row) throws -> ItemPrice {
        let scope = try row.int64("clinic_id")
        return ItemPrice(
            clinicID: scope == 0 ? nil : ID(raw: scope), validFrom: try row.day("valid_from"),
            price: try row.money("price_fen"), setBy: try row.id("set_by"), setAt: try row.timestamp("set_at"))
    }

    private static func item(_ row: Row) throws -> Item {
        Item(
            id: try row.id("id"), code: try row.text("code"), name: try row.text("name"),
            group: try row.textIfAny("item_group"), measure: try row.textIfAny("measure") ?? "次",
            category: try row.code("category"), units: try row.int("units"), size: try row.code("size"),
            urgency: try row.code("urgency"), isPneumatic: try row.bool("is_pneumatic"),
            isOperation: try row.bool("is_operation"), hasReaction: try row.bool("has_reaction"),
            callsSameDay: try row.bool("calls_same_day"), isPerTooth: try row.bool("is_per_tooth"),
            isXRay: try row.bool("is_xray"), isImpression: try row.bool("is_impression"),
            needsDispensing: try row.bool("needs_dispensing"), isRetail: try row.bool("is_retail"),
            warrantyMonths: try row.int("warranty_months"), retiredAt: try row.timestampIfAny("retired_at"))
    }
}

/// What one piece costs from a day on.
package struct ItemPrice: Hashable, Sendable {
    /// nil: the organisation's price.
    package let clinicID: ID<ClinicSite>?
    package let validFrom: Day
    package let price: Money
    package let setBy: ID<Staff>
    package let setAt: Timestamp
}
