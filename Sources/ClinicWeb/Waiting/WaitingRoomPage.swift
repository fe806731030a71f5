import Clinic
import Kernel

/// 候诊区 on a tablet of 1024 × 768 — templates/waiting/room.mustache
struct WaitingRoomPage: Page {
    static let template = "waiting/room"
    let shell: ShellView
    let room: WaitingRoomView
    static let fields: [Field<Self>] = [Field("room", \.room)]
}

/// The live part — templates/waiting/_room.mustache
struct WaitingRoomView: Fragment {
    static let template = "waiting/_room"
    let summary: String
    /// Called or first of their doctor while the chair is free: they may go in now.
    let ready: [WaitingGuest]
    let hasReady: Bool
    let waiting: [WaitingGuest]
    let waitingCount: String
    let isQuiet: Bool
    let chairs: [WaitingChair]
    let chairCount: String
    /// nil: rounds are not kept here.
    let patrol: PatrolView?
    let needs: [NeedView]
    let hasNeeds: Bool
    static let fields: [Field<Self>] = [
        Field("summary", \.summary), Field("ready", \.ready), Field("hasReady", \.hasReady),
        Field("waiting", \.waiting), Field("waitingCount", \.waitingCount), Field("isQuiet", \.isQuiet),
        Field("chairs", \.chairs), Field("chairCount", \.chairCount), Field("patrol", \.patrol),
        Field("needs", \.needs), Field("hasNeeds", \.hasNeeds),
    ]
}

/// Somebody who waits — templates/waiting/_guest.mustache
struct WaitingGuest: Viewable {
    let rowID: String
    let number: String
    /// 谢女士: as the customer is addressed (R1.16).
    let greeting: String
    let href: String
    let place: String
    let isEmergency: Bool
    let clock: DeskClock
    let chips: [ToneChip]
    let version: Int
    let canCall: Bool
    let callLabel: String
    let canLead: Bool
    let leadLabel: String
    let leadsNext: Bool
    let educationHref: String?
    let needHref: String?
    let ticks: [CareTickView]
    static let fields: [Field<Self>] = [
        Field("rowID", \.rowID), Field("number", \.number), Field("greeting", \.greeting), Field("href", \.href),
        Field("place", \.place), Field("isEmergency", \.isEmergency), Field("clock", \.clock), Field("chips", \.chips),
        Field("version", \.version), Field("canCall", \.canCall), Field("callLabel", \.callLabel),
        Field("canLead", \.canLead), Field("leadLabel", \.leadLabel), Field("leadsNext", \.leadsNext),
        Field("educationHref", \.educationHref), Field("needHref", \.needHref), Field("ticks", \.ticks),
    ]
}

/// A tick of hospitality: one tap, never blocks (R4.08).
struct CareTickView: Viewable {
    let kind: String
    let label: String
    let short: String
    let action: String
    let isDone: Bool
    let isLate: Bool
    static let fields: [Field<Self>] = [
        Field("kind", \.kind), Field("label", \.label), Field("short", \.short), Field("action", \.action),
        Field("isDone", \.isDone),
        Field("isLate", \.isLate),
    ]

    static func list(
        of visit: ID<Visit>, _ done: [CareTick], missing: [String], _ playbook: Playbook
    ) -> [CareTickView] {
        guard Hospitality.isKept(playbook) else { return [] }
        let ticked = Set(done.map(\.kind))
        return playbook.codes(.hospitality).map {
            CareTickView(
                kind: $0.code, label: $0.label, short: String($0.label.prefix(1)), action: WaitingPaths.care(visit),
                isDone: ticked.contains($0.code),
                isLate: missing.contains($0.code))
        }
    }
}

/// A chair with its next tap — templates/waiting/_chair.mustache
struct WaitingChair: Viewable {
    let rowID: String
    let number: String
    /// "3 诊室 · " where the chair has another number; else empty.
    let room: String
    let doctor: String
    let state: String
    let stateLabel: String
    let tone: String
    let glyph: String
    let whom: String
    let left: String
    /// The next step of the chair; nil while it is free.
    let next: ChairTapView?
    /// Straight to the exit, when that is not the next step.
    let exitHref: String?
    /// Somebody sits here: the page of who went in with him.
    let hasCompanions: Bool
    let companionHref: String
    let companionLabel: String
    static let fields: [Field<Self>] = [
        Field("rowID", \.rowID), Field("number", \.number), Field("room", \.room), Field("doctor", \.doctor),
        Field("state", \.state), Field("stateLabel", \.stateLabel), Field("tone", \.tone), Field("glyph", \.glyph),
        Field("whom", \.whom), Field("left", \.left), Field("next", \.next), Field("exitHref", \.exitHref),
        Field("hasCompanions", \.hasCompanions),
        Field("companionHref", \.companionHref), Field("companionLabel", \.companionLabel),
    ]
}

struct ChairTapView: Viewable {
    let action: String
    let label: String
    static let fields: [Field<Self>] = [Field("action", \.action), Field("label", \.label)]
}

/// The rounds of today (R4.09).
struct PatrolView: Viewable {
    let text: String
    let isDue: Bool
    let canWalk: Bool
    static let fields: [Field<Self>] = [Field("text", \.text), Field("isDue", \.isDue), Field("canWalk", \.canWalk)]
}

/// A need or wish that is still open.
struct NeedView: Viewable {
    let rowID: String
    let label: String
    /// The requests of this visit, where it is also closed with another result.
    let href: String
    let whom: String
    let since: String
    /// POST that closes it as done; nil for who may not, and for questions: a doctor answers them.
    let metHref: String?
    static let fields: [Field<Self>] = [
        Field("rowID", \.rowID), Field("label", \.label), Field("href", \.href), Field("whom", \.whom),
        Field("since", \.since), Field("metHref", \.metHref),
    ]
}
