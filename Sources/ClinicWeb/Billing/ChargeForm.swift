import Clinic
import Kernel

/// A charge sheet as typed: repeated fields `item`, `teeth`, `quantity`, `price`, `priceReason`, and the next visit.
struct ChargeForm: Sendable {
    struct Line: Hashable, Sendable {
        var item = ""
        var teeth = ""
        var quantity = "1"
        var price = ""
        var priceReason = ""
        var isBlank: Bool { item.nonBlank == nil && teeth.nonBlank == nil }
    }

    var lines: [Line] = []
    var faults = FormErrors()
    /// Of the sheet the page showed; nil when there was none.
    var version: Int?
    var next = ""
    var nextUnits = ""
    var nextDays = ""
    var nextNote = ""

    init() {}

    init(_ form: Form) {
        let items = form.all("item")
        func value(_ name: String, _ index: Int) -> String {
            let values = form.all(name)
            return index < values.count ? values[index] : ""
        }
        lines = items.indices.map { index in
            Line(
                item: items[index], teeth: value("teeth", index), quantity: value("quantity", index),
                price: value("price", index), priceReason: value("priceReason", index))
        }
        version = Int(form["version"])
        (next, nextUnits, nextDays, nextNote) = (form["next"], form["nextUnits"], form["nextDays"], form["nextNote"])
    }

    /// The stored sheet, to be edited.
    init(_ sheet: ChargeSheet, codes: [ID<Item>: String]) {
        lines = sheet.lines.map { line in
            Line(
                item: [codes[line.itemID], line.itemName].compactMap(\.self).joined(separator: " "),
                teeth: Tooth.text(line.teeth), quantity: String(line.quantity),
                price: line.price == line.listPrice ? "" : PlainAmount.text(line.price),
                priceReason: line.priceReason ?? "")
        }
        version = sheet.version
        switch sheet.advice {
        case nil: break
        case .some(.none): next = "none"
        case .visit(let units, let days, let note):
            (next, nextUnits, nextDays, nextNote) = ("visit", String(units), String(days), note ?? "")
        }
    }

    /// - Throws: `FormErrors` with `lines[i].item` and so on; blank lines are left out.
    func entries(items: [Item]) throws(FormErrors) -> [LineEntry] {
        var errors = FormErrors()
        var entries: [LineEntry] = []
        for (index, line) in lines.enumerated() where !line.isBlank {
            guard let item = Self.find(line.item, in: items) else {
                errors.add("lines[\(index)].item", "没有这个项目，请从列表里选，或输入编码、名称")
                continue
            }
            guard let teeth = Tooth.list(typed: line.teeth) else {
                errors.add("lines[\(index)].teeth", "牙位用两位数，例如 16、17 或 14-16")
                continue
            }
            guard let quantity = Int((line.quantity.nonBlank ?? "1").halfWidth.trimmed), (1...99).contains(quantity)
            else {
                errors.add("lines[\(index)].quantity", "数量应为 1 到 99 的整数")
                continue
            }
            var price: Money?
            if let typed = line.price.nonBlank {
                price = Money(typed: typed)
                if price == nil { errors.add("lines[\(index)].price", "金额最多两位小数，例如 480 或 480.50") }
            }
            entries.append(
                LineEntry(
                    itemID: item.id, quantity: quantity, teeth: teeth, price: price,
                    priceReason: line.priceReason.nonBlank))
        }
        try errors.throwIfAny()
        return entries
    }

    /// - Returns: nil when nothing was said about the next visit (R5.23).
    func advice() throws(FormErrors) -> NextVisitAdvice? {
        switch next {
        case "none": return NextVisitAdvice.none
        case "visit":
            guard let units = Int(nextUnits.halfWidth.trimmed), (1...32).contains(units),
                let days = Int(nextDays.halfWidth.trimmed), (0...730).contains(days)
            else { throw FormErrors("nextUnits", "请填写复诊需要几个单位（1 到 32）、多少天后（0 到 730）") }
            return .visit(units: units, afterDays: days, note: nextNote.nonBlank)
        default: return nil
        }
    }

    /// By code, by "code name" as the list offers it, or by the whole name.
    private static func find(_ typed: String, in items: [Item]) -> Item? {
        let text = typed.halfWidth.trimmed
        let first = text.split(separator: " ").first.map { $0.uppercased() }
        return items.first { $0.code.uppercased() == first } ?? items.first { $0.name.halfWidth == text }
    }

    /// Faults of `ChargeError` carry the index among the entries; blank lines before it are counted back in.
    func shifted(_ error: any UserFacingError) -> FormErrors {
        guard error is ChargeError, let field = error.field, field.hasPrefix("lines["),
            let end = field.firstIndex(of: "]"),
            let number = Int(field[field.index(field.startIndex, offsetBy: 6)..<end])
        else { return FormErrors(error) }
        let filled = lines.indices.filter { !lines[$0].isBlank }
        let index = filled.indices.contains(number) ? filled[number] : number
        return FormErrors("lines[\(index)]\(field[field.index(after: end)...])", error.userMessage)
    }
}
