import Kernel
import Storage

/// The end of a visit. Every arrival ends with an outcome (R2.29): the page proposes one; whether nobody leaves without is
/// the level of the rule.
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
            return try closeForgotten(id, outcome: outcome, reason: reason ?? "", by: work, in: tx)
        }
        let code = try known(outcome, work)
        if code?.needsNote == true, reason?.nonBlank == nil { throw ReceptionError.reasonNeeded }
        if let movement = try MovementStore.findOpen(visit: id, in: tx) {
            try ChairUse.recordExit(movement, visit, at: work.now, lateReason: nil, work, in: tx)
        }
        try QueueStore.close(id, at: work.now, in: tx)
        try VisitStore.setLeft(id, at: work.now, outcome: code?.code, reason: reason?.nonBlank, in: tx)
        try VisitFacts.record(.left, of: id, detail: code?.label, by: work, in: tx)
        try VisitTasks.reconcile(try VisitStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(
            Event(
                "visit.left", of: id, patient: visit.patientID,
                ["outcome": JSONValue(code?.code), "reason": JSONValue(reason?.nonBlank)]),
            by: work, in: tx)
    }

    /// - Returns: nil when no outcome was stated and the clinic lets that pass.
    private static func known(_ outcome: String?, _ work: Work) throws(ReceptionError) -> Code? {
        guard let outcome = outcome?.nonBlank else {
            if work.playbook.demands(.arrivalNeedsOutcome) { throw .outcomeNeeded }
            return nil
        }
        guard let code = work.playbook.code(outcome, in: .visitOutcome) else { throw .outcomeNeeded }
        return code
    }

    /// Closes a visit that was left open on an earlier day, at the end of that day, marked as late-recorded (design §9).
    package static func closeForgotten(
        _ id: ID<Visit>, outcome: String?, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.closeVisit)
        let visit = try Arrivals.open(id, work, in: tx)
        guard visit.businessDay < work.today else { throw ReceptionError.timeOutsideDay }
        guard let reason = reason.nonBlank else { throw ReceptionError.reasonNeeded }
        let code = try known(outcome, work)
        let movement = try MovementStore.findOpen(visit: id, in: tx)
        let closing = max(
            work.clinic.calendar.instant(visit.businessDay, work.clinic.closes),
            movement?.enteredAt ?? visit.finishedAt ?? visit.arrivedAt)
        if let movement {
            try ChairUse.recordExit(movement, visit, at: closing, lateReason: reason, work, in: tx)
        }
        try QueueStore.close(id, at: work.now, in: tx)
        try VisitStore.setLeft(id, at: closing, outcome: code?.code, reason: reason, in: tx)
        try VisitFacts.record(.left, of: id, happenedAt: closing, lateReason: reason, by: work, in: tx)
        try VisitTasks.reconcile(try VisitStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(
            Event(
                "visit.closedLate", of: id, patient: visit.patientID,
                ["outcome": JSONValue(code?.code), "reason": .text(reason)]),
            by: work, in: tx)
    }
}
