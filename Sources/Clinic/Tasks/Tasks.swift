import Kernel
import Storage

/// Keeps the task table equal to what is owed. Called by every write that changes a fact (design idea 3).
package enum Tasks {
    /// Makes missing tasks, moves changed ones, withdraws those no longer owed. A task that was done stays done.
    ///
    /// - Parameters:
    ///   - facts: all facts of `subject` that are true now, of the kinds in `scope`.
    ///   - scope: the kinds of facts the caller speaks for; tasks of other rules are left alone.
    ///   - cause: why tasks are withdrawn, in Chinese: "已取消预约".
    package static func reconcile(
        _ facts: [TaskFact], of subject: TaskSubject, scope: Set<TaskRule.Fact>, cause: String, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        let owed = Obligations.of(facts, playbook: work.playbook, calendar: work.clinic.calendar)
        let rules = Set(work.playbook.taskRules.filter { scope.contains($0.fact) }.map(\.id))
        let existing = try TaskStore.list(of: subject, in: tx).filter { rules.contains($0.rule) }
        let byKey = Dictionary(existing.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var events: [Event] = []
        for obligation in owed {
            if let task = byKey[obligation.key] {
                guard task.doneAt == nil, differs(task, from: obligation) else { continue }
                try TaskStore.update(task.id, to: obligation, in: tx)
                events.append(event("task.changed", task.id, obligation))
            } else {
                let id = work.newID(TaskItem.self)
                try TaskStore.insert(obligation, id: id, clinic: work.clinic.id, now: work.now, in: tx)
                events.append(event("task.created", id, obligation))
            }
        }
        let keys = Set(owed.map(\.key))
        let gone = existing.filter { $0.isOpen && !keys.contains($0.key) }
        if !gone.isEmpty {
            try TaskStore.withdraw(gone.map(\.id), cause: cause, now: work.now, in: tx)
            events += gone.map {
                Event(
                    "task.withdrawn", of: $0.id, patient: $0.patientID, ["rule": .text($0.rule), "cause": .text(cause)])
            }
        }
        try Audit.append(events, by: work.bySystem, lane: work.lane, in: tx)
    }

    private static func differs(_ task: TaskItem, from obligation: Obligation) -> Bool {
        !task.isOpen || task.dueFrom != obligation.dueFrom || task.dueAt != obligation.dueAt
            || task.ownerID != obligation.ownerID || task.ownerRole != obligation.ownerRole
            || task.reason != obligation.reason || task.patientID != obligation.patientID
    }

    private static func event(_ kind: String, _ id: ID<TaskItem>, _ obligation: Obligation) -> Event {
        Event(
            kind, of: id, patient: obligation.patientID,
            ["rule": .text(obligation.rule), "due": JSONValue(obligation.dueAt), "role": .text(obligation.ownerRole)])
    }
}
