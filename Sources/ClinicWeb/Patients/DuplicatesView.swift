import Clinic
import Kernel

/// One person who may be the same, with enough to decide (R1.14).
package struct DuplicateView: Viewable {
    let id: String
    let href: String
    let name: String
    let sexAge: String
    let recordNumber: String
    let bornOn: String
    let phone: String
    let document: String?
    let address: String?
    /// "电话相同、姓名和生日相同"
    let reasons: String
    let isLikely: Bool
    let registeredOn: String
    /// Declared to be somebody else.
    let isConfirmed: Bool

    package static let fields: [Field<Self>] = [
        Field("id", \.id), Field("href", \.href), Field("name", \.name), Field("sexAge", \.sexAge),
        Field("recordNumber", \.recordNumber), Field("bornOn", \.bornOn), Field("phone", \.phone),
        Field("document", \.document), Field("address", \.address), Field("reasons", \.reasons),
        Field("isLikely", \.isLikely), Field("registeredOn", \.registeredOn),
        Field("isConfirmed", \.isConfirmed),
    ]

    init(
        id: String, href: String, name: String, sexAge: String, recordNumber: String, bornOn: String, phone: String,
        document: String?, address: String?, reasons: String, isLikely: Bool, registeredOn: String, isConfirmed: Bool
    ) {
        self.id = id
        self.href = href
        self.name = name
        self.sexAge = sexAge
        self.recordNumber = recordNumber
        self.bornOn = bornOn
        self.phone = phone
        self.document = document
        self.address = address
        self.reasons = reasons
        self.isLikely = isLikely
        self.registeredOn = registeredOn
        self.isConfirmed = isConfirmed
    }

    init(_ match: DuplicateMatch, isConfirmed: Bool, for request: StaffRequest) {
        let patient = match.patient
        self.init(
            id: patient.id.text, href: PatientPaths.one(patient.id), name: patient.name,
            sexAge: "\(patient.gender.label) \(patient.ageText(on: request.today))",
            recordNumber: patient.recordNumber, bornOn: patient.bornOn?.iso ?? "生日不详",
            phone: PatientPhone.text(patient.phone, masked: !request.may(.seePhones)), document: patient.documentMasked,
            address: patient.address, reasons: match.reasons.map(\.label).joined(separator: "、"),
            isLikely: match.isLikely,
            registeredOn: request.clinic.calendar.wallClock(patient.registeredAt).day.iso, isConfirmed: isConfirmed)
    }

    static let sample = DuplicateView(
        id: "0000000000001", href: "/patients/0000000000001", name: "谢春梅", sexAge: "女 57 岁", recordNumber: "A009316",
        bornOn: "1968-07-02", phone: "136 **** 7715", document: "110***********002X", address: "江南路 18 号 3 栋",
        reasons: "电话相同、姓名和生日相同", isLikely: true, registeredOn: "2019-04-16", isConfirmed: false)
}

/// The live warning of the registration form — templates/patients/_duplicates.mustache
package struct DuplicatesView: Fragment {
    package static let template = "patients/_duplicates"
    let matches: [DuplicateView]
    package static let fields: [Field<Self>] = [Field("matches", \.matches)]
    static let none = DuplicatesView(matches: [])
    package static var samples: [Self] { [Self(matches: [.sample]), .none] }
}
