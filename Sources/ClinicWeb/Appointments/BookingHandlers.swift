import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 新预约: choose a customer, say what for, choose a time.
enum BookingHandlers {
    static func new(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery(
            "day", "unit", "doctor", "patient", "q", "from", "next", "units", "complaint", "channel")
        var form = BookingForm()
        let query = request.query
        form.day = query["day"]
        form.unit = query["unit"]
        form.units = query["units"]
        form.doctor = query["doctor"]
        form.patient = query["patient"]
        form.next = query["next"]
        form.complaint = query["complaint"]
        form.channel = query["channel"].nonBlank ?? "phone"
        if let from = ID<Appointment>(query["from"]) { try await prefill(&form, from: from, request) }
        return try await page(form, errors: FormErrors(), problem: nil, query: query["q"], request)
    }

    /// Hits while typing, as part of the page.
    static func people(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day", "unit", "doctor", "q", "next", "units", "from")
        var form = BookingForm()
        form.day = request.query["day"]
        form.unit = request.query["unit"]
        form.doctor = request.query["doctor"]
        form.next = request.query["next"]
        let (typed, kept) = (request.query["q"], form)
        try request.limitNumberSearch(typed)
        let people = try await request.read { tx in try search(typed, kept, request, in: tx) }
        return try request.web.fragment(people)
    }

    static func book(_ request: StaffRequest) async throws -> Response {
        let form = BookingForm(request.form)
        do {
            let command = try form.validated()
            let work = request.work
            let placed = try await request.write(changing: .board, .tasks) { tx in
                try Booking.place(command, by: work, in: tx)
            }
            let next = URLText.localPath(form.next)
            let day = AppointmentPaths.day(placed.day) + "&pick=\(placed.id.text)"
            return request.web.redirect(next ?? day, flash: "已预约 \(placed.whenText)")
        } catch let error as any UserFacingError where !(error is NotAllowed) {
            return try await page(
                form, errors: FormErrors(error), problem: problem(error), query: "", request,
                status: ErrorPages.status(of: error.kind))
        }
    }

    /// The refusal, and the page of the booking that stands in the way.
    static func problem(_ error: any UserFacingError) -> NewBookingPage.Problem {
        let obstacle = error.obstacle.flatMap { $0.kind == "appointment" ? $0 : nil }
        return NewBookingPage.Problem(
            text: error.userMessage, href: obstacle.map { AppointmentPaths.appointment(ID(raw: $0.id)) },
            label: obstacle?.label)
    }

    private static func prefill(
        _ form: inout BookingForm, from id: ID<Appointment>, _ request: StaffRequest
    ) async throws {
        let a = try await request.read { tx in try AppointmentStore.get(id, clinic: request.clinic.id, in: tx) }
        form.patient = a.patientID.text
        form.doctor = a.doctorID.text
        form.units = String(a.units)
        form.complaint = a.complaint
        form.items = a.items.map { BookingForm.ItemRow(item: $0.itemID.text, teeth: Tooth.text($0.teeth)) }
    }

    // MARK: - The page

    static func page(
        _ form: BookingForm, errors: FormErrors, problem: NewBookingPage.Problem?, query: String,
        _ request: StaffRequest, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        try request.limitNumberSearch(query)
        let shell = try await request.shell(title: "新预约", area: .board)
        let command =
            request.form["command"].nonBlank ?? request.web.app.ids.next(Appointment.self, at: request.now).text
        let page = try await request.read { tx in
            let patient = ID<Patient>(form.patient)
            let brief = try patient.flatMap { try PatientStore.briefs([$0], today: request.today, in: tx).first }
            let treating = try patient.flatMap { try AppointmentStore.treatingDoctor(of: $0, in: tx) }
            var form = form
            if form.doctor.isEmpty, let treating, treating.isHere { form.doctor = treating.id.text }
            return NewBookingPage(
                shell: shell, backHref: AppointmentPaths.day(Day(form.day) ?? request.today), command: command,
                query: query, kept: kept(form),
                found: query.nonBlank == nil ? nil : try search(query, form, request, in: tx),
                person: brief.map { person($0, treating, form, request) },
                form: brief == nil ? nil : try entry(form, errors, treating, request, in: tx), problem: problem)
        }
        return try request.web.page(page, status: status)
    }

    /// What the search for a customer must not lose.
    private static func kept(_ form: BookingForm) -> [OptionView] {
        [("day", form.day), ("unit", form.unit), ("doctor", form.doctor), ("next", form.next)]
            .filter { !$0.1.isEmpty }.map { OptionView($0.1, $0.0) }
    }

    private static func search(
        _ query: String, _ form: BookingForm, _ request: StaffRequest, in tx: any ReadTransaction
    ) throws -> PeopleView {
        let todays = try AppointmentStore.todaysPatients(clinic: request.clinic.id, day: request.today, in: tx)
        let masks = !request.may(.seePhones)
        let result = try PatientSearch.search(
            query, todays: todays, phoneDigits: request.searchedPhoneDigits, today: request.today, in: tx)
        let hits = result.people.map { brief in
            PeopleView.Hit(
                href: AppointmentPaths.newBooking(
                    day: Day(form.day), unit: SlotText.unit(form.unit), doctor: ID<Staff>(form.doctor),
                    patient: brief.id, next: form.next.nonBlank),
                name: brief.name,
                detail:
                    "\(brief.gender.label) \(brief.ageText) · \(brief.recordNumber) · \(brief.phoneText(masked: masks))"
            )
        }
        let note =
            result.needsMoreDigits
            ? "按电话查找请至少输入 \(request.work.playbook[.securityMaskedSearchDigits]) 位"
            : query.nonBlank != nil && hits.isEmpty
                ? "没有找到，请换个写法，或登记新客人"
                : result.hasMore ? "还有更多，请再多输几个字" : nil
        return PeopleView(
            hits: hits, note: note, registerHref: request.may(.registerPatients) ? "/patients/new" : nil)
    }

    private static func person(
        _ brief: PatientBrief, _ treating: TreatingDoctor?, _ form: BookingForm, _ request: StaffRequest
    ) -> NewBookingPage.Person {
        NewBookingPage.Person(
            id: brief.id.text, name: brief.name,
            detail: "\(brief.gender.label) \(brief.ageText) · \(brief.recordNumber) · "
                + brief.phoneText(masked: !request.may(.seePhones)),
            hasAlert: brief.hasSpecialAlerts,
            treating: treating.map { $0.isHere ? "一直由\($0.name)医生看诊（从一）" : "原来由\($0.name)医生看诊，已不在本院" },
            changeHref: AppointmentPaths.newBooking(
                day: Day(form.day), unit: SlotText.unit(form.unit), doctor: ID<Staff>(form.doctor),
                next: form.next.nonBlank))
    }

    private static func entry(
        _ form: BookingForm, _ errors: FormErrors, _ treating: TreatingDoctor?, _ request: StaffRequest,
        in tx: any ReadTransaction
    ) throws -> NewBookingPage.Entry {
        let playbook = request.work.playbook
        let items = try ItemStore.listActive(in: tx).filter { $0.units > 0 && !$0.isRetail }
        let chosen = form.items.compactMap { row in items.first { $0.id.text == row.item } }
        let auto = BookingRules.proposedUnits(items: chosen, routineExamUnits: playbook[.appointmentRoutineExamUnits])
        let units = SlotText.units(form.units) ?? auto
        let doctor = ID<Staff>(form.doctor)
        let from = Day(form.day).flatMap { day in
            doctor.map { Slot(day: day, start: SlotText.unit(form.unit) ?? Unit(0), units: units, doctorID: $0) }
        }
        let rows = (0..<max(BookingForm.rows, form.items.count)).map { index -> NewBookingPage.ItemRow in
            let row = index < form.items.count ? form.items[index] : BookingForm.ItemRow(item: "", teeth: "")
            return NewBookingPage.ItemRow(
                number: index + 1, teeth: row.teeth,
                choices: items.map {
                    OptionView($0.id.text, "\($0.name) · \($0.units) 单位", isChosen: $0.id.text == row.item)
                })
        }
        // Why another doctor is asked for as soon as another one is chosen (R3.14).
        let changes = treating.map { $0.isHere && doctor != nil && $0.id != doctor } ?? false
        let asksChange = changes || errors.messages["doctorChangeReason"] != nil
        let asksOverride =
            request.may(.bookOutsideRoster)
            && (errors.messages["overrideReason"] != nil || !form.overrideReason.isEmpty)
        return NewBookingPage.Entry(
            day: form.day.isEmpty ? request.today.iso : form.day, complaint: form.complaint, remark: form.remark,
            next: form.next, overrideNote: form.overrideNote,
            starts: OptionView.starts(
                request.clinic.opens, request.clinic.closes, chosen: SlotText.unit(form.unit)?.index),
            lengths: OptionView.lengths(chosen: SlotText.units(form.units)),
            autoLength: "按项目：\(auto) 单位 · \(auto * 15) 分钟",
            isAutoLength: SlotText.units(form.units) == nil,
            doctors: try AppointmentReading.doctors(chosen: form.doctor, for: request, in: tx),
            chairs: try AppointmentReading.chairs(chosen: form.chair, for: request, in: tx),
            channels: OptionView.list(playbook.codes(.bookingChannel), chosen: form.channel),
            deskReasons: OptionView.list(playbook.codes(.onSpotBooking), chosen: form.deskReason), items: rows,
            squeezeReasons: OptionView.list(playbook.codes(.squeezeIn), chosen: form.squeezeReason),
            doctorChanges: OptionView.list(playbook.codes(.doctorChange), chosen: form.doctorChangeReason),
            overrides: OptionView.list(playbook.codes(.override), chosen: form.overrideReason),
            maySqueeze: request.may(.squeezeIn), asksChange: asksChange, asksOverride: asksOverride,
            offers: try doctor.map {
                try AppointmentReading.offers(doctor: $0, units: units, from: from, for: request, in: tx)
            } ?? [], offersTitle: "接下来的空档 · \(units) 单位", errors: NewBookingPage.Errors(errors))
    }
}
