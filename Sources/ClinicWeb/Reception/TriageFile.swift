import Clinic
import Kernel
import Storage

/// What the page of special cases and requests is drawn from.
struct TriageFile: Sendable {
    let visit: Visit
    let patient: Patient
    let brief: PatientBrief?
    let ticket: QueueTicket?
    let answers: TriageAnswers?
    let cases: [Guided]
    let requests: [VisitRequest]
    /// Names of everybody in cases and requests.
    let names: [ID<Staff>: String]
    /// Doctors of the clinic, those who work now first, with minutes to wait.
    let doctors: [DoctorChoice]
    let colleagues: [Staff]
    /// Times that can be booked instead.
    let slots: [Slot]

    struct Guided: Sendable {
        let file: VisitCase
        /// nil: time to decide, or decided.
        let next: VisitCase.Step.Kind?
        /// The doctor it is about works now.
        let isOnDuty: Bool
    }

    struct DoctorChoice: Sendable {
        let id: ID<Staff>
        let name: String
        let isOnDuty: Bool
        let minutes: Int
        let gender: Gender
    }

    /// - Throws: `NotFound` also for a visit of another clinic.
    static func load(_ id: ID<Visit>, by work: Work, in tx: any ReadTransaction) throws -> TriageFile {
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        let cases = try CaseStore.list(of: id, in: tx)
        let requests = try VisitRequestStore.list(of: id, in: tx)
        let isOpen = visit.leftAt == nil && visit.businessDay == work.today
        let board = isOpen ? try ReceptionBoard.load(by: work, in: tx) : nil
        let doctors = board.map { choices($0, visit) } ?? []
        let onDuty = Set(doctors.filter(\.isOnDuty).map(\.id))
        let needsSlots = isOpen && cases.contains(where: \.isOpen) && work.actor.may(.bookAppointments)
        return TriageFile(
            visit: visit, patient: try PatientStore.get(visit.patientID, in: tx),
            brief: try PatientStore.briefs([visit.patientID], today: work.today, in: tx).first,
            ticket: try QueueStore.findLast(id, in: tx), answers: try TriageAnswerStore.find(id, in: tx),
            cases: try cases.map { file in
                Guided(
                    file: file, next: file.isOpen ? try Cases.nextStep(file, work, in: tx) : nil,
                    isOnDuty: file.doctorID.map(onDuty.contains) ?? false)
            }, requests: requests, names: try StaffStore.names(people(visit, cases, requests), in: tx),
            doctors: doctors, colleagues: isOpen ? try StaffStore.listActive(clinic: work.clinic.id, in: tx) : [],
            slots: needsSlots ? try slots(visit, cases, by: work, in: tx) : [])
    }

    private static func choices(_ board: ReceptionBoard, _ visit: Visit) -> [DoctorChoice] {
        let loads = WaitEstimates(board).loads().map {
            DoctorChoice(
                id: $0.doctor.id, name: $0.doctor.name, isOnDuty: $0.isOnDuty, minutes: $0.minutes,
                gender: $0.doctor.gender)
        }
        return loads.filter(\.isOnDuty).sorted { ($0.minutes, $0.id) < ($1.minutes, $1.id) }
            + loads.filter { !$0.isOnDuty }
    }

    private static func people(
        _ visit: Visit, _ cases: [VisitCase], _ requests: [VisitRequest]
    ) -> Set<ID<Staff>> {
        var people = Set(requests.flatMap { [$0.askedBy, $0.doctorID, $0.closed?.by].compactMap(\.self) })
        for c in cases {
            people.formUnion([c.openedBy, c.doctorID, c.closed?.by, c.closed?.doctorID].compactMap(\.self))
            people.formUnion(c.steps.flatMap { [$0.recordedBy, $0.staffID].compactMap(\.self) })
        }
        if let doctor = visit.doctorID { people.insert(doctor) }
        return people
    }

    /// Two next times of the doctor it is about, and the earliest of anybody (R3.39, R3.53). For orthodontics the
    /// specialist's, after the examination of today (R2.07).
    private static func slots(
        _ visit: Visit, _ cases: [VisitCase], by work: Work, in tx: any ReadTransaction
    ) throws -> [Slot] {
        let units = ChiefComplaints.proposedUnits(items: [], complaint: visit.complaint, playbook: work.playbook)
        let isOrthodontic = cases.contains { $0.isOpen && $0.kind == .orthodonticPlan }
        let specialists =
            isOrthodontic
            ? try DoctorProfileStore.list(clinic: work.clinic.id, in: tx)
                .filter { $0.specialties.contains("orthodontics") }.map(\.staffID) : []
        let own =
            isOrthodontic ? specialists : [cases.first { $0.isOpen }?.doctorID ?? visit.doctorID].compactMap(\.self)
        var slots: [Slot] = []
        for doctor in own.prefix(2) {
            let from = Slot(
                day: isOrthodontic ? work.today.adding(days: 1) : work.today,
                start: isOrthodontic ? Unit(0) : work.clinic.calendar.unit(of: work.now), units: units, doctorID: doctor
            )
            slots += try FreeTimes.next(doctor: doctor, units: units, from: from, count: 2, by: work, in: tx)
        }
        if !isOrthodontic {
            let asked = AssignmentRequest(patientID: visit.patientID, complaint: visit.complaint, units: units)
            slots += try Offers.find(OfferRequest(asked, from: work.today, count: 2), by: work, in: tx).map(\.slot)
        }
        return slots.reduce(into: []) { unique, slot in
            let isKnown = unique.contains {
                $0.day == slot.day && $0.start == slot.start && $0.doctorID == slot.doctorID
            }
            if !isKnown { unique.append(slot) }
        }.sorted { ($0.day, $0.start) < ($1.day, $1.start) }
    }
}
