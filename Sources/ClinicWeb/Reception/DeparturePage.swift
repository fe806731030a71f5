import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 送别: how did the visit end? (R2.29, R4.33) — templates/reception/departure.mustache
struct DeparturePage: Page {
    static let template = "reception/departure"
    let shell: ShellView
    let action: String
    let name: String
    let about: String
    let visitHref: String
    let outcomes: [ChoiceView]
    let outcomeError: String?
    let reason: InputView
    /// Why somebody leaves without having been seen (R2.29).
    let leftReasons: [OptionView]
    /// Seen and nothing charged: why (R2.06).
    let exemptReasons: [OptionView]
    let asksExemption: Bool
    let exemptError: String?
    /// Special situations that nobody decided.
    let hasOpenCases: Bool
    let openCases: String
    let casesHref: String
    /// The visit is of an earlier day and is closed as late-recorded.
    let lateText: String?
    let chargeText: String?
    let fault: String?
    let submitLabel: String
    static let fields: [Field<Self>] = [
        Field("action", \.action), Field("name", \.name), Field("about", \.about), Field("visitHref", \.visitHref),
        Field("outcomes", \.outcomes), Field("outcomeError", \.outcomeError), Field("reason", \.reason),
        Field("leftReasons", \.leftReasons), Field("exemptReasons", \.exemptReasons),
        Field("asksExemption", \.asksExemption), Field("exemptError", \.exemptError),
        Field("hasOpenCases", \.hasOpenCases), Field("openCases", \.openCases), Field("casesHref", \.casesHref),
        Field("lateText", \.lateText), Field("chargeText", \.chargeText), Field("fault", \.fault),
        Field("submitLabel", \.submitLabel),
    ]
}

/// The end of a visit.
enum DepartureHandlers {
    static func page(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("outcome")
        return try await draw(request, error: nil, status: .ok)
    }

    static func leave(_ request: StaffRequest) async throws -> Response {
        let (id, form, work) = (try request.visitID, request.form, request.work)
        do {
            let label = try await request.change { tx in
                if let exempt = form["exemptReason"].nonBlank {
                    let sheet = try ChargeSheetStore.find(visit: id, in: tx)
                    try ExemptVisits.mark(
                        id, TriageAnswers.Exemption(reason: exempt, note: form["reason"].nonBlank?.trimmed),
                        charged: sheet?.total ?? .zero, by: work, in: tx)
                }
                try SeeingOff.leave(
                    id, outcome: form["outcome"].nonBlank, reason: reason(form, work.playbook), by: work, in: tx)
                return try VisitWords.label(id, by: work, in: tx)
            }
            return request.redirect(
                request.wayBack, flash: "\(label) 已离开", undo: ReceptionPaths.action(id, "undo"))
        } catch let error as any UserFacingError
            where error.kind == .invalid || error as? ReceptionError == .chargedNotExempt
        {
            return try await draw(request, error: error, status: .unprocessableContent)
        }
    }

    private static func draw(
        _ request: StaffRequest, error: (any UserFacingError)?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (id, work, form) = (try request.visitID, request.work, request.form)
        let facts = try await request.read { tx in try DepartureFacts.load(id, by: work, in: tx) }
        if let left = facts.visit.leftAt {
            throw ReceptionError.alreadyLeft(at: work.clinic.calendar.clockText(left))
        }
        let shell = try await request.shell(title: "送别", note: facts.patient.name, area: .reception)
        return try request.page(
            DeparturePage(facts, form: form, proposed: request.query["outcome"], error: error, by: work, shell: shell),
            status: status)
    }

    /// Why the customer left unseen, in the clinic's words, with what was typed.
    private static func reason(_ form: Form, _ playbook: Playbook) -> String? {
        let code = form["outcome"] == "left" ? form["leftReason"].nonBlank : nil
        let label = code.map { playbook.label($0, in: .leftWithoutTreatment) }
        return [label, form["reason"].nonBlank?.trimmed].compactMap(\.self).joined(separator: "：").nonBlank
    }
}

/// What the farewell is drawn from.
struct DepartureFacts: Sendable {
    let visit: Visit
    let patient: Patient
    let sheet: ChargeSheet?
    let charge: ChargeProgress
    let counters: Int
    /// Not decided yet.
    let cases: [VisitCase]

    static func load(_ id: ID<Visit>, by work: Work, in tx: any ReadTransaction) throws -> DepartureFacts {
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        let sheet = try ChargeSheetStore.find(visit: id, in: tx)
        let owed = try Ledger.balance(of: visit.patientID, clinic: work.clinic.id, in: tx)
        return DepartureFacts(
            visit: visit, patient: try PatientStore.get(visit.patientID, in: tx), sheet: sheet,
            charge: ChargeProgress(sheet, owed: owed), counters: try CounterVisits.count(visit.id, in: tx),
            cases: try CaseStore.list(of: id, in: tx).filter(\.isOpen))
    }
}

extension DeparturePage {
    /// - Parameter proposed: code of list `visitOutcome` that is known already.
    init(
        _ facts: DepartureFacts, form: Form, proposed: String, error: (any UserFacingError)?, by work: Work,
        shell: ShellView
    ) {
        self.shell = shell
        let (visit, patient) = (facts.visit, facts.patient)
        let faults = error.map { FormErrors($0) } ?? FormErrors()
        action = ReceptionPaths.action(visit.id, "departure")
        name = patient.name
        let calendar = work.clinic.calendar
        about = [
            visit.type.label, visit.complaint, "\(calendar.clockText(visit.arrivedAt)) 到诊",
            visit.seatedAt.map { "\(calendar.clockText($0)) 入座" } ?? "没有入座",
            "到过 \(max(1, facts.counters)) 个窗口",
        ].joined(separator: " · ")
        visitHref = ReceptionPaths.visit(visit.id)
        let chosen = form["outcome"].nonBlank ?? proposed.nonBlank ?? (visit.seatedAt == nil ? "left" : "seen")
        outcomes = work.playbook.codes(.visitOutcome).map {
            ChoiceView($0.code, $0.label, hint: $0.needsNote ? "要写说明" : nil, isChosen: $0.code == chosen)
        }
        outcomeError = faults.messages["outcome"]
        let isForgotten = visit.businessDay < work.today
        reason = InputView(
            "reason", isForgotten ? "为什么补录" : "说明", form["reason"], hint: isForgotten ? nil : "转介、未就诊时写明原因",
            isRequired: isForgotten, faults: faults)
        leftReasons = OptionView.list(work.playbook.codes(.leftWithoutTreatment), chosen: form["leftReason"])
        exemptReasons = OptionView.list(work.playbook.codes(.exemptReason), chosen: form["exemptReason"])
        asksExemption = visit.seatedAt != nil && (facts.sheet?.total ?? .zero).fen == 0 && !isForgotten
        exemptError = faults.messages["exemptReason"] ?? faults.messages["exemptNote"]
        hasOpenCases = !facts.cases.isEmpty
        openCases = facts.cases.map(\.kind.label).joined(separator: "、")
        casesHref = TriagePaths.page(visit.id)
        lateText =
            isForgotten
            ? "这是 \(visit.businessDay.longText) 的到访，当天没有登记离开。会按当天结束时间补录，并标为补录。" : nil
        chargeText =
            facts.sheet != nil && !facts.charge.isSettled ? "收费单\(facts.charge.chip.text)，请先确认再送别" : nil
        fault = faults.messages(outside: ["outcome", "reason", "exemptReason", "exemptNote"])
        submitLabel = isForgotten ? "补录结束" : "送别"
    }
}
