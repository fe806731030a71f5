import Kernel
import Storage

/// 诊室: the day of a doctor, or of all, as doctor and nurse see it (R4.21, R3.38, R5.20): who is here since when, what to
/// know before the customer enters, who comes next, what was done, and which notes wait for an answer.
package struct DoctorDay: Sendable {
    /// Somebody who is here, was here, or is to come.
    package struct Guest: Sendable {
        /// nil: still to come.
        package let visit: Visit?
        /// nil: came without booking.
        package let booking: DayPlan.Entry?
        package let patient: PatientBrief?
        package let doctorID: ID<Staff>?
        /// "A021"
        package let ticket: String?
        package let isCalled: Bool
        /// The chair of now.
        package let chair: Chair?
        /// The treatment ends soon, as the room tapped (R4.15).
        package let isNearlyDone: Bool
        package let sheet: ChargeSheet?
        /// What earlier visits left open.
        package let balance: Money
        package let marks: [ArrivalNotices.Mark]
        /// Standing wishes and what was said with this booking (R3.18); for those who are here or come next.
        package let wishes: [String]
        package let observation: String?
        package let last: (day: Day, what: String)?
        /// What the person still has to acknowledge about the booking (R3.38).
        package let preparation: TaskItem?

        package var name: String { patient?.name ?? booking?.patientName ?? "客人" }
        package var complaint: String { booking?.purpose ?? visit?.complaint ?? "" }
    }

    package let doctors: [Staff]
    /// Whose day it is; nil: everybody's.
    package let doctorID: ID<Staff>?
    /// Emergencies first, then in order of arrival.
    package let waiting: [Guest]
    /// In the chair, longest first.
    package let inChair: [Guest]
    /// Out of the chair and still here.
    package let finishing: [Guest]
    /// In order of time.
    package let coming: [Guest]
    /// Left, last first.
    package let left: [Guest]
    /// Open ones oldest first, then what was answered today, newest first.
    package let notes: [DoctorNote]
    /// What the desk passes on because it must not guess (R4.48); open ones, oldest first.
    package let questions: [VisitRequest]
    package let names: [ID<Staff>: String]
    package let patients: [ID<Patient>: PatientBrief]

    package var isEmpty: Bool {
        waiting.isEmpty && inChair.isEmpty && finishing.isEmpty && coming.isEmpty && left.isEmpty && notes.isEmpty
            && questions.isEmpty
    }

    package func doctorName(_ id: ID<Staff>?) -> String { id.flatMap { names[$0] } ?? "未定医生" }
}

extension DoctorDay {
    /// How many of those to come are looked up in full.
    private static let nearest = 3

    /// - Parameter asked: a doctor; nil: the person's own day if the person is a doctor here, else everybody's.
    /// - Parameter all: everybody's day in any case.
    package static func load(
        of asked: ID<Staff>?, all: Bool = false, by work: Work, in tx: any ReadTransaction
    ) throws -> DoctorDay {
        let clinic = work.clinic.id
        let plan = try DayPlan.load(clinic: clinic, day: work.today, in: tx)
        let own = plan.doctors.first { $0.id == work.actor.id }?.id
        let doctor = all ? nil : asked ?? own
        let visits = try VisitStore.listDay(clinic: clinic, day: work.today, in: tx)
            .filter { $0.outcome != Visit.withdrawn && (doctor == nil || $0.doctorID == doctor) }
        let entries = plan.entries.filter { entry in
            entry.visit == nil && entry.state.isExpected && (doctor == nil || entry.appointment.doctorID == doctor)
        }
        let source = try Source(visits, entries, plan, work, in: tx)
        let guests = try visits.map { try source.guest($0, in: tx) }
        let coming = try entries.enumerated().map { index, entry in
            try source.guest(coming: entry, isNear: index < nearest, in: tx)
        }
        let notes = try DoctorNoteStore.listDay(clinic: clinic, day: work.today, in: tx)
            .filter { doctor == nil || $0.doctorID == doctor }
        let questions = try VisitRequestStore.list(clinic: clinic, from: work.today, to: work.today, in: tx)
            .filter { $0.kind == .question && $0.isOpen && (doctor == nil || $0.doctorID == doctor) }
        var people = Set(plan.doctors.map(\.id)).union(notes.map(\.sentBy)).union(notes.compactMap(\.answeredBy))
        people.formUnion(guests.flatMap { $0.marks.map(\.by) })
        people.formUnion(visits.compactMap(\.doctorID))
        people.formUnion(questions.map(\.askedBy))
        return DoctorDay(
            doctors: plan.doctors, doctorID: doctor,
            waiting: guests.filter { $0.visit?.stage == .waiting }.sorted { rank($0) < rank($1) },
            inChair: guests.filter { $0.visit?.stage == .inChair }.sorted { seated($0) < seated($1) },
            finishing: guests.filter { $0.visit?.stage == .checkingOut }.sorted { seated($0) < seated($1) },
            coming: coming,
            left: guests.filter { $0.visit?.stage == .left }.sorted {
                ($0.visit?.leftAt ?? work.now) > ($1.visit?.leftAt ?? work.now)
            },
            notes: notes.filter { $0.state == .open }.reversed()
                + notes.filter { $0.state == .answered || $0.state == .acted },
            questions: questions, names: try StaffStore.names(people, in: tx),
            patients: try source.briefs(adding: notes.compactMap(\.patientID), in: tx))
    }

    private static func rank(_ guest: Guest) -> (Int, Timestamp, Int64) {
        guard let visit = guest.visit else { return (2, Timestamp(milliseconds: 0), 0) }
        return (visit.emergency == nil ? 1 : 0, visit.arrivedAt, visit.id.raw)
    }

    private static func seated(_ guest: Guest) -> (Timestamp, Int64) {
        guard let visit = guest.visit else { return (Timestamp(milliseconds: 0), 0) }
        return (visit.seatedAt ?? visit.arrivedAt, visit.id.raw)
    }
}

/// What guests are put together from.
private struct Source {
    let work: Work
    let entries: [ID<Appointment>: DayPlan.Entry]
    let patients: [ID<Patient>: PatientBrief]
    let tickets: [ID<Visit>: QueueTicket]
    let sheets: [ID<Visit>: ChargeSheet]
    let seats: [ID<Visit>: (chair: Chair, isNearlyDone: Bool)]
    let balances: [ID<Patient>: Money]
    let marks: [ID<Visit>: [ArrivalNotices.Mark]]
    let lasts: [ID<Patient>: (day: Day, what: String)]
    let preparations: [Int64: TaskItem]

    init(
        _ visits: [Visit], _ coming: [DayPlan.Entry], _ plan: DayPlan, _ work: Work, in tx: any ReadTransaction
    ) throws {
        let clinic = work.clinic.id
        let people = Array(Set(visits.map(\.patientID) + coming.map(\.appointment.patientID))).sorted()
        self.work = work
        entries = Self.keyed(plan.entries) { $0.appointment.id }
        patients = Self.keyed(try PatientStore.briefs(people, today: work.today, in: tx)) { $0.id }
        tickets = Self.keyed(try QueueStore.listDay(clinic: clinic, day: work.today, in: tx)) { $0.visitID }
        sheets = Self.keyed(try ChargeSheetStore.listDay(clinic: clinic, day: work.today, in: tx)) { $0.visitID }
        balances = try Ledger.balances(of: people, clinic: clinic, besides: visits.map(\.id), in: tx)
        marks = try ArrivalNotices.marks(of: visits.map(\.id), in: tx)
        lasts = try Treatments.lasts(of: people, before: work.today, in: tx)
        let chairs = Self.keyed(plan.chairs) { $0.id }
        var seats: [ID<Visit>: (chair: Chair, isNearlyDone: Bool)] = [:]
        let since = work.now.adding(days: -1)
        for (id, movement) in try MovementStore.lastOfChairs(clinic: clinic, since: since, in: tx)
        where movement.exitedAt == nil {
            if let chair = chairs[id] { seats[movement.visitID] = (chair, movement.nearlyDoneAt != nil) }
        }
        self.seats = seats
        let tasks = try TaskStore.listOpen(
            clinic: clinic, owner: work.actor, dueFromBefore: work.now, limit: 100, in: tx)
        preparations = Self.keyed(
            tasks.filter { $0.subject.kind == .appointment && $0.rule.hasPrefix("booking.prepare") }
        ) { $0.subject.id }
    }

    func guest(_ visit: Visit, in tx: any ReadTransaction) throws -> DoctorDay.Guest {
        let booking = visit.appointmentID.flatMap { entries[$0] }
        let ticket = tickets[visit.id]
        let isHere = visit.stage == .waiting || visit.stage == .inChair
        return DoctorDay.Guest(
            visit: visit, booking: booking, patient: patients[visit.patientID], doctorID: visit.doctorID,
            ticket: ticket.map { QueueTicket.label($0.number, isEmergency: visit.emergency != nil) },
            isCalled: ticket?.calledAt != nil, chair: seats[visit.id]?.chair,
            isNearlyDone: seats[visit.id]?.isNearlyDone ?? false, sheet: sheets[visit.id],
            balance: balances[visit.patientID] ?? .zero, marks: marks[visit.id] ?? [],
            wishes: isHere ? try wishes(visit.patientID, booking?.appointment, in: tx) : [],
            observation: isHere ? try LeadingIn.observation(of: visit, by: work, in: tx) : nil,
            last: lasts[visit.patientID],
            preparation: booking.flatMap { preparations[$0.appointment.id.raw] })
    }

    func guest(coming entry: DayPlan.Entry, isNear: Bool, in tx: any ReadTransaction) throws -> DoctorDay.Guest {
        let patient = entry.appointment.patientID
        let preparation = preparations[entry.appointment.id.raw]
        let asks = isNear || preparation != nil
        return DoctorDay.Guest(
            visit: nil, booking: entry, patient: patients[patient], doctorID: entry.appointment.doctorID, ticket: nil,
            isCalled: false, chair: nil, isNearlyDone: false, sheet: nil, balance: balances[patient] ?? .zero,
            marks: [], wishes: asks ? try wishes(patient, entry.appointment, in: tx) : [], observation: nil,
            last: lasts[patient], preparation: preparation)
    }

    /// Everybody of the page, and those the notes are about.
    func briefs(
        adding others: [ID<Patient>], in tx: any ReadTransaction
    ) throws -> [ID<Patient>: PatientBrief] {
        let missing = Set(others).subtracting(patients.keys).sorted()
        let more = Self.keyed(try PatientStore.briefs(missing, today: work.today, in: tx)) { $0.id }
        return patients.merging(more) { first, _ in first }
    }

    private func wishes(
        _ patient: ID<Patient>, _ booking: Appointment?, in tx: any ReadTransaction
    ) throws -> [String] {
        guard let booking else { return try PatientWishes.list(patient, in: tx).map(\.text) }
        let known = try Preparation.load(booking, in: tx)
        return known.wishes.map(\.text) + (known.said.map { ["这次要求：\($0)"] } ?? [])
    }

    private static func keyed<Key: Hashable, Value>(_ values: [Value], _ key: (Value) -> Key) -> [Key: Value] {
        Dictionary(values.map { (key($0), $0) }, uniquingKeysWith: { _, last in last })
    }
}
