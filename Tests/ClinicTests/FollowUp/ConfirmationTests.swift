import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite struct ConfirmationTests {
    private static let day = BookFixture.today.adding(days: 4)

    /// The day before at 10:00.
    private static func eve(_ book: BookFixture, minute: Int = 600) -> Work {
        book.work(at: book.clinic.calendar.instant(day.adding(days: -1), minute: minute))
    }

    private static func list(_ book: BookFixture, _ work: Work) async throws -> [ConfirmationStatus] {
        try await book.db.read { tx in try Confirmations.list(day, by: work, in: tx).entries.map(\.status) }
    }

    @Test("前一天的名单：确认、没接、号码有误各有状态，没接的一小时后再打 R3.25", arguments: Backend.allCases)
    func outcomes(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = Self.eve(book)
        let booked = try await [
            book.place(book.command("09:00", day: Self.day)),
            book.place(book.command("10:00", day: Self.day, patient: book.chunmei)),
            book.place(book.command("11:00", day: Self.day, patient: book.patients[2])),
        ]
        #expect(try await Self.list(book, work) == [.open, .open, .open])

        let ids = booked.map(\.id)
        let confirmed = try await book.write { tx in
            let confirmed = try Confirmations.record(.confirmed, for: ids[0], by: work, in: tx)
            try Confirmations.record(.noAnswer, for: ids[1], by: work, in: tx)
            try Confirmations.record(.wrongNumber, for: ids[2], by: work, in: tx)
            return confirmed
        }

        #expect(confirmed.confirmed == Appointment.Mark(at: work.now, by: book.head.id))
        #expect(try await Self.list(book, work) == [.confirmed, .tried(again: false), .wrongNumber])
        let later = Self.eve(book, minute: 660)
        #expect(try await Self.list(book, later) == [.confirmed, .tried(again: true), .wrongNumber])
        let next = try await book.db.read { tx in try Confirmations.list(Self.day, by: later, in: tx).next }
        #expect(next?.appointment.id == ids[1])
    }

    @Test("改时间和取消当场办完，新时间另有提醒，取消约好回电 R3.25 R3.30", arguments: Backend.allCases)
    func movedAndCancelled(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = Self.eve(book)
        let first = try await book.place(book.command("09:00", day: Self.day))
        let second = try await book.place(book.command("10:00", day: Self.day, patient: book.chunmei))
        let later = Self.day.adding(days: 5)

        try await book.write { tx in
            try Confirmations.record(
                .moved(
                    MoveAppointment(
                        id: first.id, version: first.version,
                        to: Slot(day: later, start: Unit(40), units: 3, doctorID: book.lin), reason: "customerTime")),
                for: first.id, by: work, in: tx)
            try Confirmations.record(
                .cancelled(
                    CancelAppointment(
                        id: second.id, version: second.version, reason: "busy", callbackOn: later.adding(days: 2))),
                for: second.id, by: work, in: tx)
        }

        let open = try await book.openTasks()
        #expect(open.contains("reminder.dayBefore \(later.adding(days: -1).iso)"))
        #expect(open.contains("callback.promised \(later.adding(days: 2).iso)"))
        #expect(open.filter { $0.hasPrefix("reminder") }.count == 1)
        #expect(try await Self.list(book, work).isEmpty)
    }

    @Test("取消却没有下次时间：要求写回电日期的门诊不写就不能取消，什么都不改 R3.30", arguments: [Backend.sqlite])
    func cancellationNeedsACallback(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("09:00", day: Self.day))
        let strict = Work(
            actor: book.work().actor, clinic: book.clinic, now: Self.eve(book).now,
            playbook: book.playbook.resolved(
                organisation: [],
                clinic: [
                    PlaybookOverride(
                        kind: .level, key: "R3.30", value: "\"require:cancelAppointments\"", shippedValue: "\"remind\"")
                ]), ids: book.ids)
        let command = CancelAppointment(id: placed.id, version: placed.version, reason: "busy")

        await #expect(throws: ConfirmationError.noCallback) {
            try await book.write { tx in
                try Confirmations.record(.cancelled(command), for: placed.id, by: strict, in: tx)
            }
        }
        #expect(try await Self.list(book, Self.eve(book)) == [.open])
        let easy = Self.eve(book)
        _ = try await book.write { tx in
            try Confirmations.record(.cancelled(command), for: placed.id, by: easy, in: tx)
        }
        #expect(try await book.openTasks().count == 1)
    }

    @Test("当天才约的不用打提醒电话，客人来电仍可确认 R3.24", arguments: [Backend.sqlite])
    func lateBookingsOweNoCall(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = Self.eve(book)
        let placed = try await book.place(book.command("09:00", day: Self.day), by: work)
        #expect(try await Self.list(book, work) == [.notOwed])
        await #expect(throws: ConfirmationError.notOwed) {
            try await book.write { tx in try Confirmations.record(.noAnswer, for: placed.id, by: work, in: tx) }
        }
        _ = try await book.write { tx in try Confirmations.record(.confirmed, for: placed.id, by: work, in: tx) }
        #expect(try await Self.list(book, work) == [.confirmed])
    }

    @Test("没打完的提醒当天中午 12:00 才报主管，之前不报 R3.26", arguments: Backend.allCases)
    func unfinishedAtNoon(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        _ = try await book.place(book.command("15:00", day: Self.day))
        func escalated(at minute: Int, on day: Day) async throws -> Int {
            let work = book.work(at: book.clinic.calendar.instant(day, minute: minute))
            return try await book.write { tx in try TaskWork.escalateOverdue(by: work, in: tx) }
        }
        #expect(try await escalated(at: 1_081, on: Self.day.adding(days: -1)) == 0)
        #expect(try await escalated(at: 719, on: Self.day) == 0)
        #expect(try await escalated(at: 720, on: Self.day) == 1)
        let reported = try await book.db.read { tx in
            try TaskStore.listReported(clinic: book.clinic.id, roles: ["supervisor"], limit: 10, in: tx)
        }
        #expect(reported.map(\.rule) == ["reminder.dayBefore"])
    }
}
