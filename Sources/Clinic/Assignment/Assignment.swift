import Kernel

/// Why this doctor: the rule that decided, the reasons, and who else was considered (R3.17). Stored with the booking.
package struct Assignment: Hashable, Sendable {
    package let rule: DoctorRule
    /// nil: nobody can be named; `reasons` and `demands` say why and what to do.
    package let doctorID: ID<Staff>?
    package let doctorName: String?
    /// The chair of the doctor at the time asked; nil without a time or a usual chair.
    package let chairID: ID<Chair>?
    package let reasons: [AssignmentReason]
    /// In the order in which they would be asked next; those who can take over have `isPossible`.
    package let alternatives: [Alternative]
    /// What is to be done or typed with this assignment; blocking ones first.
    package let demands: [AssignmentDemand]
    /// Shown everywhere as 帮XX医生 (R2.24).
    package let helpingForID: ID<Staff>?
    /// A warranty redo is booked to the cost of the doctor who did the work (R2.21).
    package let costDoctorID: ID<Staff>?
    /// The specialist who follows a first examination by a colleague (R3.19).
    package let specialistID: ID<Staff>?

    /// "从一 · 一直由林书远医生看诊"
    package var summary: String {
        [rule.label, reasons.first?.text].compactMap(\.self).joined(separator: " · ")
    }

    package struct Alternative: Hashable, Sendable {
        package let doctorID: ID<Staff>
        package let doctorName: String
        /// Could see the customer at the time asked.
        package let isPossible: Bool
        /// Why not first.
        package let whyNot: AssignmentReason
    }
}

/// A reason with its Chinese sentence.
package struct AssignmentReason: Hashable, Sendable, Codable {
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        // Why.
        case wished, wishMet, sameDoctor, warranty, specialist, familiar, twoStep, rotation, offered, helping
        case changed, redoCost, supervisor, nobody, beforeTurn
        // Why not.
        case resting, outsideShift, taken, excluded, notWished, notOriginal, notSpecialist, laterTurn, laterRoom
        case wishUnmet, original, crowded
    }
    package let kind: Kind
    package let text: String
    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}

/// What an assignment asks for before it is good.
package struct AssignmentDemand: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// A reason of list `doctorChange` (R3.14).
        case doctorChangeReason
        /// The complaint is taken in and reported to the clinic director first (R2.22).
        case complaintRecord
        /// Only the supervisor assigns (R2.23).
        case supervisor
        /// The doctor is phoned first, and the call logged (R2.17).
        case callDoctor
    }
    package let kind: Kind
    package let rule: RuleID
    package let text: String
    /// The level of the rule stops this person here; otherwise it is only shown.
    package let blocks: Bool
    /// Whose customer it is; nil where it does not matter.
    package let doctorID: ID<Staff>?
    package init(_ kind: Kind, _ rule: RuleID, _ text: String, blocks: Bool, doctorID: ID<Staff>? = nil) {
        self.doctorID = doctorID
        self.kind = kind
        self.rule = rule
        self.text = text
        self.blocks = blocks
    }
}
