import Kernel
import Storage

/// Messages between desk, floor, lobby, till and rooms (R4.32).
package enum InsideMessages {
    package struct Send: Hashable, Sendable {
        package var from: String
        package var to: [String]
        package var body: String
        package var visitID: ID<Visit>?
        /// The message that is answered.
        package var answersID: ID<InsideMessage>?
        package init(
            from: String, to: [String], body: String, visitID: ID<Visit>? = nil, answersID: ID<InsideMessage>? = nil
        ) {
            self.from = from
            self.to = to
            self.body = body
            self.visitID = visitID
            self.answersID = answersID
        }
    }

    /// Whoever stands at the desk, in the rooms or at the till may write.
    package static func places(by work: Work, in tx: any ReadTransaction) throws -> [WorkPlace] {
        WorkPlaceRules.places(
            posts: work.playbook.codes(.workPlace), rooms: try PlaceStore.rooms(clinic: work.clinic.id, in: tx))
    }

    /// Where the person is taken to be until the person says where.
    package static func usualPlace(by work: Work, in tx: any ReadTransaction) throws -> String? {
        var room: Int?
        if let chair = try StaffStore.find(work.actor.id, in: tx)?.chairID {
            room = try PlaceStore.chairs(clinic: work.clinic.id, in: tx).first { $0.id == chair }?.roomNumber
        }
        return WorkPlaceRules.usual(roles: work.actor.roles, room: room)
    }

    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors` for `from`, `to`, `body`.
    @discardableResult
    package static func send(
        _ command: Send, by work: Work, in tx: any WriteTransaction
    ) throws -> ID<InsideMessage> {
        try work.actor.require(.seeReception)
        try InsideMessageRules.check(body: command.body, to: command.to, from: command.from)
        let known = Set(try places(by: work, in: tx).map(\.code))
        guard known.contains(command.from) else { throw FormErrors("from", "请先选您现在在哪里") }
        guard command.to.allSatisfy(known.contains) else { throw FormErrors("to", "请从列出的位置中选") }
        if let answered = command.answersID,
            try InsideMessageStore.findSender(answered, clinic: work.clinic.id, in: tx) == nil
        {
            throw NotFound("消息")
        }
        if let visit = command.visitID { _ = try VisitStore.get(visit, clinic: work.clinic.id, in: tx) }
        let to = Set(command.to).subtracting([command.from]).sorted()
        let message = InsideMessage(
            id: work.newID(), businessDay: work.today, from: command.from, body: command.body.trimmed,
            visitID: command.visitID, answersID: command.answersID, sentAt: work.now, sentBy: work.actor.id,
            to: to.map { InsideMessage.Receipt(place: $0, readAt: nil, readBy: nil) })
        try InsideMessageStore.insert(message, clinic: work.clinic.id, in: tx)
        // The words stay out of the log, which is kept for ever.
        try Audit.append(
            Event(
                "message.sent", of: message.id, ["from": .text(command.from), "to": .text(to.joined(separator: " "))]),
            by: work, in: tx)
        return message.id
    }

    /// Everything that came to a place today is read, by this person.
    /// - Returns: how many became read.
    package static func read(at place: String, by work: Work, in tx: any WriteTransaction) throws -> Int {
        try work.actor.require(.seeReception)
        return try InsideMessageStore.markRead(
            clinic: work.clinic.id, day: work.today, place: place, by: work.actor.id, at: work.now, in: tx)
    }

    /// Contents are kept for a set time (two years as shipped).
    /// - Returns: how many were emptied.
    package static func purge(by work: Work, in tx: any WriteTransaction) throws -> Int {
        let keep = work.playbook[.messageKeepMonths]
        let before = work.clinic.calendar.instant(work.today.adding(months: -keep), minute: 0)
        return try InsideMessageStore.emptyBodies(clinic: work.clinic.id, before: before, in: tx)
    }
}
