import Clinic
import Kernel

/// 请假换班 — ask, answer, decide; made for a phone — templates/roster/requests.mustache
struct RosterRequestsPage: Page {
    static let template = "roster/requests"
    let shell: ShellView
    let tabs: [RosterTab]
    /// For the keepers of the roster.
    let waiting: [Entry]
    let mayDecide: Bool
    /// The own ones, and what colleagues ask.
    let mine: [Entry]
    let form: Fields
    /// A fault that belongs to one of the listed requests.
    let problem: String?
    static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("waiting", \.waiting), Field("mayDecide", \.mayDecide), Field("mine", \.mine),
        Field("form", \.form), Field("problem", \.problem),
    ]

    struct Entry: Viewable {
        let id: String
        let title: String
        let when: String
        let why: String
        let state: StateChip
        /// "批准后：3 月 20 日休息，影响 3 条预约"
        let effect: String?
        let note: String?
        let canDecide: Bool
        let canAnswer: Bool
        let canWithdraw: Bool
        static let fields: [Field<Self>] = [
            Field("id", \.id), Field("title", \.title), Field("when", \.when), Field("why", \.why),
            Field("state", \.state), Field("effect", \.effect), Field("note", \.note),
            Field("canDecide", \.canDecide), Field("canAnswer", \.canAnswer), Field("canWithdraw", \.canWithdraw),
        ]
    }

    struct Fields: Viewable {
        let isSwap: Bool
        let first: InputView
        let last: InputView
        let starts: [OptionView]
        let ends: [OptionView]
        let unitsError: String?
        let reasons: [OptionView]
        let reasonError: String?
        let colleagues: [OptionView]
        let colleagueError: String?
        let note: InputView
        /// Opened when something was typed wrong.
        let isOpen: Bool
        static let fields: [Field<Self>] = [
            Field("isSwap", \.isSwap), Field("first", \.first), Field("last", \.last), Field("starts", \.starts),
            Field("ends", \.ends), Field("unitsError", \.unitsError), Field("reasons", \.reasons),
            Field("reasonError", \.reasonError), Field("colleagues", \.colleagues),
            Field("colleagueError", \.colleagueError), Field("note", \.note), Field("isOpen", \.isOpen),
        ]
    }
}

extension RosterRequestsPage.Fields {
    init(_ form: Form, faults: FormErrors, playbook: Playbook, colleagues people: [Staff], today: Day) {
        isSwap = form["kind"] == "swap"
        first = InputView(
            "firstDay", isSwap ? "请同事代的那天" : "从哪一天", form["firstDay"].nonBlank ?? today.iso, type: "date",
            isRequired: true, faults: faults)
        last = InputView("lastDay", "到哪一天（换班：还哪一天）", form["lastDay"], type: "date", hint: "只有一天就空着", faults: faults)
        starts = SpanFields.clock(0..<96, chosen: SpanFields.number(form["start"], 0..<96))
        ends = SpanFields.clock(1..<97, chosen: SpanFields.number(form["end"], 1..<97))
        unitsError = faults.messages["units"]
        reasons =
            [OptionView("", "请选择", isChosen: form["reason"].isEmpty)]
            + OptionView.list(playbook.codes(.leaveReason), chosen: form["reason"])
        reasonError = faults.messages["reason"]
        colleagues =
            [OptionView("", "请选择", isChosen: form["colleague"].isEmpty)]
            + people.map { OptionView($0.id.text, $0.name, isChosen: $0.id.text == form["colleague"]) }
        colleagueError = faults.messages["colleague"]
        note = InputView("note", "补充一句", form["note"], faults: faults)
        isOpen = !faults.isEmpty
    }
}

extension RosterRequestsPage.Entry {
    init(
        _ r: RosterRequest, names: [ID<Staff>: String], playbook: Playbook, effect: String?, by actor: Actor
    ) {
        id = r.id.text
        let asker = names[r.staffID] ?? ""
        let colleague = r.colleagueID.flatMap { names[$0] }
        title = colleague.map { "\(asker) 和 \($0) \(r.kind.label)" } ?? "\(asker) \(r.kind.label)"
        when = r.whenText
        why = [playbook.label(r.reason, in: .leaveReason), r.note].compactMap(\.self).joined(separator: " · ")
        state =
            switch r.state {
            case .askingColleague: StateChip(text: "等\(colleague ?? "同事")答应", tone: "info")
            case .waiting: StateChip(text: "待批", tone: "waiting")
            case .decided(.approved): StateChip(text: "已批准", tone: "done")
            case .decided(.refused): StateChip(text: "未批准", tone: "danger")
            case .withdrawn: StateChip(text: "已撤回", tone: "neutral")
            }
        self.effect = effect
        note = r.decisionNote.map { "\(r.decidedBy.flatMap { names[$0] } ?? "")：\($0)" }
        canDecide = r.state == .waiting && actor.may(.manageRoster) && r.staffID != actor.id
        canAnswer = r.state == .askingColleague && r.colleagueID == actor.id
        canWithdraw = r.isOpen && r.staffID == actor.id
    }
}
