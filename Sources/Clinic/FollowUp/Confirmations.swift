import Kernel
import Storage

/// The day-before work list (R3.25, R3.26): everybody booked for a day, and how far the asking has come.
package struct ConfirmationList: Sendable {
    package let day: Day
    /// In order of time.
    package let entries: [Entry]

    package struct Entry: Sendable {
        package let appointment: Appointment
        package let patient: PatientBrief?
        package let doctorName: String
        package let purpose: String
        package let isFirstVisit: Bool
        package let status: ConfirmationStatus
        /// The reminder, when the booking owes one.
        package let task: TaskItem?
    }

    package var settled: Int { entries.filter { $0.status.isSettled }.count }
    /// The next one to call: never tried first, then those whose time to try again has come.
    package var next: Entry? {
        entries.first { $0.status == .open } ?? entries.first { $0.status == .tried(again: true) }
            ?? entries.first { $0.status == .notOwed }
    }
}

/// What is known of one customer's coming.
package enum ConfirmationStatus: Hashable, Sendable {
    case confirmed, arrived, missed
    /// Called in vain; `again`: the time to try again has come.
    case tried(again: Bool)
    /// The number was wrong and nobody else was reached.
    case wrongNumber
    case open
    /// Booked so late that no call is owed; asking is allowed.
    case notOwed

    package var isSettled: Bool {
        switch self {
        case .confirmed, .arrived, .missed, .wrongNumber: true
        case .tried, .open, .notOwed: false
        }
    }

    package init(_ state: AppointmentState, task: TaskItem?, now: Timestamp) {
        switch state {
        case .waiting, .chair, .done: self = .arrived
        case .missed, .cancelled: self = .missed
        case .confirmed: self = .confirmed
        case .booked:
            guard let task, task.withdrawnAt == nil else {
                self = .notOwed
                return
            }
            if task.isOpen {
                self = task.attempts == 0 ? .open : .tried(again: task.nextTryAt.map { $0 <= now } ?? true)
            } else {
                self = task.outcome == "wrongNumber" ? .wrongNumber : .notOwed
            }
        }
    }
}

/// What the customer said.
package enum ConfirmationAnswer: Hashable, Sendable {
    case confirmed
    case noAnswer
    case wrongNumber
    /// Another time was found in the same call.
    case moved(MoveAppointment)
    /// With the day to call again, when no other time was found (R3.30).
    case cancelled(CancelAppointment)

    /// Code of list `reminderOutcome`.
    var outcome: String {
        switch self {
        case .confirmed: "confirmed"
        case .noAnswer: "noAnswer"
        case .wrongNumber: "wrongNumber"
        case .moved: "rescheduled"
        case .cancelled: "cancelled"
        }
    }
}

package enum ConfirmationError: UserFacingError, Hashable {
    case notOwed
    case noCallback

    package var kind: FailureKind { .invalid }
    package var userMessage: String {
        switch self {
        case .notOwed: "这位客人不需要再打提醒电话；客人来电时可以直接确认、改时间或取消"
        case .noCallback: "没有约到下次时间，请写哪天再联系"
        }
    }
    package var field: String? { self == .noCallback ? "callbackOn" : nil }
}

/// Works the list off: answer, booking and reminder change together or not at all.
package enum Confirmations {
    static let rule = "reminder.dayBefore"

    package static func list(_ day: Day, by work: Work, in tx: any ReadTransaction) throws -> ConfirmationList {
        try work.actor.require(.seeBoard)
        let plan = try DayPlan.load(clinic: work.clinic.id, day: day, in: tx)
        let tasks = try TaskStore.list(
            ofRule: rule, .appointment, ids: plan.entries.map(\.appointment.id.raw), in: tx
        ).filter { $0.key.hasSuffix(":\(day.iso)") }
        let byBooking = Dictionary(tasks.map { ($0.subject.id, $0) }, uniquingKeysWith: { _, last in last })
        let briefs = try PatientStore.briefs(
            Array(Set(plan.entries.map(\.appointment.patientID))).sorted(), today: work.today, in: tx)
        let patients = Dictionary(briefs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return ConfirmationList(
            day: day,
            entries: plan.entries.map { entry in
                let task = byBooking[entry.appointment.id.raw]
                return ConfirmationList.Entry(
                    appointment: entry.appointment, patient: patients[entry.appointment.patientID],
                    doctorName: entry.doctorName, purpose: entry.purpose, isFirstVisit: entry.isFirstVisit,
                    status: ConfirmationStatus(entry.state, task: task, now: work.now), task: task)
            })
    }

    /// - Returns: the booking as it is now.
    /// - Throws: `ConfirmationError`, `BookingError`, `TaskError`, `FormErrors`, `NotFound`, `NotAllowed`.
    @discardableResult
    package static func record(
        _ answer: ConfirmationAnswer, note: String? = nil, for id: ID<Appointment>, by work: Work,
        in tx: any WriteTransaction
    ) throws -> Appointment {
        let appointment = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
        let task = try TaskStore.list(ofRule: rule, .appointment, ids: [id.raw], in: tx)
            .last { $0.isOpen && $0.key.hasSuffix(":\(appointment.day.iso)") }
        if case .cancelled(let command) = answer, command.callbackOn == nil,
            case .require = work.playbook.level(of: .nextDateOrCallback)
        {
            throw ConfirmationError.noCallback
        }
        if let task {
            _ = try Calls.record(task.id, outcome: answer.outcome, note: note, by: work, in: tx)
        }
        switch answer {
        case .confirmed:
            // With a task, its outcome confirmed the booking already.
            let now = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
            return now.confirmed == nil ? try Booking.confirm(id, version: now.version, by: work, in: tx) : now
        case .noAnswer, .wrongNumber:
            guard task != nil else { throw ConfirmationError.notOwed }
            return appointment
        case .moved(let command): return try Booking.move(command, by: work, in: tx)
        case .cancelled(let command): return try Booking.cancel(command, by: work, in: tx)
        }
    }
}
