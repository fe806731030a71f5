import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// The page of one visit and what is corrected there.
enum VisitHandlers {
    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, error: nil, status: .ok)
    }

    static func undo(_ request: StaffRequest) async throws -> Response {
        let (id, work) = (try request.visitID, request.work)
        let fact = try await request.change { tx in
            let fact = try VisitFacts.undoLast(id, by: work, in: tx)
            // Nobody is sent to a customer who never came.
            if fact.kind == .arrived { try Cases.settleLeaving(id, by: work, in: tx) }
            return fact
        }
        return request.redirect(request.wayBack, flash: "已撤销：\(fact.kind.label)")
    }

    static func tellWait(_ request: StaffRequest) async throws -> Response {
        let minutes = Int(request.form["minutes"].halfWidth.trimmed)
        return try await correct(request, "已记下告知的等候时间") { id, work, tx in
            guard let minutes else { throw FormErrors("minutes", "请填写分钟数，例如 15") }
            try Arrivals.tellWait(id, minutes: minutes, by: work, in: tx)
        }
    }

    /// Booking was explained to a waiting customer (R3.55).
    static func explainBooking(_ request: StaffRequest) async throws -> Response {
        try await correct(request, "已记：介绍了预约") { id, work, tx in
            try BookingPromotion.note(id, by: work, in: tx)
        }
    }

    static func assignDoctor(_ request: StaffRequest) async throws -> Response {
        let form = request.form
        return try await correct(request, "已改接诊医生") { id, work, tx in
            guard let doctor = ID<Staff>(form["doctor"]) else { throw FormErrors("doctor", "请选择医生") }
            try Arrivals.assignDoctor(id, doctor: doctor, reason: form["reason"].nonBlank, by: work, in: tx)
        }
    }

    static func changeType(_ request: StaffRequest) async throws -> Response {
        let form = request.form
        return try await correct(request, "已改就诊类型") { id, work, tx in
            guard let type = VisitType(rawValue: form["type"]) else { throw FormErrors("type", "请从列出的类型中选一项") }
            try Arrivals.changeType(id, to: type, reason: form["reason"], by: work, in: tx)
        }
    }

    /// States the true time of a moment afterwards, with a coded reason.
    static func correctTime(_ request: StaffRequest) async throws -> Response {
        let form = request.form
        return try await correct(request, "已更正时间，标为补录") { id, work, tx in
            guard let kind = VisitFact.Kind(rawValue: form["kind"]) else { throw FormErrors("kind", "请选择要更正的一步") }
            guard
                let at = ClockTime.instant(form["happenedAt"], on: work.today, now: work.now, work.clinic.calendar)
            else { throw FormErrors("happenedAt", "请填写时间，例如 10:24") }
            guard let code = work.playbook.code(form["lateReason"], in: .lateRecording) else {
                throw FormErrors("reason", "请选择补录原因")
            }
            let note = form["lateNote"].nonBlank
            if code.needsNote, note == nil { throw FormErrors("reason", "请写一句补充说明") }
            let reason = [code.label, note].compactMap(\.self).joined(separator: "：")
            try VisitFacts.correctTime(id, of: kind, to: at, reason: reason, by: work, in: tx)
        }
    }

    private static func correct(
        _ request: StaffRequest, _ done: String,
        _ body: @escaping @Sendable (ID<Visit>, Work, any WriteTransaction) throws -> Void
    ) async throws -> Response {
        let (id, work) = (try request.visitID, request.work)
        do {
            try await request.change { tx in try body(id, work, tx) }
            return request.redirect(ReceptionPaths.visit(id), flash: done)
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await page(
                request, error: error, status: error.kind == .conflict ? .conflict : .unprocessableContent)
        }
    }

    private static func page(
        _ request: StaffRequest, error: (any UserFacingError)?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (id, work) = (try request.visitID, request.work)
        let detail = try await request.read { tx in try VisitDetail.load(id, by: work, in: tx) }
        let shell = try await request.shell(title: "到访", note: detail.patient.name, area: .reception)
        return try request.page(
            VisitPage(
                detail, form: request.form, error: error, links: links(detail.visit, request), by: work, shell: shell),
            status: status)
    }

    /// Where this visit goes on, as far as the person may.
    private static func links(_ visit: Visit, _ request: StaffRequest) -> [LinkView] {
        var links: [LinkView] = []
        let isOpen = visit.leftAt == nil
        let mayLead = request.may(.leadIn) && isOpen && visit.businessDay == request.today && visit.stage != .inChair
        if mayLead { links.append(LinkView(ReceptionPaths.action(visit.id, "lead-in"), "引领入座", isNext: true)) }
        let charges = request.web.app.routes.access(toPage: ReceptionPaths.chargesPattern)
        if charges?.allows(request.actor) ?? false {
            links.append(LinkView(BillingPaths.charges(visit.id), "收费单", isNext: visit.stage == .inChair))
        }
        if request.may(.triage), visit.stage == .waiting, isOpen {
            links.append(LinkView(ReceptionPaths.action(visit.id, "place"), "调整顺序"))
        }
        if request.may(.leadIn) || request.may(.updateChairs), visit.stage == .inChair {
            links.append(LinkView(WaitingPaths.companions(visit.id), "陪同"))
        }
        if request.may(.bookAppointments), visit.stage == .waiting, isOpen {
            // Who will not wait any longer gets a time instead (R3.39).
            let query = "patient=\(visit.patientID.text)&channel=onSpot&deskReason=waitTooLong"
            links.append(LinkView("\(AppointmentPaths.new)?\(query)", "不等了，约时间"))
        }
        if isOpen || request.may(.closeVisit) {
            // Special situations, requests and the answers of the arrival stand on a page of their own.
            links.append(LinkView(TriagePaths.page(visit.id), "分诊与要求"))
        }
        if request.may(.closeVisit), isOpen {
            let isNext = !mayLead && visit.stage != .inChair
            links.append(LinkView(ReceptionPaths.action(visit.id, "departure"), "送别", isNext: isNext))
        }
        return links
    }
}

extension VisitDetail {
    /// - Throws: `NotFound` also for a visit of another clinic.
    static func load(_ id: ID<Visit>, by work: Work, in tx: any ReadTransaction) throws -> VisitDetail {
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        let facts = try VisitFactStore.list(id, in: tx)
        let tasks = try TaskStore.list(of: TaskSubject(.visit, id), in: tx)
        return VisitDetail(
            visit: visit, patient: try PatientStore.get(visit.patientID, in: tx),
            brief: try PatientStore.briefs([visit.patientID], today: work.today, in: tx).first,
            ticket: try QueueStore.findLast(id, in: tx), facts: facts,
            names: try StaffStore.names(Set(facts.map(\.recordedBy)), in: tx),
            tasks: tasks.filter { $0.isOpen && $0.dueFrom <= work.now },
            doctors: try StaffStore.listDoctors(clinic: work.clinic.id, in: tx),
            outcome: visit.outcome.map {
                $0 == Visit.withdrawn ? "登记后撤销" : work.playbook.label($0, in: .visitOutcome)
            }, handOvers: try VisitHandOvers.load(visit, by: work, in: tx))
    }
}
