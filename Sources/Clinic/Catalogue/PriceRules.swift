import Kernel

/// Which price counts on a day. Pure; `ItemStore.prices` says the same in SQL.
package enum PriceRules {
    /// The latest begun by `day`; a price of the clinic goes before the organisation's.
    package static func current(_ prices: [ItemPrice], on day: Day) -> ItemPrice? {
        prices.filter { $0.validFrom <= day }.max { a, b in
            (a.clinicID == nil ? 0 : 1, a.validFrom) < (b.clinicID == nil ? 0 : 1, b.validFrom)
        }
    }
}
