import Kernel

/// Which work a special case makes due. Pure.
package enum CaseObligations {
    package static let scope: Set<TaskRule.Fact> = [.caseForSupervisor, .waitRefused, .expertReturns, .companionNamed]
    /// What ends when the customer leaves; the rest is about later days.
    static let here: Set<TaskRule.Fact> = [.caseForSupervisor, .waitRefused]

    /// - Parameters:
    ///   - label: customer and doctor, for the workbench.
    ///   - hasLaterBooking: the customer is booked for later.
    ///   - isHere: the customer has not left.
    package static func facts(
        _ c: VisitCase, patient: ID<Patient>, label: String, isHere: Bool, hasLaterBooking: Bool,
        calendar: ClinicCalendar
    ) -> [TaskFact] {
        guard let closed = c.closed else { return [] }
        func fact(_ kind: TaskRule.Fact, at anchor: Timestamp, day: Day? = nil, recorder: ID<Staff>) -> TaskFact {
            TaskFact(
                kind, of: TaskSubject(.visitCase, c.id), anchor: anchor,
                anchorDay: day ?? calendar.businessDay(of: anchor), patientID: patient,
                holding: hasLaterBooking ? [] : [.noLaterBooking], recorder: recorder,
                treatingDoctor: closed.doctorID ?? c.doctorID, reason: "\(c.kind.label) · \(label)")
        }
        switch closed.outcome {
        case .supervisor: return isHere ? [fact(.caseForSupervisor, at: closed.at, recorder: closed.by)] : []
        case .escalated: return isHere ? [fact(.waitRefused, at: closed.at, recorder: closed.by)] : []
        case .callback:
            return closed.day.map { [fact(.expertReturns, at: closed.at, day: $0, recorder: closed.by)] } ?? []
        case .accompanied:
            let companion = c.steps.last { $0.kind == .companion }?.staffID
            return companion.map { [fact(.companionNamed, at: closed.at, recorder: $0)] } ?? []
        default: return []
        }
    }
}
