import Kernel
import Storage

/// What a list, a card or a search result shows of a customer.
package struct PatientBrief: Hashable, Sendable {
    package let id: ID<Patient>
    package let name: String
    /// 谢女士 (R1.16).
    package let greeting: String
    package let gender: Gender
    /// Full years; nil when unknown.
    package let age: Int?
    /// "57 岁"
    package let ageText: String
    package let recordNumber: String
    /// In clear; the page masks it for those who may not see it.
    package let phone: String?
    /// Codes of the special conditions in force, oldest first (R1.07).
    package let specialAlerts: [SpecialAlert]
    /// Code of the list `spokenLanguage`; nil: Mandarin (R1.23).
    package var language: String?
    /// Who can relay in Mandarin.
    package var relayName: String?
    /// Codes of the list `assistanceNeed` (R1.25).
    package var needs: [String] = []
    /// Code of the list `drink` (R1.26).
    package var drink: String?
    /// Works here (R1.27).
    package var isEmployee = false
    /// Name and number were taken on the telephone and not read back yet (R1.15).
    package var isReadBackDue = false

    package struct SpecialAlert: Hashable, Sendable {
        /// Code of the list `medicalHistory`.
        package let code: String
        package let note: String?
    }

    /// 女士, 小朋友, 老师: the greeting without the name, for sentences that say the full name; empty when nothing is known.
    package var title: String {
        greeting.hasPrefix(name)
            ? String(greeting.dropFirst(name.count)) : String(greeting.dropFirst(PersonName.surname(of: name).count))
    }

    package var hasSpecialAlerts: Bool { !specialAlerts.isEmpty }

    /// "138 0013 8000", or masked, or 未留电话.
    package func phoneText(masked: Bool) -> String { PatientPhone.text(phone, masked: masked) }
}

/// A stored number as it is shown.
package enum PatientPhone {
    package static let missing = "未留电话"

    package static func text(_ digits: String?, masked: Bool) -> String {
        guard let digits else { return missing }
        guard let phone = PhoneNumber(digits) else { return masked ? "****" : digits }
        return masked ? phone.masked : phone.text
    }

    /// What a form sent back: those who may not see a number get it masked, and leave it so when it is right.
    package static func restored(_ typed: String, stored: String?) -> String {
        guard let stored else { return typed }
        let masked = text(stored, masked: true)
        return typed.halfWidth.filter { $0 != " " } == masked.filter { $0 != " " } ? stored : typed
    }
}
