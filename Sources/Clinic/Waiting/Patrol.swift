import Kernel
import Storage

/// A round through the waiting area (R4.09).
package struct PatrolRound: Hashable, Sendable {
    package let id: ID<PatrolRound>
    package let walkedAt: Timestamp
    package let walkedBy: ID<Staff>
    /// Customers who waited then.
    package let waiting: Int
}

/// Something a waiting customer needs or wishes, with what came of it (R4.09, R4.47).
package struct WaitingNeed: Hashable, Sendable {
    package let id: ID<WaitingNeed>
    package let visitID: ID<Visit>?
    /// Code of the list `waitingNeed`.
    package let need: String
    package let note: String?
    package let foundAt: Timestamp
    package let foundBy: ID<Staff>
    package let metAt: Timestamp?
    package let result: String?
}

/// When a round is due. Pure.
package enum PatrolRules {
    /// The instant by which somebody should walk round; nil while nobody waits.
    ///
    /// - Parameters:
    ///   - since: when the one who waits longest came.
    ///   - last: the last round.
    ///   - interval: minutes.
    package static func due(waitingSince since: Timestamp?, last: Timestamp?, interval: Int) -> Timestamp? {
        guard let since else { return nil }
        return max(since, last ?? since).adding(minutes: interval)
    }
}

package enum Patrol {
    /// Records a round. Two taps within a minute are one round.
    package static func walk(by work: Work, in tx: any WriteTransaction) throws {
        try requireAttendance(work)
        if let last = try PatrolStore.rounds(clinic: work.clinic.id, day: work.today, in: tx).last,
            work.now < last.walkedAt.adding(minutes: 1)
        {
            return
        }
        let waiting = try QueueStore.line(work.clinic, day: work.today, in: tx).count
        let id = work.newID(PatrolRound.self)
        try PatrolStore.insert(
            PatrolRound(id: id, walkedAt: work.now, walkedBy: work.actor.id, waiting: waiting), work, in: tx)
        try Audit.append(
            Event("patrol.walked", of: id, patient: nil, ["waiting": JSONValue(waiting)]), by: work, in: tx)
    }

    /// Notes a need, of one customer or of the waiting area as such.
    /// - Throws: `FormErrors`, `NotFound`, `NotAllowed`.
    package static func found(
        _ need: String, of visit: ID<Visit>?, note: String?, by work: Work, in tx: any WriteTransaction
    ) throws {
        try requireAttendance(work)
        guard let code = work.playbook.code(need, in: .waitingNeed) else {
            throw FormErrors("need", "请从列出的需要中选一项")
        }
        if code.needsNote, note?.nonBlank == nil { throw FormErrors("note", "请写一句说明") }
        guard (note ?? "").count <= 60 else { throw FormErrors("note", "最多 60 个字") }
        let patient = try visit.map { try Arrivals.open($0, work, in: tx).patientID }
        let id = work.newID(WaitingNeed.self)
        try PatrolStore.insert(
            WaitingNeed(
                id: id, visitID: visit, need: need, note: note?.nonBlank, foundAt: work.now, foundBy: work.actor.id,
                metAt: nil, result: nil), work, in: tx)
        try Audit.append(
            Event(
                "patrol.needFound", of: id, patient: patient,
                ["need": .text(need), "visit": JSONValue(visit), "note": JSONValue(note?.nonBlank)]), by: work, in: tx)
    }

    /// The need was met, or could not be: `result` says what was done.
    /// - Throws: `NotFound` also for a need of another clinic, `ChangedMeanwhile`.
    package static func met(
        _ id: ID<WaitingNeed>, result: String?, by work: Work, in tx: any WriteTransaction
    ) throws {
        try requireAttendance(work)
        let needs = try PatrolStore.needs(clinic: work.clinic.id, day: work.today, in: tx)
        guard let need = needs.first(where: { $0.id == id }) else { throw NotFound("需要") }
        guard (result ?? "").count <= 60 else { throw FormErrors("result", "最多 60 个字") }
        guard
            try PatrolStore.meet(id, result: result?.nonBlank, by: work.actor.id, at: work.now, in: tx)
        else { throw ChangedMeanwhile("这个需要") }
        let patient = try need.visitID.map { try VisitStore.get($0, clinic: work.clinic.id, in: tx).patientID }
        try Audit.append(
            Event(
                "patrol.needMet", of: id, patient: patient,
                ["need": .text(need.need), "result": JSONValue(result?.nonBlank)]), by: work, in: tx)
    }

    private static func requireAttendance(_ work: Work) throws {
        guard [Capability.callQueue, .keepRegisters].contains(where: work.actor.may) else {
            throw NotAllowed(capability: .keepRegisters)
        }
    }
}
