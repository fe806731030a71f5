/// What to say in one situation, step by step (R10.38).
package struct Script: Hashable, Sendable {
    package let id: String
    package let version: Int
    package let category: Category
    package let title: String
    /// When it is used, in Chinese.
    package let trigger: String
    /// Role codes.
    package let audience: [String]
    /// R-numbers.
    package let source: String
    package let steps: [Step]
    /// The answers the operator can tap; empty for scripts without outcome.
    package let outcomes: [Code]
    /// Words to avoid: those of all scripts (R10.23) and the script's own.
    package let forbidden: [String]

    package struct Step: Hashable, Sendable {
        /// The sentence, with `{variables}`.
        package let say: String
        /// For the operator's eyes.
        package let note: String?
    }

    package enum Category: String, CaseIterable, Sendable {
        case outboundCall, inboundCall, desk, waiting, checkout

        package var label: String {
            switch self {
            case .outboundCall: "去电"
            case .inboundCall: "来电"
            case .desk: "前台"
            case .waiting: "候诊"
            case .checkout: "结账"
            }
        }
    }

    /// Names that may stand in braces in a sentence.
    package enum Variable: String, CaseIterable, Sendable {
        case clinic, `operator`, patient, salutation, date, time, doctor, item, greeting
        case phone, address, minutes, amount, paid, balance
    }

    /// `text` with the variables filled in. One without a value becomes "……", so that a gap is seen and spoken over.
    /// Figures and Latin letters that meet a Chinese character are set off by a space: 打 021… 告诉我们.
    package static func filled(_ text: String, _ values: [Variable: String]) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let name = rest[rest.index(after: open)..<close]
            let value = Variable(rawValue: String(name)).map { values[$0] ?? "……" } ?? String(rest[open...close])
            rest = rest[rest.index(after: close)...]
            result += spaced(result.last, value.first) + value + spaced(value.last, rest.first)
        }
        return result + rest
    }

    /// A space where a Chinese character and an ASCII letter or figure meet, else nothing.
    private static func spaced(_ left: Character?, _ right: Character?) -> String {
        guard let left, let right else { return "" }
        return isHan(left) && isLatin(right) || isLatin(left) && isHan(right) ? " " : ""
    }

    private static func isLatin(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
    }

    private static func isHan(_ character: Character) -> Bool {
        character.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }
}
