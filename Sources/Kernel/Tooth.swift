/// A tooth by FDI number (ISO 3950): 11–48 permanent, 51–85 deciduous.
package struct Tooth: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    package let number: Int
    package init?(_ number: Int) {
        let (quadrant, position) = (number / 10, number % 10)
        guard (1...8).contains(quadrant), (1...(quadrant <= 4 ? 8 : 5)).contains(position) else { return nil }
        self.number = number
    }
    package static func < (a: Tooth, b: Tooth) -> Bool { a.number < b.number }
    package var isDeciduous: Bool { number > 50 }
    package var description: String { String(number) }

    package static let permanent: [Tooth] = (1...4).flatMap { q in (1...8).compactMap { Tooth(q * 10 + $0) } }
    package static let deciduous: [Tooth] = (5...8).flatMap { q in (1...5).compactMap { Tooth(q * 10 + $0) } }

    /// Reads a list as staff write it: `16、17`, `14-16` (one jaw side or across the midline of one jaw), `全口`, `上颌`, `下颌`.
    /// - Returns: sorted, without repeats; nil when any part is not a tooth; [] for an empty text.
    package static func list(typed text: String) -> [Tooth]? {
        let separators: Set<Character> = ["、", ",", "，", " ", ";", "；", "/"]
        let parts = text.halfWidth.split(whereSeparator: { separators.contains($0) })
        var teeth: Set<Tooth> = []
        for part in parts {
            switch part {
            case "全口": teeth.formUnion(permanent)
            case "上颌", "上半口": teeth.formUnion(permanent.filter { $0.number < 30 })
            case "下颌", "下半口": teeth.formUnion(permanent.filter { $0.number > 30 })
            default:
                let ends = part.split(whereSeparator: { $0 == "-" || $0 == "–" || $0 == "~" || $0 == "—" })
                if ends.count == 2, let a = Int(ends[0]).flatMap(Tooth.init), let b = Int(ends[1]).flatMap(Tooth.init) {
                    guard let range = range(from: a, to: b) else { return nil }
                    teeth.formUnion(range)
                } else if let tooth = Int(part).flatMap(Tooth.init) {
                    teeth.insert(tooth)
                } else {
                    return nil
                }
            }
        }
        return teeth.sorted()
    }

    /// Teeth in the order of one jaw: 18 … 11, 21 … 28 and 48 … 41, 31 … 38 (and the deciduous arches).
    private static let arches: [[Int]] = [
        (1...8).reversed().map { 10 + $0 } + (1...8).map { 20 + $0 },
        (1...8).reversed().map { 40 + $0 } + (1...8).map { 30 + $0 },
        (1...5).reversed().map { 50 + $0 } + (1...5).map { 60 + $0 },
        (1...5).reversed().map { 80 + $0 } + (1...5).map { 70 + $0 },
    ]

    private static func range(from a: Tooth, to b: Tooth) -> [Tooth]? {
        for arch in arches {
            if let i = arch.firstIndex(of: a.number), let j = arch.firstIndex(of: b.number) {
                return arch[min(i, j)...max(i, j)].compactMap { Tooth($0) }
            }
        }
        return nil
    }

    /// "16、17"
    package static func text(_ teeth: [Tooth]) -> String { teeth.map(\.description).joined(separator: "、") }
}
