import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Gives cases to the supervisor and the director, and takes their word (R2.23, R3.37).
enum HandedHandlers {
    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request)
    }

    static func new(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("kind", "patient", "doctor", "appointment", "words")
        return try await page(request, typed: request.query)
    }

    static func hand(_ request: StaffRequest) async throws -> Response {
        let (form, work) = (request.form, request.work)
        do {
            guard let kind = HandedCase.Kind(rawValue: form["kind"]), let patient = ID<Patient>(form["patient"]) else {
                throw FormErrors("words", "请从客人的预约里进来")
            }
            try await request.write(changing: .tasks, .board) { tx in
                _ = try HandedCases.hand(
                    HandCase(
                        kind, patientID: patient, appointmentID: ID<Appointment>(form["appointment"]),
                        doctorID: ID<Staff>(form["doctor"]), words: form["words"]), by: work, in: tx)
            }
            return request.redirect(AppointmentPaths.handed, flash: "已交给\(kind.superior)，有结果会列在这里")
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await page(request, typed: form, error: error)
        }
    }

    static func settle(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", HandedCase.self, what: "事项")
        let (work, outcome) = (request.work, request.form["outcome"])
        do {
            try await request.write(changing: .tasks, .board) { tx in
                try HandedCases.settle(id, outcome: outcome, by: work, in: tx)
            }
            return request.redirect(AppointmentPaths.handed, flash: "已记下怎么定的")
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await page(request, error: error)
        }
    }

    private static func page(
        _ request: StaffRequest, typed: Form? = nil, error: (any UserFacingError)? = nil
    ) async throws -> Response {
        let work = request.work
        let shell = try await request.shell(title: "交上级", area: .board)
        let nav = BookListNav(current: AppointmentPaths.handed, for: request)
        let page = try await request.read { tx in
            let entry = try typed.flatMap { try Self.entry($0, error, request, in: tx) }
            let cases = try HandedCaseStore.list(
                clinic: work.clinic.id, settledSince: work.now.adding(days: -14), in: tx)
            let rows = try rows(cases, request, in: tx)
            let open = zip(cases, rows).filter(\.0.isOpen).map(\.1)
            let settled = zip(cases, rows).filter { !$0.0.isOpen }.map(\.1)
            let isShown = entry != nil && error?.kind == .invalid
            return HandedPage(
                shell: shell, nav: nav, entry: entry, problem: isShown ? nil : error?.userMessage, open: open,
                hasOpen: !open.isEmpty, settled: settled, hasSettled: !settled.isEmpty)
        }
        return try request.page(page, status: error.map { ErrorPages.status(of: $0.kind) } ?? .ok)
    }

    private static func entry(
        _ typed: Form, _ error: (any UserFacingError)?, _ request: StaffRequest, in tx: any ReadTransaction
    ) throws -> HandedPage.Entry? {
        guard let kind = HandedCase.Kind(rawValue: typed["kind"]), let patient = ID<Patient>(typed["patient"]),
            let brief = try PatientStore.briefs([patient], today: request.today, in: tx).first
        else { throw NotFound("客人") }
        let about = try ID<Appointment>(typed["appointment"]).map {
            try AppointmentStore.get($0, clinic: request.clinic.id, in: tx).whenText
        }
        return HandedPage.Entry(
            title: kind.label, person: "\(brief.name) · \(brief.gender.label) \(brief.ageText) · \(brief.recordNumber)",
            about: about,
            kept: ["kind", "patient", "doctor", "appointment"].filter { !typed[$0].isEmpty }.map {
                OptionView(typed[$0], $0)
            },
            words: InputView(
                "words", kind == .doctorGone ? "客人要什么、什么时候方便" : "什么定不下来", typed["words"], isRequired: true,
                isFocused: true, faults: error.map { FormErrors($0) } ?? FormErrors()),
            superior: kind.superior)
    }

    private static func rows(
        _ cases: [HandedCase], _ request: StaffRequest, in tx: any ReadTransaction
    ) throws -> [HandedPage.Row] {
        let briefs = Dictionary(
            try PatientStore.briefs(Array(Set(cases.map(\.patientID))), today: request.today, in: tx).map {
                ($0.id, $0)
            }, uniquingKeysWith: { first, _ in first })
        let people = cases.flatMap { [$0.asked.by, $0.settled?.by, $0.doctorID].compactMap(\.self) }
        let names = try StaffStore.names(Set(people), in: tx)
        let calendar = request.clinic.calendar
        let mayDecide = request.may(.assignSpecialCases)
        return cases.map { c in
            let brief = briefs[c.patientID]
            let gone = c.doctorID.flatMap { names[$0] }.map { " · 原医生 \($0)" } ?? ""
            let books = c.isOpen && mayDecide && c.kind == .doctorGone && request.may(.bookAppointments)
            return HandedPage.Row(
                id: c.id.text,
                chip: ToneChip(c.kind.label, tone: c.isOpen ? "warning" : "done"), name: brief?.name ?? "客人",
                detail: brief.map { "\($0.gender.label) \($0.ageText) · \($0.recordNumber)\(gone)" } ?? "",
                words: c.words, asked: "\(calendar.dateTimeText(c.asked.at)) \(names[c.asked.by] ?? "系统")",
                bookHref: books
                    ? AppointmentPaths.newBooking(patient: c.patientID, next: AppointmentPaths.handed) : nil,
                appointmentHref: c.appointmentID.map { AppointmentPaths.appointment($0) },
                settleHref: c.isOpen && mayDecide ? "/appointments/handed/\(c.id.text)/outcome" : nil,
                outcome: c.outcome.map { outcome in
                    [outcome, c.settled.flatMap { names[$0.by] }].compactMap(\.self).joined(separator: " · ")
                })
        }
    }
}
