import Kernel

/// The two forms of a first visit (R1.05).
package enum IntakeKind: String, Sendable, CaseIterable {
    case registration, inquiry
    package var label: String {
        switch self {
        case .registration: "初诊登记表"
        case .inquiry: "初诊询问表"
        }
    }
}

/// Where a form stands; the worst that is missing names it.
package enum IntakeState: String, Sendable, CaseIterable {
    /// A field that must be answered is empty.
    case filling
    /// No signature, or one under another content.
    case unsigned
    /// A filled field nobody has checked (R1.03).
    case unchecked
    case complete
    case discarded

    package var label: String {
        switch self {
        case .filling: "填写中"
        case .unsigned: "待签名"
        case .unchecked: "待查核"
        case .complete: "完成"
        case .discarded: "作废"
        }
    }
    package var isOpen: Bool { self != .complete && self != .discarded }
}

/// How a form was filled in (R1.06).
package enum IntakeFill: Hashable, Sendable {
    case alone
    /// Face to face, guided by a colleague.
    case guided(by: ID<Staff>)
}

package enum IntakeSource: String, Sendable {
    /// On a screen of the clinic.
    case desk
    /// By the customer, on the own telephone.
    case selfService = "self"
    /// Copied from a paper form.
    case paper
}

/// A first-visit form of one customer.
package struct IntakeForm: Hashable, Sendable {
    package let id: ID<IntakeForm>
    package let clinicID: ID<ClinicSite>
    /// nil until a person has verified whose it is.
    package var patientID: ID<Patient>?
    package var visitID: ID<Visit>?
    package let kind: IntakeKind
    package let source: IntakeSource
    package var fill: IntakeFill?
    package let language: Language
    package var state: IntakeState
    package let startedAt: Timestamp
    package let startedBy: ID<Staff>
    package var attachedAt: Timestamp?
    package var attachedBy: ID<Staff>?
    package var completedAt: Timestamp?
    package var version: Int
}

/// One answered field with its check (R1.03).
package struct IntakeField: Hashable, Sendable {
    package let formID: ID<IntakeForm>
    /// Key of the field in its form.
    package let field: String
    /// Of the medical history `yes` or `no`; of a list its code; otherwise the words.
    package let value: String
    package let note: String?
    /// Highlighted, and kept with the customer's alerts (R1.07).
    package let isSpecial: Bool
    package let filledAt: Timestamp
    package let filledBy: ID<Staff>
    package let checkedAt: Timestamp?
    package let checkedBy: ID<Staff>?

    package init(
        formID: ID<IntakeForm>, field: String, value: String, note: String?, isSpecial: Bool, filledAt: Timestamp,
        filledBy: ID<Staff>, checkedAt: Timestamp?, checkedBy: ID<Staff>?
    ) {
        self.formID = formID
        self.field = field
        self.value = value
        self.note = note
        self.isSpecial = isSpecial
        self.filledAt = filledAt
        self.filledBy = filledBy
        self.checkedAt = checkedAt
        self.checkedBy = checkedBy
    }

    package var isChecked: Bool { checkedAt != nil }
}

/// A field as it was filled in.
package struct IntakeAnswer: Hashable, Sendable {
    package var field: String
    /// Blank: not answered.
    package var value: String
    package var note: String
    package init(_ field: String, _ value: String, note: String = "") {
        self.field = field
        self.value = value
        self.note = note
    }
}

/// What a form asks.
package struct IntakeQuestion: Hashable, Sendable {
    package enum Answer: Hashable, Sendable {
        case line, text
        /// yes or no, with a note.
        case yesNo
        /// One of a list: code and label.
        case choice([Choice])
    }
    package struct Choice: Hashable, Sendable {
        package let code: String
        package let label: String
    }

    package let field: String
    package let label: String
    package let answer: Answer
    package let isRequired: Bool
    /// Of `yesNo`: yes is a special condition (R1.07).
    package let isSpecialWhenYes: Bool
    /// Of `yesNo`: yes needs words.
    package let needsNote: Bool

    init(
        _ field: String, _ label: String, _ answer: Answer = .line, isRequired: Bool = false,
        isSpecialWhenYes: Bool = false, needsNote: Bool = false
    ) {
        self.field = field
        self.label = label
        self.answer = answer
        self.isRequired = isRequired
        self.isSpecialWhenYes = isSpecialWhenYes
        self.needsNote = needsNote
    }

    /// An answer in words.
    package func text(_ value: String, note: String?) -> String {
        let words: String =
            switch answer {
            case .line, .text: value
            case .yesNo: value == IntakeQuestion.yes ? "有" : "没有"
            case .choice(let choices): choices.first { $0.code == value }?.label ?? value
            }
        return note.map { "\(words)：\($0)" } ?? words
    }

    /// For the gallery of pages.
    package static func sample(_ field: String, _ label: String, _ answer: Answer) -> IntakeQuestion {
        IntakeQuestion(field, label, answer, isRequired: true, isSpecialWhenYes: true)
    }

    package static let yes = "yes"
    package static let no = "no"
}

package enum IntakeError: UserFacingError, Hashable {
    case discarded
    case notAttached
    case alreadyAttached
    case incomplete(fields: [String])

    package var kind: FailureKind { .conflict }
    package var userMessage: String {
        switch self {
        case .discarded: "这张表已作废，请重新填一张"
        case .notAttached: "还没有核实是哪位客人填的，请先核实"
        case .alreadyAttached: "这张表已经核实到客人，请返回列表"
        case .incomplete(let fields): "签名前请先填完：\(fields.joined(separator: "、"))"
        }
    }
}
