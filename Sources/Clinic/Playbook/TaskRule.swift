/// A rule that makes tasks (design idea 3): fact, conditions from a list, times relative to the fact, owner, channel.
/// A closed form: there is no expression language.
package struct TaskRule: Hashable, Sendable {
    /// Part of the task key, so it never changes.
    package let id: String
    package let label: String
    /// R-numbers.
    package let source: String
    package let fact: Fact
    /// Id of the register or checklist it speaks of; nil: of every one that has such facts.
    package var about: String? = nil
    /// All must hold.
    package let conditions: [Condition]
    /// When it appears on the workbench.
    package let opens: Moment
    /// When it turns overdue.
    package let due: Moment
    package let owner: Owner
    package let channel: Channel
    package let script: String?
    /// Answers of the task, if no script brings them.
    package let outcomes: CodeList?
    package let escalation: Escalation?
    /// Codes of the roles that may switch it (R16.14).
    package let changedBy: [String]
    /// A clinic may switch a rule off.
    package var isActive: Bool

    /// What happened. The anchor is the instant (or day) that `Moment` counts from.
    package enum Fact: String, CaseIterable, Sendable {
        /// Anchor: begin of the booked slot.
        case appointmentBooked
        /// Anchor: end of the slot plus the tolerance (R3.35).
        case appointmentMissed
        /// Anchor: the cancellation.
        case appointmentCancelled
        /// Anchor: arrival (R4.04).
        case visitWaiting
        /// An emergency category was marked (R2.09). Anchor: the arrival.
        case emergencyArrived
        /// The supervisor names the doctor (R2.16, R2.17, R2.23). Anchor: the decision of the desk.
        case caseForSupervisor
        /// A customer will not wait any longer (R4.06). Anchor: the decision of the desk.
        case waitRefused
        /// The day on which an absent expert is back (R2.18). Anchor: that day.
        case expertReturns
        /// A companion was named for a key customer or a big item (R2.14). Anchor: the naming.
        case companionNamed
        /// A customer needs a hand (R1.25, R4.41). Anchor: the cue.
        case helpNeeded
        /// A small wish of a waiting customer (R4.47). Anchor: the wish.
        case wishAsked
        /// A question for a doctor (R4.48). Anchor: the question.
        case questionAsked
        /// Neither doctor nor nurse acknowledged that the customer is here (R4.21, R3.38). Anchor: arrival.
        case arrivalUnseen
        /// A note to a busy doctor (R4.17). Anchor: when it was sent.
        case noteSent
        /// Anchor: the moment the doctor's estimate was told (R4.03).
        case waitEstimated
        /// Anchor: end of treatment.
        case itemTreated
        /// Anchor: the promised instant.
        case callbackPromised
        /// Anchor: the payment that left something owed.
        case arrearsMade
        /// Anchor: the outcome of the follow-up.
        case followUpAnswered
        /// Anchor: the missed call.
        case callMissed
        /// A customer booked on line and nobody knows who it is (R3.09). Anchor: the booking.
        case bookedOnline
        /// A customer asked on line to be called. Anchor: the request.
        case callAsked
        /// A booking got another time, doctor or chair (R3.31). Anchor: the change.
        case appointmentMoved
        /// A customer named a day without a time (R3.57). Anchor: that day.
        case visitExpected
        /// A booking was cancelled or moved while somebody on the waiting list fits. Anchor: the change.
        case unitFreed
        /// Anchor: the day agreed for the follow-up (R3.46).
        case treatmentDeferred
        /// The item of a deferral can be done again (R3.46). Anchor: the reopening.
        case itemReopened
        /// Anchor: the instant by which the customer is promised an answer (R9.05).
        case complaintReceived
        /// Anchor: receipt of a major complaint (R9.03).
        case complaintMajor
        /// The doctor of a booking does not work then any more (R3.34). Anchor: the change of the roster.
        case bookingDisplaced
        /// A colleague is asked to swap days. Anchor: the request.
        case swapAsked
        /// Leave or a swap waits for approval. Anchor: the request, or the colleague's yes.
        case rosterRequested
        /// A request was approved or refused. Anchor: the decision.
        case rosterAnswered
        /// A customer under warranty refuses the doctor and the director was not told (R2.22). Anchor: receipt.
        case complaintUnreported
        /// The warranty doctor of a customer is gone: the supervisor names another (R2.23). Anchor: the handing over.
        case doctorGone
        /// A difficult booking waits for the clinic director's word (R3.37). Anchor: the handing over.
        case bookingDifficult
        /// An entry of a register that has a second half was written (R4.24, R4.29). Anchor: what it tells of.
        case registerOpened
        /// A checklist is to be done (R4.31). Anchor: until when.
        case checklistDue
        /// A mark of a checklist is out of limit. Anchor: the mark.
        case markOutOfLimit
        /// Something was carried over when a day was closed (R11.40); its recorder goes on with it. Anchor: then.
        case dayCarried
    }

    /// What can hold for a fact, so that a rule that could never fire is a fault of the file.
    static func conditions(of fact: Fact) -> Set<Condition> {
        switch fact {
        case .appointmentBooked:
            [.bookedBeforeReminderDay, .stillBooked, .notConfirmed, .hasSpecialNeeds, .hasAssistant]
        case .appointmentMoved: [.planAffected, .hasAssistant]
        case .visitExpected: [.noLaterBooking]
        case .appointmentMissed, .appointmentCancelled, .callbackPromised: [.noLaterBooking]
        case .visitWaiting, .arrivalUnseen: [.stillWaiting]
        case .noteSent: [.unanswered]
        case .waitEstimated: [.estimateAboveLimit, .stillWaiting]
        case .itemTreated: [.itemSameDayFollowUp, .itemForeseeableReaction]
        case .arrearsMade: [.stillOwed]
        case .followUpAnswered: [.needsDoctor, .needsSupervisor]
        case .callMissed, .bookedOnline, .callAsked: []
        case .emergencyArrived: [.stillWaiting]
        case .expertReturns: [.noLaterBooking]
        case .caseForSupervisor, .waitRefused, .companionNamed, .helpNeeded, .wishAsked, .questionAsked: []
        case .bookingDisplaced, .swapAsked, .rosterRequested, .rosterAnswered: []
        case .unitFreed: [.someoneWaits]
        case .treatmentDeferred, .itemReopened: [.stillDeferred]
        case .complaintReceived, .complaintMajor, .complaintUnreported, .doctorGone, .bookingDifficult: [.stillOpen]
        case .registerOpened, .checklistDue, .markOutOfLimit: [.stillOpen]
        case .dayCarried: []
        }
    }

    package enum Condition: String, CaseIterable, Sendable {
        /// The booking was made before the day of the reminder began.
        case bookedBeforeReminderDay
        /// Neither cancelled nor arrived.
        case stillBooked
        /// The customer has not said yes.
        case notConfirmed
        /// There are special conditions or wishes the doctor should know before (R3.38).
        case hasSpecialNeeds
        /// An assistant is named.
        case hasAssistant
        /// The change is about today or tomorrow, so that somebody has made ready for it (R3.31).
        case planAffected
        /// Not yet led to a chair, not left.
        case stillWaiting
        /// The doctor has not answered.
        case unanswered
        /// The estimate is above `wait.doctor_estimate_min`.
        case estimateAboveLimit
        /// An item with `sameDayFollowUp` was treated.
        case itemSameDayFollowUp
        /// An item with `foreseeableReaction` was treated.
        case itemForeseeableReaction
        /// No later booking of the customer.
        case noLaterBooking
        /// The outcome asks for the doctor.
        case needsDoctor
        /// The outcome asks for the supervisor.
        case needsSupervisor
        /// Something is still owed.
        case stillOwed
        /// The unit is free and somebody on the waiting list fits.
        case someoneWaits
        /// The deferral is neither booked nor given up.
        case stillDeferred
        /// The complaint is not closed.
        case stillOpen
    }

    /// A whole number written in the rule or taken from a setting, so that changing the setting moves the task.
    package enum Amount: Hashable, Sendable { case fixed(Int), setting(IntSetting, negated: Bool) }

    /// A time of day in minutes after midnight, likewise.
    package enum Clock: Hashable, Sendable { case fixed(Int), setting(ClockSetting) }

    /// Relative to the anchor.
    package enum Moment: Hashable, Sendable {
        /// The sum of minutes after the anchor.
        case minutes([Amount])
        /// The sum of days after the anchor's business day (negative: before), at a wall-clock time.
        case day([Amount], at: Clock)
    }

    /// Who works it. `role` is the fallback when the named person is away or nobody is named.
    package struct Owner: Hashable, Sendable {
        package let role: String
        package let person: Person?
        /// Only the named person gets it; the role counts while nobody is named.
        package let isPersonal: Bool
        package enum Person: String, CaseIterable, Sendable { case recorder, treatingDoctor, assistant }
    }

    package enum Channel: String, CaseIterable, Sendable { case phone, inPerson, `internal` }

    package struct Escalation: Hashable, Sendable {
        package let at: Moment
        /// Role code that gets it in the digest.
        package let role: String
    }
}
