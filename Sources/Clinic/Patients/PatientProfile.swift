import Kernel

/// How a customer likes to be received and reached, beside identity (R1.15, R1.21–R1.23, R1.25–R1.27).
package struct PatientProfile: Hashable, Sendable {
    package let patientID: ID<Patient>
    /// Code of the list `spokenLanguage`; nil: Mandarin.
    package var language: String?
    /// Somebody who relays in Mandarin.
    package var relayName: String?
    package var relayPhone: String?
    package var contact: ContactWindow
    /// Code of the list `treatmentIntention`.
    package var intention: String?
    package var intendedItems: String?
    package var preference: String?
    /// Codes of the list `assistanceNeed`, in its order.
    package var needs: [String]
    /// Code of the list `drink`.
    package var drink: String?
    /// The customer is this colleague; the treatment is charged by dispatch sheet only (R1.27).
    package var employeeID: ID<Staff>?
    package var phoneTaken: ReadBack
    package var version: Int

    /// Nothing was asked yet.
    package static func blank(_ patient: ID<Patient>) -> PatientProfile {
        PatientProfile(
            patientID: patient, language: nil, relayName: nil, relayPhone: nil, contact: .notAsked, intention: nil,
            intendedItems: nil, preference: nil, needs: [], drink: nil, employeeID: nil, phoneTaken: .notNeeded,
            version: 0)
    }
}

/// When a call suits (R1.22).
package enum ContactWindow: Hashable, Sendable {
    case notAsked
    case anyTime
    /// From and until as quarter hours of the day.
    case between(Unit, Unit)

    /// "随时可以联系", "10:00–12:00 联系".
    package var text: String? {
        switch self {
        case .notAsked: nil
        case .anyTime: "随时可以联系"
        case .between(let from, let until): "\(from.clockText)–\(until.clockText) 联系"
        }
    }
}

/// Name and number taken on the telephone are read back to the caller (R1.15).
package enum ReadBack: Hashable, Sendable {
    case notNeeded
    case due(since: Timestamp)
    case done(at: Timestamp, by: ID<Staff>)
    package var isDue: Bool { if case .due = self { true } else { false } }
}

/// The reception part of a file as typed.
package struct ProfileDetails: Hashable, Sendable {
    package var language = ""
    package var relayName = ""
    package var relayPhone = ""
    package var contactAny = false
    /// "10:00"
    package var contactFrom = ""
    package var contactUntil = ""
    package var intention = ""
    package var intendedItems = ""
    package var preference = ""
    package var needs: Set<String> = []
    package var drink = ""
    /// Number of the colleague; blank: no employee.
    package var employeeNumber = ""
    package init() {}

    package init(_ profile: PatientProfile, employeeNumber: String) {
        language = profile.language ?? ""
        relayName = profile.relayName ?? ""
        relayPhone = profile.relayPhone ?? ""
        contactAny = profile.contact == .anyTime
        if case .between(let from, let until) = profile.contact {
            contactFrom = from.clockText
            contactUntil = until.clockText
        }
        intention = profile.intention ?? ""
        intendedItems = profile.intendedItems ?? ""
        preference = profile.preference ?? ""
        needs = Set(profile.needs)
        drink = profile.drink ?? ""
        self.employeeNumber = employeeNumber
    }
}

/// Checks of the reception part. Pure.
package enum ProfileRules {
    static let longest = 120

    /// - Throws: `FormErrors`.
    package static func check(
        _ typed: ProfileDetails, of old: PatientProfile, employee: ID<Staff>?, _ playbook: Playbook
    ) throws(FormErrors) -> PatientProfile {
        var faults = FormErrors()
        var new = old
        new.language = code(typed.language, .spokenLanguage, "language", playbook, &faults)
        new.relayName = text(typed.relayName, "relayName", 40, &faults)
        new.relayPhone = nil
        if typed.relayPhone.nonBlank != nil {
            new.relayPhone = PhoneNumber(PatientPhone.restored(typed.relayPhone, stored: old.relayPhone))?.digits
            if new.relayPhone == nil { faults.add("relayPhone", "电话号码不对：手机 11 位，座机可带区号，境外以 + 开头") }
            if new.relayName == nil { faults.add("relayName", "请写下帮忙转述的人叫什么") }
        }
        new.contact = window(typed, &faults)
        new.intention = code(typed.intention, .treatmentIntention, "intention", playbook, &faults)
        new.intendedItems = text(typed.intendedItems, "intendedItems", longest, &faults)
        new.preference = text(typed.preference, "preference", longest, &faults)
        let known = playbook.codes(.assistanceNeed).map(\.code)
        new.needs = known.filter(typed.needs.contains)
        if new.needs.count != typed.needs.count { faults.add("needs", "请从列表里选择") }
        new.drink = code(typed.drink, .drink, "drink", playbook, &faults)
        new.employeeID = employee
        if typed.employeeNumber.nonBlank != nil, employee == nil { faults.add("employeeNumber", "没有这个工号的同事，请核对") }
        try faults.throwIfAny()
        return new
    }

    private static func window(_ typed: ProfileDetails, _ faults: inout FormErrors) -> ContactWindow {
        if typed.contactAny { return .anyTime }
        let (from, until) = (typed.contactFrom.nonBlank, typed.contactUntil.nonBlank)
        guard from != nil || until != nil else { return .notAsked }
        guard let first = from.flatMap({ Unit(clock: $0.trimmed) }),
            let last = until.flatMap({ Unit(clock: $0.trimmed) }), first < last
        else {
            faults.add("contactFrom", "时间写成 10:00 到 12:00，前面的早于后面的")
            return .notAsked
        }
        return .between(first, last)
    }

    private static func code(
        _ typed: String, _ list: CodeList, _ field: String, _ playbook: Playbook, _ faults: inout FormErrors
    ) -> String? {
        guard let value = typed.nonBlank else { return nil }
        if playbook.code(value, in: list) == nil { faults.add(field, "请从列表里选择") }
        return value
    }

    private static func text(
        _ typed: String, _ field: String, _ limit: Int, _ faults: inout FormErrors
    ) -> String? {
        guard let value = typed.nonBlank else { return nil }
        if value.count > limit { faults.add(field, "最多 \(limit) 个字") }
        return value
    }
}
