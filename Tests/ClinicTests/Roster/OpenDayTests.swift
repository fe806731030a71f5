import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct OpenDayTests {
    static let monday = Day(number: 20_528)  // 2026-03-16
    static let staff = ID<Staff>(raw: 1)

    private static func facts(_ weeks: [ClinicWeek], days: [Day: ClinicDay] = [:]) -> RosterFacts {
        let span = WorkSpan(Unit(34), Unit(48))
        return RosterFacts(
            shifts: (1...7).map {
                RosterShift(
                    id: ID(raw: Int64($0)), staffID: staff, weekday: $0, span: span,
                    validFrom: monday.adding(days: -100), validTo: nil)
            }, days: days, weeks: weeks)
    }

    private static func works(_ day: Day, _ facts: RosterFacts) -> Bool {
        !RosterRules.spans(of: staff, on: day, facts).isEmpty
    }

    @Test("每周开诊日：不开诊的星期几按排班也不能约，某天另定就听那一天的 R3.08 R3.11")
    func weeklyOpening() {
        let week = ClinicWeek(validFrom: Self.monday, weekdays: [1, 2, 3, 4, 5])
        let sunday = Self.monday.adding(days: 6)
        #expect(Self.works(sunday, Self.facts([])))
        #expect(!Self.works(sunday, Self.facts([week])))
        #expect(Self.works(Self.monday.adding(days: -1), Self.facts([week])))
        #expect(Self.works(Self.monday, Self.facts([week])))
        let extra = ClinicDay(day: sunday, opening: .open(asWeekday: nil), name: "加诊")
        #expect(Self.works(sunday, Self.facts([week], days: [sunday: extra])))
        let later = ClinicWeek(validFrom: Self.monday.adding(days: 3), weekdays: [7])
        #expect(!Self.works(Self.monday.adding(days: 3), Self.facts([week, later])))
        #expect(Self.works(sunday, Self.facts([week, later])))
    }

    @Test("改每周开诊日：已有的预约变红，后定的代替先定的 R3.34", arguments: Backend.allCases)
    func bookingsTurnRed(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let friday = BookFixture.tomorrow
        let placed = try await book.place(book.command("10:00"))
        let red = try await book.write { tx in
            try RosterChanges.setOpenDays([1, 2, 3, 4], from: friday, by: work, in: tx)
        }
        #expect(red.map(\.id) == [placed.id])
        try await book.write { tx in
            _ = try RosterChanges.setOpenDays([1, 2, 3, 4, 5], from: BookFixture.today, by: work, in: tx)
        }
        let facts = try await book.db.read { tx in
            (
                try RosterStore.load(clinic: book.clinic.id, from: friday, to: friday, in: tx).weeks,
                try DisplacedStore.countOpen(clinic: book.clinic.id, in: tx)
            )
        }
        #expect(facts.0 == [ClinicWeek(validFrom: BookFixture.today, weekdays: [1, 2, 3, 4, 5])])
        #expect(facts.1 == 0)
        await #expect(throws: FormErrors.self) {
            try await book.write { tx in
                _ = try RosterChanges.setOpenDays([], from: friday, by: work, in: tx)
            }
        }
        await #expect(throws: RosterError.inThePast) {
            try await book.write { tx in
                _ = try RosterChanges.setOpenDays([1], from: BookFixture.today.adding(days: -1), by: work, in: tx)
            }
        }
    }
}
