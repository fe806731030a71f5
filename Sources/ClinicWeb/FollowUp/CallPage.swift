import Clinic
import Kernel

/// One task with its script, its answers and what is known of the customer — templates/followup/call.mustache
struct CallPage: Page {
    static let template = "followup/call"
    let shell: ShellView
    let callees: [CalleeGroup]
    let hasCallees: Bool
    let title: String
    let scriptTitle: String
    let why: String
    let due: ToneChip
    let steps: [SayView]
    let answers: [AnswerView]
    let isOpen: Bool
    let closedText: String?
    let outcomeHref: String
    let note: String
    let noteError: String?
    let outcomeError: String?
    let callbackError: String?
    let asksCallback: Bool
    let callbackAt: String
    let forbidden: String?
    let person: CallPersonView?
    let attempts: [FactView]
    let hasAttempts: Bool
    let others: [FactView]
    let hasOthers: Bool
    let subjectHref: String?
    let subjectLabel: String
    let hasSubject: Bool

    static let fields: [Field<Self>] = [
        Field("callees", \.callees), Field("hasCallees", \.hasCallees), Field("title", \.title),
        Field("scriptTitle", \.scriptTitle), Field("why", \.why), Field("due", \.due), Field("steps", \.steps),
        Field("answers", \.answers), Field("isOpen", \.isOpen), Field("closedText", \.closedText),
        Field("outcomeHref", \.outcomeHref), Field("note", \.note), Field("noteError", \.noteError),
        Field("outcomeError", \.outcomeError), Field("callbackError", \.callbackError),
        Field("asksCallback", \.asksCallback), Field("callbackAt", \.callbackAt), Field("forbidden", \.forbidden),
        Field("person", \.person), Field("attempts", \.attempts), Field("hasAttempts", \.hasAttempts),
        Field("others", \.others), Field("hasOthers", \.hasOthers), Field("subjectHref", \.subjectHref),
        Field("subjectLabel", \.subjectLabel),
        Field("hasSubject", \.hasSubject),
    ]

    /// What was typed before a fault.
    struct Typed: Sendable {
        var note = ""
        var callbackAt = ""
        var faults = FormErrors()
    }
}

extension CallPage {
    init(_ sheet: CallSheet, queue: Workbench, typed: Typed = Typed(), by work: Work, shell: ShellView) {
        self.shell = shell
        let calendar = work.clinic.calendar
        callees = CalleeGroup.groups(queue, current: sheet.task.id, by: work)
        hasCallees = !callees.isEmpty
        let label = sheet.rule?.label ?? "待办"
        title = [sheet.patient?.name, label].compactMap(\.self).joined(separator: " · ")
        scriptTitle = sheet.scriptTitle ?? ""
        why = sheet.task.reason
        let view = TaskView(
            sheet.task, patient: sheet.patient, owner: nil, label: label, now: work.now, calendar: calendar)
        due = ToneChip("\(view.dueText) · \(view.dueNote)", tone: view.tone)
        steps = sheet.steps.map { SayView(say: $0.say, note: $0.note) }
        answers = sheet.outcomes.enumerated().map { AnswerView($1, number: $0 + 1) }
        isOpen = sheet.task.isOpen
        closedText = Self.closed(sheet, calendar)
        outcomeHref = FollowUpPaths.outcome(sheet.task.id)
        note = typed.note
        noteError = typed.faults.messages["note"]
        outcomeError = typed.faults.messages["outcome"]
        callbackError = typed.faults.messages["callbackAt"]
        asksCallback = sheet.outcomes.contains { $0.next == .callback }
        callbackAt = typed.callbackAt
        forbidden = sheet.forbidden.isEmpty ? nil : sheet.forbidden.prefix(8).joined(separator: "、")
        person = sheet.patient.map {
            CallPersonView(
                $0, contact: sheet.contact, seesPhone: work.actor.may(.seePhones), playbook: work.playbook)
        }
        attempts = sheet.attempts.map {
            FactView(
                "\(calendar.dateTimeText($0.at))",
                [$0.outcome, $0.note, $0.name].compactMap(\.self).joined(separator: " · "))
        }
        hasAttempts = !attempts.isEmpty
        others = sheet.others.map {
            FactView($0.label(work.playbook), $0.reason, href: FollowUpPaths.task($0.id))
        }
        hasOthers = !others.isEmpty
        (subjectHref, subjectLabel) = Self.subject(sheet.task.subject)
        hasSubject = subjectHref != nil
    }

    /// The page of what the task is about.
    private static func subject(_ subject: TaskSubject) -> (href: String?, label: String) {
        switch subject.kind {
        case .appointment: (AppointmentPaths.appointment(ID(raw: subject.id)), "打开这个预约")
        case .complaint: (ComplaintPaths.one(ID(raw: subject.id)), "打开这件投诉")
        case .deferral: (EpidemicPaths.deferrals, "看延期客人")
        case .doctorNote: (HandOverPaths.notes, "看纸条")
        case .rosterRequest: (RosterPaths.requests, "看请假换班")
        case .handedCase: (AppointmentPaths.handed, "看交上级的事")
        case .registerEntry: (RegisterPaths.entry(ID(raw: subject.id)), "打开这条登记")
        case .checklistRun: (ChecklistPaths.run(ID(raw: subject.id)), "打开检查表")
        case .visitCase: (TriagePaths.caseOf(ID(raw: subject.id)), "打开分诊")
        case .visitRequest: (TriagePaths.requestOf(ID(raw: subject.id)), "打开客人的要求")
        case .visit: (ReceptionPaths.visit(ID(raw: subject.id)), "打开这次到访")
        case .dayCarry: (DayClosePaths.list, "看日结前待办")
        case .callRequest: (CallPaths.list, "看客人请回电")
        default: (nil, "")
        }
    }

    private static func closed(_ sheet: CallSheet, _ calendar: ClinicCalendar) -> String? {
        if let at = sheet.task.doneAt {
            let answer = sheet.outcomes.first { $0.code == sheet.task.outcome }?.label ?? sheet.task.outcome ?? ""
            return "已办：\(answer)（\(calendar.dateTimeText(at))）"
        }
        guard let at = sheet.task.withdrawnAt else { return nil }
        return "已撤下：\(sheet.task.withdrawnCause ?? "")（\(calendar.dateTimeText(at))）"
    }
}

struct SayView: Viewable {
    let say: String
    let note: String?
    static let fields: [Field<Self>] = [Field("say", \.say), Field("note", \.note)]
}

struct CallPersonView: Viewable {
    let name: String
    let facts: String
    let href: String
    let phone: String
    let dial: String?
    let alerts: [ToneChip]
    let hasAlerts: Bool
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("facts", \.facts), Field("href", \.href), Field("phone", \.phone),
        Field("dial", \.dial), Field("alerts", \.alerts), Field("hasAlerts", \.hasAlerts),
    ]
}

extension CallPersonView {
    init(_ patient: PatientBrief, contact: String?, seesPhone: Bool, playbook: Playbook) {
        name = patient.greeting
        facts = ["\(patient.gender.label) \(patient.ageText)", patient.recordNumber, contact].compactMap(\.self)
            .joined(separator: " · ")
        href = "/patients/\(patient.id.text)"
        let number = patient.phone.flatMap { PhoneNumber($0) }
        phone = number.map { seesPhone ? $0.text : $0.masked } ?? "没有电话"
        dial = seesPhone ? number.map { "tel:\($0.digits)" } : nil
        alerts = patient.specialAlerts.map { ToneChip(AlertText.text($0.code, $0.note, playbook), tone: "danger") }
        hasAlerts = !alerts.isEmpty
    }
}

/// The list beside a call.
struct CalleeGroup: Viewable {
    let title: String
    let tone: String
    let count: String
    let callees: [CalleeView]
    static let fields: [Field<Self>] = [
        Field("title", \.title), Field("tone", \.tone), Field("count", \.count), Field("callees", \.callees),
    ]

    static func groups(_ queue: Workbench, current: ID<TaskItem>?, by work: Work) -> [CalleeGroup] {
        let byUrgency = Dictionary(grouping: queue.tasks) { $0.urgency(at: work.now) }
        return [
            (TaskItem.Urgency.overdue, "已逾期", "danger"), (.now, "现在", "neutral"), (.later, "稍后", "neutral"),
        ].compactMap { urgency, title, tone in
            guard let tasks = byUrgency[urgency], !tasks.isEmpty else { return nil }
            return CalleeGroup(
                title: title, tone: tone, count: String(tasks.count),
                callees: tasks.prefix(60).map { task in
                    CalleeView(
                        task, name: task.patientID.flatMap { queue.patients[$0]?.name } ?? "客人",
                        label: task.label(work.playbook), urgency: urgency, isCurrent: task.id == current,
                        calendar: work.clinic.calendar)
                })
        }
    }
}

struct CalleeView: Viewable {
    let href: String
    let name: String
    let chip: ToneChip
    let why: String
    let times: String
    let isCurrent: Bool
    static let fields: [Field<Self>] = [
        Field("href", \.href), Field("name", \.name), Field("chip", \.chip), Field("why", \.why),
        Field("times", \.times), Field("isCurrent", \.isCurrent),
    ]
}

extension CalleeView {
    init(
        _ task: TaskItem, name: String, label: String, urgency: TaskItem.Urgency, isCurrent: Bool,
        calendar: ClinicCalendar
    ) {
        href = FollowUpPaths.task(task.id)
        self.name = name
        chip = ToneChip(label, tone: urgency == .overdue ? "danger" : urgency == .now ? "waiting" : "neutral")
        why = task.reason
        times = task.attempts > 0 ? "第 \(task.attempts + 1) 次" : "\(calendar.clockText(task.dueAt)) 前"
        self.isCurrent = isCurrent
    }
}

/// 回访: the calls that wait, before one is opened — templates/followup/calls.mustache
struct CallsPage: Page {
    static let template = "followup/calls"
    let shell: ShellView
    let callees: [CalleeGroup]
    let hasCallees: Bool
    static let fields: [Field<Self>] = [Field("callees", \.callees), Field("hasCallees", \.hasCallees)]
}
