import Kernel
import Storage

/// Calls waiting customers (R4.10).
package enum Queue {
    /// Calls a ticket, or calls it again; a skipped one is back in the queue.
    ///
    /// - Throws: `ReceptionError.ticketClosed`, `ChangedMeanwhile` when somebody else called in the same moment.
    package static func call(
        _ id: ID<Visit>, chair: ID<Chair>?, version: Int?, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.callQueue)
        let (visit, ticket) = try openTicket(id, work, in: tx)
        if let version, version != ticket.version {
            throw ChangedMeanwhile("候诊号", change: try lastChange(id, work, in: tx))
        }
        guard try QueueStore.call(ticket, chair: chair, at: work.now, in: tx) else {
            throw ChangedMeanwhile("候诊号", change: try lastChange(id, work, in: tx))
        }
        try VisitFacts.record(.called, of: id, by: work, in: tx)
        try Audit.append(
            Event(
                "visit.called", of: id, patient: visit.patientID,
                ["ticket": JSONValue(ticket.number), "times": JSONValue(ticket.callCount + 1)]),
            by: work, in: tx)
    }

    /// The customer did not answer: the ticket waits aside and can be called again.
    package static func skip(_ id: ID<Visit>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.callQueue)
        let (visit, ticket) = try openTicket(id, work, in: tx)
        guard try QueueStore.setSkipped(ticket, at: work.now, in: tx) else {
            throw ChangedMeanwhile("候诊号", change: try lastChange(id, work, in: tx))
        }
        try VisitFacts.record(.skipped, of: id, by: work, in: tx)
        try Audit.append(
            Event("visit.skipped", of: id, patient: visit.patientID, ["ticket": JSONValue(ticket.number)]), by: work,
            in: tx)
    }

    /// A skipped customer is back and waits again in the place the order gives.
    package static func requeue(_ id: ID<Visit>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.callQueue)
        let (visit, ticket) = try openTicket(id, work, in: tx)
        guard ticket.skippedAt != nil, try QueueStore.setSkipped(ticket, at: nil, in: tx) else {
            throw ChangedMeanwhile("候诊号", change: try lastChange(id, work, in: tx))
        }
        try VisitFacts.record(.requeued, of: id, by: work, in: tx)
        try Audit.append(
            Event("visit.requeued", of: id, patient: visit.patientID, ["ticket": JSONValue(ticket.number)]), by: work,
            in: tx)
    }

    private static func openTicket(
        _ id: ID<Visit>, _ work: Work, in tx: any ReadTransaction
    ) throws -> (Visit, QueueTicket) {
        let visit = try Arrivals.open(id, work, in: tx)
        guard let ticket = try QueueStore.findOpen(id, in: tx) else { throw ReceptionError.ticketClosed }
        return (visit, ticket)
    }

    private static func lastChange(_ id: ID<Visit>, _ work: Work, in tx: any ReadTransaction) throws -> String? {
        guard let fact = try VisitFactStore.findLast(id, in: tx) else { return nil }
        let name = try StaffStore.names([fact.recordedBy], in: tx)[fact.recordedBy] ?? "同事"
        return "\(name) \(work.clinic.calendar.clockText(fact.recordedAt)) \(fact.kind.label)"
    }
}
