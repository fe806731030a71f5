import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite struct PublicLinkTests {
    private static func token(_ byte: UInt8) -> PublicToken {
        PublicToken(bytes: Array(repeating: byte, count: PublicToken.byteCount))
    }
    private static let now = BookFixture.now

    private func customer(_ book: BookFixture, at now: Timestamp = BookFixture.now) -> Work {
        Work(actor: .customer, clinic: book.clinic, now: now, playbook: book.playbook, ids: book.ids)
    }

    /// A booking with a link.
    private func linked(_ book: BookFixture, _ byte: UInt8 = 1, start: String = "10:00") async throws -> Appointment {
        let placed = try await book.place(book.command(start))
        try await issue(book, placed.id, byte)
        return placed
    }

    private func issue(_ book: BookFixture, _ id: ID<Appointment>, _ byte: UInt8) async throws {
        let work = book.work()
        _ = try await book.write { tx in try PublicLinks.issue(for: id, token: Self.token(byte), by: work, in: tx) }
    }

    private func find(_ book: BookFixture, _ byte: UInt8, at now: Timestamp = BookFixture.now) async -> OwnAppointment?
    {
        try? await book.db.read { tx in try OwnAppointments.find(Self.token(byte), now: now, in: tx) }
    }

    private func isGone(_ body: () async throws -> some Any) async -> Bool {
        do {
            _ = try await body()
            return false
        } catch { return error is LinkIsGone }
    }

    @Test("链接里的密钥不在数据库里，只有它的散列 R16.19", arguments: Backend.allCases)
    func onlyTheHashIsStored(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await linked(book)

        let stored = try await book.db.read { tx in
            try tx.first("SELECT token_hash, purpose, subject_id FROM public_link")
        }

        #expect(try stored?.text("token_hash") == Audit.sha256(Self.token(1).text))
        #expect(try stored?.text("token_hash").contains(Self.token(1).text) == false)
        #expect(try stored?.int64("subject_id") == placed.id.raw)
        #expect(Self.token(1).text.utf8.count == 24)
    }

    @Test("错的、过期的、停用的、用途不同的链接，答复都一样 R16.19", arguments: Backend.allCases)
    func everyDeadLinkIsTheSame(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await linked(book)
        let days = book.playbook[.publicLinkDays]

        #expect(await find(book, 1)?.appointment.id == placed.id)
        for (byte, now) in [(UInt8(9), Self.now), (1, Self.now.adding(days: days))] {
            #expect(
                await isGone {
                    try await book.db.read { tx in try OwnAppointments.find(Self.token(byte), now: now, in: tx) }
                })
        }
        #expect(
            await isGone {
                try await book.db.read { tx in try CalendarFeed.load(Self.token(1), now: Self.now, in: tx) }
            })
        let work = book.work()
        let revoked = try await book.write { tx in try PublicLinks.revokeAll(of: placed.id, by: work, in: tx) }
        #expect(revoked == 1)
        #expect(await find(book, 1) == nil)
    }

    @Test("一条预约最多五个链接同时能用，再给就停用最早的 R16.19", arguments: Backend.allCases)
    func theOldestGivesWay(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await linked(book)
        for byte in UInt8(2)...6 { try await issue(book, placed.id, byte) }

        let works = await (1...6).asyncMap { await find(book, UInt8($0)) != nil }

        #expect(works == [false, true, true, true, true, true])
    }

    @Test("客人用链接确认：记成客人本人，点两次也是一次 R3.25", arguments: Backend.allCases)
    func confirms(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await linked(book)
        let work = customer(book)

        let first = try await book.write { tx in
            try OwnAppointments.confirm(Self.token(1), version: placed.version, by: work, in: tx)
        }
        let second = try await book.write { tx in
            try OwnAppointments.confirm(Self.token(1), version: placed.version, by: work, in: tx)
        }

        #expect(first.confirmed == Appointment.Mark(at: Self.now, by: Actor.customer.id))
        #expect(second == first)
        let names = try await book.db.read { tx in try StaffStore.names([Actor.customer.id], in: tx) }
        #expect(names[Actor.customer.id] == "客人本人")
    }

    @Test("客人用链接改约：只能改到给出的时间，医生不变，历史里有原因 R3.31 R3.14", arguments: Backend.allCases)
    func movesInsideTheOffers(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await linked(book)
        let work = customer(book)
        let own = try #require(await find(book, 1))
        let offers = try await book.db.read { tx in try OwnAppointments.offers(own, from: nil, by: work, in: tx) }
        let offer = try #require(offers.first)
        let elsewhere = AskedTime(day: BookFixture.tomorrow, start: Unit(52))  // 13:00, nobody works

        let refused = await refusal {
            try await book.db.read { tx in try OwnAppointments.offered(Self.token(1), elsewhere, by: work, in: tx) }
        }
        let slot = try await book.db.read { tx in
            try OwnAppointments.offered(
                Self.token(1), AskedTime(day: offer.slot.day, start: offer.slot.start), by: work, in: tx)
        }
        let moved = try await book.write { tx in
            try OwnAppointments.move(Self.token(1), version: placed.version, to: slot, by: work, in: tx)
        }
        let history = try await book.db.read { tx in try AppointmentStore.listMoves(placed.id, in: tx) }

        #expect(refused == .timeIsGone)
        #expect(offers.allSatisfy { $0.slot.doctorID == placed.doctorID })
        #expect((moved.day, moved.start) == (offer.slot.day, offer.slot.start))
        #expect(moved.doctorID == placed.doctorID && moved.units == placed.units)
        #expect(history.map(\.reason) == ["customerTime"])
        #expect(history.map(\.moved.by) == [Actor.customer.id])
    }

    @Test("客人用链接取消：记下提前量，链接用完就失效，时间放出 R3.36 R16.19", arguments: Backend.allCases)
    func cancels(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await linked(book)
        let work = customer(book)

        let cancelled = try await book.write { tx in
            try OwnAppointments.cancel(
                Self.token(1), version: placed.version, reason: "busy", by: work, in: tx)
        }

        let start = book.clinic.calendar.instant(placed.day, placed.start)
        #expect(cancelled.cancellation?.side == .patient)
        #expect(cancelled.cancellation?.mark.by == Actor.customer.id)
        #expect(cancelled.cancellation?.noticeMinutes == start.minutes(since: Self.now))
        #expect(try await book.units().isEmpty)
        #expect(await find(book, 1) == nil)
        #expect(
            await isGone {
                try await book.write { tx in
                    try OwnAppointments.cancel(
                        Self.token(1), version: cancelled.version, reason: "busy", by: work, in: tx)
                }
            })
    }

    @Test("前台刚改过的预约，客人的旧页面不能覆盖 R16.04", arguments: Backend.allCases)
    func oldPagesLose(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await linked(book)
        _ = try await book.move(placed, to: "15:00")
        let work = customer(book)

        await #expect(throws: ChangedMeanwhile.self) {
            try await book.write { tx in
                try OwnAppointments.cancel(
                    Self.token(1), version: placed.version, reason: "busy", by: work, in: tx)
            }
        }
    }

    @Test("到了预约时间、客人到店、门诊取消以后，链接都失效 R16.19", arguments: Backend.allCases)
    func endsWithTheVisit(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await linked(book)
        let start = book.clinic.calendar.instant(placed.day, placed.start)

        #expect(await find(book, 1, at: start.adding(minutes: -1)) != nil)
        #expect(await find(book, 1, at: start) == nil)
        try await book.insertVisit(
            of: book.xiaoming, doctor: book.lin, appointment: placed.id, day: placed.day, seated: false)
        #expect(await find(book, 1) == nil)
    }

    private func refusal(_ body: () async throws -> some Any) async -> OnlineRefusal? {
        do {
            _ = try await body()
            return nil
        } catch { return error as? OnlineRefusal }
    }
}

extension ClosedRange where Bound == Int {
    fileprivate func asyncMap<T>(_ body: (Int) async -> T) async -> [T] {
        var results: [T] = []
        for number in self { results.append(await body(number)) }
        return results
    }
}
