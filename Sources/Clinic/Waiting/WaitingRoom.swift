import Kernel
import Storage

/// What the attendant of the waiting area sees: the board, what was done for whom, needs, rounds and companions.
package struct WaitingRoom: Sendable {
    package let board: ReceptionBoard
    package let care: [ID<Visit>: [CareTick]]
    /// What customers need or wish and nobody has done yet, first asked first (R4.41, R4.47).
    package let needs: [VisitRequest]
    package let lastRound: PatrolRound?
    package let rounds: Int
    /// The instant by which a round is due; nil while nobody waits or rounds are not kept here.
    package let patrolDue: Timestamp?
    package let companions: [ID<Visit>: [Companion]]

    package static func load(by work: Work, in tx: any ReadTransaction) throws -> WaitingRoom {
        let board = try ReceptionBoard.load(by: work, in: tx)
        let waiting = board.waiting + board.skipped
        let rounds = try PatrolStore.rounds(clinic: work.clinic.id, day: work.today, in: tx)
        let seated = board.chairs.compactMap(\.guest?.visit.id).sorted()
        return WaitingRoom(
            board: board,
            care: Dictionary(
                grouping: try CareStore.ticks(of: waiting.map(\.visit.id).sorted(), in: tx), by: \.visitID),
            needs: try VisitRequestStore.open(clinic: work.clinic.id, day: work.today, in: tx),
            lastRound: rounds.last, rounds: rounds.count,
            patrolDue: work.playbook.level(of: .patrolRounds) == .off
                ? nil
                : PatrolRules.due(
                    waitingSince: waiting.map(\.visit.arrivedAt).min(), last: rounds.last?.walkedAt,
                    interval: work.playbook[.patrolIntervalMinutes]),
            companions: Dictionary(
                grouping: try CompanionStore.list(seated, in: tx).filter { $0.exitedAt == nil }, by: \.visitID))
    }

    /// Services that should be done by now and are not (R4.36); nothing where the clinic does not keep them.
    package func missingCare(_ guest: ReceptionBoard.Guest, _ playbook: Playbook) -> [String] {
        guard playbook.level(of: .hospitalityOverdue) != .off else { return [] }
        return HospitalityRules.missing(
            waited: guest.visit.waitedMinutes(at: board.now),
            done: Set((care[guest.visit.id] ?? []).map(\.kind)), due: playbook[.hospitalityDueMinutes])
    }
}
