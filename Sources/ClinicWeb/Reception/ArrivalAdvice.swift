import Clinic
import Kernel
import Storage

/// What the rules say about an arrival as far as it is typed: the type with its reason, special situations, who could see
/// the customer (R2.02, R2.13, R2.16–R2.20).
struct ArrivalAdvice: Sendable {
    let type: VisitTypeRules.Proposal
    let cues: [TriageCases.Cue]
    /// Whom the rules name for somebody who came without booking; nil: nobody, or the person may not book.
    let suggestedID: ID<Staff>?
    let suggestion: String?

    static func load(
        _ facts: ArrivalFacts, _ form: ArrivalForm, by work: Work, in tx: any ReadTransaction
    ) throws -> ArrivalAdvice {
        guard let query = form.query(facts.appointment) ?? form.query(nil) else { throw NotFound("客人") }
        let known = try TriageFactStore.load(query, board: facts.board, by: work, in: tx)
        let type = try Arrivals.proposal(
            patient: query.patientID, appointment: facts.appointment, isInquiring: form.segment == "latent",
            tooth: query.tooth, complaint: query.complaint, by: work, in: tx)
        let named = try suggest(query, facts, by: work, in: tx)
        return ArrivalAdvice(
            type: type, cues: TriageCases.applicable(known), suggestedID: named?.id, suggestion: named?.text)
    }

    /// R2.13, R2.27: by item, level and speciality, as for a booking at this moment.
    private static func suggest(
        _ query: TriageQuery, _ facts: ArrivalFacts, by work: Work, in tx: any ReadTransaction
    ) throws -> (id: ID<Staff>, text: String)? {
        guard query.appointment == nil, work.actor.may(.bookAppointments), query.complaint.nonBlank != nil else {
            return nil
        }
        let now = work.clinic.calendar.unit(of: work.now)
        let assignment = try Assigning.propose(
            AssignmentRequest(
                patientID: query.patientID, complaint: query.complaint,
                time: AskedTime(day: work.today, start: now), occasion: .timeIsFixed), by: work, in: tx)
        guard let id = assignment.doctorID, let name = assignment.doctorName else { return nil }
        let why = assignment.reasons.first.map { "：\($0.text)" } ?? ""
        return (id, "\(name)医生\(why)")
    }
}

/// The advice beside the form — templates/reception/_advice.mustache
struct ArrivalAdviceView: Fragment {
    static let template = "reception/_advice"
    let proposal: String
    let proposalReason: String
    let suggestion: String?
    let cues: [CaseCueView]
    let hasCues: Bool
    static let fields: [Field<Self>] = [
        Field("proposal", \.proposal), Field("proposalReason", \.proposalReason), Field("suggestion", \.suggestion),
        Field("cues", \.cues), Field("hasCues", \.hasCues),
    ]
}

struct CaseCueView: Viewable {
    let label: String
    let why: String
    /// What is done first after the check-in.
    let first: String
    static let fields: [Field<Self>] = [Field("label", \.label), Field("why", \.why), Field("first", \.first)]
}

extension ArrivalAdviceView {
    init(_ advice: ArrivalAdvice, by work: Work) {
        proposal = advice.type.type.label
        proposalReason = advice.type.reason
        suggestion = advice.suggestion
        cues = advice.cues.map { cue in
            let step = CaseRules.steps(cue.kind).first { $0 != .purpose }
            let outcome = CaseRules.outcomes(cue.kind, isOnDuty: cue.kind != .untoldChange).first
            return CaseCueView(label: cue.kind.label, why: cue.why, first: step?.label ?? outcome?.label ?? "")
        }
        hasCues = !cues.isEmpty
    }

    static var samples: [ArrivalAdviceView] {
        [
            ArrivalAdviceView(
                proposal: "复诊", proposalReason: "上次治疗 2026-01-08，不到 1 年", suggestion: "周启航医生：轮到周启航医生（已接 2 位）",
                cues: [
                    CaseCueView(label: "没按预约时间来", why: "约的是 10:00，晚到 24 分钟", first: "由这位医生看"),
                    CaseCueView(label: "换药、拆线、复查", why: "来意里有“拆线”", first: "主刀医生和手术日期"),
                ], hasCues: true),
            ArrivalAdviceView(
                proposal: "初诊", proposalReason: "没有在本院治疗过", suggestion: nil, cues: [], hasCues: false),
        ]
    }
}
