import Clinic
import Kernel

/// 门厅: the attendant's tablet at the door — templates/hall/lobby.mustache
struct LobbyPage: Page {
    static let template = "hall/lobby"
    let shell: ShellView
    let query: String
    let hits: LobbyHitsView
    let lobby: LobbyPartView
    let peopleSource: String
    let partSource: String
    static let fields: [Field<Self>] = [
        Field("query", \.query), Field("hits", \.hits), Field("lobby", \.lobby), Field("peopleSource", \.peopleSource),
        Field("partSource", \.partSource),
    ]

    init(shell: ShellView, query: String, hits: LobbyHitsView, lobby: LobbyPartView) {
        self.shell = shell
        self.query = query
        self.hits = hits
        self.lobby = lobby
        peopleSource = HallPaths.lobbyPeople
        partSource = HallPaths.lobbyPart
    }
}

/// Somebody found by the search at the door — templates/hall/_lobby_people.mustache
struct LobbyHitsView: Fragment {
    static let template = "hall/_lobby_people"
    let people: [LobbyPersonView]
    let isEmpty: Bool
    let hasMore: Bool
    let needsMoreDigits: Bool
    static let fields: [Field<Self>] = [
        Field("people", \.people), Field("isEmpty", \.isEmpty), Field("hasMore", \.hasMore),
        Field("needsMoreDigits", \.needsMoreDigits),
    ]
}

/// One customer with the one thing the lobby may do — templates/hall/_lobby_person.mustache
struct LobbyPersonView: Viewable {
    /// "09:30", "已到 09:12", or nothing for a customer without booking.
    let time: String
    let name: String
    let note: String
    let patient: String
    let appointment: String
    /// Was here before: the lobby checks in, with one tap when there is a booking.
    let checksIn: Bool
    /// Was here before and has no booking: asks what it is about first.
    let askHref: String?
    /// Comes for the first time: to the desk.
    let goesToDesk: Bool
    static let fields: [Field<Self>] = [
        Field("time", \.time), Field("name", \.name), Field("note", \.note), Field("patient", \.patient),
        Field("appointment", \.appointment), Field("checksIn", \.checksIn), Field("askHref", \.askHref),
        Field("goesToDesk", \.goesToDesk),
    ]
}

/// What changes at the door — templates/hall/_lobby.mustache
struct LobbyPartView: Fragment {
    static let template = "hall/_lobby"
    let coming: [LobbyPersonView]
    let comingCount: String
    let isQuiet: Bool
    let guests: [LobbyGuestView]
    let hasGuests: Bool
    let waiting: String
    /// Many wait: the reminder is the thing to do.
    let isBusy: Bool
    let reminded: String
    let counts: LobbyCountsView?
    let due: [LobbyDueView]
    let hasDue: Bool
    static let fields: [Field<Self>] = [
        Field("coming", \.coming), Field("comingCount", \.comingCount), Field("isQuiet", \.isQuiet),
        Field("guests", \.guests), Field("hasGuests", \.hasGuests), Field("waiting", \.waiting),
        Field("isBusy", \.isBusy), Field("reminded", \.reminded), Field("counts", \.counts), Field("due", \.due),
        Field("hasDue", \.hasDue),
    ]
}

/// Somebody on the way to the desk.
struct LobbyGuestView: Viewable {
    let label: String
    let sent: String
    static let fields: [Field<Self>] = [Field("label", \.label), Field("sent", \.sent)]
}

/// People through the door (R4.22).
struct LobbyCountsView: Viewable {
    let came: Int
    let went: Int
    let halfHours: [LobbyHalfHourView]
    static let fields: [Field<Self>] = [
        Field("came", \.came), Field("went", \.went), Field("halfHours", \.halfHours),
    ]
    init(_ halfHours: [HallCounts.HalfHour]) {
        came = halfHours.map(\.came).reduce(0, +)
        went = halfHours.map(\.went).reduce(0, +)
        self.halfHours = halfHours.suffix(6).map {
            LobbyHalfHourView(clock: $0.clockText, inside: $0.came, outside: $0.went)
        }
    }
}

struct LobbyHalfHourView: Viewable {
    let clock: String
    let inside: Int
    let outside: Int
    static let fields: [Field<Self>] = [
        Field("clock", \.clock), Field("inside", \.inside), Field("outside", \.outside),
    ]
}

/// A programme that is to be played now.
struct LobbyDueView: Viewable {
    let code: String
    let clock: String
    let title: String
    /// The hall screens can speak it.
    let isSpoken: Bool
    static let fields: [Field<Self>] = [
        Field("code", \.code), Field("clock", \.clock), Field("title", \.title), Field("isSpoken", \.isSpoken),
    ]
}

/// What a returning customer without booking comes for — templates/hall/lobby_check_in.mustache
struct LobbyCheckInPage: Page {
    static let template = "hall/lobby_check_in"
    let shell: ShellView
    let greeting: String
    let about: String
    let patient: String
    let complaint: InputView
    let fault: String?
    let action: String
    let backHref: String
    static let fields: [Field<Self>] = [
        Field("greeting", \.greeting), Field("about", \.about), Field("patient", \.patient),
        Field("complaint", \.complaint), Field("fault", \.fault), Field("action", \.action),
        Field("backHref", \.backHref),
    ]

    init(
        shell: ShellView, greeting: String, about: String, patient: String, typed: String = "",
        faults: FormErrors = FormErrors()
    ) {
        self.shell = shell
        self.greeting = greeting
        self.about = about
        self.patient = patient
        complaint = InputView(
            "complaint", "今天来看什么", typed, hint: "客人自己的说法就好，例如 右下牙疼、复查", isRequired: true, isFocused: true,
            faults: faults)
        fault = faults.messages(outside: ["complaint"])
        action = HallPaths.checkIns
        backHref = HallPaths.lobby
    }
}

/// Whom the lobby led to the desk, as the desk sees them — templates/hall/_sent.mustache
struct SentToDeskView: Viewable {
    let label: String
    let since: String
    /// The arrival form of a customer on file.
    let arriveHref: String?
    let action: String
    let mayMeet: Bool
    static let fields: [Field<Self>] = [
        Field("label", \.label), Field("since", \.since), Field("arriveHref", \.arriveHref), Field("action", \.action),
        Field("mayMeet", \.mayMeet),
    ]

    init(_ guest: LobbyGuest, by work: Work) {
        label = guest.label
        since = "门厅 \(work.clinic.calendar.clockText(guest.sentAt)) 请来"
        let mayMeet = work.actor.may(.checkIn)
        arriveHref = mayMeet ? guest.patientID.map(ReceptionPaths.arrival(patient:)) : nil
        action = HallPaths.meet(guest.id)
        self.mayMeet = mayMeet
    }

    init(label: String, since: String, arriveHref: String?, action: String) {
        self.label = label
        self.since = since
        self.arriveHref = arriveHref
        self.action = action
        mayMeet = true
    }
}
