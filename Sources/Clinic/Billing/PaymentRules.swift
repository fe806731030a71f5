import Kernel

/// 收款方式 of the foundation (R6.15). Raw values are ledger accounts as well.
package enum PaymentMethod: String, Sendable, CaseIterable {
    case cash, wechat, alipay, bankCard

    package var label: String {
        switch self {
        case .cash: "现金"
        case .wechat: "微信"
        case .alipay: "支付宝"
        case .bankCard: "银行卡"
        }
    }
}

package enum BankCardType: String, Sendable, CaseIterable {
    case debit, credit
    package var label: String { self == .debit ? "借记卡" : "信用卡" }
}

/// One part of a mixed payment.
package struct PaymentSplit: Hashable, Sendable {
    package var method: PaymentMethod
    package var amount: Money
    package var cardType: BankCardType?
    /// Last four digits only; the full number is never stored (R6.14).
    package var cardLast4: String?
    package var reference: String?

    package init(
        _ method: PaymentMethod, _ amount: Money, cardType: BankCardType? = nil, cardLast4: String? = nil,
        reference: String? = nil
    ) {
        self.method = method
        self.amount = amount
        self.cardType = cardType
        self.cardLast4 = cardLast4
        self.reference = reference
    }
}

package enum PaymentError: UserFacingError, Hashable {
    case nothing
    case nothingDue
    case tooMuch(due: Money, given: Money)
    case sameMethodTwice(PaymentMethod)
    case cardData
    case fullCardNumber
    case tenderedTooLittle(needed: Money)
    case dueChanged(now: Money)

    package var kind: FailureKind {
        switch self {
        case .nothingDue, .dueChanged: .conflict
        default: .invalid
        }
    }

    package var userMessage: String {
        switch self {
        case .nothing: "请填写收款金额"
        case .nothingDue: "这位客人没有待收的费用，可能刚刚已经付清，请刷新核对"
        case .tooMuch(let due, let given):
            "应收 \(due.yuanText)，填写了 \(given.yuanText)，多了 \((given - due).yuanText)，请改正；现金多给的填在「收到现金」里找零"
        case .sameMethodTwice(let method): "\(method.label)填了两次，请合并成一笔"
        case .cardData: "银行卡请选卡类型，并填写卡号后四位"
        case .fullCardNumber: "只填卡号后四位，完整卡号不保存"
        case .tenderedTooLittle(let needed): "客人给的现金不够，现金部分应收 \(needed.yuanText)"
        case .dueChanged(let now): "应收金额刚刚变为 \(now.yuanText)，请核对后重新收款"
        }
    }

    package var field: String? {
        switch self {
        case .cardData, .fullCardNumber: "cardLast4"
        case .tenderedTooLittle: "tendered"
        default: "amount"
        }
    }
}

/// Checks of a payment and its spread over the lines. Pure.
package enum PaymentRules {
    /// - Returns: the change to give back; zero without cash.
    package static func check(_ splits: [PaymentSplit], tendered: Money?, due: Money) throws(PaymentError) -> Money {
        guard due.fen > 0 else { throw .nothingDue }
        guard !splits.isEmpty, splits.allSatisfy({ $0.amount.fen > 0 }) else { throw .nothing }
        for method in PaymentMethod.allCases where splits.filter({ $0.method == method }).count > 1 {
            if method != .bankCard { throw .sameMethodTwice(method) }
        }
        for split in splits where split.method == .bankCard {
            guard split.cardType != nil, let last4 = split.cardLast4 else { throw .cardData }
            if last4.count > 4 { throw .fullCardNumber }
            guard last4.count == 4, last4.allSatisfy(\.isASCIIDigit) else { throw .cardData }
        }
        if splits.contains(where: { $0.reference.map(looksLikeCardNumber) ?? false }) { throw .fullCardNumber }
        let given = splits.map(\.amount).sum
        guard given <= due else { throw .tooMuch(due: due, given: given) }
        let cash = splits.filter { $0.method == .cash }.map(\.amount).sum
        guard let tendered, cash.fen > 0 else { return .zero }
        guard tendered >= cash else { throw .tenderedTooLittle(needed: cash) }
        return tendered - cash
    }

    /// A run of 13 to 19 digits, spaces and hyphens aside: card numbers are that long, slip and bill numbers are not.
    private static func looksLikeCardNumber(_ text: String) -> Bool {
        let digits = text.halfWidth.filter { $0 != " " && $0 != "-" }
        return digits.split(whereSeparator: { !$0.isASCIIDigit }).contains { (13...19).contains($0.count) }
    }

    /// What a line still owes.
    package struct OpenLine: Hashable, Sendable {
        package let sheetID: ID<ChargeSheet>
        package let lineID: ID<ChargeLine>
        package let owed: Money
        package let doctorID: ID<Staff>
        package let category: IncomeCategory
        package let visitID: ID<Visit>

        package init(
            sheetID: ID<ChargeSheet>, lineID: ID<ChargeLine>, owed: Money, doctorID: ID<Staff>,
            category: IncomeCategory, visitID: ID<Visit>
        ) {
            self.sheetID = sheetID
            self.lineID = lineID
            self.owed = owed
            self.doctorID = doctorID
            self.category = category
            self.visitID = visitID
        }
    }

    /// Oldest sheet first; inside a sheet proportional to what its lines owe, largest remainder (design §4).
    ///
    /// - Parameter sheets: open lines grouped by sheet, oldest first; lines with nothing owed are ignored.
    /// - Returns: one entry for each line touched; sums to `amount`.
    /// - Precondition: `amount` ≤ everything owed.
    package static func allocate(_ amount: Money, over sheets: [[OpenLine]]) -> [(line: OpenLine, amount: Money)] {
        var rest = amount
        var result: [(line: OpenLine, amount: Money)] = []
        for sheet in sheets where rest.fen > 0 {
            let open = sheet.filter { $0.owed.fen > 0 }
            let owed = open.map(\.owed).sum
            guard owed.fen > 0 else { continue }
            let paid = min(rest, owed)
            let parts = paid == owed ? open.map(\.owed) : paid.split(by: open.map(\.owed.fen))
            for (line, part) in zip(open, parts) where part.fen > 0 { result.append((line, part)) }
            rest = rest - paid
        }
        return result
    }

    /// Meets payment parts and line parts in order, so that each ledger entry has one method and one line.
    package static func match(
        _ splits: [PaymentSplit], _ parts: [(line: OpenLine, amount: Money)]
    ) -> [(method: PaymentMethod, line: OpenLine, amount: Money)] {
        var result: [(method: PaymentMethod, line: OpenLine, amount: Money)] = []
        var (i, j) = (0, 0)
        var left = splits.first?.amount ?? .zero
        var need = parts.first?.amount ?? .zero
        while i < splits.count, j < parts.count {
            let step = min(left, need)
            if step.fen > 0 { result.append((splits[i].method, parts[j].line, step)) }
            left = left - step
            need = need - step
            if left.fen == 0 {
                i += 1
                if i < splits.count { left = splits[i].amount }
            }
            if need.fen == 0 {
                j += 1
                if j < parts.count { need = parts[j].amount }
            }
        }
        return result
    }
}
