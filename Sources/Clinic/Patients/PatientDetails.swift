import Kernel

/// Identity and contact data exactly as typed; `RegistrationRules` reads them. The same for registration and correction.
package struct PatientDetails: Hashable, Sendable {
    package var name: String
    /// Blank: from the name.
    package var pinyin: String
    /// Raw value of `Gender`; blank is refused unless the document tells.
    package var gender: String
    /// `1968-07-02`, `19680702`, `1968年7月2日`; blank when only the age is known.
    package var bornOn: String
    /// Years, when there is no birth date.
    package var age: String
    package var salutation: String
    package var phone: String
    /// Code of the list `phoneMissing`; needed when `phone` is blank (R1.12).
    package var phoneMissingReason: String
    package var address: String
    /// Raw value of `DocumentKind`; blank means national ID.
    package var documentKind: String
    /// Blank in a correction leaves the stored number as it is.
    package var documentNumber: String
    /// Birth date or sex differ from the document, and the customer says they are right.
    package var acceptsDocumentMismatch: Bool
    /// Code of the list `sourceChannel` (R1.18).
    package var sourceChannel: String
    package var referrerID: ID<Patient>?
    /// Symptoms, or what the customer comes for (R1.01).
    package var complaint: String
    /// General physical condition (R1.08).
    package var conditionNote: String
    package var remark: String

    package init(
        name: String, gender: String = "", bornOn: String = "", age: String = "", phone: String = "",
        complaint: String = "", pinyin: String = "", salutation: String = "", phoneMissingReason: String = "",
        address: String = "", documentKind: String = "", documentNumber: String = "",
        acceptsDocumentMismatch: Bool = false, sourceChannel: String = "", referrerID: ID<Patient>? = nil,
        conditionNote: String = "", remark: String = ""
    ) {
        self.name = name
        self.pinyin = pinyin
        self.gender = gender
        self.bornOn = bornOn
        self.age = age
        self.salutation = salutation
        self.phone = phone
        self.phoneMissingReason = phoneMissingReason
        self.address = address
        self.documentKind = documentKind
        self.documentNumber = documentNumber
        self.acceptsDocumentMismatch = acceptsDocumentMismatch
        self.sourceChannel = sourceChannel
        self.referrerID = referrerID
        self.complaint = complaint
        self.conditionNote = conditionNote
        self.remark = remark
    }

    /// What is stored, ready to be corrected. The document number stays blank: it is never shown in a form.
    package init(_ patient: Patient) {
        self.init(
            name: patient.name, gender: patient.gender.rawValue, bornOn: patient.bornOn?.iso ?? "",
            age: patient.bornOn == nil ? patient.statedAge.map { String($0) } ?? "" : "",
            phone: patient.phone ?? "", complaint: patient.complaint, pinyin: patient.pinyin,
            salutation: patient.salutation ?? "", phoneMissingReason: patient.phoneMissingReason ?? "",
            address: patient.address ?? "", documentKind: patient.documentKind?.rawValue ?? "",
            sourceChannel: patient.sourceChannel ?? "", referrerID: patient.referrerID,
            conditionNote: patient.conditionNote ?? "", remark: patient.remark ?? "")
    }
}

/// `PatientDetails` after the check: ready to store.
package struct PatientFacts: Hashable, Sendable {
    package let name: String
    package let pinyin: String
    package let gender: Gender
    package let bornOn: Day?
    package let statedAge: Int?
    package let salutation: String?
    package let phone: PhoneNumber?
    package let phoneMissingReason: String?
    package let address: String?
    package let document: IdentityDocument?
    package let sourceChannel: String?
    package let referrerID: ID<Patient>?
    package let complaint: String
    package let conditionNote: String?
    package let remark: String?
}

/// A checked identity document, in clear: only between form and cipher, never in an event, a log or a page.
package struct IdentityDocument: Hashable, Sendable {
    package let kind: DocumentKind
    /// Upper case, half width.
    package let number: String
    package let masked: String
}
