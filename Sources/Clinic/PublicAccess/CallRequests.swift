import Kernel
import Storage

/// "Please call me": what a customer can do on line when no time suits (R3.09). The desk gets a task.
package enum CallRequests {
    package static let scope: Set<TaskRule.Fact> = [.callAsked]
    /// Id of the rule in the playbook; its task leads to the list of requests.
    package static let rule = "online.call"

    /// Takes a request. A form sent twice is one request.
    ///
    /// - Parameters:
    ///   - addressHash: keyed hash of the network address.
    ///   - commandHash: keyed hash of the form's own number.
    /// - Throws: `OnlineFaults`, `OnlineRefusal`; neither depends on who is on file.
    @discardableResult
    package static func ask(
        _ entry: CallEntry, addressHash: String, commandHash: String, language: Language, by work: Work,
        in tx: any WriteTransaction
    ) throws -> CallRequest {
        if let known = try CallRequestStore.find(command: commandHash, in: tx) { return known }
        guard entry.trap.isEmpty else { throw OnlineRefusal.notAccepted }
        let faults = CallRules.faults(entry)
        guard faults.isEmpty, let phone = PhoneNumber(entry.phone) else { throw OnlineFaults(faults) }
        let playbook = work.playbook
        guard
            try CallRequestStore.count(addressHash: addressHash, day: work.today, in: tx)
                < playbook[.publicCallRequestsPerAddress],
            try CallRequestStore.countOpen(clinic: work.clinic.id, in: tx) < playbook[.publicUnverifiedAtOnce]
        else { throw OnlineRefusal.notAccepted }
        let request = CallRequest(
            id: work.newID(), clinicID: work.clinic.id, name: entry.name.halfWidth.trimmed, phone: phone.digits,
            wish: CallWish(rawValue: entry.wish) ?? .soon, note: entry.note.nonBlank, language: language,
            addressHash: addressHash, commandHash: commandHash, askedAt: work.now, askedDay: work.today)
        try CallRequestStore.insert(request, in: tx)
        try reconcile(request, by: work, in: tx)
        try Audit.append(
            Event("callRequest.asked", of: request.id, ["wish": .text(request.wish.rawValue)]), by: work, in: tx)
        return request
    }

    /// Those nobody has settled, oldest first.
    /// - Throws: `NotAllowed`.
    package static func listOpen(by work: Work, in tx: any ReadTransaction) throws -> [CallRequest] {
        try work.actor.require(.bookAppointments)
        return try CallRequestStore.listOpen(clinic: work.clinic.id, limit: 100, in: tx)
    }

    /// - Throws: `NotAllowed`, `NotFound`, `OnlineDeskError.settled`.
    @discardableResult
    package static func settle(
        _ id: ID<CallRequest>, _ outcome: CallRequest.Outcome, by work: Work, in tx: any WriteTransaction
    ) throws -> CallRequest {
        try work.actor.require(.bookAppointments)
        var request = try CallRequestStore.get(id, clinic: work.clinic.id, in: tx)
        request.settledAt = work.now
        request.settledBy = work.actor.id
        request.outcome = outcome
        guard try CallRequestStore.setSettled(request, in: tx) else { throw OnlineDeskError.settled }
        try reconcile(request, by: work, in: tx)
        try Audit.append(
            Event("callRequest.settled", of: id, ["outcome": .text(outcome.rawValue)]), by: work, in: tx)
        return request
    }

    /// Pure (design idea 3). Neither the name nor the number stands in the log of tasks.
    package static func facts(_ request: CallRequest) -> [TaskFact] {
        guard request.settledAt == nil else { return [] }
        return [
            TaskFact(
                .callAsked, of: TaskSubject(.callRequest, request.id), anchor: request.askedAt,
                anchorDay: request.askedDay, patientID: nil, holding: [],
                reason: "客人在网上请回电 · \(request.wish.label)\(request.language == .english ? " · 英文" : "")")
        ]
    }

    private static func reconcile(_ request: CallRequest, by work: Work, in tx: any WriteTransaction) throws {
        try Tasks.reconcile(
            facts(request), of: TaskSubject(.callRequest, request.id), scope: scope, cause: "已回电", by: work, in: tx)
    }
}
