import Clinic
import Kernel

/// A payment as typed.
struct CheckoutForm: Sendable {
    /// In the order of the keys 1 to 4.
    static let methods: [PaymentMethod] = [.wechat, .cash, .alipay, .bankCard]

    var amounts: [PaymentMethod: String] = [:]
    var cardType = ""
    var cardLast4 = ""
    var reference = ""
    var tendered = ""
    /// Fen of what the page showed as due.
    var expectedDue = ""
    var key = ""
    /// The rest is meant to stay owed (R6.07): another button, never a slip of the keyboard.
    var leavesArrears = false
    var faults = FormErrors()

    /// A new form with a key of its own.
    init(key: String) { self.key = key }

    init(_ form: Form) {
        for method in Self.methods { amounts[method] = form[method.rawValue] }
        (cardType, cardLast4, reference) = (form["cardType"], form["cardLast4"], form["reference"])
        (tendered, expectedDue, key) = (form["tendered"], form["expectedDue"], form["key"])
        leavesArrears = form["rest"] == "owed"
    }

    /// - Throws: `FormErrors`.
    func payment(_ sheet: ID<ChargeSheet>) throws(FormErrors) -> Checkout.Payment {
        var errors = FormErrors()
        var splits: [PaymentSplit] = []
        for method in Self.methods {
            guard let typed = amounts[method]?.nonBlank else { continue }
            guard let amount = Money(typed: typed) else {
                errors.add(method.rawValue, "金额最多两位小数，例如 480 或 480.50")
                continue
            }
            if amount.fen > 0 { splits.append(split(method, amount)) }
        }
        var handed: Money?
        if let typed = tendered.nonBlank {
            handed = Money(typed: typed)
            if handed == nil { errors.add("tendered", "金额最多两位小数，例如 400 或 400.50") }
        }
        guard let expected = Int64(expectedDue), let key = key.nonBlank, key.count <= 64 else {
            throw FormErrors("form", "页面不完整，请刷新后重新填写")
        }
        try errors.throwIfAny()
        let given = splits.map(\.amount).sum
        if !leavesArrears, !splits.isEmpty, given.fen < expected {
            let rest = Money(fen: expected) - given
            throw FormErrors("form", "还差 \(rest.yuanText)；确实先付一部分的，请按「部分付款，记欠费」")
        }
        return Checkout.Payment(
            sheetID: sheet, splits: splits, tendered: splits.contains { $0.method == .cash } ? handed : nil,
            expectedDue: Money(fen: expected), key: key)
    }

    private func split(_ method: PaymentMethod, _ amount: Money) -> PaymentSplit {
        guard method == .bankCard else { return PaymentSplit(method, amount) }
        return PaymentSplit(
            method, amount, cardType: BankCardType(rawValue: cardType), cardLast4: cardLast4.halfWidth.nonBlank,
            reference: reference.nonBlank)
    }

    /// A full card number is not even sent back to the screen (R6.14).
    mutating func forgetCardNumber() {
        if cardLast4.count > 4 { cardLast4 = "" }
        if faults.messages["cardLast4"] == PaymentError.fullCardNumber.userMessage { reference = "" }
    }
}
