import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Taking complaints in (R9.01–R9.05, R2.22, R3.60).
package enum ComplaintRoutes: Feature {
    package static var views: [any Fragment.Type] { [ComplaintsPage.self, ComplaintFormPage.self, ComplaintPage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(ComplaintPaths.list, .needs(.recordComplaints), use: list)
        table.get(ComplaintPaths.new, .needs(.recordComplaints), use: new)
        table.post(ComplaintPaths.list, .needs(.recordComplaints), use: receive)
        table.get("/complaints/:id", .needs(.recordComplaints), use: show)
        table.post("/complaints/:id/report", .needs(.recordComplaints), use: report)
        table.post("/complaints/:id/closing", .needs(.handleComplaints), use: close)
    }

    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        let shell = try await request.shell(title: "投诉", area: .complaints)
        let page = try await request.read { tx in
            let open = try ComplaintStore.listOpen(clinic: work.clinic.id, in: tx)
            let closed = try ComplaintStore.listClosed(clinic: work.clinic.id, in: tx)
            let all = open + closed
            let briefs = try PatientStore.briefs(Array(Set(all.map(\.patientID))), today: work.today, in: tx)
            let names = Dictionary(briefs.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
            let staff = try StaffStore.names(
                Set(all.compactMap(\.doctorID)).union(all.map(\.received.by)), in: tx)
            func row(_ c: Complaint) -> ComplaintsPage.Row {
                ComplaintsPage.Row(
                    href: ComplaintPaths.one(c.id), name: names[c.patientID] ?? "",
                    cause: work.playbook.label(c.cause, in: .complaintCause), level: level(c, work),
                    content: c.content.count > 40 ? String(c.content.prefix(40)) + "…" : c.content,
                    about: c.doctorID.flatMap { staff[$0] } ?? "", received: stamp(c.received, staff, work),
                    state: deadline(c, work))
            }
            return ComplaintsPage(
                shell: shell, countText: open.isEmpty ? "没有未结的投诉" : "\(open.count) 件没有结案", open: open.map(row),
                hasOpen: !open.isEmpty, closed: closed.map(row), hasClosed: !closed.isEmpty, newHref: ComplaintPaths.new
            )
        }
        return try request.page(page)
    }

    static func level(_ c: Complaint, _ work: Work) -> ToneChip {
        let tone = c.isMajor ? "danger" : c.level == "serious" ? "waiting" : "neutral"
        return ToneChip(work.playbook.label(c.level, in: .complaintLevel), tone: tone)
    }

    /// "还有 23 小时", "逾期 2 小时", "已结案"
    static func deadline(_ c: Complaint, _ work: Work) -> ToneChip {
        guard c.isOpen else { return ToneChip("已结案", tone: "done") }
        let minutes = c.answerBy.minutes(since: work.now)
        return minutes < 0
            ? ToneChip("逾期 \(DurationText.text(minutes: -minutes))", tone: "danger")
            : ToneChip("\(DurationText.text(minutes: minutes))内答复", tone: minutes < 120 ? "waiting" : "neutral")
    }

    private static func stamp(_ stamp: Complaint.Stamp, _ names: [ID<Staff>: String], _ work: Work) -> String {
        let calendar = work.clinic.calendar
        let day = calendar.businessDay(of: stamp.at)
        return "\(day.monthDayText) \(calendar.clockText(stamp.at)) \(names[stamp.by] ?? "系统")"
    }

    // MARK: - Taking in

    static func new(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("patient", "doctor", "appointment", "visit", "cause", "q", "next")
        return try await formPage(request.query, FormErrors(), request)
    }

    static func receive(_ request: StaffRequest) async throws -> Response {
        let (form, work) = (request.form, request.work)
        do {
            guard let patient = ID<Patient>(form["patient"]) else { throw FormErrors("patient", "请先选择客人") }
            let command = ReceiveComplaint(
                patientID: patient, visitID: ID<Visit>(form["visit"]),
                appointmentID: ID<Appointment>(form["appointment"]), doctorID: ID<Staff>(form["doctor"]),
                contact: form["contact"], situation: form["situation"], content: form["content"],
                channel: form["channel"], level: form["level"], cause: form["cause"], causeNote: form["causeNote"])
            let stored = try await request.write(changing: .tasks) { tx in
                try Complaints.receive(command, by: work, in: tx)
            }
            return request.redirect(
                ComplaintPaths.one(stored.id, next: URLText.localPath(form["next"])),
                flash: "已记下，\(stored.isMajor ? "已通知院长" : "负责人会按时答复")")
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await formPage(form, FormErrors(error), request)
        }
    }

    private static func formPage(
        _ typed: Form, _ faults: FormErrors, _ request: StaffRequest
    ) async throws -> Response {
        let work = request.work
        let shell = try await request.shell(title: "记投诉", area: .complaints)
        guard let patient = ID<Patient>(typed["patient"]) else {
            let pick = try await PersonPick.load(ComplaintPaths.new, for: request)
            return try request.page(ComplaintFormPage(shell: shell, pick: pick, entry: nil))
        }
        let entry = try await request.read { tx in
            guard let brief = try PatientStore.briefs([patient], today: work.today, in: tx).first else {
                throw NotFound("客人")
            }
            let treating = try AppointmentStore.treatingDoctor(of: patient, in: tx)
            let doctor = typed["doctor"].nonBlank ?? (faults.isEmpty ? treating?.id.text : nil) ?? ""
            let playbook = work.playbook
            let contact = typed.has("contact") ? typed["contact"] : brief.phoneText(masked: !request.may(.seePhones))
            let situation =
                typed.has("situation") ? typed["situation"] : treating.map { "由\($0.name)医生看诊" } ?? ""
            return ComplaintFormPage.Entry(
                person: "\(brief.name) · \(brief.gender.label) \(brief.ageText) · \(brief.recordNumber)",
                hidden: ["patient", "appointment", "visit", "next"].map { OptionView(typed[$0], $0) },
                soothe: "先请客人坐下，听他说完、道歉，再动手记；不争辩，不替别人下结论。",
                contact: InputView("contact", "联系方式", contact, isRequired: true, faults: faults),
                situation: InputView(
                    "situation", "治疗情况", situation, hint: "什么时候、谁、做了什么", isRequired: true, faults: faults),
                content: typed["content"], contentFault: faults.messages["content"],
                causeNote: InputView("causeNote", "原因说明", typed["causeNote"], faults: faults),
                channels: OptionView.list(
                    playbook.codes(.complaintChannel), chosen: typed["channel"].nonBlank ?? "desk"),
                levels: OptionView.list(playbook.codes(.complaintLevel), chosen: typed["level"].nonBlank ?? "normal"),
                causes: OptionView.list(playbook.codes(.complaintCause), chosen: typed["cause"]),
                doctors: try StaffStore.listDoctors(clinic: work.clinic.id, in: tx).map {
                    OptionView($0.id.text, $0.name, isChosen: $0.id.text == doctor)
                }, channelFault: faults.messages["channel"], levelFault: faults.messages["level"],
                causeFault: faults.messages["cause"],
                fault: faults.messages(
                    outside: ["contact", "situation", "content", "causeNote", "channel", "level", "cause"]))
        }
        return try request.page(
            ComplaintFormPage(shell: shell, pick: nil, entry: entry),
            status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    // MARK: - One complaint

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("next")
        return try await page(request, FormErrors())
    }

    static func report(_ request: StaffRequest) async throws -> Response {
        let (form, work) = (request.form, request.work)
        return try await change(request, flash: "已记下上报") { id, tx in
            try Complaints.report(
                id, version: Int(form["version"]) ?? 0, to: form["to"], by: work, in: tx)
        }
    }

    static func close(_ request: StaffRequest) async throws -> Response {
        let (form, work) = (request.form, request.work)
        return try await change(request, flash: "已结案") { id, tx in
            try Complaints.close(
                id, version: Int(form["version"]) ?? 0, result: form["result"], by: work, in: tx)
        }
    }

    private static func change(
        _ request: StaffRequest, flash: String,
        _ body: @escaping @Sendable (ID<Complaint>, any WriteTransaction) throws -> Complaint
    ) async throws -> Response {
        let id = try request.id("id", Complaint.self, what: "投诉")
        do {
            _ = try await request.write(changing: .tasks) { tx in try body(id, tx) }
            // Who came from a booking goes on booking.
            return request.redirect(URLText.localPath(request.form["next"]) ?? ComplaintPaths.one(id), flash: flash)
        } catch let error as FormErrors {
            return try await page(request, error)
        }
    }

    private static func page(_ request: StaffRequest, _ faults: FormErrors) async throws -> Response {
        let id = try request.id("id", Complaint.self, what: "投诉")
        let work = request.work
        let shell = try await request.shell(title: "投诉", area: .complaints)
        let page = try await request.read { tx in
            let c = try ComplaintStore.get(id, clinic: work.clinic.id, in: tx)
            let brief = try PatientStore.briefs([c.patientID], today: work.today, in: tx).first
            let offers = c.isOpen && request.may(.bookAppointments) ? try offers(c, work, in: tx) : []
            var chips = [level(c, work)]
            chips.append(ToneChip(work.playbook.label(c.cause, in: .complaintCause)))
            chips.append(deadline(c, work))
            let next = URLText.localPath(request.query["next"]) ?? URLText.localPath(request.form["next"])
            let mayReport = c.isOpen && c.reported == nil
            return ComplaintPage(
                shell: shell, name: brief?.name ?? "", chips: chips, content: c.content,
                facts: try facts(c, request, in: tx), offers: offers, hasOffers: !offers.isEmpty,
                next: next,
                report: mayReport
                    ? ComplaintPage.Act(
                        action: ComplaintPaths.report(id), version: c.version,
                        input: InputView(
                            "to", "上报给谁", request.form["to"].nonBlank ?? "门诊主任", isRequired: true, faults: faults),
                        then: next)
                    : nil,
                closing: c.isOpen && request.may(.handleComplaints)
                    ? ComplaintPage.Act(
                        action: ComplaintPaths.closing(id), version: c.version,
                        input: InputView(
                            "result", "怎样解决的、客人是否满意", request.form["result"], isRequired: true, faults: faults)) : nil)
        }
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    private static func facts(
        _ c: Complaint, _ request: StaffRequest, in tx: any ReadTransaction
    ) throws -> [FactView] {
        let work = request.work
        var people: Set<ID<Staff>> = [c.received.by]
        for id in [c.doctorID, c.reported?.stamp.by, c.closed?.stamp.by] { if let id { people.insert(id) } }
        let names = try StaffStore.names(people, in: tx)
        var facts = [
            FactView("客人", "看客人资料", href: PatientPaths.one(c.patientID)), FactView("联系方式", c.contact),
            FactView("治疗情况", c.situation), FactView("渠道", work.playbook.label(c.channel, in: .complaintChannel)),
            FactView("接待人", stamp(c.received, names, work)),
        ]
        if let doctor = c.doctorID { facts.append(FactView("涉及的医生", names[doctor] ?? "")) }
        if let id = c.appointmentID,
            let appointment = try AppointmentStore.find(id, clinic: work.clinic.id, in: tx)
        {
            facts.append(
                FactView("预约", appointment.whenText, href: AppointmentPaths.appointment(appointment.id)))
        }
        facts.append(FactView("答复期限", work.clinic.calendar.dateTimeText(c.answerBy)))
        if let report = c.reported {
            facts.append(FactView("上报", "\(report.to) · \(stamp(report.stamp, names, work))"))
        }
        if let closed = c.closed {
            facts.append(FactView("结果", "\(closed.result) · \(stamp(closed.stamp, names, work))"))
        }
        return facts
    }

    /// The earliest times with anybody but the doctor the customer leaves (R3.60).
    private static func offers(
        _ c: Complaint, _ work: Work, in tx: any ReadTransaction
    ) throws -> [ComplaintPage.OfferedTime] {
        let refuses = [ComplaintCause.doctorChange, ComplaintCause.warrantyRefusal].contains(c.cause)
        guard refuses, c.cause != ComplaintCause.warrantyRefusal || c.reported != nil else { return [] }
        let request = AssignmentRequest(
            patientID: c.patientID, complaint: c.situation, doctorChangeReason: "dissatisfied", complaintRecorded: true,
            without: c.doctorID.map { [$0] } ?? [])
        return try Offers.find(OfferRequest(request, from: work.today, days: 7, count: 3), by: work, in: tx).map {
            ComplaintPage.OfferedTime(
                text: "\($0.whenText) \($0.doctorName)", why: $0.reasonText,
                href: AppointmentPaths.newBooking(
                    day: $0.slot.day, unit: $0.slot.start, doctor: $0.slot.doctorID, patient: c.patientID))
        }
    }
}
