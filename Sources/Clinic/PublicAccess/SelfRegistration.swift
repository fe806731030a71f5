import Kernel

/// One registration by the customer's own telephone (R1.10): from the code that was scanned to the check at the desk.
package struct SelfRegistration: Hashable, Sendable {
    package let id: ID<SelfRegistration>
    package let clinicID: ID<ClinicSite>
    /// nil: from the clinic's own code, which anybody at the door may scan.
    package let appointmentID: ID<Appointment>?
    package let issuedAt: Timestamp
    package let issuedDay: Day
    package let issuedBy: ID<Staff>
    package let expiresAt: Timestamp
    /// Keyed hash of the network address that began it; nil when the desk gave it out.
    package let addressHash: String?
    package var revokedAt: Timestamp?
    /// Of the form as it was sent.
    package var language: Language?
    package var answers: SelfAnswers?
    package var noticeVersion: String?
    package var noticeHash: String?
    package var submittedAt: Timestamp?
    package var settledAt: Timestamp?
    package var settledBy: ID<Staff>?
    package var outcome: Outcome?
    package var patientID: ID<Patient>?

    /// What the desk made of it.
    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// A new file.
        case new
        /// A file that was there.
        case known
        /// Nobody who is here.
        case refused
    }

    /// Whether the address still leads to an empty form.
    package func isFillable(at now: Timestamp) -> Bool { submittedAt == nil && revokedAt == nil && now < expiresAt }
    /// Sent, and nobody has checked it.
    package var isWaiting: Bool { submittedAt != nil && settledAt == nil }
}

/// What the customer typed: registration and first-visit inquiry on one form (R1.05).
package struct SelfAnswers: Codable, Hashable, Sendable {
    package var name = ""
    /// Raw value of `Gender`.
    package var gender = ""
    /// `1968-07-02`, or blank when only the age is known.
    package var bornOn = ""
    package var age = ""
    package var phone = ""
    package var address = ""
    /// Symptoms, or what the customer comes for.
    package var complaint = ""
    /// Code of the list `sourceChannel`; blank: not said.
    package var sourceChannel = ""
    /// Raw value of `SelfFiller` (R1.06).
    package var filler = SelfFiller.own.rawValue
    package var guardianName = ""
    package var guardianPhone = ""
    /// Ticked codes of the list `medicalHistory`, sorted.
    package var histories: [String] = []
    /// "None of these" was ticked: not the same as an empty list.
    package var hasNoHistory = false
    package var allergies = ""
    package var medicines = ""
    /// Consents given, raw values of `ConsentKind`, sorted.
    package var consents: [String] = []
    package init() {}

    package func agrees(to kind: ConsentKind) -> Bool { consents.contains(kind.rawValue) }
    /// Something about health was said.
    package var tellsHealth: Bool {
        hasNoHistory || !histories.isEmpty || allergies.nonBlank != nil || medicines.nonBlank != nil
    }
}

/// Who filled it in (R1.06).
package enum SelfFiller: String, Hashable, Sendable, CaseIterable {
    case own, guardian, family

    /// For the desk.
    package var label: String {
        switch self {
        case .own: "本人填写"
        case .guardian: "监护人代填"
        case .family: "家人代填"
        }
    }
}

/// What is wrong with a field of the form; the page says it in the visitor's language.
package enum SelfFault: String, Hashable, Sendable, CaseIterable {
    case nameMissing, nameTooLong, genderMissing, birthWrong, ageWrong, phoneWrong, complaintMissing, textTooLong
    case guardianMissing, guardianPhoneWrong, historyMissing, historyBoth, consentMissing, healthConsentMissing
}

/// Faults by the HTML name of the field.
package struct SelfFaults: Error, Hashable {
    package let faults: [String: SelfFault]
    package init(_ faults: [String: SelfFault]) { self.faults = faults }
}

/// Pure checks of the form.
package enum SelfRules {
    /// Of an address, a reason or a list of medicines.
    static let longestText = 200

    /// - Parameters:
    ///   - known: codes of the clinic's list of the medical history.
    package static func faults(_ a: SelfAnswers, known: Set<String>, today: Day) -> [String: SelfFault] {
        var faults: [String: SelfFault] = [:]
        let name = a.name.halfWidth.trimmed
        if !name.contains(where: \.isLetter) || name.contains(where: \.isNewline) { faults["name"] = .nameMissing }
        if name.count > OnlineRules.longestName { faults["name"] = .nameTooLong }
        if Gender(rawValue: a.gender) == nil { faults["gender"] = .genderMissing }
        let years = age(a, today: today, &faults)
        if a.phone.count > OnlineRules.longestNumber || PhoneNumber(a.phone) == nil { faults["phone"] = .phoneWrong }
        if a.complaint.nonBlank == nil { faults["complaint"] = .complaintMissing }
        for (field, text) in [
            ("address", a.address), ("complaint", a.complaint), ("allergies", a.allergies), ("medicines", a.medicines),
        ] where text.count > longestText { faults[field] = .textTooLong }
        guardian(a, years: years, &faults)
        history(a, known: known, &faults)
        if !a.agrees(to: .privacy) { faults["privacy"] = .consentMissing }
        return faults
    }

    private static func age(_ a: SelfAnswers, today: Day, _ faults: inout [String: SelfFault]) -> Int? {
        if a.bornOn.nonBlank != nil {
            guard a.bornOn.count <= OnlineRules.longestNumber, let day = TypedDay.read(a.bornOn), day <= today,
                today.years(since: day) <= OnlineRules.oldest
            else {
                faults["bornOn"] = .birthWrong
                return nil
            }
            return today.years(since: day)
        }
        guard a.age.count <= OnlineRules.longestNumber, let age = Int(a.age.halfWidth.trimmed),
            (0...OnlineRules.oldest).contains(age)
        else {
            faults["age"] = .ageWrong
            return nil
        }
        return age
    }

    private static func guardian(_ a: SelfAnswers, years: Int?, _ faults: inout [String: SelfFault]) {
        if let years, years < PatientAge.guardianUntil, a.guardianName.nonBlank == nil {
            faults["guardianName"] = .guardianMissing
        }
        if a.guardianName.count > OnlineRules.longestName { faults["guardianName"] = .nameTooLong }
        if a.guardianPhone.nonBlank != nil,
            a.guardianPhone.count > OnlineRules.longestNumber || PhoneNumber(a.guardianPhone) == nil
        {
            faults["guardianPhone"] = .guardianPhoneWrong
        }
    }

    /// Each question has an answer: what is not ticked is no only once "none of these" was ticked.
    private static func history(_ a: SelfAnswers, known: Set<String>, _ faults: inout [String: SelfFault]) {
        let ticked = a.histories.filter(known.contains)
        if a.hasNoHistory, !ticked.isEmpty { faults["history"] = .historyBoth }
        if !a.agrees(to: .health) {
            // Without consent nothing about health is taken down; the desk asks in person.
            if a.tellsHealth { faults["health"] = .healthConsentMissing }
        } else if !a.hasNoHistory, ticked.isEmpty, a.allergies.nonBlank == nil, a.medicines.nonBlank == nil {
            faults["history"] = .historyMissing
        }
    }
}
