import Kernel

/// How a public screen names a customer (R16.07): enough to recognise oneself, too little for anybody else. Pure.
package enum MaskedName {
    /// 张明 → 张*, 张小明 → 张*明, 欧阳小明 → 欧**明, John Smith → J* S*, 张 → *.
    package static func of(_ name: String) -> String {
        let name = name.halfWidth.trimmed
        guard name.contains(where: \.isIdeograph) else { return latin(name) }
        let letters = Array(name.filter { !$0.isWhitespace })
        guard letters.count > 1, let first = letters.first, let last = letters.last else { return "*" }
        if letters.count == 2 { return "\(first)*" }
        return "\(first)\(String(repeating: "*", count: min(letters.count - 2, mostStars)))\(last)"
    }

    /// Long names are not to be counted by their stars.
    private static let mostStars = 3

    /// The first letter of each word; a word of one letter says nothing at all.
    private static func latin(_ name: String) -> String {
        let words = name.split(whereSeparator: \.isWhitespace)
        guard !words.isEmpty else { return "*" }
        return words.prefix(3).map { word in
            word.count > 1 ? word.prefix(1).uppercased() + "*" : "*"
        }.joined(separator: " ")
    }
}

extension Character {
    /// A Chinese character.
    fileprivate var isIdeograph: Bool { unicodeScalars.first?.properties.isIdeographic ?? false }
}
