import Clinic

/// A task rule as a person would say it: when it arises, who does it, by when.
struct TaskRuleText {
    let playbook: Playbook

    /// "有预约时；只在：约得比提醒日早、仍未到店"
    func cause(_ rule: TaskRule) -> String {
        let conditions = rule.conditions.map(Self.words)
        let fact = Self.words(rule.fact)
        return conditions.isEmpty ? fact : "\(fact)，且\(conditions.joined(separator: "、"))"
    }

    /// "回访打电话"
    func owner(_ rule: TaskRule) -> String {
        let role = playbook.role(rule.owner.role)?.name ?? rule.owner.role
        let person =
            switch rule.owner.person {
            case .recorder: "经手人，不在时\(role)"
            case .treatingDoctor: "主治医生，不在时\(role)"
            case .assistant: "配台护士，不在时\(role)"
            case nil: role
            }
        let channel =
            switch rule.channel {
            case .phone: "打电话"
            case .inPerson: "当面"
            case .internal: "内部处理"
            }
        return "\(person) · \(channel)"
    }

    /// "前一天 09:00 出现，前一天 18:00 前做完"
    func time(_ rule: TaskRule) -> String {
        let opens = "\(moment(rule.opens))出现"
        if case .minutes(let amounts) = rule.due, playbook.sum(amounts) > 0 {
            return "\(opens)，\(moment(rule.due).replacing("后", with: "内"))做完"
        }
        return "\(opens)，\(moment(rule.due))前做完"
    }

    /// "当天 12:00 报主管"; nil when nobody is told.
    func escalation(_ rule: TaskRule) -> String? {
        rule.escalation.map { "没做完，\(moment($0.at))报\(playbook.role($0.role)?.name ?? $0.role)" }
    }

    func moment(_ moment: TaskRule.Moment) -> String {
        switch moment {
        case .minutes(let amounts):
            let minutes = playbook.sum(amounts)
            let length = abs(minutes) % 1_440 == 0 && minutes != 0 ? "\(abs(minutes) / 1_440) 天" : "\(abs(minutes)) 分钟"
            return minutes == 0 ? "当时" : minutes < 0 ? "提前 \(length)" : "\(length)后"
        case .day(let amounts, let clock):
            let days = playbook.sum(amounts)
            let day =
                switch days {
                case 0: "当天"
                case 1: "次日"
                case -1: "前一天"
                default: days < 0 ? "前 \(-days) 天" : "\(days) 天后"
                }
            return "\(day) \(SettingValue.clockText(playbook.minutes(clock))) "
        }
    }

    static func words(_ fact: TaskRule.Fact) -> String { facts[fact] ?? fact.rawValue }
    static func words(_ condition: TaskRule.Condition) -> String { conditions[condition] ?? condition.rawValue }

    /// A test looks that none is missing.
    static let facts: [TaskRule.Fact: String] = [
        .appointmentBooked: "有预约时", .appointmentMissed: "预约过时客人没到", .appointmentCancelled: "预约取消后",
        .appointmentMoved: "改约后", .visitExpected: "客人说好哪天来、没定时间时", .visitWaiting: "客人到诊候诊时",
        .waitEstimated: "医生报出等候时间时", .arrivalUnseen: "客人到诊而医生没有确认时", .noteSent: "给医生的纸条发出后",
        .emergencyArrived: "有急诊到店时", .caseForSupervisor: "特殊情况交主管安排时", .waitRefused: "客人不愿再等时",
        .expertReturns: "不在的专家回来那天", .companionNamed: "指定了全程陪同后", .helpNeeded: "客人需要人帮忙时",
        .wishAsked: "客人有小要求时", .questionAsked: "客人有问题问医生时",
        .itemTreated: "治疗结束后", .callbackPromised: "答应回电时", .arrearsMade: "收款后还有欠费", .followUpAnswered: "回访有了结果",
        .callMissed: "有未接来电", .bookedOnline: "网上预约认不出客人时", .callAsked: "客人在网上请回电时",
        .unitFreed: "预约空出时间时", .treatmentDeferred: "项目延期后",
        .itemReopened: "延期的项目恢复时", .complaintReceived: "收到投诉时", .complaintMajor: "收到重大投诉时",
        .complaintUnreported: "客人不找原医生而未上报时", .bookingDisplaced: "改班使预约没有医生时",
        .doctorGone: "保修客人的原医生不在时", .bookingDifficult: "预约有困难要主任定时", .swapAsked: "有人请换班时",
        .registerOpened: "登记簿有未了的一条时", .checklistDue: "检查表到时间时", .markOutOfLimit: "检查结果超出范围时",
        .dayCarried: "日结时结转给人后",
        .rosterRequested: "有人申请休息或改班时", .rosterAnswered: "申请有了答复时",
    ]

    static let conditions: [TaskRule.Condition: String] = [
        .bookedBeforeReminderDay: "不是临时约的", .stillBooked: "仍未到诊、未取消", .notConfirmed: "还没有确认",
        .hasSpecialNeeds: "客人有特殊情况", .hasAssistant: "有配台护士", .planAffected: "影响当天安排", .stillWaiting: "仍在候诊",
        .estimateAboveLimit: "预估超过上限", .itemSameDayFollowUp: "项目要当日回访", .itemForeseeableReaction: "项目可能有反应",
        .noLaterBooking: "没有再约", .needsDoctor: "要医生回电", .needsSupervisor: "要主管处理", .stillOwed: "仍未付清",
        .someoneWaits: "有人候补", .stillDeferred: "还没约、没放弃", .stillOpen: "还没结案",
        .unanswered: "医生还没有答复",
    ]
}
