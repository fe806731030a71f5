import Clinic
import Kernel

/// The log, narrowed and a page at a time — templates/audit/log.mustache
package struct AuditPage: Page {
    package static let template = "audit/log"
    package let shell: ShellView
    let tabs: [SettingsTab]
    let logs: [ChoiceView]
    let groups: [ChoiceView]
    let people: [ChoiceView]
    let days: [InputView]
    let patient: InputView
    let fault: String?
    let rows: [AuditRowView]
    let isEmpty: Bool
    let summary: String
    let olderHref: String?

    package static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("logs", \.logs), Field("groups", \.groups), Field("people", \.people),
        Field("days", \.days), Field("patient", \.patient), Field("fault", \.fault), Field("rows", \.rows),
        Field("isEmpty", \.isEmpty), Field("summary", \.summary), Field("olderHref", \.olderHref),
    ]

    init(
        _ typed: Form, _ found: AuditRoutes.Found, faults: FormErrors = FormErrors(), tabs: [SettingsTab],
        shell: ShellView, request: StaffRequest
    ) {
        let form = AuditForm(typed, today: request.today)
        let phrases = EventPhrases(
            playbook: request.work.playbook, calendar: request.clinic.calendar, names: found.names)
        let links = AuditLinks(actor: request.actor)
        let rows = found.page.records.map { record in
            AuditRowView(record, phrases: phrases, links: links, patients: found.patients)
        }
        self.init(
            form, typed: typed, people: found.people, rows: rows, next: found.page.next, faults: faults, tabs: tabs,
            shell: shell)
    }

    private init(
        _ form: AuditForm, typed: Form, people: [Staff], rows: [AuditRowView], next: EventSearch.Position?,
        faults: FormErrors = FormErrors(), tabs: [SettingsTab], shell: ShellView
    ) {
        self.shell = shell
        self.tabs = tabs
        logs = [
            ChoiceView("changes", "做了什么", isChosen: form.log == .changes),
            ChoiceView("looks", "看了什么", isChosen: form.log == .looks),
        ]
        groups =
            [ChoiceView("", "全部", isChosen: form.group == nil)]
            + EventGroup.allCases.map { ChoiceView($0.rawValue, $0.label, isChosen: form.group == $0) }
        self.people =
            [ChoiceView("", "所有人", isChosen: form.actor == nil)]
            + people.map { ChoiceView($0.id.text, "\($0.name) \($0.employeeNumber)", isChosen: form.actor == $0.id) }
        days = [
            InputView(
                "from", "从", form.from?.iso ?? typed["from"], type: "date", faults: faults),
            InputView("to", "到", form.to?.iso ?? typed["to"], type: "date", faults: faults),
        ]
        patient = InputView("patient", "客人病历号", typed["patient"], faults: faults)
        fault = faults.messages(outside: ["from", "to", "patient"])
        self.rows = rows
        isEmpty = rows.isEmpty
        summary = rows.isEmpty ? "" : next == nil ? "\(rows.count) 条" : "\(rows.count) 条，还有更早的"
        olderHref = next.map { next in
            let kept = typed.pairs.filter { $0.name != "after" } + [.init(name: "after", value: next.text)]
            let query = kept.map { "\(URLText.encode($0.name))=\(URLText.encode($0.value))" }
            return AuditPaths.log + "?" + query.joined(separator: "&")
        }
    }

    package static var samples: [AuditPage] {
        let form = AuditForm(
            Form(["from": "2026-03-06", "to": "2026-03-12"]), today: Day("2026-03-12") ?? Day(number: 0))
        let rows = [
            AuditRowView(
                at: "2026-03-12 10:24:05", who: "王若彤", sentence: "预约：改了时间、医生或椅位", detail: "3 月 14 日 09:30",
                customer: "欧阳云舒", customerHref: "/patients/1", href: "/appointments/1"),
            AuditRowView(
                at: "2026-03-12 09:58:40", who: "林岚",
                sentence: "“医生预估超过此时间就征求意见并做宣教”从 15 分钟 改成 20 分钟（本门诊）", detail: "原因：春节后人手少，客人都愿意等", customer: nil,
                customerHref: nil, href: "/settings/values/wait.doctor_estimate_min"),
            AuditRowView(
                at: "2026-03-12 09:57:02", who: "系统", sentence: "任务逾期上报", detail: nil, customer: "一位客人",
                customerHref: nil, href: nil),
        ]
        let shell = ShellView.sample(title: "设置", area: .settings)
        let next = EventSearch.Position(at: Timestamp(milliseconds: 1), lane: 1, seq: 1)
        return [
            AuditPage(
                form, typed: Form(), people: [], rows: rows, next: next, tabs: SettingsTab.samples, shell: shell),
            AuditPage(
                form, typed: Form(["patient": "A9"]), people: [], rows: [], next: nil,
                faults: FormErrors("patient", "没有病历号为 A9 的客人，请核对"), tabs: SettingsTab.samples, shell: shell),
        ]
    }
}

/// One line of the log.
package struct AuditRowView: Viewable {
    let at: String
    let who: String
    let sentence: String
    let detail: String?
    /// The name as a link, or without.
    let customerLink: LinkView?
    let customer: String?
    let href: String?
    package static let fields: [Field<Self>] = [
        Field("at", \.at), Field("who", \.who), Field("sentence", \.sentence), Field("detail", \.detail),
        Field("customerLink", \.customerLink), Field("customer", \.customer), Field("href", \.href),
    ]

    init(
        at: String, who: String, sentence: String, detail: String?, customer: String?, customerHref: String?,
        href: String?
    ) {
        self.at = at
        self.who = who
        self.sentence = sentence
        self.detail = detail
        customerLink = customerHref.map { LinkView($0, customer ?? "") }
        self.customer = customerHref == nil ? customer : nil
        self.href = href
    }

    init(
        _ record: EventSearch.Record, phrases: EventPhrases, links: AuditLinks, patients: [ID<Patient>: String]
    ) {
        let instant = record.position.at
        let calendar = phrases.calendar
        self.init(
            at: "\(calendar.wallClock(instant).day.iso) \(calendar.clockSecondsText(instant))",
            who: phrases.names[record.actor] ?? "—", sentence: phrases.sentence(record), detail: phrases.detail(record),
            customer: record.patientID.map { links.name(patients[$0]) },
            customerHref: record.patientID.flatMap(links.customer), href: links.subject(record))
    }
}

/// Where a line leads, for those who may open it.
struct AuditLinks {
    let actor: Actor

    /// Who may not look for customers does not learn their names here.
    func name(_ name: String?) -> String { actor.may(.seePatients) ? name ?? "一位客人" : "一位客人" }

    func customer(_ id: ID<Patient>) -> String? {
        actor.may(.seePatientRecord) ? PatientPaths.one(id) : nil
    }

    func subject(_ record: EventSearch.Record) -> String? {
        let id = record.subjectID
        switch record.subjectKind {
        case "appointment": return link(.seeBoard, AppointmentPaths.appointment(ID(raw: id)))
        case "visit": return link(.seeReception, ReceptionPaths.visit(ID(raw: id)))
        case "receipt": return link(.seeTill, BillingPaths.receipt(ID(raw: id)))
        case "registerEntry": return link(.keepRegisters, RegisterPaths.entry(ID(raw: id)))
        case "checklistRun": return link(.keepRegisters, ChecklistPaths.run(ID(raw: id)))
        case "task": return link(.workTasks, FollowUpPaths.task(ID(raw: id)))
        case "staff": return link(.manageStaff, StaffPaths.staff(ID(raw: id)))
        case "item": return link(.managePrices, SettingsPaths.price(ID(raw: id)))
        case "clinic": return link(.manageSettings, SettingsPaths.clinics)
        case "room", "chair": return link(.manageRooms, SettingsPaths.rooms)
        case "playbook": return standard(EventPayload(record.payload))
        default: return nil
        }
    }

    private func standard(_ payload: EventPayload) -> String? {
        guard let key = payload.text("key"), let kind = payload.text("kind").flatMap(OverrideKind.init(rawValue:))
        else {
            return nil
        }
        switch kind {
        case .setting: return link(.manageSettings, SettingsPaths.setting(key))
        case .level: return RuleID(rawValue: key).flatMap { link(.manageSettings, SettingsPaths.level($0)) }
        case .role: return link(.manageStaff, SettingsPaths.role(key))
        case .taskRule: return link(.manageSettings, SettingsPaths.taskRule(key))
        case .register: return link(.manageSettings, SettingsPaths.register(key))
        case .checklist: return link(.manageSettings, SettingsPaths.checklist(key))
        }
    }

    private func link(_ capability: Capability, _ path: String) -> String? { actor.may(capability) ? path : nil }
}
