import Clinic
import Kernel

/// 诊室: the day of a doctor — templates/handover/room.mustache
struct DoctorPage: Page {
    static let template = "handover/room"
    let shell: ShellView
    let liveHref: String
    let day: DoctorDayView
    static let fields: [Field<Self>] = [Field("liveHref", \.liveHref), Field("day", \.day)]
}

/// The live part — templates/handover/_day.mustache
struct DoctorDayView: Fragment {
    static let template = "handover/_day"
    /// Whose day: everybody's, or of one doctor.
    let tabs: [RoomTab]
    let notes: [RoomNote]
    let hasNotes: Bool
    let questions: [RoomQuestion]
    let hasQuestions: Bool
    let answered: [RoomNote]
    let hasAnswered: Bool
    let sitting: [RoomGuest]
    let sittingCount: String
    let waiting: [RoomGuest]
    let waitingCount: String
    let finishing: [RoomGuest]
    let hasFinishing: Bool
    let coming: [RoomComing]
    let comingCount: String
    let left: [RoomLeft]
    let leftCount: String
    let hasLeft: Bool
    /// Nobody is here, and nobody asks.
    let isQuiet: Bool

    static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("notes", \.notes), Field("hasNotes", \.hasNotes),
        Field("questions", \.questions), Field("hasQuestions", \.hasQuestions), Field("answered", \.answered),
        Field("hasAnswered", \.hasAnswered), Field("sitting", \.sitting), Field("sittingCount", \.sittingCount),
        Field("waiting", \.waiting), Field("waitingCount", \.waitingCount), Field("finishing", \.finishing),
        Field("hasFinishing", \.hasFinishing), Field("coming", \.coming), Field("comingCount", \.comingCount),
        Field("left", \.left), Field("leftCount", \.leftCount), Field("hasLeft", \.hasLeft),
        Field("isQuiet", \.isQuiet),
    ]
}

struct RoomTab: Viewable {
    let href: String
    let label: String
    let isCurrent: Bool
    static let fields: [Field<Self>] = [
        Field("href", \.href), Field("label", \.label), Field("isCurrent", \.isCurrent),
    ]
}

/// A note of the desk, large, with the answers as buttons (R4.17).
struct RoomNote: Viewable {
    let rowID: String
    /// "前台 赵敏 10:24"
    let from: String
    /// "A021 谢春梅"; nil: nobody who is checked in.
    let whom: LinkView?
    let body: String
    /// "等了 3 分钟"
    let age: String
    let isLate: Bool
    /// Named when the page shows several doctors.
    let doctor: String?
    let canAnswer: Bool
    let action: String
    let waits: [String]
    /// "10:26 林书远：等 15 分钟"
    let answer: String?
    static let fields: [Field<Self>] = [
        Field("rowID", \.rowID), Field("from", \.from), Field("whom", \.whom), Field("body", \.body),
        Field("age", \.age), Field("isLate", \.isLate), Field("doctor", \.doctor),
        Field("canAnswer", \.canAnswer), Field("action", \.action), Field("waits", \.waits), Field("answer", \.answer),
    ]
}

/// A question of a customer that only a doctor answers (R4.48).
struct RoomQuestion: Viewable {
    let rowID: String
    /// "王若彤 10:24"
    let from: String
    let whom: LinkView
    let body: String
    let doctor: String?
    let action: String
    static let fields: [Field<Self>] = [
        Field("rowID", \.rowID), Field("from", \.from), Field("whom", \.whom), Field("body", \.body),
        Field("doctor", \.doctor), Field("action", \.action),
    ]
}

/// Somebody who is here, with what to know before the customer enters.
struct RoomGuest: Viewable {
    let rowID: String
    /// "3 号椅" or "A021".
    let place: String
    let name: String
    let href: String
    let facts: String
    /// "09:20 到诊，等 12 分钟"
    let since: String
    let isLong: Bool
    let purpose: String
    let type: String
    let doctor: String?
    let alerts: [ToneChip]
    let chips: [ToneChip]
    let know: [FactView]
    /// "林书远 09:24 已知悉"
    let known: String?
    let canAcknowledge: Bool
    let canFinish: Bool
    let canExit: Bool
    let canCharge: Bool
    let chargeHref: String
    let chargeLabel: String
    let stage: ToneChip?
    let nextVisit: String?
    /// The first of the page has the primary action.
    let isNext: Bool
    static let fields: [Field<Self>] = [
        Field("rowID", \.rowID), Field("place", \.place), Field("name", \.name), Field("href", \.href),
        Field("facts", \.facts), Field("since", \.since), Field("isLong", \.isLong), Field("purpose", \.purpose),
        Field("type", \.type), Field("doctor", \.doctor), Field("alerts", \.alerts), Field("chips", \.chips),
        Field("know", \.know), Field("known", \.known), Field("canAcknowledge", \.canAcknowledge),
        Field("canFinish", \.canFinish), Field("canExit", \.canExit), Field("canCharge", \.canCharge),
        Field("chargeHref", \.chargeHref), Field("chargeLabel", \.chargeLabel), Field("stage", \.stage),
        Field("nextVisit", \.nextVisit),
        Field("isNext", \.isNext),
    ]
}

/// Somebody who is still to come.
struct RoomComing: Viewable {
    let time: String
    let name: String
    let href: String
    let purpose: String
    let doctor: String?
    let isLate: Bool
    let alerts: [ToneChip]
    let know: [FactView]
    let acknowledgeAction: String?
    static let fields: [Field<Self>] = [
        Field("time", \.time), Field("name", \.name), Field("href", \.href), Field("purpose", \.purpose),
        Field("doctor", \.doctor), Field("isLate", \.isLate), Field("alerts", \.alerts), Field("know", \.know),
        Field("acknowledgeAction", \.acknowledgeAction),
    ]
}

/// Somebody who has left, with what was said about the next visit.
struct RoomLeft: Viewable {
    let time: String
    let name: String
    let href: String
    let next: String
    static let fields: [Field<Self>] = [
        Field("time", \.time), Field("name", \.name), Field("href", \.href), Field("next", \.next),
    ]
}
