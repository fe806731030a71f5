import Clinic
import Kernel

/// 接待: coming, waiting, chairs, leaving — templates/reception/index.mustache
struct DeskPage: Page {
    static let template = "reception/index"
    let shell: ShellView
    /// The customer who was checked in a moment ago.
    let arrived: ArrivedView?
    /// Notes to doctors that are open or answered (R4.17).
    let notes: NoteStripView
    let desk: DeskView

    static let fields: [Field<Self>] = [
        Field("arrived", \.arrived), Field("notes", \.notes), Field("desk", \.desk),
    ]
}

/// The number just given, large enough to read it to the customer.
struct ArrivedView: Viewable {
    let number: String
    let name: String
    let advice: String
    /// To call the customer by surname (R1.16); nil: nothing special.
    let cue: String?
    let href: String
    static let fields: [Field<Self>] = [
        Field("number", \.number), Field("name", \.name), Field("advice", \.advice), Field("cue", \.cue),
        Field("href", \.href),
    ]
}

/// The live part of the board — templates/reception/_desk.mustache
struct DeskView: Fragment {
    static let template = "reception/_desk"
    let newHref: String?
    let comingCount: String
    let coming: [DeskComing]
    let waitingCount: String
    /// Waits of each doctor now (R4.07), and what is due in the waiting area.
    let strip: [StripView]
    let hasStrip: Bool
    /// One group while the queue is short, one for each doctor when it is long.
    let groups: [DeskGroup]
    let skipped: [DeskTicket]
    let skippedCount: String
    let hasSkipped: Bool
    /// Neither waiting nor skipped.
    let isQuiet: Bool
    let chairCount: String
    let roomHref: String
    let chairs: [DeskChair]
    let outCount: String
    let outs: [DeskOut]
    let hasForgotten: Bool
    let forgotten: [DeskOut]
    let left: [DeskLeft]
    let leftCount: String
    let hasLeft: Bool
    let slowText: String?
    /// Led to the desk by the lobby.
    var sent: [SentToDeskView] = []
    /// The lobby, the broadcasts.
    var hallLinks: [LinkView] = []
    /// What customers sent themselves: registrations to compare, slips of the tablet.
    var written: [WrittenToDeskView] = []
    /// More in the waiting area than the distance allows (R4.13).
    var crowding: String?

    static let fields: [Field<Self>] = [
        Field("sent", \.sent), Field("hallLinks", \.hallLinks), Field("written", \.written),
        Field("crowding", \.crowding),
        Field("newHref", \.newHref), Field("comingCount", \.comingCount), Field("coming", \.coming),
        Field("waitingCount", \.waitingCount), Field("strip", \.strip),
        Field("hasStrip", \.hasStrip), Field("groups", \.groups), Field("skipped", \.skipped),
        Field("skippedCount", \.skippedCount), Field("hasSkipped", \.hasSkipped), Field("isQuiet", \.isQuiet),
        Field("chairCount", \.chairCount), Field("roomHref", \.roomHref), Field("chairs", \.chairs),
        Field("outCount", \.outCount),
        Field("outs", \.outs), Field("hasForgotten", \.hasForgotten), Field("forgotten", \.forgotten),
        Field("left", \.left), Field("leftCount", \.leftCount), Field("hasLeft", \.hasLeft),
        Field("slowText", \.slowText),
    ]
}

/// A number of the strip over the queue: "吴承志 3 位 · 最长 21 分".
struct StripView: Viewable {
    let text: String
    let tone: String
    let isLink: Bool
    /// A group of the list, or another page.
    let href: String
    static let fields: [Field<Self>] = [
        Field("text", \.text), Field("tone", \.tone), Field("isLink", \.isLink), Field("href", \.href),
    ]
    init(_ text: String, tone: String, href: String? = nil) {
        self.text = text
        self.tone = tone
        isLink = href != nil
        self.href = href ?? "#"
    }
}

/// A part of the queue with its head.
struct DeskGroup: Viewable {
    let groupID: String
    /// The short queue needs no head.
    let hasHead: Bool
    let head: String
    let count: String
    let tickets: [DeskTicket]
    static let fields: [Field<Self>] = [
        Field("groupID", \.groupID), Field("hasHead", \.hasHead), Field("head", \.head), Field("count", \.count),
        Field("tickets", \.tickets),
    ]
}

/// A booking whose customer is not here yet.
struct DeskComing: Viewable {
    let time: String
    let name: String
    let href: String
    let isLate: Bool
    let chips: [ToneChip]
    let note: String
    let lateText: String?
    let arriveHref: String?
    static let fields: [Field<Self>] = [
        Field("time", \.time), Field("name", \.name), Field("href", \.href), Field("isLate", \.isLate),
        Field("chips", \.chips), Field("note", \.note), Field("lateText", \.lateText),
        Field("arriveHref", \.arriveHref),
    ]
}

/// A customer who waits — templates/reception/_ticket.mustache
struct DeskTicket: Viewable {
    /// Of the row, for scripts and focus: `t-0123…`.
    let rowID: String
    let number: String
    let name: String
    let href: String
    /// "男 41"
    let about: String
    let chips: [ToneChip]
    let isEmergency: Bool
    /// Who is to be called now; its first action is the primary one.
    let isNext: Bool
    let clock: DeskClock
    let place: String
    let told: String
    let note: ToneChip?
    let task: DeskTask?
    /// Small services, one tap each; empty where the clinic does not keep them.
    let ticks: [CareTickView]
    let hasTicks: Bool
    /// The page where the place in the queue is changed.
    let placeHref: String
    let version: Int
    let canCall: Bool
    let canRecall: Bool
    let canSkip: Bool
    let canRequeue: Bool
    let canLead: Bool
    let leadInLabel: String
    /// The lead-in, not the call, is the next step.
    let leadsNext: Bool
    let callsNext: Bool
    /// A note to the doctor about this customer (R4.17); nil: the person writes none.
    let noteHref: String?

    static let fields: [Field<Self>] = [
        Field("rowID", \.rowID), Field("number", \.number), Field("name", \.name), Field("href", \.href),
        Field("about", \.about), Field("chips", \.chips), Field("isEmergency", \.isEmergency),
        Field("isNext", \.isNext),
        Field("clock", \.clock), Field("place", \.place), Field("told", \.told), Field("note", \.note),
        Field("task", \.task), Field("ticks", \.ticks), Field("hasTicks", \.hasTicks),
        Field("placeHref", \.placeHref), Field("version", \.version), Field("canCall", \.canCall),
        Field("canRecall", \.canRecall), Field("canSkip", \.canSkip), Field("canRequeue", \.canRequeue),
        Field("canLead", \.canLead), Field("leadInLabel", \.leadInLabel), Field("leadsNext", \.leadsNext),
        Field("callsNext", \.callsNext), Field("noteHref", \.noteHref),
    ]
}

/// What is due about a wait: 去宣教, 去说明.
struct DeskTask: Viewable {
    let href: String
    let label: String
    let isUrgent: Bool
    static let fields: [Field<Self>] = [
        Field("href", \.href), Field("label", \.label), Field("isUrgent", \.isUrgent),
    ]
}

/// A ring that fills while somebody waits.
struct DeskClock: Viewable {
    let seconds: Int
    /// "21:04"
    let text: String
    /// `ok`, `ask`, `over` (R4.05)
    let level: String
    let tone: String
    /// Of the ring's dash: "36.6 44".
    let ring: String
    /// Minutes at which the level changes.
    let askAfter: Int
    let limit: Int
    static let fields: [Field<Self>] = [
        Field("seconds", \.seconds), Field("text", \.text), Field("level", \.level), Field("tone", \.tone),
        Field("ring", \.ring), Field("askAfter", \.askAfter), Field("limit", \.limit),
    ]

    /// Length of the ring of radius 7.
    private static let circumference = 44.0

    init(seconds: Int, askAfter: Int, limit: Int) {
        self.askAfter = askAfter
        self.limit = limit
        self.seconds = max(0, seconds)
        text = "\(self.seconds / 60):\(String(self.seconds % 60).zeroPadded(2))"
        let level = QueueRules.level(waited: self.seconds / 60, askAfter: askAfter, limit: limit)
        self.level = level.rawValue
        tone = level == .over ? "danger" : level == .ask ? "waiting" : "neutral"
        let tenths = Int(Self.circumference * 10 * min(1, Double(self.seconds) / Double(max(1, limit) * 60)))
        ring = "\(tenths / 10).\(tenths % 10) 44"
    }
}

/// A chair tile — templates/reception/_chair.mustache
struct DeskChair: Viewable {
    let rowID: String
    let number: String
    let doctor: String
    let state: String
    let stateLabel: String
    let tone: String
    let glyph: String
    let isTaken: Bool
    let whom: String
    /// Of the visit that sits there; `#` when nobody does.
    let href: String
    let left: String
    let item: String
    /// Percent of the planned time that is over; nil when nobody sits there.
    let progress: String?
    /// The POST of a tile with one button; the others have their own address.
    let action: String
    let canFinish: Bool
    let canExit: Bool
    let canClean: Bool
    let hasActions: Bool
    static let fields: [Field<Self>] = [
        Field("rowID", \.rowID), Field("number", \.number), Field("doctor", \.doctor), Field("state", \.state),
        Field("stateLabel", \.stateLabel), Field("tone", \.tone), Field("glyph", \.glyph),
        Field("isTaken", \.isTaken), Field("whom", \.whom), Field("href", \.href), Field("left", \.left),
        Field("item", \.item), Field("progress", \.progress), Field("action", \.action),
        Field("canFinish", \.canFinish), Field("canExit", \.canExit), Field("canClean", \.canClean),
        Field("hasActions", \.hasActions),
    ]
}

/// Out of the chair and still here, or left open on an earlier day.
struct DeskOut: Viewable {
    let name: String
    let href: String
    let chip: ToneChip
    let note: String
    let amount: String?
    let sheetHref: String?
    /// Treated and paid: the farewell is one tap.
    let isSettled: Bool
    /// The farewell asks for the outcome first.
    let asksOutcome: Bool
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("href", \.href), Field("chip", \.chip), Field("note", \.note),
        Field("amount", \.amount), Field("sheetHref", \.sheetHref), Field("isSettled", \.isSettled),
        Field("asksOutcome", \.asksOutcome),
    ]
}

struct DeskLeft: Viewable {
    let name: String
    let href: String
    let time: String
    static let fields: [Field<Self>] = [Field("name", \.name), Field("href", \.href), Field("time", \.time)]
}
