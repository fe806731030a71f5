import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite("门厅") struct LobbyTests {
    @Test("门厅只登记来过的客人，第一次来的请到前台，前台看得到 R4.23", arguments: Backend.allCases)
    func returningOnly(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let (first, returning) = (desk.book.xiaoming, desk.book.chunmei)
        try await desk.addTreatment(of: returning, on: BookFixture.today.adding(days: -40))
        let lobby = desk.work(only: [.checkInReturning, .keepRegisters])

        await #expect(throws: HallError.firstVisit(name: "王小明")) {
            try await desk.write { tx in
                _ = try LobbyGuests.checkIn(first, appointment: nil, complaint: "牙疼", by: lobby, in: tx)
            }
        }
        let made = try await desk.write { tx in
            try LobbyGuests.checkIn(returning, appointment: nil, complaint: "复查", by: lobby, in: tx)
        }
        #expect(made.ticket == "A001")

        let sent = try await desk.write { tx in try LobbyGuests.send(first, label: "", by: lobby, in: tx) }
        #expect(sent.label == "王小明")
        await #expect(throws: HallError.alreadySent(name: "王小明")) {
            try await desk.write { tx in _ = try LobbyGuests.send(first, label: "", by: lobby, in: tx) }
        }
        try await desk.write { tx in _ = try LobbyGuests.send(nil, label: "穿红外套的女士", by: lobby, in: tx) }
        var open = try await desk.open()
        #expect(open.map(\.label) == ["王小明", "穿红外套的女士"])

        // The desk's own registration takes the first one over, a tap the second.
        _ = try await desk.checkIn(first, at: 2)
        let unknown = try #require(open.last)
        try await desk.write { tx in try LobbyGuests.meet(unknown.id, by: desk.work(3), in: tx) }
        open = try await desk.open()
        #expect(open.isEmpty)
        await #expect(throws: NotFound("门厅请来的客人")) {
            try await desk.write { tx in try LobbyGuests.meet(unknown.id, by: desk.work(4), in: tx) }
        }
    }

    @Test("门厅计数默认关；打开后按半小时记进出，能减回去 R4.22", arguments: Backend.allCases)
    func countsByHalfHour(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        await #expect(throws: HallError.countOff) {
            try await desk.write { tx in try HallCounts.tap(.inside, 1, by: desk.work(), in: tx) }
        }
        @Sendable func counting(_ minutes: Int) -> Work {
            let on = PlaybookOverride(
                kind: .setting, key: FlagSetting.hallCountOn.rawValue, value: "true", shippedValue: "false")
            let plain = desk.work(minutes)
            return Work(
                actor: plain.actor, clinic: plain.clinic, now: plain.now,
                playbook: desk.book.playbook.resolved(organisation: [], clinic: [on]), ids: plain.ids)
        }
        // 09:20, 09:29 and 09:30
        for (minutes, way, people) in [
            (0, HallCounts.Way.inside, 1), (9, .inside, 1), (9, .outside, 1), (10, .inside, 1), (11, .outside, -1),
        ] {
            try await desk.write { tx in try HallCounts.tap(way, people, by: counting(minutes), in: tx) }
        }
        let list = try await desk.book.db.read { tx in try HallCounts.list(by: counting(11), in: tx) }
        #expect(
            list == [
                HallCounts.HalfHour(index: 18, came: 2, went: 1), HallCounts.HalfHour(index: 19, came: 1, went: 0),
            ])
        #expect(list.map(\.clockText) == ["09:00", "09:30"])
        try await desk.write { tx in try HallCounts.tap(.inside, -1, by: counting(12), in: tx) }
        let after = try await desk.book.db.read { tx in try HallCounts.list(by: counting(12), in: tx) }
        #expect(after.map(\.index) == [18])
    }

    @Test("提醒大厅安静记下当时几位候诊 R4.28", arguments: Backend.allCases)
    func remindersAreLogged(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let people = try await desk.morePatients(2)
        for person in people { _ = try await desk.checkIn(person) }
        try await desk.write { tx in try LobbyReminders.record(by: desk.work(5), in: tx) }
        let list = try await desk.book.db.read { tx in try LobbyReminders.list(by: desk.work(6), in: tx) }
        #expect(list.map(\.waiting) == [2] && list.map(\.at) == [desk.work(5).now])
        await #expect(throws: NotAllowed.self) {
            try await desk.write { tx in try LobbyReminders.record(by: desk.work(only: []), in: tx) }
        }
    }
}

@Suite("广播") struct BroadcastTests {
    @Test("到点的节目记一次：谁、几点；第二个人看到是谁记的 R4.30", arguments: Backend.allCases)
    func ticksOnce(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        // 09:20: the two of the morning are overdue, 10:00 is ahead.
        var turns = try await desk.turns(at: 0)
        #expect(turns.prefix(3).map(\.state) == [.overdue, .overdue, .ahead])
        try await desk.write { tx in
            _ = try Broadcasts.tick("words.welcome", .played, onScreen: true, by: desk.work(), in: tx)
        }
        await #expect(throws: BroadcastError.self) {
            try await desk.write { tx in _ = try Broadcasts.tick("words.welcome", .played, by: desk.work(1), in: tx) }
        }
        await #expect(throws: BroadcastError.notYet(at: "10:00")) {
            try await desk.write { tx in _ = try Broadcasts.tick("words.order", .played, by: desk.work(1), in: tx) }
        }
        await #expect(throws: BroadcastError.reasonNeeded) {
            try await desk.write { tx in
                _ = try Broadcasts.tick("music.opening", .left, reason: " ", by: desk.work(1), in: tx)
            }
        }
        try await desk.write { tx in
            _ = try Broadcasts.tick("music.opening", .left, reason: "音响坏了", by: desk.work(2), in: tx)
        }
        turns = try await desk.turns(at: 40)
        #expect(turns.prefix(3).map(\.state) == [.left, .played, .due])
        // What was played is on the screens for three minutes.
        #expect(try await desk.screen(at: 3).announcements.count == 1)
        #expect(try await desk.screen(at: 4).announcements.isEmpty)
    }

    @Test("临时广播由大厅屏念出来，并记下是谁 R4.30", arguments: Backend.allCases)
    func announces(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        try await desk.write { tx in
            _ = try Broadcasts.announce("车牌尾号 5188 的车请挪一下", onScreen: true, by: desk.work(1), in: tx)
            _ = try Broadcasts.announce("请保持安静", onScreen: false, by: desk.work(1), in: tx)
        }
        let screen = try await desk.screen(at: 1, seconds: 30)
        #expect(screen.announcements.map(\.words) == ["车牌尾号 5188 的车请挪一下"])
        #expect(screen.announcements.map(\.seconds) == [30])
        let log = try await desk.book.db.read { tx in
            try Broadcasts.log(of: BookFixture.today, by: desk.work(), in: tx)
        }
        #expect(log.map(\.playedBy) == [desk.book.head.id, desk.book.head.id] && log.map(\.onScreen) == [true, false])
        await #expect(throws: FormErrors.self) {
            try await desk.write { tx in
                _ = try Broadcasts.announce(String(repeating: "长", count: 121), onScreen: true, by: desk.work(), in: tx)
            }
        }
    }

    @Test("主管改节目表：改时间、停播、加自己的节目 R4.30", arguments: Backend.allCases)
    func editsTheSchedule(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        try await desk.write { tx in
            _ = try Broadcasts.set(
                "words.welcome",
                BroadcastForm(kind: .words, title: "开诊问候", at: "０９:１５", weekdays: [4], words: "早上好"),
                by: desk.work(), in: tx)
            _ = try Broadcasts.set(
                nil, BroadcastForm(kind: .music, title: "轻音乐", at: "09:18", weekdays: Set(1...7)), by: desk.work(),
                in: tx)
            _ = try Broadcasts.set(
                "music.opening",
                BroadcastForm(kind: .music, title: "开门音乐", at: "08:20", weekdays: [4], isOn: false),
                by: desk.work(), in: tx)
        }
        let turns = try await desk.turns(at: 0)
        #expect(turns.prefix(2).map(\.broadcast.title) == ["开诊问候", "轻音乐"])
        #expect(turns.prefix(2).map(\.state) == [.due, .due])
        await #expect(throws: FormErrors.self) {
            try await desk.write { tx in
                _ = try Broadcasts.set(
                    nil, BroadcastForm(kind: .words, title: "", at: "25:00", weekdays: []), by: desk.work(), in: tx)
            }
        }
        await #expect(throws: NotAllowed.self) {
            try await desk.write { tx in
                _ = try Broadcasts.set(
                    nil, BroadcastForm(kind: .music, title: "轻音乐", at: "09:18", weekdays: [1]),
                    by: desk.work(only: [.keepRegisters]), in: tx)
            }
        }
    }
}

extension ReceptionFixture {
    fileprivate func open() async throws -> [LobbyGuest] {
        let work = work(5)
        return try await book.db.read { tx in try LobbyGuests.listOpen(by: work, in: tx) }
    }

    fileprivate func turns(at minutes: Int) async throws -> [BroadcastRules.Turn] {
        let work = work(minutes)
        return try await book.db.read { tx in try Broadcasts.today(by: work, in: tx) }
    }
}
