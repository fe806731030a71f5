import Kernel
import Storage

/// Changes of the price list. Writes of the organisation lane. A charge line keeps the price of its day (design §9).
package enum PriceEditing {
    /// Sets what one piece costs from a day on. A price for the same day and scope replaces the one set before; prices
    /// of past days never change.
    /// - Parameters:
    ///   - clinic: nil for the whole organisation.
    ///   - day: today or later.
    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors` (from, price).
    package static func setPrice(
        of id: ID<Item>, to price: Money, from day: Day, clinic: ID<ClinicSite>?, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.managePrices)
        if clinic == nil { try work.actor.requireEverywhere(.managePrices) }
        guard day >= work.today else { throw FormErrors("from", "新价格从今天或以后的日子开始，不能改过去的价格") }
        guard day <= work.today.adding(days: 730) else { throw FormErrors("from", "开始日期最远两年以内，请核对年份") }
        guard price >= .zero else { throw FormErrors("price", "请填写价格，例如 480 或 480.50") }
        let item = try ItemStore.get(id, in: tx)
        guard item.retiredAt == nil else { throw FormErrors("price", "这个项目已停用，请先恢复再定价") }
        let before = try ItemStore.prices(day: day, clinic: clinic ?? work.clinic.id, in: tx)[id]
        let replaced = try ItemStore.deletePrice(of: id, clinic: clinic, from: day, in: tx)
        try ItemStore.insertPrice(
            ItemPrice(clinicID: clinic, validFrom: day, price: price, setBy: work.actor.id, setAt: work.now), of: id,
            by: work, in: tx)
        try append(
            Event(
                "item.priceSet", of: id,
                [
                    "item": .text(item.code), "clinic": JSONValue(clinic), "from": JSONValue(day),
                    "before": before.map { JSONValue($0) } ?? .null, "after": JSONValue(price),
                    "replaced": replaced.map { JSONValue($0) } ?? .null,
                ]), by: work, in: tx)
    }

    /// Takes an item off the lists of booking and charging; what was booked or charged stays.
    package static func retire(_ id: ID<Item>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.managePrices)
        let item = try ItemStore.get(id, in: tx)
        guard item.retiredAt == nil else { return }
        try ItemStore.setRetired(id, at: work.now, in: tx)
        try append(Event("item.retired", of: id, ["item": .text(item.code)]), by: work, in: tx)
    }

    package static func restore(_ id: ID<Item>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.managePrices)
        let item = try ItemStore.get(id, in: tx)
        guard item.retiredAt != nil else { return }
        try ItemStore.setRetired(id, at: nil, in: tx)
        try append(Event("item.restored", of: id, ["item": .text(item.code)]), by: work, in: tx)
    }

    private static func append(_ event: Event, by work: Work, in tx: any WriteTransaction) throws {
        try Audit.append([event], by: work, lane: .organisation, in: tx)
    }
}
