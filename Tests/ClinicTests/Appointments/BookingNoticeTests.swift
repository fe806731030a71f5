import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite struct BookingNoticeTests {
    private static func tasks(_ book: BookFixture, _ rule: String) async throws -> [TaskItem] {
        try await book.db.read { tx in
            try tx.rows("SELECT id FROM task WHERE rule = \(rule) AND withdrawn_at IS NULL ORDER BY key").map {
                try TaskStore.get(try $0.id("id"), clinic: book.clinic.id, in: tx)
            }
        }
    }

    @Test("今明两天的改约告知新旧两位医生本人，后天以后的不打扰 R3.31", arguments: Backend.allCases)
    func movesAreTold(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let far = try await book.place(book.command("10:00", day: BookFixture.today.adding(days: 2)))
        _ = try await book.move(far, to: "11:00")
        #expect(try await Self.tasks(book, "move.tellDoctor").isEmpty)

        let near = try await book.place(book.command("10:00", patient: book.chunmei))
        let moved = try await book.move(near, to: "14:00", doctor: book.chen)
        let told = try await Self.tasks(book, "move.tellDoctor")

        #expect(told.map(\.ownerID) == [book.chen, book.lin])
        #expect(told.map(\.ownerRole) == ["", ""])
        #expect(told[0].reason == "3 月 13 日 10:00 的预约改到 3 月 13 日 14:00 陈思敏医生")
        let colleague = Actor(id: ID(raw: 99), name: "别的医生", roles: ["doctor"], capabilities: [.workTasks])
        #expect(!told[0].belongs(to: colleague))
        // A change of length is no other time.
        let work = book.work()
        _ = try await book.write { tx in
            try Booking.changeLength(moved.id, version: moved.version, units: 2, by: work, in: tx)
        }
        #expect(try await Self.tasks(book, "move.tellDoctor").count == 2)
    }

    @Test("有特殊情况或要求的，前一天下午起请接诊医生准备并确认 R3.18 R3.38", arguments: Backend.allCases)
    func doctorPrepares(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        try await book.write { tx in
            _ = try PatientAlerts.record(code: "penicillinAllergy", note: "", of: book.xiaoming, by: work, in: tx)
            _ = try PatientWishes.record(
                NewWish(kind: "doctorGender", value: "女", isHard: false), of: book.xiaoming, by: work, in: tx)
        }
        _ = try await book.place(book.command("10:00", day: BookFixture.today.adding(days: 4)))
        _ = try await book.place(
            book.command("10:00", day: BookFixture.today.adding(days: 4), doctor: book.chen, patient: book.chunmei))

        let prepared = try await Self.tasks(book, "booking.prepareDoctor")
        #expect(prepared.count == 1)
        #expect(prepared.first?.ownerID == book.lin)
        #expect(prepared.first?.reason == "3 月 16 日 10:00 林书远医生；注意：青霉素过敏；医生性别：女（希望）")
        let day = BookFixture.today.adding(days: 3)
        #expect(prepared.first?.dueFrom == book.clinic.calendar.instant(day, Unit(64)))
        #expect(try await Self.tasks(book, "booking.prepareAssistant").isEmpty)
    }

    @Test("取消时约好回电日期，就在那天联系，不再按惯例 R3.30", arguments: Backend.allCases)
    func callbackOnTheAgreedDay(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let placed = try await book.place(book.command("10:00"))
        let day = BookFixture.today.adding(days: 9)
        await #expect(throws: FormErrors("callbackOn", "回电日期要在今天以后")) {
            try await book.write { tx in
                try Booking.cancel(
                    CancelAppointment(
                        id: placed.id, version: placed.version, reason: "busy",
                        callbackOn: BookFixture.today.adding(days: -1)), by: work, in: tx)
            }
        }
        _ = try await book.write { tx in
            try Booking.cancel(
                CancelAppointment(id: placed.id, version: placed.version, reason: "busy", callbackOn: day), by: work,
                in: tx)
        }
        #expect(try await book.openTasks() == ["callback.promised 2026-03-21"])
        // A new booking settles it.
        _ = try await book.place(book.command("15:00", day: day.adding(days: 3)))
        #expect(try await book.openTasks() == ["reminder.dayBefore 2026-03-23"])
    }

    @Test("复述、发信息、晚到都留下人和时间；行政班医生的同意要有权限 R3.05 R3.29 R3.37", arguments: Backend.allCases)
    func notesAreFacts(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00"))
        let work = book.work()
        try await book.write { tx in
            try BookingNotes.add(.readBack, to: placed.id, by: work, in: tx)
            try BookingNotes.add(.addressSent, to: placed.id, by: work, in: tx)
            try BookingNotes.add(.late, detail: " 10:30 到 ", to: placed.id, by: work, in: tx)
        }
        let notes = try await book.db.read { tx in try BookingNoteStore.list(of: placed.id, in: tx) }
        #expect(notes.map(\.text) == ["已复述", "已发地址", "客人说会晚到：10:30 到"])
        #expect(notes.map(\.noted.by) == Array(repeating: book.head.id, count: 3))
        await #expect(throws: FormErrors("detail", "请写客人说几点到")) {
            try await book.write { tx in try BookingNotes.add(.late, to: placed.id, by: work, in: tx) }
        }
        let desk = book.work(without: [.confirmDayPlan])
        await #expect(throws: NotAllowed(capability: .confirmDayPlan)) {
            try await book.write { tx in try BookingNotes.add(.coordinated, to: placed.id, by: desk, in: tx) }
        }
    }

    @Test("过了开始时间列为没到，结束后满 30 分钟才该定未到 R3.35", arguments: Backend.allCases)
    func absenceCandidates(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00", day: BookFixture.today))
        _ = try await book.place(book.command("11:00", day: BookFixture.today, patient: book.chunmei))
        func list(_ clock: Int) async throws -> [AbsenceCandidate] {
            let work = book.work(at: book.clinic.calendar.instant(BookFixture.today, minute: clock))
            return try await book.db.read { tx in try Absences.list(BookFixture.today, by: work, in: tx) }
        }
        #expect(try await list(600).isEmpty)
        #expect(try await list(601).map(\.appointment.id) == [placed.id])
        #expect(try await list(601).map(\.lateMinutes) == [1])
        #expect(try await list(674).map(\.isDue) == [false, false])
        #expect(try await list(675).map(\.isDue) == [true, false])
        let undecided = try await book.db.read { tx in
            try Absences.undecided(BookFixture.today, clinic: book.clinic.id, in: tx)
        }
        #expect(undecided.count == 2)
    }

    @Test("说好哪天来而没有约：第二天联系；来了、约了就不再联系 R3.57", arguments: Backend.allCases)
    func expectedDays(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        _ = try await book.write { tx in
            try ExpectedVisits.record(
                book.xiaoming, on: BookFixture.tomorrow, note: "看种植", by: work, in: tx)
        }
        #expect(try await book.openTasks() == ["expected.contact 2026-03-14"])
        // Another day replaces the first.
        _ = try await book.write { tx in
            try ExpectedVisits.record(
                book.xiaoming, on: BookFixture.tomorrow.adding(days: 3), note: nil, by: work, in: tx)
        }
        #expect(try await book.openTasks() == ["expected.contact 2026-03-17"])
        try await book.write { tx in try ExpectedVisits.settle(book.xiaoming, .booked, by: work, in: tx) }
        #expect(try await book.openTasks() == [])
        let open = try await book.db.read { tx in try ExpectedVisitStore.listOpen(clinic: book.clinic.id, in: tx) }
        #expect(open.isEmpty)
    }
}
