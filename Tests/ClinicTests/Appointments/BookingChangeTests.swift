import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct BookingChangeTests {
    @Test("改约保留编号，留下经过，放掉原来的时间 R3.31", arguments: Backend.allCases)
    func moveKeepsIDAndReleasesUnits(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00"))

        let moved = try await book.move(placed, to: "14:00", doctor: book.chen)
        _ = try await book.place(book.command("10:00", patient: book.chunmei))
        let moves = try await book.db.read { tx in try AppointmentStore.listMoves(placed.id, in: tx) }

        #expect(moved.id == placed.id)
        #expect(moved.version == 2)
        #expect(moved.moveCount == 1)
        #expect(moved.timeText == "14:00–14:45")
        #expect(moves.map(\.from) == [placed.slot])
        #expect(moves.map(\.to) == [moved.slot])
        #expect(moves.map(\.reason) == ["customerTime"])
        #expect(try await book.units().filter { $0.hasSuffix(" \(placed.id.raw)") }.count == 6)
    }

    @Test("移到与自己重叠的时间不算冲突", arguments: Backend.allCases)
    func ownUnitsDoNotStandInTheWay(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00"))
        let work = book.work()

        let ghost = try await book.db.read { tx in
            try Booking.obstacles(
                Slot(day: placed.day, start: Unit(41), units: 3, doctorID: book.lin), patient: nil, own: placed,
                by: work, in: tx)
        }
        let moved = try await book.move(placed, to: "10:15")

        #expect(ghost.isEmpty)
        #expect(moved.timeText == "10:15–11:00")
    }

    @Test("移到别人的时间：什么都不变，说出是谁 R3.32", arguments: Backend.allCases)
    func movingOntoSomebodyChangesNothing(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00"))
        let other = try await book.place(book.command("14:00", patient: book.chunmei))
        let before = try await book.units()
        let work = book.work()

        let error = await bookingError { try await book.move(placed, to: "14:30") }
        let ghost = try await book.db.read { tx in
            try Booking.obstacles(
                Slot(day: placed.day, start: Unit(58), units: 3, doctorID: book.lin), patient: nil, own: placed,
                by: work, in: tx
            ).map(\.userMessage)
        }

        #expect(error?.obstacle?.id == other.id.raw)
        #expect(ghost == ["林书远医生 14:00–14:45 已约谢春梅，请换时间或医生"])
        #expect(try await book.units() == before)
    }

    @Test("别人刚改过：说出是谁改了什么", arguments: Backend.allCases)
    func lostRaceNamesTheChange(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00"))
        _ = try await book.move(placed, to: "11:00")

        await #expect(throws: ChangedMeanwhile("预约", change: "林岚改了时间、医生或椅位")) {
            try await book.move(placed, to: "14:00")
        }
    }

    @Test("延长和缩短时长，延长不能压到下一位 R3.32", arguments: Backend.allCases)
    func lengthChanges(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00", units: 2))
        _ = try await book.place(book.command("11:00", patient: book.chunmei))
        let work = book.work()

        let longer = try await book.write { tx in
            try Booking.changeLength(placed.id, version: placed.version, units: 4, by: work, in: tx)
        }
        let error = await bookingError {
            try await book.write { tx in
                try Booking.changeLength(placed.id, version: longer.version, units: 5, by: work, in: tx)
            }
        }
        let shorter = try await book.write { tx in
            try Booking.changeLength(placed.id, version: longer.version, units: 1, by: work, in: tx)
        }

        #expect(longer.timeText == "10:00–11:00")
        #expect(error?.userMessage == "林书远医生 11:00–11:45 已约谢春梅，请换时间或医生")
        #expect(shorter.timeText == "10:00–10:15")
    }

    @Test("取消要选原因，记下谁提出、提前多久，时间马上可约 R3.36", arguments: Backend.allCases)
    func cancellingFreesTheTime(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00"))
        let work = book.work()

        let cancelled = try await book.write { tx in
            try Booking.cancel(
                CancelAppointment(id: placed.id, version: placed.version, reason: "doctorOff"), by: work, in: tx)
        }
        let again = try await book.place(book.command("10:00", patient: book.chunmei))

        #expect(cancelled.cancellation?.side == .clinic)
        #expect(cancelled.cancellation?.noticeMinutes == 24 * 60 + 40)
        #expect(again.start == placed.start)
        let (id, version) = (placed.id, cancelled.version)
        #expect(await bookingError { try await book.move(cancelled, to: "15:00") } == .alreadyCancelled)
        #expect(
            await bookingError {
                try await book.write { tx in
                    try Booking.cancel(
                        CancelAppointment(id: id, version: version, reason: "busy"), by: work, in: tx)
                }
            } == .alreadyCancelled)
    }

    @Test("选“其他”要写一句", arguments: [Backend.sqlite])
    func otherNeedsANote(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00"))
        let work = book.work()

        let error = await bookingError {
            try await book.write { tx in
                try Booking.cancel(
                    CancelAppointment(id: placed.id, version: placed.version, reason: "other"), by: work, in: tx)
            }
        }

        #expect(error == .noteMissing(field: "note"))
    }

    @Test("取消后十秒内本人可以撤销，位置被占时说出是谁", arguments: Backend.allCases)
    func undoTakesTheUnitsBack(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let cancel: @Sendable (Appointment) async throws -> Void = { a in
            _ = try await book.write { tx in
                try Booking.cancel(CancelAppointment(id: a.id, version: a.version, reason: "busy"), by: work, in: tx)
            }
        }
        let placed = try await book.place(book.command("10:00"))
        try await cancel(placed)

        let restored = try await book.write { tx in try Booking.undo(placed.id, by: work, in: tx) }
        try await cancel(restored)
        let late = book.work(at: BookFixture.now.adding(seconds: 11))
        let tooLate = await bookingError {
            try await book.write { tx in try Booking.undo(placed.id, by: late, in: tx) }
        }
        _ = try await book.place(book.command("10:15", patient: book.chunmei))
        let taken = await bookingError { try await book.write { tx in try Booking.undo(placed.id, by: work, in: tx) } }

        #expect(restored.isLive)
        #expect(tooLate == .nothingToUndo(seconds: 10))
        #expect(taken?.userMessage == "林书远医生 10:15–11:00 已约谢春梅，请换时间或医生")
    }

    @Test("未到是人的动作：开始之前不能标，标了以后时间放掉 R3.35", arguments: Backend.allCases)
    func missedIsAnAct(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00", day: BookFixture.today))
        let (early, later) = (book.work(), book.work(at: BookFixture.now.adding(minutes: 90)))

        let refused = await bookingError {
            try await book.write { tx in
                try Booking.markMissed(placed.id, version: placed.version, by: early, in: tx)
            }
        }
        let missed = try await book.write { tx in
            try Booking.markMissed(placed.id, version: placed.version, by: later, in: tx)
        }

        #expect(refused == .tooEarlyForMissed(start: "3 月 12 日 10:00"))
        #expect(missed.missed?.at == later.now)
        #expect(try await book.units(BookFixture.today).isEmpty)
        let back = try await book.write { tx in try Booking.undo(placed.id, by: later, in: tx) }
        #expect(back.isLive)
    }

    @Test("到店以后不再改约，可以改时长", arguments: Backend.allCases)
    func arrivedBookingsStay(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00", day: BookFixture.today))
        try await book.insertVisit(
            of: book.xiaoming, doctor: book.lin, appointment: placed.id, day: BookFixture.today)
        let work = book.work()

        #expect(await bookingError { try await book.move(placed, to: "11:00") } == .alreadyArrived)
        let longer = try await book.write { tx in
            try Booking.changeLength(placed.id, version: placed.version, units: 4, by: work, in: tx)
        }
        #expect(longer.units == 4)
    }

    @Test("别的门诊看不到这条预约", arguments: [Backend.sqlite])
    func otherClinicFindsNothing(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00"))

        await #expect(throws: NotFound("预约")) {
            try await book.db.read { tx in try AppointmentStore.get(placed.id, clinic: ID(raw: 7), in: tx) }
        }
    }
}
