import Kernel

/// One entry of a register as it stands now.
package struct RegisterEntry: Hashable, Sendable {
    package let id: ID<RegisterEntry>
    package let clinicID: ID<ClinicSite>
    /// Id of its definition.
    package let register: String
    package let businessDay: Day
    /// When it happened, and when somebody wrote it down.
    package let happenedAt: Timestamp
    package let recordedAt: Timestamp
    package let recordedBy: ID<Staff>
    package let patientID: ID<Patient>?
    /// Field id → stored answer, see `RegisterRules.checked`. Empty answers are not there.
    package let content: [String: String]
    package let state: State
    package let closedAt: Timestamp?
    package let closedBy: ID<Staff>?
    package let version: Int

    package enum State: String, Sendable, CaseIterable {
        case open, closed
        /// Finished when it was written: the register has no second half.
        case kept
        /// Entered by mistake; stays readable.
        case void
    }

    /// Written down so much later that reports have to say so (design idea 1): 补录.
    package var isLate: Bool { RegisterRules.isLate(happenedAt: happenedAt, recordedAt: recordedAt) }
}

/// What an entry was at one moment (R16.04): nothing is overwritten.
package struct RegisterVersion: Hashable, Sendable {
    package enum Change: String, Sendable { case entered, closed, corrected, reopened, voided }
    package let version: Int
    package let change: Change
    package let happenedAt: Timestamp
    package let content: [String: String]
    package let changedAt: Timestamp
    package let changedBy: ID<Staff>
    package let reason: String?
}

/// What the list of a register is narrowed to.
package struct RegisterFilter: Hashable, Sendable {
    package var register: String
    /// Both included.
    package var from: Day
    package var to: Day
    package var state: RegisterEntry.State?
    package var text: String?
    package init(_ register: String, from: Day, to: Day, state: RegisterEntry.State? = nil, text: String? = nil) {
        self.register = register
        self.from = from
        self.to = to
        self.state = state
        self.text = text
    }
}

/// An entry as it comes in.
package struct EnterRegister: Hashable, Sendable {
    package var register: String
    /// Field id → what was typed.
    package var typed: [String: String]
    /// nil: now.
    package var happenedAt: Timestamp?
    package init(_ register: String, _ typed: [String: String], happenedAt: Timestamp? = nil) {
        self.register = register
        self.typed = typed
        self.happenedAt = happenedAt
    }
}

package enum RegisterError: UserFacingError, Hashable {
    case notYours(title: String)
    case closed(state: String)
    case notClosed
    case keyTaken(label: String, value: String)
    case noSecondHalf

    package var kind: FailureKind {
        switch self {
        case .notYours: .forbidden
        case .keyTaken: .invalid
        case .closed, .notClosed, .noSecondHalf: .conflict
        }
    }
    package var userMessage: String {
        switch self {
        case .notYours(let title): "“\(title)”由别的岗位登记，请找他们，或换有权限的同事登录"
        case .closed(let state): "这一条已经是“\(state)”，请刷新后再看；写错了请用“更正”"
        case .notClosed: "这一条还没有办完，不用撤回"
        case .keyTaken(let label, let value): "\(label)“\(value)”正在用，请核对，或换一个"
        case .noSecondHalf: "这本登记簿写下就完成了，没有下一步"
        }
    }
}
