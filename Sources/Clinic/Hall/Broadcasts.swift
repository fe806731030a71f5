import Kernel
import Storage

/// Music, broadcast words and announcements of the hall: the schedule, what was played and by whom (R4.30).
package enum Broadcasts {
    /// The programmes of today with what became of them.
    package static func today(by work: Work, in tx: any ReadTransaction) throws -> [BroadcastRules.Turn] {
        let (day, second) = work.clinic.calendar.wallClock(work.now)
        // After midnight, before the business day ends, everything of the day has had its time.
        let minute = day == work.today ? second / 60 : 24 * 60
        return BroadcastRules.turns(
            try schedule(by: work, in: tx), weekday: work.today.weekday, minute: minute,
            plays: try BroadcastStore.listDay(clinic: work.clinic.id, day: work.today, in: tx))
    }

    package static func schedule(by work: Work, in tx: any ReadTransaction) throws -> [Broadcast] {
        BroadcastRules.schedule(
            shipped: work.playbook.broadcasts, own: try BroadcastStore.listOwn(clinic: work.clinic.id, in: tx))
    }

    /// Everything played, left out or announced on a day, first to last.
    package static func log(of day: Day, by work: Work, in tx: any ReadTransaction) throws -> [BroadcastPlay] {
        try BroadcastStore.listDay(clinic: work.clinic.id, day: day, in: tx)
    }

    /// Ticks a programme whose time has come: played, or left out with a reason.
    ///
    /// - Parameter onScreen: the hall screens speak its words.
    /// - Throws: `BroadcastError`, `NotAllowed`.
    @discardableResult
    package static func tick(
        _ code: String, _ outcome: BroadcastPlay.Outcome, reason: String? = nil, onScreen: Bool = false,
        by work: Work, in tx: any WriteTransaction
    ) throws -> BroadcastPlay {
        try work.actor.require(.keepRegisters)
        guard let turn = try today(by: work, in: tx).first(where: { $0.broadcast.code == code }) else {
            throw BroadcastError.unknown
        }
        if let play = turn.play { throw try done(play, in: tx) }
        let entry = turn.broadcast
        guard turn.state != .ahead else { throw BroadcastError.notYet(at: clock(entry.minute)) }
        if outcome == .left, reason?.nonBlank == nil { throw BroadcastError.reasonNeeded }
        let play = BroadcastPlay(
            id: work.newID(), slotCode: code, kind: entry.kind == .music ? .music : .words, title: entry.title,
            words: entry.words, outcome: outcome, reason: outcome == .left ? reason?.nonBlank : nil,
            onScreen: onScreen && outcome == .played && entry.words != nil, playedAt: work.now,
            playedBy: work.actor.id)
        guard try BroadcastStore.insert(play, by: work, in: tx) else { throw BroadcastError.done(by: nil) }
        try append(outcome == .played ? "broadcast.played" : "broadcast.left", play, work, in: tx)
        return play
    }

    /// Says something out of turn, by the loudspeaker or by the hall screens.
    ///
    /// - Throws: `FormErrors` with HTML name `words`, `NotAllowed`.
    @discardableResult
    package static func announce(
        _ words: String, onScreen: Bool, by work: Work, in tx: any WriteTransaction
    ) throws -> BroadcastPlay {
        try work.actor.require(.keepRegisters)
        guard let words = words.nonBlank, words.count <= Broadcast.longestWords else {
            throw FormErrors("words", "请写要广播的话，最多 \(Broadcast.longestWords) 个字")
        }
        let play = BroadcastPlay(
            id: work.newID(), slotCode: nil, kind: .announcement, title: String(words.prefix(20)), words: words,
            outcome: .played, reason: nil, onScreen: onScreen, playedAt: work.now, playedBy: work.actor.id)
        _ = try BroadcastStore.insert(play, by: work, in: tx)
        try append("broadcast.announced", play, work, in: tx)
        return play
    }

    /// Changes a programme, or adds one of the clinic's own.
    ///
    /// - Parameter code: nil: a new one.
    /// - Throws: `FormErrors` with HTML names `title`, `at`, `weekday`, `words`.
    @discardableResult
    package static func set(
        _ code: String?, _ form: BroadcastForm, by work: Work, in tx: any WriteTransaction
    ) throws -> Broadcast {
        try work.actor.require(.manageScripts)
        let id = work.newID(Broadcast.self)
        if let code, try !schedule(by: work, in: tx).contains(where: { $0.code == code }) {
            throw BroadcastError.unknown
        }
        let broadcast = try form.checked(code: code ?? "own.\(id.text)")
        try BroadcastStore.save(broadcast, id: id, by: work, in: tx)
        try Audit.append(
            Event(
                "broadcast.set", of: id,
                [
                    "code": .text(broadcast.code), "title": .text(broadcast.title),
                    "at": .text(clock(broadcast.minute)),
                    "weekdays": .text(broadcast.weekdays.sorted().map(String.init).joined()),
                    "words": JSONValue(broadcast.words), "isOn": .bool(broadcast.isOn),
                ]),
            by: work, in: tx)
        return broadcast
    }

    /// "08:30"
    package static func clock(_ minute: Int) -> String {
        "\(String(minute / 60).zeroPadded(2)):\(String(minute % 60).zeroPadded(2))"
    }

    private static func done(_ play: BroadcastPlay, in tx: any ReadTransaction) throws -> BroadcastError {
        .done(by: try StaffStore.names([play.playedBy], in: tx)[play.playedBy])
    }

    private static func append(
        _ kind: String, _ play: BroadcastPlay, _ work: Work, in tx: any WriteTransaction
    ) throws {
        try Audit.append(
            Event(
                kind, of: play.id,
                [
                    "slot": JSONValue(play.slotCode), "title": .text(play.title), "words": JSONValue(play.words),
                    "onScreen": .bool(play.onScreen), "reason": JSONValue(play.reason),
                ]),
            by: work, in: tx)
    }
}

/// A programme as it is filled in.
package struct BroadcastForm: Hashable, Sendable {
    package var kind: Broadcast.Kind
    package var title: String
    /// "08:30"
    package var at: String
    package var weekdays: Set<Int>
    package var words: String
    package var isOn: Bool
    package init(
        kind: Broadcast.Kind, title: String, at: String, weekdays: Set<Int>, words: String = "", isOn: Bool = true
    ) {
        self.kind = kind
        self.title = title
        self.at = at
        self.weekdays = weekdays
        self.words = words
        self.isOn = isOn
    }

    package init(_ broadcast: Broadcast) {
        self.init(
            kind: broadcast.kind, title: broadcast.title, at: Broadcasts.clock(broadcast.minute),
            weekdays: broadcast.weekdays, words: broadcast.words ?? "", isOn: broadcast.isOn)
    }

    func checked(code: String) throws(FormErrors) -> Broadcast {
        var faults = FormErrors()
        let title = title.trimmed
        if title.isEmpty || title.count > 30 { faults.add("title", "请填写节目名称，最多 30 个字") }
        let minute = SettingValue.clockMinutes(at.halfWidth.trimmed)
        if minute == nil { faults.add("at", "请填写时间，例如 08:30") }
        if weekdays.isEmpty || !weekdays.isSubset(of: 1...7) { faults.add("weekday", "请至少选一天") }
        let text = kind == .words ? words.nonBlank : nil
        if kind == .words, text == nil { faults.add("words", "请写要广播的话") }
        if let text, text.count > Broadcast.longestWords {
            faults.add("words", "最多 \(Broadcast.longestWords) 个字")
        }
        try faults.throwIfAny()
        return Broadcast(
            code: code, kind: kind, weekdays: weekdays, minute: minute ?? 0, title: title, words: text, isOn: isOn)
    }
}
