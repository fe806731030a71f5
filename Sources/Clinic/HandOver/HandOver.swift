import Kernel

/// A customer was handed to doctor and nurse: who, when, with which words (R4.18–R4.20).
package struct HandOver: Hashable, Sendable {
    /// How the nurse received the customer, as the attendant saw it (R4.19).
    package enum Rating: String, Sendable, CaseIterable {
        case standard, notStandard
        package var label: String { self == .standard ? "规范" : "不规范" }
    }

    package let id: ID<HandOver>
    package let clinicID: ID<ClinicSite>
    package let businessDay: Day
    package let visitID: ID<Visit>
    package let movementID: ID<Movement>
    package let doctorID: ID<Staff>
    package let introduction: String
    /// What was arranged, when it was another chair (R4.46).
    package let assignedChairID: ID<Chair>?
    /// Code of list `chairChange`.
    package let chairReason: String?
    package let chairNote: String?
    package let rating: Rating?
    package let remark: String?
    package let handedAt: Timestamp
    package let handedBy: ID<Staff>

    /// Of the signature of the nurse.
    static let signedKind = "handOver"
    /// What the nurse signs for.
    var signedText: String {
        "\(visitID.text) \(movementID.text) \(doctorID.text) \(handedAt.milliseconds) \(introduction)"
    }
}

/// What may be said about a reception. Pure.
package enum HandOverRules {
    package static let longestRemark = 100

    /// - Throws: `FormErrors` for `remark`: "not standard" says what was wrong.
    package static func check(_ rating: HandOver.Rating?, remark: String?) throws(FormErrors) {
        if (remark ?? "").count > longestRemark { throw FormErrors("remark", "最多 \(longestRemark) 个字") }
        if rating == .notStandard, remark?.nonBlank == nil { throw FormErrors("remark", "请写一句哪里不规范，方便改进") }
    }
}
