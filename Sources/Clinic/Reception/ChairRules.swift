import Kernel

/// What a chair does now (R4.12, R4.15). Only 快结束 and 清洁完 are taps; everything else follows from movements.
package enum ChairState: String, Sendable, CaseIterable {
    case free, busy, nearly, late, cleaning

    package var label: String {
        switch self {
        case .free: "可用"
        case .busy: "就诊中"
        case .nearly: "快结束"
        case .late: "超时"
        case .cleaning: "清洁中"
        }
    }

    /// Somebody sits in it: nobody else may be led in (R4.11).
    package var isTaken: Bool { self == .busy || self == .nearly || self == .late }
}

/// Derives the state of a chair. Pure.
package enum ChairRules {
    /// - Parameters:
    ///   - last: the newest movement of the chair since the day began, or the one still open; nil when there is none.
    ///   - plannedEnd: when the treatment was to end; nil when the chair is empty.
    package static func state(_ last: Movement?, plannedEnd: Timestamp?, now: Timestamp) -> ChairState {
        guard let last else { return .free }
        if last.exitedAt != nil { return last.cleanedAt == nil ? .cleaning : .free }
        if last.nearlyDoneAt != nil { return .nearly }
        return plannedEnd.map { $0 < now } ?? false ? .late : .busy
    }
}
