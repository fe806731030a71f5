import Kernel

/// What a visit makes due while the customer waits (R4.03, R4.04). Pure.
package enum VisitObligations {
    package static let scope: Set<TaskRule.Fact> = [.visitWaiting, .waitEstimated]

    /// - Parameters:
    ///   - toldAt: when the estimate was told; nil when none was.
    ///   - label: customer and doctor, for the workbench.
    package static func facts(
        of visit: Visit, toldAt: Timestamp?, estimateLimit: Int, label: String
    ) -> [TaskFact] {
        guard visit.stage == .waiting else { return [] }
        let subject = TaskSubject(.visit, visit.id)
        var facts = [
            TaskFact(
                .visitWaiting, of: subject, anchor: visit.arrivedAt, anchorDay: visit.businessDay,
                patientID: visit.patientID, holding: [.stillWaiting], treatingDoctor: visit.doctorID, reason: label)
        ]
        if let told = visit.toldWaitMinutes, let toldAt {
            facts.append(
                TaskFact(
                    .waitEstimated, of: subject, anchor: toldAt, anchorDay: visit.businessDay,
                    patientID: visit.patientID,
                    holding: told > estimateLimit ? [.stillWaiting, .estimateAboveLimit] : [.stillWaiting],
                    treatingDoctor: visit.doctorID, reason: "\(label) · 预计等 \(told) 分钟"))
        }
        return facts
    }
}
