import Clinic
import Kernel

/// One line of the sheet, to be typed or as it stands.
struct ChargeLineView: Viewable {
    let number: String
    let item: String
    let teeth: String
    let quantity: String
    let price: String
    /// Price as charged and sum, once saved.
    let unitPrice: String
    let amount: String
    let reasonText: String?
    let priceReason: String
    let reasons: [BillOption]
    let flags: [BillChip]
    let mayOverride: Bool
    let isEditable: Bool
    let itemError: String?
    let teethError: String?
    let quantityError: String?
    let priceError: String?
    static let fields: [Field<Self>] = [
        Field("number", \.number), Field("item", \.item), Field("teeth", \.teeth), Field("quantity", \.quantity),
        Field("price", \.price), Field("unitPrice", \.unitPrice), Field("amount", \.amount),
        Field("reasonText", \.reasonText), Field("priceReason", \.priceReason), Field("reasons", \.reasons),
        Field("flags", \.flags), Field("mayOverride", \.mayOverride), Field("isEditable", \.isEditable),
        Field("itemError", \.itemError), Field("teethError", \.teethError), Field("quantityError", \.quantityError),
        Field("priceError", \.priceError),
    ]
}

extension ChargeLineView {
    init(
        _ line: ChargeForm.Line, index: Int, stored: ChargeLine?, flags: [BillChip], faults: FormErrors,
        reasons: [Code],
        mayOverride: Bool, isEditable: Bool
    ) {
        number = String(index + 1)
        item = line.item
        teeth = line.teeth
        quantity = line.quantity.nonBlank ?? "1"
        price = line.price
        unitPrice = stored?.price.figures ?? ""
        amount = stored?.amount.figures ?? ""
        let reason = reasons.first { $0.code == line.priceReason }?.label
        reasonText = line.price.isEmpty ? nil : "改价\(reason.map { "：\($0)" } ?? "")"
        priceReason = line.priceReason
        self.reasons = reasons.map { BillOption($0.code, $0.label, isChosen: $0.code == line.priceReason) }
        self.flags = stored == nil ? [] : flags
        self.mayOverride = mayOverride
        self.isEditable = isEditable
        let prefix = "lines[\(index)]"
        itemError = faults.messages["\(prefix).item"]
        teethError = faults.messages["\(prefix).teeth"]
        quantityError = faults.messages["\(prefix).quantity"]
        priceError = faults.messages["\(prefix).price"] ?? faults.messages["\(prefix).priceReason"]
    }
}

/// An entry of the list that the item fields offer.
struct ItemChoice: Viewable {
    let value: String
    let hint: String
    let fen: String
    let isPerTooth: Bool
    static let fields: [Field<Self>] = [
        Field("value", \.value), Field("hint", \.hint), Field("fen", \.fen), Field("isPerTooth", \.isPerTooth),
    ]
}

extension ItemChoice {
    init(_ item: Item, price: Money?) {
        value = "\(item.code) \(item.name)"
        hint = price.map { "\($0.yuanText) / \(item.measure)" } ?? "未定价"
        fen = price.map { String($0.fen) } ?? ""
        isPerTooth = item.isPerTooth
    }
}

/// Where the sheet stands: entered, explained, confirmed, released.
struct ChargeStepView: Viewable {
    let number: String
    let label: String
    let text: String
    let state: String
    let isDone: Bool
    static let fields: [Field<Self>] = [
        Field("number", \.number), Field("label", \.label), Field("text", \.text), Field("state", \.state),
        Field("isDone", \.isDone),
    ]

    static func steps(
        _ sheet: ChargeSheet?, _ names: [ID<Staff>: String], _ calendar: ClinicCalendar
    ) -> [ChargeStepView] {
        func who(_ id: ID<Staff>?, _ at: Timestamp?) -> String {
            [id.flatMap { names[$0] }, at.map(calendar.clockText)].compactMap(\.self).joined(separator: " ")
        }
        let rows: [(label: String, text: String, at: Timestamp?)] = [
            ("录入", who(sheet?.enteredBy, sheet?.enteredAt), sheet?.enteredAt),
            ("向客人说明", who(nil, sheet?.explainedAt), sheet?.explainedAt),
            ("客人确认", who(nil, sheet?.confirmedAt), sheet?.confirmedAt),
            ("收费通知", who(sheet?.noticeBy, sheet?.noticeAt), sheet?.noticeAt),
        ]
        let isReleased = sheet?.noticeAt != nil
        let next = rows.firstIndex { $0.at == nil }
        return rows.enumerated().map { index, row in
            let isDone = row.at != nil
            let skipped = isReleased && !isDone
            return ChargeStepView(
                number: String(index + 1), label: row.label, text: skipped ? "没有记录" : row.text,
                state: isDone ? "done" : index == next && !isReleased ? "now" : "todo", isDone: isDone)
        }
    }
}

/// A button that saves the sheet and takes it a step on.
struct ChargeActionView: Viewable {
    let label: String
    let href: String
    static let fields: [Field<Self>] = [Field("label", \.label), Field("href", \.href)]

    /// The one next act first.
    static func actions(_ visit: ID<Visit>, _ sheet: ChargeSheet?, by work: Work) -> [ChargeActionView] {
        let enters = work.actor.may(.enterCharges)
        let save = ChargeActionView(label: "保存收费单", href: BillingPaths.charges(visit))
        let explain = step("已向客人说明费用", "explanation", visit, enters)
        let confirm = step("客人已确认费用", "confirmation", visit, enters)
        let release = step(
            "发出收费通知\(sheet.map { " \($0.total.yuanText)" } ?? "")", "notice", visit, work.actor.may(.issueChargeNotice))
        switch sheet?.stage {
        case nil: return [save]
        case .draft: return [explain, confirm, release, save].compactMap(\.self)
        case .explained: return [confirm, release, save].compactMap(\.self)
        case .confirmed: return [release, save].compactMap(\.self)
        case .released: return []
        }
    }

    private static func step(_ label: String, _ name: String, _ visit: ID<Visit>, _ may: Bool) -> ChargeActionView? {
        may ? ChargeActionView(label: label, href: BillingPaths.chargeStep(visit, name)) : nil
    }
}

/// The doctor's word on the next visit (R5.23).
struct AdviceView: Viewable {
    let isVisit: Bool
    let isNone: Bool
    let isOpen: Bool
    let units: String
    let days: String
    let note: String
    let error: String?
    let isEditable: Bool
    let text: String
    static let fields: [Field<Self>] = [
        Field("isVisit", \.isVisit), Field("isNone", \.isNone), Field("isOpen", \.isOpen), Field("units", \.units),
        Field("days", \.days), Field("note", \.note), Field("error", \.error), Field("isEditable", \.isEditable),
        Field("text", \.text),
    ]
}

extension AdviceView {
    init(_ form: ChargeForm, isEditable: Bool) {
        isVisit = form.next == "visit"
        isNone = form.next == "none"
        isOpen = !isVisit && !isNone
        (units, days, note) = (form.nextUnits, form.nextDays, form.nextNote)
        error = form.faults.messages["nextUnits"]
        self.isEditable = isEditable
        text = BillWords.advice((try? form.advice()) ?? nil)
    }
}
