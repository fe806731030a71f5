import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct WaitingListTests {
    private static func ask(
        _ book: BookFixture, _ patient: ID<Patient>, units: Int = 3, doctor: ID<Staff>? = nil,
        held: ID<Appointment>? = nil, urgency: CatalogueItem.Urgency = .normal
    ) async throws -> WaitingEntry {
        let work = book.work()
        return try await book.write { tx in
            try WaitingList.ask(
                AskToWait(
                    patientID: patient, doctorID: doctor, held: held, complaint: "右下后牙疼", units: units,
                    suits: SuitingTimes(firstDay: BookFixture.today), urgency: urgency), by: work, in: tx)
        }
    }

    private static func fits(_ book: BookFixture, _ free: Slot) async throws -> [ID<Patient>] {
        let work = book.work()
        return try await book.db.read { tx in
            try FreedUnits.fits(free, by: work, in: tx).map(\.entry.patientID)
        }
    }

    private static func offers(_ book: BookFixture) async throws -> [String] {
        try await book.db.read { tx in
            try tx.rows(
                """
                SELECT reason, withdrawn_cause FROM task WHERE rule = 'waitlist.offer' ORDER BY id
                """
            ).map { [try $0.text("reason"), try $0.textIfAny("withdrawn_cause") ?? "open"].joined(separator: " | ") }
        }
    }

    @Test("取消空出的时间：合适的候补排好，打电话的人得到待办，约上后待办撤下", arguments: Backend.allCases)
    func cancellationOffersTheUnit(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00"))
        let waits = try await Self.ask(book, book.chunmei)
        _ = try await Self.ask(book, book.patients[2], units: 4)
        #expect(try await Self.fits(book, placed.slot) == [])
        let work = book.work()
        _ = try await book.write { tx in
            try Booking.cancel(
                CancelAppointment(id: placed.id, version: placed.version, reason: "busy"), by: work, in: tx)
        }

        #expect(try await Self.fits(book, placed.slot) == [book.chunmei])
        #expect(try await book.write { tx in try FreedUnits.sweep(by: work, in: tx) } == 1)
        #expect(try await book.write { tx in try FreedUnits.sweep(by: work, in: tx) } == 0)
        #expect(try await Self.offers(book) == ["3 月 13 日 10:00–10:45 空出，有候补客人合适 | open"])

        let booked = try await book.write { tx in
            try WaitingList.accept(
                waits.id, version: waits.version, slot: placed.slot, freed: placed.id, by: work, in: tx)
        }
        #expect(booked.patientID == book.chunmei)
        #expect(booked.slot == placed.slot)
        #expect(try await Self.offers(book) == ["3 月 13 日 10:00–10:45 空出，有候补客人合适 | 候补客人已补上"])
        let (entry, calls) = try await book.db.read { tx in
            (
                try WaitingStore.get(waits.id, clinic: book.clinic.id, in: tx),
                try WaitingStore.calls(of: waits.id, in: tx)
            )
        }
        #expect(entry.closed?.outcome == "booked")
        #expect(calls.map(\.answer) == ["booked"])
        #expect(calls.first?.offered?.start == placed.start)
        #expect(try await book.write { tx in try FreedUnits.sweep(by: work, in: tx) } == 0)
        #expect(try await Self.offers(book).count == 1)
    }

    @Test("没接通就轮到下一位，客人自己取消的也提醒前台", arguments: Backend.allCases)
    func nobodyAnswers(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let free = Slot(day: BookFixture.tomorrow, start: Unit(40), units: 3, doctorID: book.lin)
        let first = try await Self.ask(book, book.chunmei, urgency: .high)
        _ = try await Self.ask(book, book.patients[2])
        #expect(try await Self.fits(book, free) == [book.chunmei, book.patients[2]])
        let work = book.work()
        let called = try await book.write { tx in
            try WaitingList.recordCall(
                first.id, version: first.version, offered: free, answer: "noAnswer", note: nil, by: work, in: tx)
        }

        #expect(called.isOpen)
        #expect(called.calls == 1)
        #expect(called.lastCalledAt == BookFixture.now)
        #expect(try await Self.fits(book, free) == [book.patients[2], book.chunmei])
        await #expect(throws: ChangedMeanwhile.self) {
            try await book.write { tx in
                _ = try WaitingList.recordCall(
                    first.id, version: first.version, offered: free, answer: "noAnswer", note: nil, by: work, in: tx)
            }
        }
        await #expect(throws: FormErrors("note", "请写一句说明")) {
            try await book.write { tx in
                _ = try WaitingList.recordCall(
                    first.id, version: called.version, offered: nil, answer: "wrongNumber", note: " ", by: work, in: tx)
            }
        }
        let gone = try await book.write { tx in
            try WaitingList.recordCall(
                first.id, version: called.version, offered: nil, answer: "withdrawn", note: nil, by: work, in: tx)
        }
        #expect(gone.closed?.outcome == "withdrawn")
        #expect(try await Self.fits(book, free) == [book.patients[2]])
    }

    @Test("已有预约的客人提前：同一个预约改时间，不多约一个 R3.31", arguments: Backend.allCases)
    func movesTheHeldBooking(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let later = try await book.place(
            book.command("15:00", day: BookFixture.tomorrow.adding(days: 1), patient: book.chunmei))
        let waits = try await Self.ask(book, book.chunmei, held: later.id)
        let free = Slot(day: BookFixture.tomorrow, start: Unit(40), units: 3, doctorID: book.lin)
        let work = book.work()
        let moved = try await book.write { tx in
            try WaitingList.accept(waits.id, version: waits.version, slot: free, freed: nil, by: work, in: tx)
        }

        #expect(moved.id == later.id)
        #expect(moved.moveCount == 1)
        #expect((moved.day, moved.start.index) == (BookFixture.tomorrow, 40))
        #expect(try await book.units(BookFixture.tomorrow.adding(days: 1)).isEmpty)
    }

    @Test("时间已被约走：说清是谁，候补照旧", arguments: Backend.allCases)
    func takenMeanwhile(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let waits = try await Self.ask(book, book.chunmei)
        let placed = try await book.place(book.command("10:00"))
        let work = book.work()
        await #expect(throws: BookingError.self) {
            try await book.write { tx in
                _ = try WaitingList.accept(
                    waits.id, version: waits.version, slot: placed.slot, freed: nil, by: work, in: tx)
            }
        }
        let entry = try await book.db.read { tx in try WaitingStore.get(waits.id, clinic: book.clinic.id, in: tx) }
        #expect(entry.isOpen)
        #expect(entry.calls == 0)
    }

    @Test("登记时的毛病说在各自的栏目里")
    func faults() async throws {
        let book = try await BookFixture(.sqlite)
        let work = book.work()
        let command = AskToWait(
            patientID: book.chunmei, complaint: " ", units: 3,
            suits: SuitingTimes(
                weekdays: [], from: Unit(40), to: Unit(42), firstDay: BookFixture.today,
                lastDay: BookFixture.today.adding(days: -1)))
        do {
            _ = try await book.write { tx in try WaitingList.ask(command, by: work, in: tx) }
            Issue.record("accepted")
        } catch let error as FormErrors {
            #expect(error.order == ["complaint", "weekdays", "to", "lastDay"])
        }
    }
}
