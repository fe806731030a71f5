import Kernel

/// What a visit makes due while the customer waits (R4.03, R4.04). Pure.
package enum VisitObligations {
    package static let scope: Set<TaskRule.Fact> = [.visitWaiting, .emergencyArrived, .waitEstimated, .arrivalUnseen]

    /// - Parameters:
    ///   - toldAt: when the estimate was told; nil when none was.
    ///   - isAcknowledged: doctor or nurse knows that the customer is here (R4.21).
    ///   - label: customer and doctor, for the workbench.
    package static func facts(
        of visit: Visit, toldAt: Timestamp?, estimateLimit: Int, isAcknowledged: Bool, label: String
    ) -> [TaskFact] {
        guard visit.stage == .waiting else { return [] }
        let subject = TaskSubject(.visit, visit.id)
        var facts = [
            TaskFact(
                .visitWaiting, of: subject, anchor: visit.arrivedAt, anchorDay: visit.businessDay,
                patientID: visit.patientID, holding: [.stillWaiting], treatingDoctor: visit.doctorID, reason: label)
        ]
        if visit.emergency != nil {
            facts.append(
                TaskFact(
                    .emergencyArrived, of: subject, anchor: visit.arrivedAt, anchorDay: visit.businessDay,
                    patientID: visit.patientID, holding: [.stillWaiting], treatingDoctor: visit.doctorID,
                    reason: "\(label) · \(visit.complaint)"))
        }
        if let told = visit.toldWaitMinutes, let toldAt {
            facts.append(
                TaskFact(
                    .waitEstimated, of: subject, anchor: toldAt, anchorDay: visit.businessDay,
                    patientID: visit.patientID,
                    holding: told > estimateLimit ? [.stillWaiting, .estimateAboveLimit] : [.stillWaiting],
                    treatingDoctor: visit.doctorID, reason: "\(label) · 预计等 \(told) 分钟"))
        }
        if visit.doctorID != nil, !isAcknowledged {
            facts.append(
                TaskFact(
                    .arrivalUnseen, of: subject, anchor: visit.arrivedAt, anchorDay: visit.businessDay,
                    patientID: visit.patientID, holding: [.stillWaiting], treatingDoctor: visit.doctorID, reason: label)
            )
        }
        return facts
    }
}
