import Kernel
import Storage

/// Why a request cannot go on.
package enum RosterRequestError: UserFacingError, Hashable {
    case alreadyDecided
    case notYours
    case notColleague
    case colleagueFirst(name: String)
    case ownRequest
    case refusalNeedsReason

    package var kind: FailureKind {
        switch self {
        case .alreadyDecided, .colleagueFirst: .conflict
        case .notYours, .notColleague, .ownRequest: .forbidden
        case .refusalNeedsReason: .invalid
        }
    }
    package var userMessage: String {
        switch self {
        case .alreadyDecided: "这条申请已经有结果或已撤回，请看列表"
        case .notYours: "只有申请人自己能撤回，请让本人操作"
        case .notColleague: "这条换班不是问您的，请让被问的同事答复"
        case .colleagueFirst(let name): "\(name)还没有答应换班，请先等同事答复"
        case .ownRequest: "自己的申请要由另一位主管批，请找同级或上级"
        case .refusalNeedsReason: "不批准请写一句原因，本人看得到"
        }
    }
    package var field: String? { self == .refusalNeedsReason ? "note" : nil }
}

/// Leave and swaps: asked by anybody for themselves, decided by a keeper of the roster (R13.02).
package enum RosterRequests {
    /// - Throws: `FormErrors` (firstDay, lastDay, units, colleague, reason, note).
    package static func ask(
        _ ask: AskRoster, by work: Work, in tx: any WriteTransaction
    ) throws -> RosterRequest {
        try RosterRequestRules.check(ask, asker: work.actor.id, today: work.today)
        guard let code = work.playbook.code(ask.reason, in: .leaveReason) else {
            throw FormErrors("reason", "请从列表里选择原因")
        }
        if code.needsNote, ask.note?.nonBlank == nil { throw FormErrors("note", "选“其他”时请写一句说明") }
        if let colleague = ask.colleagueID,
            try !StaffStore.listActive(clinic: work.clinic.id, in: tx).contains(where: { $0.id == colleague })
        {
            throw FormErrors("colleague", "请从列表里选择同事")
        }
        var ask = ask
        ask.note = ask.note?.nonBlank
        let id = work.newID(RosterRequest.self)
        try RosterRequestStore.insert(
            ask, id: id, staff: work.actor.id, clinic: work.clinic.id, now: work.now, in: tx)
        let request = try RosterRequestStore.get(id, clinic: work.clinic.id, in: tx)
        try notify(request, by: work, in: tx)
        try Audit.append(
            Event(
                "roster.requested", of: id,
                [
                    "kind": .text(ask.kind.rawValue), "reason": .text(ask.reason), "first": JSONValue(ask.firstDay),
                    "last": JSONValue(ask.lastDay), "colleague": JSONValue(ask.colleagueID),
                ]), by: work, in: tx)
        return request
    }

    /// The colleague says yes; no is a withdrawal on behalf of both.
    package static func answer(
        _ id: ID<RosterRequest>, agrees: Bool, by work: Work, in tx: any WriteTransaction
    ) throws {
        let request = try open(id, work, in: tx)
        guard request.colleagueID == work.actor.id, request.agreedAt == nil else {
            throw RosterRequestError.notColleague
        }
        let saved =
            agrees
            ? try RosterRequestStore.agree(request, at: work.now, in: tx)
            : try RosterRequestStore.decide(
                request, .refused, note: "同事不方便", by: work.actor.id, at: work.now, in: tx)
        guard saved else { throw ChangedMeanwhile("申请") }
        try notify(try RosterRequestStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(
            Event(agrees ? "roster.swapAgreed" : "roster.swapDeclined", of: id), by: work, in: tx)
    }

    package static func withdraw(_ id: ID<RosterRequest>, by work: Work, in tx: any WriteTransaction) throws {
        let request = try open(id, work, in: tx)
        guard request.staffID == work.actor.id else { throw RosterRequestError.notYours }
        guard try RosterRequestStore.withdraw(request, at: work.now, in: tx) else { throw ChangedMeanwhile("申请") }
        try notify(try RosterRequestStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(Event("roster.requestWithdrawn", of: id), by: work, in: tx)
    }

    /// Approves or refuses. An approved request changes the roster at once.
    /// - Returns: the bookings that have no doctor now.
    @discardableResult
    package static func decide(
        _ id: ID<RosterRequest>, _ decision: RosterRequest.Decision, note: String?, by work: Work,
        in tx: any WriteTransaction
    ) throws -> [Appointment] {
        try work.actor.require(.manageRoster)
        let request = try open(id, work, in: tx)
        guard request.staffID != work.actor.id else { throw RosterRequestError.ownRequest }
        if decision == .refused, note?.nonBlank == nil { throw RosterRequestError.refusalNeedsReason }
        if decision == .approved, request.state == .askingColleague, let colleague = request.colleagueID {
            throw RosterRequestError.colleagueFirst(name: try StaffStore.names([colleague], in: tx)[colleague] ?? "同事")
        }
        guard
            try RosterRequestStore.decide(
                request, decision, note: note?.nonBlank, by: work.actor.id, at: work.now, in: tx)
        else { throw ChangedMeanwhile("申请") }
        let displaced = decision == .approved ? try apply(request, by: work, in: tx) : []
        try notify(try RosterRequestStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(
            Event(
                decision == .approved ? "roster.requestApproved" : "roster.requestRefused", of: id,
                ["staff": JSONValue(request.staffID), "note": JSONValue(note?.nonBlank)]), by: work, in: tx)
        return displaced
    }

    // MARK: private

    private static func open(
        _ id: ID<RosterRequest>, _ work: Work, in tx: any ReadTransaction
    ) throws -> RosterRequest {
        let request = try RosterRequestStore.get(id, clinic: work.clinic.id, in: tx)
        guard request.isOpen else { throw RosterRequestError.alreadyDecided }
        return request
    }

    private static func apply(
        _ request: RosterRequest, by work: Work, in tx: any WriteTransaction
    ) throws -> [Appointment] {
        guard let first = request.days.first, let last = request.days.last else { return [] }
        let facts = try RosterStore.load(clinic: work.clinic.id, from: first, to: last, in: tx)
        var displaced: [Appointment] = []
        let label = work.playbook.label(request.reason, in: .leaveReason)
        for (staff, day, spans) in RosterRequestRules.effect(request, facts) where day >= work.today {
            displaced += try RosterChanges.setDay(
                of: staff, day: day, spans: spans, reason: "\(request.kind.label) \(label)", by: work, in: tx)
        }
        return displaced
    }

    /// Tells whoever has to act next.
    private static func notify(_ r: RosterRequest, by work: Work, in tx: any WriteTransaction) throws {
        let people = Set([r.staffID] + [r.colleagueID, r.decidedBy].compactMap(\.self))
        let names = try StaffStore.names(people, in: tx)
        let asker = names[r.staffID] ?? ""
        let what = "\(r.kind.label) \(r.whenText)"
        let subject = TaskSubject(.rosterRequest, r.id)
        func fact(
            _ kind: TaskRule.Fact, at anchor: Timestamp, for person: ID<Staff>?, _ reason: String
        ) -> TaskFact {
            TaskFact(
                kind, of: subject, anchor: anchor, anchorDay: work.clinic.calendar.businessDay(of: anchor),
                patientID: nil, holding: [], recorder: person, reason: reason)
        }
        var facts: [TaskFact] = []
        switch r.state {
        case .askingColleague:
            facts = [fact(.swapAsked, at: r.askedAt, for: r.colleagueID, "\(asker)想和您换班：\(r.whenText)")]
        case .waiting: facts = [fact(.rosterRequested, at: r.agreedAt ?? r.askedAt, for: nil, "\(asker) \(what)")]
        case .decided(let decision):
            let note = r.decisionNote.map { "（\($0)）" } ?? ""
            facts = [
                fact(.rosterAnswered, at: r.decidedAt ?? work.now, for: r.staffID, "\(what) \(decision.label)\(note)")
            ]
        case .withdrawn: break
        }
        try Tasks.reconcile(
            facts, of: subject, scope: [.swapAsked, .rosterRequested, .rosterAnswered],
            cause: r.state == .withdrawn ? "申请已撤回" : "申请已处理", by: work, in: tx)
    }
}
