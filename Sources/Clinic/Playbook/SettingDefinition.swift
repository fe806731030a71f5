import Kernel

/// A setting as shipped: what it is called, its value and what it may become.
package struct SettingDefinition: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case int, ints, decimal, flag, text, clock, day }
    /// Where the shipped value comes from.
    package enum Basis: String, Sendable {
        /// A source gives it.
        case stated
        /// Our default where the sources are silent, vague or disagree (PD).
        case proposed
    }
    /// One word of a `text` setting with its Chinese.
    package struct Choice: Hashable, Sendable {
        package let value: String
        package let label: String
    }

    package let key: String
    package let kind: Kind
    /// Heading of the settings page, in Chinese.
    package let group: String
    package let label: String
    package let value: SettingValue
    /// 分钟, 天, % …; nil for switches and words.
    package let unit: String?
    /// R-number, or `design`.
    package let source: String
    package let basis: Basis
    package let minimum: Double?
    package let maximum: Double?
    package let choices: [Choice]
    /// Codes of the roles that may change it (R16.14).
    package let changedBy: [String]

    /// Counts, and shows, only while the epidemic mode is on; its switch always does (R3.42).
    package var isEpidemicOnly: Bool { group == "防疫" && key != FlagSetting.epidemicMode.rawValue }

    /// What is wrong with `value`, in Chinese; nil when it may be set.
    package func fault(_ value: SettingValue) -> String? {
        switch (kind, value) {
        case (.int, .int(let number)): return rangeFault([Double(number)])
        case (.decimal, .decimal(let number)): return rangeFault([number])
        case (.ints, .ints(let numbers)):
            guard case .ints(let shipped) = self.value, numbers.count == shipped.count else { return "个数与原来不同" }
            return rangeFault(numbers.map(Double.init))
        case (.flag, .flag): return nil
        case (.text, .text(let text)):
            if choices.isEmpty { return sentenceFault(text) }
            return choices.contains { $0.value == text } ? nil : "只能从列出的选项里选"
        case (.clock, .clock(let minutes)): return (0..<1_440).contains(minutes) ? nil : "不是一天里的时间"
        case (.day, .day): return nil
        default: return "类型与这一项不符"
        }
    }

    /// Reads what a person types or picks; nil when it cannot be a value of this kind. Range: see `fault`.
    package func value(typed text: String) -> SettingValue? {
        let plain = text.halfWidth.trimmed
        switch kind {
        case .int: return Int(plain).map(SettingValue.int)
        case .decimal: return Double(plain).flatMap { $0.isFinite ? .decimal($0) : nil }
        case .flag: return plain == "true" ? .flag(true) : plain == "false" ? .flag(false) : nil
        case .text: return .text(plain)
        case .clock: return SettingValue.clockMinutes(plain).map(SettingValue.clock)
        case .day: return SettingValue.day(typed: plain)
        case .ints:
            let parts = plain.split { $0 == "," || $0 == "，" || $0 == "、" || $0 == " " }
            let numbers = parts.compactMap { Int($0) }
            return numbers.count == parts.count ? .ints(numbers) : nil
        }
    }

    /// Reads the JSON of an override; nil when it is of another kind.
    func value(json: String) -> SettingValue? {
        switch kind {
        case .int: JSONText.decode(Int.self, json).map(SettingValue.int)
        case .ints: JSONText.decode([Int].self, json).map(SettingValue.ints)
        case .decimal: JSONText.decode(Double.self, json).map(SettingValue.decimal)
        case .flag: JSONText.decode(Bool.self, json).map(SettingValue.flag)
        case .text: JSONText.decode(String.self, json).map(SettingValue.text)
        case .clock: JSONText.decode(String.self, json).flatMap(SettingValue.clockMinutes).map(SettingValue.clock)
        case .day: JSONText.decode(String.self, json).flatMap(SettingValue.day(typed:))
        }
    }

    /// The kind a key has in the program; nil for keys the program does not know.
    static func kind(of key: String) -> Kind? {
        if IntSetting(rawValue: key) != nil { return .int }
        if IntsSetting(rawValue: key) != nil { return .ints }
        if DecimalSetting(rawValue: key) != nil { return .decimal }
        if FlagSetting(rawValue: key) != nil { return .flag }
        if TextSetting(rawValue: key) != nil { return .text }
        if ClockSetting(rawValue: key) != nil { return .clock }
        if DaySetting(rawValue: key) != nil { return .day }
        return nil
    }

    /// Every key the program knows.
    static let allKeys: Set<String> = Set(
        IntSetting.allCases.map(\.rawValue) + IntsSetting.allCases.map(\.rawValue)
            + DecimalSetting.allCases.map(\.rawValue) + FlagSetting.allCases.map(\.rawValue)
            + TextSetting.allCases.map(\.rawValue) + ClockSetting.allCases.map(\.rawValue)
            + DaySetting.allCases.map(\.rawValue))

    /// A sentence: something, and no longer than `max` characters.
    private func sentenceFault(_ text: String) -> String? {
        if text.trimmed.isEmpty { return "不能空着；不想显示请关掉开关" }
        let most = maximum.map { Int($0) } ?? 200
        return text.count > most ? "最多 \(most) 个字" : nil
    }

    private func rangeFault(_ numbers: [Double]) -> String? {
        let low = minimum.map { limit in numbers.contains { $0 < limit } } ?? false
        let high = maximum.map { limit in numbers.contains { $0 > limit } } ?? false
        guard low || high else { return nil }
        return "应在 \(text(minimum)) 到 \(text(maximum)) 之间"
    }

    private func text(_ number: Double?) -> String { number.map { SettingValue.decimal($0).plainText } ?? "不限" }
}
