import Kernel

/// A customer asked on line to be called back.
package struct CallRequest: Hashable, Sendable {
    package let id: ID<CallRequest>
    package let clinicID: ID<ClinicSite>
    package let name: String
    /// Digits.
    package let phone: String
    package let wish: CallWish
    package let note: String?
    package let language: Language
    /// Keyed hash: the network address itself is not kept.
    package let addressHash: String
    package let commandHash: String
    package let askedAt: Timestamp
    package let askedDay: Day
    package var settledAt: Timestamp?
    package var settledBy: ID<Staff>?
    package var outcome: Outcome?

    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        case reached, unreachable
        package var label: String {
            switch self {
            case .reached: "已通话"
            case .unreachable: "联系不上"
            }
        }
    }
}

/// When a call suits the customer.
package enum CallWish: String, Hashable, Sendable, CaseIterable {
    case soon, morning, afternoon, evening

    /// For the desk.
    package var label: String {
        switch self {
        case .soon: "尽快"
        case .morning: "上午"
        case .afternoon: "下午"
        case .evening: "傍晚"
        }
    }
}

/// What a visitor typed, exactly as sent.
package struct CallEntry: Hashable, Sendable {
    package var name: String
    package var phone: String
    /// Raw value of `CallWish`.
    package var wish: String
    package var note: String
    package var agrees: Bool
    /// A field people do not see; programs fill it.
    package var trap: String

    package init(
        name: String, phone: String, wish: String = CallWish.soon.rawValue, note: String = "", agrees: Bool,
        trap: String = ""
    ) {
        self.name = name
        self.phone = phone
        self.wish = wish
        self.note = note
        self.agrees = agrees
        self.trap = trap
    }
}

/// Pure checks of the form.
package enum CallRules {
    package static func faults(_ entry: CallEntry) -> [String: OnlineFault] {
        var faults: [String: OnlineFault] = [:]
        let name = entry.name.halfWidth.trimmed
        if !name.contains(where: \.isLetter) || name.contains(where: \.isNewline) { faults["name"] = .nameMissing }
        if name.count > OnlineRules.longestName { faults["name"] = .nameTooLong }
        if entry.phone.count > OnlineRules.longestNumber || PhoneNumber(entry.phone) == nil {
            faults["phone"] = .phoneWrong
        }
        if entry.note.count > OnlineRules.longestNote { faults["note"] = .noteTooLong }
        if !entry.agrees { faults["agrees"] = .consentMissing }
        return faults
    }
}
