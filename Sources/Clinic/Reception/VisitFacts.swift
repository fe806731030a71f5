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

    /// Takes back the newest fact of a visit: within the undo time and by its author only.
    ///
    /// - Throws: `UndoError`.
    package static func undoLast(_ id: ID<Visit>, by work: Work, in tx: any WriteTransaction) throws -> VisitFact {
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        guard let fact = try VisitFactStore.findLast(id, in: tx) else { throw UndoError.tooLate }
        guard fact.recordedBy == work.actor.id else { throw UndoError.notYours }
        guard work.now <= fact.recordedAt.adding(seconds: work.playbook[.factUndoSeconds]) else {
            throw UndoError.tooLate
        }
        try reverse(fact, visit, work, in: tx)
        try VisitFactStore.markUndone(fact.id, by: work.actor.id, at: work.now, in: tx)
        try VisitTasks.reconcile(try VisitStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(
            Event("visit.undone", of: id, patient: visit.patientID, ["fact": .text(fact.kind.rawValue)]), by: work,
            in: tx)
        return fact
    }

    private static func reverse(
        _ fact: VisitFact, _ visit: Visit, _ work: Work, in tx: any WriteTransaction
    ) throws {
        switch fact.kind {
        case .arrived:
            try QueueStore.close(visit.id, at: work.now, in: tx)
            try VisitStore.withdraw(visit.id, at: work.now, in: tx)
            if let id = visit.appointmentID {
                let appointment = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
                try AppointmentTasks.reconcile(appointment, hasArrived: false, by: work, in: tx)
            }
        case .called:
            if let ticket = try QueueStore.findOpen(visit.id, in: tx) {
                _ = try QueueStore.setSkipped(ticket, at: nil, in: tx)
            }
        case .skipped:
            if let ticket = try QueueStore.findOpen(visit.id, in: tx) {
                _ = try QueueStore.setSkipped(ticket, at: nil, in: tx)
            }
        case .ledIn:
            if let movement = try MovementStore.findOpen(visit: visit.id, in: tx) {
                try MovementStore.exit(
                    movement, happenedAt: movement.enteredAt, recordedAt: work.now, by: work.actor.id, in: tx)
                try MovementStore.setCleaned(movement, at: work.now, in: tx)
            }
            try VisitStore.setSeated(visit.id, at: nil, in: tx)
            try QueueStore.reopenLast(visit.id, in: tx)
        case .nearlyDone:
            if let movement = try MovementStore.findOpen(visit: visit.id, in: tx) {
                try MovementStore.setNearlyDone(movement, at: nil, in: tx)
            }
        case .exited:
            if let movement = try MovementStore.findLast(visit: visit.id, in: tx) {
                guard try MovementStore.undoExit(movement, in: tx) else { throw ReceptionError.notInChair }
            }
            try VisitStore.setFinished(visit.id, at: nil, in: tx)
        case .cleaned:
            if let movement = try MovementStore.findLast(visit: visit.id, in: tx) {
                try MovementStore.setCleaned(movement, at: nil, in: tx)
            }
        case .left:
            try VisitStore.setLeft(visit.id, at: nil, outcome: nil, reason: nil, in: tx)
        case .explained, .educated: break
        }
    }

    /// States the true time of arrival, lead-in, exit or leaving after the event, within its business day, with a reason.
    /// The recorder may; so may who has `editOtherPatients`. Reports mark such facts as late-recorded.
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
        let facts = try VisitFactStore.list(id, in: tx).filter { $0.kind == kind && $0.undoneAt == nil }
        guard let fact = facts.last else { throw NotFound("记录") }
        if fact.recordedBy != work.actor.id { try work.actor.require(.editOtherPatients) }
        switch kind {
        case .arrived: try VisitStore.setArrived(id, at: happenedAt, in: tx)
        case .ledIn: try VisitStore.setSeated(id, at: happenedAt, in: tx)
        case .exited: try VisitStore.setFinished(id, at: happenedAt, in: tx)
        case .left: try VisitStore.setLeft(id, at: happenedAt, outcome: visit.outcome, reason: nil, in: tx)
        default: throw NotFound("可更正的时间")
        }
        try VisitFactStore.markUndone(fact.id, by: work.actor.id, at: work.now, in: tx)
        try record(kind, of: id, happenedAt: happenedAt, detail: fact.detail, lateReason: reason, by: work, in: tx)
        try Audit.append(
            Event(
                "visit.timeCorrected", of: id, patient: visit.patientID,
                [
                    "fact": .text(kind.rawValue), "from": JSONValue(fact.happenedAt), "to": JSONValue(happenedAt),
                    "reason": .text(reason),
                ]),
            by: work, in: tx)
    }
}

/// Keeps the tasks of a visit equal to what it owes.
enum VisitTasks {
    static func reconcile(_ visit: Visit, by work: Work, in tx: any WriteTransaction) throws {
        let patient = try PatientStore.get(visit.patientID, in: tx)
        let doctor = try visit.doctorID.flatMap { try StaffStore.find($0, in: tx)?.name }
        let facts = VisitObligations.facts(
            of: visit, toldAt: visit.toldWaitMinutes == nil ? nil : visit.arrivedAt,
            estimateLimit: work.playbook[.waitDoctorEstimateMinutes],
            label: [patient.name, doctor].compactMap(\.self).joined(separator: " · "))
        try Tasks.reconcile(
            facts, of: TaskSubject(.visit, visit.id), scope: VisitObligations.scope, cause: "客人已不在候诊", by: work,
            in: tx)
    }
}
