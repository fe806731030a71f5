import Clinic
import Kernel

/// 新预约: the panel for a caller, and the form for a time chosen on the board — templates/appointments/new.mustache
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
    let newcomer: Newcomer?
    // 2: what, when, with whom
    let form: Entry?
    /// Everything that refused the booking and belongs to no field.
    let problems: [Problem]
    let says: [SayLine]
    /// What stands in the way is small and can get another time at once (R3.51).
    var givesWay = false

    static let fields: [Field<Self>] = [
        Field("backHref", \.backHref), Field("command", \.command), Field("query", \.query), Field("kept", \.kept),
        Field("found", \.found), Field("person", \.person), Field("newcomer", \.newcomer), Field("form", \.form),
        Field("problems", \.problems), Field("says", \.says),
        Field("givesWay", \.givesWay),
    ]

    /// The chosen customer, with what matters while booking.
    struct Person: Viewable {
        let id: String
        let name: String
        let detail: String
        let chips: [ToneChip]
        let facts: [LabelledView]
        let others: [FactView]
        let hasOthers: Bool
        let changeHref: String
        static let fields: [Field<Self>] = [
            Field("id", \.id), Field("name", \.name), Field("detail", \.detail), Field("chips", \.chips),
            Field("facts", \.facts), Field("others", \.others), Field("hasOthers", \.hasOthers),
            Field("changeHref", \.changeHref),
        ]
    }

    /// Somebody who calls for the first time: name, age, telephone (R3.16).
    struct Newcomer: Viewable {
        let fieldsToAsk: [PanelField]
        let matches: [Match]
        let hasMatches: Bool
        /// Declares all matches to be other people.
        let distinct: String
        /// People declared to be others before.
        let kept: String?
        let changeHref: String
        static let fields: [Field<Self>] = [
            Field("fieldsToAsk", \.fieldsToAsk), Field("matches", \.matches), Field("hasMatches", \.hasMatches),
            Field("distinct", \.distinct), Field("kept", \.kept), Field("changeHref", \.changeHref),
        ]
    }

    /// Somebody on file who may be the caller (R1.14).
    struct Match: Viewable {
        let id: String
        let name: String
        let detail: String
        static let fields: [Field<Self>] = [
            Field("id", \.id), Field("name", \.name), Field("detail", \.detail),
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
        let complaint: PanelField
        let complaints: [OptionView]
        let items: [ItemRow]
        let itemError: String?
        let length: PanelField
        let parts: PartsView
        let clinic: PanelField?
        /// Morning or afternoon, from when, which doctor.
        let wishes: [PanelField]
        /// How it was booked, remark.
        let notes: [PanelField]
        /// A time chosen by hand.
        let byHand: [PanelField]
        let isByHand: Bool
        let next: String
        let offersLabel: String
        let offers: Offers?
        let hasOffers: Bool
        static let fields: [Field<Self>] = [
            Field("complaint", \.complaint), Field("complaints", \.complaints), Field("items", \.items),
            Field("itemError", \.itemError), Field("length", \.length), Field("parts", \.parts),
            Field("clinic", \.clinic),
            Field("wishes", \.wishes), Field("notes", \.notes), Field("byHand", \.byHand),
            Field("isByHand", \.isByHand), Field("next", \.next), Field("offersLabel", \.offersLabel),
            Field("offers", \.offers), Field("hasOffers", \.hasOffers),
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

    /// The times that are said on the telephone.
    struct Offers: Viewable {
        let offers: [Offer]
        let isEmpty: Bool
        let note: String
        static let fields: [Field<Self>] = [
            Field("offers", \.offers), Field("isEmpty", \.isEmpty), Field("note", \.note),
        ]
    }

    /// A free time; pressing it books.
    struct Offer: Viewable {
        let key: String
        let value: String
        let time: String
        let day: String
        let by: String
        /// Why this doctor (R3.17).
        let why: String
        let rule: String
        let warning: String?
        let isFirst: Bool
        static let fields: [Field<Self>] = [
            Field("key", \.key), Field("value", \.value), Field("time", \.time), Field("day", \.day),
            Field("by", \.by), Field("why", \.why), Field("rule", \.rule), Field("warning", \.warning),
            Field("isFirst", \.isFirst),
        ]
    }

    /// The next sentence to say.
    struct SayLine: Viewable {
        let text: String
        let isDone: Bool
        static let fields: [Field<Self>] = [Field("text", \.text), Field("isDone", \.isDone)]
    }
}

/// Hits of the search for a customer — templates/appointments/_people.mustache
struct PeopleView: Fragment {
    static let template = "appointments/_people"
    let hits: [Hit]
    let note: String?
    let newHref: String?
    static let fields: [Field<Self>] = [
        Field("hits", \.hits), Field("note", \.note), Field("newHref", \.newHref),
    ]

    struct Hit: Viewable {
        let key: String?
        let href: String
        let name: String
        let detail: String
        let isFirst: Bool
        static let fields: [Field<Self>] = [
            Field("key", \.key), Field("href", \.href), Field("name", \.name), Field("detail", \.detail),
            Field("isFirst", \.isFirst),
        ]
    }
}
