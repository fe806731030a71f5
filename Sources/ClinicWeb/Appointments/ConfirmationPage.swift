import Clinic
import Kernel

/// The day-before work list, worked off from the keyboard (R3.25, R3.26) — templates/appointments/confirmations.mustache
struct ConfirmationPage: Page {
    static let template = "appointments/confirmations"
    let shell: ShellView
    let nav: BookListNav
    let dayText: String
    let progress: String
    let previousHref: String
    let nextHref: String
    let printHref: String?
    /// Yesterday's list that is not finished (R3.26).
    let unfinished: Unfinished?
    let rows: [Row]
    let isEmpty: Bool
    let call: Call?
    static let fields: [Field<Self>] = [
        Field("nav", \.nav), Field("dayText", \.dayText), Field("progress", \.progress),
        Field("previousHref", \.previousHref), Field("nextHref", \.nextHref), Field("printHref", \.printHref),
        Field("unfinished", \.unfinished), Field("rows", \.rows), Field("isEmpty", \.isEmpty), Field("call", \.call),
    ]

    struct Unfinished: Viewable {
        let text: String
        let href: String
        let tone: String
        static let fields: [Field<Self>] = [Field("text", \.text), Field("href", \.href), Field("tone", \.tone)]
    }

    struct Row: Viewable {
        let href: String
        let time: String
        let name: String
        let detail: String
        let chip: ToneChip
        let isCurrent: Bool
        /// Scrolled to; not while an answer is being filled in.
        let isFocused: Bool
        /// ArrowUp or ArrowDown, on the neighbours of the current one.
        let key: String?
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("time", \.time), Field("name", \.name), Field("detail", \.detail),
            Field("chip", \.chip), Field("isCurrent", \.isCurrent), Field("isFocused", \.isFocused),
            Field("key", \.key),
        ]
    }

    /// The one who is called now.
    struct Call: Viewable {
        let name: String
        let facts: String
        let phone: String
        let dial: String?
        let whenText: String
        let alerts: [ToneChip]
        let steps: [Say]
        let answerHref: String
        /// The answers are shown; not while one of them is being filled in.
        let isAsking: Bool
        let answers: [Answer]
        let note: String
        let move: Move?
        let cancel: Cancel?
        let bookedHref: String
        let appointmentHref: String
        let attempts: String?
        let day: String
        let error: String?
        /// The customer's own link (R3.29); nil without a public address.
        var link: CustomerLinkView?
        static let fields: [Field<Self>] = [
            Field("link", \.link), Field("name", \.name), Field("facts", \.facts), Field("phone", \.phone),
            Field("dial", \.dial),
            Field("whenText", \.whenText), Field("alerts", \.alerts), Field("steps", \.steps),
            Field("answerHref", \.answerHref), Field("isAsking", \.isAsking), Field("answers", \.answers),
            Field("note", \.note), Field("move", \.move), Field("cancel", \.cancel),
            Field("bookedHref", \.bookedHref), Field("appointmentHref", \.appointmentHref),
            Field("attempts", \.attempts), Field("day", \.day), Field("error", \.error),
        ]
    }

    struct Say: Viewable {
        let say: String
        let advice: String?
        static let fields: [Field<Self>] = [Field("say", \.say), Field("advice", \.advice)]
    }

    /// One answer: a button, or a link to what must be filled in first.
    struct Answer: Viewable {
        let code: String
        let label: String
        let hint: String
        let key: String
        let href: String?
        let tone: String
        static let fields: [Field<Self>] = [
            Field("code", \.code), Field("label", \.label), Field("hint", \.hint), Field("key", \.key),
            Field("href", \.href), Field("tone", \.tone),
        ]
    }

    struct Move: Viewable {
        let action: String
        let day: String
        let offers: [NewBookingPage.Offer]
        let isEmpty: Bool
        let reasons: [OptionView]
        let version: Int
        let bookHref: String
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("day", \.day), Field("offers", \.offers), Field("isEmpty", \.isEmpty),
            Field("reasons", \.reasons),
            Field("version", \.version), Field("bookHref", \.bookHref),
        ]
    }

    struct Cancel: Viewable {
        let action: String
        let day: String
        let reasons: [OptionView]
        let callbackOn: String
        let version: Int
        let reasonError: String?
        let callbackError: String?
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("day", \.day), Field("reasons", \.reasons),
            Field("callbackOn", \.callbackOn), Field("version", \.version),
            Field("reasonError", \.reasonError), Field("callbackError", \.callbackError),
        ]
    }
}

extension ConfirmationStatus {
    var chip: ToneChip {
        switch self {
        case .confirmed: ToneChip("已确认", tone: "done")
        case .arrived: ToneChip("已到店", tone: "done")
        case .missed: ToneChip("未到", tone: "danger")
        case .tried(again: true): ToneChip("再打一次", tone: "waiting")
        case .tried(again: false): ToneChip("没接，稍后再打")
        case .wrongNumber: ToneChip("号码有误", tone: "danger")
        case .open: ToneChip("未打", tone: "waiting")
        case .notOwed: ToneChip("刚约的，不用打")
        }
    }
}
