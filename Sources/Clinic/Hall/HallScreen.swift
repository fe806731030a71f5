import Kernel
import Storage

/// What a screen in the hall shows: numbers, masked names, rooms. Nothing else of a customer is in it (R4.10, R16.07).
package struct HallScreen: Hashable, Sendable {
    /// A number that was called.
    package struct Call: Hashable, Sendable {
        /// "A021"
        package let ticket: String
        /// 张*明
        package let name: String
        /// The number on the door; nil: to the desk.
        package let room: Int?
        /// Differs for each repetition.
        package let key: String
        /// Since the call.
        package let seconds: Int
        package init(ticket: String, name: String, room: Int?, key: String, seconds: Int) {
            self.ticket = ticket
            self.name = name
            self.room = room
            self.key = key
            self.seconds = seconds
        }
    }

    /// A number that waits.
    package struct Waiting: Hashable, Sendable {
        package let ticket: String
        package let name: String
        package let room: Int?
        /// Before this one with the same doctor; nil: no doctor decided yet.
        package let ahead: Int?
        package init(ticket: String, name: String, room: Int?, ahead: Int?) {
            self.ticket = ticket
            self.name = name
            self.room = room
            self.ahead = ahead
        }
    }

    /// Spoken words of the last minutes.
    package struct Announcement: Hashable, Sendable {
        package let key: String
        package let words: String
        package let seconds: Int
        package init(key: String, words: String, seconds: Int) {
            self.key = key
            self.words = words
            self.seconds = seconds
        }
    }

    package let now: Timestamp
    /// Called and not yet in the room, newest first.
    package let calls: [Call]
    /// Called a short while ago and already there, newest first.
    package let answered: [Call]
    /// In the order in which they are called.
    package let waiting: [Waiting]
    /// Numbers that did not answer.
    package let missed: [String]
    package let notices: [HallNotice]
    /// The playbook's "by appointment" sentence (R3.10); nil when switched off.
    package let standing: Words?
    package let announcements: [Announcement]
    /// The first window of the desk (R4.39); nil: windows have no numbers here.
    package let desk: Int?

    /// A sentence in both languages.
    package struct Words: Hashable, Sendable {
        package let chinese: String
        package let english: String
        package init(chinese: String, english: String) {
            self.chinese = chinese
            self.english = english
        }
    }

    package init(
        now: Timestamp, calls: [Call], answered: [Call], waiting: [Waiting], missed: [String], notices: [HallNotice],
        standing: Words?, announcements: [Announcement], desk: Int?
    ) {
        self.desk = desk
        self.now = now
        self.calls = calls
        self.answered = answered
        self.waiting = waiting
        self.missed = missed
        self.notices = notices
        self.standing = standing
        self.announcements = announcements
    }

    /// Minutes a call stays under "called before".
    static let answeredMinutes = 15
    /// Minutes an announcement stands on the screen.
    static let announcementMinutes = 3
}

extension HallScreen {
    /// In a fixed number of statements, whatever the number of customers.
    package static func load(by work: Work, in tx: any ReadTransaction) throws -> HallScreen {
        let board = try ReceptionBoard.load(by: work, in: tx)
        let since = work.now.adding(minutes: -announcementMinutes)
        let spoken = try BroadcastStore.listOnScreen(clinic: work.clinic.id, day: work.today, since: since, in: tx)
        return HallScreen(
            board: board, notices: try HallNotices.list(clinic: work.clinic.id, in: tx),
            standing: standing(work.playbook), announcements: spoken.map { Announcement($0, now: work.now) },
            desk: try ServiceWindows.list(clinic: work.clinic.id, in: tx).first { $0.kind == .desk }?.number)
    }

    private static func standing(_ playbook: Playbook) -> Words? {
        guard let chinese = playbook.publicNotice(.chinese), let english = playbook.publicNotice(.english) else {
            return nil
        }
        return Words(chinese: chinese, english: english)
    }

    init(
        board: ReceptionBoard, notices: [HallNotice], standing: Words?, announcements: [Announcement], desk: Int?
    ) {
        let rooms = Dictionary(
            board.chairs.map { ($0.chair.id, $0.chair.roomNumber) }, uniquingKeysWith: { first, _ in first })
        let (queue, now) = (board.waiting, board.now)
        let ahead = HallRules.ahead(queue.map { HallRules.Place(visitID: $0.visit.id, doctorID: $0.visit.doctorID) })
        let recent = now.adding(minutes: -Self.answeredMinutes)
        let answered = board.guests.filter { guest in
            guard let ticket = guest.ticket, let calledAt = ticket.calledAt else { return false }
            return ticket.closedAt != nil && guest.visit.seatedAt != nil && calledAt >= recent
        }
        self.init(
            now: now, calls: Self.calls(queue.filter { $0.ticket?.calledAt != nil }, rooms, now),
            answered: Self.calls(answered, rooms, now),
            waiting: queue.filter { $0.ticket?.calledAt == nil }.map { guest in
                Waiting(
                    ticket: guest.ticketLabel ?? "", name: MaskedName.of(guest.name), room: Self.room(guest, rooms),
                    ahead: ahead[guest.visit.id])
            },
            missed: board.skipped.compactMap(\.ticketLabel), notices: notices, standing: standing,
            announcements: announcements, desk: desk)
    }

    private static func calls(
        _ guests: [ReceptionBoard.Guest], _ rooms: [ID<Chair>: Int], _ now: Timestamp
    ) -> [Call] {
        guests.compactMap { guest -> (Timestamp, Call)? in
            guard let ticket = guest.ticket, let calledAt = ticket.calledAt, let label = guest.ticketLabel else {
                return nil
            }
            let call = Call(
                ticket: label, name: MaskedName.of(guest.name),
                room: ticket.calledChairID.flatMap { rooms[$0] } ?? room(guest, rooms),
                key: HallRules.key(ticket: label, times: ticket.callCount),
                seconds: Int((now.milliseconds - calledAt.milliseconds) / 1_000))
            return (calledAt, call)
        }
        .sorted { ($1.0, $1.1.ticket) < ($0.0, $0.1.ticket) }.map(\.1)
    }

    /// Where the customer's doctor usually works.
    private static func room(_ guest: ReceptionBoard.Guest, _ rooms: [ID<Chair>: Int]) -> Int? {
        guest.doctor?.chairID.flatMap { rooms[$0] }
    }
}

extension HallScreen.Announcement {
    init(_ play: BroadcastPlay, now: Timestamp) {
        self.init(
            key: play.id.text, words: play.words ?? play.title,
            seconds: Int((now.milliseconds - play.playedAt.milliseconds) / 1_000))
    }
}
