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
        let facts = try await request.read { tx in
            try ArrivalFacts.load(
                patient: ID<Patient>(query["patient"]), appointment: ID<Appointment>(query["appointment"]), by: work,
                in: tx)
        }
        return try await page(facts, form: ArrivalForm(facts, seesPhones: work.actor.may(.seePhones)), request)
    }

    /// Whom? Hits of a search, as a part of the page.
    static func people(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("q")
        return try request.fragment(try await hits(request))
    }

    private static func start(_ request: StaffRequest) async throws -> Response {
        let (hits, work) = (try await hits(request), request.work)
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
        let result = try await request.searchPeople(query)
        return ArrivalHitsView(result, query: query, masksPhones: !request.may(.seePhones))
    }

    static func checkIn(_ request: StaffRequest) async throws -> Response {
        let (form, work) = (ArrivalForm(request.form), request.work)
        let seesPhones = work.actor.may(.seePhones)
        do {
            let registered = try await request.write(changing: .reception, .board, .tasks, .patients) { tx in
                guard let id = form.patientID, let patient = try PatientStore.find(id, in: tx) else {
                    throw NotFound("客人")
                }
                let stored = ArrivalContact(patient, seesPhones: seesPhones)
                return try Arrivals.checkIn(try form.arrival(stored: stored), by: work, in: tx)
            }
            return request.redirect(
                ReceptionPaths.board(arrived: registered.visit.id),
                flash: "到诊登记好了，候诊号 \(registered.ticket) · \(registered.visit.type.label)",
                undo: ReceptionPaths.action(registered.visit.id, "undo"))
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            let facts = try await request.read { tx in
                try ArrivalFacts.load(patient: form.patientID, appointment: form.appointmentID, by: work, in: tx)
            }
            return try await page(
                facts, form: form, request, error: error,
                status: error.kind == .conflict ? .conflict : .unprocessableContent)
        }
    }

    private static func page(
        _ facts: ArrivalFacts, form: ArrivalForm, _ request: StaffRequest, error: (any UserFacingError)? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let shell = try await request.shell(title: "到访登记", note: facts.patient.name, area: .reception)
        return try request.page(
            ArrivalPage(facts, form: form, error: error, by: request.work, shell: shell), status: status)
    }
}

/// What the arrival form is drawn from.
struct ArrivalFacts: Sendable {
    let patient: Patient
    let brief: PatientBrief?
    let appointment: Appointment?
    let itemText: String
    let proposal: VisitTypeRules.Proposal
    let board: ReceptionBoard
    let isReturning: Bool
    let bookedFor: Timestamp?

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
        return ArrivalFacts(
            patient: person, brief: try PatientStore.briefs([id], today: work.today, in: tx).first,
            appointment: appointment, itemText: own?.purpose ?? "",
            proposal: try Arrivals.proposal(patient: id, appointment: appointment, by: work, in: tx), board: board,
            isReturning: try VisitStore.hasBeenHere(id, before: work.today, in: tx),
            bookedFor: appointment.map { work.clinic.calendar.instant($0.day, $0.start) })
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
    }
}

extension ArrivalFacts {
    /// Minutes until the booked doctor has time (R4.02); nil while no doctor is known.
    var estimate: Int? {
        appointment.map { WaitEstimates(board).minutesForArrival(doctor: $0.doctorID, bookedFor: bookedFor) }
    }
}
