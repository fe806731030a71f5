import Foundation
import Kernel

/// The value of a setting. Overrides keep it as JSON text.
package enum SettingValue: Hashable, Sendable {
    case int(Int)
    case ints([Int])
    case decimal(Double)
    case flag(Bool)
    case text(String)
    /// Minutes after local midnight; in JSON and YAML "HH:MM".
    case clock(Int)
    /// A calendar day; nil: none. In JSON and YAML "YYYY-MM-DD" or "".
    case day(Day?)

    /// `20`, `[2,3]`, `37.3`, `true`, `"timed"`, `"12:00"`.
    package var json: String {
        switch self {
        case .int(let number): String(number)
        case .ints(let numbers): "[\(numbers.map(String.init).joined(separator: ","))]"
        case .decimal(let number): Self.decimalText(number)
        case .flag(let flag): flag ? "true" : "false"
        case .text(let text): JSONValue.text(text).text
        case .clock(let minutes): JSONValue.text(Self.clockText(minutes)).text
        case .day(let day): JSONValue.text(day?.iso ?? "").text
        }
    }

    /// For an input field: `20`, `2, 3`, `37.3`, `true`, `12:00`.
    package var plainText: String {
        switch self {
        case .int(let number): String(number)
        case .ints(let numbers): numbers.map(String.init).joined(separator: ", ")
        case .decimal(let number): Self.decimalText(number)
        case .flag(let flag): flag ? "true" : "false"
        case .text(let text): text
        case .clock(let minutes): Self.clockText(minutes)
        case .day(let day): day?.iso ?? ""
        }
    }

    /// "09:05"
    package static func clockText(_ minutes: Int) -> String {
        "\(String(minutes / 60).zeroPadded(2)):\(String(minutes % 60).zeroPadded(2))"
    }

    /// Minutes after midnight of `H:MM` or `HH:MM`, full-width digits allowed; nil when there is no such time.
    package static func clockMinutes(_ text: String) -> Int? {
        let parts = text.halfWidth.trimmed.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    /// A day, or none for an empty text; nil when it is neither.
    static func day(typed text: String) -> SettingValue? {
        text.isEmpty ? .day(nil) : Day(text).map { .day($0) }
    }

    private static func decimalText(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e9 ? String(Int(number)) : String(number)
    }
}

/// Reads the JSON of single values, as kept in `playbook_override`. `JSONValue` writes it.
enum JSONText {
    /// nil when `json` is not a value of that type.
    static func decode<Value: Decodable>(_ type: Value.Type, _ json: String) -> Value? {
        try? JSONDecoder().decode(type, from: Data(json.utf8))
    }
}
