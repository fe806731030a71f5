import Kernel

/// What the cashier says, with the exact amounts (R6.10). Pure.
package enum CheckoutWords {
    /// Before the payment: "郝女士，今天一共 866 元，已经优惠 92 元。加上以前欠的 100 元，应付 966 元。"
    package static func asking(greeting: String, sheet: Money, saved: Money, earlier: Money, due: Money) -> String {
        var text = "\(greeting)，今天一共 \(spoken(sheet))"
        text += saved.fen > 0 ? "，已经优惠 \(spoken(saved))。" : "。"
        let paid = sheet + earlier - due
        if earlier.fen > 0 { text += "加上以前欠的 \(spoken(earlier))，" }
        if paid.fen > 0 { text += "前面已付 \(spoken(paid))，" }
        return earlier.fen > 0 || paid.fen > 0 ? text + "现在应付 \(spoken(due))。" : text
    }

    /// After it: total cost, paid today, balance, or that all is paid.
    /// - Parameters:
    ///   - total: what was to be paid before this payment.
    ///   - balance: what is still owed; zero says 都付清了.
    package static func closing(
        greeting: String, total: Money, paid: Money, balance: Money, change: Money? = nil
    ) -> String {
        let given = change.flatMap { $0.fen > 0 ? "，找您 \(spoken($0))，请当面点清" : nil } ?? ""
        let rest = balance.fen > 0 ? "还有 \(spoken(balance))下次交就可以，已经写在收据上" : "费用都付清了"
        return "\(greeting)，总费用 \(spoken(total))，今天交了 \(spoken(paid))\(given)。\(rest)。"
    }

    /// The date of the next visit, told at the till (R3.40); an operation has no clock time of its own (R3.56).
    package static func next(_ slot: Slot, doctor: String, isOperation: Bool) -> String {
        let time = isOperation ? "\(slot.start.clockText) 到院" : slot.start.clockText
        return "下次是 \(slot.day.longText) \(time)，\(doctor)医生，前一天我们会通知您。"
    }

    /// "866 元", "866.50 元": whole yuan without decimals, as one says it.
    package static func spoken(_ amount: Money) -> String {
        amount.fen % 100 == 0 ? "\(amount.figures.dropLast(3)) 元" : "\(amount.figures) 元"
    }
}
