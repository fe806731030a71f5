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
    let fault: String?
    /// The visit that is there already, for a second check-in.
    let conflictHref: String?
    let complaint: InputView
    let tooth: InputView
    let firstTime: [ChoiceView]
    /// "档案里来过 1 次" against what the customer says.
    let firstTimeHint: String
    let segments: [ChoiceView]
    let proposal: String
    let proposalReason: String
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

    static let fields: [Field<Self>] = [
        Field("patient", \.patient), Field("appointment", \.appointment), Field("name", \.name),
        Field("about", \.about),
        Field("customerHref", \.customerHref), Field("alerts", \.alerts), Field("hasAlerts", \.hasAlerts),
        Field("booking", \.booking), Field("fault", \.fault), Field("conflictHref", \.conflictHref),
        Field("complaint", \.complaint), Field("tooth", \.tooth), Field("firstTime", \.firstTime),
        Field("firstTimeHint", \.firstTimeHint), Field("segments", \.segments), Field("proposal", \.proposal),
        Field("proposalReason", \.proposalReason), Field("types", \.types), Field("typeError", \.typeError),
        Field("typeReason", \.typeReason), Field("emergencies", \.emergencies),
        Field("emergencyError", \.emergencyError), Field("doctors", \.doctors), Field("doctorError", \.doctorError),
        Field("toldWait", \.toldWait), Field("phone", \.phone), Field("address", \.address),
        Field("hasCheckedContact", \.hasCheckedContact),
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
    ]

    init(
        _ facts: ArrivalFacts, form: ArrivalForm, error: (any UserFacingError)?, by work: Work, shell: ShellView
    ) {
        self.shell = shell
        let faults = error.map { FormErrors($0) } ?? FormErrors()
        patient = facts.patient.id.text
        appointment = facts.appointment?.id.text ?? ""
        name = facts.brief?.greeting ?? facts.patient.name
        about = [facts.patient.name, facts.brief?.gender.label, facts.brief?.ageText, facts.patient.recordNumber]
            .compactMap(\.self).joined(separator: " · ")
        customerHref = PatientPaths.one(facts.patient.id)
        alerts = (facts.brief?.specialAlerts ?? []).map {
            ToneChip(AlertText.text($0.code, $0.note, work.playbook), tone: "danger")
        }
        hasAlerts = !alerts.isEmpty
        let doctors = facts.board.plan.doctors
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
        proposal = facts.proposal.type.label
        proposalReason = facts.proposal.reason
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
    }

    private static func estimateHint(_ facts: ArrivalFacts) -> String {
        facts.estimate.map { "按椅位和候诊人数估计约 \($0) 分钟" } ?? "选定医生后按椅位和候诊人数估计"
    }

    private static func doctors(_ facts: ArrivalFacts, chosen: String) -> [ArrivalDoctor] {
        let waits = WaitEstimates(facts.board)
        return waits.loads().filter { $0.isOnDuty || $0.doctor.id.text == chosen }.map { load in
            let isBooked = facts.appointment?.doctorID == load.doctor.id
            let minutes = waits.minutesForArrival(
                doctor: load.doctor.id, bookedFor: isBooked ? facts.bookedFor : nil)
            let chair = load.stand.map { "\($0.chair.number) 号椅\($0.state.label)" } ?? "没有牙椅"
            return ArrivalDoctor(
                value: load.doctor.id.text,
                label:
                    "\(load.doctor.name)\(isBooked ? "（已约）" : "") · \(chair) · 候 \(load.waiting) 位 · 约 \(minutes) 分钟",
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
    let hasAlert: Bool
    static let fields: [Field<Self>] = [
        Field("href", \.href), Field("name", \.name), Field("about", \.about), Field("phone", \.phone),
        Field("hasAlert", \.hasAlert),
    ]
}

extension ArrivalHitsView {
    init(_ result: PatientSearchResult, query: String, masksPhones: Bool) {
        people = result.people.map {
            ArrivalHit(
                href: ReceptionPaths.arrival(patient: $0.id), name: $0.name,
                about: "\($0.gender.label) \($0.ageText) · \($0.recordNumber)",
                phone: $0.phoneText(masked: masksPhones),
                hasAlert: $0.hasSpecialAlerts)
        }
        isEmpty = query.nonBlank != nil && people.isEmpty && !result.needsMoreDigits
        hasMore = result.hasMore
        needsMoreDigits = result.needsMoreDigits
    }
}
