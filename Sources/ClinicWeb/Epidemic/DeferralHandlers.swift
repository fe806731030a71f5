import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Puts treatments off, works the list off, and asks the questions before a visit.
enum DeferralHandlers {
    static func add(to table: inout RouteTable) {
        table.get(EpidemicPaths.deferrals, .needs(.bookAppointments), use: list)
        table.get(EpidemicPaths.newDeferral, .needs(.bookAppointments), use: new)
        table.post(EpidemicPaths.deferrals, .needs(.bookAppointments), use: register)
        table.post("/deferrals/:id/closing", .needs(.bookAppointments), use: giveUp)
        table.get("/appointments/:id/screening", .needs(.bookAppointments), use: screening)
        table.post("/appointments/:id/screening", .needs(.bookAppointments), use: screen)
    }

    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        let shell = try await request.shell(title: "延期客人", area: .board)
        let page = try await request.read { tx in
            let deferrals = try DeferralStore.listOpen(clinic: work.clinic.id, in: tx)
            let people = try PatientStore.briefs(Array(Set(deferrals.map(\.patientID))), today: work.today, in: tx)
            let briefs = Dictionary(people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            let items = try ItemStore.list(ids: Array(Set(deferrals.map(\.itemID))), in: tx)
            let suspended = Set(try EpidemicItems.suspended(items, on: work.today, by: work, in: tx).map(\.id))
            let names = Dictionary(items.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
            let doctors = try StaffStore.names(Set(deferrals.compactMap(\.doctorID)), in: tx)
            let rows = deferrals.map { d in
                let isPossible = !suspended.contains(d.itemID)
                let teeth = d.teeth.isEmpty ? "" : " \(Tooth.text(d.teeth))"
                return DeferralsPage.Row(
                    name: briefs[d.patientID]?.name ?? "",
                    phone: briefs[d.patientID]?.phoneText(masked: !request.may(.seePhones)) ?? "",
                    item: (names[d.itemID] ?? "") + teeth,
                    state: isPossible ? ToneChip("可以做了", tone: "done") : ToneChip("还暂停", tone: "waiting"),
                    doctor: d.doctorID.flatMap { doctors[$0] } ?? "哪位都行", followUpOn: d.followUpOn.monthDayText,
                    note: d.note ?? "",
                    bookHref: AppointmentPaths.newBooking(doctor: d.doctorID, patient: d.patientID),
                    canBook: isPossible, action: EpidemicPaths.closing(d.id))
            }
            return DeferralsPage(shell: shell, countText: "\(rows.count) 位在等", rows: rows, isEmpty: rows.isEmpty)
        }
        return try request.page(page)
    }

    // MARK: - Putting off

    static func new(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("patient", "item", "complaint", "doctor")
        return try await formPage(request.query, request)
    }

    /// Instead of a booking that was refused (R3.46): the same customer and items, one press from being put off, or passed
    /// with a reason by those who may.
    static func refusal(_ error: SuspendedItems, _ request: StaffRequest) async throws -> Response {
        try await formPage(request.form, request, refused: error, faults: FormErrors(error))
    }

    static func register(_ request: StaffRequest) async throws -> Response {
        let (form, work) = (request.form, request.work)
        do {
            guard let patient = ID<Patient>(form["patient"]) else { throw FormErrors("patient", "请先选择客人") }
            let teeth = form.all("teeth")
            let planned = form.all("item").enumerated().compactMap { index, text in
                ID<Item>(text).map {
                    DeferTreatment.Planned(
                        $0, teeth: (index < teeth.count ? Tooth.list(typed: teeth[index]) : nil) ?? [])
                }
            }
            let followUpOn = Day(form["followUpOn"])
            if form["followUpOn"].nonBlank != nil, followUpOn == nil { throw FormErrors("followUpOn", "请选择回访日期") }
            let command = DeferTreatment(
                patientID: patient, items: planned, doctorID: ID<Staff>(form["doctor"]),
                complaint: form["complaint"], followUpOn: followUpOn, note: form["note"])
            let stored = try await request.write(changing: .tasks) { tx in
                try Deferrals.register(command, by: work, in: tx)
            }
            let day = stored.first?.followUpOn.monthDayText ?? ""
            return request.redirect(EpidemicPaths.deferrals, flash: "已登记延期，\(day)提醒回访")
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await formPage(form, request, faults: FormErrors(error))
        }
    }

    static func giveUp(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Deferral.self, what: "延期记录")
        let work = request.work
        try await request.write(changing: .tasks) { tx in
            _ = try Deferrals.giveUp(id, note: nil, by: work, in: tx)
        }
        return request.redirect(EpidemicPaths.deferrals, flash: "已移出延期")
    }

    private static func formPage(
        _ typed: Form, _ request: StaffRequest, refused: SuspendedItems? = nil, faults: FormErrors = FormErrors()
    ) async throws -> Response {
        let work = request.work
        guard let patient = ID<Patient>(typed["patient"]) else { throw FormErrors("patient", "请先选择客人") }
        let ids = refused?.items ?? typed.all("item").compactMap { ID<Item>($0) }
        let shell = try await request.shell(title: "登记延期", area: .board)
        let (brief, items) = try await request.read { tx in
            (
                try PatientStore.briefs([patient], today: work.today, in: tx).first,
                try ItemStore.list(ids: ids, in: tx)
            )
        }
        guard let brief else { throw NotFound("客人") }
        let typedItems = typed.all("item")
        let teeth = typed.all("teeth")
        var hidden = [
            OptionView(typed["patient"], "patient"), OptionView(typed["doctor"], "doctor"),
            OptionView(typed["complaint"], "complaint"),
        ]
        for (index, text) in typedItems.enumerated() where ids.contains(where: { $0.text == text }) {
            hidden += [OptionView(text, "item"), OptionView(index < teeth.count ? teeth[index] : "", "teeth")]
        }
        let day = EpidemicRules.followUpDay(today: work.today, playbook: work.playbook).iso
        let page = DeferralFormPage(
            shell: shell, refusal: refused?.userMessage,
            person: "\(brief.name) · \(brief.gender.label) \(brief.ageText) · \(brief.recordNumber) · "
                + brief.phoneText(masked: !request.may(.seePhones)),
            items: items.map(\.name).joined(separator: "、"), hidden: hidden,
            followUpOn: InputView(
                "followUpOn", "哪天回访", typed["followUpOn"].nonBlank ?? day, type: "date", isRequired: true,
                isFocused: true, faults: refused == nil ? faults : FormErrors()),
            note: InputView("note", "备注", typed["note"]), pass: pass(refused, typed, request),
            backHref: AppointmentPaths.newBooking(patient: patient),
            fault: refused == nil ? faults.messages(outside: ["followUpOn", "note"]) : nil)
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    /// The refused form again, field by field.
    private static func pass(
        _ refused: SuspendedItems?, _ typed: Form, _ request: StaffRequest
    ) -> DeferralFormPage.Pass? {
        guard let refused, refused.mayPass else { return nil }
        let own: Set<String> = ["csrf", "overrideReason", "overrideNote"]
        return DeferralFormPage.Pass(
            action: request.path,
            hidden: typed.pairs.filter { !own.contains($0.name) }.map { OptionView($0.value, $0.name) },
            reasons: OptionView.list(request.work.playbook.codes(.override), chosen: typed["overrideReason"]),
            note: InputView("overrideNote", "说明", typed["overrideNote"]))
    }

    // MARK: - Screening (R3.45)

    static func screening(_ request: StaffRequest) async throws -> Response {
        try EpidemicRoutes.requireMode(request)
        try request.allowQuery()
        return try await screeningPage(request, FormErrors())
    }

    static func screen(_ request: StaffRequest) async throws -> Response {
        try EpidemicRoutes.requireMode(request)
        let id = try request.id("id", Appointment.self, what: "预约")
        let (form, work) = (request.form, request.work)
        do {
            let stored = try await request.write(changing: .board) { tx in
                let appointment = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
                return try Screenings.record(
                    patient: appointment.patientID, appointment: id, channel: appointment.channel,
                    answers: answers(form, work.playbook), isReminded: form["reminded"] == "yes", by: work, in: tx)
            }
            let flash = stored.concerns.isEmpty ? "筛查已记下" : "有一项“是”，请先问主管再让客人来"
            return request.redirect(AppointmentPaths.appointment(id), flash: flash)
        } catch let error as FormErrors {
            return try await screeningPage(request, error)
        }
    }

    static func answers(_ form: Form, _ playbook: Playbook) -> [String: Bool] {
        var answers: [String: Bool] = [:]
        for question in Screening.questions(playbook) {
            switch form["screening.\(question.code)"] {
            case "yes": answers[question.code] = true
            case "no": answers[question.code] = false
            default: break
            }
        }
        return answers
    }

    private static func screeningPage(_ request: StaffRequest, _ faults: FormErrors) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "预约")
        let work = request.work
        let (appointment, name, last) = try await request.read { tx in
            let appointment = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
            let brief = try PatientStore.briefs([appointment.patientID], today: work.today, in: tx).first
            return (appointment, brief?.name ?? "", try ScreeningStore.latest(for: [id], in: tx)[id])
        }
        let typed = answers(request.form, work.playbook)
        let isTyped = !faults.isEmpty
        let page = ScreeningPage(
            shell: try await request.shell(title: "就诊前筛查", area: .board),
            person: "\(name) · \(appointment.whenText)", action: EpidemicPaths.screening(id),
            questions: Screening.questions(work.playbook).map { question in
                let answer = isTyped ? typed[question.code] : last?.answers[question.code]
                return ScreeningPage.Question(
                    name: "screening.\(question.code)", label: question.label, isYes: answer == true,
                    isNo: answer == false, error: faults.messages["screening.\(question.code)"])
            }, advice: Screening.advice(work.playbook) ?? "",
            isReminded: isTyped ? request.form["reminded"] == "yes" : last?.isReminded ?? false,
            backHref: AppointmentPaths.appointment(id))
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }
}
