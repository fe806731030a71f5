import Kernel
import Storage

/// The end of a visit. Every arrival ends with an outcome (R2.29).
package enum Departure {
    /// Leaves the clinic: from the desk, from the waiting area, or straight from the chair.
    ///
    /// - Parameters:
    ///   - outcome: code of the list `visitOutcome`.
    ///   - reason: needed where the code asks for a note, and to close a visit of an earlier day.
    /// - Throws: `ReceptionError`.
    package static func leave(
        _ id: ID<Visit>, outcome: String?, reason: String?, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.closeVisit)
        let visit = try Arrivals.open(id, work, in: tx)
        if visit.businessDay < work.today {
            return try closeForgotten(id, outcome: outcome ?? "", reason: reason ?? "", by: work, in: tx)
        }
        guard let code = work.playbook.codes(.visitOutcome).first(where: { $0.code == outcome }) else {
            throw ReceptionError.outcomeNeeded
        }
        if code.needsNote, reason?.nonBlank == nil { throw ReceptionError.reasonNeeded }
        if let movement = try MovementStore.findOpen(visit: id, in: tx) {
            try ChairUse.recordExit(movement, visit, at: work.now, lateReason: nil, work, in: tx)
        }
        try QueueStore.close(id, at: work.now, in: tx)
        try VisitStore.setLeft(id, at: work.now, outcome: code.code, reason: reason?.nonBlank, in: tx)
        try VisitFacts.record(.left, of: id, detail: code.label, by: work, in: tx)
        try VisitTasks.reconcile(try VisitStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(
            Event(
                "visit.left", of: id, patient: visit.patientID,
                ["outcome": .text(code.code), "reason": JSONValue(reason?.nonBlank)]),
            by: work, in: tx)
    }

    /// Closes a visit that was left open on an earlier day, at the end of that day, marked as late-recorded (design §9).
    package static func closeForgotten(
        _ id: ID<Visit>, outcome: String, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.closeVisit)
        let visit = try Arrivals.open(id, work, in: tx)
        guard visit.businessDay < work.today else { throw ReceptionError.timeOutsideDay }
        guard let reason = reason.nonBlank else { throw ReceptionError.reasonNeeded }
        guard work.playbook.codes(.visitOutcome).contains(where: { $0.code == outcome }) else {
            throw ReceptionError.outcomeNeeded
        }
        let movement = try MovementStore.findOpen(visit: id, in: tx)
        let closing = max(
            work.clinic.calendar.instant(visit.businessDay, work.clinic.closes),
            movement?.enteredAt ?? visit.finishedAt ?? visit.arrivedAt)
        if let movement {
            try ChairUse.recordExit(movement, visit, at: closing, lateReason: reason, work, in: tx)
        }
        try QueueStore.close(id, at: work.now, in: tx)
        try VisitStore.setLeft(id, at: closing, outcome: outcome, reason: reason, in: tx)
        try VisitFacts.record(.left, of: id, happenedAt: closing, lateReason: reason, by: work, in: tx)
        try VisitTasks.reconcile(try VisitStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(
            Event(
                "visit.closedLate", of: id, patient: visit.patientID,
                ["outcome": .text(outcome), "reason": .text(reason)]),
            by: work, in: tx)
    }
}
