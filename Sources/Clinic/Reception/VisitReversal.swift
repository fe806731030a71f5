import Kernel
import Storage

/// Puts a visit back to what it was before its newest fact.
enum VisitReversal {
    static func reverse(_ fact: VisitFact, _ visit: Visit, _ work: Work, in tx: any WriteTransaction) throws {
        let before = try VisitFactStore.list(visit.id, in: tx).filter { $0.undoneAt == nil && $0.id != fact.id }
        switch fact.kind {
        case .arrived: try withdraw(visit, work, in: tx)
        case .called, .skipped, .requeued: try restoreTicket(visit, before, in: tx)
        case .ledIn: try leadOut(visit, before, work, in: tx)
        case .nearlyDone:
            if let movement = try MovementStore.findOpen(visit: visit.id, in: tx) {
                try MovementStore.setNearlyDone(movement, at: nil, in: tx)
            }
        case .exited:
            if let movement = try MovementStore.findLast(visit: visit.id, in: tx) {
                guard try MovementStore.undoExit(movement, in: tx) else { throw ReceptionError.notInChair }
                try MovementStore.undoCompanionExits(of: visit.id, recordedAt: fact.recordedAt, in: tx)
            }
            try VisitStore.setFinished(visit.id, at: nil, in: tx)
        case .cleaned:
            if let movement = try MovementStore.findLast(visit: visit.id, in: tx) {
                try MovementStore.setCleaned(movement, at: nil, in: tx)
            }
        case .left:
            try VisitStore.setLeft(visit.id, at: nil, outcome: nil, reason: nil, in: tx)
            // Who left without having been seen is waiting again, with the same number.
            if visit.seatedAt == nil { try QueueStore.reopenLast(visit.id, in: tx) }
        case .moved: try QueueMoveStore.undoLast(of: visit.id, at: work.now, in: tx)
        // The state of the chair is derived from the taps.
        case .treated, .leaving: break
        case .explained, .educated, .educationDeclined: try reopenOffer(fact, work, in: tx)
        case .bookingExplained, .acknowledged: break
        }
    }

    /// What was answered at that instant is due again; who waits no longer has it withdrawn with the visit's tasks.
    private static func reopenOffer(_ fact: VisitFact, _ work: Work, in tx: any WriteTransaction) throws {
        for task in try TaskStore.list(of: TaskSubject(.visit, fact.visitID), in: tx)
        where task.doneAt == fact.recordedAt
            && [.waitEstimated, .visitWaiting].contains(work.playbook.taskRule(task.rule)?.fact)
        {
            try TaskStore.reopen(task.id, in: tx)
            try Audit.append(Event("task.reopened", of: task.id, patient: task.patientID), by: work, in: tx)
        }
    }

    private static func withdraw(_ visit: Visit, _ work: Work, in tx: any WriteTransaction) throws {
        try QueueStore.close(visit.id, at: work.now, in: tx)
        try VisitStore.withdraw(visit.id, at: work.now, in: tx)
        guard let id = visit.appointmentID else { return }
        let appointment = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
        try AppointmentTasks.reconcile(appointment, hasArrived: false, by: work, in: tx)
    }

    private static func restoreTicket(_ visit: Visit, _ before: [VisitFact], in tx: any WriteTransaction) throws {
        guard let ticket = try QueueStore.findOpen(visit.id, in: tx) else { return }
        let last = before.last { [.called, .skipped, .requeued].contains($0.kind) }
        try QueueStore.restore(
            ticket, calledAt: last?.kind == .called ? last?.happenedAt : nil,
            callCount: before.count { $0.kind == .called }, skippedAt: last?.kind == .skipped ? last?.happenedAt : nil,
            in: tx)
    }

    /// The row in the chair stays as a stay of no length; an earlier stay of the same visit counts again.
    private static func leadOut(
        _ visit: Visit, _ before: [VisitFact], _ work: Work, in tx: any WriteTransaction
    ) throws {
        if let movement = try MovementStore.findOpen(visit: visit.id, in: tx) {
            try MovementStore.exit(
                movement, happenedAt: movement.enteredAt, recordedAt: work.now, by: work.actor.id, in: tx)
            try MovementStore.exitCompanions(
                of: visit.id, happenedAt: work.now, recordedAt: work.now, by: work.actor.id, in: tx)
            try MovementStore.setCleaned(movement, at: work.now, in: tx)
        }
        let earlier = before.last { $0.kind == .exited }
        try VisitStore.setFinished(visit.id, at: earlier?.happenedAt, in: tx)
        guard earlier == nil else { return }
        try VisitStore.setSeated(visit.id, at: nil, in: tx)
        try QueueStore.reopenLast(visit.id, in: tx)
    }
}
