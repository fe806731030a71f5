import Kernel
import Storage

/// Somebody who went into the treatment area with a customer (R4.14, R4.16).
package struct Companion: Hashable, Sendable {
    package let movementID: ID<Movement>
    package let visitID: ID<Visit>
    /// As said: 妈妈, 朋友.
    package let relation: String?
    package let enteredAt: Timestamp
    package let exitedAt: Timestamp?
    package let isWithinRule: Bool
    /// Code of the list `companionReason`.
    package let reason: String?
    package let note: String?
}

/// Why nobody may go in with this customer, and what to do instead.
package enum CompanionError: UserFacingError, Hashable {
    case outsideRule(String)
    case reasonNeeded
    case alreadyOut

    package var kind: FailureKind { self == .alreadyOut ? .conflict : .invalid }
    package var userMessage: String {
        switch self {
        case .outsideRule(let sentence): "\(sentence)；确有需要时请主管写明原因放行"
        case .reasonNeeded: "请选择放行陪同的原因"
        case .alreadyOut: "这位陪同已经登记离开诊区，请刷新后再看"
        }
    }
    package var field: String? { self == .alreadyOut ? nil : "companionReason" }
}

package enum Companions {
    package struct Admission: Hashable, Sendable {
        package let visitID: ID<Visit>
        package let relation: String?
        /// Code of the list `companionReason`, for an exception.
        package let reason: String?
        package let note: String?
        package init(visitID: ID<Visit>, relation: String? = nil, reason: String? = nil, note: String? = nil) {
            self.visitID = visitID
            self.relation = relation
            self.reason = reason
            self.note = note
        }
    }

    /// Lets somebody in with a customer who is in a chair; call it after the lead-in, in the same transaction or later.
    ///
    /// - Throws: `CompanionError.outsideRule` where the clinic demands the rule and the person may not make an exception,
    ///   or gives no reason; `ReceptionError.notInChair`.
    package static func admit(_ admission: Admission, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.leadIn)
        let visit = try Arrivals.open(admission.visitID, work, in: tx)
        guard let seat = try MovementStore.findOpen(visit: visit.id, in: tx) else { throw ReceptionError.notInChair }
        guard (admission.relation ?? "").count <= 20 else { throw FormErrors("companionRelation", "最多 20 个字") }
        guard (admission.note ?? "").count <= 60 else { throw FormErrors("companionNote", "最多 60 个字") }
        let verdict = try verdict(visit, by: work, in: tx)
        let reason = try checked(admission, verdict, work)
        let id = work.newID(Movement.self)
        try MovementStore.enterCompanion(
            id: id, with: seat, clinic: work.clinic.id, by: work.actor.id, at: work.now, in: tx)
        let companion = Companion(
            movementID: id, visitID: visit.id, relation: admission.relation?.nonBlank, enteredAt: work.now,
            exitedAt: nil, isWithinRule: verdict == .allowed, reason: reason, note: admission.note?.nonBlank)
        try CompanionStore.insert(companion, allowedBy: reason == nil ? nil : work.actor.id, in: tx)
        try Audit.append(
            Event(
                "visit.companionIn", of: visit.id, patient: visit.patientID,
                [
                    "relation": JSONValue(companion.relation), "isWithinRule": .bool(companion.isWithinRule),
                    "reason": JSONValue(reason), "note": JSONValue(companion.note),
                ]), by: work, in: tx)
    }

    /// The companion leaves before the customer does.
    package static func leave(
        _ id: ID<Movement>, of visitID: ID<Visit>, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard [Capability.leadIn, .updateChairs].contains(where: work.actor.may) else {
            throw NotAllowed(capability: .updateChairs)
        }
        let visit = try VisitStore.get(visitID, clinic: work.clinic.id, in: tx)
        guard
            try MovementStore.exitCompanion(id, visit: visitID, at: work.now, by: work.actor.id, in: tx)
        else { throw CompanionError.alreadyOut }
        try Audit.append(Event("visit.companionOut", of: visitID, patient: visit.patientID), by: work, in: tx)
    }

    /// What the rule says for one more person with this customer.
    package static func verdict(
        _ visit: Visit, by work: Work, in tx: any ReadTransaction
    ) throws -> CompanionRules.Verdict {
        let age = try PatientStore.briefs([visit.patientID], today: work.today, in: tx).first?.age
        let inside = try MovementStore.companionsInside([visit.id], in: tx)[visit.id] ?? 0
        return CompanionRules.verdict(age: age, inside: inside, CompanionRules.Bounds(work.playbook))
    }

    /// "客人 35 岁，12 岁及以下…可以有 1 位陪同"; nil when somebody may go in.
    package static func objection(_ verdict: CompanionRules.Verdict, _ playbook: Playbook) -> String? {
        switch verdict {
        case .allowed: nil
        case .outsideAge(let age):
            "\(age.map { "客人 \($0) 岁" } ?? "客人年龄没有登记")，\(CompanionRules.Bounds(playbook).text)"
        case .full(let maximum): "已经有 \(maximum) 位陪同在诊区，其他家属请在候诊区等候"
        }
    }

    /// The code to keep with the admission; nil when the rule allows it.
    private static func checked(
        _ admission: Admission, _ verdict: CompanionRules.Verdict, _ work: Work
    ) throws -> String? {
        guard let objection = objection(verdict, work.playbook) else { return nil }
        if case .require(let capability) = work.playbook.level(of: .companionWithinRule),
            !work.actor.may(capability)
        {
            throw CompanionError.outsideRule(objection)
        }
        guard let reason = admission.reason?.nonBlank else {
            if work.playbook.demands(.companionWithinRule) { throw CompanionError.reasonNeeded }
            return nil
        }
        guard let code = work.playbook.code(reason, in: .companionReason) else { throw CompanionError.reasonNeeded }
        if code.needsNote, admission.note?.nonBlank == nil { throw FormErrors("companionNote", "请写一句说明") }
        return code.code
    }
}

/// SQL of `companion`; the times stand in `movement`.
package enum CompanionStore {
    /// Everybody who went in with these customers, in order of time.
    package static func list(_ visits: [ID<Visit>], in tx: any ReadTransaction) throws -> [Companion] {
        guard !visits.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT c.movement_id, m.visit_id, c.relation, m.entered_at, m.exited_at, c.is_within_rule, c.reason, c.note
            FROM companion c
            JOIN movement m ON m.id = c.movement_id
            WHERE m.visit_id IN \(list: visits)
            ORDER BY m.entered_at, m.id
            """
        ).map {
            Companion(
                movementID: try $0.id("movement_id"), visitID: try $0.id("visit_id"),
                relation: try $0.textIfAny("relation"), enteredAt: try $0.timestamp("entered_at"),
                exitedAt: try $0.timestampIfAny("exited_at"), isWithinRule: try $0.bool("is_within_rule"),
                reason: try $0.textIfAny("reason"), note: try $0.textIfAny("note"))
        }
    }

    static func insert(_ companion: Companion, allowedBy: ID<Staff>?, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO companion (movement_id, relation, is_within_rule, reason, note, allowed_by)
            VALUES (\(companion.movementID), \(companion.relation), \(companion.isWithinRule), \(companion.reason),
                \(companion.note), \(allowedBy))
            """)
    }
}
