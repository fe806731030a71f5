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
    /// The visit is of an earlier day and is closed as late-recorded.
    let lateText: String?
    let chargeText: String?
    let fault: String?
    let submitLabel: String
    static let fields: [Field<Self>] = [
        Field("action", \.action), Field("name", \.name), Field("about", \.about), Field("visitHref", \.visitHref),
        Field("outcomes", \.outcomes), Field("outcomeError", \.outcomeError), Field("reason", \.reason),
        Field("lateText", \.lateText), Field("chargeText", \.chargeText), Field("fault", \.fault),
        Field("submitLabel", \.submitLabel),
    ]
}

/// The end of a visit.
enum DepartureHandlers {
    static func page(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await draw(request, error: nil, status: .ok)
    }

    static func leave(_ request: StaffRequest) async throws -> Response {
        let (id, form, work) = (try request.visitID, request.form, request.work)
        do {
            let label = try await request.change { tx in
                try SeeingOff.leave(
                    id, outcome: form["outcome"].nonBlank, reason: form["reason"].nonBlank, by: work, in: tx)
                return try VisitWords.label(id, by: work, in: tx)
            }
            return request.redirect(
                request.wayBack, flash: "\(label) 已离开", undo: ReceptionPaths.action(id, "undo"))
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await draw(request, error: error, status: .unprocessableContent)
        }
    }

    private static func draw(
        _ request: StaffRequest, error: (any UserFacingError)?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (id, work, form) = (try request.visitID, request.work, request.form)
        let (visit, patient, sheet, owed) = try await request.read { tx in
            let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
            return (
                visit, try PatientStore.get(visit.patientID, in: tx), try ChargeSheetStore.find(visit: id, in: tx),
                try Ledger.balance(of: visit.patientID, clinic: work.clinic.id, in: tx)
            )
        }
        if let left = visit.leftAt { throw ReceptionError.alreadyLeft(at: work.clinic.calendar.clockText(left)) }
        let shell = try await request.shell(title: "送别", note: patient.name, area: .reception)
        return try request.page(
            DeparturePage(
                visit, patient, charge: ChargeProgress(sheet, owed: owed), hasSheet: sheet != nil, form: form,
                error: error, by: work, shell: shell), status: status)
    }
}

extension DeparturePage {
    init(
        _ visit: Visit, _ patient: Patient, charge: ChargeProgress, hasSheet: Bool, form: Form,
        error: (any UserFacingError)?, by work: Work, shell: ShellView
    ) {
        self.shell = shell
        let faults = error.map { FormErrors($0) } ?? FormErrors()
        action = ReceptionPaths.action(visit.id, "departure")
        name = patient.name
        let calendar = work.clinic.calendar
        about = [
            visit.type.label, visit.complaint, "\(calendar.clockText(visit.arrivedAt)) 到诊",
            visit.seatedAt.map { "\(calendar.clockText($0)) 入座" } ?? "没有入座",
        ].joined(separator: " · ")
        visitHref = ReceptionPaths.visit(visit.id)
        let chosen = form["outcome"].nonBlank ?? (visit.seatedAt == nil ? "left" : "seen")
        outcomes = work.playbook.codes(.visitOutcome).map {
            ChoiceView($0.code, $0.label, hint: $0.needsNote ? "要写说明" : nil, isChosen: $0.code == chosen)
        }
        outcomeError = faults.messages["outcome"]
        let isForgotten = visit.businessDay < work.today
        reason = InputView(
            "reason", isForgotten ? "为什么补录" : "说明", form["reason"], hint: isForgotten ? nil : "转介、未就诊时写明原因",
            isRequired: isForgotten, faults: faults)
        lateText =
            isForgotten
            ? "这是 \(visit.businessDay.longText) 的到访，当天没有登记离开。会按当天结束时间补录，并标为补录。" : nil
        chargeText = hasSheet && !charge.isSettled ? "收费单\(charge.chip.text)，请先确认再送别" : nil
        fault = faults.messages(outside: ["outcome", "reason"])
        submitLabel = isForgotten ? "补录结束" : "送别"
    }
}
