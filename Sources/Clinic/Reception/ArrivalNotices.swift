import Kernel
import Storage

/// The system tells doctor and nurse that a customer is here (R4.21); they say that they know (R3.38).
package enum ArrivalNotices {
    /// Who knows of an arrival, and since when.
    package struct Mark: Hashable, Sendable {
        package let by: ID<Staff>
        package let at: Timestamp
        package init(by: ID<Staff>, at: Timestamp) {
            self.by = by
            self.at = at
        }
    }

    /// The doctor of the customer answers, or somebody of the room who is no doctor: the nurse at the chair.
    package static func mayAnswer(_ actor: Actor, for doctor: ID<Staff>?) -> Bool {
        if let doctor, actor.id == doctor { return true }
        return actor.may(.enterCharges) && !actor.may(.issueChargeNotice)
    }

    /// - Throws: `ReceptionError.notYourCustomer`, `.alreadyLeft`, `.doctorNeeded`.
    package static func acknowledge(_ id: ID<Visit>, by work: Work, in tx: any WriteTransaction) throws {
        let visit = try Arrivals.open(id, work, in: tx)
        guard visit.doctorID != nil else { throw ReceptionError.doctorNeeded }
        guard mayAnswer(work.actor, for: visit.doctorID) else { throw ReceptionError.notYourCustomer }
        let marks = try VisitFactStore.acknowledgements(of: [id], in: tx)
        // A second tap changes nothing.
        guard marks[id]?.contains(where: { $0.by == work.actor.id }) != true else { return }
        try VisitFacts.record(.acknowledged, of: id, by: work, in: tx)
        try VisitTasks.reconcile(visit, by: work, in: tx)
        try Audit.append(
            Event("visit.acknowledged", of: id, patient: visit.patientID, ["doctor": JSONValue(visit.doctorID)]),
            by: work, in: tx)
    }

    package static func isAcknowledged(_ id: ID<Visit>, in tx: any ReadTransaction) throws -> Bool {
        try VisitFactStore.acknowledgements(of: [id], in: tx)[id]?.isEmpty == false
    }

    /// First mark first.
    package static func marks(
        of visits: [ID<Visit>], in tx: any ReadTransaction
    ) throws -> [ID<Visit>: [Mark]] {
        try VisitFactStore.acknowledgements(of: visits, in: tx)
    }

    /// The customer has another doctor, who does not know yet.
    static func noticeAgain(_ id: ID<Visit>, by work: Work, in tx: any WriteTransaction) throws {
        try VisitFactStore.undoAcknowledgements(of: id, by: work.actor.id, at: work.now, in: tx)
        try VisitTasks.reconcile(try VisitStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
    }
}

extension VisitFactStore {
    /// Marks that count, by visit, in order of time.
    static func acknowledgements(
        of visits: [ID<Visit>], in tx: any ReadTransaction
    ) throws -> [ID<Visit>: [ArrivalNotices.Mark]] {
        guard !visits.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT visit_id, recorded_by, happened_at
            FROM visit_fact
            WHERE visit_id IN \(list: visits) AND kind = 'acknowledged' AND undone_at IS NULL
            ORDER BY happened_at, id
            """)
        var marks: [ID<Visit>: [ArrivalNotices.Mark]] = [:]
        for row in rows {
            marks[try row.id("visit_id"), default: []].append(
                ArrivalNotices.Mark(by: try row.id("recorded_by"), at: try row.timestamp("happened_at")))
        }
        return marks
    }

    static func undoAcknowledgements(
        of visit: ID<Visit>, by actor: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE visit_fact SET undone_at = \(now), undone_by = \(actor)
            WHERE visit_id = \(visit) AND kind = 'acknowledged' AND undone_at IS NULL
            """)
    }
}
