import Kernel
import Storage

/// Records happenings of a visit, takes them back within seconds, and states true times afterwards (design idea 1).
package enum VisitFacts {
    /// - Parameter happenedAt: nil: now. An earlier instant is a late record and needs `lateReason`.
    @discardableResult
    static func record(
        _ kind: VisitFact.Kind, of visit: ID<Visit>, happenedAt: Timestamp? = nil, detail: String? = nil,
        lateReason: String? = nil, by work: Work, in tx: any WriteTransaction
    ) throws -> ID<VisitFact> {
        let id = work.newID(VisitFact.self)
        try VisitFactStore.insert(
            id: id, visit: visit, kind: kind, happenedAt: happenedAt ?? work.now, recordedAt: work.now,
            by: work.actor.id, detail: detail, lateReason: lateReason, in: tx)
        return id
    }

    /// Takes back facts of these kinds that the actor recorded at `instant`; used when the task behind them is undone.
    static func withdraw(
        _ kinds: Set<VisitFact.Kind>, of visit: ID<Visit>, at instant: Timestamp?, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        for fact in try VisitFactStore.list(visit, in: tx)
        where kinds.contains(fact.kind) && fact.undoneAt == nil && fact.recordedAt == instant
            && fact.recordedBy == work.actor.id
        {
            try VisitFactStore.markUndone(fact.id, by: work.actor.id, at: work.now, in: tx)
        }
    }

    /// Takes back the newest fact of a visit: within the undo time and by its author only.
    ///
    /// - Throws: `UndoError`.
    package static func undoLast(_ id: ID<Visit>, by work: Work, in tx: any WriteTransaction) throws -> VisitFact {
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        guard let fact = try VisitFactStore.findLast(id, in: tx) else { throw UndoError.tooLate }
        guard fact.recordedBy == work.actor.id else { throw UndoError.notYours }
        // A time stated afterwards replaced an older row: taking back the act itself is not what is meant.
        guard fact.lateReason == nil else { throw UndoError.tooLate }
        guard work.now <= fact.recordedAt.adding(seconds: work.playbook[.factUndoSeconds]) else {
            throw UndoError.tooLate
        }
        try VisitReversal.reverse(fact, visit, work, in: tx)
        try VisitFactStore.markUndone(fact.id, by: work.actor.id, at: work.now, in: tx)
        try VisitTasks.reconcile(try VisitStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(
            Event("visit.undone", of: id, patient: visit.patientID, ["fact": .text(fact.kind.rawValue)]), by: work,
            in: tx)
        return fact
    }

    /// The moments whose time can be stated afterwards.
    package static let correctable: [VisitFact.Kind] = [.arrived, .ledIn, .exited, .left]

    /// States the true time of arrival, lead-in, exit or leaving after the event, within its business day, with a reason.
    /// The recorder may; so may who has `editOtherPatients`. Reports mark such facts as late-recorded.
    ///
    /// - Throws: `ReceptionError`, `NotFound`, `NotAllowed`.
    package static func correctTime(
        _ id: ID<Visit>, of kind: VisitFact.Kind, to happenedAt: Timestamp, reason: String, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        guard let reason = reason.nonBlank else { throw ReceptionError.reasonNeeded }
        guard happenedAt <= work.now else { throw ReceptionError.timeInFuture }
        guard visit.businessDay == work.today, work.clinic.calendar.businessDay(of: happenedAt) == work.today else {
            throw ReceptionError.timeOutsideDay
        }
        let facts = try VisitFactStore.list(id, in: tx).filter { $0.undoneAt == nil }
        guard correctable.contains(kind), let fact = facts.last(where: { $0.kind == kind }) else {
            throw NotFound("记录")
        }
        if fact.recordedBy != work.actor.id { try work.actor.require(.editOtherPatients) }
        try checkOrder(facts, moving: fact, to: happenedAt)
        try VisitFactStore.markUndone(fact.id, by: work.actor.id, at: work.now, in: tx)
        try record(kind, of: id, happenedAt: happenedAt, detail: fact.detail, lateReason: reason, by: work, in: tx)
        try move(fact, of: visit, isFirst: facts.first { $0.kind == kind }?.id == fact.id, to: happenedAt, in: tx)
        try VisitTasks.reconcile(try VisitStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(
            Event(
                "visit.timeCorrected", of: id, patient: visit.patientID,
                [
                    "fact": .text(kind.rawValue), "from": JSONValue(fact.happenedAt), "to": JSONValue(happenedAt),
                    "reason": .text(reason),
                ]),
            by: work, in: tx)
    }

    /// What was before stays before, what was after stays after.
    private static func checkOrder(_ facts: [VisitFact], moving fact: VisitFact, to happenedAt: Timestamp) throws {
        let steps = facts.filter { correctable.contains($0.kind) }
        guard let position = steps.firstIndex(where: { $0.id == fact.id }) else { return }
        if let before = steps[..<position].last, before.happenedAt > happenedAt {
            throw ReceptionError.outOfOrder(before: before.kind.label, after: fact.kind.label)
        }
        if position + 1 < steps.count, steps[position + 1].happenedAt < happenedAt {
            throw ReceptionError.outOfOrder(before: fact.kind.label, after: steps[position + 1].kind.label)
        }
    }

    private static func move(
        _ fact: VisitFact, of visit: Visit, isFirst: Bool, to happenedAt: Timestamp, in tx: any WriteTransaction
    ) throws {
        let movement = try MovementStore.findLast(visit: visit.id, in: tx)
        switch fact.kind {
        case .arrived: try VisitStore.setArrived(visit.id, at: happenedAt, in: tx)
        case .ledIn:
            if let movement { try MovementStore.setEntered(movement, at: happenedAt, in: tx) }
            // The wait ended with the first time in a chair.
            if isFirst { try VisitStore.setSeated(visit.id, at: happenedAt, in: tx) }
        case .exited:
            if let movement { try MovementStore.setExited(movement, at: happenedAt, in: tx) }
            if visit.finishedAt != nil { try VisitStore.setFinished(visit.id, at: happenedAt, in: tx) }
        default: try VisitStore.setLeftAt(visit.id, at: happenedAt, in: tx)
        }
    }
}

/// Keeps the tasks of a visit equal to what it owes.
enum VisitTasks {
    static func reconcile(_ visit: Visit, by work: Work, in tx: any WriteTransaction) throws {
        let patient = try PatientStore.get(visit.patientID, in: tx)
        let doctor = try visit.doctorID.flatMap { try StaffStore.find($0, in: tx)?.name }
        let facts = VisitObligations.facts(
            of: visit, toldAt: try ToldWaits.toldAt(visit, in: tx),
            estimateLimit: work.playbook[.waitDoctorEstimateMinutes],
            isAcknowledged: try ArrivalNotices.isAcknowledged(visit.id, in: tx),
            label: [patient.name, doctor].compactMap(\.self).joined(separator: " · "))
        try Tasks.reconcile(
            facts, of: TaskSubject(.visit, visit.id), scope: VisitObligations.scope, cause: "客人已不在候诊", by: work,
            in: tx)
    }
}
