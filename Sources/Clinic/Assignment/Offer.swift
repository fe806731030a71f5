import Kernel

/// What a caller wants, before a time is named.
package struct OfferRequest: Hashable, Sendable {
    package enum Part: String, Hashable, Sendable, CaseIterable {
        case any, morning, afternoon
        package var label: String {
            switch self {
            case .any: "都可以"
            case .morning: "上午"
            case .afternoon: "下午"
            }
        }
    }

    /// Customer, complaint, items and wishes; its time is not looked at.
    package var assignment: AssignmentRequest
    package var part: Part
    /// First day asked; nil: as the lead time of the clinic says, today for what is urgent (R3.20, R3.21).
    package var from: Day?
    /// How many days are looked at; nil: the window of the clinic, then on until something is free.
    package var days: Int?
    /// nil: `appt.offer_max`.
    package var count: Int?
    /// Not before this quarter of an hour of each day.
    package var earliest: Unit?

    package init(
        _ assignment: AssignmentRequest, part: Part = .any, from: Day? = nil, days: Int? = nil, count: Int? = nil,
        earliest: Unit? = nil
    ) {
        self.assignment = assignment
        self.part = part
        self.from = from
        self.days = days
        self.count = count
        self.earliest = earliest
    }
}

/// One concrete time with one doctor, ready to be said on the telephone (R3.20).
package struct Offer: Hashable, Sendable {
    package let slot: Slot
    package let doctorName: String
    package let rule: DoctorRule
    package let reasons: [AssignmentReason]
    /// Customers in the clinic at the fullest quarter of an hour of the visit, without this one (R3.41).
    package let visitors: Int
    package let ceiling: Int
    package let notes: [Note]

    package enum Note: Hashable, Sendable {
        /// Sooner than the clinic promises (R3.21).
        case shortLead
        /// Later than the window of the clinic (R3.20).
        case beyondWindow
        /// No quiet time was left for a big item (R3.49).
        case busyForBigItem
        /// Earlier than others are offered (R3.50).
        case earlyForLevel
        package var text: String {
            switch self {
            case .shortLead: "提前时间不足，请先确认门诊来得及准备"
            case .beyondWindow: "近几天没有空，只能再往后"
            case .busyForBigItem: "大项目，但这几天没有更空的时段"
            case .earlyForLevel: "重要客人，优先安排"
            }
        }
    }

    /// 上午 or 下午.
    package var part: OfferRequest.Part { slot.start.index < 48 ? .morning : .afternoon }
    /// "3 月 13 日 星期五 上午 09:30"
    package var whenText: String { "\(slot.day.longText) \(part.label) \(slot.start.clockText)" }
    /// Why this doctor and time, in one sentence.
    package var reasonText: String { ([rule.label] + reasons.prefix(2).map(\.text)).joined(separator: " · ") }
}
