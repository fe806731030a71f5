import Clinic
import Kernel

/// 广播与公告 — templates/hall/broadcasts.mustache
struct BroadcastPage: Page {
    static let template = "hall/broadcasts"
    let shell: ShellView
    let part: BroadcastPartView
    let partSource: String
    let words: InputView
    let announceAction: String
    /// nil for those who may not change notices and the schedule.
    let notice: NoticeFormView?
    let scheduleHref: String?
    let fault: String?
    static let fields: [Field<Self>] = [
        Field("part", \.part), Field("partSource", \.partSource), Field("words", \.words),
        Field("announceAction", \.announceAction), Field("notice", \.notice), Field("scheduleHref", \.scheduleHref),
        Field("fault", \.fault),
    ]

    init(shell: ShellView, part: BroadcastPartView, typed: Form, faults: FormErrors, mayManage: Bool) {
        self.shell = shell
        self.part = part
        partSource = HallPaths.broadcastsPart
        words = InputView(
            "words", "要说的话", typed["words"], hint: "最多 \(Broadcast.longestWords) 个字；不要念客人的全名", isRequired: true,
            faults: faults)
        announceAction = HallPaths.announcements
        notice = mayManage ? NoticeFormView(typed, faults) : nil
        scheduleHref = mayManage ? HallPaths.schedule : nil
        fault = faults.messages(outside: ["words", "chinese", "english"])
    }
}

/// The form of a notice, new or edited.
struct NoticeFormView: Viewable {
    let chinese: InputView
    let english: InputView
    /// The notice that is edited; empty for a new one.
    let old: String
    let isEdit: Bool
    static let fields: [Field<Self>] = [
        Field("chinese", \.chinese), Field("english", \.english), Field("old", \.old), Field("isEdit", \.isEdit),
    ]
    init(_ typed: Form, _ faults: FormErrors) {
        chinese = InputView("chinese", "公告", typed["chinese"], hint: "最多 60 个字", isRequired: true, faults: faults)
        english = InputView("english", "英文，可以不填", typed["english"], faults: faults)
        old = typed["notice"]
        isEdit = !old.isEmpty
    }
}

/// What changes while the page is open — templates/hall/_broadcasts.mustache
struct BroadcastPartView: Fragment {
    static let template = "hall/_broadcasts"
    let turns: [BroadcastTurnView]
    let hasNoTurns: Bool
    let plays: [BroadcastPlayView]
    let hasNoPlays: Bool
    let notices: [NoticeRowView]
    /// The one kept in the settings (R3.10); nil when switched off.
    let standing: String?
    let hasNoNotices: Bool
    static let fields: [Field<Self>] = [
        Field("turns", \.turns), Field("hasNoTurns", \.hasNoTurns), Field("plays", \.plays),
        Field("hasNoPlays", \.hasNoPlays), Field("notices", \.notices), Field("standing", \.standing),
        Field("hasNoNotices", \.hasNoNotices),
    ]

    init(turns: [BroadcastTurnView], plays: [BroadcastPlayView], notices: [NoticeRowView], standing: String?) {
        self.turns = turns
        hasNoTurns = turns.isEmpty
        self.plays = plays
        hasNoPlays = plays.isEmpty
        self.notices = notices
        self.standing = standing
        hasNoNotices = notices.isEmpty && standing == nil
    }
}

/// A programme of today.
struct BroadcastTurnView: Viewable {
    let code: String
    let clock: String
    let title: String
    let detail: String?
    let chip: ToneChip
    /// Its time has come and nobody has ticked it.
    let isOpen: Bool
    let isSpoken: Bool
    static let fields: [Field<Self>] = [
        Field("code", \.code), Field("clock", \.clock), Field("title", \.title), Field("detail", \.detail),
        Field("chip", \.chip), Field("isOpen", \.isOpen), Field("isSpoken", \.isSpoken),
    ]
}

/// A line of the log: what was played when and by whom.
struct BroadcastPlayView: Viewable {
    let clock: String
    let kind: String
    let what: String
    let who: String
    static let fields: [Field<Self>] = [
        Field("clock", \.clock), Field("kind", \.kind), Field("what", \.what), Field("who", \.who),
    ]
}

struct NoticeRowView: Viewable {
    let text: String
    let translation: String?
    let editHref: String
    let endAction: String
    let mayEdit: Bool
    static let fields: [Field<Self>] = [
        Field("text", \.text), Field("translation", \.translation), Field("editHref", \.editHref),
        Field("endAction", \.endAction), Field("mayEdit", \.mayEdit),
    ]
}

extension BroadcastTurnView {
    init(_ turn: BroadcastRules.Turn, calendar: ClinicCalendar) {
        let entry = turn.broadcast
        let done = turn.play.map { calendar.clockText($0.playedAt) } ?? ""
        code = entry.code
        clock = Broadcasts.clock(entry.minute)
        title = entry.title
        detail = turn.play?.reason.map { "没有播：\($0)" } ?? entry.words
        isSpoken = entry.words != nil
        isOpen = turn.state == .due || turn.state == .overdue
        switch turn.state {
        case .ahead: chip = ToneChip("还没到时间")
        case .due: chip = ToneChip("现在该播", tone: "waiting")
        case .overdue: chip = ToneChip("还没播", tone: "danger")
        case .played: chip = ToneChip("\(done) 播了", tone: "done")
        case .left: chip = ToneChip("\(done) 没有播", tone: "warning")
        }
    }
}

extension BroadcastPlayView {
    init(_ play: BroadcastPlay, names: [ID<Staff>: String], calendar: ClinicCalendar) {
        clock = calendar.clockText(play.playedAt)
        kind = play.outcome == .left ? "没有播" : play.onScreen ? "\(play.kind.label)·大厅屏" : play.kind.label
        what =
            play.reason.map { "\(play.title)（\($0)）" } ?? (play.kind == .announcement ? play.words ?? "" : play.title)
        who = names[play.playedBy] ?? "系统"
    }
}

/// 节目表 — templates/hall/schedule.mustache
struct SchedulePage: Page {
    static let template = "hall/schedule"
    let shell: ShellView
    let slots: [SlotRowView]
    let titleInput: InputView
    let clockInput: InputView
    let wordsInput: InputView
    let kinds: [ChoiceView]
    let weekdays: [ChoiceView]
    let weekdayError: String?
    let isOn: Bool
    /// Code of the programme that is edited; empty for a new one.
    let slot: String
    let heading: String
    let fault: String?
    let backHref: String
    static let fields: [Field<Self>] = [
        Field("slots", \.slots), Field("titleInput", \.titleInput), Field("clockInput", \.clockInput),
        Field("wordsInput", \.wordsInput), Field("kinds", \.kinds), Field("weekdays", \.weekdays),
        Field("weekdayError", \.weekdayError), Field("isOn", \.isOn), Field("slot", \.slot),
        Field("heading", \.heading), Field("fault", \.fault), Field("backHref", \.backHref),
    ]

    init(
        shell: ShellView, schedule: [Broadcast], slot: String, form: BroadcastForm, faults: FormErrors = FormErrors()
    ) {
        self.shell = shell
        slots = schedule.map(SlotRowView.init)
        titleInput = InputView("title", "节目", form.title, isRequired: true, faults: faults)
        clockInput = InputView(
            "at", "时间", form.at, hint: "例如 08:30", isRequired: true, inputMode: "numeric", faults: faults)
        wordsInput = InputView("words", "广播的话", form.words, hint: "背景音乐不用填；大厅屏可以直接念这段话", faults: faults)
        kinds = Broadcast.Kind.allCases.map { ChoiceView($0.rawValue, $0.label, isChosen: $0 == form.kind) }
        weekdays = (1...7).map {
            ChoiceView(String($0), "周\(BroadcastRules.names[$0 - 1])", isChosen: form.weekdays.contains($0))
        }
        weekdayError = faults.messages["weekday"]
        isOn = form.isOn
        self.slot = slot
        heading = slot.isEmpty ? "加一个节目" : "改节目"
        fault = faults.messages(outside: ["title", "at", "words", "weekday"])
        backHref = HallPaths.broadcasts
    }
}

struct SlotRowView: Viewable {
    let clock: String
    let what: String
    let kind: String
    let days: String
    let state: String
    let href: String
    static let fields: [Field<Self>] = [
        Field("clock", \.clock), Field("what", \.what), Field("kind", \.kind), Field("days", \.days),
        Field("state", \.state), Field("href", \.href),
    ]
    init(_ entry: Broadcast) {
        clock = Broadcasts.clock(entry.minute)
        what = entry.title
        kind = entry.kind.label
        days = BroadcastRules.weekdayText(entry.weekdays)
        state = entry.isOn ? "在播" : "停播"
        href = HallPaths.slot(entry.code)
    }
}
