import Kernel

/// What comes next in a special case. Pure.
package enum CaseRules {
    /// What is asked or told before anybody decides, in order.
    package static func steps(_ kind: VisitCase.Kind) -> [VisitCase.Step.Kind] {
        switch kind {
        case .offSchedule, .expertAbsent: [.purpose]
        case .untoldChange: [.purpose, .doctorCalled]
        case .expertBusy: [.purpose, .expertTold]
        case .warrantyRefusal: [.complaint]
        case .postOperative: [.operation, .operatorTold]
        case .otherDepartment: [.escort]
        case .greenChannel: [.companion]
        case .orthodonticPlan: [.willing]
        case .epidemicDeferral, .genderWish, .originalGone, .smallItem, .unwilling: []
        }
    }

    /// - Parameters:
    ///   - done: steps on record.
    ///   - isReported: the refusal is written down and the director knows (R2.22).
    /// - Returns: nil when it is time to decide.
    package static func nextStep(
        _ kind: VisitCase.Kind, done: Set<VisitCase.Step.Kind>, isReported: Bool
    ) -> VisitCase.Step.Kind? {
        steps(kind).first { $0 == .complaint ? !isReported : !done.contains($0) }
    }

    /// What can be decided, the most usual first.
    /// - Parameter isOnDuty: the doctor it is about works now.
    package static func outcomes(_ kind: VisitCase.Kind, isOnDuty: Bool) -> [VisitCase.Outcome] {
        switch kind {
        // The main doctor first; the supervisor when he is off.
        case .offSchedule:
            isOnDuty
                ? [.mainDoctor, .otherDoctor, .booked, .supervisor] : [.supervisor, .otherDoctor, .booked, .callback]
        case .untoldChange:
            isOnDuty ? [.mainDoctor, .supervisor, .booked] : [.supervisor, .booked, .callback, .otherDoctor]
        case .expertAbsent: [.callback, .booked, .otherDoctor]
        case .expertBusy: [.wait, .booked, .otherDoctor]
        case .genderWish: [.otherDoctor, .booked, .unmet]
        case .warrantyRefusal: isOnDuty ? [.mainDoctor, .otherDoctor, .supervisor] : [.otherDoctor, .supervisor]
        case .originalGone: [.supervisor, .otherDoctor]
        case .postOperative: isOnDuty ? [.mainDoctor, .told, .otherDoctor, .booked] : [.told, .otherDoctor, .booked]
        case .otherDepartment: [.escorted]
        case .greenChannel: [.accompanied, .declined]
        case .orthodonticPlan: [.booked, .otherDoctor, .declined]
        case .smallItem: [.otherDoctor, .wait, .booked]
        case .epidemicDeferral: [.deferred, .booked, .accepted]
        case .unwilling: [.booked, .escalated, .wait]
        }
    }

    /// What closes a case by itself once its last step is on record.
    package static func settled(_ kind: VisitCase.Kind) -> VisitCase.Outcome? {
        switch kind {
        case .otherDepartment: .escorted
        case .greenChannel: .accompanied
        default: nil
        }
    }

    /// Outcomes that any case can have and that no page proposes.
    package static let always: Set<VisitCase.Outcome> = [.left, .mistaken]

    /// What a decision needs besides its name.
    package static func needs(_ outcome: VisitCase.Outcome) -> Need? {
        switch outcome {
        case .otherDoctor: .doctor
        case .booked: .slot
        case .mistaken, .accepted: .note
        default: nil
        }
    }

    package enum Need: Hashable, Sendable { case doctor, slot, note }

    /// Whether a decision stands in the way of a rule of the clinic: steps of a demanded rule come first, and after an
    /// unannounced rest only the supervisor names another doctor (R2.17).
    package static func check(
        _ outcome: VisitCase.Outcome, of kind: VisitCase.Kind, missing: VisitCase.Step.Kind?, level: Level, actor: Actor
    ) throws(CaseError) {
        guard !always.contains(outcome) else { return }
        switch level {
        case .remind, .off: return
        case .fixed, .require: break
        }
        // Waiting, booking or going to the supervisor never hurts; seeing another doctor does.
        guard [.otherDoctor, .accepted, .told].contains(outcome) else { return }
        if let missing { throw .stepFirst(missing) }
        let isForSupervisor = kind == .untoldChange || kind == .originalGone || kind == .epidemicDeferral
        if isForSupervisor, !actor.may(.assignSpecialCases) { throw .supervisorOnly }
    }
}

/// Why a case cannot go on like this, and what to do instead.
package enum CaseError: UserFacingError, Hashable {
    case alreadyClosed(outcome: String)
    case stepFirst(VisitCase.Step.Kind)
    case supervisorOnly
    case unknownOutcome
    case epidemicOnly
    case requestClosed

    package var kind: FailureKind {
        switch self {
        case .alreadyClosed, .requestClosed: .conflict
        case .stepFirst, .unknownOutcome: .invalid
        case .supervisorOnly, .epidemicOnly: .forbidden
        }
    }

    package var userMessage: String {
        switch self {
        case .alreadyClosed(let outcome): "这件事已经有结果：\(outcome)，请刷新后再看"
        case .stepFirst(let step): "请先做完“\(step.label)”，再换医生"
        case .supervisorOnly: "由主管安排医生，请点“请主管安排”"
        case .unknownOutcome: "请从列出的结果中选一项"
        case .epidemicOnly: "防疫期间只接急诊和急性牙痛；请登记延期，或请主管同意后登记"
        case .requestClosed: "这个要求已经处理过了，请刷新后再看"
        }
    }

    package var field: String? {
        switch self {
        case .unknownOutcome: "outcome"
        default: nil
        }
    }
}
