import Kernel
import Storage

extension VisitTypeRules {
    /// What a released charge sheet makes of the type of the visit (R2.04, R2.06). Pure.
    ///
    /// - Parameters:
    ///   - proposed: the type the rules proposed at the arrival.
    ///   - isFirstTime: nothing was treated before this visit.
    /// - Returns: nil when the type stays.
    package static func afterCharge(
        _ type: VisitType, proposed: VisitType, isFirstTime: Bool, total: Money
    ) -> VisitType? {
        guard total.fen > 0 else { return nil }
        switch type {
        // Something was done after all: a consultation becomes the first visit.
        case .consultation: return .first
        case .exempt:
            let known = proposed == .exempt || proposed == .consultation ? nil : proposed
            return known ?? (isFirstTime ? .first : .returning)
        case .first, .returning, .checkUp, .orthodontics: return nil
        }
    }
}

/// The type of a visit follows what is charged. Called when the charge sheet is released.
package enum ChargedTypes {
    /// - Throws: `ReceptionError.exemptReasonNeeded` where the clinic demands the reason of an exempt visit (R2.06).
    package static func settle(
        _ id: ID<Visit>, total: Money, by work: Work, in tx: any WriteTransaction
    ) throws {
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        let isFirstTime = try VisitStore.pastTreatments(of: visit.patientID, before: visit.businessDay, in: tx).isEmpty
        guard
            let type = VisitTypeRules.afterCharge(
                visit.type, proposed: visit.proposedType, isFirstTime: isFirstTime, total: total)
        else {
            if visit.type == .exempt { try ExemptVisits.checkReason(visit, work, in: tx) }
            return
        }
        let reason = visit.type == .exempt ? "收了费，不再是免检" : "收了项目的费，咨询转为\(type.label)"
        try VisitStore.setType(id, type: type, reason: reason, in: tx)
        if visit.type == .exempt, var answers = try TriageAnswerStore.find(id, in: tx) {
            answers.exempt = nil
            try TriageAnswerStore.save(answers, of: id, by: work, in: tx)
        }
        try Audit.append(
            Event(
                "visit.typeFollowedCharge", of: id, patient: visit.patientID,
                [
                    "from": .text(visit.type.rawValue), "to": .text(type.rawValue), "total": JSONValue(total),
                ]),
            by: work, in: tx)
    }
}

/// 免检: the doctor saw the customer and no fee arose (R2.06).
package enum ExemptVisits {
    /// Makes a visit exempt, with its coded reason.
    /// - Parameter charged: what stands on the charge sheet; anything above zero refuses.
    /// - Throws: `ReceptionError.chargedNotExempt`, `FormErrors` (exemptReason, exemptNote), `NotAllowed`.
    package static func mark(
        _ id: ID<Visit>, _ exemption: TriageAnswers.Exemption, charged: Money, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        guard work.actor.may(.triage) || work.actor.may(.closeVisit) else { throw NotAllowed(capability: .triage) }
        let visit = try Arrivals.open(id, work, in: tx)
        guard charged.fen == 0 else { throw ReceptionError.chargedNotExempt }
        var answers = try TriageAnswerStore.find(id, in: tx) ?? TriageAnswers()
        answers.exempt = exemption
        var faults = FormErrors()
        answers.check(work.playbook, &faults)
        try faults.throwIfAny()
        try TriageAnswerStore.save(answers, of: id, by: work, in: tx)
        let label = work.playbook.label(exemption.reason, in: .exemptReason)
        if visit.type != .exempt {
            try VisitStore.setType(id, type: .exempt, reason: "免检：\(label)", in: tx)
        }
        try Audit.append(
            Event(
                "visit.exempted", of: id, patient: visit.patientID,
                ["reason": .text(exemption.reason), "from": .text(visit.type.rawValue)]), by: work, in: tx)
    }

    /// The coded reason is there, or the clinic only reminds.
    static func checkReason(_ visit: Visit, _ work: Work, in tx: any ReadTransaction) throws {
        guard work.playbook.demands(.exemptReasonGiven), try TriageAnswerStore.find(visit.id, in: tx)?.exempt == nil
        else { return }
        throw ReceptionError.exemptReasonNeeded
    }
}
