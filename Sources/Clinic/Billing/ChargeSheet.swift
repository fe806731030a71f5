import Kernel

/// 收费单: what was done in one visit and what it costs (R5.20, R6.01). State is computed from the facts.
package struct ChargeSheet: Hashable, Sendable {
    package let id: ID<ChargeSheet>
    package let clinicID: ID<ClinicSite>
    package let businessDay: Day
    package let visitID: ID<Visit>
    package let patientID: ID<Patient>
    package let doctorID: ID<Staff>
    package let enteredBy: ID<Staff>
    package let enteredAt: Timestamp
    package let explainedAt: Timestamp?
    package let confirmedAt: Timestamp?
    /// The charge notice: from here on the cashier may collect and nothing changes in place.
    package let noticeAt: Timestamp?
    package let noticeBy: ID<Staff>?
    package let advice: NextVisitAdvice?
    package let version: Int
    package let lines: [ChargeLine]

    /// As charged.
    package var total: Money { lines.map(\.amount).sum }
    /// At list price.
    package var listTotal: Money { lines.map(\.listAmount).sum }

    package enum Stage: String, Sendable { case draft, explained, confirmed, released }
    package var stage: Stage {
        if noticeAt != nil { return .released }
        if confirmedAt != nil { return .confirmed }
        return explainedAt == nil ? .draft : .explained
    }
}

package struct ChargeLine: Hashable, Sendable {
    package let id: ID<ChargeLine>
    package let position: Int
    package let itemID: ID<Item>
    /// Name and category as on the day.
    package let itemName: String
    package let category: IncomeCategory
    package let teeth: [Tooth]
    package let quantity: Int
    package let listPrice: Money
    package let price: Money
    /// Code of the list `priceOverride`, when `price` differs (R6.02).
    package let priceReason: String?
    package let doctorID: ID<Staff>

    package var amount: Money { price * quantity }
    package var listAmount: Money { listPrice * quantity }
    /// "充填·16、17"
    package var label: String { teeth.isEmpty ? itemName : "\(itemName)·\(Tooth.text(teeth))" }

    /// 折: tenths of the list price, when the price is below it; nil otherwise.
    package var discountText: String? { DiscountText.text(list: listAmount, charged: amount) }
}

/// The doctor's word on what comes next (R5.23, R3.04).
package enum NextVisitAdvice: Hashable, Sendable {
    case none
    case visit(units: Int, afterDays: Int, note: String?)
}

/// The ratio of a discount, for people: 8.5 折. Consistent with the figures beside it (R6.05).
package enum DiscountText {
    /// - Returns: nil when nothing was deducted; otherwise tenths with up to two decimals, rounded half up.
    package static func text(list: Money, charged: Money) -> String? {
        guard list.fen > 0, charged < list else { return nil }
        let hundredths = (charged.fen * 1_000 + list.fen / 2) / list.fen
        let (whole, rest) = (hundredths / 100, hundredths % 100)
        if rest == 0 { return "\(whole) 折" }
        return rest % 10 == 0 ? "\(whole).\(rest / 10) 折" : "\(whole).\(String(rest).zeroPadded(2)) 折"
    }

    /// The ratio of a whole sheet, only when every line has the same one.
    package static func uniform(_ lines: [ChargeLine]) -> String? {
        let texts = Set(lines.filter { $0.listAmount.fen > 0 }.map(\.discountText))
        return texts.count == 1 ? texts.first ?? nil : nil
    }
}
