import Clinic
import Kernel

/// The working times of one person — templates/roster/person.mustache
struct RosterPersonPage: Page {
    static let template = "roster/person"
    let shell: ShellView
    let name: String
    let backHref: String
    let weekAction: String
    let exceptionAction: String
    let from: String
    let rows: [Row]
    let exceptionSpans: [SpanFields]
    let exceptions: [Exception]
    let day: String
    let problem: String?
    let profile: Profile?
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("backHref", \.backHref), Field("weekAction", \.weekAction),
        Field("exceptionAction", \.exceptionAction), Field("from", \.from), Field("rows", \.rows),
        Field("exceptionSpans", \.exceptionSpans), Field("exceptions", \.exceptions), Field("day", \.day),
        Field("problem", \.problem), Field("profile", \.profile),
    ]

    /// One weekday.
    struct Row: Viewable {
        let label: String
        let spans: [SpanFields]
        static let fields: [Field<Self>] = [Field("label", \.label), Field("spans", \.spans)]
    }

    struct Exception: Viewable {
        let text: String
        let action: String
        let day: String
        static let fields: [Field<Self>] = [Field("text", \.text), Field("action", \.action), Field("day", \.day)]
    }

    /// What rotation and matching know about a doctor (R3.13).
    struct Profile: Viewable {
        let action: String
        let version: Int
        /// "工号 1002 · 主任医师 · 男 · 1 诊室"
        let facts: String
        let bornOn: String
        let startedOn: String
        let takesRotation: Bool
        let specialties: [OptionView]
        let familiar: [OptionView]
        let bornOnError: String?
        let startedOnError: String?
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("version", \.version), Field("facts", \.facts),
            Field("bornOn", \.bornOn), Field("startedOn", \.startedOn), Field("takesRotation", \.takesRotation),
            Field("specialties", \.specialties), Field("familiar", \.familiar), Field("bornOnError", \.bornOnError),
            Field("startedOnError", \.startedOnError),
        ]
    }
}

extension RosterPersonPage.Profile {
    init(_ profile: DoctorProfile, playbook: Playbook, faults: FormErrors) {
        action = RosterPaths.action(profile.staffID, "profile")
        version = profile.version
        facts = [
            "工号 \(profile.employeeNumber)", profile.title, profile.gender == .unknown ? nil : profile.gender.label,
            profile.roomNumber.map { "\($0) 诊室" },
        ].compactMap(\.self).joined(separator: " · ")
        bornOn = profile.bornOn?.iso ?? ""
        startedOn = profile.startedOn?.iso ?? ""
        takesRotation = profile.takesRotation
        func options(_ chosen: Set<String>) -> [OptionView] {
            playbook.codes(.specialty).map { OptionView($0.code, $0.label, isChosen: chosen.contains($0.code)) }
        }
        specialties = options(profile.specialties)
        familiar = options(profile.familiarWith)
        bornOnError = faults.messages["bornOn"]
        startedOnError = faults.messages["startedOn"]
    }
}
