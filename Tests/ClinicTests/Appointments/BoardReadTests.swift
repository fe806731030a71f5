import Clinic
import Kernel
import Storage
import TestSupport
import Testing

/// What the day, week and month of the book are drawn from.
@Suite struct BoardReadTests {
    private static let monday = Day(number: BookFixture.today.number - 3)

    @Test("看板的查询条数不随预约增加 R3.28", arguments: Backend.allCases)
    func statementsStayConstant(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        @Sendable func count(_ day: Day) async throws -> (statements: Int, entries: Int) {
            let clinic = book.clinic.id
            return try await book.db.read { tx in
                let counting = CountingTransaction(tx)
                let plan = try DayPlan.load(clinic: clinic, day: day, in: counting)
                _ = try ResourceUnits.listHolds(
                    of: plan.doctors.map(\.id), from: day, to: day, now: BookFixture.now, in: counting)
                return (counting.count, plan.entries.count)
            }
        }
        _ = try await book.place(book.command("10:00"))
        let few = try await count(BookFixture.tomorrow)
        for (index, start) in ["08:30", "14:00", "15:00", "16:00"].enumerated() {
            _ = try await book.place(book.command(start, doctor: book.chen, patient: book.patients[index % 3]))
        }
        let many = try await count(BookFixture.tomorrow)
        #expect((few.entries, many.entries) == (1, 5))
        #expect(few.statements == many.statements)
        #expect(many.statements <= 8)
    }

    @Test("一位医生的一周：周一到周日，只有他的预约", arguments: Backend.allCases)
    func doctorsWeek(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let first = try await book.place(book.command("10:00"))
        let saturday = try await book.place(
            book.command("09:00", day: BookFixture.today.adding(days: 2), patient: book.chunmei))
        _ = try await book.place(book.command("10:00", doctor: book.chen, patient: book.patients[2]))
        _ = try await book.place(book.command("10:00", day: BookFixture.today.adding(days: 4)))
        let (week, count) = try await book.db.read { tx in
            let counting = CountingTransaction(tx)
            let week = try DoctorWeek.load(
                doctor: book.doctors[0], clinic: book.clinic.id, weekOf: BookFixture.today, now: BookFixture.now,
                in: counting)
            return (week, counting.count)
        }
        #expect(week.monday == Self.monday)
        #expect(week.days.map(\.weekday) == [1, 2, 3, 4, 5, 6, 7])
        #expect(week.entries.map(\.appointment.id) == [first.id, saturday.id])
        #expect(week.spans(on: BookFixture.today).map(\.text) == ["08:30–12:00", "13:30–18:00"])
        #expect(week.spans(on: Self.monday.adding(days: 6)).isEmpty)
        #expect(count <= 6)
    }

    @Test("一个月的密度：上午、下午各占可约时间几成，加号不占 R3.41", arguments: Backend.allCases)
    func monthLoad(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        _ = try await book.place(book.command("08:30", units: 7))
        _ = try await book.place(book.command("14:00", units: 9, patient: book.chunmei))
        var squeezed = book.command("09:00", units: 4, patient: book.patients[2])
        squeezed.squeezeReason = "pain"
        _ = try await book.place(squeezed)
        let clinic = book.clinic.id
        @Sendable func load(_ doctor: ID<Staff>?) async throws -> BookLoad {
            try await book.db.read { tx in
                try BookLoad.load(
                    clinic: clinic, doctor: doctor, from: BookFixture.today, to: BookFixture.today.adding(days: 3),
                    in: tx)
            }
        }
        let all = try await load(nil)
        #expect(all.days.map(\.people) == [0, 3, 0, 0])
        #expect(all.days[1].morning == BookLoad.Share(booked: 7, working: 28))
        #expect(all.days[1].afternoon == BookLoad.Share(booked: 9, working: 36))
        #expect(all.days[1].morning.percent == 25)
        #expect(all.days[3].morning.percent == nil)
        #expect(try await load(book.lin).days[1].morning.percent == 50)
        #expect(try await load(book.chen).days[1].people == 0)
    }

    @Test("别人正在选的时间画得出来，过期就没有了", arguments: Backend.allCases)
    func holds(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let expires = BookFixture.now.adding(minutes: 5)
        let holder = UnitHolder(.hold, book.ids.next(Appointment.self, at: BookFixture.now))
        try await book.write { tx in
            try ResourceUnits.occupy(
                [Claim(.doctor, book.lin, 40..<43)], day: BookFixture.tomorrow, holder: holder, clinic: book.clinic.id,
                expiresAt: expires, now: BookFixture.now, in: tx)
        }
        @Sendable func held(at now: Timestamp) async throws -> [HeldUnits] {
            try await book.db.read { tx in
                try ResourceUnits.listHolds(
                    of: [book.lin, book.chen], from: BookFixture.tomorrow, to: BookFixture.tomorrow, now: now, in: tx)
            }
        }
        #expect(
            try await held(at: BookFixture.now) == [
                HeldUnits(
                    doctorID: book.lin, day: BookFixture.tomorrow, start: Unit(40), units: 3, expiresAt: expires)
            ])
        #expect(try await held(at: expires).isEmpty)
    }
}
