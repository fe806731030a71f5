import Clinic
import Kernel

/// 改休待安排 — bookings whose doctor turned to rest, each settled here (R3.34) — templates/roster/rearrange.mustache
struct RearrangePage: Page {
    static let template = "roster/rearrange"
    let shell: ShellView
    let tabs: [RosterTab]
    let groups: [Group]
    let problem: String?
    static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("groups", \.groups), Field("problem", \.problem),
    ]

    /// One doctor and day.
    struct Group: Viewable {
        let title: String
        let cause: String
        /// The change came on the day itself (R2.17).
        let isUnannounced: Bool
        let calls: [String]
        let hasCalls: Bool
        let callAction: String
        let doctor: String
        let day: String
        let results: [OptionView]
        let entries: [Entry]
        /// "5 条待安排"
        let count: String
        static let fields: [Field<Self>] = [
            Field("title", \.title), Field("cause", \.cause), Field("isUnannounced", \.isUnannounced),
            Field("calls", \.calls), Field("hasCalls", \.hasCalls), Field("callAction", \.callAction),
            Field("doctor", \.doctor), Field("day", \.day), Field("results", \.results), Field("entries", \.entries),
            Field("count", \.count),
        ]
    }

    struct Entry: Viewable {
        let id: String
        let href: String
        let time: String
        let name: String
        let phone: String
        let dial: String
        let hasDial: Bool
        let purpose: String
        let hasArrived: Bool
        let version: Int
        /// "换给陈思敏医生", or why nobody can take over.
        let proposal: String?
        let why: String
        let doctorAction: String
        let timeAction: String
        let offers: [OptionView]
        let cancelAction: String
        let mayCancel: Bool
        static let fields: [Field<Self>] = [
            Field("id", \.id), Field("href", \.href), Field("time", \.time), Field("name", \.name),
            Field("phone", \.phone), Field("dial", \.dial), Field("hasDial", \.hasDial), Field("purpose", \.purpose),
            Field("hasArrived", \.hasArrived), Field("version", \.version), Field("proposal", \.proposal),
            Field("why", \.why), Field("doctorAction", \.doctorAction), Field("timeAction", \.timeAction),
            Field("offers", \.offers), Field("cancelAction", \.cancelAction),
            Field("mayCancel", \.mayCancel),
        ]
    }
}

extension RearrangePage.Entry {
    init(
        _ entry: RearrangeList.Entry, proposal: String?, why: String, offers: [Slot], seesPhone: Bool, mayCancel: Bool
    ) {
        let a = entry.appointment
        id = a.id.text
        href = AppointmentPaths.appointment(a.id)
        time = a.timeText
        name = entry.patientName
        let number = entry.phone.flatMap { PhoneNumber($0) }
        phone = number.map { seesPhone ? $0.text : $0.masked } ?? "没有电话"
        dial = number.map { "tel:\($0.digits)" } ?? ""
        hasDial = seesPhone && number != nil
        purpose = a.complaint
        hasArrived = entry.hasArrived
        version = a.version
        self.proposal = proposal
        self.why = why
        doctorAction = RosterPaths.rearrange(a.id, "doctor")
        timeAction = RosterPaths.rearrange(a.id, "time")
        self.offers = offers.map {
            OptionView("\($0.day.iso)|\($0.start.index)", "\($0.day.longText) \($0.start.clockText)")
        }
        cancelAction = RosterPaths.rearrange(a.id, "cancellation")
        self.mayCancel = mayCancel
    }
}
