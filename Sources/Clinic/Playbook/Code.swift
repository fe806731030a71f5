/// The coded lists of the playbook, one for each question that has a closed set of answers.
package enum CodeList: String, CaseIterable, Sendable {
    case cancellation, move, visitType, exemptReason, emergency, sourceChannel, phoneMissing, onSpotBooking
    case override, demandSegment, medicalHistory, leftWithoutTreatment, visitOutcome
    case reminderOutcome, followUpOutcome, noShowOutcome, waitExplanationOutcome, educationOutcome, callbackOutcome
    case supervisorOutcome, arrearsOutcome, correction, squeezeIn, lateRecording, bookingChannel, itemGroup,
        doctorChange, priceOverride
    case onlineOutcome
    case emergencyOutcome, visitMood, postOperativeWords, acutePainWords
    case requestResult, escortOutcome, questionOutcome, companionOutcome
    case educationTopic, hospitality, waitingNeed, queueMove, companionReason
    case unmask, reprint, patientGender
    case chiefComplaint, acknowledgement
    case waitingAnswer, freedUnitOutcome, deferralOutcome, screening
    case complaintChannel, complaintLevel, complaintCause, complaintOutcome, complaintReportOutcome
    case chairChange, workPlace, quickText, unseenOutcome, noteOutcome
    case spokenLanguage, assistanceNeed, drink, treatmentIntention, fileFinding, recordPurpose
    case specialty, complaintWords, deviceKind, leaveReason, doctorCall, rearrangeOutcome, noticeOutcome
}

/// One answer of a coded list.
package struct Code: Hashable, Sendable {
    package let code: String
    package let label: String
    /// Who started it, where the list asks that: cancellations and moves.
    package let initiator: Initiator?
    /// A sentence is to be typed as well.
    package let needsNote: Bool
    /// Goes to the persistent alerts of the customer (R1.07).
    package let isAlert: Bool
    /// What follows from an outcome of a task; nil for lists that are not outcomes.
    package let next: NextStep?
    /// Offered only while the epidemic mode is on (R3.42).
    package var isEpidemicOnly = false

    package enum Initiator: String, CaseIterable, Sendable { case customer, clinic, doctor }

    /// The closed set of consequences an outcome can have. The engine carries them out; the page offers the first field.
    package enum NextStep: String, CaseIterable, Sendable {
        /// Finished.
        case close
        /// Called in vain: the same task again later, one more attempt counted.
        case retry
        /// Move the booking, with a reason (R3.31).
        case reschedule
        /// Cancel the booking, with a reason and a next date or callback (R3.30).
        case cancel
        /// Correct the phone number.
        case fixPhone
        /// A task for the treating doctor to call back (R8.10).
        case doctorCallback
        /// Book a visit now (R8.07).
        case book
        /// A callback at a promised time (R8.24).
        case callback
        /// To the supervisor.
        case escalate
    }
}
