import Kernel
import Storage

/// What people do with tasks.
package enum TaskWork {
    /// Minutes until a call made in vain comes back.
    static let retryMinutes = 60

    /// What the page offers next after an outcome was recorded.
    package struct Recorded: Hashable, Sendable {
        package let task: TaskItem
        package let next: Code.NextStep
    }

    /// The answers a task can have: those of its script, or the list its rule names.
    package static func outcomes(of task: TaskItem, playbook: Playbook) -> [Code] {
        if let script = task.script.flatMap({ playbook.script($0) }), !script.outcomes.isEmpty {
            return script.outcomes
        }
        guard let list = playbook.taskRules.first(where: { $0.id == task.rule })?.outcomes else { return [] }
        return playbook.codes(list)
    }

    /// Records one answer: closes the task, or counts an attempt in vain and brings it back later (R8.01, R3.25).
    ///
    /// - Throws: `TaskError`, `NotAllowed`, `NotFound`.
    package static func recordOutcome(
        _ id: ID<TaskItem>, outcome: String, note: String?, by work: Work, in tx: any WriteTransaction
    ) throws -> Recorded {
        try work.actor.require(.workTasks)
        let task = try TaskStore.get(id, clinic: work.clinic.id, in: tx)
        if !task.belongs(to: work.actor) { try work.actor.require(.workAnyTask) }
        guard task.isOpen else { throw TaskError.alreadyClosed(by: try doneByName(task, in: tx)) }
        guard let code = outcomes(of: task, playbook: work.playbook).first(where: { $0.code == outcome }) else {
            throw TaskError.unknownOutcome
        }
        if code.needsNote, note?.nonBlank == nil { throw TaskError.noteNeeded }
        let next = code.next ?? .close
        try TaskStore.recordAttempt(
            task, id: work.newID(TaskItem.self).raw, outcome: outcome, note: note?.nonBlank, by: work.actor.id,
            at: work.now, in: tx)
        let saved =
            next == .retry
            ? try TaskStore.postpone(task, until: work.now.adding(minutes: retryMinutes), in: tx)
            : try TaskStore.close(
                task, outcome: outcome, note: note?.nonBlank, by: work.actor.id, at: work.now, in: tx)
        guard saved else { throw TaskError.alreadyClosed(by: nil) }
        try Audit.append(
            Event(
                next == .retry ? "task.attempted" : "task.done", of: task.id, patient: task.patientID,
                ["rule": .text(task.rule), "outcome": .text(outcome), "note": JSONValue(note?.nonBlank)]),
            by: work, in: tx)
        return Recorded(task: task, next: next)
    }

    /// Takes back an outcome within the undo time, by its author (design idea 1).
    package static func undo(_ id: ID<TaskItem>, by work: Work, in tx: any WriteTransaction) throws {
        let task = try TaskStore.get(id, clinic: work.clinic.id, in: tx)
        guard let doneAt = task.doneAt, task.doneBy == work.actor.id,
            work.now <= doneAt.adding(seconds: work.playbook[.factUndoSeconds])
        else { throw UndoError.tooLate }
        try TaskStore.reopen(id, in: tx)
        try Audit.append(Event("task.reopened", of: id, patient: task.patientID), by: work, in: tx)
    }

    /// Marks overdue tasks as reported to the role their rule names, once the moment of the escalation has come (R3.26):
    /// one digest a person (design idea 3).
    /// - Returns: how many were marked.
    package static func escalateOverdue(by work: Work, in tx: any WriteTransaction) throws -> Int {
        let overdue = try TaskStore.listToEscalate(clinic: work.clinic.id, now: work.now, limit: 500, in: tx)
        var byRole: [String: [ID<TaskItem>]] = [:]
        for task in overdue {
            guard let rule = work.playbook.taskRules.first(where: { $0.id == task.rule }),
                let escalation = rule.escalation,
                Obligations.reportedAt(
                    task, by: rule, escalation, playbook: work.playbook, calendar: work.clinic.calendar) <= work.now
            else { continue }
            byRole[escalation.role, default: []].append(task.id)
        }
        for (role, ids) in byRole.sorted(by: { $0.key < $1.key }) {
            try TaskStore.markEscalated(ids, to: role, at: work.now, in: tx)
            try Audit.append(
                ids.map { Event("task.escalated", of: $0, ["role": .text(role)]) }, by: work.bySystem, lane: work.lane,
                in: tx)
        }
        return byRole.values.map(\.count).reduce(0, +)
    }

    private static func doneByName(_ task: TaskItem, in tx: any ReadTransaction) throws -> String? {
        guard let doneBy = task.doneBy else { return nil }
        return try StaffStore.names([doneBy], in: tx)[doneBy]
    }
}

/// The undo time of ten seconds is over, or somebody else recorded the fact.
package enum UndoError: UserFacingError, Hashable {
    case tooLate
    case notYours

    package var kind: FailureKind { .conflict }
    package var userMessage: String {
        switch self {
        case .tooLate: "撤销时间已过，请用更正功能填写真实时间和原因"
        case .notYours: "这一步不是您记录的，请让记录人撤销，或由主管更正"
        }
    }
}
