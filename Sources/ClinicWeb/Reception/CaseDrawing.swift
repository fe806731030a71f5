import Clinic
import Kernel

/// Draws cases: what was done, and the one thing to do next.
struct CaseDrawing {
    let file: TriageFile
    let form: Form
    let faults: FormErrors
    /// Somebody may still act.
    let isOpen: Bool
    let work: Work

    func view(_ guided: TriageFile.Guided) -> CaseView {
        let c = guided.file
        let isActive = isOpen && c.isOpen
        let decisions = isActive ? decisions(guided) : []
        return CaseView(
            rowID: c.id.text, label: c.kind.label, why: c.why, chip: chip(guided),
            steps: c.steps.map { step($0, c) }, ended: c.closed.map(ended),
            stepForm: isActive ? guided.next.flatMap { $0 == .complaint ? nil : stepForm($0, c) } : nil,
            complaintHref: isActive && guided.next == .complaint ? complaintHref(c) : nil,
            decisions: decisions, isWaitingForStep: guided.next != nil, hasDecisions: !decisions.isEmpty,
            quiet: isActive ? [quiet(.left, c), quiet(.mistaken, c)] : [])
    }

    private func chip(_ guided: TriageFile.Guided) -> ToneChip {
        if let closed = guided.file.closed { return ToneChip(closed.outcome.label, tone: "done") }
        if !isOpen { return ToneChip("没有结果", tone: "danger") }
        return ToneChip(guided.next.map { "下一步：\($0.label)" } ?? "等决定", tone: "waiting")
    }

    private func step(_ step: VisitCase.Step, _ c: VisitCase) -> CaseStepView {
        let words = [
            step.staffID.flatMap { file.names[$0] }, step.day.map(\.monthDayText), step.minutes.map { "约 \($0) 分钟" },
            step.note,
        ].compactMap(\.self).joined(separator: " · ")
        return CaseStepView(
            time: work.clinic.calendar.clockText(step.recordedAt), label: step.kind.label, text: words,
            who: file.names[step.recordedBy] ?? "")
    }

    private func ended(_ closed: VisitCase.Closing) -> String {
        [
            "\(work.clinic.calendar.clockText(closed.at)) \(file.names[closed.by] ?? "")：\(closed.outcome.label)",
            closed.doctorID.flatMap { file.names[$0] }.map { "\($0)医生" }, closed.day.map { "\($0.monthDayText)打电话" },
            closed.note,
        ].compactMap(\.self).joined(separator: " · ")
    }

    private func complaintHref(_ c: VisitCase) -> String {
        ComplaintPaths.new(
            patient: file.visit.patientID, doctor: c.doctorID, appointment: file.visit.appointmentID,
            cause: ComplaintCause.warrantyRefusal, next: TriagePaths.page(c.visitID))
    }

    // MARK: Steps

    private func stepForm(_ kind: VisitCase.Step.Kind, _ c: VisitCase) -> StepFormView {
        let isTyped = form["step"] == kind.rawValue
        func typed(_ name: String) -> String { isTyped ? form[name] : "" }
        let faults = isTyped ? faults : FormErrors()
        let doctors = file.doctors.map { (id: $0.id.text, name: $0.name) }
        let colleagues = file.colleagues.map { (id: $0.id.text, name: $0.name) }
        let people: [(id: String, name: String)] =
            switch kind {
            case .operation, .expertTold: doctors
            case .operatorTold, .escort, .companion: colleagues
            default: []
            }
        let usual = c.doctorID?.text ?? ""
        let operated = c.steps.last { $0.kind == .operation }?.staffID?.text
        let chosen =
            typed("staff").nonBlank ?? (kind == .companion || kind == .escort ? work.actor.id.text : operated ?? usual)
        let codes: [ChoiceView] =
            switch kind {
            case .doctorCalled:
                work.playbook.codes(.doctorCall).map {
                    ChoiceView($0.code, $0.label, isChosen: $0.code == typed("code"))
                }
            case .willing:
                [("yes", "愿意"), ("no", "不愿意")].map { ChoiceView($0.0, $0.1, isChosen: $0.0 == typed("code")) }
            default: []
            }
        return StepFormView(
            action: TriagePaths.step(c.visitID, c.id), step: kind.rawValue, title: kind.label, say: Self.say(kind),
            hasStaff: !people.isEmpty, staffLabel: Self.staffLabel(kind),
            staff: people.map { OptionView($0.id, $0.name, isChosen: $0.id == chosen) },
            hasCodes: !codes.isEmpty, codeLabel: kind == .willing ? "客人怎么说" : "打电话的结果", codes: codes,
            minutes: kind == .expertTold
                ? InputView(
                    "minutes", "医生说还要", typed("minutes"), isRequired: true, inputMode: "numeric", unit: "分钟",
                    faults: faults) : nil,
            day: kind == .operation
                ? InputView("day", "手术日期", typed("day"), type: "date", isRequired: true, faults: faults) : nil,
            note: InputView("note", Self.noteLabel(kind), typed("note"), faults: faults))
    }

    private static func say(_ kind: VisitCase.Step.Kind) -> String {
        switch kind {
        case .purpose: "“请问您今天主要想看什么？”"
        case .doctorCalled: "先给医生打电话，再安排客人。"
        case .expertTold: "告诉医生客人已到和来意，问清还要多久。"
        case .operation: "“请问是哪位医生给您做的？什么时候做的？”"
        case .operatorTold: "把客人的情况告诉主刀医生或他的助手。"
        case .complaint: "写明不找原医生的原因，并告诉主任。"
        case .willing: "“矫正要先检查，再约正畸医生的时间，您愿意这样安排吗？”"
        case .escort: "由不忙的同事带过去，别让客人自己找。"
        case .companion: "一位同事从现在陪到回访。"
        }
    }

    private static func staffLabel(_ kind: VisitCase.Step.Kind) -> String {
        switch kind {
        case .operation: "主刀医生"
        case .operatorTold: "告诉了谁"
        case .escort: "谁带过去"
        case .companion: "陪同人"
        default: "医生"
        }
    }

    private static func noteLabel(_ kind: VisitCase.Step.Kind) -> String {
        switch kind {
        case .escort: "带到哪里"
        case .operatorTold: "客人的情况"
        case .operation: "不在本门诊做的，写在这里"
        default: "说明"
        }
    }

    // MARK: Decisions

    private func decisions(_ guided: TriageFile.Guided) -> [DecisionView] {
        let c = guided.file
        let outcomes = CaseRules.outcomes(c.kind, isOnDuty: guided.isOnDuty).filter { outcome in
            outcome != .booked || work.actor.may(.bookAppointments)
        }
        return outcomes.enumerated().map { index, outcome in
            decision(outcome, c, isNext: index == 0 && guided.next == nil)
        }
    }

    private func decision(_ outcome: VisitCase.Outcome, _ c: VisitCase, isNext: Bool) -> DecisionView {
        let need = CaseRules.needs(outcome)
        let main = outcome == .mainDoctor ? c.doctorID.flatMap { file.names[$0] } : nil
        let others = file.doctors.filter { $0.isOnDuty && $0.id != c.doctorID }
        return DecisionView(
            action: TriagePaths.decision(c.visitID, c.id), fieldID: "\(c.id.text)-\(outcome.rawValue)",
            outcome: outcome.rawValue,
            label: main.map { "由\($0)医生看" } ?? outcome.label, isNext: isNext,
            doctors: need == .doctor
                ? others.map { OptionView($0.id.text, "\($0.name)（\($0.gender.label)） · 约 \($0.minutes) 分钟") } : [],
            hasDoctors: need == .doctor,
            slots: need == .slot
                ? file.slots.enumerated().map { index, slot in
                    ChoiceView(SlotChoice.value(slot), slotText(slot), isChosen: index == 0)
                } : [], hasSlots: need == .slot && !file.slots.isEmpty,
            otherTimesHref: need == .slot
                ? AppointmentPaths.earliest(
                    patient: file.visit.patientID, today: work.today, complaint: file.visit.complaint) : nil,
            asksNote: need == .note)
    }

    private func slotText(_ slot: Slot) -> String {
        let name = file.doctors.first { $0.id == slot.doctorID }?.name ?? ""
        let day = slot.day == work.today ? "今天" : slot.day.longText
        return "\(day) \(slot.start.clockText) \(name)"
    }

    private func quiet(_ outcome: VisitCase.Outcome, _ c: VisitCase) -> DecisionView {
        DecisionView(
            action: TriagePaths.decision(c.visitID, c.id), fieldID: "\(c.id.text)-\(outcome.rawValue)",
            outcome: outcome.rawValue, label: outcome.label, isNext: false,
            doctors: [], hasDoctors: false, slots: [], hasSlots: false, otherTimesHref: nil,
            asksNote: CaseRules.needs(outcome) == .note)
    }
}
