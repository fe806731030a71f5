/// A telephone number as dialled: digits, and a leading + for numbers abroad.
package struct PhoneNumber: Hashable, Sendable {
    package let digits: String

    /// A Chinese mobile (11 digits from 13 to 19), a landline with or without area code (7–12 digits), or +… (8–15 digits).
    /// Spaces, dashes and brackets are dropped, +86 and 0086 before a mobile too.
    package init?(_ typed: String) {
        var text = typed.halfWidth.filter { !" -－—()（）\t".contains($0) }
        for prefix in ["+86", "0086"] where text.hasPrefix(prefix) { text = String(text.dropFirst(prefix.count)) }
        let isForeign = text.hasPrefix("+")
        let number = isForeign ? String(text.dropFirst()) : text
        guard number.allSatisfy(\.isASCIIDigit) else { return nil }
        let fits =
            isForeign
            ? (8...15).contains(number.count)
            : number.count == 11 && number.hasPrefix("1")
                ? number.dropFirst().first.map { "3456789".contains($0) } ?? false
                : (7...12).contains(number.count) && !number.hasPrefix("1")
        guard fits else { return nil }
        digits = text
    }

    package var isMobile: Bool { digits.count == 11 && digits.hasPrefix("1") }
    /// "138 0013 8000"; other numbers unchanged.
    package var text: String {
        guard isMobile else { return digits }
        return "\(digits.prefix(3)) \(digits.dropFirst(3).prefix(4)) \(digits.suffix(4))"
    }
    /// "138 **** 8000": what a role without the right to see phones sees.
    package var masked: String {
        guard digits.count >= 7 else { return "****" }
        return "\(digits.prefix(3)) **** \(digits.suffix(4))"
    }
}
