import Kernel
import Storage

/// Records the answer to a task and carries out what follows from it (R3.25, R8.06, R8.07, R8.10).
package enum Calls {
    /// - Parameters:
    ///   - outcome: one of `TaskWork.outcomes`.
    ///   - callbackAt: the promised instant, where the outcome promises a call.
    /// - Returns: the task and what the page offers next.
    package static func record(
        _ id: ID<TaskItem>, outcome: String, note: String?, callbackAt: Timestamp? = nil, by work: Work,
        in tx: any WriteTransaction
    ) throws -> TaskWork.Recorded {
        let recorded = try TaskWork.recordOutcome(id, outcome: outcome, note: note, by: work, in: tx)
        let task = recorded.task
        try VisitRequests.follow(task, outcome: outcome, note: note, by: work, in: tx)
        switch recorded.next {
        case .close where outcome == "confirmed": try confirmBooking(task, work, in: tx)
        case .close where task.subject.kind == .deferral:
            _ = try Deferrals.giveUp(ID(raw: task.subject.id), note: note, by: work, in: tx)
        case .close, .book: try noteOnVisit(task, outcome, work, in: tx)
        case .doctorCallback: try makeDue(.followUpAnswered, [.needsDoctor], at: work.now, task, note, work, in: tx)
        case .escalate: try makeDue(.followUpAnswered, [.needsSupervisor], at: work.now, task, note, work, in: tx)
        case .callback:
            guard let callbackAt, callbackAt > work.now else {
                throw FormErrors("callbackAt", "请填写约好的回电时间，要在现在之后")
            }
            try makeDue(.callbackPromised, [.noLaterBooking], at: callbackAt, task, note, work, in: tx)
        default: break
        }
        return recorded
    }

    /// Takes an answer back within the undo time, with everything it caused: the confirmation of the booking, tasks for
    /// doctor, supervisor or callback, the explanation noted on the visit.
    /// - Throws: `UndoError`.
    package static func undo(_ id: ID<TaskItem>, by work: Work, in tx: any WriteTransaction) throws {
        let task = try TaskStore.get(id, clinic: work.clinic.id, in: tx)
        try TaskWork.undo(id, by: work, in: tx)
        let subject = TaskSubject(.task, id)
        try Tasks.reconcile(
            [], of: subject, scope: [.followUpAnswered, .callbackPromised], cause: "结果已撤销", by: work, in: tx)
        try VisitRequests.reopen(task, by: work, in: tx)
        switch task.subject.kind {
        case .appointment where task.outcome == "confirmed":
            let appointment = try AppointmentStore.get(ID(raw: task.subject.id), clinic: work.clinic.id, in: tx)
            guard appointment.confirmed?.by == work.actor.id, appointment.confirmed?.at == task.doneAt else { return }
            _ = try Booking.unconfirm(appointment.id, version: appointment.version, by: work, in: tx)
        case .visit where task.rule == "wait.explain" || task.rule == "wait.education":
            try VisitFacts.withdraw(
                [.explained, .educated, .educationDeclined], of: ID(raw: task.subject.id), at: task.doneAt, by: work,
                in: tx)
        default: break
        }
    }

    /// The customer said yes: the booking shows as confirmed as well.
    private static func confirmBooking(_ task: TaskItem, _ work: Work, in tx: any WriteTransaction) throws {
        guard task.subject.kind == .appointment, work.actor.may(.bookAppointments) else { return }
        let appointment = try AppointmentStore.get(ID(raw: task.subject.id), clinic: work.clinic.id, in: tx)
        guard appointment.isLive, appointment.confirmed == nil else { return }
        _ = try Booking.confirm(appointment.id, version: appointment.version, by: work, in: tx)
    }

    /// Explained (R4.04) or educated (R4.03): a fact of the visit, for the waiting report.
    private static func noteOnVisit(
        _ task: TaskItem, _ outcome: String, _ work: Work, in tx: any WriteTransaction
    ) throws {
        guard task.subject.kind == .visit else { return }
        let kind: VisitFact.Kind? =
            switch task.rule {
            case "wait.explain": .explained
            case "wait.education":
                outcome == "accepted" ? .educated : outcome == "declined" ? .educationDeclined : nil
            default: nil
            }
        guard let kind else { return }
        try VisitFacts.record(kind, of: ID(raw: task.subject.id), by: work, in: tx)
    }

    private static func makeDue(
        _ fact: TaskRule.Fact, _ holding: Set<TaskRule.Condition>, at anchor: Timestamp, _ task: TaskItem,
        _ note: String?, _ work: Work, in tx: any WriteTransaction
    ) throws {
        let subject = TaskSubject(.task, task.id)
        let doctor = try treatingDoctor(of: task, work, in: tx)
        try Tasks.reconcile(
            [
                TaskFact(
                    fact, of: subject, anchor: anchor, anchorDay: work.clinic.calendar.businessDay(of: anchor),
                    patientID: task.patientID, holding: holding, recorder: work.actor.id, treatingDoctor: doctor,
                    reason: [note?.nonBlank, task.reason].compactMap(\.self).joined(separator: " · "))
            ], of: subject, scope: [.followUpAnswered, .callbackPromised], cause: "已另行处理", by: work, in: tx)
    }

    private static func treatingDoctor(
        of task: TaskItem, _ work: Work, in tx: any ReadTransaction
    ) throws -> ID<Staff>? {
        switch task.subject.kind {
        case .visit: try VisitStore.get(ID(raw: task.subject.id), clinic: work.clinic.id, in: tx).doctorID
        case .appointment:
            try AppointmentStore.get(ID(raw: task.subject.id), clinic: work.clinic.id, in: tx).doctorID
        default: nil
        }
    }
}
