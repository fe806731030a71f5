/// A sum of money in fen (分, 1/100 yuan). Exact; may be negative only in differences, never in the ledger.
package struct Money: Hashable, Comparable, Codable, Sendable {
    package let fen: Int64
    package init(fen: Int64) { self.fen = fen }
    package static func yuan(_ yuan: Int64) -> Money { Money(fen: yuan * 100) }

    package static let zero = Money(fen: 0)
    package static func + (a: Money, b: Money) -> Money { Money(fen: a.fen + b.fen) }
    package static func - (a: Money, b: Money) -> Money { Money(fen: a.fen - b.fen) }
    package static func * (a: Money, count: Int) -> Money { Money(fen: a.fen * Int64(count)) }
    package static func += (a: inout Money, b: Money) { a = a + b }
    package static func < (a: Money, b: Money) -> Bool { a.fen < b.fen }

    /// "1,234.50", "−0.05" (U+2212). For pages; never parse this back.
    package var figures: String {
        let yuan = String(fen.magnitude / 100)
        let cents = fen.magnitude % 100
        var grouped = ""
        for (offset, digit) in yuan.enumerated() {
            if offset > 0, (yuan.count - offset) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return "\(fen < 0 ? "−" : "")\(grouped).\(cents < 10 ? "0" : "")\(cents)"
    }

    /// "¥1,234.50", "−¥0.05".
    package var yuanText: String {
        fen < 0 ? "−¥" + Money(fen: -fen).figures : "¥" + figures
    }

    /// Reads what a person types: `480`, `480.5`, `1,280.00`, `￥480`, full-width digits. At most two decimals.
    /// - Returns: nil when it is not an amount of 0 … 99,999,999.99.
    package init?(typed text: String) {
        var digits = text.halfWidth.trimmed.replacing(",", with: "").replacing("，", with: "")
        if let first = digits.first, first == "¥" || first == "￥" { digits.removeFirst() }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = parts.first, (1...8).contains(whole.count),
            whole.allSatisfy(\.isASCIIDigit)
        else { return nil }
        var cents = ""
        if parts.count == 2 {
            guard (1...2).contains(parts[1].count), parts[1].allSatisfy(\.isASCIIDigit) else { return nil }
            cents = String(parts[1])
        }
        while cents.count < 2 { cents.append("0") }
        guard let yuan = Int64(whole), let rest = Int64(cents) else { return nil }
        self.init(fen: yuan * 100 + rest)
    }

    /// Splits into parts proportional to `weights` whose sum is exactly `self` (largest remainder, ties to the first).
    /// - Precondition: `weights` non-empty, all ≥ 0, sum > 0.
    package func split(by weights: [Int64]) -> [Money] {
        let total = weights.reduce(0, +)
        precondition(total > 0 && weights.allSatisfy { $0 >= 0 }, "weights must be ≥ 0 and not all 0")
        let wide = weights.map { fen.multipliedFullWidth(by: $0) }
        let divided = wide.map { total.dividingFullWidth($0) }
        var parts = divided.map(\.quotient)
        var rest = fen - parts.reduce(0, +)
        let step: Int64 = rest < 0 ? -1 : 1
        let order = weights.indices.sorted { a, b in
            let (ra, rb) = (divided[a].remainder.magnitude, divided[b].remainder.magnitude)
            return ra == rb ? a < b : ra > rb
        }
        for index in order where rest != 0 {
            parts[index] += step
            rest -= step
        }
        return parts.map(Money.init(fen:))
    }
}

extension Sequence where Element == Money {
    package var sum: Money { reduce(.zero, +) }
}
