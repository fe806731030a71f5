import Kernel

/// Which programme is due in the hall. Pure.
package enum BroadcastRules {
    /// The clinic's schedule: shipped programmes, each replaced by the clinic's one of the same code, and its own ones.
    package static func schedule(shipped: [Broadcast], own: [Broadcast]) -> [Broadcast] {
        let changed = Dictionary(own.map { ($0.code, $0) }, uniquingKeysWith: { _, last in last })
        let known = Set(shipped.map(\.code))
        return (shipped.map { changed[$0.code] ?? $0 } + own.filter { !known.contains($0.code) })
            .sorted { ($0.minute, $0.code) < ($1.minute, $1.code) }
    }

    package enum State: String, Sendable {
        /// Its time comes later.
        case ahead
        /// Its time has come and nobody has played it.
        case due
        /// Its time is long over and nobody has played it.
        case overdue
        case played
        /// Left out on purpose.
        case left
    }

    /// A programme of one day.
    package struct Turn: Hashable, Sendable {
        package let broadcast: Broadcast
        package let state: State
        package let play: BroadcastPlay?
        package init(broadcast: Broadcast, state: State, play: BroadcastPlay?) {
            self.broadcast = broadcast
            self.state = state
            self.play = play
        }
    }

    /// Minutes after its time until a programme that nobody played is shown as forgotten.
    package static let overdueMinutes = 15

    /// The programmes of a weekday in the order of their times.
    ///
    /// - Parameter minute: of the wall clock, now.
    package static func turns(
        _ schedule: [Broadcast], weekday: Int, minute: Int, plays: [BroadcastPlay]
    ) -> [Turn] {
        let byCode = Dictionary(
            plays.compactMap { play in play.slotCode.map { ($0, play) } }, uniquingKeysWith: { first, _ in first })
        return schedule.filter { ($0.isOn && $0.weekdays.contains(weekday)) || byCode[$0.code] != nil }.map { entry in
            if let play = byCode[entry.code] {
                return Turn(broadcast: entry, state: play.outcome == .played ? .played : .left, play: play)
            }
            let late = minute - entry.minute
            return Turn(
                broadcast: entry, state: late < 0 ? .ahead : late < overdueMinutes ? .due : .overdue, play: nil)
        }
    }

    /// "每天", "周一至周五", "周一、三、五"
    package static func weekdayText(_ days: Set<Int>) -> String {
        switch days.sorted() {
        case Array(1...7): return "每天"
        case Array(1...5): return "周一至周五"
        case let sorted: return "周" + sorted.map { names[$0 - 1] }.joined(separator: "、")
        }
    }

    package static let names = ["一", "二", "三", "四", "五", "六", "日"]
}
