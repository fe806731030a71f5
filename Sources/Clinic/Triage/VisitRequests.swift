import Kernel
import Storage

/// Takes what customers need, and sees that somebody does it (R1.25, R4.41, R4.47, R4.48).
package enum VisitRequests {
    /// Any one of them is enough: whoever meets the customer writes it down.
    package static let capabilities: [Capability] = [.triage, .checkIn, .checkInReturning, .callQueue, .leadIn]

    static let longestText = 100

    /// - Parameter doctor: who is asked a question; nil: the doctor of the visit.
    /// - Throws: `FormErrors` (text, doctor), `ReceptionError`, `NotFound`, `NotAllowed`.
    @discardableResult
    package static func ask(
        _ kind: VisitRequest.Kind, _ text: String, of id: ID<Visit>, doctor: ID<Staff>? = nil, by work: Work,
        in tx: any WriteTransaction
    ) throws -> VisitRequest {
        try require(work)
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        if let left = visit.leftAt { throw ReceptionError.alreadyLeft(at: work.clinic.calendar.clockText(left)) }
        guard let text = text.nonBlank else { throw FormErrors("text", "请写一句客人要什么") }
        guard text.count <= longestText else { throw FormErrors("text", "最多 \(longestText) 个字") }
        let asked = kind == .question ? doctor ?? visit.doctorID : nil
        if let asked, try StaffStore.findDoctor(asked, clinic: work.clinic.id, in: tx) == nil {
            throw FormErrors("doctor", "请从列出的医生中选一位")
        }
        let made = VisitRequest(
            id: work.newID(), visitID: id, kind: kind, text: text, doctorID: asked, askedAt: work.now,
            askedBy: work.actor.id, closed: nil)
        try VisitRequestStore.insert(made, day: visit.businessDay, clinic: work.clinic.id, in: tx)
        try reconcile(made, visit, cause: "", work, in: tx)
        try Audit.append(
            Event(
                "visit.requested", of: made.id, patient: visit.patientID,
                ["kind": .text(kind.rawValue), "text": .text(text), "doctor": JSONValue(asked)]), by: work, in: tx)
        return made
    }

    /// One tap in the waiting room: a need of the list `waitingNeed`, with a few words where the need asks for them.
    /// - Throws: `FormErrors` (need, note, text), `ReceptionError`, `NotFound`, `NotAllowed`.
    @discardableResult
    package static func ask(
        need: String, note: String?, of id: ID<Visit>, by work: Work, in tx: any WriteTransaction
    ) throws -> VisitRequest {
        guard let code = work.playbook.code(need, in: .waitingNeed) else {
            throw FormErrors("need", "请从列出的需要中选一项")
        }
        if code.needsNote, note?.nonBlank == nil { throw FormErrors("note", "请写一句说明") }
        let text = [code.needsNote ? nil : code.label, note?.nonBlank?.trimmed].compactMap(\.self)
        return try ask(
            VisitRequest.Kind(need: need), text.joined(separator: "："), of: id, by: work, in: tx)
    }

    /// - Throws: `FormErrors` (result, note), `CaseError.requestClosed`, `NotFound`, `NotAllowed`.
    package static func close(
        _ id: ID<VisitRequest>, _ result: VisitRequest.Result, note: String?, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        let request = try VisitRequestStore.get(id, clinic: work.clinic.id, in: tx)
        // A doctor answers his own question without any right of the desk.
        if request.doctorID != work.actor.id { try require(work) }
        guard request.kind.results.contains(result) else { throw FormErrors("result", "请从列出的结果中选一项") }
        if result.needsNote, note?.nonBlank == nil {
            throw FormErrors("note", result == .answered ? "请写下答复" : "请写明为什么办不到")
        }
        try end(request, result, note: note, by: work, in: tx)
    }

    /// The task of a request was answered on the workbench: the request ends with it.
    package static func follow(
        _ task: TaskItem, outcome: String, note: String?, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard task.subject.kind == .visitRequest, let result = VisitRequest.Result(taskOutcome: outcome) else { return }
        let id = ID<VisitRequest>(raw: task.subject.id)
        guard try VisitRequestStore.get(id, clinic: work.clinic.id, in: tx).isOpen else { return }
        let closing = VisitRequest.Closing(result: result, note: note?.nonBlank, at: work.now, by: work.actor.id)
        _ = try VisitRequestStore.close(id, closing, in: tx)
    }

    /// The answer on the workbench was taken back.
    package static func reopen(_ task: TaskItem, by work: Work, in tx: any WriteTransaction) throws {
        guard task.subject.kind == .visitRequest else { return }
        let request = try VisitRequestStore.get(ID(raw: task.subject.id), clinic: work.clinic.id, in: tx)
        guard let closed = request.closed, closed.at == task.doneAt, closed.by == work.actor.id else { return }
        try VisitRequestStore.reopen(request.id, in: tx)
    }

    static func settleLeaving(_ visit: Visit, by work: Work, in tx: any WriteTransaction) throws {
        for request in try VisitRequestStore.list(of: visit.id, in: tx) where request.isOpen {
            try end(request, .gone, note: nil, by: work, in: tx)
        }
    }

    // MARK: Parts

    private static func require(_ work: Work) throws(NotAllowed) {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .triage) }
    }

    private static func end(
        _ request: VisitRequest, _ result: VisitRequest.Result, note: String?, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        let visit = try VisitStore.get(request.visitID, clinic: work.clinic.id, in: tx)
        let closing = VisitRequest.Closing(result: result, note: note?.nonBlank, at: work.now, by: work.actor.id)
        guard try VisitRequestStore.close(request.id, closing, in: tx) else { throw CaseError.requestClosed }
        let ended = try VisitRequestStore.get(request.id, clinic: work.clinic.id, in: tx)
        try reconcile(ended, visit, cause: result.label, work, in: tx)
        try Audit.append(
            Event(
                "visit.requestClosed", of: request.id, patient: visit.patientID,
                ["result": .text(result.rawValue), "note": JSONValue(closing.note)]), by: work, in: tx)
    }

    private static func reconcile(
        _ request: VisitRequest, _ visit: Visit, cause: String, _ work: Work, in tx: any WriteTransaction
    ) throws {
        let patient = try PatientStore.get(visit.patientID, in: tx)
        let facts =
            request.isOpen
            ? [
                TaskFact(
                    request.kind.fact, of: TaskSubject(.visitRequest, request.id), anchor: request.askedAt,
                    anchorDay: visit.businessDay, patientID: visit.patientID, holding: [], recorder: request.askedBy,
                    treatingDoctor: request.doctorID, reason: "\(request.text) · \(patient.name)")
            ] : []
        try Tasks.reconcile(
            facts, of: TaskSubject(.visitRequest, request.id), scope: [.helpNeeded, .wishAsked, .questionAsked],
            cause: cause, by: work, in: tx)
    }
}
