import Clinic
import Kernel

/// One special situation — templates/reception/_case.mustache
struct CaseView: Viewable {
    let rowID: String
    let label: String
    let why: String
    let chip: ToneChip
    let steps: [CaseStepView]
    /// How it ended; nil while open.
    let ended: String?
    let stepForm: StepFormView?
    /// The complaint is written on its own page (R2.22).
    let complaintHref: String?
    let decisions: [DecisionView]
    /// The steps come first; the decisions stand behind a fold.
    let isWaitingForStep: Bool
    let hasDecisions: Bool
    let quiet: [DecisionView]
    static let fields: [Field<Self>] = [
        Field("rowID", \.rowID), Field("label", \.label), Field("why", \.why), Field("chip", \.chip),
        Field("steps", \.steps), Field("ended", \.ended), Field("stepForm", \.stepForm),
        Field("complaintHref", \.complaintHref),
        Field("decisions", \.decisions), Field("isWaitingForStep", \.isWaitingForStep),
        Field("hasDecisions", \.hasDecisions), Field("quiet", \.quiet),
    ]
}

struct CaseStepView: Viewable {
    let time: String
    let label: String
    let text: String
    let who: String
    static let fields: [Field<Self>] = [
        Field("time", \.time), Field("label", \.label), Field("text", \.text), Field("who", \.who),
    ]
}

/// The next step of a case as a form: only the fields it asks for.
struct StepFormView: Viewable {
    let action: String
    let step: String
    let title: String
    /// What to say or do, in a sentence.
    let say: String
    let hasStaff: Bool
    let staffLabel: String
    let staff: [OptionView]
    let hasCodes: Bool
    let codeLabel: String
    let codes: [ChoiceView]
    let minutes: InputView?
    let day: InputView?
    let note: InputView
    static let fields: [Field<Self>] = [
        Field("action", \.action), Field("step", \.step), Field("title", \.title), Field("say", \.say),
        Field("hasStaff", \.hasStaff), Field("staffLabel", \.staffLabel), Field("staff", \.staff),
        Field("hasCodes", \.hasCodes), Field("codeLabel", \.codeLabel),
        Field("codes", \.codes), Field("minutes", \.minutes), Field("day", \.day), Field("note", \.note),
    ]
}

/// One way to decide a case.
struct DecisionView: Viewable {
    let action: String
    let fieldID: String
    let outcome: String
    let label: String
    let isNext: Bool
    let doctors: [OptionView]
    let hasDoctors: Bool
    let slots: [ChoiceView]
    let hasSlots: Bool
    let otherTimesHref: String?
    let asksNote: Bool
    static let fields: [Field<Self>] = [
        Field("action", \.action), Field("fieldID", \.fieldID), Field("outcome", \.outcome), Field("label", \.label),
        Field("isNext", \.isNext),
        Field("doctors", \.doctors), Field("hasDoctors", \.hasDoctors), Field("slots", \.slots),
        Field("hasSlots", \.hasSlots), Field("otherTimesHref", \.otherTimesHref), Field("asksNote", \.asksNote),
    ]
}

/// One request of the customer.
struct RequestView: Viewable {
    let rowID: String
    let kind: String
    let text: String
    let about: String
    let chip: ToneChip
    let action: String
    let results: [ChoiceView]
    let isOpen: Bool
    static let fields: [Field<Self>] = [
        Field("rowID", \.rowID), Field("kind", \.kind), Field("text", \.text), Field("about", \.about),
        Field("chip", \.chip), Field("action", \.action), Field("results", \.results), Field("isOpen", \.isOpen),
    ]
}

extension RequestView {
    init(_ request: VisitRequest, _ file: TriageFile, isOpen: Bool, by work: Work) {
        let calendar = work.clinic.calendar
        rowID = request.id.text
        kind = request.kind.label
        text = request.text
        let asked = request.doctorID.flatMap { file.names[$0] }.map { "问\($0)医生" }
        about = [
            "\(calendar.clockText(request.askedAt)) \(file.names[request.askedBy] ?? "")", asked,
            request.closed.flatMap(\.note),
        ].compactMap(\.self).joined(separator: " · ")
        chip =
            request.closed.map {
                ToneChip(
                    "\(calendar.clockText($0.at)) \($0.result.label)", tone: $0.result == .gone ? "warning" : "done")
            } ?? ToneChip("还没办", tone: "waiting")
        action = TriagePaths.request(request.visitID, request.id)
        results = request.kind.results.enumerated().map { index, result in
            ChoiceView(result.rawValue, result.label, isChosen: index == 0)
        }
        self.isOpen =
            isOpen && request.isOpen
            && (request.doctorID == work.actor.id || VisitRequests.capabilities.contains(where: work.actor.may))
    }
}
