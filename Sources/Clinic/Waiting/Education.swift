import Kernel
import Storage

/// Which oral-health topic is offered first (R4.03). Pure.
package enum EducationRules {
    /// - Parameters:
    ///   - segment: demand segment of the visit (R2.11).
    ///   - age: years; nil: unknown.
    /// - Returns: code of the list `educationTopic`.
    package static func topic(segment: String?, age: Int?, childMaximum: Int, elderMinimum: Int) -> String {
        if let age, age <= childMaximum { return "children" }
        if let age, age >= elderMinimum { return "dentures" }
        return switch segment {
        case "treatment": "aftercare"
        case "care": "beauty"
        case "latent": "cleaning"
        default: "brushing"
        }
    }
}

/// The offer of oral-health education to somebody who will wait (R4.03).
package enum Education {
    /// The answer of the customer: closes the offer's task and stays with the visit.
    ///
    /// - Parameter topic: code of the list `educationTopic`; needed when accepted.
    /// - Throws: `FormErrors`, `ReceptionError`, `NotAllowed`.
    package static func answer(
        _ id: ID<Visit>, isAccepted: Bool, topic: String?, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard [Capability.workTasks, .callQueue].contains(where: work.actor.may) else {
            throw NotAllowed(capability: .callQueue)
        }
        let visit = try Arrivals.open(id, work, in: tx)
        let code = topic.flatMap { work.playbook.code($0, in: .educationTopic) }
        if isAccepted, code == nil { throw FormErrors("topic", "请选择讲了什么") }
        try VisitFacts.record(
            isAccepted ? .educated : .educationDeclined, of: id, detail: isAccepted ? code?.label : nil, by: work,
            in: tx)
        let answer = isAccepted ? "accepted" : "declined"
        let tasks = try TaskStore.listOpen(about: .visit, ids: [id.raw], dueFromBefore: work.now, in: tx)
        for task in tasks where work.playbook.taskRule(task.rule)?.fact == .waitEstimated {
            // The offer is the guide's; who made it instead settles it all the same.
            let isOwn = work.actor.may(.workTasks) && task.belongs(to: work.actor)
            _ = try TaskWork.recordOutcome(
                task.id, outcome: answer, note: code?.label, by: isOwn ? work : work.bySystem, in: tx)
        }
        try Audit.append(
            Event(
                "visit.education", of: id, patient: visit.patientID,
                ["answer": .text(answer), "topic": JSONValue(code?.code)]), by: work, in: tx)
    }
}
