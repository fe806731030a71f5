import Kernel

/// The service standard as data (design idea 2): what is shipped under `Playbook/`, with what the organisation and the
/// clinic changed laid over it.
package struct Playbook: Sendable {
    // As shipped, in the order of the files.
    package let settings: [SettingDefinition]
    package let rules: [RuleDefinition]
    package let items: [CatalogueItem]
    package let scripts: [Script]
    /// Public holidays of the years they were announced for, in order of time.
    package internal(set) var holidays: [Holiday] = []
    /// Music and words of the hall as shipped (R4.30); a clinic lays its own over them.
    package internal(set) var broadcasts: [Broadcast] = []
    let shippedRoles: [Role]
    let shippedTaskRules: [TaskRule]
    let shippedRegisters: [RegisterDefinition]
    let shippedChecklists: [ChecklistDefinition]
    let codeLists: [CodeList: [Code]]
    private let epidemicRules: Set<RuleID>
    /// The business day whose standard this is; nil where no day matters. Only the dates of the epidemic mode ask it.
    private var day: Day?

    // Resolved: shipped, or overridden.
    var values: [String: SettingValue]
    var levels: [RuleID: Level]
    package var roles: [Role]
    package var taskRules: [TaskRule]
    package var registers: [RegisterDefinition]
    package var checklists: [ChecklistDefinition]
    var applied: [OverrideKey: AppliedOverride] = [:]
    /// Overrides that could not be applied: unknown keys and impossible values. The shipped value stands in their place.
    package var ignoredOverrides: [PlaybookProblem] = []

    init(
        settings: [SettingDefinition], rules: [RuleDefinition], roles: [Role], items: [CatalogueItem],
        codes: [CodeList: [Code]], taskRules: [TaskRule], scripts: [Script],
        registers: [RegisterDefinition], checklists: [ChecklistDefinition]
    ) {
        self.settings = settings
        self.rules = rules
        self.items = items
        self.scripts = scripts
        shippedRoles = roles
        shippedTaskRules = taskRules
        shippedRegisters = registers
        shippedChecklists = checklists
        self.registers = registers
        self.checklists = checklists
        codeLists = codes
        epidemicRules = Set(rules.filter(\.epidemicOnly).map(\.id))
        self.roles = roles
        self.taskRules = taskRules
        values = Dictionary(settings.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        levels = Dictionary(rules.map { ($0.id, $0.level) }, uniquingKeysWith: { first, _ in first })
    }

    /// The standard as it counts on a day.
    package func on(_ day: Day) -> Playbook {
        var copy = self
        copy.day = day
        return copy
    }

    /// The epidemic mode is switched on and its dates, both inclusive, hold the day (R3.42).
    package var isEpidemic: Bool {
        guard self[.epidemicMode] else { return false }
        guard let day else { return true }
        return (self[.epidemicFrom] ?? day) <= day && day <= (self[.epidemicUntil] ?? day)
    }

    // MARK: Settings

    package subscript(key: IntSetting) -> Int {
        guard case .int(let number) = values[key.rawValue] else { Self.absent(key.rawValue) }
        return number
    }
    package subscript(key: IntsSetting) -> [Int] {
        guard case .ints(let numbers) = values[key.rawValue] else { Self.absent(key.rawValue) }
        return numbers
    }
    package subscript(key: DecimalSetting) -> Double {
        guard case .decimal(let number) = values[key.rawValue] else { Self.absent(key.rawValue) }
        return number
    }
    package subscript(key: FlagSetting) -> Bool {
        guard case .flag(let flag) = values[key.rawValue] else { Self.absent(key.rawValue) }
        return flag
    }
    package subscript(key: TextSetting) -> String {
        guard case .text(let text) = values[key.rawValue] else { Self.absent(key.rawValue) }
        return text
    }
    /// Minutes after local midnight.
    package subscript(key: ClockSetting) -> Int {
        guard case .clock(let minutes) = values[key.rawValue] else { Self.absent(key.rawValue) }
        return minutes
    }
    /// nil: no day is set.
    package subscript(key: DaySetting) -> Day? {
        guard case .day(let day) = values[key.rawValue] else { Self.absent(key.rawValue) }
        return day
    }

    package func setting(_ key: String) -> SettingDefinition? { settings.first { $0.key == key } }
    /// nil for unknown keys.
    package func value(of key: String) -> SettingValue? { values[key] }

    // MARK: Rules

    /// The level that counts now: epidemic rules are off while the epidemic mode is off (R3.42).
    package func level(of rule: RuleID) -> Level {
        if epidemicRules.contains(rule), !isEpidemic { return .off }
        return levels[rule] ?? .remind
    }
    package func rule(_ id: RuleID) -> RuleDefinition? { rules.first { $0.id == id } }

    // MARK: Roles

    package func role(_ code: String) -> Role? { roles.first { $0.code == code } }
    /// Union of the roles; codes that do not exist give nothing.
    package func capabilities(ofRoles codes: some Collection<String>) -> Set<Capability> {
        codes.reduce(into: []) { union, code in union.formUnion(role(code)?.capabilities ?? []) }
    }
    package func roles(with capability: Capability) -> [Role] { roles.filter { $0.capabilities.contains(capability) } }

    // MARK: Lists

    /// In the order of the file; what belongs to the epidemic only while the mode is on.
    package func codes(_ list: CodeList) -> [Code] {
        (codeLists[list] ?? []).filter { !$0.isEpidemicOnly || isEpidemic }
    }
    /// Also one that is not offered now.
    package func code(_ code: String, in list: CodeList) -> Code? {
        codeLists[list]?.first { $0.code == code }
    }
    /// For display of stored codes: those that no longer exist are shown as stored.
    package func label(_ code: String, in list: CodeList) -> String { self.code(code, in: list)?.label ?? code }
    package func script(_ id: String) -> Script? { scripts.first { $0.id == id } }
    package func item(_ code: String) -> CatalogueItem? { items.first { $0.code == code } }
    package func taskRule(_ id: String) -> TaskRule? { taskRules.first { $0.id == id } }
    /// The answers of a task made by `rule`: those of its script, or its own list.
    package func outcomes(of rule: TaskRule) -> [Code] {
        if let script = rule.script.flatMap(script), !script.outcomes.isEmpty { return script.outcomes }
        return rule.outcomes.map(codes) ?? []
    }

    // MARK: Amounts of task rules

    package func sum(_ amounts: [TaskRule.Amount]) -> Int {
        amounts.reduce(0) { sum, amount in
            switch amount {
            case .fixed(let number): sum + number
            case .setting(let key, negated: let negated): sum + (negated ? -self[key] : self[key])
            }
        }
    }

    /// Minutes after midnight.
    package func minutes(_ clock: TaskRule.Clock) -> Int {
        switch clock {
        case .fixed(let minutes): minutes
        case .setting(let key): self[key]
        }
    }

    /// The instant a moment of a task rule falls on.
    /// - Parameter anchor: what the fact of the rule says (`TaskRule.Fact`).
    package func instant(
        _ moment: TaskRule.Moment, anchor: Timestamp, in calendar: ClinicCalendar
    ) -> Timestamp {
        switch moment {
        case .minutes(let amounts): return anchor.adding(minutes: sum(amounts))
        case .day(let amounts, at: let clock):
            let day = calendar.businessDay(of: anchor).adding(days: sum(amounts))
            return calendar.instant(day, minute: minutes(clock))
        }
    }

    // safe because loading refuses a playbook that lacks a typed key or gives it another kind, and an override of
    // another kind is ignored (PlaybookLoader.settings, Playbook.resolved).
    private static func absent(_ key: String) -> Never { preconditionFailure("setting '\(key)' is not loaded") }
}
