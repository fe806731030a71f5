import Kernel
import Storage

/// The live board of the desk: who is coming, waiting, in a chair, at the desk. A read model in a fixed number of
/// statements, whatever the number of customers.
package struct ReceptionBoard: Sendable {
    /// A visit of today with what is known around it.
    package struct Guest: Hashable, Sendable {
        package let visit: Visit
        package let name: String
        /// nil for a file that was joined with another one.
        package let patient: PatientBrief?
        package let ticket: QueueTicket?
        /// nil: came without booking.
        package let booking: DayPlan.Entry?
        package let doctor: Staff?
        /// How long the treatment is planned to take.
        package let plannedMinutes: Int
        /// The booked start; nil: came without booking.
        package let bookedFor: Timestamp?
        /// The place given by hand, if any (R4.01).
        package let move: QueueMove?

        package var place: QueueRules.Place {
            QueueRules.Place(
                visitID: visit.id, isEmergency: visit.emergency != nil, bookedFor: bookedFor,
                arrivedAt: visit.arrivedAt, move: move?.place)
        }
        /// "A021"
        package var ticketLabel: String? {
            ticket.map { QueueTicket.label($0.number, isEmergency: visit.emergency != nil) }
        }
        package var purpose: String { booking?.purpose ?? visit.complaint }
    }

    /// A chair with who sits in it, or sat in it last.
    package struct ChairStand: Hashable, Sendable {
        package let chair: Chair
        package let state: ChairState
        package let movement: Movement?
        /// Who sits there now.
        package let guest: Guest?
        /// Who was called to it and is not in a chair yet.
        package let expected: Guest?
        /// People who went in with the customer and are still there (R4.14).
        package let companions: Int
        package let plannedEnd: Timestamp?
        /// Doctors whose chair it is.
        package let doctors: [Staff]
    }

    package let now: Timestamp
    package let plan: DayPlan
    /// In order of arrival.
    package let guests: [Guest]
    package let chairs: [ChairStand]
    /// Visits of earlier days that nobody closed (design §9).
    package let forgotten: [Guest]
    /// What is due now about a wait: the explanation (R4.04) rather than the offer of education (R4.03).
    package let waitTasks: [ID<Visit>: TaskItem]
    /// Waiting customers of whom doctor or nurse know (R4.21).
    package let acknowledged: [ID<Visit>: [ArrivalNotices.Mark]]

    /// 19 statements.
    package static func load(by work: Work, in tx: any ReadTransaction) throws -> ReceptionBoard {
        let (clinic, today, calendar) = (work.clinic.id, work.today, work.clinic.calendar)
        let plan = try DayPlan.load(clinic: clinic, day: today, in: tx)
        let visits = try VisitStore.listDay(clinic: clinic, day: today, in: tx)
        let late = try VisitStore.listForgotten(clinic: clinic, before: today, in: tx)
        let tickets = try QueueStore.listDay(clinic: clinic, day: today, in: tx)
        let people = Array(Set((visits + late).map(\.patientID))).sorted()
        let briefs = try PatientStore.briefs(people, today: today, in: tx)
        let movements = try MovementStore.lastOfChairs(
            clinic: clinic, since: calendar.instant(today, minute: calendar.dayStartsAtMinutes), in: tx)
        let tasks = try TaskStore.listOpen(
            about: .visit, ids: visits.filter { $0.stage == .waiting }.map(\.id.raw), dueFromBefore: work.now, in: tx)
        let inRoom = movements.values.filter { $0.exitedAt == nil }.map(\.visitID).sorted()
        let facts = Facts(
            plan: plan, moves: try QueueMoveStore.ofDay(clinic: clinic, day: today, in: tx),
            taps: try VisitFactStore.roomTaps(inRoom, in: tx),
            companions: try MovementStore.companionsInside(inRoom, in: tx),
            tickets: Dictionary(tickets.map { ($0.visitID, $0) }, uniquingKeysWith: { _, last in last }),
            briefs: Dictionary(briefs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }), work: work)
        let guests = visits.map(facts.guest)
        return ReceptionBoard(
            now: work.now, plan: plan, guests: guests, chairs: facts.stands(movements, guests + late.map(facts.guest)),
            forgotten: late.map(facts.guest),
            waitTasks: Dictionary(
                tasks.filter { task in
                    let fact = work.playbook.taskRule(task.rule)?.fact
                    return task.subject.kind == .visit && (fact == .visitWaiting || fact == .waitEstimated)
                }.map { (ID(raw: $0.subject.id), $0) },
                uniquingKeysWith: { a, b in
                    work.playbook.taskRule(a.rule)?.fact == .visitWaiting ? a : b
                }),
            acknowledged: try ArrivalNotices.marks(
                of: visits.filter { $0.stage == .waiting }.map(\.id), in: tx))
    }
}

extension ReceptionBoard {
    /// Booked for today and neither here nor dropped out, in order of time; who was marked as missed comes last.
    package var coming: [DayPlan.Entry] {
        plan.entries.filter(\.state.isExpected) + plan.entries.filter { $0.state == .missed }
    }
    /// In the order in which they are called.
    package var waiting: [Guest] { inOrder { $0.ticket?.skippedAt == nil } }
    /// Did not answer when called.
    package var skipped: [Guest] { inOrder { $0.ticket?.skippedAt != nil } }
    /// Out of the chair and still here, longest first.
    package var checkingOut: [Guest] {
        guests.filter { $0.visit.stage == .checkingOut }
            .sorted { ($0.visit.finishedAt ?? now, $0.visit.id) < ($1.visit.finishedAt ?? now, $1.visit.id) }
    }
    /// Last first.
    package var left: [Guest] {
        guests.filter { $0.visit.stage == .left }
            .sorted { ($1.visit.leftAt ?? now, $1.visit.id) < ($0.visit.leftAt ?? now, $0.visit.id) }
    }
    package func guest(_ id: ID<Visit>) -> Guest? { guests.first { $0.visit.id == id } }

    private func inOrder(_ isWanted: (Guest) -> Bool) -> [Guest] {
        let wanted = guests.filter { $0.visit.stage == .waiting && isWanted($0) }
        let byVisit = Dictionary(wanted.map { ($0.visit.id, $0) }, uniquingKeysWith: { first, _ in first })
        return QueueRules.order(wanted.map(\.place)).compactMap { byVisit[$0.visitID] }
    }
}

/// Puts rows together.
private struct Facts {
    let plan: DayPlan
    let moves: [ID<Visit>: QueueMove]
    let taps: [ID<Visit>: VisitFact.Kind]
    let companions: [ID<Visit>: Int]
    let tickets: [ID<Visit>: QueueTicket]
    let briefs: [ID<Patient>: PatientBrief]
    let entries: [ID<Appointment>: DayPlan.Entry]
    let doctors: [ID<Staff>: Staff]
    let work: Work

    init(
        plan: DayPlan, moves: [ID<Visit>: QueueMove], taps: [ID<Visit>: VisitFact.Kind],
        companions: [ID<Visit>: Int], tickets: [ID<Visit>: QueueTicket], briefs: [ID<Patient>: PatientBrief],
        work: Work
    ) {
        self.plan = plan
        (self.moves, self.taps, self.companions) = (moves, taps, companions)
        self.tickets = tickets
        self.briefs = briefs
        self.work = work
        entries = Dictionary(plan.entries.map { ($0.appointment.id, $0) }, uniquingKeysWith: { first, _ in first })
        doctors = Dictionary(plan.doctors.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func guest(_ visit: Visit) -> ReceptionBoard.Guest {
        let booking = visit.appointmentID.flatMap { entries[$0] }
        let patient = briefs[visit.patientID]
        let units = booking?.appointment.units ?? work.playbook[.appointmentRoutineExamUnits]
        return ReceptionBoard.Guest(
            visit: visit, name: patient?.name ?? booking?.patientName ?? "客人", patient: patient,
            ticket: tickets[visit.id], booking: booking, doctor: visit.doctorID.flatMap { doctors[$0] },
            plannedMinutes: units * Unit.minutes,
            bookedFor: booking.map { work.clinic.calendar.instant($0.appointment.day, $0.appointment.start) },
            move: moves[visit.id])
    }

    func stands(
        _ movements: [ID<Chair>: Movement], _ guests: [ReceptionBoard.Guest]
    ) -> [ReceptionBoard.ChairStand] {
        let byVisit = Dictionary(guests.map { ($0.visit.id, $0) }, uniquingKeysWith: { first, _ in first })
        let called = guests.filter {
            $0.visit.stage == .waiting && $0.ticket?.calledAt != nil && $0.ticket?.closedAt == nil
        }
        return plan.chairs.map { chair in
            let movement = movements[chair.id]
            let expected = called.filter { $0.ticket?.calledChairID == chair.id }
                .max { ($0.ticket?.calledAt ?? work.now) < ($1.ticket?.calledAt ?? work.now) }
            let guest = movement.flatMap { $0.exitedAt == nil ? byVisit[$0.visitID] : nil }
            let plannedEnd = guest.flatMap { guest in movement?.enteredAt.adding(minutes: guest.plannedMinutes) }
            return ReceptionBoard.ChairStand(
                chair: chair,
                state: ChairRules.state(
                    movement, plannedEnd: plannedEnd, tap: guest.flatMap { taps[$0.visit.id] },
                    isReserved: expected != nil, now: work.now),
                movement: movement, guest: guest, expected: expected,
                companions: guest.flatMap { companions[$0.visit.id] } ?? 0, plannedEnd: plannedEnd,
                doctors: plan.doctors.filter { $0.chairID == chair.id })
        }
    }
}
