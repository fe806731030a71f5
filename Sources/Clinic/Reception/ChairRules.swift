import Kernel

/// What a chair does now (R4.12, R4.15). Everything follows from movements, calls and taps of the room.
package enum ChairState: String, Sendable, CaseIterable {
    /// `reserved`: a customer was called to it; `late`: busy beyond the plan; `leaving`: got up, not out yet.
    case free, reserved, busy, nearly, late, finished, leaving, cleaning

    package var label: String {
        switch self {
        case .free: "可用"
        case .reserved: "已叫号"
        case .busy: "就诊中"
        case .nearly: "快结束"
        case .late: "超时"
        case .finished: "治疗完"
        case .leaving: "正离开"
        case .cleaning: "清洁中"
        }
    }

    /// Somebody is in it: nobody else may be led in (R4.11).
    package var isTaken: Bool {
        switch self {
        case .busy, .nearly, .late, .finished, .leaving: true
        case .free, .reserved, .cleaning: false
        }
    }
}

/// Derives the state of a chair. Pure.
package enum ChairRules {
    /// - Parameters:
    ///   - last: the newest movement of the chair since the day began, or the one still open; nil when there is none.
    ///   - plannedEnd: when the treatment was to end; nil when the chair is empty.
    ///   - tap: the last of the taps `treated` and `leaving` of the open movement.
    ///   - isReserved: a customer was called to this chair and is not in a chair yet.
    package static func state(
        _ last: Movement?, plannedEnd: Timestamp?, tap: VisitFact.Kind? = nil, isReserved: Bool = false, now: Timestamp
    ) -> ChairState {
        let empty: ChairState = isReserved ? .reserved : .free
        guard let last else { return empty }
        if last.exitedAt != nil { return last.cleanedAt == nil ? .cleaning : empty }
        if tap == .leaving { return .leaving }
        if tap == .treated { return .finished }
        if last.nearlyDoneAt != nil { return .nearly }
        return plannedEnd.map { $0 < now } ?? false ? .late : .busy
    }

    /// The chair that was arranged for a customer: what the call said counts before the booking, the booking before where
    /// the doctor works (R4.46). nil: nothing was arranged.
    package static func assigned(
        called: ID<Chair>?, booked: ID<Chair>?, ofDoctor: ID<Chair>?
    ) -> ID<Chair>? {
        called ?? booked ?? ofDoctor
    }
}
