import Clinic
import Kernel

/// One visit, from the door to the door — templates/reception/visit.mustache
struct VisitPage: Page {
    static let template = "reception/visit"
    let shell: ShellView
    let ticket: String?
    let name: String
    let about: String
    let customerHref: String
    let stage: ToneChip
    let day: String
    let summary: [FactView]
    let facts: [VisitFactView]
    let hasFacts: Bool
    let tasks: [FactView]
    let hasTasks: Bool
    let links: [LinkView]
    let handOver: VisitHandOverView
    /// What the visit waits for, in a sentence.
    let todo: String
    /// Booking can be explained to this customer, and was not yet (R3.55).
    let promoteHref: String?
    let fault: String?
    let action: String
    let doctors: [OptionView]
    let mayTriage: Bool
    let types: [OptionView]
    let mayTell: Bool
    let toldWait: InputView
    let kinds: [OptionView]
    let mayCorrect: Bool
    let time: InputView
    let lateReasons: [OptionView]
    let lateNote: InputView
    let reasonError: String?
    let next: String

    static let fields: [Field<Self>] = [
        Field("ticket", \.ticket), Field("name", \.name), Field("about", \.about),
        Field("customerHref", \.customerHref),
        Field("stage", \.stage), Field("day", \.day), Field("summary", \.summary), Field("facts", \.facts),
        Field("hasFacts", \.hasFacts), Field("tasks", \.tasks), Field("hasTasks", \.hasTasks), Field("links", \.links),
        Field("handOver", \.handOver),
        Field("todo", \.todo), Field("promoteHref", \.promoteHref), Field("fault", \.fault), Field("action", \.action),
        Field("doctors", \.doctors),
        Field("mayTriage", \.mayTriage),
        Field("types", \.types), Field("mayTell", \.mayTell), Field("toldWait", \.toldWait), Field("kinds", \.kinds),
        Field("mayCorrect", \.mayCorrect), Field("time", \.time), Field("lateReasons", \.lateReasons),
        Field("lateNote", \.lateNote), Field("reasonError", \.reasonError), Field("next", \.next),
    ]
}

/// One happening with who and when.
struct VisitFactView: Viewable {
    let time: String
    let label: String
    let detail: String
    let who: String
    /// "补录：忘记登记"
    let late: String?
    let isUndone: Bool
    static let fields: [Field<Self>] = [
        Field("time", \.time), Field("label", \.label), Field("detail", \.detail), Field("who", \.who),
        Field("late", \.late), Field("isUndone", \.isUndone),
    ]
}

/// What the page of a visit is drawn from.
struct VisitDetail: Sendable {
    let visit: Visit
    let patient: Patient
    let brief: PatientBrief?
    let ticket: QueueTicket?
    let facts: [VisitFact]
    let names: [ID<Staff>: String]
    let tasks: [TaskItem]
    let doctors: [Staff]
    let outcome: String?
    let handOvers: VisitHandOvers
}

extension VisitPage {
    init(
        _ detail: VisitDetail, form: Form, error: (any UserFacingError)?, links: [LinkView], by work: Work,
        shell: ShellView
    ) {
        self.shell = shell
        let (visit, calendar, actor) = (detail.visit, work.clinic.calendar, work.actor)
        let faults = error.map { FormErrors($0) } ?? FormErrors()
        ticket = detail.ticket.map { QueueTicket.label($0.number, isEmergency: visit.emergency != nil) }
        name = detail.patient.name
        about = [detail.brief?.gender.label, detail.brief?.ageText, detail.patient.recordNumber]
            .compactMap(\.self).joined(separator: " · ")
        customerHref = PatientPaths.one(detail.patient.id)
        stage = Self.stage(visit)
        day = visit.businessDay.longText
        summary = Self.summary(detail, work)
        facts = detail.facts.map { VisitFactView($0, names: detail.names, calendar: calendar) }
        hasFacts = !facts.isEmpty
        tasks = detail.tasks.map {
            FactView($0.label(work.playbook), $0.reason, href: actor.may(.workTasks) ? FollowUpPaths.task($0.id) : nil)
        }
        hasTasks = !tasks.isEmpty
        self.links = links
        handOver = VisitHandOverView(detail.handOvers, of: visit, by: work)
        todo = Self.todo(visit, isCalled: detail.ticket?.calledAt != nil, at: work.now)
        let wasTold = detail.facts.contains { $0.kind == .bookingExplained && $0.undoneAt == nil }
        let promotes = work.playbook.level(of: .bookingPromoted) != .off && visit.stage == .waiting && !wasTold
        promoteHref = promotes ? ReceptionPaths.action(visit.id, "booking-explained") : nil
        fault = faults.messages(outside: ["minutes", "happenedAt", "reason"])
        action = ReceptionPaths.visit(visit.id)
        next = action
        let isOpen = visit.leftAt == nil
        doctors = detail.doctors.map { OptionView($0.id.text, $0.name, isChosen: $0.id == visit.doctorID) }
        mayTriage = isOpen && actor.may(.triage)
        types = VisitType.allCases.map { OptionView($0.rawValue, $0.label, isChosen: $0 == visit.type) }
        mayTell = visit.stage == .waiting && actor.may(.callQueue)
        toldWait = InputView(
            "minutes", "告知客人大约等", form.has("minutes") ? form["minutes"] : visit.toldWaitMinutes.map(String.init) ?? "",
            inputMode: "numeric", unit: "分钟", faults: faults)
        let correctable = detail.facts.filter { fact in
            VisitFacts.correctable.contains(fact.kind) && fact.undoneAt == nil
                && (fact.recordedBy == actor.id || actor.may(.editOtherPatients))
        }
        kinds = VisitFacts.correctable.filter { kind in correctable.contains { $0.kind == kind } }
            .map { OptionView($0.rawValue, $0.label, isChosen: $0.rawValue == form["kind"]) }
        mayCorrect = !kinds.isEmpty && visit.businessDay == work.today
        time = InputView(
            "happenedAt", "实际时间", form["happenedAt"], hint: ClockTime.hint, isRequired: true, inputMode: "numeric",
            faults: faults)
        lateReasons = OptionView.list(work.playbook.codes(.lateRecording), chosen: form["lateReason"])
        lateNote = InputView("lateNote", "补充说明", form["lateNote"])
        reasonError = faults.messages["reason"]
    }

    private static func todo(_ visit: Visit, isCalled: Bool, at now: Timestamp) -> String {
        let waited = visit.waitedMinutes(at: now)
        switch visit.stage {
        case .waiting: return isCalled ? "已叫号，等了 \(waited) 分钟：引领入座" : "候诊 \(waited) 分钟：叫号，椅位空出后引领入座"
        case .inChair: return "正在就诊：治疗后录入收费单，由客人确认"
        case .checkingOut: return "治疗结束：收费、约好下次，然后送别"
        case .left: return "这次到访已经结束，没有要做的"
        }
    }

    private static func stage(_ visit: Visit) -> ToneChip {
        switch visit.stage {
        case .waiting: ToneChip("候诊", tone: "waiting")
        case .inChair: ToneChip("就诊中", tone: "accent")
        case .checkingOut: ToneChip("收费与离开", tone: "info")
        case .left: visit.outcome == Visit.withdrawn ? ToneChip("已撤销") : ToneChip("已离开", tone: "done")
        }
    }

    private static func summary(_ detail: VisitDetail, _ work: Work) -> [FactView] {
        let visit = detail.visit
        var rows = [
            FactView("来意", visit.complaint),
            FactView("类型", "\(visit.type.label)（\(visit.typeReason)）"),
            FactView("医生", detail.doctors.first { $0.id == visit.doctorID }?.name ?? "未定"),
            FactView("告知等候", visit.toldWaitMinutes.map { "\($0) 分钟" } ?? "没有告知"),
            FactView("等候", "\(visit.waitedMinutes(at: work.now)) 分钟"),
        ]
        if visit.proposedType != visit.type { rows.insert(FactView("系统建议", visit.proposedType.label), at: 2) }
        if let emergency = visit.emergency {
            rows.insert(FactView("急诊", work.playbook.label(emergency, in: .emergency)), at: 0)
        }
        if let segment = visit.segment {
            rows.append(FactView("需求", work.playbook.label(segment, in: .demandSegment)))
        }
        if let appointment = visit.appointmentID {
            rows.append(FactView("预约", "打开这个预约", href: AppointmentPaths.appointment(appointment)))
        } else {
            rows.append(FactView("预约", "没有预约"))
        }
        if let outcome = detail.outcome {
            rows.append(FactView("结果", outcome))
        } else if visit.leftAt != nil {
            rows.append(FactView("结果", "没有填"))
        }
        return rows
    }
}

extension VisitFactView {
    init(_ fact: VisitFact, names: [ID<Staff>: String], calendar: ClinicCalendar) {
        time = calendar.clockText(fact.happenedAt)
        label = fact.kind.label
        detail = fact.detail ?? ""
        who = names[fact.recordedBy] ?? "系统"
        late = fact.lateReason.map { "\(calendar.clockText(fact.recordedAt)) 补录：\($0)" }
        isUndone = fact.undoneAt != nil
    }
}
