import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite struct AppointmentObligationTests {
    private static let friday = BookFixture.today.adding(days: 8)

    @Test("新预约在前一天产生提醒，改约后跟着走，确认或到店后撤下 R3.24 R3.25", arguments: Backend.allCases)
    func reminderFollowsTheBooking(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()

        let placed = try await book.place(book.command("10:00", day: Self.friday))
        #expect(try await book.openTasks() == ["reminder.dayBefore 2026-03-19"])
        let moved = try await book.move(placed, day: Self.friday.adding(days: 1))
        #expect(try await book.openTasks() == ["reminder.dayBefore 2026-03-20"])
        let confirmed = try await book.write { tx in
            try Booking.confirm(moved.id, version: moved.version, by: work, in: tx)
        }
        #expect(try await book.openTasks() == [])
        let open = try await book.write { tx in
            try Booking.unconfirm(moved.id, version: confirmed.version, by: work, in: tx)
        }
        #expect(try await book.openTasks() == ["reminder.dayBefore 2026-03-20"])
        try await book.write { tx in try AppointmentTasks.reconcile(open, hasArrived: true, by: work, in: tx) }
        #expect(try await book.openTasks() == [])
    }

    @Test("当天或前一天才约的不再提醒 R3.24", arguments: [Backend.sqlite])
    func lateBookingsAreNotReminded(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        _ = try await book.place(book.command("10:00"))
        #expect(try await book.openTasks() == [])
    }

    @Test("换到别的时间后要重新确认，只换椅位不用 R3.25", arguments: Backend.allCases)
    func anotherTimeIsNotConfirmed(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let placed = try await book.place(book.command("10:00"))
        let confirmed = try await book.write { tx in
            try Booking.confirm(placed.id, version: placed.version, by: work, in: tx)
        }

        let chair = try await book.move(confirmed, chair: book.chairs[2].id)
        let later = try await book.move(chair, to: "11:00")

        #expect(chair.confirmed == confirmed.confirmed)
        #expect(later.confirmed == nil)
    }

    @Test("取消后要联系约下次，另有预约就不用了 R3.30", arguments: Backend.allCases)
    func cancelledCustomersAreCalled(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let rules = book.playbook.taskRules.filter { $0.isActive && $0.fact == .appointmentCancelled }.map(\.id)
        let placed = try await book.place(book.command("10:00"))

        _ = try await book.write { tx in
            try Booking.cancel(
                CancelAppointment(id: placed.id, version: placed.version, reason: "busy"), by: work, in: tx)
        }
        let afterCancel = try await book.openTasks().map { $0.prefix { $0 != " " } }
        _ = try await book.place(book.command("15:00", day: Self.friday))
        let afterBooking = try await book.openTasks().map { $0.prefix { $0 != " " } }

        #expect(afterCancel.map(String.init) == rules)
        #expect(afterBooking == ["reminder.dayBefore"])
    }

    @Test("状态由事实算出，不存", arguments: [Backend.sqlite])
    func stateTable(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let plain = try await book.place(book.command("10:00"))
        let mark = Appointment.Mark(at: BookFixture.now, by: book.head.id)
        var confirmed = plain
        confirmed.confirmed = mark
        var missed = confirmed
        missed.missed = mark
        let work = book.work()
        let cancelled = try await book.write { tx in
            try Booking.cancel(
                CancelAppointment(id: plain.id, version: plain.version, reason: "busy"), by: work, in: tx)
        }
        let now = BookFixture.now
        func visit(seated: Bool = false, finished: Bool = false, left: Bool = false) -> BookedVisit {
            BookedVisit(
                visitID: 1, arrivedAt: now, seatedAt: seated ? now : nil, finishedAt: finished ? now : nil,
                leftAt: left ? now : nil)
        }

        let table: [(AppointmentState, Appointment, BookedVisit?)] = [
            (.booked, plain, nil), (.confirmed, confirmed, nil), (.missed, missed, nil), (.cancelled, cancelled, nil),
            (.waiting, confirmed, visit()), (.waiting, missed, visit()), (.chair, plain, visit(seated: true)),
            (.done, plain, visit(seated: true, finished: true)), (.done, plain, visit(left: true)),
        ]
        for (expected, appointment, visit) in table {
            #expect(AppointmentState(appointment, visit: visit) == expected)
        }
        let start = book.clinic.calendar.instant(plain.day, plain.start)
        #expect(!AppointmentState.booked.isLate(plain, now: start, calendar: book.clinic.calendar))
        #expect(AppointmentState.booked.isLate(plain, now: start.adding(seconds: 1), calendar: book.clinic.calendar))
        #expect(!AppointmentState.waiting.isLate(plain, now: start.adding(days: 1), calendar: book.clinic.calendar))
    }
}
