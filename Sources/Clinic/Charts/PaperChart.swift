import Kernel

/// A paper chart or booklet and where it is (R1.30, R1.33).
package struct PaperChart: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// The clinic's; leaves the house only with the supervisor's approval.
        case chart
        /// The customer's own; given back freely.
        case booklet
        package var label: String { self == .chart ? "病历" : "病历本（客人持有）" }
    }

    package let id: ID<PaperChart>
    package let clinicID: ID<ClinicSite>
    package let patientID: ID<Patient>
    package let kind: Kind
    package let number: String
    package let shelf: String
    package let state: ChartState
    package let movedAt: Timestamp
    package let movedBy: ID<Staff>
    package let version: Int
}

package enum ChartState: String, Sendable, CaseIterable {
    case shelf, ordered, pulled, doctor, cashier, returned, released
    package var label: String {
        switch self {
        case .shelf: "在架"
        case .ordered: "今天要用"
        case .pulled: "已取出"
        case .doctor: "在医生处"
        case .cashier: "在收银处"
        case .returned: "已还客人"
        case .released: "已借出"
        }
    }
    /// What the desk does to bring it there.
    package var verb: String {
        switch self {
        case .shelf: "放回架上"
        case .ordered: "今天要用"
        case .pulled: "取出"
        case .doctor: "交医生"
        case .cashier: "交收银"
        case .returned: "还给客人"
        case .released: "借出"
        }
    }
    package var isInHouse: Bool { self != .returned && self != .released }
}

/// One step of a chart: person and time (R1.30).
package struct ChartMovement: Hashable, Sendable {
    package let from: ChartState?
    package let to: ChartState
    package let note: String?
    package let movedAt: Timestamp
    package let movedBy: ID<Staff>
}

/// The customer insists on taking the chart (R1.33): asked for by one, decided by another.
package struct ChartRelease: Hashable, Sendable {
    package struct Decision: Hashable, Sendable {
        package let at: Timestamp
        package let by: ID<Staff>
        package let isApproved: Bool
        package let answer: String?
    }

    package let id: ID<ChartRelease>
    package let chartID: ID<PaperChart>
    package let reason: String
    package let requestedAt: Timestamp
    package let requestedBy: ID<Staff>
    package let decision: Decision?
    package let releasedAt: Timestamp?

    /// Approved, and the chart has not gone out on it.
    package var isUsable: Bool { decision?.isApproved == true && releasedAt == nil }
}

/// Where a chart may go next. Pure.
package enum ChartRules {
    /// - Parameter needsTicket: the rule R1.33 is on.
    package static func next(
        _ chart: PaperChart, release: ChartRelease?, needsTicket: Bool
    ) -> [ChartState] {
        var states: [ChartState] =
            switch chart.state {
            case .shelf: [.pulled, .ordered]
            case .ordered: [.pulled, .shelf]
            case .pulled: [.doctor, .cashier, .shelf]
            case .doctor: [.cashier, .pulled, .shelf]
            case .cashier: [.shelf, .doctor]
            case .returned, .released: [.pulled, .shelf]
            }
        guard chart.state.isInHouse else { return states }
        switch chart.kind {
        case .booklet: states.append(.returned)
        case .chart: if !needsTicket || release?.isUsable == true { states.append(.released) }
        }
        return states
    }

    /// Charts in the order in which their people come (R1.30); those without a booking behind, by number.
    package static func sorted(_ charts: [ChartList.Entry]) -> [ChartList.Entry] {
        charts.sorted { a, b in
            switch (a.start, b.start) {
            case (let x?, let y?) where x != y: x < y
            case (.some, nil): true
            case (nil, .some): false
            default: a.chart.number < b.chart.number
            }
        }
    }
}

/// Charts with their people.
package enum ChartList {
    package struct Entry: Hashable, Sendable {
        package let chart: PaperChart
        package let patientName: String
        /// Of the first booking of the day; nil without one.
        package let start: Unit?
        package let doctorID: ID<Staff>?
    }
}

package enum ChartError: UserFacingError, Hashable {
    case numberTaken(String)
    case notPossible(from: ChartState, to: ChartState)
    case needsTicket
    case ownTicket
    case ticketOpen
    case ownEntry
    case alreadyWrong
    case alreadyDone

    package var kind: FailureKind {
        switch self {
        case .ownTicket, .ownEntry: .forbidden
        case .numberTaken: .invalid
        default: .conflict
        }
    }
    package var field: String? { if case .numberTaken = self { "number" } else { nil } }
    package var userMessage: String {
        switch self {
        case .numberTaken(let number): "病历编号 \(number) 已经有了，请核对封面"
        case .notPossible(let from, let to): "病历现在\(from.label)，不能直接\(to.verb)，请刷新后再点"
        case .needsTicket: "病历一般不借出。客人坚持时先填借出单，主管同意后再交给客人"
        case .ownTicket: "借出单由另一位同事批准，请找主管"
        case .ticketOpen: "这份病历已有一张借出单在等主管答复"
        case .ownEntry: "自己录入的病历请由同事复核"
        case .alreadyWrong: "这一条已经标为有误，请看更正后的版本"
        case .alreadyDone: "这一步已经记过了，请刷新后查看"
        }
    }
}
