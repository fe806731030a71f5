import Clinic
import Kernel

/// A person in a list or among hits.
package struct PersonRowView: Viewable {
    let href: String
    let name: String
    /// "女 57 岁"
    let sexAge: String
    let recordNumber: String
    let phone: String
    let alerts: [String]
    let bookHref: String?
    let checkInHref: String?

    package static let fields: [Field<Self>] = [
        Field("href", \.href), Field("name", \.name), Field("sexAge", \.sexAge), Field("recordNumber", \.recordNumber),
        Field("phone", \.phone), Field("alerts", \.alerts), Field("bookHref", \.bookHref),
        Field("checkInHref", \.checkInHref),
    ]

    init(
        href: String, name: String, sexAge: String, recordNumber: String, phone: String, alerts: [String] = [],
        bookHref: String? = nil, checkInHref: String? = nil
    ) {
        self.href = href
        self.name = name
        self.sexAge = sexAge
        self.recordNumber = recordNumber
        self.phone = phone
        self.alerts = alerts
        self.bookHref = bookHref
        self.checkInHref = checkInHref
    }

    /// - Parameter isHere: in the clinic now, so there is no arrival to register.
    init(_ brief: PatientBrief, isHere: Bool = false, for request: StaffRequest) {
        let (playbook, links) = (request.work.playbook, PatientLinks(request))
        self.init(
            href: PatientPaths.one(brief.id), name: brief.name, sexAge: "\(brief.gender.label) \(brief.ageText)",
            recordNumber: brief.recordNumber, phone: brief.phoneText(masked: !request.may(.seePhones)),
            alerts: brief.specialAlerts.map { AlertText.text($0.code, $0.note, playbook) },
            bookHref: links.book(brief.id), checkInHref: isHere ? nil : links.checkIn(brief.id))
    }

    static let sample = PersonRowView(
        href: "/patients/0000000000001", name: "谢春梅", sexAge: "女 57 岁", recordNumber: "A009316", phone: "136 **** 7715",
        alerts: ["糖尿病：拔牙前测血糖", "正在服抗凝药"], bookHref: "/appointments/new", checkInHref: "/reception/arrivals/new")
    static let longest = PersonRowView(
        href: "/patients/0000000000002", name: "阿卜杜热西提·买买提江<script>", sexAge: "未知 约 130 岁", recordNumber: "JNL000002",
        phone: PatientPhone.missing)
}

/// One field of a customer form — templates/patients/_input.mustache
package struct PatientInputView: Viewable {
    let name: String
    let label: String
    let value: String
    let hint: String?
    let error: String?
    let isRequired: Bool
    let inputMode: String?
    let isFocused: Bool
    /// Several lines.
    let isLong: Bool
    /// Offers people while typing; the value is a record number.
    let isPerson: Bool

    package static let fields: [Field<Self>] = [
        Field("name", \.name), Field("label", \.label), Field("value", \.value), Field("hint", \.hint),
        Field("error", \.error), Field("isRequired", \.isRequired), Field("inputMode", \.inputMode),
        Field("isFocused", \.isFocused), Field("isLong", \.isLong), Field("isPerson", \.isPerson),
    ]

    init(
        _ name: String, _ label: String, _ value: String, hint: String? = nil, isRequired: Bool = false,
        inputMode: String? = nil, isFocused: Bool = false, isLong: Bool = false, isPerson: Bool = false,
        faults: FormErrors = FormErrors()
    ) {
        self.name = name
        self.label = label
        self.value = value
        self.hint = hint
        error = faults.messages[name]
        self.isRequired = isRequired
        self.inputMode = inputMode
        self.isFocused = faults.isEmpty ? isFocused : faults.field == name
        self.isLong = isLong
        self.isPerson = isPerson
    }
}

/// One answer of a choice, with the words typed beside it.
package struct PatientOptionView: Viewable {
    let value: String
    let label: String
    let isChosen: Bool
    let note: String
    package static let fields: [Field<Self>] = [
        Field("value", \.value), Field("label", \.label), Field("isChosen", \.isChosen), Field("note", \.note),
    ]
    init(_ value: String, _ label: String, isChosen: Bool = false, note: String = "") {
        self.value = value
        self.label = label
        self.isChosen = isChosen
        self.note = note
    }
}

/// Several answers under one name — templates/patients/_choice.mustache
package struct PatientChoiceView: Viewable {
    let name: String
    let label: String
    let isRequired: Bool
    let error: String?
    let hint: String?
    let options: [PatientOptionView]
    package static let fields: [Field<Self>] = [
        Field("name", \.name), Field("label", \.label), Field("isRequired", \.isRequired), Field("error", \.error),
        Field("hint", \.hint), Field("options", \.options),
    ]
    init(
        _ name: String, _ label: String, _ options: [PatientOptionView], isRequired: Bool = false, hint: String? = nil,
        faults: FormErrors = FormErrors()
    ) {
        self.name = name
        self.label = label
        self.options = options
        self.isRequired = isRequired
        self.hint = hint
        error = faults.messages[name]
    }
}
