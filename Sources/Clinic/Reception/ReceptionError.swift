import Kernel

/// Why an act of reception is refused, and what to do instead.
package enum ReceptionError: UserFacingError, Hashable {
    case alreadyHere(visit: ID<Visit>, since: String, ticket: String?)
    case appointmentClosed(state: String)
    case notToday(day: String)
    case chairTaken(visit: ID<Visit>, patient: String, since: String, chair: String)
    case alreadyInChair(chair: String)
    case otherChair(assigned: String)
    case notYourCustomer
    case alertsNotSpoken([String])
    case notInChair
    case alreadyLeft(at: String)
    /// `change`: who did what, "林岚 09:23 引领入座".
    case ticketClosed(change: String?)
    /// Tickets that stand before this one with the same doctor.
    case passesOver([String])
    case outcomeNeeded
    case reasonNeeded
    case exitBeforeEntry
    case timeInFuture
    case timeOutsideDay
    case doctorNeeded
    case nothingToClean
    case outOfOrder(before: String, after: String)
    case exemptReasonNeeded
    case chargedNotExempt

    package var kind: FailureKind {
        switch self {
        case .alreadyHere, .appointmentClosed, .chairTaken, .alreadyInChair, .notInChair, .alreadyLeft, .ticketClosed,
            .chargedNotExempt, .nothingToClean, .passesOver:
            .conflict
        default: .invalid
        }
    }

    package var userMessage: String {
        switch self {
        case .alreadyHere(_, let since, let ticket):
            "这位客人 \(since) 已经到诊\(ticket.map { "，候诊号 \($0)" } ?? "")，请在候诊列表里继续处理"
        case .appointmentClosed(let state): "这个预约\(state)，不能做到诊登记；请按未预约到访登记，或先恢复预约"
        case .notToday(let day): "这个预约在 \(day)，不是今天；请先改约到今天，或按未预约到访登记"
        case .chairTaken(_, let patient, let since, let chair):
            "\(chair)还有 \(patient)（\(since) 入座）没有离开，不能引领下一位；确认已离开的话，请填写离开时间"
        case .alreadyInChair(let chair): "这位客人已经在\(chair)了"
        case .otherChair(let assigned): "安排的是\(assigned)；要带到别的牙椅，请选一个原因"
        case .notYourCustomer: "这位客人不是您接诊，请接诊医生或护士来确认"
        case .alertsNotSpoken(let alerts): "请先向医生或护士口头交代：\(alerts.joined(separator: "、"))，再勾选「已口头交代」"
        case .notInChair: "这位客人现在不在椅位上，请刷新后再看"
        case .alreadyLeft(let at): "这位客人 \(at) 已经离开"
        case .ticketClosed(let change): "这个候诊号已经结束\(change.map { "（\($0)）" } ?? "")，请刷新候诊列表"
        case .passesOver(let tickets): "前面还有 \(tickets.joined(separator: "、"))，先叫这位请写明原因"
        case .outcomeNeeded: "请选择这次到访的结果，每位到访客人都要有结果"
        case .reasonNeeded: "请写明原因"
        case .exitBeforeEntry: "离开时间早于入座时间，请重新填写"
        case .timeInFuture: "时间在现在之后，请填写实际发生的时间"
        case .timeOutsideDay: "只能补录当天的时间，更早的请找主管更正"
        case .doctorNeeded: "请先选定接诊医生"
        case .exemptReasonNeeded: "这次到访是免检：请先选择免检的原因"
        case .chargedNotExempt: "收费单上有金额，不能登记为免检；请先让医生改收费单，或改成别的就诊类型"
        case .nothingToClean: "这张牙椅现在不需要清洁，请刷新后再看"
        case .outOfOrder(let before, let after): "时间顺序不对：\(before)应早于\(after)，请重新填写"
        }
    }

    package var field: String? {
        switch self {
        case .alertsNotSpoken: "alertsSpoken"
        case .chairTaken: "exitedAt"
        case .otherChair: "chairReason"
        case .outcomeNeeded: "outcome"
        case .reasonNeeded: "reason"
        case .exemptReasonNeeded: "exemptReason"
        case .exitBeforeEntry, .timeInFuture, .timeOutsideDay, .outOfOrder: "happenedAt"
        case .doctorNeeded: "doctor"
        default: nil
        }
    }

    package var obstacle: Obstacle? {
        switch self {
        case .alreadyHere(let visit, let since, _): Obstacle(kind: "visit", id: visit.raw, label: "\(since) 到诊")
        case .chairTaken(let visit, let patient, _, let chair):
            Obstacle(kind: "visit", id: visit.raw, label: "\(chair) \(patient)")
        default: nil
        }
    }
}
