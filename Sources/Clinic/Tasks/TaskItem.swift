import Kernel

/// A task: work that is due, with its owner, and what was done about it.
package struct TaskItem: Hashable, Sendable {
    package let id: ID<TaskItem>
    package let clinicID: ID<ClinicSite>
    package let key: String
    package let rule: String
    package let subject: TaskSubject
    package let patientID: ID<Patient>?
    package let ownerRole: String
    package let ownerID: ID<Staff>?
    package let reason: String
    package let channel: TaskRule.Channel
    package let script: String?
    package let dueDay: Day
    package let dueFrom: Timestamp
    package let dueAt: Timestamp
    package let attempts: Int
    package let nextTryAt: Timestamp?
    package let doneAt: Timestamp?
    package let doneBy: ID<Staff>?
    package let outcome: String?
    package let outcomeNote: String?
    package let withdrawnAt: Timestamp?
    package let withdrawnCause: String?
    package let escalatedAt: Timestamp?
    package let version: Int

    /// What its rule is called: 预约提醒, 术后次日回访.
    package func label(_ playbook: Playbook) -> String { playbook.taskRule(rule)?.label ?? "待办" }

    package var isOpen: Bool { doneAt == nil && withdrawnAt == nil }

    package enum Urgency: String, Sendable { case overdue, now, later }
    /// Overdue after `dueAt`; now from `dueFrom` (or the agreed next try) on; later before that.
    package func urgency(at now: Timestamp) -> Urgency {
        if let nextTryAt, nextTryAt > now { return .later }
        if dueAt < now { return .overdue }
        return dueFrom <= now ? .now : .later
    }

    /// Whether the task is on this person's workbench: named owner, or anyone of the role when nobody is named.
    package func belongs(to actor: Actor) -> Bool {
        if let ownerID, ownerID == actor.id { return true }
        return actor.roles.contains(ownerRole)
    }
}

package enum TaskError: UserFacingError, Hashable {
    case alreadyClosed(by: String?)
    case unknownOutcome
    case noteNeeded

    package var kind: FailureKind {
        switch self {
        case .alreadyClosed: .conflict
        case .unknownOutcome, .noteNeeded: .invalid
        }
    }
    package var userMessage: String {
        switch self {
        case .alreadyClosed(let name): "这件事\(name.map { "已由\($0)" } ?? "已经")处理过了，请刷新工作台看最新结果"
        case .unknownOutcome: "请从列出的结果中选一项"
        case .noteNeeded: "这个结果需要写一句说明，写好后再记录"
        }
    }
    package var field: String? {
        switch self {
        case .alreadyClosed: nil
        case .unknownOutcome: "outcome"
        case .noteNeeded: "note"
        }
    }
}
