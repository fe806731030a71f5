import Kernel

/// What can be done while the epidemic mode is on. Pure.
package enum EpidemicRules {
    /// R3.43: the clinic's own mark goes first, then the shipped price list; an item of the clinic's own is suspended when it
    /// raises spray.
    package static func isSuspended(_ item: Item, marks: [ID<Item>: Bool], playbook: Playbook) -> Bool {
        marks[item.id] ?? playbook.item(item.code).map { $0.flags.contains(.epidemicSuspended) } ?? item.isPneumatic
    }

    /// R3.43. Level "require" is passed by a person with the capability and a reason; lower levels by everybody.
    /// - Returns: whether the rule was passed with a reason, which is then kept with the booking.
    package static func check(
        _ suspended: [Item], level: Level, actor: Actor, reason: String?
    ) throws(SuspendedItems) -> Bool {
        guard !suspended.isEmpty else { return false }
        switch level {
        case .fixed: throw SuspendedItems(suspended, mayPass: false)
        case .require(let capability):
            guard actor.may(capability), reason != nil else {
                throw SuspendedItems(suspended, mayPass: actor.may(capability))
            }
            return true
        case .remind, .off: return false
        }
    }

    /// R3.46: the day the customer is called when nobody names another.
    package static func followUpDay(today: Day, playbook: Playbook) -> Day {
        today.adding(days: playbook[.epidemicDeferralDays])
    }
}

/// The refusal of R3.43. The page answers it with a deferral (R3.46).
package struct SuspendedItems: UserFacingError, Hashable {
    package let items: [ID<Item>]
    package let names: [String]
    /// The person may pass the rule with a reason.
    package let mayPass: Bool

    init(_ items: [Item], mayPass: Bool) {
        self.items = items.map(\.id)
        names = items.map(\.name)
        self.mayPass = mayPass
    }

    package var kind: FailureKind { .invalid }
    package var userMessage: String {
        "防疫期间暂停\(names.joined(separator: "、"))，不能预约；请登记延期并定好回访日期"
            + (mayPass ? "，或选择破例的原因" : "")
    }
    package var field: String? { mayPass ? "overrideReason" : "item" }
}
