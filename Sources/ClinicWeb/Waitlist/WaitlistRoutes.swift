import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// The waiting list 候补.
package enum WaitlistRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [WaitingPage.self, WaitingFits.self, WaitingFitsPage.self, WaitingFormPage.self, WaitingEntryPage.self]
    }

    package static func add(to table: inout RouteTable) {
        table.get(WaitlistPaths.list, .needs(.seeBoard), use: list)
        table.get(WaitlistPaths.new, .needs(.bookAppointments), use: new)
        table.post(WaitlistPaths.list, .needs(.bookAppointments), use: ask)
        table.get(WaitlistPaths.fits, .needs(.bookAppointments), use: fits)
        table.get("/waiting/:id", .needs(.bookAppointments), use: show)
        table.post("/waiting/:id/answers", .needs(.bookAppointments), use: answer)
        table.post("/waiting/:id/removal", .needs(.bookAppointments), use: remove)
    }

    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        let shell = try await request.shell(title: "候补", area: .board)
        let page = try await request.read { tx in
            let entries = try WaitingStore.listOpen(clinic: work.clinic.id, in: tx)
            let names = try WaitingNames.load(entries, for: request, in: tx)
            var links: [LinkView] = []
            let deferred = try DeferralStore.countOpen(clinic: work.clinic.id, in: tx)
            if deferred > 0 { links.append(LinkView(EpidemicPaths.deferrals, "延期客人 \(deferred)")) }
            if work.playbook.isEpidemic { links.append(LinkView(EpidemicPaths.fill(work.today), "今天能做的")) }
            return WaitingPage(
                shell: shell, countText: entries.isEmpty ? "没有人在等" : "\(entries.count) 位在等",
                rows: entries.map { row($0, names, work) }, isEmpty: entries.isEmpty,
                newHref: request.may(.bookAppointments) ? WaitlistPaths.new : nil,
                boardHref: AppointmentPaths.board, links: links)
        }
        return try request.page(page)
    }

    private static func row(_ entry: WaitingEntry, _ names: WaitingNames, _ work: Work) -> WaitingPage.Row {
        var chips: [ToneChip] = []
        if entry.urgency == .high { chips.append(ToneChip(entry.urgency.waitingLabel, tone: "danger")) }
        if let doctor = entry.doctorID { chips.append(ToneChip("只约\(names.doctors[doctor] ?? "")")) }
        if let held = entry.held { chips.append(ToneChip("已约 \(held.day.monthDayText)，想提前")) }
        let last = entry.lastCalledAt.map { "\(WaitingNames.ago($0, work)) · 第 \(entry.calls) 次" } ?? "还没联系"
        return WaitingPage.Row(
            href: WaitlistPaths.entry(entry.id), name: names.name(of: entry), phone: names.phone(of: entry),
            purpose: names.purpose(of: entry), chips: chips + names.habits(of: entry), suits: suits(entry),
            waited: waited(entry, work),
            last: last)
    }

    private static func suits(_ entry: WaitingEntry) -> String {
        entry.suits.text + (entry.suits.lastDay.map { " · \($0.monthDayText)前" } ?? "")
    }

    private static func waited(_ entry: WaitingEntry, _ work: Work) -> String {
        let days = work.today.days(since: work.clinic.calendar.businessDay(of: entry.asked.at))
        return days <= 0 ? "今天登记" : "\(days) 天"
    }

    // MARK: - Asking to wait

    static func new(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("patient", "appointment", "q")
        var form = WaitingForm()
        form.patient = request.query["patient"]
        form.appointment = request.query["appointment"]
        return try await formPage(form, FormErrors(), request)
    }

    static func ask(_ request: StaffRequest) async throws -> Response {
        let form = WaitingForm(request.form)
        let work = request.work
        do {
            let command = try form.validated(clinic: work.clinic, today: work.today)
            try await request.write(changing: .board) { tx in
                _ = try WaitingList.ask(command, by: work, in: tx)
            }
            return request.redirect(WaitlistPaths.list, flash: "已放进候补，有空档会提示")
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await formPage(form, FormErrors(error), request)
        }
    }

    private static func formPage(
        _ form: WaitingForm, _ faults: FormErrors, _ request: StaffRequest
    ) async throws -> Response {
        let shell = try await request.shell(title: "登记候补", area: .board)
        guard let patient = ID<Patient>(form.patient) else {
            let pick = try await PersonPick.load(WaitlistPaths.new, for: request)
            return try request.page(WaitingFormPage(shell: shell, pick: pick, entry: nil))
        }
        let entry = try await request.read { tx in try formEntry(form, faults, patient, request, in: tx) }
        return try request.page(
            WaitingFormPage(shell: shell, pick: nil, entry: entry),
            status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    private static func formEntry(
        _ typed: WaitingForm, _ faults: FormErrors, _ patient: ID<Patient>, _ request: StaffRequest,
        in tx: any ReadTransaction
    ) throws -> WaitingFormPage.Entry {
        guard let brief = try PatientStore.briefs([patient], today: request.today, in: tx).first else {
            throw NotFound("客人")
        }
        var form = typed
        let held = try ID<Appointment>(form.appointment).flatMap {
            try AppointmentStore.find($0, clinic: request.clinic.id, in: tx)
        }
        if let held, faults.isEmpty, form.complaint.isEmpty {
            form.complaint = held.complaint
            form.items = held.items.map(\.itemID.text)
            form.teeth = held.items.map { Tooth.text($0.teeth) }
            form.units = String(held.units)
        }
        if form.to.isEmpty { form.to = String(request.clinic.closes.index) }
        let items = try ItemStore.listActive(in: tx).filter { $0.units > 0 && !$0.isRetail }
        let rows = (0..<max(WaitingForm.rows, form.items.count)).map { index in
            let chosen = index < form.items.count ? form.items[index] : ""
            return WaitingFormPage.ItemRow(
                number: index + 1, teeth: index < form.teeth.count ? form.teeth[index] : "",
                choices: items.map {
                    OptionView($0.id.text, "\($0.name) · \($0.units) 单位", isChosen: $0.id.text == chosen)
                })
        }
        let doctors = try StaffStore.listDoctors(clinic: request.clinic.id, in: tx)
        let shown: Set<String> = ["complaint", "item", "units", "to", "weekdays", "lastDay", "note"]
        return WaitingFormPage.Entry(
            patient: form.patient, appointment: form.appointment,
            person: "\(brief.name) · \(brief.gender.label) \(brief.ageText) · \(brief.recordNumber)",
            held: held.map { "已约 \($0.whenText)，有更早的时间就提前到那里" },
            complaint: InputView("complaint", "主诉", form.complaint, isRequired: true, isFocused: true, faults: faults),
            note: InputView("note", "备注", form.note, faults: faults),
            lastDay: InputView("lastDay", "等到哪天", form.lastDay, type: "date", hint: "空着表示一直等", faults: faults),
            items: rows, lengths: UnitChoices.lengths(chosen: form.units),
            doctors: doctors.map { OptionView($0.id.text, $0.name, isChosen: $0.id.text == form.doctor) },
            weekdays: (1...7).map {
                OptionView(
                    String($0), SuitingTimes(weekdays: [$0], firstDay: request.today).text,
                    isChosen: form.weekdays.contains(String($0)))
            },
            starts: UnitChoices.halfHours(request.clinic, chosen: form.from),
            ends: UnitChoices.halfHours(request.clinic, chosen: form.to),
            urgencies: [CatalogueItem.Urgency.low, .normal, .high].map {
                OptionView($0.rawValue, $0.waitingLabel, isChosen: $0.rawValue == form.urgency)
            }, itemFault: faults.messages["item"], unitsFault: faults.messages["units"],
            timeFault: faults.messages["to"] ?? faults.messages["weekdays"], fault: faults.messages(outside: shown))
    }

    // MARK: - Offering

    static func fits(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day", "unit", "units", "doctor", "chair", "freed")
        guard let free = slot(request.query) else { throw FormErrors("day", "请从预约表或预约页打开") }
        let freed = ID<Appointment>(request.query["freed"])
        let shell = try await request.shell(title: "候补", note: "空出的时间", area: .board)
        let view = try await request.read { tx in
            try WaitingFits.load(
                free, freed: freed, next: WaitlistPaths.fits(free, freed: freed), for: request, in: tx)
        }
        return try request.page(
            WaitingFitsPage(shell: shell, backHref: AppointmentPaths.day(free.day), view: view))
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await entryPage(
            try request.id("id", WaitingEntry.self, what: "候补"), faults: FormErrors(), request)
    }

    static func answer(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", WaitingEntry.self, what: "候补")
        let (form, work) = (request.form, request.work)
        let version = Int(form["version"]) ?? 0
        let offered = slot(form)
        let next = URLText.localPath(form["next"])
        do {
            guard form["answer"] == "booked" else {
                try await request.write(changing: .board, .tasks) { tx in
                    _ = try WaitingList.recordCall(
                        id, version: version, offered: offered, answer: form["answer"], note: form["note"], by: work,
                        in: tx)
                }
                let label = work.playbook.label(form["answer"], in: .waitingAnswer)
                return request.redirect(next ?? WaitlistPaths.list, flash: "已记录：\(label)")
            }
            guard let offered else { throw FormErrors("day", "请选一个空档") }
            let freed = ID<Appointment>(form["freed"])
            let booked = try await request.write(changing: .board, .tasks, .reception) { tx in
                try WaitingList.accept(id, version: version, slot: offered, freed: freed, by: work, in: tx)
            }
            return request.redirect(
                AppointmentPaths.day(booked.day) + "&pick=\(booked.id.text)", flash: "已约上 \(booked.whenText)，移出候补")
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await entryPage(id, faults: FormErrors(error), request)
        }
    }

    static func remove(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", WaitingEntry.self, what: "候补")
        let (work, version) = (request.work, Int(request.form["version"]) ?? 0)
        try await request.write(changing: .board) { tx in
            _ = try WaitingList.remove(id, version: version, by: work, in: tx)
        }
        return request.redirect(WaitlistPaths.list, flash: "已移出候补")
    }

    static func slot(_ form: Form) -> Slot? {
        guard let day = Day(form["day"]), let unit = Int(form["unit"]), (0..<Unit.perDay).contains(unit),
            let units = Int(form["units"]), (1...Unit.perDay).contains(units), unit + units <= Unit.perDay,
            let doctor = ID<Staff>(form["doctor"])
        else { return nil }
        return Slot(
            day: day, start: Unit(unit), units: units, doctorID: doctor, chairID: ID<Chair>(form["chair"]))
    }

    private static func entryPage(
        _ id: ID<WaitingEntry>, faults: FormErrors, _ request: StaffRequest
    ) async throws -> Response {
        let work = request.work
        let shell = try await request.shell(title: "候补", area: .board)
        let page = try await request.read { tx in
            let entry = try WaitingStore.get(id, clinic: work.clinic.id, in: tx)
            let names = try WaitingNames.load([entry], for: request, in: tx)
            let calls = try WaitingStore.calls(of: id, in: tx)
            let people = try StaffStore.names(Set(calls.map(\.called.by)), in: tx)
            return WaitingEntryPage(
                shell: shell, name: names.name(of: entry), chip: chip(entry, work),
                facts: facts(entry, names),
                calls: calls.map { call in
                    let when = work.clinic.calendar.dateTimeText(call.called.at)
                    let answer =
                        call.answer == "booked" ? "约上了" : work.playbook.label(call.answer, in: .waitingAnswer)
                    let offer = call.offered.map { " · 问的是 \($0.day.monthDayText) \($0.start.clockText)" } ?? ""
                    return LabelledView(
                        "\(when) \(people[call.called.by] ?? "")",
                        answer + offer + (call.note.map { " · \($0)" } ?? ""))
                }, hasCalls: !calls.isEmpty,
                open: entry.isOpen ? try open(entry, faults, request, in: tx) : nil,
                fault: faults.messages(outside: ["note"]))
        }
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    private static func chip(_ entry: WaitingEntry, _ work: Work) -> ToneChip {
        guard let closed = entry.closed else { return ToneChip(waited(entry, work), tone: "waiting") }
        return closed.outcome == "booked"
            ? ToneChip("已约上", tone: "done") : ToneChip(work.playbook.label(closed.outcome, in: .waitingAnswer))
    }

    private static func facts(_ entry: WaitingEntry, _ names: WaitingNames) -> [FactView] {
        var facts = [
            FactView("电话", names.phone(of: entry)), FactView("想做什么", names.purpose(of: entry)),
            FactView("主诉", entry.complaint), FactView("医生", entry.doctorID.flatMap { names.doctors[$0] } ?? "哪位都行"),
            FactView("方便的时间", suits(entry)), FactView("多急", entry.urgency.waitingLabel),
        ]
        if let held = entry.held {
            facts.append(
                FactView(
                    "已有预约", "\(held.day.longText) \(held.start.clockText)", href: AppointmentPaths.appointment(held.id))
            )
        }
        if let note = entry.note { facts.append(FactView("备注", note)) }
        return facts
    }

    /// The nearest free times that suit, across doctors.
    private static func open(
        _ entry: WaitingEntry, _ faults: FormErrors, _ request: StaffRequest, in tx: any ReadTransaction
    ) throws -> WaitingEntryPage.Open {
        let work = request.work
        let wish = DoctorWish(doctorID: entry.doctorID, isHard: entry.doctorID != nil)
        let found = try Offers.find(
            OfferRequest(
                AssignmentRequest(
                    patientID: entry.patientID, complaint: entry.complaint, items: entry.items, units: entry.units,
                    wish: wish), from: work.today, days: 14, count: 12, earliest: entry.suits.from), by: work, in: tx)
        let offers = found.filter { offer in
            entry.suits.weekdays.contains(offer.slot.day.weekday) && offer.slot.start >= entry.suits.from
                && offer.slot.end <= entry.suits.to
                && entry.held.map { (offer.slot.day, offer.slot.start) < ($0.day, $0.start) } ?? true
        }.prefix(5)
        return WaitingEntryPage.Open(
            answers: WaitlistPaths.answers(entry.id), removal: WaitlistPaths.removal(entry.id), version: entry.version,
            offers: offers.map { offer in
                WaitingEntryPage.Offered(
                    time: offer.slot.start.clockText, day: offer.slot.day.longText, by: offer.doctorName,
                    action: WaitlistPaths.answers(entry.id),
                    hidden: [
                        OptionView(String(entry.version), "version"), OptionView(offer.slot.day.iso, "day"),
                        OptionView(String(offer.slot.start.index), "unit"),
                        OptionView(String(offer.slot.units), "units"),
                        OptionView(offer.slot.doctorID.text, "doctor"),
                    ])
            }, hasOffers: !offers.isEmpty,
            outcomes: OptionView.list(work.playbook.codes(.waitingAnswer), chosen: request.form["answer"]),
            note: InputView("note", "说明", request.form["note"], faults: faults))
    }
}
