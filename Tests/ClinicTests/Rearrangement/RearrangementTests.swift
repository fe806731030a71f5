import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct RearrangementTests {
    static let tomorrow = BookFixture.tomorrow

    /// Turns 林书远's day to rest.
    static func rest(
        _ book: BookFixture, day: Day = tomorrow, reason: String = "学术会议", at now: Timestamp = BookFixture.now
    ) async throws -> [Appointment] {
        let work = book.work(at: now)
        return try await book.write { tx in
            try RosterChanges.setDay(of: book.lin, day: day, spans: [], reason: reason, by: work, in: tx)
        }
    }

    static func red(_ book: BookFixture) async throws -> [ID<Appointment>] {
        try await book.db.read { tx in
            try DisplacedStore.listOpen(clinic: book.clinic.id, in: tx).map(\.appointmentID)
        }
    }

    static func how(_ book: BookFixture) async throws -> [String] {
        try await book.db.read { tx in
            try tx.rows("SELECT settled_how FROM displaced_booking ORDER BY found_at, id").map {
                try $0.textIfAny("settled_how") ?? "open"
            }
        }
    }

    @Test("医生改休：每条受影响的预约变红，有待办，改约换人取消后才消 R3.34", arguments: Backend.allCases)
    func eachBookingIsSettled(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let first = try await book.place(book.command("10:00"))
        let second = try await book.place(book.command("14:00", patient: book.chunmei))
        let third = try await book.place(book.command("15:00", patient: book.patients[2]))
        let safe = try await book.place(book.command("16:00", doctor: book.chen, patient: book.patients[2]))

        let displaced = try await Self.rest(book)
        let tasks = try await book.openTasks().filter { $0.hasPrefix("roster.rearrange") }
        #expect(displaced.map(\.id) == [first.id, second.id, third.id])
        #expect(try await Self.red(book) == [first.id, second.id, third.id])
        #expect(tasks == Array(repeating: "roster.rearrange \(BookFixture.today.iso)", count: 3))

        _ = try await book.write { tx in
            try Rearranging.move(
                first.id, version: 1,
                to: Slot(day: Self.tomorrow.adding(days: 1), start: Unit(40), units: 3, doctorID: book.lin), by: work,
                in: tx)
        }
        _ = try await book.write { tx in
            try Rearranging.move(
                second.id, version: 1, to: Slot(day: Self.tomorrow, start: Unit(56), units: 3, doctorID: book.chen),
                by: work, in: tx)
        }
        #expect(try await Self.red(book) == [third.id])
        _ = try await book.write { tx in try Rearranging.cancel(third.id, version: 1, by: work, in: tx) }

        #expect(try await Self.red(book).isEmpty)
        #expect(try await Self.how(book) == ["moved", "reassigned", "cancelled"])
        #expect(try await book.openTasks().filter { $0.hasPrefix("roster.rearrange") }.isEmpty)
        let kept = try await book.db.read { tx in try AppointmentStore.get(safe.id, clinic: book.clinic.id, in: tx) }
        #expect(kept.version == 1)
    }

    @Test("恢复排班，红色自己消；普通改约也算处理 R3.34", arguments: Backend.allCases)
    func restoredRosterFreesBookings(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let first = try await book.place(book.command("10:00"))
        let second = try await book.place(book.command("14:00", patient: book.chunmei))
        _ = try await Self.rest(book)

        _ = try await book.move(second, day: Self.tomorrow.adding(days: 1))
        #expect(try await Self.red(book) == [first.id])
        try await book.write { tx in
            _ = try RosterChanges.endException(of: book.lin, day: Self.tomorrow, by: work, in: tx)
        }

        #expect(try await Self.red(book).isEmpty)
        #expect(Set(try await Self.how(book)) == ["moved", "restored"])
    }

    @Test("只缩短一段：段外的才变红；撤销取消会再变红 R3.34", arguments: Backend.allCases)
    func onlyWhatLiesOutside(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        _ = try await book.place(book.command("10:00"))
        let late = try await book.place(book.command("14:00", patient: book.chunmei))
        _ = try await book.write { tx in
            try RosterChanges.setDay(
                of: book.lin, day: Self.tomorrow, spans: [WorkSpan(Unit(34), Unit(48))], reason: "下午开会", by: work,
                in: tx)
        }
        #expect(try await Self.red(book) == [late.id])

        _ = try await book.write { tx in try Rearranging.cancel(late.id, version: 1, by: work, in: tx) }
        #expect(try await Self.red(book).isEmpty)
        _ = try await book.write { tx in try Booking.undo(late.id, by: work, in: tx) }

        #expect(try await Self.red(book) == [late.id])
    }

    @Test("当天改休：先给医生打电话并记下结果，主管才能安排 R2.17", arguments: [Backend.sqlite])
    func callsTheDoctorFirst(backend: Backend) async throws {
        let actor = Actor(id: ID(raw: 1), name: "前台", roles: [], capabilities: [.moveAppointments])
        let boss = Actor(id: ID(raw: 2), name: "主管", roles: [], capabilities: [.assignSpecialCases])
        func check(_ isUnannounced: Bool, _ hasCalled: Bool, _ level: Level, _ who: Actor) -> RearrangeError? {
            do {
                try RearrangeRules.check(
                    isUnannounced: isUnannounced, hasCalled: hasCalled, doctor: "林书远", level: level, actor: who)
                return nil
            } catch { return error }
        }
        let require = Level.require(.assignSpecialCases)

        #expect(check(true, false, require, boss) == .callDoctorFirst(name: "林书远"))
        #expect(check(true, true, require, actor) == .supervisorFirst)
        #expect(check(true, true, require, boss) == nil)
        #expect(check(false, false, require, actor) == nil)
        #expect(check(true, false, .remind, actor) == nil)
        #expect(check(true, false, .off, actor) == nil)
    }

    @Test("打给医生的电话记时间、结果；选其他要写一句 R2.17", arguments: Backend.allCases)
    func logsTheCall(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        _ = try await book.place(book.command("15:00", day: BookFixture.today))
        _ = try await Self.rest(book, day: BookFixture.today, reason: "家中急事")
        try await book.write { tx in
            try DoctorCalls.log(
                book.lin, about: BookFixture.today, result: "noAnswer", note: " 响了六声 ", by: work, in: tx)
        }

        let list = try await book.db.read { tx in try RearrangeList.load(by: work, in: tx) }

        #expect(list.entries.map(\.isUnannounced) == [true])
        #expect(list.entries.map(\.patientName) == ["王小明"])
        #expect(list.calls(of: book.lin, about: BookFixture.today).map(\.note) == ["响了六声"])
        #expect(list.calls.map(\.calledAt) == [BookFixture.now])
        await #expect(throws: FormErrors.self) {
            try await book.write { tx in
                try DoctorCalls.log(book.lin, about: BookFixture.today, result: "other", note: nil, by: work, in: tx)
            }
        }
    }

    @Test("客人照常来了：安排另一位医生后红色才消 R2.17 R3.34", arguments: Backend.allCases)
    func arrivedCustomers(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let booked = try await book.place(book.command("15:00", day: BookFixture.today))
        _ = try await Self.rest(book, day: BookFixture.today, reason: "家中急事")
        try await book.insertVisit(
            of: book.xiaoming, doctor: book.lin, appointment: booked.id, day: BookFixture.today, seated: false)
        let arrived = try await book.db.read { tx in try RearrangeList.load(by: work, in: tx).entries.map(\.hasArrived)
        }
        #expect(arrived == [true])

        try await book.write { tx in
            let visit: ID<Visit> = try tx.rows("SELECT id FROM visit").map { try $0.id("id") }[0]
            try Arrivals.assignDoctor(visit, doctor: book.chen, reason: "原医生改休", by: work, in: tx)
        }

        #expect(try await Self.red(book).isEmpty)
        #expect(try await Self.how(book) == ["arrived"])
    }

    @Test("节假日休诊：全门诊的预约变红；照国家安排只定还没过的日子", arguments: Backend.allCases)
    func closedDays(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let booked = try await book.place(book.command("10:00", doctor: book.chen))
        let closed = try await book.write { tx in
            try RosterChanges.decide(Self.tomorrow, .closed, name: "停电检修", by: work, in: tx)
        }
        #expect(closed.map(\.id) == [booked.id])
        _ = try await book.write { tx in try RosterChanges.decide(Self.tomorrow, nil, name: "", by: work, in: tx) }
        #expect(try await Self.red(book).isEmpty)

        let decided = try await book.write { tx in try RosterChanges.followHolidays(by: work, in: tx).days }
        let again = try await book.write { tx in try RosterChanges.followHolidays(by: work, in: tx).days }
        let days = try await book.db.read { tx in
            try RosterStore.load(
                clinic: book.clinic.id, from: BookFixture.today, to: BookFixture.today.adding(days: 300), in: tx
            ).days
        }

        // After 12 March 2026: 清明 3, 劳动 5 + 1, 端午 3, 中秋 3, 国庆 7 + 2.
        #expect(decided == 24)
        #expect(again == 0)
        #expect(days.values.count(where: \.isClosed) == 21)
        await #expect(throws: BookingError.self) {
            try await book.place(
                book.command("10:00", day: Day(number: 20_727)), by: book.work(without: [.bookOutsideRoster]))
        }
    }

    @Test("照上一周复制：只改不同的日子，改出来的空缺也列出", arguments: Backend.allCases)
    func copiesAWeek(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let next = BookFixture.today.adding(days: 8)  // Friday of the next week
        let booked = try await book.place(book.command("10:00", day: next))
        _ = try await Self.rest(book)  // Friday of this week

        let copied = try await book.write { tx in
            try RosterChanges.copyWeek(from: BookFixture.today, to: next, by: work, in: tx)
        }

        #expect(copied.changedDays == 1)
        #expect(copied.displaced.map(\.id) == [booked.id])
        await #expect(throws: RosterError.nothingToCopy) {
            try await book.write { tx in
                _ = try RosterChanges.copyWeek(from: BookFixture.today, to: next, by: work, in: tx)
            }
        }
    }
}
