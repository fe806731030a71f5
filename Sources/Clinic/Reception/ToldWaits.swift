import Kernel
import Storage

/// Keeps each wait that is told, so that its error can be reported (R4.02, R4.07).
package enum ToldWaits {
    /// Call after the visit and its ticket are stored: the estimate looks at the board as it is now.
    static func record(
        _ visit: Visit, minutes: Int?, estimated: Int? = nil, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard let minutes else { return }
        var system = estimated
        if system == nil {
            let board = try ReceptionBoard.load(by: work, in: tx)
            system = board.guest(visit.id).flatMap { WaitEstimates(board).minutes(for: $0) }
        }
        let wait = ToldWait(
            id: work.newID(), doctorID: visit.doctorID, told: minutes, system: system, toldAt: work.now)
        try WaitEstimateStore.insert(wait, of: visit, by: work.actor.id, in: tx)
    }

    /// The instant from which the offer of education counts (R4.03).
    package static func toldAt(_ visit: Visit, in tx: any ReadTransaction) throws -> Timestamp? {
        guard visit.toldWaitMinutes != nil else { return nil }
        return try WaitEstimateStore.lastToldAt(visit.id, in: tx) ?? visit.arrivedAt
    }
}
