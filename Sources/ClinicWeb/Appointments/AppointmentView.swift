import Clinic
import Kernel

/// One booking: facts, next steps, history — templates/appointments/_detail.mustache. Shown beside the board and on its page.
struct AppointmentView: Fragment {
    static let template = "appointments/_detail"
    let id: String
    let version: Int
    let href: String
    let name: String
    let person: String
    let patientHref: String?
    let state: String
    let glyph: String
    let stateText: String
    let isSqueezed: Bool
    let isFirst: Bool
    let hasAlert: Bool
    let whenText: String
    let facts: [Fact]
    /// Why this doctor, and who else was looked at (R3.17).
    let why: [Fact]
    let hasWhy: Bool
    let history: [Fact]
    let arriveHref: String?
    /// What one press does: confirm, mark as missed.
    let steps: [Step]
    let moveHref: String?
    let cancelHref: String?
    let againHref: String?
    let cardHref: String
    /// Read back, text and address to send.
    let sendHref: String?
    let isSendNext: Bool
    var isAgainNext: Bool
    /// The word of a central desk's clinic (R3.23).
    let pending: Pending?
    /// The doctor does not work at this time any more (R3.34).
    let displaced: Pending?
    /// Less frequent next steps: 候补, 投诉, 筛查.
    let more: [LinkView]
    /// The customer's own address of this booking; nil without a public side.
    var link: CustomerLinkView?

    static let fields: [Field<Self>] = [
        Field("id", \.id), Field("version", \.version), Field("href", \.href), Field("name", \.name),
        Field("person", \.person), Field("patientHref", \.patientHref), Field("state", \.state),
        Field("glyph", \.glyph), Field("stateText", \.stateText), Field("isSqueezed", \.isSqueezed),
        Field("isFirst", \.isFirst), Field("hasAlert", \.hasAlert), Field("whenText", \.whenText),
        Field("facts", \.facts), Field("why", \.why), Field("hasWhy", \.hasWhy), Field("history", \.history),
        Field("arriveHref", \.arriveHref),
        Field("steps", \.steps), Field("moveHref", \.moveHref), Field("cancelHref", \.cancelHref),
        Field("againHref", \.againHref), Field("cardHref", \.cardHref),
        Field("sendHref", \.sendHref), Field("isSendNext", \.isSendNext), Field("isAgainNext", \.isAgainNext),
        Field("pending", \.pending), Field("displaced", \.displaced), Field("more", \.more), Field("link", \.link),
    ]

    struct Step: Viewable {
        let label: String
        let href: String
        let version: Int
        var kind: String?
        var isNext = false
        static let fields: [Field<Self>] = [
            Field("label", \.label), Field("href", \.href), Field("version", \.version), Field("kind", \.kind),
            Field("isNext", \.isNext),
        ]
    }

    struct Pending: Viewable {
        let text: String
        let href: String?
        static let fields: [Field<Self>] = [Field("text", \.text), Field("href", \.href)]
    }

    struct Fact: Viewable {
        let label: String
        let text: String
        static let fields: [Field<Self>] = [Field("label", \.label), Field("text", \.text)]
        init(_ label: String, _ text: String) {
            self.label = label
            self.text = text
        }
    }
}

/// What is read for one booking.
struct AppointmentDetail: Sendable {
    let appointment: Appointment
    let brief: PatientBrief?
    let visit: BookedVisit?
    let moves: [AppointmentMove]
    let items: [DayPlan.ItemText]
    let names: [ID<Staff>: String]
    let chairs: [ID<Chair>: Chair]
    let isFirst: Bool
    let notes: [BookingNote]
    let request: BookingRequest?
    let assignment: Assignment?
    let habits: PatientHabits?
    let wishes: [PatientWish]
    let displaced: Displaced?
    /// What was asked of the doctor with this booking (R3.18).
    var said: String?
    var devices: [ID<Device>: String] = [:]

    var state: AppointmentState { AppointmentState(appointment, visit: visit) }
}

extension AppointmentView {
    init(_ detail: AppointmentDetail, for request: StaffRequest) {
        let a = detail.appointment
        let calendar = request.clinic.calendar
        let playbook = request.work.playbook
        let state = detail.state
        let isLate = state.isLate(a, now: request.now, calendar: calendar)
        let isOpen = state.isExpected
        let started = request.now >= calendar.instant(a.day, a.start)
        id = a.id.text
        version = a.version
        href = AppointmentPaths.appointment(a.id)
        name = detail.brief?.name ?? "客人"
        person =
            detail.brief.map {
                "\($0.gender.label) \($0.ageText) · \($0.recordNumber) · \($0.phoneText(masked: !request.may(.seePhones)))"
            } ?? ""
        patientHref = request.may(.seePatientRecord) ? "/patients/\(a.patientID.text)" : nil
        self.state = isLate ? "late" : state == .missed || state == .cancelled ? "noshow" : state.rawValue
        glyph = self.state
        stateText = isLate ? "迟到" : state.label
        isSqueezed = a.isSqueezed
        isFirst = detail.isFirst
        hasAlert = detail.brief?.hasSpecialAlerts ?? false
        whenText = a.whenText
        facts = Self.facts(detail, playbook: playbook, calendar: calendar)
        why = Self.why(detail, playbook: playbook)
        hasWhy = !why.isEmpty
        history = Self.history(detail, playbook: playbook, calendar: calendar)
        let (mayBook, mayMove) = (request.may(.bookAppointments), request.may(.moveAppointments))
        arriveHref =
            isOpen && a.day == request.today && (request.may(.checkIn) || request.may(.checkInReturning))
            ? URLText.address("/reception/arrivals/new", ["appointment": a.id.text]) : nil
        var steps: [Step] = []
        func offer(_ isOffered: Bool, _ label: String, _ action: String) {
            if isOffered {
                steps.append(Step(label: label, href: AppointmentPaths.action(a.id, action), version: a.version))
            }
        }
        offer(isOpen && a.confirmed == nil && mayBook, "客人已确认", "confirmation")
        offer(isOpen && a.confirmed != nil && mayBook, "改回未确认", "confirmation/undo")
        offer(isOpen && started && mayMove, "标记未到", "absence")
        offer(state == .missed && a.day == request.today && mayMove, "客人来了，恢复预约", "absence/undo")
        if playbook.level(of: .bookingsCoordinated) != .off, isOpen {
            let said = Set(detail.notes.map(\.kind))
            for kind in [BookingNote.Kind.coordinated, .toldInSystem, .toldOrally]
            where !said.contains(kind) && request.may(kind == .coordinated ? .confirmDayPlan : .bookAppointments) {
                steps.append(
                    Step(
                        label: kind.label, href: AppointmentPaths.action(a.id, "notes"), version: a.version,
                        kind: kind.rawValue))
            }
        }
        if arriveHref == nil, !steps.isEmpty, state == .booked || state == .missed { steps[0].isNext = true }
        self.steps = steps
        let hasNext = arriveHref != nil || steps.first?.isNext == true
        sendHref = isOpen && mayBook ? AppointmentPaths.booked(a.id) : nil
        isSendNext = sendHref != nil && !hasNext
        isAgainNext = !isOpen && !hasNext
        pending = detail.request.map { asked in
            Pending(
                text: asked.isOpen
                    ? "总台代约，等本门诊确认"
                    : "总台代约：\(asked.answer?.label ?? "")\(asked.reason.map { "（\($0)）" } ?? "")",
                href: asked.isOpen && mayBook ? AppointmentPaths.requests : nil)
        }
        displaced = detail.displaced.map {
            Pending(
                text: "\(BoardView.displacedText)（\($0.cause)）",
                href: Self.open(RosterPaths.rearrange, RosterPaths.rearrange, request))
        }
        more = Self.more(a, isOpen: isOpen, for: request)
        moveHref = isOpen && mayMove ? AppointmentPaths.appointment(a.id) + "#move" : nil
        cancelHref = isOpen && request.may(.cancelAppointments) ? AppointmentPaths.appointment(a.id) + "#cancel" : nil
        againHref = !isOpen && mayBook ? AppointmentPaths.newBooking(patient: a.patientID, from: a.id) : nil
        cardHref = AppointmentPaths.action(a.id, "card")
        link = CustomerLinkView(a.id, isOpen: isOpen && !started, for: request)
    }

    /// Pages of other features, only those the person may open.
    private static func more(_ a: Appointment, isOpen: Bool, for request: StaffRequest) -> [LinkView] {
        var links: [(href: String?, label: String)] = []
        if isOpen, request.work.playbook.on(a.day).isEpidemic {
            links.append((open("/appointments/:id/screening", EpidemicPaths.screening(a.id), request), "预检筛查"))
        }
        links.append(
            (
                open(WaitlistPaths.new, WaitlistPaths.new(patient: a.patientID, held: isOpen ? a.id : nil), request),
                isOpen ? "想提前，记候补" : "记候补"
            ))
        links.append(
            (
                open(
                    ComplaintPaths.new,
                    ComplaintPaths.new(patient: a.patientID, doctor: a.doctorID, appointment: a.id), request), "记投诉"
            ))
        // R3.37: what the duty doctor cannot settle goes to the director.
        if isOpen, request.work.playbook.level(of: .bookingsCoordinated) != .off {
            let href = AppointmentPaths.hand(.difficult, patient: a.patientID, appointment: a.id)
            links.append((open(AppointmentPaths.handedNew, href, request), "有困难，请主任定"))
        }
        return links.compactMap { link in link.href.map { LinkView($0, link.label) } }
    }

    private static func open(_ pattern: String, _ href: String, _ request: StaffRequest) -> String? {
        request.web.app.routes.access(toPage: pattern)?.allows(request.actor) == true ? href : nil
    }

    private static func facts(
        _ detail: AppointmentDetail, playbook: Playbook, calendar: ClinicCalendar
    ) -> [Fact] {
        let a = detail.appointment
        var facts = [Fact("时长", "\(a.units) 单位 · \(a.units * Unit.minutes) 分钟")]
        let helping = a.helpingForID.flatMap { detail.names[$0] }.map { " · 帮\($0)医生" } ?? ""
        facts.append(Fact("医生", "\(detail.names[a.doctorID] ?? "") · \(a.ruleApplied.label)\(helping)"))
        if let assistant = a.assistantID { facts.append(Fact("助手", detail.names[assistant] ?? "")) }
        if !a.parts.isEmpty {
            facts.append(Fact("分段", PartWords.text(a.parts, names: detail.names, devices: detail.devices)))
        }
        facts.append(
            Fact("椅位", a.chairID.flatMap { detail.chairs[$0] }.map { "\($0.name) · \($0.roomNumber) 诊室" } ?? "带入时再定"))
        facts.append(Fact("主诉", a.complaint))
        if !detail.items.isEmpty { facts.append(Fact("项目", detail.items.map(\.text).joined(separator: " + "))) }
        let reason = a.deskReason.map { " · \(playbook.label($0, in: .onSpotBooking))" } ?? ""
        facts.append(Fact("渠道", playbook.label(a.channel, in: .bookingChannel) + reason))
        if let squeeze = a.squeezeReason { facts.append(Fact("加号", playbook.label(squeeze, in: .squeezeIn))) }
        if let change = a.doctorChangeReason {
            facts.append(Fact("换医生", playbook.label(change, in: .doctorChange)))
        }
        if let override = a.override {
            facts.append(
                Fact(
                    "排班外",
                    [playbook.label(override.reason, in: .override), override.note].compactMap(\.self).joined(
                        separator: "：")))
        }
        if let remark = a.remark { facts.append(Fact("备注", remark)) }
        if let said = detail.said { facts.append(Fact("这次要求", said)) }
        if !detail.wishes.isEmpty {
            facts.append(Fact("要求", detail.wishes.map(\.text).joined(separator: "；")))
        }
        if let habits = detail.habits, !habits.text.isEmpty { facts.append(Fact("习惯", habits.text)) }
        if let cancellation = a.cancellation {
            facts.append(
                Fact(
                    "取消",
                    "\(cancellation.side.label)提出 · \(playbook.label(cancellation.reason, in: .cancellation)) · "
                        + notice(cancellation.noticeMinutes)))
            if let note = cancellation.note { facts.append(Fact("说明", note)) }
        }
        return facts
    }

    /// The stored decision: the reasons, then the doctors who were not taken.
    private static func why(_ detail: AppointmentDetail, playbook: Playbook) -> [Fact] {
        guard let assignment = detail.assignment else { return [] }
        return assignment.reasons.prefix(4).enumerated().map { Fact($0 == 0 ? assignment.rule.label : "", $1.text) }
            + assignment.alternatives.prefix(3).map { Fact($0.doctorName, $0.whyNot.text) }
    }

    /// "提前 26 小时", "提前 40 分钟", "开始后 10 分钟" (R3.36)
    static func notice(_ minutes: Int) -> String {
        if minutes < 0 { return "开始后 \(-minutes) 分钟" }
        return minutes < 120 ? "提前 \(minutes) 分钟" : "提前 \(minutes / 60) 小时"
    }

    private static func history(
        _ detail: AppointmentDetail, playbook: Playbook, calendar: ClinicCalendar
    ) -> [Fact] {
        let a = detail.appointment
        func line(_ mark: Appointment.Mark, _ text: String) -> (Timestamp, Fact) {
            (mark.at, Fact(calendar.dateTimeText(mark.at), "\(detail.names[mark.by] ?? "系统")：\(text)"))
        }
        func place(_ slot: Slot) -> String {
            "\(slot.day.monthDayText) \(slot.start.clockText) \(detail.names[slot.doctorID] ?? "")"
        }
        var lines = [line(a.booked, "新约")]
        for move in detail.moves {
            let reason = move.reason == "length" ? "改时长" : playbook.label(move.reason, in: .move)
            let change =
                move.reason == "length"
                ? "\(move.from.units) → \(move.to.units) 单位" : "\(place(move.from)) → \(place(move.to))"
            lines.append(
                line(move.moved, "\(change)（\([reason, move.note].compactMap(\.self).joined(separator: "，"))）"))
        }
        lines += detail.notes.map { line($0.noted, $0.text) }
        if let asked = detail.request {
            lines.append(line(asked.asked, "总台代约，请本门诊确认"))
            if let answered = asked.answered { lines.append(line(answered, asked.answer?.label ?? "")) }
        }
        if let confirmed = a.confirmed { lines.append(line(confirmed, "客人已确认")) }
        if let missed = a.missed { lines.append(line(missed, "标记未到")) }
        if let cancellation = a.cancellation { lines.append(line(cancellation.mark, "取消")) }
        return lines.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
