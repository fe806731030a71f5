/// A register of the service standard (design idea 2): what is written down, by whom, and what an open entry asks for.
/// What stands elsewhere already (visits, payments) is a view, never a register.
package struct RegisterDefinition: Hashable, Sendable {
    /// Part of stored rows, so it never changes.
    package let id: String
    package let title: String
    /// R-numbers.
    package let source: String
    /// Heading on the start page of operations.
    package let group: String
    /// One sentence for whoever writes.
    package let hint: String?
    package let fields: [RegisterField]
    /// nil: an entry is finished when it is written.
    package let closing: Closing?
    /// Codes of the roles that write and read it; with the capability `keepRegisters`.
    package let roles: [String]
    /// An open entry stands on the list before the day is closed.
    package let blocksDayClose: Bool
    /// One tap tells somebody at once (R4.27): the form stands on the start page.
    package let isAlarm: Bool
    /// Shown only while the epidemic mode is on (R3.42).
    package let isEpidemicOnly: Bool
    /// Counts only while this rule is not off.
    package let rule: RuleID?
    /// How long an entry is shown with its content.
    package let retentionMonths: Int
    /// Codes of the roles that may switch it (R16.14).
    package let changedBy: [String]
    package var isActive: Bool

    /// The second half of an entry: 归还, 处理完.
    package struct Closing: Hashable, Sendable {
        /// On the button: 归还.
        package let action: String
        /// While open: 保管中.
        package let openState: String
        /// Afterwards: 已归还.
        package let closedState: String
        package let fields: [RegisterField]
    }

    /// Those of the entry, then those of its closing.
    package var allFields: [RegisterField] { fields + (closing?.fields ?? []) }
    package func field(_ id: String) -> RegisterField? { allFields.first { $0.id == id } }
}

/// One question of a register.
package struct RegisterField: Hashable, Sendable {
    package let id: String
    package let label: String
    package let kind: Kind
    package let isRequired: Bool
    /// Required while this other field is empty: the name, when no customer was chosen.
    package let requiredUnless: String?
    /// Required when another field has this answer: the reason, when a wish could not be met.
    package let requiredIf: Match?
    package let unit: String?
    /// Both included; numbers and money (yuan) only.
    package let minimum: Double?
    package let maximum: Double?
    package let choices: [FieldChoice]
    package let hint: String?
    /// Shown in full only to those who see phones (R16.06).
    package let isMasked: Bool
    /// No two open entries have the same answer: the number of a tag.
    package let isKey: Bool
    /// A column of the list.
    package let isListed: Bool

    package struct Match: Hashable, Sendable {
        package let field: String
        package let value: String
        package init(field: String, value: String) {
            self.field = field
            self.value = value
        }
    }

    package init(
        id: String, label: String, kind: Kind, isRequired: Bool, requiredUnless: String?, requiredIf: Match?,
        unit: String?, minimum: Double?, maximum: Double?, choices: [FieldChoice], hint: String?, isMasked: Bool,
        isKey: Bool, isListed: Bool
    ) {
        self.id = id
        self.label = label
        self.kind = kind
        self.isRequired = isRequired
        self.requiredUnless = requiredUnless
        self.requiredIf = requiredIf
        self.unit = unit
        self.minimum = minimum
        self.maximum = maximum
        self.choices = choices
        self.hint = hint
        self.isMasked = isMasked
        self.isKey = isKey
        self.isListed = isListed
    }

    package enum Kind: String, CaseIterable, Sendable {
        case text, longText, number, money, choice, staff, customer, day, time, tick, place, signature
    }
}

/// One answer of a field or item with a closed list.
package struct FieldChoice: Hashable, Sendable {
    package let code: String
    package let label: String
    package init(code: String, label: String) {
        self.code = code
        self.label = label
    }
}
