import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct RosterTests {
    @Test("当天的调整盖过每周排班，列出受影响的预约 R3.08", arguments: Backend.allCases)
    func exceptionsReplaceThePattern(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00"))
        let work = book.work()
        let spans: @Sendable () async throws -> String = {
            try await book.db.read { tx in
                RosterRules.text(
                    RosterRules.spans(
                        of: book.lin, on: BookFixture.tomorrow,
                        try RosterStore.load(
                            clinic: book.clinic.id, from: BookFixture.today, to: BookFixture.tomorrow, in: tx)))
            }
        }
        let set: @Sendable ([WorkSpan]) async throws -> [ID<Appointment>] = { spans in
            try await book.write { tx in
                try RosterChanges.setDay(
                    of: book.lin, day: BookFixture.tomorrow, spans: spans, reason: "学术会议", by: work, in: tx
                ).map(\.id)
            }
        }

        #expect(try await spans() == "当天上班 08:30–12:00、13:30–18:00")
        #expect(try await set([WorkSpan(Unit(54), Unit(60))]) == [placed.id])
        #expect(try await spans() == "当天上班 13:30–15:00")
        #expect(try await set([]) == [placed.id])
        #expect(try await spans() == "当天休息")
        try await book.write { tx in
            try RosterKeeping.endException(of: book.lin, day: BookFixture.tomorrow, by: work, in: tx)
        }
        #expect(try await spans() == "当天上班 08:30–12:00、13:30–18:00")
    }

    @Test("新的每周排班从某天起生效，以前的留着", arguments: Backend.allCases)
    func patternHasAFirstDay(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let from = BookFixture.today.adding(days: 4)  // Monday
        try await book.write { tx in
            try RosterKeeping.setWeek(
                of: book.lin, from: from, week: [1: [WorkSpan(Unit(36), Unit(40))]], by: work, in: tx)
        }

        let facts = try await book.db.read { tx in
            try RosterStore.load(
                clinic: book.clinic.id, staff: book.lin, from: BookFixture.today, to: from.adding(days: 7), in: tx)
        }

        #expect(RosterRules.text(RosterRules.spans(of: book.lin, on: BookFixture.tomorrow, facts)).hasSuffix("18:00"))
        #expect(RosterRules.text(RosterRules.spans(of: book.lin, on: from, facts)) == "当天上班 09:00–10:00")
        #expect(RosterRules.text(RosterRules.spans(of: book.lin, on: from.adding(days: 1), facts)) == "当天休息")
    }

    @Test("下班早于上班、两段重叠、没有权限都拒绝", arguments: [Backend.sqlite])
    func faults(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let set: @Sendable ([WorkSpan], Work) async throws -> Void = { spans, work in
            try await book.write { tx in
                try RosterKeeping.setWeek(of: book.lin, from: BookFixture.today, week: [2: spans], by: work, in: tx)
            }
        }

        await #expect(throws: RosterError.spanBackwards) {
            try await set([WorkSpan(Unit(40), Unit(36))], book.work())
        }
        await #expect(throws: RosterError.spansOverlap(weekday: 2)) {
            try await set([WorkSpan(Unit(36), Unit(44)), WorkSpan(Unit(40), Unit(48))], book.work())
        }
        await #expect(throws: NotAllowed(capability: .manageRoster)) {
            try await set([], book.work(without: [.manageRoster]))
        }
    }

    @Test("给出医生接下来的三个空档，跳过休息和已约", arguments: Backend.allCases)
    func freeTimes(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        _ = try await book.place(book.command("08:30", units: 12))  // until 11:30
        let work = book.work()

        let offers = try await book.db.read { tx in
            try FreeTimes.next(
                doctor: book.lin, units: 4,
                from: Slot(day: BookFixture.tomorrow, start: Unit(34), units: 4, doctorID: book.lin), by: work, in: tx)
        }

        #expect(offers.map(\.day) == Array(repeating: BookFixture.tomorrow, count: 3))
        #expect(offers.map(\.start.clockText) == ["13:30", "14:30", "15:30"])
    }

    @Test("看板一天：7 条查询之内，状态、姓名、项目齐全", arguments: Backend.allCases)
    func dayPlanReadsInBulk(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        var command = book.command("10:00", day: BookFixture.today, chair: book.chairs[0].id)
        command.items = [BookedItem(book.items[0], teeth: [16].compactMap(Tooth.init))]
        let first = try await book.place(command)
        _ = try await book.place(book.command("14:00", day: BookFixture.today, patient: book.chunmei))
        let dropped = try await book.place(
            book.command("15:00", day: BookFixture.today, patient: book.patients[2]))
        try await book.insertVisit(
            of: book.xiaoming, doctor: book.lin, appointment: first.id, day: BookFixture.today, seated: false)
        let work = book.work()
        _ = try await book.write { tx in
            try Booking.cancel(
                CancelAppointment(id: dropped.id, version: dropped.version, reason: "busy"), by: work, in: tx)
        }

        let (plan, count) = try await book.db.read { tx in
            let counting = CountingTransaction(tx)
            let plan = try DayPlan.load(clinic: book.clinic.id, day: BookFixture.today, in: counting)
            return (plan, counting.count)
        }

        #expect(count <= 7)
        #expect(plan.entries.map(\.patientName) == ["王小明", "谢春梅"])
        #expect(plan.entries.map(\.purpose) == ["洁治 16", "右下后牙疼"])
        #expect(plan.entries.map(\.state) == [.waiting, .booked])
        #expect(plan.columns.map(\.name) == ["林书远", "陈思敏"])
        #expect(plan.entries.map(\.isFirstVisit) == [true, true])
    }

    @Test("一次预约不超过 17 条语句", arguments: Backend.allCases)
    func bookingStaysCheap(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let command = book.command("10:00", day: BookFixture.today.adding(days: 8), chair: book.chairs[0].id)

        let count = try await book.write { tx in
            let counting = CountingTransaction(tx)
            _ = try Booking.place(command, by: work, in: counting)
            return counting.count
        }

        #expect(count <= 17)
    }
}

/// Counts the statements that pass through.
final class CountingTransaction: WriteTransaction {
    private let read: any ReadTransaction
    private(set) var count = 0
    init(_ inner: any ReadTransaction) { read = inner }
    var dialect: Dialect { read.dialect }
    func rows(_ sql: SQL) throws -> [Row] {
        count += 1
        return try read.rows(sql)
    }
    @discardableResult func run(_ sql: SQL) throws -> Int {
        count += 1
        guard let write = read as? any WriteTransaction else { throw StorageError.failed(detail: "read only") }
        return try write.run(sql)
    }
    func savepoint<T>(_ body: () throws -> T) throws -> T {
        guard let write = read as? any WriteTransaction else { throw StorageError.failed(detail: "read only") }
        return try write.savepoint(body)
    }
}
