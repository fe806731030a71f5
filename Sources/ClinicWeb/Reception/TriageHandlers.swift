import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// The page of special cases and requests of one visit, and what is recorded there.
enum TriageHandlers {
    static func page(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await draw(request, error: nil, status: .ok)
    }

    static func open(_ request: StaffRequest) async throws -> Response {
        let (form, calendar, now) = (request.form, request.clinic.calendar, request.web.now)
        return try await act(request, "记下了") { visit, work, tx in
            guard let kind = VisitCase.Kind(rawValue: form["kind"]) else { throw FormErrors("kind", "请选一种情况") }
            let own = try VisitStore.get(visit, clinic: work.clinic.id, in: tx)
            let why = form["why"].nonBlank?.trimmed ?? "\(calendar.clockText(now)) 在接待台记下"
            guard why.count <= 100 else { throw FormErrors("why", "最多 100 个字") }
            let doctor = ID<Staff>(form["doctor"]) ?? own.doctorID
            try Cases.open(TriageCases.Cue(kind, why, doctor: doctor), of: visit, by: work, in: tx)
            return nil
        }
    }

    static func step(_ request: StaffRequest) async throws -> Response {
        let (id, form) = (try request.id("case", VisitCase.self, what: "特殊情况"), request.form)
        return try await act(request, "记下了") { _, work, tx in
            guard let kind = VisitCase.Step.Kind(rawValue: form["step"]) else { throw NotFound("步骤") }
            let minutes = form["minutes"].nonBlank.map { Int($0.halfWidth.trimmed) ?? -1 }
            let day = form["day"].nonBlank.map { Day($0.trimmed) }
            if case .some(nil) = day { throw FormErrors("day", "请填写日期，例如 2026-03-05") }
            let input = Cases.StepInput(
                staffID: ID<Staff>(form["staff"]), minutes: minutes, day: day ?? nil, code: form["code"].nonBlank,
                note: form["note"].nonBlank?.trimmed)
            try Cases.step(id, kind, input, by: work, in: tx)
            return nil
        }
    }

    /// Decides. A customer who was given another time goes home: the next page is the farewell (R3.39).
    static func decide(_ request: StaffRequest) async throws -> Response {
        let (id, form) = (try request.id("case", VisitCase.self, what: "特殊情况"), request.form)
        let mayClose = request.may(.closeVisit)
        return try await act(request, "已决定") { visit, work, tx in
            guard let outcome = VisitCase.Outcome(rawValue: form["outcome"]) else { throw CaseError.unknownOutcome }
            let decision = Cases.Decision(
                outcome, doctorID: ID<Staff>(form["doctor"]), slot: SlotChoice.slot(form["slot"]),
                note: form["note"].nonBlank?.trimmed)
            try Cases.decide(id, decision, by: work, in: tx)
            switch outcome {
            case .booked where mayClose: return ReceptionPaths.departure(visit, outcome: "booked")
            case .left where mayClose: return ReceptionPaths.departure(visit, outcome: "left")
            default: return nil
            }
        }
    }

    static func ask(_ request: StaffRequest) async throws -> Response {
        let form = request.form
        return try await act(request, "记下了，已有人负责") { visit, work, tx in
            guard let kind = VisitRequest.Kind(rawValue: form["kind"]) else { throw FormErrors("kind", "请选一种要求") }
            let need = form["need"].nonBlank.map { work.playbook.label($0, in: .waitingNeed) }
            let text = [need, form["text"].nonBlank?.trimmed].compactMap(\.self).joined(separator: "：")
            try VisitRequests.ask(kind, text, of: visit, doctor: ID<Staff>(form["doctor"]), by: work, in: tx)
            return nil
        }
    }

    static func closeRequest(_ request: StaffRequest) async throws -> Response {
        let (id, form) = (try request.id("request", VisitRequest.self, what: "客人的要求"), request.form)
        return try await act(request, "已记下结果") { _, work, tx in
            guard let result = VisitRequest.Result(rawValue: form["result"]) else {
                throw FormErrors("result", "请从列出的结果中选一项")
            }
            try VisitRequests.close(id, result, note: form["note"].nonBlank?.trimmed, by: work, in: tx)
            return nil
        }
    }

    static func setEmergency(_ request: StaffRequest) async throws -> Response {
        let code = request.form["emergency"].nonBlank
        return try await act(request, code == nil ? "已取消急诊" : "已记为急诊，排在最前，主管已收到通知") { visit, work, tx in
            try Arrivals.setEmergency(visit, code: code, by: work, in: tx)
            return nil
        }
    }

    static func exempt(_ request: StaffRequest) async throws -> Response {
        let form = request.form
        return try await act(request, "已记为免检") { visit, work, tx in
            let sheet = try ChargeSheetStore.find(visit: visit, in: tx)
            try ExemptVisits.mark(
                visit,
                TriageAnswers.Exemption(reason: form["exemptReason"], note: form["exemptNote"].nonBlank?.trimmed),
                charged: sheet?.total ?? .zero, by: work, in: tx)
            return nil
        }
    }

    /// From a task to the visit it is about.
    static func caseOf(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let (id, clinic) = (try request.id("case", VisitCase.self, what: "特殊情况"), request.clinic.id)
        let visit = try await request.read { tx in try CaseStore.get(id, clinic: clinic, in: tx).visitID }
        return request.redirect(TriagePaths.page(visit))
    }

    static func requestOf(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let (id, clinic) = (try request.id("request", VisitRequest.self, what: "客人的要求"), request.clinic.id)
        let visit = try await request.read { tx in try VisitRequestStore.get(id, clinic: clinic, in: tx).visitID }
        return request.redirect(TriagePaths.page(visit))
    }

    /// Emergencies that nobody answered, on every page of a supervisor (R2.09). A part of the page.
    static func alerts(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        let open = try await request.read { tx in try Emergencies.open(by: work, in: tx) }
        return try request.fragment(EmergencyAlertsView(open, by: work))
    }

    // MARK: Parts

    /// - Parameter body: returns where to go on; nil: back to the page of the visit's cases.
    private static func act(
        _ request: StaffRequest, _ done: String,
        _ body: @escaping @Sendable (ID<Visit>, Work, any WriteTransaction) throws -> String?
    ) async throws -> Response {
        let (visit, work) = (try request.visitID, request.work)
        do {
            let next = try await request.change { tx in
                _ = try VisitStore.get(visit, clinic: work.clinic.id, in: tx)
                return try body(visit, work, tx)
            }
            return request.redirect(next ?? TriagePaths.page(visit), flash: done)
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await draw(
                request, error: error, status: error.kind == .conflict ? .conflict : .unprocessableContent)
        }
    }

    private static func draw(
        _ request: StaffRequest, error: (any UserFacingError)?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (id, work) = (try request.visitID, request.work)
        let file = try await request.read { tx in try TriageFile.load(id, by: work, in: tx) }
        let shell = try await request.shell(title: "分诊", note: file.patient.name, area: .reception)
        return try request.page(
            TriagePage(file, form: request.form, error: error, by: work, shell: shell), status: status)
    }
}

/// A time as a choice: "2026-03-13 40 2 0K3…".
enum SlotChoice {
    static func value(_ slot: Slot) -> String {
        "\(slot.day.iso) \(slot.start.index) \(slot.units) \(slot.doctorID.text)"
    }

    static func slot(_ value: String) -> Slot? {
        let parts = value.split(separator: " ")
        guard parts.count == 4, let day = Day(parts[0]), let start = Int(parts[1]), (0..<96).contains(start),
            let units = Int(parts[2]), (1...96).contains(units), let doctor = ID<Staff>(String(parts[3]))
        else { return nil }
        return Slot(day: day, start: Unit(start), units: units, doctorID: doctor)
    }
}
