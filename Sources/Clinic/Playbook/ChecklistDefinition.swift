/// A checklist of the service standard (design idea 2): what is ticked, when, and by whom.
package struct ChecklistDefinition: Hashable, Sendable {
    /// Part of stored rows, so it never changes.
    package let id: String
    package let title: String
    /// R-numbers.
    package let source: String
    package let group: String
    package let hint: String?
    package let every: Every
    /// When it is to be done; none for those made by an event or by hand.
    package let windows: [Window]
    /// Code of the role that answers for it.
    package let role: String
    /// Counts only while this rule is not off; epidemic rules are off while the mode is.
    package let rule: RuleID?
    package let sections: [Section]
    /// An unfinished run stands on the list before the day is closed.
    package let blocksDayClose: Bool
    package let changedBy: [String]
    package var isActive: Bool

    package enum Every: String, CaseIterable, Sendable {
        case day, shift, room
        /// Begun by a person.
        case demand
        /// Made by what happens: a customer at the door, a payment.
        case event
    }

    package struct Window: Hashable, Sendable {
        /// Part of stored rows.
        package let id: String
        package let label: String
        package let from: TaskRule.Clock
        package let due: TaskRule.Clock
    }

    package struct Section: Hashable, Sendable {
        package let title: String
        package let items: [ChecklistItem]
    }

    package var items: [ChecklistItem] { sections.flatMap(\.items) }
    package func item(_ id: String) -> ChecklistItem? { items.first { $0.id == id } }
}

/// One line of a checklist.
package struct ChecklistItem: Hashable, Sendable {
    package let id: String
    package let label: String
    package let kind: Kind
    package let unit: String?
    package let hint: String?
    /// Included.
    package let minimum: Limit?
    /// Included.
    package let maximum: Limit?
    /// Not included: a temperature of the fever threshold is fever.
    package let below: Limit?
    package let choices: [FieldChoice]
    /// Answers that count as out of limit.
    package let bad: Set<String>
    /// A run is complete without it.
    package let isOptional: Bool

    package enum Kind: String, CaseIterable, Sendable { case tick, number, choice, text }

    /// A number written here or a setting, so that changing the setting moves the limit.
    package enum Limit: Hashable, Sendable {
        case fixed(Double)
        case whole(IntSetting)
        case decimal(DecimalSetting)
    }
}

extension Playbook {
    package func number(_ limit: ChecklistItem.Limit) -> Double {
        switch limit {
        case .fixed(let number): number
        case .whole(let key): Double(self[key])
        case .decimal(let key): self[key]
        }
    }

    /// Those that count now, in the order of the file.
    package var liveRegisters: [RegisterDefinition] { registers.filter(isLive) }
    package var liveChecklists: [ChecklistDefinition] { checklists.filter(isLive) }
    package func register(_ id: String) -> RegisterDefinition? { registers.first { $0.id == id } }
    package func checklist(_ id: String) -> ChecklistDefinition? { checklists.first { $0.id == id } }

    package func isLive(_ register: RegisterDefinition) -> Bool {
        register.isActive && (isEpidemic || !register.isEpidemicOnly) && counts(register.rule)
    }
    package func isLive(_ checklist: ChecklistDefinition) -> Bool { checklist.isActive && counts(checklist.rule) }

    private func counts(_ rule: RuleID?) -> Bool { rule.map { level(of: $0) != .off } ?? true }
}
