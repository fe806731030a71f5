import Kernel

/// A written note to a doctor who is treating: a question nobody calls into the room (R4.17).
package struct DoctorNote: Hashable, Sendable {
    /// The four codes a doctor answers with.
    package enum Answer: String, Sendable, CaseIterable {
        case comeIn, wait, book, otherDoctor

        package var label: String {
            switch self {
            case .comeIn: "请进来"
            case .wait: "等一会儿"
            case .book: "另约时间"
            case .otherDoctor: "找其他医生"
            }
        }
    }

    package let id: ID<DoctorNote>
    package let clinicID: ID<ClinicSite>
    package let businessDay: Day
    package let doctorID: ID<Staff>
    /// nil: the customer is not checked in.
    package let visitID: ID<Visit>?
    package let patientID: ID<Patient>?
    package let body: String
    package let sentAt: Timestamp
    package let sentBy: ID<Staff>
    package let answer: Answer?
    /// Only with `wait`.
    package let minutes: Int?
    package let answerNote: String?
    package let answeredAt: Timestamp?
    package let answeredBy: ID<Staff>?
    /// The answer was carried out.
    package let actedAt: Timestamp?
    package let actedBy: ID<Staff>?
    package let withdrawnAt: Timestamp?
    package let version: Int

    package enum State: String, Sendable { case open, answered, acted, withdrawn }
    package var state: State {
        if withdrawnAt != nil { return .withdrawn }
        if actedAt != nil { return .acted }
        return answer == nil ? .open : .answered
    }

    /// "等 15 分钟"
    package var answerText: String? {
        answer.map { answer in minutes.map { "等 \($0) 分钟" } ?? answer.label }
    }
}

/// What may be written and answered. Pure.
package enum DoctorNoteRules {
    package static let longest = 120
    /// Minutes a doctor may ask a customer to wait.
    package static let waits = 1...240
    /// Offered as one tap each.
    package static let usualWaits = [5, 10, 15, 20, 30]

    /// - Throws: `FormErrors` for `body`.
    package static func check(body: String) throws(FormErrors) {
        guard body.nonBlank != nil else { throw FormErrors("body", "请写下要问医生的事，一两句就好") }
        if body.count > longest { throw FormErrors("body", "最多 \(longest) 个字，医生一眼能看完") }
    }

    /// - Throws: `FormErrors` for `minutes`: only "wait" has them, and needs them.
    package static func check(_ answer: DoctorNote.Answer, minutes: Int?) throws(FormErrors) {
        switch (answer, minutes) {
        case (.wait, nil): throw FormErrors("minutes", "请选等几分钟")
        case (.wait, .some(let minutes)) where !waits.contains(minutes):
            throw FormErrors("minutes", "请填写 \(waits.lowerBound) 到 \(waits.upperBound) 之间的分钟数")
        default: break
        }
    }

    /// Nobody has answered for too long: the note turns loud and the sender is reminded.
    package static func isLate(sentAt: Timestamp, answeredAt: Timestamp?, now: Timestamp, limit: Int) -> Bool {
        answeredAt == nil && now.minutes(since: sentAt) >= limit
    }
}

package enum DoctorNoteError: UserFacingError, Hashable {
    case answered(String, by: String)
    case withdrawn
    case notAnswered
    case notYours
    case doctorNeeded

    package var kind: FailureKind {
        switch self {
        case .answered, .withdrawn, .notAnswered: .conflict
        case .notYours: .forbidden
        case .doctorNeeded: .invalid
        }
    }
    package var userMessage: String {
        switch self {
        case .answered(let answer, let name): "\(name)已经答复：\(answer)，请刷新后按答复办理"
        case .withdrawn: "这张纸条已经撤回，不用再答复"
        case .notAnswered: "医生还没有答复，请再等一会儿或当面去问"
        case .notYours: "这张纸条是写给别的医生的，请由收条的医生或护士答复"
        case .doctorNeeded: "请选写给哪位医生"
        }
    }
    package var field: String? { self == .doctorNeeded ? "doctor" : nil }
}
