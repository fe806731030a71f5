import Clinic
import Kernel

/// 到访登记 of one customer — templates/reception/arrival.mustache
struct ArrivalPage: Page {
    static let template = "reception/arrival"
    let shell: ShellView
    let patient: String
    let appointment: String
    let name: String
    let about: String
    let customerHref: String
    let alerts: [ToneChip]
    let hasAlerts: Bool
    /// "今天 10:45 周启航 · 根管治疗 16"; nil: came without booking.
    let booking: String?
    /// Searches the earliest time for who came without a booking (R3.53); nil with one, and for who may not book.
    var earliestHref: String?
    let fault: String?
    /// The visit that is there already, for a second check-in.
    let conflictHref: String?
    /// The check at the door, while it is missing or did not pass (R2.30).
    var doorHref: String?
    let complaint: InputView
    let tooth: InputView
    let firstTime: [ChoiceView]
    /// "档案里来过 1 次" against what the customer says.
    let firstTimeHint: String
    let segments: [ChoiceView]
    let advice: ArrivalAdviceView
    let adviceHref: String
    let types: [OptionView]
    let typeError: String?
    let typeReason: InputView
    let emergencies: [OptionView]
    let emergencyError: String?
    let doctors: [ArrivalDoctor]
    let doctorError: String?
    let toldWait: InputView
    let phone: InputView
    let address: InputView
    let hasCheckedContact: Bool
    /// Was here before: asked how the tooth feels now, and greeted accordingly (R2.12).
    let isReturning: Bool
    let feeling: InputView
    let moods: [OptionView]
    let needs: [ChoiceView]
    let exemptReasons: [OptionView]
    let exemptError: String?
    let exemptNote: InputView
    /// Everything is known: Enter checks in.
    let focusesSubmit: Bool

    static let fields: [Field<Self>] = [
        Field("patient", \.patient), Field("appointment", \.appointment), Field("name", \.name),
        Field("about", \.about),
        Field("customerHref", \.customerHref), Field("alerts", \.alerts), Field("hasAlerts", \.hasAlerts),
        Field("booking", \.booking), Field("earliestHref", \.earliestHref), Field("fault", \.fault),
        Field("conflictHref", \.conflictHref),
        Field("doorHref", \.doorHref),
        Field("complaint", \.complaint), Field("tooth", \.tooth), Field("firstTime", \.firstTime),
        Field("firstTimeHint", \.firstTimeHint), Field("segments", \.segments), Field("advice", \.advice),
        Field("adviceHref", \.adviceHref), Field("types", \.types), Field("typeError", \.typeError),
        Field("typeReason", \.typeReason), Field("emergencies", \.emergencies),
        Field("emergencyError", \.emergencyError), Field("doctors", \.doctors), Field("doctorError", \.doctorError),
        Field("toldWait", \.toldWait), Field("phone", \.phone), Field("address", \.address),
        Field("hasCheckedContact", \.hasCheckedContact), Field("isReturning", \.isReturning),
        Field("feeling", \.feeling), Field("moods", \.moods), Field("needs", \.needs),
        Field("exemptReasons", \.exemptReasons), Field("exemptError", \.exemptError),
        Field("exemptNote", \.exemptNote), Field("focusesSubmit", \.focusesSubmit),
    ]
}

/// A doctor as a choice, with chair and queue.
struct ArrivalDoctor: Viewable {
    let value: String
    let label: String
    /// Minutes a customer would wait; scripts put them into the field.
    let minutes: String
    let isChosen: Bool
    static let fields: [Field<Self>] = [
        Field("value", \.value), Field("label", \.label), Field("minutes", \.minutes), Field("isChosen", \.isChosen),
    ]
}

extension ArrivalPage {
    /// Fields of the page; a fault of any other stands above the form.
    private static let known: Set = [
        "complaint", "tooth", "type", "typeReason", "emergency", "doctor", "toldWait", "phone", "address",
        "feeling", "exemptReason", "exemptNote",
    ]

    init(
        _ facts: ArrivalFacts, _ advice: ArrivalAdvice, form: ArrivalForm, error: (any UserFacingError)?, by work: Work,
        isUnverified: Bool = false, shell: ShellView
    ) {
        self.shell = shell
        let faults = error.map { FormErrors($0) } ?? FormErrors()
        patient = facts.patient.id.text
        appointment = facts.appointment?.id.text ?? ""
        name = facts.brief?.greeting ?? facts.patient.name
        about = [facts.patient.name, facts.brief?.gender.label, facts.brief?.ageText, facts.patient.recordNumber]
            .compactMap(\.self).joined(separator: " · ")
        customerHref = PatientPaths.one(facts.patient.id)
        let specials = (facts.brief?.specialAlerts ?? []).map {
            ToneChip(AlertText.text($0.code, $0.note, work.playbook), tone: "danger")
        }
        alerts = (isUnverified ? [ToneChip("网上约的，资料待核实", tone: "warning")] : []) + specials + facts.cues
        hasAlerts = !alerts.isEmpty
        let doctors = facts.board.plan.doctors
        earliestHref =
            facts.appointment == nil && work.actor.may(.bookAppointments)
            ? AppointmentPaths.earliest(
                patient: facts.patient.id, today: work.today, complaint: form.complaint.nonBlank)
            : nil
        booking = facts.appointment.map { booked in
            let doctor = doctors.first { $0.id == booked.doctorID }?.name
            return [booked.timeText, doctor, facts.itemText].compactMap { $0?.nonBlank }.joined(separator: " · ")
        }
        fault = faults.messages(outside: Self.known)
        conflictHref =
            if case .alreadyHere(let visit, _, _)? = error as? ReceptionError { ReceptionPaths.visit(visit) } else {
                nil
            }
        complaint = InputView(
            "complaint", "哪里不舒服，或来做什么", form.complaint, isRequired: true,
            isFocused: form.complaint.isEmpty, faults: faults)
        tooth = InputView("tooth", "牙位（知道时）", form.tooth, hint: "两位数，例如 46", inputMode: "numeric", faults: faults)
        firstTime = [
            ChoiceView("yes", "第一次来", isChosen: form.firstTime == "yes"),
            ChoiceView("no", "以前来过", isChosen: form.firstTime == "no"),
        ]
        firstTimeHint = facts.isReturning ? "档案里有以前的到访" : "档案里没有以前的到访"
        segments = work.playbook.codes(.demandSegment).map {
            ChoiceView($0.code, $0.label, isChosen: $0.code == form.segment)
        }
        self.advice = ArrivalAdviceView(advice, by: work)
        adviceHref = ReceptionPaths.arrivalAdvice
        types = VisitType.allCases.map { OptionView($0.rawValue, $0.label, isChosen: $0.rawValue == form.type) }
        typeError = faults.messages["type"]
        typeReason = InputView("typeReason", "与建议不同的原因", form.typeReason, faults: faults)
        emergencies = OptionView.list(work.playbook.codes(.emergency), chosen: form.emergency)
        emergencyError = faults.messages["emergency"]
        self.doctors = Self.doctors(facts, chosen: form.doctor)
        doctorError = faults.messages["doctor"]
        toldWait = InputView(
            "toldWait", "告知客人大约等", form.toldWait, hint: Self.estimateHint(facts), inputMode: "numeric",
            unit: "分钟", faults: faults)
        phone = InputView("phone", "电话", form.phone, inputMode: "tel", faults: faults)
        address = InputView("address", "地址", form.address, faults: faults)
        hasCheckedContact = form.hasCheckedContact
        isReturning = facts.isReturning
        feeling = InputView("feeling", "牙齿现在感觉怎样", form.feeling, hint: "“您的牙齿现在感觉怎样？”用客人的话写", faults: faults)
        moods = OptionView.list(work.playbook.codes(.visitMood), chosen: form.mood)
        needs = work.playbook.codes(.assistanceNeed).map {
            ChoiceView($0.code, $0.label, isChosen: form.needs.contains($0.code))
        }
        exemptReasons = OptionView.list(work.playbook.codes(.exemptReason), chosen: form.exemptReason)
        exemptError = faults.messages["exemptReason"]
        exemptNote = InputView("exemptNote", "免检说明", form.exemptNote, faults: faults)
        focusesSubmit = faults.isEmpty && !form.complaint.isEmpty
    }

    private static func estimateHint(_ facts: ArrivalFacts) -> String {
        facts.estimate.map { "按椅位和候诊人数估计约 \($0) 分钟" } ?? "选定医生后按椅位和候诊人数估计"
    }

    private static func doctors(_ facts: ArrivalFacts, chosen: String) -> [ArrivalDoctor] {
        let waits = WaitEstimates(facts.board)
        // Who does not work today stands at the end: customers ask for him all the same (R2.18).
        let loads = waits.loads()
        return (loads.filter(\.isOnDuty) + loads.filter { !$0.isOnDuty }).map { load in
            let isBooked = facts.appointment?.doctorID == load.doctor.id
            let minutes = waits.minutesForArrival(
                doctor: load.doctor.id, bookedFor: isBooked ? facts.bookedFor : nil)
            let chair = load.stand.map { "\($0.chair.number) 号椅\($0.state.label)" } ?? "没有牙椅"
            return ArrivalDoctor(
                value: load.doctor.id.text,
                label: load.isOnDuty
                    ? "\(load.doctor.name)\(isBooked ? "（已约）" : "") · \(chair) · 候 \(load.waiting) 位 · 约 \(minutes) 分钟"
                    : "\(load.doctor.name)\(isBooked ? "（已约）" : "") · 今天不上班",
                minutes: String(minutes), isChosen: load.doctor.id.text == chosen)
        }
    }
}

/// 到访登记: who? — templates/reception/arrival_start.mustache
struct ArrivalStartPage: Page {
    static let template = "reception/arrival_start"
    let shell: ShellView
    let query: String
    let hits: ArrivalHitsView
    let coming: [ArrivalComing]
    let newHref: String?
    /// What somebody without a booking is told in the epidemic mode (R3.52); empty while it is off.
    let notice: [String]
    static let fields: [Field<Self>] = [
        Field("query", \.query), Field("hits", \.hits), Field("coming", \.coming), Field("newHref", \.newHref),
        Field("notice", \.notice),
    ]
}

struct ArrivalComing: Viewable {
    let time: String
    let name: String
    let note: String
    let href: String
    static let fields: [Field<Self>] = [
        Field("time", \.time), Field("name", \.name), Field("note", \.note), Field("href", \.href),
    ]
}

extension ArrivalComing {
    init(_ entry: DayPlan.Entry) {
        time = entry.appointment.start.clockText
        name = entry.patientName
        note = "\(entry.doctorName) · \(entry.purpose)"
        href = ReceptionPaths.arrival(appointment: entry.appointment.id)
    }
}

/// Hits of the search for an arrival — templates/reception/_people.mustache
struct ArrivalHitsView: Fragment {
    static let template = "reception/_people"
    let people: [ArrivalHit]
    /// Something was looked for and nobody found.
    let isEmpty: Bool
    let hasMore: Bool
    let needsMoreDigits: Bool
    static let fields: [Field<Self>] = [
        Field("people", \.people), Field("isEmpty", \.isEmpty), Field("hasMore", \.hasMore),
        Field("needsMoreDigits", \.needsMoreDigits),
    ]
}

struct ArrivalHit: Viewable {
    let href: String
    let name: String
    let about: String
    let phone: String
    /// "10:45 周启航 · 根管治疗 16"; nil: not booked for today.
    let booking: String?
    let hasAlert: Bool
    static let fields: [Field<Self>] = [
        Field("href", \.href), Field("name", \.name), Field("about", \.about), Field("phone", \.phone),
        Field("booking", \.booking),
        Field("hasAlert", \.hasAlert),
    ]
}

extension ArrivalHitsView {
    /// - Parameter today: who is booked for today and not here yet; these stand first.
    init(_ result: PatientSearchResult, today: [DayPlan.Entry], query: String, masksPhones: Bool) {
        let booked = Dictionary(
            today.map { ($0.appointment.patientID, $0) }, uniquingKeysWith: { first, _ in first })
        let hits = result.people.map { person in
            let entry = booked[person.id]
            return ArrivalHit(
                href: entry.map { ReceptionPaths.arrival(appointment: $0.appointment.id) }
                    ?? ReceptionPaths.arrival(patient: person.id),
                name: person.name, about: "\(person.gender.label) \(person.ageText) · \(person.recordNumber)",
                phone: person.phoneText(masked: masksPhones),
                booking: entry.map { "\($0.appointment.start.clockText) \($0.doctorName) · \($0.purpose)" },
                hasAlert: person.hasSpecialAlerts)
        }
        people = hits.filter { $0.booking != nil } + hits.filter { $0.booking == nil }
        isEmpty = query.nonBlank != nil && people.isEmpty && !result.needsMoreDigits
        hasMore = result.hasMore
        needsMoreDigits = result.needsMoreDigits
    }

    /// Whom Enter means; nil when it could be several. Today's people stand first in every search, so the only booked hit
    /// is the only one there is.
    var only: String? {
        if people.count == 1, !hasMore { return people[0].href }
        let booked = people.filter { $0.booking != nil }
        return booked.count == 1 ? booked[0].href : nil
    }
}
