import Clinic
import Kernel

/// 引领入座 — templates/reception/lead_in.mustache
struct LeadInPage: Page {
    static let template = "reception/lead_in"
    let shell: ShellView
    let action: String
    let name: String
    let ticket: String?
    let about: String
    let visitHref: String
    let alerts: [String]
    let hasAlerts: Bool
    let isSpoken: Bool
    let alertsError: String?
    /// The person may pass R1.07 with a reason.
    let mayOverride: Bool
    let overrideReason: String
    let chairs: [LeadInChair]
    let chairError: String?
    let doctors: [OptionView]
    let asksDoctor: Bool
    let doctorError: String?
    /// The forgotten exit of the chair's last customer, repaired on this page (R4.11).
    let repair: LeadInRepair?
    let fault: String?
    /// What goes over with the customer: introduction, nurse, a word of the desk.
    let handOver: LeadInHandOverView
    /// Somebody who goes in with the customer (R4.14, R4.16).
    let companion: CompanionChoice
    let hasCompanion: Bool
    let submitLabel: String
    let next: String

    static let fields: [Field<Self>] = [
        Field("action", \.action), Field("name", \.name), Field("ticket", \.ticket), Field("about", \.about),
        Field("visitHref", \.visitHref), Field("alerts", \.alerts), Field("hasAlerts", \.hasAlerts),
        Field("isSpoken", \.isSpoken), Field("alertsError", \.alertsError), Field("mayOverride", \.mayOverride),
        Field("overrideReason", \.overrideReason), Field("chairs", \.chairs), Field("chairError", \.chairError),
        Field("doctors", \.doctors), Field("asksDoctor", \.asksDoctor), Field("doctorError", \.doctorError),
        Field("repair", \.repair), Field("fault", \.fault), Field("handOver", \.handOver),
        Field("companion", \.companion), Field("hasCompanion", \.hasCompanion),
        Field("submitLabel", \.submitLabel), Field("next", \.next),
    ]
}

struct LeadInChair: Viewable {
    let value: String
    let label: String
    let state: String
    let tone: String
    /// Who sits there, or whose chair it is.
    let note: String
    let isChosen: Bool
    static let fields: [Field<Self>] = [
        Field("value", \.value), Field("label", \.label), Field("state", \.state), Field("tone", \.tone),
        Field("note", \.note), Field("isChosen", \.isChosen),
    ]
}

/// Who was not recorded as gone, and since when.
struct LeadInRepair: Viewable {
    let chair: String
    let who: String
    let time: InputView
    static let fields: [Field<Self>] = [Field("chair", \.chair), Field("who", \.who), Field("time", \.time)]
}

/// The lead-in form as typed.
struct LeadInForm: Sendable {
    let chair: String
    let doctor: String
    let isSpoken: Bool
    let overrideReason: String
    let exitedAt: String
    /// The chair for which the time of leaving was asked.
    let repairChair: String
    let words: HandOverWords
    /// As typed, for the fields of a companion.
    let typed: Form
    var hasCompanion: Bool { typed["companionRelation"].nonBlank != nil }

    init(_ form: Form) {
        words = HandOverWords(form)
        typed = form
        chair = form["chair"]
        doctor = form["doctor"]
        isSpoken = form.has("alertsSpoken")
        overrideReason = form["overrideReason"]
        exitedAt = form["exitedAt"]
        repairChair = form["repairChair"]
    }

    /// - Throws: `FormErrors`.
    func command(_ visit: ID<Visit>, by work: Work) throws -> LeadingIn.Command {
        guard let chairID = ID<Chair>(chair) else { throw FormErrors("chair", "请选择牙椅") }
        var leftAt: Timestamp?
        // A time that was stated for one chair ends nobody's stay in another.
        if repairChair == chair, !exitedAt.isEmpty {
            leftAt = ClockTime.instant(exitedAt, on: work.today, now: work.now, work.clinic.calendar)
            if leftAt == nil { throw FormErrors("exitedAt", "请填写离开时间，例如 10:24") }
        }
        return words.command(
            ChairUse.LeadIn(
                visitID: visit, chairID: chairID, alertsSpoken: isSpoken, previousLeftAt: leftAt,
                doctorID: ID<Staff>(doctor), overrideReason: overrideReason.nonBlank))
    }
}

/// What the lead-in page is drawn from.
struct LeadInFacts: Sendable {
    let guest: ReceptionBoard.Guest
    let board: ReceptionBoard
    let introduction: String
    let nurses: [Staff]
    let companion: CompanionRules.Verdict
}

extension LeadInPage {
    init(
        _ facts: LeadInFacts, form: LeadInForm, error: (any UserFacingError)?, next: String, by work: Work,
        shell: ShellView
    ) {
        self.shell = shell
        self.next = next
        let (guest, board) = (facts.guest, facts.board)
        let faults = error.map { FormErrors($0) } ?? FormErrors()
        action = ReceptionPaths.action(guest.visit.id, "lead-in")
        name = guest.name
        ticket = guest.ticketLabel
        about = [guest.doctor?.name ?? "医生未定", guest.purpose, guest.visit.type.label].joined(separator: " · ")
        visitHref = ReceptionPaths.visit(guest.visit.id)
        alerts = (guest.patient?.specialAlerts ?? []).map { AlertText.text($0.code, $0.note, work.playbook) }
        hasAlerts = !alerts.isEmpty
        isSpoken = form.isSpoken
        alertsError = faults.messages["alertsSpoken"]
        mayOverride =
            if case .require(let capability) = work.playbook.level(of: .specialConditionsSpoken) {
                work.actor.may(capability)
            } else { false }
        overrideReason = form.overrideReason
        let preferred = guest.booking?.appointment.chairID ?? guest.doctor?.chairID
        let chosen = form.chair.nonBlank ?? preferred?.text
        let stands = board.chairs.filter { $0.chair.id == preferred } + board.chairs.filter { $0.chair.id != preferred }
        chairs = stands.map {
            LeadInChair($0, isAssigned: $0.chair.id == preferred, chosen: chosen, calendar: work.clinic.calendar)
        }
        chairError = faults.messages["chair"]
        asksDoctor = guest.visit.doctorID == nil
        doctors = board.plan.columns.map { OptionView($0.id.text, $0.name, isChosen: $0.id.text == form.doctor) }
        doctorError = faults.messages["doctor"]
        repair = LeadInRepair(form, error, faults, by: work)
        fault = faults.messages(
            outside: Set(
                ["alertsSpoken", "chair", "doctor", "exitedAt", "happenedAt"] + LeadInHandOverView.errors + [
                    "companionReason", "companionNote",
                ]))
        handOver = LeadInHandOverView(facts, form.words, faults, by: work)
        companion = CompanionChoice(facts.companion, form: form.typed, faults: faults, by: work)
        hasCompanion = form.hasCompanion || faults.messages.keys.contains { $0.hasPrefix("companion") }
        submitLabel = repair == nil ? "引领入座" : "补录离开并引领入座"
    }
}

extension LeadInChair {
    init(_ stand: ReceptionBoard.ChairStand, isAssigned: Bool, chosen: String?, calendar: ClinicCalendar) {
        value = stand.chair.id.text
        label = "\(stand.chair.name) · \(stand.chair.roomNumber) 诊室"
        state = stand.state.label
        tone = stand.state.isTaken ? "waiting" : stand.state == .free ? "done" : "info"
        let doctors = stand.doctors.map(\.name).joined(separator: "、")
        let sitting = stand.guest.map { guest in
            "\(guest.name) \(stand.movement.map { calendar.clockText($0.enteredAt) } ?? "") 入座，没有登记离开"
        }
        note = [isAssigned ? "安排的牙椅" : nil, doctors.nonBlank, sitting].compactMap(\.self).joined(separator: " · ")
        isChosen = value == chosen
    }
}

extension LeadInRepair {
    /// Only after a refusal: a time nobody asked for must not end a stay.
    init?(_ form: LeadInForm, _ error: (any UserFacingError)?, _ faults: FormErrors, by work: Work) {
        let isTimeFault = faults.messages["happenedAt"] != nil || faults.messages["exitedAt"] != nil
        guard isTimeFault else { return nil }
        chair = form.chair
        if case .chairTaken? = error as? ReceptionError {
            who = faults.messages["exitedAt"] ?? ""
            time = InputView(
                "exitedAt", "上一位离开时间", work.clinic.calendar.clockText(work.now), hint: ClockTime.hint, isRequired: true,
                inputMode: "numeric",
                isFocused: true)
        } else {
            who = "上一位客人没有登记离开，请填写实际离开的时间"
            var own = FormErrors()
            own.add("exitedAt", faults.messages["exitedAt"] ?? faults.messages["happenedAt"] ?? "")
            time = InputView(
                "exitedAt", "上一位离开时间", form.exitedAt, hint: ClockTime.hint, isRequired: true, inputMode: "numeric",
                faults: own)
        }
    }
}
