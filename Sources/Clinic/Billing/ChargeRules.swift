import Kernel

/// What the room types for one line.
package struct LineEntry: Hashable, Sendable {
    package var itemID: ID<Item>
    package var quantity: Int
    package var teeth: [Tooth]
    /// nil: the list price.
    package var price: Money?
    /// Code of the list `priceOverride`.
    package var priceReason: String?
    /// nil: the doctor of the visit.
    package var doctorID: ID<Staff>?

    package init(
        itemID: ID<Item>, quantity: Int = 1, teeth: [Tooth] = [], price: Money? = nil, priceReason: String? = nil,
        doctorID: ID<Staff>? = nil
    ) {
        self.itemID = itemID
        self.quantity = quantity
        self.teeth = teeth
        self.price = price
        self.priceReason = priceReason
        self.doctorID = doctorID
    }
}

package enum ChargeError: UserFacingError, Hashable {
    case noLines
    case itemRetired(line: Int, name: String)
    case noPrice(line: Int, name: String)
    case teethNeeded(line: Int, name: String)
    case quantity(line: Int)
    case priceReasonNeeded(line: Int, name: String)
    case priceRight(line: Int, name: String)
    case alreadyReleased(by: String?)
    case notReleased
    case doctorOnly
    case adviceNeeded
    case noSheet

    package var kind: FailureKind {
        switch self {
        case .alreadyReleased, .notReleased: .conflict
        case .doctorOnly, .priceRight: .forbidden
        case .noSheet: .notFound
        default: .invalid
        }
    }

    package var userMessage: String {
        switch self {
        case .noLines: "收费单还没有项目，请先选项目"
        case .itemRetired(_, let name): "「\(name)」已停用，请换一个项目"
        case .noPrice(_, let name): "「\(name)」没有价格，请先在价目表里定价"
        case .teethNeeded(_, let name): "「\(name)」按牙位收费，请填写牙位，例如 16、17"
        case .quantity: "数量应为 1 到 99 的整数"
        case .priceReasonNeeded(_, let name): "「\(name)」的价格与价目表不同，请选择原因"
        case .priceRight(_, let name): "您没有改价权限，「\(name)」请按价目表收费，或请主管处理"
        case .alreadyReleased(let name): "收费通知已由\(name ?? "医生")发出，收费单不能再改；需要更正请走更正流程"
        case .notReleased: "医生还没有发出收费通知，不能收款；请先请医生确认收费单"
        case .doctorOnly: "收费通知须由本门诊医生发出，请请医生确认"
        case .adviceNeeded: "请填写复诊需要几个单位、多少天后"
        case .noSheet: "这次到访还没有收费单，请先录入项目"
        }
    }

    package var field: String? {
        switch self {
        case .itemRetired(let line, _), .noPrice(let line, _): "lines[\(line)].item"
        case .teethNeeded(let line, _): "lines[\(line)].teeth"
        case .quantity(let line): "lines[\(line)].quantity"
        case .priceReasonNeeded(let line, _): "lines[\(line)].priceReason"
        case .priceRight(let line, _): "lines[\(line)].price"
        case .adviceNeeded: "nextUnits"
        default: nil
        }
    }
}

/// Turns what was typed into lines with prices (R6.02). Pure.
package enum ChargeRules {
    /// - Parameters:
    ///   - items: every item named in `entries`.
    ///   - prices: price list of the day.
    ///   - overriding: who may charge another price, and for which reasons.
    ///   - newID: makes line ids.
    package static func lines(
        _ entries: [LineEntry], items: [ID<Item>: Item], prices: [ID<Item>: Money], doctor: ID<Staff>,
        overriding: Overriding, newID: () -> ID<ChargeLine>
    ) throws(ChargeError) -> [ChargeLine] {
        guard !entries.isEmpty else { throw .noLines }
        var lines: [ChargeLine] = []
        for (index, entry) in entries.enumerated() {
            guard let item = items[entry.itemID], item.retiredAt == nil else {
                throw .itemRetired(line: index, name: items[entry.itemID]?.name ?? "这个项目")
            }
            guard let list = prices[entry.itemID] else { throw .noPrice(line: index, name: item.name) }
            if item.isPerTooth, entry.teeth.isEmpty { throw .teethNeeded(line: index, name: item.name) }
            // Charged by the tooth: the teeth are the quantity, so taking one away never leaves its price behind.
            let quantity = item.isPerTooth ? entry.teeth.count : entry.quantity
            guard (1...99).contains(quantity) else { throw .quantity(line: index) }
            let price = entry.price ?? list
            try overriding.check(entry, item, price: price, list: list, line: index)
            lines.append(
                ChargeLine(
                    id: newID(), position: index, itemID: item.id, itemName: item.name, category: item.category,
                    teeth: entry.teeth, quantity: quantity, listPrice: list, price: price,
                    priceReason: price == list ? nil : entry.priceReason, doctorID: entry.doctorID ?? doctor))
        }
        return lines
    }

    /// The right to charge another price than the list (R6.02).
    package struct Overriding: Sendable {
        let isAllowed: Bool
        let reasons: Set<String>
        /// Prices that somebody with the right has put on this sheet before; others may leave them as they are.
        let standing: [ChargeLine]

        package init(isAllowed: Bool, reasons: Set<String>, standing: [ChargeLine] = []) {
            self.isAllowed = isAllowed
            self.reasons = reasons
            self.standing = standing
        }

        fileprivate func check(
            _ entry: LineEntry, _ item: Item, price: Money, list: Money, line: Int
        ) throws(ChargeError) {
            guard price != list else { return }
            let stands = standing.contains {
                $0.itemID == item.id && $0.price == price && $0.priceReason == entry.priceReason
            }
            guard isAllowed || stands else { throw .priceRight(line: line, name: item.name) }
            guard let reason = entry.priceReason, stands || reasons.contains(reason) else {
                throw .priceReasonNeeded(line: line, name: item.name)
            }
        }
    }

    /// Whether two lists of lines charge the same; ids and positions do not matter.
    package static func areSame(_ a: [ChargeLine], _ b: [ChargeLine]) -> Bool {
        a.count == b.count
            && zip(a, b).allSatisfy {
                $0.itemID == $1.itemID && $0.teeth == $1.teeth && $0.quantity == $1.quantity && $0.price == $1.price
                    && $0.listPrice == $1.listPrice && $0.priceReason == $1.priceReason && $0.doctorID == $1.doctorID
            }
    }
}
