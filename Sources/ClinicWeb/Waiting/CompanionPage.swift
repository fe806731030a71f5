import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Who went into the treatment area with a customer (R4.14, R4.16) — templates/waiting/companions.mustache
struct CompanionPage: Page {
    static let template = "waiting/companions"
    let shell: ShellView
    let action: String
    let whom: String
    let visitHref: String
    let about: String
    let people: [CompanionView]
    let hasPeople: Bool
    let mayAdmit: Bool
    let fault: String?
    let choice: CompanionChoice
    let next: String
    static let fields: [Field<Self>] = [
        Field("action", \.action), Field("whom", \.whom), Field("visitHref", \.visitHref), Field("about", \.about),
        Field("people", \.people), Field("hasPeople", \.hasPeople), Field("mayAdmit", \.mayAdmit),
        Field("fault", \.fault), Field("choice", \.choice), Field("next", \.next),
    ]
}

struct CompanionView: Viewable {
    let relation: String
    let times: String
    /// Is still inside.
    let canLeave: Bool
    let outHref: String
    static let fields: [Field<Self>] = [
        Field("relation", \.relation), Field("times", \.times), Field("canLeave", \.canLeave),
        Field("outHref", \.outHref),
    ]
}

/// The fields of one companion, with what the rule says — templates/waiting/_companion.mustache. The form fields are
/// `companionRelation`, `companionReason`, `companionNote`.
struct CompanionChoice: Viewable {
    let rule: String
    let isWithinRule: Bool
    let relation: String
    let asksReason: Bool
    let isReasonNeeded: Bool
    let reasons: [OptionView]
    let reasonError: String?
    let note: String
    static let fields: [Field<Self>] = [
        Field("rule", \.rule), Field("isWithinRule", \.isWithinRule), Field("relation", \.relation),
        Field("asksReason", \.asksReason), Field("isReasonNeeded", \.isReasonNeeded), Field("reasons", \.reasons),
        Field("reasonError", \.reasonError), Field("note", \.note),
    ]
}

extension CompanionChoice {
    /// - Parameter form: as typed; empty on the first drawing.
    init(_ verdict: CompanionRules.Verdict, form: Form, faults: FormErrors, by work: Work) {
        let objection = Companions.objection(verdict, work.playbook)
        let isOff = work.playbook.level(of: .companionWithinRule) == .off
        rule = objection ?? "这位客人可以有 1 位陪同。"
        isWithinRule = objection == nil || isOff
        relation = form["companionRelation"]
        asksReason = !isWithinRule
        isReasonNeeded = work.playbook.demands(.companionWithinRule)
        reasons = OptionView.list(work.playbook.codes(.companionReason), chosen: form["companionReason"])
        reasonError = faults.messages["companionReason"] ?? faults.messages["companionNote"]
        note = form["companionNote"]
    }

    /// What the form states about the companion of `visit`.
    static func admission(_ form: Form, _ visit: ID<Visit>) -> Companions.Admission {
        Companions.Admission(
            visitID: visit, relation: form["companionRelation"].nonBlank, reason: form["companionReason"].nonBlank,
            note: form["companionNote"].nonBlank)
    }
}

enum CompanionHandlers {
    static func page(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, error: nil, status: .ok)
    }

    static func admit(_ request: StaffRequest) async throws -> Response {
        let (id, form, work) = (try request.visitID, request.form, request.work)
        do {
            try await request.change { tx in
                try Companions.admit(CompanionChoice.admission(form, id), by: work, in: tx)
            }
            return request.redirect(WaitingPaths.companions(id), flash: "陪同已登记进诊区")
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await page(request, error: error, status: .unprocessableContent)
        }
    }

    static func leave(_ request: StaffRequest) async throws -> Response {
        let (id, work) = (try request.visitID, request.work)
        let movement = try request.id("movement", Movement.self, what: "陪同")
        try await request.change { tx in try Companions.leave(movement, of: id, by: work, in: tx) }
        return request.redirect(WaitingPaths.companions(id), flash: "陪同已登记离开诊区")
    }

    private static func page(
        _ request: StaffRequest, error: (any UserFacingError)?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (id, work) = (try request.visitID, request.work)
        let (label, visit, verdict, people) = try await request.read { tx in
            let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
            return (
                try VisitWords.label(id, by: work, in: tx), visit, try Companions.verdict(visit, by: work, in: tx),
                try CompanionStore.list([id], in: tx)
            )
        }
        let faults = error.map { FormErrors($0) } ?? FormErrors()
        let clock = work.clinic.calendar.clockText
        return try request.page(
            CompanionPage(
                shell: try await request.shell(title: "陪同", note: label, area: .reception, isTouch: true),
                action: WaitingPaths.companions(id), whom: label, visitHref: ReceptionPaths.visit(id),
                about: "\(people.count { $0.exitedAt == nil }) 位在诊区",
                people: people.map { person in
                    CompanionView(
                        relation: person.relation ?? "陪同",
                        times: [
                            "\(clock(person.enteredAt)) 进", person.exitedAt.map { "\(clock($0)) 出" },
                            person.reason.map { "破例：\(work.playbook.label($0, in: .companionReason))" }, person.note,
                        ].compactMap(\.self).joined(separator: " · "),
                        canLeave: person.exitedAt == nil, outHref: WaitingPaths.companionOut(id, person.movementID))
                },
                hasPeople: !people.isEmpty, mayAdmit: visit.stage == .inChair && request.may(.leadIn),
                fault: faults.messages(outside: ["companionReason", "companionNote"]),
                choice: CompanionChoice(verdict, form: request.form, faults: faults, by: work), next: WaitingPaths.room),
            status: status)
    }
}
