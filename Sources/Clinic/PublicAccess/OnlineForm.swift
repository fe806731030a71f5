import Kernel

/// One online booking from the held time to the desk's verdict who it was.
package struct OnlineForm: Hashable, Sendable {
    package let id: ID<OnlineForm>
    package let clinicID: ID<ClinicSite>
    package let holdID: ID<Hold>
    package let need: OnlineNeed
    package let slot: Slot
    /// Keyed hash: the network address itself is not kept.
    package let addressHash: String
    /// Keyed hash of the browser's mark; nil on forms of before there was one.
    package let visitorHash: String?
    package let startedAt: Timestamp
    /// Until then the time is kept for this visitor.
    package let expiresAt: Timestamp
    package let startedDay: Day
    /// Of the page at the hold, then of the page as it was sent.
    package var language: Language
    package var phoneHash: String?
    /// Answered with yes.
    package var answers: [OnlineQuestion]
    /// Answered with no; what is in neither was not answered.
    package var denied: [OnlineQuestion] = []
    package var submittedAt: Timestamp?
    package var appointmentID: ID<Appointment>?
    package var patientID: ID<Patient>?
    package var settledAt: Timestamp?
    package var settledBy: ID<Staff>?
    package var outcome: Outcome?
    package var knownAs: ID<Patient>?

    /// What the desk found out.
    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// Somebody new; the file is right.
        case new
        /// Somebody on file; the booking went there.
        case merged
        /// Nobody: the number does not answer to that name.
        case refused
    }

    package var isOpen: Bool { submittedAt != nil && settledAt == nil }
}

/// What a visitor typed, exactly as sent.
package struct OnlineEntry: Hashable, Sendable {
    package var name: String
    package var phone: String
    package var age: String
    /// Raw value of `Gender`.
    package var gender: String
    package var note: String
    package var guardianName: String
    /// Answered with yes.
    package var answers: Set<OnlineQuestion>
    /// Answered with no.
    package var denied: Set<OnlineQuestion>
    package var agrees: Bool
    /// Health information needs a consent of its own.
    package var agreesHealth: Bool
    /// A field people do not see; programs fill it.
    package var trap: String

    package init(
        name: String, phone: String, age: String, gender: String, note: String = "", guardianName: String = "",
        answers: Set<OnlineQuestion> = [], denied: Set<OnlineQuestion> = [], agrees: Bool, agreesHealth: Bool = false,
        trap: String = ""
    ) {
        self.name = name
        self.phone = phone
        self.age = age
        self.gender = gender
        self.note = note
        self.guardianName = guardianName
        self.answers = answers
        self.denied = denied
        self.agrees = agrees
        self.agreesHealth = agreesHealth
        self.trap = trap
    }

    /// Something about health was said.
    package var tellsHealth: Bool { !answers.isEmpty || !denied.isEmpty || note.nonBlank != nil }
}

/// What is wrong with a field; the page says it in the visitor's language.
package enum OnlineFault: String, Hashable, Sendable, CaseIterable {
    case nameMissing, nameTooLong, phoneWrong, ageWrong, genderMissing, noteTooLong, guardianMissing, guardianTooLong,
        consentMissing
    case healthConsentMissing
}

/// Faults by the HTML name of the field, in the order of the page.
package struct OnlineFaults: Error, Hashable {
    package let faults: [String: OnlineFault]
    package init(_ faults: [String: OnlineFault]) { self.faults = faults }
}

/// Why an online booking is not taken; never because of who somebody is.
package enum OnlineRefusal: UserFacingError, Hashable {
    /// Too quick, too often today, or filled by a program: one answer.
    case notAccepted
    /// The five minutes are over, or the time was taken by somebody else.
    case timeIsGone
    /// The clinic takes no bookings on line now.
    case closed

    package var kind: FailureKind {
        switch self {
        case .notAccepted: .tooMany
        case .timeIsGone: .conflict
        case .closed: .unavailable
        }
    }
    package var userMessage: String {
        switch self {
        case .notAccepted: "网上预约这次没有接受，请致电门诊"
        case .timeIsGone: "这个时间已经不能预约，请重新选择"
        case .closed: "网上预约暂停，请致电门诊"
        }
    }
}

/// Pure checks of an online form.
package enum OnlineRules {
    static let longestName = 40
    static let longestNote = 200
    /// Of a telephone number or an age as typed; what is longer is not looked at.
    static let longestNumber = 40
    static let oldest = 120

    /// R3.09: name, phone, age and consent; a child comes with a guardian (design §9).
    package static func faults(_ entry: OnlineEntry) -> [String: OnlineFault] {
        var faults: [String: OnlineFault] = [:]
        let name = entry.name.halfWidth.trimmed
        if !name.contains(where: \.isLetter) || name.contains(where: \.isNewline) { faults["name"] = .nameMissing }
        if name.count > longestName { faults["name"] = .nameTooLong }
        if entry.phone.count > longestNumber || PhoneNumber(entry.phone) == nil { faults["phone"] = .phoneWrong }
        let age = entry.age.count > longestNumber ? nil : Int(entry.age.halfWidth.trimmed)
        if age.map({ (0...oldest).contains($0) }) != true { faults["age"] = .ageWrong }
        if Gender(rawValue: entry.gender) == nil { faults["gender"] = .genderMissing }
        if entry.note.count > longestNote { faults["note"] = .noteTooLong }
        if let age, (0..<PatientAge.guardianUntil).contains(age), entry.guardianName.nonBlank == nil {
            faults["guardianName"] = .guardianMissing
        }
        if entry.guardianName.count > longestName { faults["guardianName"] = .guardianTooLong }
        if entry.tellsHealth, !entry.agreesHealth { faults["agreesHealth"] = .healthConsentMissing }
        if !entry.agrees { faults["agrees"] = .consentMissing }
        return faults
    }

    /// Filled in by a program: the hidden field has a value, or nobody reads and types that fast.
    package static func isProgram(
        _ entry: OnlineEntry, startedAt: Timestamp, now: Timestamp, minimumSeconds: Int
    ) -> Bool {
        !entry.trap.isEmpty || now < startedAt.adding(seconds: minimumSeconds)
    }

    /// What one phone or one network address did today, against what a person may need.
    package struct Counts: Hashable, Sendable {
        /// Of this phone from this network address: from elsewhere it would tell who books.
        package var bookedByPhone: Int
        package var bookedByAddress: Int
        /// Holds begun today.
        package var heldByAddress: Int
        /// Holds that are in force, of this address and of everybody.
        package var heldNowByAddress: Int
        package var heldNow: Int
        /// Bookings that the desk has not verified.
        package var unverified: Int
        package init(
            bookedByPhone: Int = 0, bookedByAddress: Int = 0, heldByAddress: Int = 0, heldNowByAddress: Int = 0,
            heldNow: Int = 0, unverified: Int = 0
        ) {
            self.heldNowByAddress = heldNowByAddress
            self.unverified = unverified
            self.bookedByPhone = bookedByPhone
            self.bookedByAddress = bookedByAddress
            self.heldByAddress = heldByAddress
            self.heldNow = heldNow
        }
    }

    /// - Throws: `OnlineRefusal.notAccepted`.
    package static func checkBooking(_ counts: Counts, _ playbook: Playbook) throws(OnlineRefusal) {
        if counts.bookedByPhone >= playbook[.publicBookingsPerPhone] { throw .notAccepted }
        if counts.bookedByAddress >= playbook[.publicBookingsPerAddress] { throw .notAccepted }
        if counts.unverified >= playbook[.publicUnverifiedAtOnce] { throw .notAccepted }
    }

    /// Nobody keeps the book closed by holding times without booking them.
    /// - Throws: `OnlineRefusal.notAccepted`.
    package static func checkHold(_ counts: Counts, _ playbook: Playbook) throws(OnlineRefusal) {
        if counts.bookedByAddress >= playbook[.publicBookingsPerAddress] { throw .notAccepted }
        if counts.heldByAddress >= playbook[.publicBookingsPerAddress] * 3 { throw .notAccepted }
        if counts.heldNowByAddress >= playbook[.publicHoldsPerAddress] { throw .notAccepted }
        if counts.heldNow >= playbook[.publicHoldsAtOnce] { throw .notAccepted }
        if counts.unverified >= playbook[.publicUnverifiedAtOnce] { throw .notAccepted }
    }
}
