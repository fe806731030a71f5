import Kernel
import Storage

/// Does checklists (design idea 2): each tap is kept at once, so that nothing is lost when somebody is called away.
package enum Checklists {
    /// Makes the runs of the day that are missing, with their tasks. Called every few minutes, so that a list switched on
    /// in the middle of a day counts from then on; a window that is over before its run exists is not asked for.
    /// - Returns: how many were made.
    package static func makeDue(by work: Work, in tx: any WriteTransaction) throws -> Int {
        let lists = work.playbook.liveChecklists.filter { !$0.windows.isEmpty }
        guard !lists.isEmpty else { return 0 }
        let known = Set(
            try ChecklistStore.list(clinic: work.clinic.id, day: work.today, in: tx)
                .map { "\($0.checklist):\($0.occurrence)" })
        let rooms = try PlaceStore.rooms(clinic: work.clinic.id, in: tx)
        var made = 0
        for list in lists {
            let planned = ChecklistRules.planned(
                list, day: work.today, rooms: rooms, playbook: work.playbook, calendar: work.clinic.calendar)
            for plan in planned where !known.contains("\(list.id):\(plan.occurrence)") && plan.dueAt > work.now {
                let run = run(list, plan.occurrence, plan.label, opensAt: plan.opensAt, dueAt: plan.dueAt, work)
                guard try ChecklistStore.insert(run, in: tx) else { continue }
                try reconcile(run, list, cause: "", by: work, in: tx)
                made += 1
            }
        }
        return made
    }

    /// Begins one by hand.
    /// - Throws: `ChecklistError`, `NotFound`, `NotAllowed`.
    package static func begin(
        _ checklist: String, by work: Work, in tx: any WriteTransaction
    ) throws -> ChecklistRun {
        let list = try live(checklist, work)
        guard list.every == .demand else { throw ChecklistError.notByHand }
        return try start(list, occurrence: work.newID(ChecklistRun.self).text, label: "", by: work, in: tx)
    }

    /// One tap. An answer out of limit needs a note; the same answer again takes nothing away.
    /// - Parameter typed: "" takes the mark back.
    /// - Throws: `ChecklistError`, `NotFound`, `NotAllowed`.
    package static func mark(
        _ id: ID<ChecklistRun>, item itemID: String, typed: String, note: String?, by work: Work,
        in tx: any WriteTransaction
    ) throws -> ChecklistRun {
        let run = try ChecklistStore.get(id, clinic: work.clinic.id, in: tx)
        let list = try live(run.checklist, work)
        guard !run.isComplete else { throw ChecklistError.completed }
        guard let item = list.item(itemID) else { throw NotFound("检查项") }
        let judged = try ChecklistRules.judge(item, typed: typed, playbook: work.playbook)
        if judged.isOut, note?.nonBlank == nil { throw ChecklistError.noteNeeded(item: itemID) }
        try add(judged, note: note, to: run, item: itemID, by: work, in: tx)
        try reconcile(run, list, cause: "已重新检查", by: work, in: tx)
        return run
    }

    /// All is answered.
    /// - Throws: `ChecklistError`, `NotFound`, `NotAllowed`.
    package static func complete(
        _ id: ID<ChecklistRun>, by work: Work, in tx: any WriteTransaction
    ) throws -> ChecklistRun {
        let run = try ChecklistStore.get(id, clinic: work.clinic.id, in: tx)
        let list = try live(run.checklist, work)
        let marks = try ChecklistStore.marks(of: [id], in: tx)[id] ?? []
        let missing = ChecklistRules.missing(list, marks)
        guard missing.isEmpty else { throw ChecklistError.unfinished(missing: missing.map(\.label)) }
        guard try ChecklistStore.complete(id, at: work.now, by: work.actor.id, in: tx) else {
            throw ChecklistError.completed
        }
        let done = try ChecklistStore.get(id, clinic: work.clinic.id, in: tx)
        try Audit.append(
            Event("checklistRun.completed", of: id, patient: run.patientID, ["checklist": .text(list.id)]), by: work,
            in: tx)
        try reconcile(done, list, cause: "已完成", by: work, in: tx)
        return done
    }

    /// A run that something else made, with all its answers at once (R4.37: after a payment; R2.30: at the door).
    /// - Parameter values: item → typed; whatever is out of limit takes `note`.
    /// - Throws: `ChecklistError`, `NotFound`, `NotAllowed`.
    package static func record(
        _ checklist: String, occurrence: String, label: String, patient: ID<Patient>?, values: [String: String],
        note: String?, by work: Work, in tx: any WriteTransaction
    ) throws -> ChecklistRun {
        let list = try live(checklist, work)
        for item in list.items where !item.isOptional && values[item.id]?.nonBlank == nil {
            throw ChecklistError.invalid(
                item: item.id, message: item.kind == .tick ? "请勾选“\(item.label)”" : "请填写\(item.label)")
        }
        let run = try start(list, occurrence: occurrence, label: label, patient: patient, by: work, in: tx)
        for item in list.items {
            guard let typed = values[item.id]?.nonBlank else { continue }
            let judged = try ChecklistRules.judge(item, typed: typed, playbook: work.playbook)
            try add(judged, note: judged.isOut ? note : nil, to: run, item: item.id, by: work, in: tx)
        }
        return try complete(run.id, by: work, in: tx)
    }

    // MARK: - Parts

    static func live(_ id: String, _ work: Work) throws -> ChecklistDefinition {
        try work.actor.require(.keepRegisters)
        guard let list = work.playbook.checklist(id), work.playbook.isLive(list) else { throw NotFound("检查表") }
        return list
    }

    private static func start(
        _ list: ChecklistDefinition, occurrence: String, label: String, patient: ID<Patient>? = nil, by work: Work,
        in tx: any WriteTransaction
    ) throws -> ChecklistRun {
        let run = run(list, occurrence, label, patient: patient, opensAt: work.now, dueAt: nil, work)
        guard try ChecklistStore.insert(run, in: tx) else { throw ChecklistError.completed }
        try Audit.append(
            Event("checklistRun.begun", of: run.id, patient: patient, ["checklist": .text(list.id)]), by: work, in: tx)
        return run
    }

    private static func run(
        _ list: ChecklistDefinition, _ occurrence: String, _ label: String, patient: ID<Patient>? = nil,
        opensAt: Timestamp, dueAt: Timestamp?, _ work: Work
    ) -> ChecklistRun {
        ChecklistRun(
            id: work.newID(), clinicID: work.clinic.id, checklist: list.id, businessDay: work.today,
            occurrence: occurrence, label: label, patientID: patient, opensAt: opensAt, dueAt: dueAt, completedAt: nil,
            completedBy: nil, version: 1)
    }

    static func add(
        _ judged: ChecklistRules.Judged, note: String?, to run: ChecklistRun, item: String, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        let marks = try ChecklistStore.marks(of: [run.id], in: tx)[run.id] ?? []
        let turn = (marks.filter { $0.item == item }.map(\.turn).max() ?? 0) + 1
        let mark = ChecklistMark(
            item: item, turn: turn, value: judged.value, note: note?.nonBlank.map { String($0.prefix(200)) },
            isOut: judged.isOut, markedAt: work.now, markedBy: work.actor.id)
        try ChecklistStore.insert(mark, of: run.id, in: tx)
        try Audit.append(
            Event(
                "checklistRun.marked", of: run.id, patient: run.patientID,
                ["checklist": .text(run.checklist), "item": .text(item), "out": .bool(judged.isOut)]), by: work, in: tx)
    }

    static func reconcile(
        _ run: ChecklistRun, _ list: ChecklistDefinition, cause: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        let marks = try ChecklistStore.marks(of: [run.id], in: tx)[run.id] ?? []
        try Tasks.reconcile(
            ChecklistObligations.facts(run, list, marks, calendar: work.clinic.calendar),
            of: TaskSubject(.checklistRun, run.id), scope: ChecklistObligations.scope, cause: cause, by: work, in: tx)
    }
}
