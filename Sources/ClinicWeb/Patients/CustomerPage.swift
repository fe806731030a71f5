import Clinic
import Kernel

/// 客人 — one customer, everything in time order (R1.35) — templates/patients/customer.mustache
package struct CustomerPage: Page {
    package static let template = "patients/customer"
    package let shell: ShellView
    let id: String
    let name: String
    let greeting: String
    let sexAge: String
    let recordNumber: String
    /// Special conditions, in red.
    let specials: [String]
    let wishChips: [String]
    /// Typed on line by somebody the desk has not verified; leads to the comparison.
    let unverified: LinkView?
    /// How to receive, forms, notes, paper.
    let files: CustomerFilesView
    /// How important the customer is (R3.50).
    let level: CustomerLevelView
    let phone: PhoneView
    let document: PhoneView?
    let facts: [CustomerFactView]
    let relations: [CustomerFactView]
    let referredCount: Int
    let hasRelations: Bool
    let alerts: [CustomerRecordView]
    let wishes: [CustomerRecordView]
    let consents: [CustomerConsentView]
    let notice: [String]
    let noticeVersion: String
    let needsGuardian: Bool
    let historyChoices: [PatientOptionView]
    let wishChoices: [PatientOptionView]
    let canEdit: Bool
    /// "¥20.00", when something is owed and the person may know.
    let owed: String?
    let owedHref: String?
    let book: LinkView?
    let checkInHref: String?
    /// What comes next of the visit that is open now, instead of registering it again.
    let visit: CustomerVisitView?
    let editHref: String?
    let more: [LinkView]
    let coming: [TimelineEntryView]
    let timeline: TimelineView
    /// What a small form of the page was refused for.
    let fault: String?

    package static let fields: [Field<Self>] = [
        Field("id", \.id), Field("name", \.name), Field("greeting", \.greeting), Field("sexAge", \.sexAge),
        Field("recordNumber", \.recordNumber), Field("specials", \.specials), Field("wishChips", \.wishChips),
        Field("unverified", \.unverified), Field("files", \.files),
        Field("level", \.level),
        Field("phone", \.phone), Field("document", \.document), Field("facts", \.facts),
        Field("relations", \.relations),
        Field("referredCount", \.referredCount), Field("hasRelations", \.hasRelations), Field("alerts", \.alerts),
        Field("wishes", \.wishes), Field("consents", \.consents), Field("notice", \.notice),
        Field("noticeVersion", \.noticeVersion), Field("needsGuardian", \.needsGuardian),
        Field("historyChoices", \.historyChoices), Field("wishChoices", \.wishChoices), Field("canEdit", \.canEdit),
        Field("owed", \.owed), Field("owedHref", \.owedHref),
        Field("book", \.book), Field("checkInHref", \.checkInHref), Field("visit", \.visit),
        Field("editHref", \.editHref), Field("more", \.more),
        Field("coming", \.coming), Field("timeline", \.timeline), Field("fault", \.fault),
    ]
}

/// A masked value that may be shown for a moment — templates/patients/_phone.mustache
package struct PhoneView: Fragment {
    package static let template = "patients/_phone"
    let text: String
    /// POST that shows the whole value and records it; nil when it is shown, or may not be.
    let revealHref: String?
    package static let fields: [Field<Self>] = [Field("text", \.text), Field("revealHref", \.revealHref)]
    package static var samples: [Self] {
        [
            Self(text: "136 **** 7715", revealHref: "/patients/0000000000001/phone"),
            Self(text: "136 0013 7715", revealHref: nil),
        ]
    }
}

/// The page after a reveal without scripts — templates/patients/revealed.mustache
package struct RevealedPage: Page {
    package static let template = "patients/revealed"
    package let shell: ShellView
    let name: String
    let label: String
    let text: String
    let backHref: String
    package static let fields: [Field<Self>] = [
        Field("name", \.name), Field("label", \.label), Field("text", \.text), Field("backHref", \.backHref),
    ]
    package static var samples: [Self] {
        [
            Self(
                shell: .sample(title: "完整电话", area: .patients), name: "谢春梅", label: "电话", text: "136 0013 7715",
                backHref: "/patients/0000000000001")
        ]
    }
}

/// The open visit: where it stands, and its next step.
package struct CustomerVisitView: Viewable {
    /// "候诊中"
    let stage: String
    let tone: String
    let href: String
    let next: LinkView?
    package static let fields: [Field<Self>] = [
        Field("stage", \.stage), Field("tone", \.tone), Field("href", \.href), Field("next", \.next),
    ]
}

/// How important the customer is: the chip, and the small form by right (R3.50).
struct CustomerLevelView: Viewable {
    /// "重要客人 2 级"
    let label: String?
    /// "全家都在这里看 · 林岚 2026-03-12"
    let note: String?
    let reason: String
    let choices: [PatientOptionView]
    /// POST; empty when the person may not.
    let href: String
    let isEditable: Bool
    /// Something to show, or to do.
    let isShown: Bool
    package static let fields: [Field<Self>] = [
        Field("label", \.label), Field("note", \.note), Field("reason", \.reason), Field("choices", \.choices),
        Field("href", \.href), Field("isEditable", \.isEditable), Field("isShown", \.isShown),
    ]
    init(_ level: PatientLevel?, note: String?, href: String?) {
        label = level?.label
        self.note = note
        reason = level?.reason ?? ""
        let current = level?.level ?? 0
        choices = (0...3).map { PatientOptionView(String($0), $0 == 0 ? "普通" : "\($0) 级", isChosen: $0 == current) }
        self.href = href ?? ""
        isEditable = href != nil
        isShown = href != nil || level != nil
    }
}

/// Label and value; with a link when it leads to a person.
package struct CustomerFactView: Viewable {
    let label: String
    let value: String
    let href: String?
    package static let fields: [Field<Self>] = [
        Field("label", \.label), Field("value", \.value), Field("href", \.href),
    ]
    init(_ label: String, _ value: String, href: String? = nil) {
        self.label = label
        self.value = value
        self.href = href
    }
}

/// A condition or a request in force.
package struct CustomerRecordView: Viewable {
    let text: String
    let isStrong: Bool
    /// "周敏 2026-03-12"
    let by: String
    let endHref: String?
    package static let fields: [Field<Self>] = [
        Field("text", \.text), Field("isStrong", \.isStrong), Field("by", \.by), Field("endHref", \.endHref),
    ]
}

/// One consent: given, withdrawn or never asked.
package struct CustomerConsentView: Viewable {
    let kind: String
    let label: String
    let isGiven: Bool
    let note: String
    let withdrawHref: String?
    package static let fields: [Field<Self>] = [
        Field("kind", \.kind), Field("label", \.label), Field("isGiven", \.isGiven), Field("note", \.note),
        Field("withdrawHref", \.withdrawHref),
    ]
}
