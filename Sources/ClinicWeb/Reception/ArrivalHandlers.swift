import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Who has come: with or without booking.
enum ArrivalHandlers {
    static func new(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("appointment", "patient", "q")
        let query = request.query
        guard query.has("appointment") || query.has("patient") else { return try await start(request) }
        let work = request.work
        let (facts, form, advice) = try await request.read { tx in
            let facts = try ArrivalFacts.load(
                patient: ID<Patient>(query["patient"]), appointment: ID<Appointment>(query["appointment"]), by: work,
                in: tx)
            var form = ArrivalForm(facts, seesPhones: work.actor.may(.seePhones))
            let advice = try ArrivalAdvice.load(facts, form, by: work, in: tx)
            // Who comes without booking and asks for nobody gets whom the rules name.
            if form.doctor.isEmpty, let doctor = advice.suggestedID {
                form.doctor = doctor.text
                form.toldWait = String(WaitEstimates(facts.board).minutesForArrival(doctor: doctor, bookedFor: nil))
            }
            return (facts, form, advice)
        }
        return try await page(facts, advice, form: form, request)
    }

    /// Whom? Hits of a search, as a part of the page.
    static func people(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("q")
        return try request.fragment(try await hits(request))
    }

    /// What the rules say while the desk types: type, special situations, doctor. A part of the page.
    static func advice(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("patient", "appointment", "doctor", "complaint", "tooth", "segment", "emergency")
        let (form, work) = (ArrivalForm(request.query), request.work)
        let advice = try await request.read { tx in
            let facts = try ArrivalFacts.load(
                patient: form.patientID, appointment: form.appointmentID, by: work, in: tx)
            return try ArrivalAdvice.load(facts, form, by: work, in: tx)
        }
        return try request.fragment(ArrivalAdviceView(advice, by: work))
    }

    private static func start(_ request: StaffRequest) async throws -> Response {
        let (hits, work) = (try await hits(request), request.work)
        // Enter takes the one who is meant: the only hit, or the only one of the hits who is booked for today.
        if let only = hits.only { return request.redirect(only) }
        let coming = try await request.read { tx in
            try DayPlan.load(clinic: work.clinic.id, day: work.today, in: tx).entries.filter(\.state.isExpected)
        }
        let shell = try await request.shell(title: "到访登记", note: request.today.longText, area: .reception)
        return try request.page(
            ArrivalStartPage(
                shell: shell, query: request.query["q"], hits: hits, coming: coming.prefix(30).map(ArrivalComing.init),
                newHref: work.actor.may(.registerPatients) && work.actor.may(.checkIn)
                    ? URLText.address(PatientPaths.new, ["next": PatientPaths.nextArrival]) : nil,
                notice: EpidemicNotice.lines(work.playbook)))
    }

    private static func hits(_ request: StaffRequest) async throws -> ArrivalHitsView {
        let query = request.query["q"]
        let (result, work) = (try await request.searchPeople(query), request.work)
        let today =
            result.people.isEmpty
            ? []
            : try await request.read { tx in
                try DayPlan.load(clinic: work.clinic.id, day: work.today, in: tx).entries.filter(\.state.isExpected)
            }
        return ArrivalHitsView(result, today: today, query: query, masksPhones: !request.may(.seePhones))
    }

    static func checkIn(_ request: StaffRequest) async throws -> Response {
        let (form, work) = (ArrivalForm(request.form), request.work)
        let seesPhones = work.actor.may(.seePhones)
        do {
            let received = try await request.write(changing: .reception, .board, .tasks, .patients) { tx in
                guard let id = form.patientID, let patient = try PatientStore.find(id, in: tx) else {
                    throw NotFound("客人")
                }
                let stored = ArrivalContact(patient, seesPhones: seesPhones)
                // R1.31: the chart of who has come leaves its shelf.
                try Charts.pull(for: patient.id, by: work, in: tx)
                return try Triage.receive(try form.arrival(stored: stored), by: work, in: tx)
            }
            let registered = received.registered
            // A special situation goes on at once; everybody else sits down.
            let isSpecial = received.cases.contains(where: \.isOpen)
            return request.redirect(
                isSpecial
                    ? TriagePaths.page(registered.visit.id) : ReceptionPaths.board(arrived: registered.visit.id),
                flash: "到诊登记好了，候诊号 \(registered.ticket) · \(registered.visit.type.label)",
                undo: ReceptionPaths.action(registered.visit.id, "undo"))
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            let (facts, advice) = try await request.read { tx in
                let facts = try ArrivalFacts.load(
                    patient: form.patientID, appointment: form.appointmentID, by: work, in: tx)
                return (facts, try ArrivalAdvice.load(facts, form, by: work, in: tx))
            }
            return try await page(
                facts, advice, form: form, request, error: error,
                status: error.kind == .conflict ? .conflict : .unprocessableContent)
        }
    }

    private static func page(
        _ facts: ArrivalFacts, _ advice: ArrivalAdvice, form: ArrivalForm, _ request: StaffRequest,
        error: (any UserFacingError)? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let shell = try await request.shell(title: "到访登记", note: facts.patient.name, area: .reception)
        let patient = facts.patient.id
        let work = request.work
        let (isUnverified, door) = try await request.read { tx in
            (
                try !OnlineFormStore.unverified(among: [patient], in: tx).isEmpty,
                try DoorCheck.verdict(of: patient, by: work, in: tx)
            )
        }
        var page = ArrivalPage(
            facts, advice, form: form, error: error, by: work, isUnverified: isUnverified, shell: shell)
        if door != .notNeeded, door != .passed { page.doorHref = ChecklistPaths.door(patient) }
        return try request.page(page, status: status)
    }
}

/// What the arrival form is drawn from.
struct ArrivalFacts: Sendable {
    let patient: Patient
    let brief: PatientBrief?
    let appointment: Appointment?
    let itemText: String
    let board: ReceptionBoard
    let isReturning: Bool
    let bookedFor: Timestamp?
    /// What to know before speaking.
    let cues: [ToneChip]
    /// Help this customer always needs (R1.25).
    let standingNeeds: Set<String>

    /// - Throws: `NotFound` when neither a customer nor a booking of this clinic is named.
    static func load(
        patient: ID<Patient>?, appointment: ID<Appointment>?, by work: Work, in tx: any ReadTransaction
    ) throws -> ArrivalFacts {
        let booked = try appointment.map { try AppointmentStore.get($0, clinic: work.clinic.id, in: tx) }
        guard let id = booked?.patientID ?? patient, let person = try PatientStore.find(id, in: tx),
            person.mergedIntoID == nil
        else { throw NotFound("客人") }
        let board = try ReceptionBoard.load(by: work, in: tx)
        // Who comes without naming the booking of today still has one.
        let own = board.plan.entries.first { entry in
            if let booked { return entry.appointment.id == booked.id }
            return entry.appointment.patientID == id && entry.state.isExpected
        }
        let appointment = booked ?? own?.appointment
        let brief = try PatientStore.briefs([id], today: work.today, in: tx).first
        return ArrivalFacts(
            patient: person, brief: brief,
            appointment: appointment, itemText: own?.purpose ?? "",
            board: board,
            isReturning: try VisitStore.hasBeenHere(id, before: work.today, in: tx),
            bookedFor: appointment.map { work.clinic.calendar.instant($0.day, $0.start) },
            cues: try ArrivalCues.chips(person, brief, by: work, in: tx),
            standingNeeds: Set(try PatientProfileStore.find(id, in: tx)?.needs ?? []))
    }
}

extension ArrivalForm {
    /// Filled in with what is known: a form asks only for what is unknown.
    init(_ facts: ArrivalFacts, seesPhones: Bool) {
        let contact = ArrivalContact(facts.patient, seesPhones: seesPhones)
        patient = facts.patient.id.text
        appointment = facts.appointment?.id.text ?? ""
        complaint = facts.appointment?.complaint ?? (facts.isReturning ? "" : facts.patient.complaint)
        tooth = ""
        firstTime = ""
        segment = ""
        type = ""
        typeReason = ""
        emergency = ""
        doctor = facts.appointment?.doctorID.text ?? ""
        toldWait = facts.estimate.map(String.init) ?? ""
        phone = contact.phone
        address = contact.address
        hasCheckedContact = false
        feeling = ""
        mood = ""
        needs = facts.standingNeeds
        exemptReason = ""
        exemptNote = ""
    }
}

extension ArrivalFacts {
    /// Minutes until the booked doctor has time (R4.02); nil while no doctor is known.
    var estimate: Int? {
        appointment.map { WaitEstimates(board).minutesForArrival(doctor: $0.doctorID, bookedFor: bookedFor) }
    }
}
