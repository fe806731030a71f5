import Clinic
import Kernel
import Storage

/// Draws the booking panel from what was typed and what the book says.
struct BookingPanel {
    let request: StaffRequest
    let form: BookingForm
    var faults = FormErrors()
    var problems: [NewBookingPage.Problem] = []
    var query = ""
    /// nil: not asked for yet.
    var offers: [Offer]?
    var matches: [DuplicateMatch] = []

    var playbook: Playbook { request.work.playbook }

    func page(shell: ShellView, command: String, in tx: any ReadTransaction) throws -> NewBookingPage {
        let patient = ID<Patient>(form.patient)
        let brief = try patient.flatMap { try PatientStore.briefs([$0], today: request.today, in: tx).first }
        let treating = try brief.flatMap { try AppointmentStore.treatingDoctor(of: $0.id, in: tx) }
        let isKnown = brief != nil
        let hasCustomer = isKnown || form.isNew
        let entry = hasCustomer ? try entry(treating, in: tx) : nil
        return NewBookingPage(
            shell: shell, backHref: AppointmentPaths.day(Day(form.day) ?? request.today), command: command,
            query: query, kept: kept, found: query.nonBlank == nil || hasCustomer ? nil : try search(in: tx),
            person: try brief.map { try PanelPerson.view($0, treating, changeHref, request, in: tx) },
            newcomer: !isKnown && form.isNew ? newcomer() : nil, form: entry, problems: allProblems,
            says: says(isKnown: isKnown, brief))
    }

    // MARK: - Who

    /// What the search for a customer must not lose.
    private var kept: [OptionView] {
        [
            ("day", form.day), ("unit", form.unit), ("doctor", form.doctor), ("next", form.next), ("from", form.from),
            ("channel", form.channel), ("deskReason", form.deskReason),
        ].filter { !$0.1.isEmpty }.map { OptionView($0.1, $0.0) }
    }

    func address(_ more: KeyValuePairs<String, String>) -> String {
        let pairs =
            kept.map { "\($0.label)=\(URLText.encode($0.value))" }
            + more.map { "\($0.key)=\(URLText.encode($0.value))" }
        return pairs.isEmpty ? AppointmentPaths.new : AppointmentPaths.new + "?" + pairs.joined(separator: "&")
    }

    private var changeHref: String { address([:]) }

    func search(in tx: any ReadTransaction, numbered: Bool = true) throws -> PeopleView {
        let todays = try AppointmentStore.todaysPatients(clinic: request.clinic.id, day: request.today, in: tx)
        let masks = !request.may(.seePhones)
        let result = try PatientSearch.search(
            query, todays: todays, phoneDigits: request.searchedPhoneDigits, today: request.today, in: tx)
        let hits = result.people.enumerated().map { index, brief in
            PeopleView.Hit(
                key: numbered && index < 9 ? String(index + 1) : nil, href: address(["patient": brief.id.text]),
                name: brief.name,
                detail:
                    "\(brief.gender.label) \(brief.ageText) · \(brief.recordNumber) · \(brief.phoneText(masked: masks))",
                isFirst: numbered && index == 0)
        }
        let note =
            result.needsMoreDigits
            ? "按电话查找请至少输入 \(playbook[.securityMaskedSearchDigits]) 位"
            : hits.isEmpty ? "没有找到，换个写法，或直接登记新客人" : result.hasMore ? "还有更多，请再多输几个字" : nil
        return PeopleView(
            hits: hits, note: note,
            newHref: request.may(.registerPatients) ? address(["q": query, "as": "new"]) : nil)
    }

    private func newcomer() -> NewBookingPage.Newcomer {
        let genders = [Gender.female, .male].map {
            OptionView($0.rawValue, $0.label, isChosen: $0.rawValue == form.gender)
        }
        let asked: [PanelField] = [
            .text("name", "姓名", form.name, isMust: true, isFocused: offers == nil && form.name.isEmpty, faults),
            .text("age", "年龄", form.age, isMust: true, isFocused: offers == nil && !form.name.isEmpty, faults),
            .text("phone", "电话", form.phone, type: "tel", isMust: true, faults),
            .choice("gender", "性别", genders, blank: "来了再问", faults),
        ]
        return NewBookingPage.Newcomer(
            fieldsToAsk: asked,
            matches: matches.map { match in
                let patient = match.patient
                return NewBookingPage.Match(
                    id: patient.id.text, name: patient.name,
                    detail: "\(patient.gender.label) \(patient.ageText(on: request.today)) · \(patient.recordNumber) · "
                        + match.reasons.map(\.label).joined(separator: "、"))
            }, hasMatches: !matches.isEmpty,
            distinct: (form.distinct + matches.map(\.patient.id.text)).joined(separator: ","),
            kept: form.distinct.isEmpty ? nil : form.distinct.joined(separator: ","), changeHref: changeHref)
    }

    // MARK: - What and when

    private func entry(_ treating: TreatingDoctor?, in tx: any ReadTransaction) throws -> NewBookingPage.Entry {
        let items = try ItemStore.listActive(in: tx).filter { $0.units > 0 && !$0.isRetail }
        let chosen = form.items.compactMap { row in items.first { $0.id.text == row.item } }
        let auto = ChiefComplaints.proposedUnits(items: chosen, complaint: form.complaint, playbook: playbook)
        let isByHand = form.hasSlot || faults.messages["day"] != nil || faults.messages["unit"] != nil
        return NewBookingPage.Entry(
            complaint: .text(
                "complaint", "主诉", form.complaint, isMust: true,
                isFocused: !form.isNew && offers == nil, list: "complaints",
                hint: "可打首字母：牙痛 yt、洗牙 xy、补牙 by", faults),
            complaints: playbook.codes(.chiefComplaint).map { code in
                let units = ChiefComplaints.units(of: code, playbook).map { " · \($0) 单位" } ?? ""
                return OptionView(code.label, "\(ChiefComplaints.initials(code))\(units)")
            },
            items: rows(items), itemError: faults.messages["item"] ?? faults.messages["teeth"],
            length: .choice(
                "units", "时长", OptionView.lengths(chosen: SlotText.units(form.units)),
                blank: "按\(chosen.isEmpty ? "主诉" : "项目")：\(auto) 单位 · \(auto * Unit.minutes) 分钟", faults),
            parts: try PartsView.load(form.parts, faults: faults, for: request, in: tx),
            clinic: try clinicField(in: tx), wishes: try wishes(isByHand: isByHand, in: tx), notes: notes(),
            byHand: try byHand(treating, in: tx), isByHand: isByHand, next: form.next,
            offersLabel: offers == nil ? "找时间" : "重新找时间",
            offers: offers.map { found in
                PanelOffers.view(found, playbook: playbook)
            }, hasOffers: !(offers ?? []).isEmpty)
    }

    private func rows(_ items: [Item]) -> [NewBookingPage.ItemRow] {
        (0..<max(BookingForm.rows, form.items.count)).map { index -> NewBookingPage.ItemRow in
            let row = index < form.items.count ? form.items[index] : BookingForm.ItemRow(item: "", teeth: "")
            return NewBookingPage.ItemRow(
                number: index + 1, teeth: row.teeth,
                choices: items.map {
                    OptionView($0.id.text, "\($0.name) · \($0.units) 单位", isChosen: $0.id.text == row.item)
                })
        }
    }

    private func wishes(isByHand: Bool, in tx: any ReadTransaction) throws -> [PanelField] {
        if isByHand { return [] }
        let parts = [OfferRequest.Part.morning, .afternoon].map {
            OptionView($0.rawValue, $0.label, isChosen: $0.rawValue == form.part)
        }
        let days = (0...14).map { offset in
            let day = request.today.adding(days: offset)
            let word = offset == 0 ? "今天，越早越好" : offset == 1 ? "明天起" : "\(day.longText)起"
            return OptionView(day.iso, word, isChosen: day.iso == form.from)
        }
        let later = Day(form.from).flatMap { day in
            day > request.today.adding(days: 14) ? OptionView(day.iso, "\(day.longText)起", isChosen: true) : nil
        }
        let doctors = try AppointmentReading.doctors(chosen: form.doctor, for: request, in: tx)
        let lead = playbook[.appointmentLeadDaysAnswer].map { String($0) }.joined(separator: "–")
        return [
            .choice("part", "上午还是下午", parts, blank: "都可以", faults),
            .choice("from", "从哪天起", days + (later.map { [$0] } ?? []), blank: "按门诊惯例（提前 \(lead) 天）", faults),
            .choice("doctor", "医生", doctors, blank: "按规则安排", faults),
            .choice(
                "wishGender", "要求男医生还是女医生",
                [Gender.female, .male].map {
                    OptionView($0.rawValue, "\($0.label)医生", isChosen: $0.rawValue == form.wishGender)
                }, blank: "没有要求", faults),
        ]
            + (form.patient.isEmpty
                ? []
                : [
                    .choice(
                        "redo", "上次做的又坏了吗", [OptionView("1", "是，按保修由原医生看", isChosen: form.redo == "1")],
                        blank: "不是", faults)
                ])
    }

    private func notes() -> [PanelField] {
        var fields: [PanelField] = [
            .choice(
                "channel", "怎么约的", OptionView.list(playbook.codes(.bookingChannel), chosen: form.channel), blank: nil,
                faults),
            .text("remark", "备注（客人想做什么、有什么要求）", form.remark, faults),
        ]
        if form.channel == "onSpot" || faults.messages["deskReason"] != nil {
            fields.append(
                .choice(
                    "deskReason", "当场预约的原因",
                    OptionView.list(playbook.codes(.onSpotBooking), chosen: form.deskReason), blank: "请选择", faults))
        }
        if asksDoctorChange {
            fields.append(
                .choice(
                    "doctorChangeReason", "换医生的原因",
                    OptionView.list(playbook.codes(.doctorChange), chosen: form.doctorChangeReason), blank: "没有换医生",
                    faults))
        }
        return fields
    }

    /// Asked as soon as a rule wants it (R3.14), or when something was given already.
    private var asksDoctorChange: Bool {
        faults.messages["doctorChangeReason"] != nil || !form.doctorChangeReason.isEmpty || form.hasSlot
    }

    private func byHand(_ treating: TreatingDoctor?, in tx: any ReadTransaction) throws -> [PanelField] {
        let clinic = request.clinic
        var fields: [PanelField] = [
            .text("day", "日期", form.day.isEmpty ? request.today.iso : form.day, type: "date", isMust: true, faults),
            .choice(
                "unit", "时间",
                OptionView.starts(clinic.opens, clinic.closes, chosen: SlotText.unit(form.unit)?.index),
                blank: "请选择", isMust: true, faults),
        ]
        if form.hasSlot {
            let chosen = form.doctor.nonBlank ?? treating.flatMap { $0.isHere ? $0.id.text : nil } ?? ""
            fields.append(
                .choice(
                    "doctor", "医生", try AppointmentReading.doctors(chosen: chosen, for: request, in: tx),
                    blank: "按规则安排", faults))
        }
        fields.append(
            .choice(
                "chair", "椅位", try AppointmentReading.chairs(chosen: form.chair, for: request, in: tx),
                blank: "带入时再定", faults))
        if request.may(.squeezeIn) {
            fields.append(
                .choice(
                    "squeezeReason", "加号", OptionView.list(playbook.codes(.squeezeIn), chosen: form.squeezeReason),
                    blank: "不加号", faults))
        }
        let asksOverride = faults.messages["overrideReason"] != nil || faults.messages["overrideNote"] != nil
        if request.may(.bookOutsideRoster), asksOverride || !form.overrideReason.isEmpty {
            fields += [
                .choice(
                    "overrideReason", "排班以外的原因",
                    OptionView.list(playbook.codes(.override), chosen: form.overrideReason), blank: "在排班以内", faults),
                .text("overrideNote", "排班以外的说明", form.overrideNote, faults),
            ]
        }
        return fields
    }

    /// A central desk books for other clinics (R3.23).
    private func clinicField(in tx: any ReadTransaction) throws -> PanelField? {
        guard request.actor.organisationWide.contains(.bookAppointments) else { return nil }
        let others = try PlaceStore.clinics(in: tx).filter { $0.id != request.clinic.id }
        guard !others.isEmpty else { return nil }
        return .choice(
            "clinic", "哪家门诊",
            others.map { OptionView($0.id.text, "\($0.name)（待门诊确认）", isChosen: $0.id.text == form.clinic) },
            blank: "本门诊", faults)
    }

    // MARK: - Refusals and words

    private static let own: Set<String> = [
        "name", "age", "phone", "gender", "complaint", "item", "teeth", "units", "clinic", "part", "from", "doctor",
        "wishGender", "redo", "channel", "deskReason", "remark", "doctorChangeReason", "day", "unit", "chair",
        "squeezeReason", "overrideReason", "overrideNote", "parts",
    ]

    /// Every fault is said: beside its field, or here when the page has no such field.
    private var allProblems: [NewBookingPage.Problem] {
        let said = Set(problems.map(\.text))
        let outside = faults.order.filter { !Self.own.contains($0) }.compactMap { faults.messages[$0] }
        return problems
            + outside.filter { !said.contains($0) }.map { NewBookingPage.Problem(text: $0, href: nil, label: nil) }
    }

    private func says(isKnown: Bool, _ brief: PatientBrief?) -> [NewBookingPage.SayLine] {
        typealias Line = NewBookingPage.SayLine
        let hasCustomer = isKnown || form.isNew
        let title = brief.map(\.greeting) ?? (form.name.isEmpty ? "您" : form.name)
        let lead = playbook[.appointmentLeadDaysAnswer].map { String($0) }.joined(separator: " 到 ")
        var lines = [Line(text: "您好，\(request.clinic.name)，请问有什么可以帮您？", isDone: hasCustomer)]
        if !hasCustomer {
            lines.append(Line(text: "请问您来过我们这里吗？留的电话后四位是多少？", isDone: false))
            return lines
        }
        if form.isNew { lines.append(Line(text: "请问您贵姓？年龄多大？是哪里不舒服？", isDone: offers != nil)) }
        if isKnown { lines.append(Line(text: "\(title)您好，这次是哪里不舒服？", isDone: offers != nil)) }
        guard let offers else {
            lines.append(Line(text: "一般提前 \(lead) 天约就可以，我看一下这几天的时间。", isDone: false))
            return lines
        }
        let times = offers.prefix(3).map { "\($0.slot.day.weekdayText)\($0.part.label) \($0.slot.start.clockText)" }
        lines.append(
            Line(
                text: times.isEmpty
                    ? "这几天的时间都满了，我再往后看看，或者先给您登记候补，一有空就打给您。"
                    : "\(times.joined(separator: "，或者"))，您看哪个方便？", isDone: false))
        return lines
    }
}

/// The times found, as buttons.
enum PanelOffers {
    static func view(_ offers: [Offer], playbook: Playbook) -> NewBookingPage.Offers {
        let window = playbook[.appointmentOfferWindowDays].map { String($0) }.joined(separator: "–")
        return NewBookingPage.Offers(
            offers: offers.enumerated().map { index, offer in
                NewBookingPage.Offer(
                    key: String(index + 1), value: OfferValue.text(offer.slot), time: offer.slot.start.clockText,
                    day: offer.slot.day.longText, by: offer.doctorName,
                    why: offer.reasons.prefix(2).map(\.text).joined(separator: "；"), rule: offer.rule.label,
                    warning: offer.notes.isEmpty ? nil : offer.notes.map(\.text).joined(separator: "；"),
                    isFirst: index == 0)
            }, isEmpty: offers.isEmpty, note: "\(window) 天内，最多 \(playbook[.appointmentOfferMaximum]) 个")
    }
}
