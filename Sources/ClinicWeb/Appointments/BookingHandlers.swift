import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 新预约: find the customer, say what for, offer times, book.
enum BookingHandlers {
    static func new(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery(
            "day", "unit", "doctor", "patient", "q", "as", "from", "again", "next", "units", "complaint", "channel",
            "deskReason", "doctorChangeReason", "item", "teeth")
        var form = BookingForm()
        let query = request.query
        form.day = query["day"]
        form.unit = query["unit"]
        form.units = query["units"]
        form.doctor = query["doctor"]
        form.patient = query["patient"]
        form.next = query["next"]
        // A day without a time is a wish, not a choice.
        let day = Day(query["from"]) ?? (form.hasSlot ? nil : Day(query["day"]))
        form.from = day.flatMap { $0 > request.today || query.has("from") ? $0.iso : nil } ?? ""
        form.complaint = query["complaint"]
        form.channel = query["channel"].nonBlank ?? "phone"
        form.deskReason = query["deskReason"]
        form.doctorChangeReason = query["doctorChangeReason"]
        form.take(items: query.all("item"), teeth: query.all("teeth"))
        if let again = ID<Appointment>(query["again"]) { try await prefill(&form, from: again, request) }
        let typed = query["q"]
        if form.patient.isEmpty, let typed = typed.nonBlank {
            try request.limitNumberSearch(typed)
            if query["as"] == "new" {
                form.startNewcomer(typed)
            } else if let only = try await single(typed, form, request) {
                return request.web.redirect(only)
            } else if try await !isKnown(typed, request), request.may(.registerPatients) {
                form.startNewcomer(typed)
            }
        }
        return try await page(BookingPanel(request: request, form: form, query: typed))
    }

    /// Hits while typing, as part of the page.
    static func people(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery(
            "day", "unit", "doctor", "q", "next", "units", "from", "channel", "deskReason")
        var form = BookingForm()
        form.day = request.query["day"]
        form.unit = request.query["unit"]
        form.doctor = request.query["doctor"]
        form.next = request.query["next"]
        form.from = request.query["from"]
        form.channel = request.query["channel"]
        form.deskReason = request.query["deskReason"]
        let typed = request.query["q"]
        try request.limitNumberSearch(typed)
        let panel = BookingPanel(request: request, form: form, query: typed)
        if typed.nonBlank == nil { return try request.web.fragment(PeopleView(hits: [], note: nil, newHref: nil)) }
        let people = try await request.read { tx in try panel.search(in: tx, numbered: false) }
        return try request.web.fragment(people)
    }

    /// The times to say (R3.20); nothing is written.
    static func offers(_ request: StaffRequest) async throws -> Response {
        let form = BookingForm(request.form)
        do {
            let inquiry = try form.inquiry(request.work.playbook)
            try await checkEpidemic(form, inquiry, request)
            let matches = try await duplicates(inquiry, request)
            let found = try await find(form, inquiry, request)
            var panel = BookingPanel(request: request, form: form)
            panel.offers = found
            panel.matches = matches
            return try await page(panel)
        } catch let error as SuspendedItems where ID<Patient>(form.patient) != nil {
            return try await DeferralHandlers.refusal(error, request)
        } catch let error as any UserFacingError where !(error is NotAllowed) {
            return try await refused(form, error, request)
        }
    }

    /// What cannot be done is told before times are said (R3.47).
    private static func checkEpidemic(
        _ form: BookingForm, _ inquiry: BookingInquiry, _ request: StaffRequest
    ) async throws {
        let work = request.work
        guard work.playbook.isEpidemic else { return }
        try await request.read { tx in
            _ = try EpidemicItems.check(
                inquiry.items.map(\.itemID), on: work.today, reason: form.overrideReason, by: work, in: tx)
        }
    }

    static func book(_ request: StaffRequest) async throws -> Response {
        let form = BookingForm(request.form)
        do {
            let placing = try BookingPlacing(form, request)
            let site = try await placing.site(request)
            let work = BookingPlacing.work(at: site, request)
            let desk = request.clinic.id
            let cipher = request.web.app.cipher
            let placed = try await request.write(at: site, changing: [.board, .tasks, .patients]) { tx in
                try placing.place(from: desk, sealing: cipher, by: work, in: tx)
            }
            let isOwn = site.id == desk
            let next = URLText.localPath(form.next)
            // While the epidemic mode is on the questions before the visit come with every booking (R3.45).
            let asks = !Screening.questions(work.playbook.on(placed.day)).isEmpty
            if form.picked != nil || asks, isOwn {
                return request.web.redirect(AppointmentPaths.booked(placed.id, next: next))
            }
            let done = isOwn ? AppointmentPaths.day(placed.day) + "&pick=\(placed.id.text)" : AppointmentPaths.requests
            let text = isOwn ? "已预约 \(placed.whenText)" : "已请\(site.name)确认 \(placed.whenText)，时间先留着"
            return request.web.redirect(next ?? done, flash: text)
        } catch PatientError.duplicates(let matches) {
            var panel = BookingPanel(request: request, form: form)
            panel.matches = matches
            return try await page(panel, status: .conflict)
        } catch let error as SuspendedItems where ID<Patient>(form.patient) != nil {
            return try await DeferralHandlers.refusal(error, request)
        } catch let error as any UserFacingError where !(error is NotAllowed) {
            return try await refused(form, error, request)
        }
    }

    /// The customer names a day and no time (R3.57).
    static func expect(_ request: StaffRequest) async throws -> Response {
        let form = BookingForm(request.form)
        do {
            let inquiry = try form.inquiry(request.work.playbook)
            guard let day = Day(form.day) else { throw FormErrors("day", "请选择日期") }
            let (work, cipher) = (request.work, request.web.app.cipher)
            try await request.write(changing: .tasks, .patients) { tx in
                let patient =
                    try inquiry.patientID
                    ?? inquiry.registration.map {
                        try Registration.register($0, by: work, sealing: cipher, in: tx).id
                    }
                guard let patient else { throw AssignmentError.patientMissing }
                let note = [inquiry.complaint, form.remark.nonBlank].compactMap(\.self).joined(separator: "，")
                try ExpectedVisits.record(patient, on: day, note: note, by: work, in: tx)
            }
            return request.web.redirect(
                URLText.localPath(form.next) ?? AppointmentPaths.planned, flash: "记下了：\(day.longText)来，没来会提醒联系")
        } catch PatientError.duplicates(let matches) {
            var panel = BookingPanel(request: request, form: form)
            panel.matches = matches
            return try await page(panel, status: .conflict)
        } catch let error as any UserFacingError where !(error is NotAllowed) {
            return try await refused(form, error, request)
        }
    }

    /// The refusal, and the page of the booking that stands in the way.
    static func problem(_ error: any UserFacingError) -> NewBookingPage.Problem {
        let obstacle = error.obstacle.flatMap { $0.kind == "appointment" ? $0 : nil }
        return NewBookingPage.Problem(
            text: error.userMessage, href: obstacle.map { AppointmentPaths.appointment(ID(raw: $0.id)) },
            label: obstacle == nil ? nil : "看那条预约")
    }

    // MARK: - Parts

    /// Exactly one person matches, or exactly one by the last digits, the whole name or the record number: the choice is
    /// made.
    private static func single(
        _ typed: String, _ form: BookingForm, _ request: StaffRequest
    ) async throws -> String? {
        let text = typed.halfWidth.trimmed.filter { $0 != " " }
        let (digits, today) = (request.searchedPhoneDigits, request.today)
        let people = try await request.read { tx in
            try PatientSearch.search(typed, phoneDigits: digits, today: today, in: tx).people
        }
        let exact = people.filter {
            $0.phone?.hasSuffix(text) ?? false || $0.name == text || $0.recordNumber == text.uppercased()
        }
        guard let only = people.count == 1 ? people.first : exact.count == 1 ? exact.first : nil else { return nil }
        let panel = BookingPanel(request: request, form: form, query: typed)
        return panel.address(["patient": only.id.text])
    }

    private static func isKnown(_ typed: String, _ request: StaffRequest) async throws -> Bool {
        let digits = request.searchedPhoneDigits
        let today = request.today
        let result = try await request.read { tx in
            try PatientSearch.search(typed, phoneDigits: digits, today: today, in: tx)
        }
        return result.needsMoreDigits || !result.people.isEmpty
    }

    private static func duplicates(
        _ inquiry: BookingInquiry, _ request: StaffRequest
    ) async throws -> [DuplicateMatch] {
        guard let registration = inquiry.registration else { return [] }
        let cipher = request.web.app.cipher
        return try await request.read { tx in
            try Registration.probe(registration.details, cipher: cipher, in: tx)
                .filter { !registration.notDuplicateOf.contains($0.patient.id) }
        }
    }

    private static func find(
        _ form: BookingForm, _ inquiry: BookingInquiry, _ request: StaffRequest
    ) async throws -> [Offer] {
        // Beside a time that was refused, others of the same day come first.
        let from = Day(form.from) ?? (form.hasSlot ? Day(form.day) : nil)
        let wanted = OfferRequest(
            form.assignment(inquiry), part: OfferRequest.Part(rawValue: form.part) ?? .any, from: from)
        let placing = try await BookingPlacing.site(form.clinic, request)
        let work = BookingPlacing.work(at: placing, request)
        return try await request.read { tx in try Offers.find(wanted, by: work, in: tx) }
    }

    /// The same page with everything that stands in the way, not only the first (peers of R3.32).
    static func refused(
        _ form: BookingForm, _ error: any UserFacingError, _ request: StaffRequest
    ) async throws -> Response {
        var panel = BookingPanel(request: request, form: form)
        panel.faults = FormErrors(error)
        if !(error is FormErrors) { panel.problems = [problem(error)] }
        if case AssignmentError.demanded(_, let field, let doctor)? = error as? AssignmentError,
            let way = RefusalWays.way(field, doctor, form, request)
        {
            panel.problems = [NewBookingPage.Problem(text: error.userMessage, href: way.href, label: way.label)]
        }
        if error.kind == .conflict { panel.problems += try await others(form, than: error, request) }
        if error.kind == .conflict, let inquiry = try? form.inquiry(request.work.playbook) {
            panel.offers = try await find(form, inquiry, request)
        }
        let givesWay = error.kind == .conflict ? try await DisplaceHandlers.propose(form, request) != nil : false
        return try await page(panel, status: ErrorPages.status(of: error.kind), givesWay: givesWay)
    }

    /// What else is taken at the time chosen.
    private static func others(
        _ form: BookingForm, than error: any UserFacingError, _ request: StaffRequest
    ) async throws -> [NewBookingPage.Problem] {
        var faults = FormErrors()
        guard let time = form.time(&faults), let doctor = ID<Staff>(form.picked?.doctor ?? form.doctor) else {
            return []
        }
        let slot = Slot(
            day: time.day, start: time.start, units: SlotText.units(form.units) ?? 1, doctorID: doctor,
            chairID: ID<Chair>(form.chair))
        let (patient, work) = (ID<Patient>(form.patient), request.work)
        let found = try await request.read { tx in
            try Booking.obstacles(slot, patient: patient, own: nil, by: work, in: tx)
        }
        return found.filter { $0.userMessage != error.userMessage }.map(problem)
    }

    private static func prefill(
        _ form: inout BookingForm, from id: ID<Appointment>, _ request: StaffRequest
    ) async throws {
        let a = try await request.read { tx in try AppointmentStore.get(id, clinic: request.clinic.id, in: tx) }
        form.patient = a.patientID.text
        form.units = String(a.units)
        form.complaint = a.complaint
        form.items = a.items.map { BookingForm.ItemRow(item: $0.itemID.text, teeth: Tooth.text($0.teeth)) }
    }

    static func page(
        _ panel: BookingPanel, status: HTTPResponse.Status = .ok, givesWay: Bool = false
    ) async throws -> Response {
        let request = panel.request
        let shell = try await request.shell(title: "新预约", area: .board)
        let command =
            request.form["command"].nonBlank ?? request.web.app.ids.next(Appointment.self, at: request.now).text
        var page = try await request.read { tx in try panel.page(shell: shell, command: command, in: tx) }
        page.givesWay = givesWay
        return try request.web.page(page, status: status)
    }
}

extension BookingForm {
    /// Begins a registration with what was typed into the search: a number is the telephone, anything else the name.
    mutating func startNewcomer(_ typed: String) {
        isNew = true
        let text = typed.halfWidth.trimmed
        let isNumber = text.allSatisfy { $0.isASCIIDigit || $0 == " " || $0 == "+" || $0 == "-" }
        if isNumber {
            phone = text
        } else if !text.allSatisfy({ $0.isASCII && $0.isLetter }) {
            name = text
        }
    }
}
