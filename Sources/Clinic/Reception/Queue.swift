import Kernel
import Storage

/// Calls waiting customers (R4.10) and changes places in the queue with a reason (R4.01).
package enum Queue {
    /// Calls a ticket, or calls it again; a skipped one is back in the queue. Who is passed over stands in the record.
    ///
    /// - Parameter reason: why somebody else with an earlier turn is passed over.
    /// - Throws: `ReceptionError.ticketClosed`, `.passesOver` where the clinic demands a reason, `ChangedMeanwhile` when
    ///   somebody else called in the same moment.
    package static func call(
        _ id: ID<Visit>, chair: ID<Chair>?, version: Int?, reason: String? = nil, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.callQueue)
        let (visit, ticket) = try openTicket(id, version, work, in: tx)
        let passed = try passedOver(visit, ticket, work, in: tx)
        if !passed.isEmpty, reason?.nonBlank == nil, work.playbook.demands(.queueOrder) {
            throw ReceptionError.passesOver(passed)
        }
        guard try QueueStore.call(ticket, chair: chair, at: work.now, in: tx) else {
            throw try changed(id, work, in: tx)
        }
        let detail = [passed.isEmpty ? nil : "越过 \(passed.joined(separator: "、"))", reason?.nonBlank]
        try VisitFacts.record(
            .called, of: id, detail: detail.compactMap(\.self).joined(separator: "：").nonBlank, by: work, in: tx)
        try Audit.append(
            Event(
                "visit.called", of: id, patient: visit.patientID,
                [
                    "ticket": JSONValue(ticket.number), "times": JSONValue(ticket.callCount + 1),
                    "passed": .text(passed.joined(separator: " ")), "reason": JSONValue(reason?.nonBlank),
                ]),
            by: work, in: tx)
    }

    /// The customer did not answer: the ticket waits aside and can be called again.
    package static func skip(
        _ id: ID<Visit>, version: Int? = nil, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.callQueue)
        let (visit, ticket) = try openTicket(id, version, work, in: tx)
        guard ticket.skippedAt == nil, try QueueStore.setSkipped(ticket, at: work.now, in: tx) else {
            throw try changed(id, work, in: tx)
        }
        try VisitFacts.record(.skipped, of: id, by: work, in: tx)
        try Audit.append(
            Event("visit.skipped", of: id, patient: visit.patientID, ["ticket": JSONValue(ticket.number)]), by: work,
            in: tx)
    }

    /// A customer who was skipped, or called too early, waits again in the place the order gives.
    package static func requeue(
        _ id: ID<Visit>, version: Int? = nil, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.callQueue)
        let (visit, ticket) = try openTicket(id, version, work, in: tx)
        guard ticket.skippedAt != nil || ticket.calledAt != nil, try QueueStore.setSkipped(ticket, at: nil, in: tx)
        else { throw try changed(id, work, in: tx) }
        try VisitFacts.record(.requeued, of: id, by: work, in: tx)
        try Audit.append(
            Event("visit.requeued", of: id, patient: visit.patientID, ["ticket": JSONValue(ticket.number)]), by: work,
            in: tx)
    }

    /// Gives a customer the place right before another one, with a reason (R4.01). Nobody stands before an emergency.
    ///
    /// - Parameters:
    ///   - reason: code of the list `queueMove`.
    /// - Throws: `FormErrors`, `ReceptionError.ticketClosed`, `NotAllowed`.
    package static func move(
        _ id: ID<Visit>, before target: ID<Visit>, reason: String, note: String?, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.triage)
        let (visit, _) = try openTicket(id, nil, work, in: tx)
        let line = try QueueStore.line(work.clinic, day: work.today, in: tx)
        var faults = FormErrors()
        let found = line.first { $0.place.visitID == target && target != id }
        if found == nil { faults.add("before", "这位客人已经不在候诊，请重新选择排在谁前面") }
        if let found, found.place.isEmergency, visit.emergency == nil { faults.add("before", "急诊客人先看，不能排到急诊前面") }
        let code = work.playbook.code(reason, in: .queueMove)
        if code == nil { faults.add("reason", "请选择调整顺序的原因") }
        if code?.needsNote == true, note?.nonBlank == nil { faults.add("note", "请写一句说明") }
        try faults.throwIfAny()
        guard let found, let code else { return }
        let move = QueueMove(
            id: work.newID(), visitID: id, place: QueueRules.Move(before: found.place, movedAt: work.now),
            reason: code.code, note: note?.nonBlank, movedBy: work.actor.id)
        try QueueMoveStore.insert(move, of: visit, before: target, in: tx)
        let words = [code.label, move.note].compactMap(\.self).joined(separator: "，")
        try VisitFacts.record(.moved, of: id, detail: "排到 \(found.label) 前面：\(words)", by: work, in: tx)
        try Audit.append(
            Event(
                "visit.moved", of: id, patient: visit.patientID,
                ["before": .text(found.label), "reason": .text(words)]), by: work, in: tx)
    }

    /// Labels of the tickets that are passed over when this one is called; calling again passes over nobody new.
    private static func passedOver(
        _ visit: Visit, _ ticket: QueueTicket, _ work: Work, in tx: any ReadTransaction
    ) throws -> [String] {
        guard ticket.calledAt == nil, visit.emergency == nil, visit.doctorID != nil else { return [] }
        let line = try QueueStore.line(work.clinic, day: work.today, in: tx)
        return QueueRules.passedOver(by: visit.id, in: line).map(\.label)
    }

    private static func openTicket(
        _ id: ID<Visit>, _ version: Int?, _ work: Work, in tx: any ReadTransaction
    ) throws -> (Visit, QueueTicket) {
        let visit = try Arrivals.open(id, work, in: tx)
        guard let ticket = try QueueStore.findOpen(id, in: tx) else {
            throw ReceptionError.ticketClosed(change: try lastChange(id, work, in: tx))
        }
        if let version, version != ticket.version { throw try changed(id, work, in: tx) }
        return (visit, ticket)
    }

    private static func changed(
        _ id: ID<Visit>, _ work: Work, in tx: any ReadTransaction
    ) throws -> ChangedMeanwhile {
        ChangedMeanwhile("候诊号", change: try lastChange(id, work, in: tx))
    }

    /// "林岚 09:23 叫号"
    private static func lastChange(_ id: ID<Visit>, _ work: Work, in tx: any ReadTransaction) throws -> String? {
        guard let fact = try VisitFactStore.findLast(id, in: tx) else { return nil }
        let name = try StaffStore.names([fact.recordedBy], in: tx)[fact.recordedBy] ?? "同事"
        return "\(name) \(work.clinic.calendar.clockText(fact.recordedAt)) \(fact.kind.label)"
    }
}
