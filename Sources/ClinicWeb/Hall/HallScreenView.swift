import Clinic
import Kernel

/// The part of the hall screen that is fetched again — templates/hall/_screen.mustache
struct HallScreenView: Fragment {
    static let template = "hall/_screen"
    /// The last number called; nil: nobody is being called.
    let call: HallCallView?
    /// Called before, newest first.
    let earlier: [HallCallView]
    let hasEarlier: Bool
    let rows: [HallRowView]
    let isEmpty: Bool
    let count: String
    /// "A012 A013"
    let missed: String?
    let lines: [HallLineView]
    let sayings: [HallSayingView]
    /// "10:28:02", the server's time.
    let at: String
    let day: String
    let dayEnglish: String

    static let fields: [Field<Self>] = [
        Field("call", \.call), Field("earlier", \.earlier), Field("hasEarlier", \.hasEarlier), Field("rows", \.rows),
        Field("isEmpty", \.isEmpty), Field("count", \.count), Field("missed", \.missed), Field("lines", \.lines),
        Field("sayings", \.sayings), Field("at", \.at), Field("day", \.day), Field("dayEnglish", \.dayEnglish),
    ]

    /// Calls under the big one.
    private static let mostEarlier = 4
    /// Calls and announcements older than this are not spoken by any screen any more.
    private static let spokenSeconds = 120

    init(_ screen: HallScreen, calendar: ClinicCalendar) {
        let earlier = (screen.calls.dropFirst() + screen.answered).prefix(Self.mostEarlier)
        call = screen.calls.first.map { HallCallView($0, desk: screen.desk) }
        self.earlier = earlier.map { HallCallView($0, desk: screen.desk) }
        hasEarlier = !earlier.isEmpty
        rows = screen.waiting.map(HallRowView.init)
        isEmpty = screen.waiting.isEmpty
        count = String(screen.waiting.count)
        missed = screen.missed.isEmpty ? nil : screen.missed.prefix(8).joined(separator: " ")
        lines =
            screen.announcements.reversed().map { HallLineView(words: $0.words, english: nil, isAnnouncement: true) }
            + (screen.standing.map {
                [HallLineView(words: $0.chinese, english: $0.english, isAnnouncement: false)]
            } ?? [])
            + screen.notices.map { HallLineView(words: $0.chinese, english: $0.english, isAnnouncement: false) }
        let calls = screen.calls.reversed().map { call in
            HallSayingView(
                key: call.key, seconds: call.seconds,
                words: HallRules.spoken(ticket: call.ticket, room: call.room, desk: screen.desk))
        }
        let words = screen.announcements.map { HallSayingView(key: $0.key, seconds: $0.seconds, words: $0.words) }
        sayings = (calls + words).filter { $0.seconds <= Self.spokenSeconds }
        at = calendar.clockSecondsText(screen.now)
        let today = calendar.wallClock(screen.now).day
        day = today.longText
        dayEnglish = PublicDates.day(today, .english)
    }
}

/// A number that was called.
struct HallCallView: Viewable {
    let ticket: String
    let name: String
    let room: String
    let english: String
    static let fields: [Field<Self>] = [
        Field("ticket", \.ticket), Field("name", \.name), Field("room", \.room), Field("english", \.english),
    ]
    init(_ call: HallScreen.Call, desk: Int?) {
        ticket = call.ticket
        name = call.name
        room = HallRules.place(room: call.room, desk: desk)
        english = call.room.map { "Room \($0)" } ?? desk.map { "the desk, window \($0)" } ?? "the reception desk"
    }
}

/// A number that waits. Customers are told how many stand before them, never a time (R3.56).
struct HallRowView: Viewable {
    let ticket: String
    let name: String
    let room: String
    let place: String
    let english: String
    let isNext: Bool
    static let fields: [Field<Self>] = [
        Field("ticket", \.ticket), Field("name", \.name), Field("room", \.room), Field("place", \.place),
        Field("english", \.english), Field("isNext", \.isNext),
    ]
    init(_ waiting: HallScreen.Waiting) {
        ticket = waiting.ticket
        name = waiting.name
        room = waiting.room.map { "\($0) 诊室" } ?? ""
        isNext = waiting.ahead == 0
        switch waiting.ahead {
        case 0?: (place, english) = ("下一位", "Next")
        case let ahead?: (place, english) = ("前面还有 \(ahead) 位", "\(ahead) ahead")
        case nil: (place, english) = ("请稍候", "Please wait")
        }
    }
}

/// A line of the ticker.
struct HallLineView: Viewable {
    let words: String
    let english: String?
    let isAnnouncement: Bool
    static let fields: [Field<Self>] = [
        Field("words", \.words), Field("english", \.english), Field("isAnnouncement", \.isAnnouncement),
    ]
}

/// Something the screen speaks, once.
struct HallSayingView: Viewable {
    let key: String
    /// Since it was called.
    let seconds: Int
    let words: String
    static let fields: [Field<Self>] = [Field("key", \.key), Field("seconds", \.seconds), Field("words", \.words)]
}
