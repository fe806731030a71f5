import Clinic
import Kernel

extension DeskBuilder {
    // MARK: The queue as a whole

    /// A queue of more than this is read doctor by doctor.
    private static let longQueue = 12

    func groups(_ waiting: [ReceptionBoard.Guest]) -> [DeskGroup] {
        let next = waiting.first?.visit.id
        func group(_ id: String, _ head: String?, _ guests: [ReceptionBoard.Guest]) -> DeskGroup {
            let longest = guests.map { $0.visit.waitedMinutes(at: board.now) }.max() ?? 0
            return DeskGroup(
                groupID: id, hasHead: head != nil, head: head ?? "", count: "\(guests.count) 位 · 最长 \(longest) 分",
                tickets: guests.map { ticket($0, isNext: $0.visit.id == next) })
        }
        guard waiting.count > Self.longQueue else { return waiting.isEmpty ? [] : [group("q-all", nil, waiting)] }
        let urgent = waiting.filter { $0.visit.emergency != nil }
        let others = waiting.filter { $0.visit.emergency == nil }
        // Doctors in the order in which their first customer is called.
        var order: [ID<Staff>?] = []
        for guest in others where !order.contains(guest.visit.doctorID) { order.append(guest.visit.doctorID) }
        let byDoctor = Dictionary(grouping: others, by: \.visit.doctorID)
        return (urgent.isEmpty ? [] : [group("q-urgent", "急诊", urgent)])
            + order.map { doctor in
                let own = byDoctor[doctor] ?? []
                return group(Self.groupID(doctor), own.first?.doctor?.name ?? "医生未定", own)
            }
    }

    private static func groupID(_ doctor: ID<Staff>?) -> String { "q-\(doctor?.text ?? "none")" }

    /// Waits of each doctor (R4.07), a round that is due (R4.09), needs that are open.
    var strip: [StripView] {
        let isLong = board.waiting.count > Self.longQueue
        var parts: [StripView] = []
        if let due = room.patrolDue, due <= board.now {
            parts.append(StripView("该巡视候诊区了", tone: "waiting", href: WaitingPaths.room))
        }
        if room.openNeeds > 0 {
            parts.append(StripView("客人的需要 \(room.openNeeds) 件", tone: "waiting", href: WaitingPaths.room))
        }
        return parts
            + DoctorWaits.current(board, limit: work.playbook[.waitActualMinutes]).map { line in
                StripView(
                    "\(line.doctor?.name ?? "医生未定") \(line.waiting) 位 · \(line.longest) 分",
                    tone: line.isAlert ? "danger" : "neutral",
                    href: isLong ? "#\(Self.groupID(line.doctor?.id))" : nil)
            }
    }
}
