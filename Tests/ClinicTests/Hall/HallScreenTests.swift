import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite("大厅屏") struct HallScreenTests {
    @Test("叫号、再叫、过号、入座，屏幕都跟着变 R4.10 R3.56", arguments: Backend.allCases)
    func followsTheQueue(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let people = try await desk.morePatients(3)
        let first = try await desk.checkIn(people[0], at: 0)
        let second = try await desk.checkIn(people[1], at: 1)
        _ = try await desk.checkIn(people[2], doctor: desk.book.chen, at: 2)

        var screen = try await desk.screen(at: 3)
        #expect(screen.calls.isEmpty && screen.waiting.map(\.ticket) == ["A001", "A002", "A003"])
        #expect(screen.waiting.map(\.ahead) == [0, 1, 0])
        #expect(screen.waiting.map(\.name) == ["客*0", "客*1", "客*2"])

        try await desk.call(first.visit.id, chair: 0, at: 4)
        screen = try await desk.screen(at: 4, seconds: 20)
        #expect(screen.calls.map(\.key) == ["A001-1"] && screen.calls[0].seconds == 20)
        #expect(screen.calls[0].room == 1 && screen.waiting.map(\.ticket) == ["A002", "A003"])
        // Who was called is still before the next one: the room is not free yet.
        #expect(screen.waiting[0].ahead == 1)

        try await desk.call(first.visit.id, chair: 0, at: 6)
        #expect(try await desk.screen(at: 6).calls.map(\.key) == ["A001-2"])

        try await desk.write { tx in try Queue.skip(second.visit.id, by: desk.work(7), in: tx) }
        screen = try await desk.screen(at: 7)
        #expect(screen.missed == ["A002"] && screen.waiting.map(\.ticket) == ["A003"])

        try await desk.leadIn(first.visit.id, at: 8)
        screen = try await desk.screen(at: 8)
        #expect(screen.calls.isEmpty && screen.answered.map(\.ticket) == ["A001"])
        #expect(try await desk.screen(at: 22).answered.isEmpty)
    }

    @Test("公告和预约制说明在屏幕上，改掉撤下都算数 R3.10", arguments: Backend.allCases)
    func notices(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        #expect(try await desk.screen(at: 0).standing?.chinese.contains("预约制") == true)
        let made = try await desk.write { tx in
            try HallNotices.set(chinese: " 儿童候诊区在二楼 ", english: "", by: desk.work(), in: tx)
        }
        #expect(try await desk.screen(at: 0).notices.map(\.chinese) == ["儿童候诊区在二楼"])
        let edited = try await desk.write { tx in
            try HallNotices.set(
                chinese: "儿童候诊区在三楼", english: "Children: third floor", replacing: made.id, by: desk.work(1), in: tx)
        }
        #expect(try await desk.screen(at: 1).notices == [edited])
        try await desk.write { tx in try HallNotices.end(edited.id, by: desk.work(2), in: tx) }
        #expect(try await desk.screen(at: 2).notices.isEmpty)
        await #expect(throws: FormErrors.self) {
            try await desk.write { tx in
                try HallNotices.set(chinese: String(repeating: "长", count: 61), english: "", by: desk.work(), in: tx)
            }
        }
        await #expect(throws: NotAllowed.self) {
            try await desk.write { tx in
                try HallNotices.set(
                    chinese: "不行", english: "", by: desk.work(only: [.keepRegisters]), in: tx)
            }
        }
    }

    @Test("窗口有自己的号码，叫到前台时屏幕上是窗口号 R4.39", arguments: Backend.allCases)
    func windowsHaveNumbers(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        #expect(try await desk.screen(at: 0).desk == nil)
        let made = try await desk.write { tx in
            _ = try ServiceWindows.open(number: 1, kind: .cashier, by: desk.work(), in: tx)
            return try ServiceWindows.open(number: 2, kind: .desk, by: desk.work(), in: tx)
        }
        #expect(try await desk.screen(at: 0).desk == 2)
        for number in [2, 0, 100] {
            await #expect(throws: FormErrors.self) {
                try await desk.write { tx in
                    _ = try ServiceWindows.open(number: number, kind: .desk, by: desk.work(), in: tx)
                }
            }
        }
        try await desk.write { tx in try ServiceWindows.close(made.id, by: desk.work(1), in: tx) }
        #expect(try await desk.screen(at: 1).desk == nil)
        // The number is free again.
        try await desk.write { tx in _ = try ServiceWindows.open(number: 2, kind: .desk, by: desk.work(2), in: tx) }
        #expect(try await desk.screen(at: 2).desk == 2)
    }

    @Test("屏幕凭自己的密钥打开，停用后一样都看不到 R4.10 R16.07", arguments: Backend.allCases)
    func pairsAndRevokes(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let token = PublicToken(bytes: Array(1...18))
        let link = try await desk.write { tx in
            try DeviceLinks.pair(name: "候诊区大屏", token: token, by: desk.work(), in: tx)
        }
        let now = desk.work().now
        let opened = try await desk.book.db.read { tx in try DeviceLinks.open(token, in: tx) }
        #expect(opened.link.id == link.id && opened.clinic.id == desk.book.clinic.id)
        #expect(!link.isRunning(at: now) && DeviceLinks.needsTouch(link, now: now))

        try await desk.write { tx in try DeviceLinks.touch(link, at: now, in: tx) }
        let seen = try await desk.book.db.read { tx in try DeviceLinks.list(by: desk.work(), in: tx) }
        #expect(seen.map { $0.isRunning(at: now.adding(seconds: 119)) } == [true])
        #expect(seen.map { $0.isRunning(at: now.adding(seconds: 120)) } == [false])
        #expect(seen.map { DeviceLinks.needsTouch($0, now: now.adding(seconds: 59)) } == [false])
        #expect(seen.map { DeviceLinks.needsTouch($0, now: now.adding(seconds: 60)) } == [true])

        await #expect(throws: FormErrors.self) {
            try await desk.write { tx in
                try DeviceLinks.pair(name: "候诊区大屏", token: PublicToken(bytes: Array(2...19)), by: desk.work(), in: tx)
            }
        }
        try await desk.write { tx in try DeviceLinks.revoke(link.id, by: desk.work(5), in: tx) }
        for typed in [token, PublicToken(bytes: Array(3...20)), PublicToken(typed: "")] {
            await #expect(throws: ScreenIsGone()) {
                try await desk.book.db.read { tx in _ = try DeviceLinks.open(typed, in: tx) }
            }
        }
        let secrets = try await desk.book.db.read { tx in
            try tx.rows("SELECT token_hash FROM device_link").map { try $0.text("token_hash") }
        }
        #expect(secrets.count == 1 && !secrets.contains(token.text))
    }
}

extension ReceptionFixture {
    func screen(at minutes: Int, seconds: Int = 0) async throws -> HallScreen {
        let work = Work(
            actor: .screen, clinic: book.clinic, now: Self.now.adding(seconds: minutes * 60 + seconds),
            playbook: book.playbook, ids: book.ids)
        return try await book.db.read { tx in try HallScreen.load(by: work, in: tx) }
    }

    func call(_ visit: ID<Visit>, chair: Int, at minutes: Int) async throws {
        let (work, chair) = (work(minutes), chairs[chair])
        try await write { tx in try Queue.call(visit, chair: chair, version: nil, by: work, in: tx) }
    }
}
