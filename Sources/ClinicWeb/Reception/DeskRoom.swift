import Clinic
import Kernel
import Storage

/// What the desk shows of small services and rounds, where the clinic keeps them (R4.08, R4.09, R4.36).
struct DeskRoom: Sendable {
    var care: [ID<Visit>: [CareTick]] = [:]
    /// The instant by which somebody should walk round; nil: nobody waits, or rounds are not kept.
    var patrolDue: Timestamp?
    var openNeeds = 0

    /// 3 statements; none where nothing of it is kept.
    static func load(_ board: ReceptionBoard, by work: Work, in tx: any ReadTransaction) throws -> DeskRoom {
        var room = DeskRoom()
        let waiting = board.waiting + board.skipped
        if Hospitality.isKept(work.playbook) {
            room.care = Dictionary(
                grouping: try CareStore.ticks(of: waiting.map(\.visit.id).sorted(), in: tx), by: \.visitID)
        }
        if work.playbook.level(of: .patrolRounds) != .off {
            room.patrolDue = PatrolRules.due(
                waitingSince: waiting.map(\.visit.arrivedAt).min(),
                last: try PatrolStore.rounds(clinic: work.clinic.id, day: work.today, in: tx).last?.walkedAt,
                interval: work.playbook[.patrolIntervalMinutes])
        }
        room.openNeeds = try VisitRequestStore.open(clinic: work.clinic.id, day: work.today, in: tx).count
        return room
    }

    func missing(_ guest: ReceptionBoard.Guest, at now: Timestamp, _ playbook: Playbook) -> [String] {
        guard playbook.level(of: .hospitalityOverdue) != .off else { return [] }
        return HospitalityRules.missing(
            waited: guest.visit.waitedMinutes(at: now), done: Set((care[guest.visit.id] ?? []).map(\.kind)),
            due: playbook[.hospitalityDueMinutes])
    }
}
