import Kernel

/// How long customers wait for each doctor now (R4.07). Pure.
package enum DoctorWaits {
    package struct Line: Hashable, Sendable {
        /// nil: customers whose doctor is not decided.
        package let doctor: Staff?
        package let waiting: Int
        /// Minutes of those who wait now.
        package let average: Int
        package let longest: Int
        /// Somebody has waited longer than the limit.
        package let isAlert: Bool
    }

    /// Longest wait first.
    package static func current(_ board: ReceptionBoard, limit: Int) -> [Line] {
        let guests = board.waiting + board.skipped
        return Dictionary(grouping: guests, by: \.visit.doctorID).map { _, own in
            let minutes = own.map { $0.visit.waitedMinutes(at: board.now) }
            let longest = minutes.max() ?? 0
            return Line(
                doctor: own.first?.doctor, waiting: own.count, average: minutes.reduce(0, +) / max(1, own.count),
                longest: longest, isAlert: longest > limit)
        }.sorted { ($1.longest, $1.waiting, $0.doctor?.id.raw ?? 0) < ($0.longest, $0.waiting, $1.doctor?.id.raw ?? 0) }
    }
}
