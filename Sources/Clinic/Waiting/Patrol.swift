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

    private static func requireAttendance(_ work: Work) throws {
        guard [Capability.callQueue, .keepRegisters].contains(where: work.actor.may) else {
            throw NotAllowed(capability: .keepRegisters)
        }
    }
}
