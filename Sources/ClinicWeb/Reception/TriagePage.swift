import Clinic
import Kernel

/// 分诊: the special situations of one arrival with their one next step, requests, emergency, exemption —
/// templates/reception/triage.mustache
struct TriagePage: Page {
    static let template = "reception/triage"
    let shell: ShellView
    let visitHref: String
    let ticket: String?
    let name: String
    let about: String
    let stage: ToneChip
    let fault: String?
    let cases: [CaseView]
    let hasCases: Bool
    /// What else it can be; empty once the visit ended or for who does not work at the desk.
    let kinds: [OptionView]
    let mayOpen: Bool
    let casesHref: String
    let requests: [RequestView]
    let hasRequests: Bool
    let mayAsk: Bool
    let requestsHref: String
    let requestKinds: [ChoiceView]
    let needs: [OptionView]
    let requestText: InputView
    let doctors: [OptionView]
    let mayTriage: Bool
    let emergencyHref: String
    let emergencies: [OptionView]
    let mayExempt: Bool
    let exemptionHref: String
    let exemptReasons: [OptionView]
    let exemptError: String?
    let exemptNote: InputView
    let answers: [FactView]
    let hasAnswers: Bool
    let doneHref: String

    static let fields: [Field<Self>] = [
        Field("visitHref", \.visitHref), Field("ticket", \.ticket), Field("name", \.name), Field("about", \.about),
        Field("stage", \.stage), Field("fault", \.fault), Field("cases", \.cases), Field("hasCases", \.hasCases),
        Field("kinds", \.kinds), Field("mayOpen", \.mayOpen), Field("casesHref", \.casesHref),
        Field("requests", \.requests), Field("hasRequests", \.hasRequests), Field("mayAsk", \.mayAsk),
        Field("requestsHref", \.requestsHref), Field("requestKinds", \.requestKinds), Field("needs", \.needs),
        Field("requestText", \.requestText), Field("doctors", \.doctors), Field("mayTriage", \.mayTriage),
        Field("emergencyHref", \.emergencyHref), Field("emergencies", \.emergencies),
        Field("mayExempt", \.mayExempt), Field("exemptionHref", \.exemptionHref),
        Field("exemptReasons", \.exemptReasons), Field("exemptError", \.exemptError),
        Field("exemptNote", \.exemptNote), Field("answers", \.answers), Field("hasAnswers", \.hasAnswers),
        Field("doneHref", \.doneHref),
    ]
}

extension TriagePage {
    /// Fields with a place of their own; a fault of any other stands above.
    private static let known: Set = ["text", "exemptReason", "exemptNote"]

    init(
        _ file: TriageFile, form: Form, error: (any UserFacingError)?, by work: Work, shell: ShellView
    ) {
        self.shell = shell
        let (visit, actor) = (file.visit, work.actor)
        let faults = error.map { FormErrors($0) } ?? FormErrors()
        let isOpen = visit.leftAt == nil && visit.businessDay == work.today
        let isDesk = [Capability.triage, .checkIn, .checkInReturning].contains(where: actor.may)
        visitHref = ReceptionPaths.visit(visit.id)
        ticket = file.ticket.map { QueueTicket.label($0.number, isEmergency: visit.emergency != nil) }
        name = file.patient.name
        about = [
            visit.type.label, visit.complaint, visit.doctorID.flatMap { file.names[$0] }.map { "\($0)医生" } ?? "医生未定",
        ].joined(separator: " · ")
        stage =
            visit.leftAt != nil
            ? ToneChip("已离开", tone: "done")
            : visit.emergency != nil ? ToneChip("急诊", tone: "danger") : ToneChip("候诊", tone: "waiting")
        fault = faults.messages(outside: Self.known)
        let drawing = CaseDrawing(file: file, form: form, faults: faults, isOpen: isOpen && isDesk, work: work)
        cases = file.cases.sorted { $0.file.isOpen && !$1.file.isOpen }.map(drawing.view)
        hasCases = !cases.isEmpty
        let opened = Set(file.cases.map(\.file.kind))
        mayOpen = isOpen && isDesk
        kinds = VisitCase.Kind.allCases.filter { kind in
            !opened.contains(kind) && (kind != .epidemicDeferral || work.playbook.isEpidemic)
        }.map { OptionView($0.rawValue, $0.label) }
        casesHref = TriagePaths.cases(visit.id)
        requests = file.requests.map { RequestView($0, file, isOpen: isOpen, by: work) }
        hasRequests = !requests.isEmpty
        mayAsk = isOpen && VisitRequests.capabilities.contains(where: actor.may)
        requestsHref = TriagePaths.requests(visit.id)
        let kind = form["kind"].nonBlank.flatMap(VisitRequest.Kind.init) ?? .help
        requestKinds = VisitRequest.Kind.allCases.map { ChoiceView($0.rawValue, $0.label, isChosen: $0 == kind) }
        needs = OptionView.list(work.playbook.codes(.waitingNeed), chosen: form["need"])
        requestText = InputView("text", "写一句", form["text"], faults: faults)
        doctors = file.doctors.filter(\.isOnDuty).map {
            OptionView($0.id.text, $0.name, isChosen: $0.id == visit.doctorID)
        }
        mayTriage = isOpen && actor.may(.triage)
        emergencyHref = TriagePaths.emergency(visit.id)
        emergencies = OptionView.list(work.playbook.codes(.emergency), chosen: visit.emergency ?? "")
        mayExempt = visit.leftAt == nil && (actor.may(.triage) || actor.may(.closeVisit))
        exemptionHref = TriagePaths.exemption(visit.id)
        exemptReasons = OptionView.list(
            work.playbook.codes(.exemptReason),
            chosen: form["exemptReason"].nonBlank ?? file.answers?.exempt?.reason ?? "")
        exemptError = faults.messages["exemptReason"]
        exemptNote = InputView(
            "exemptNote", "说明", form["exemptNote"].nonBlank ?? file.answers?.exempt?.note ?? "", faults: faults)
        answers = Self.answers(file, work.playbook)
        hasAnswers = !answers.isEmpty
        doneHref = ReceptionPaths.board
    }

    private static func answers(_ file: TriageFile, _ playbook: Playbook) -> [FactView] {
        var facts: [FactView] = [FactView("就诊类型", "\(file.visit.type.label)：\(file.visit.typeReason)")]
        if let segment = file.visit.segment {
            facts.append(FactView("来意", playbook.label(segment, in: .demandSegment)))
        }
        guard let answers = file.answers else { return facts }
        if let feeling = answers.feeling { facts.append(FactView("现在感觉", feeling)) }
        if let mood = answers.mood { facts.append(FactView("心情", playbook.label(mood, in: .visitMood))) }
        if !answers.needs.isEmpty {
            facts.append(
                FactView(
                    "需要协助", answers.needs.map { playbook.label($0, in: .assistanceNeed) }.joined(separator: "、")))
        }
        if let exempt = answers.exempt {
            let label = playbook.label(exempt.reason, in: .exemptReason)
            facts.append(FactView("免检原因", [label, exempt.note].compactMap(\.self).joined(separator: "：")))
        }
        return facts
    }
}
