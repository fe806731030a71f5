import Kernel

/// One time a checklist is to be done: a shift, a room, a customer at the door.
package struct ChecklistRun: Hashable, Sendable {
    package let id: ID<ChecklistRun>
    package let clinicID: ID<ClinicSite>
    /// Id of its definition.
    package let checklist: String
    package let businessDay: Day
    /// Tells the runs of a day apart.
    package let occurrence: String
    /// The same in words: 早班, 3 诊室; empty once a day.
    package let label: String
    package let patientID: ID<Patient>?
    package let opensAt: Timestamp
    /// nil: at once, or when a person likes.
    package let dueAt: Timestamp?
    package let completedAt: Timestamp?
    package let completedBy: ID<Staff>?
    package let version: Int

    package var isComplete: Bool { completedAt != nil }
    package func isLate(at now: Timestamp) -> Bool { !isComplete && (dueAt.map { $0 < now } ?? false) }
}

/// One answer to one item.
package struct ChecklistMark: Hashable, Sendable {
    package let item: String
    /// 1 …; the last one counts.
    package let turn: Int
    /// "" takes the mark back.
    package let value: String
    package let note: String?
    /// Out of limit when it was made.
    package let isOut: Bool
    package let markedAt: Timestamp
    package let markedBy: ID<Staff>
}

package enum ChecklistError: UserFacingError, Hashable {
    case invalid(item: String, message: String)
    case noteNeeded(item: String)
    case unfinished(missing: [String])
    case completed
    case notByHand

    package var kind: FailureKind {
        switch self {
        case .invalid, .noteNeeded, .unfinished: .invalid
        case .completed, .notByHand: .conflict
        }
    }
    package var userMessage: String {
        switch self {
        case .invalid(_, let message): message
        case .noteNeeded: "超出范围，请写一句说明：怎么回事、怎样处理"
        case .unfinished(let missing): "还有没做的：\(missing.joined(separator: "、"))"
        case .completed: "这张检查表已经完成，不能再改；有问题请再做一次"
        case .notByHand: "这张检查表到时间自动出现，不用另外开始"
        }
    }
    package var field: String? {
        switch self {
        case .invalid(let item, _), .noteNeeded(let item): "m_\(item)"
        case .unfinished, .completed, .notByHand: nil
        }
    }
}
