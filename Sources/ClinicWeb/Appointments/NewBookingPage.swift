import Clinic
import Kernel

/// 新预约: customer, purpose, time — templates/appointments/new.mustache
struct NewBookingPage: Page {
    static let template = "appointments/new"
    let shell: ShellView
    let backHref: String
    let command: String
    // 1: who
    let query: String
    let kept: [OptionView]
    let found: PeopleView?
    let person: Person?
    // 2: what, when, with whom
    let form: Entry?
    let problem: Problem?

    static let fields: [Field<Self>] = [
        Field("backHref", \.backHref), Field("command", \.command), Field("query", \.query), Field("kept", \.kept),
        Field("found", \.found), Field("person", \.person), Field("form", \.form), Field("problem", \.problem),
    ]

    /// The chosen customer.
    struct Person: Viewable {
        let id: String
        let name: String
        let detail: String
        let hasAlert: Bool
        let treating: String?
        let changeHref: String
        static let fields: [Field<Self>] = [
            Field("id", \.id), Field("name", \.name), Field("detail", \.detail), Field("hasAlert", \.hasAlert),
            Field("treating", \.treating), Field("changeHref", \.changeHref),
        ]
    }

    /// What refused the booking, with the way to it.
    struct Problem: Viewable {
        let text: String
        let href: String?
        let label: String?
        static let fields: [Field<Self>] = [Field("text", \.text), Field("href", \.href), Field("label", \.label)]
    }

    /// The form with its values, choices and faults.
    struct Entry: Viewable {
        let day: String
        let complaint: String
        let remark: String
        let next: String
        let overrideNote: String
        let starts: [OptionView]
        let lengths: [OptionView]
        let autoLength: String
        let isAutoLength: Bool
        let doctors: [OptionView]
        let chairs: [OptionView]
        let channels: [OptionView]
        let deskReasons: [OptionView]
        let items: [ItemRow]
        let squeezeReasons: [OptionView]
        let doctorChanges: [OptionView]
        let overrides: [OptionView]
        let maySqueeze: Bool
        /// Another doctor than the treating one is chosen (R3.14).
        let asksChange: Bool
        /// The time is outside the roster and the person may pass that (R3.08).
        let asksOverride: Bool
        let offers: [Offer]
        let offersTitle: String
        let errors: Errors
        static let fields: [Field<Self>] = [
            Field("day", \.day), Field("complaint", \.complaint), Field("remark", \.remark), Field("next", \.next),
            Field("overrideNote", \.overrideNote), Field("starts", \.starts), Field("lengths", \.lengths),
            Field("autoLength", \.autoLength), Field("isAutoLength", \.isAutoLength), Field("doctors", \.doctors),
            Field("chairs", \.chairs), Field("channels", \.channels), Field("deskReasons", \.deskReasons),
            Field("items", \.items), Field("squeezeReasons", \.squeezeReasons),
            Field("doctorChanges", \.doctorChanges), Field("overrides", \.overrides),
            Field("maySqueeze", \.maySqueeze), Field("asksChange", \.asksChange),
            Field("asksOverride", \.asksOverride), Field("offers", \.offers), Field("offersTitle", \.offersTitle),
            Field("errors", \.errors),
        ]
    }

    struct ItemRow: Viewable {
        let number: Int
        let teeth: String
        let choices: [OptionView]
        static let fields: [Field<Self>] = [
            Field("number", \.number), Field("teeth", \.teeth), Field("choices", \.choices),
        ]
    }

    /// A free time of the doctor; pressing it books.
    struct Offer: Viewable {
        let value: String
        let time: String
        let day: String
        let by: String
        static let fields: [Field<Self>] = [
            Field("value", \.value), Field("time", \.time), Field("day", \.day), Field("by", \.by),
        ]
    }

    /// Messages beside their fields.
    struct Errors: Viewable {
        let dayFault, start, units, doctor, chair, complaintFault, item, teeth, channel, deskReason, squeezeReason,
            doctorChangeReason, overrideReason, overrideNote: String?
        static let fields: [Field<Self>] = [
            Field("dayFault", \.dayFault), Field("start", \.start), Field("units", \.units), Field("doctor", \.doctor),
            Field("chair", \.chair), Field("complaintFault", \.complaintFault), Field("item", \.item),
            Field("teeth", \.teeth),
            Field("channel", \.channel), Field("deskReason", \.deskReason), Field("squeezeReason", \.squeezeReason),
            Field("doctorChangeReason", \.doctorChangeReason), Field("overrideReason", \.overrideReason),
            Field("overrideNote", \.overrideNote),
        ]
        init(_ errors: FormErrors) {
            let m = errors.messages
            dayFault = m["day"]
            start = m["start"]
            units = m["units"]
            doctor = m["doctor"]
            chair = m["chair"]
            complaintFault = m["complaint"]
            item = m["item"]
            teeth = m["teeth"]
            channel = m["channel"]
            deskReason = m["deskReason"]
            squeezeReason = m["squeezeReason"]
            doctorChangeReason = m["doctorChangeReason"]
            overrideReason = m["overrideReason"]
            overrideNote = m["overrideNote"]
        }
    }
}

/// Hits of the search for a customer — templates/appointments/_people.mustache
struct PeopleView: Fragment {
    static let template = "appointments/_people"
    let hits: [Hit]
    let note: String?
    let registerHref: String?
    static let fields: [Field<Self>] = [
        Field("hits", \.hits), Field("note", \.note), Field("registerHref", \.registerHref),
    ]

    struct Hit: Viewable {
        let href: String
        let name: String
        let detail: String
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("name", \.name), Field("detail", \.detail),
        ]
    }
}
