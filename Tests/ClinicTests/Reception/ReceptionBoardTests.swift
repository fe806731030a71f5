import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct ReceptionBoardTests {
    @Test("等候 20 分钟出现说明任务，告知超 15 分钟出现宣教任务，入座后都撤下 R4.03 R4.04 R4.05", arguments: Backend.allCases)
    func waitingTasks(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let short = try await desk.checkIn(desk.book.xiaoming, told: 15).visit.id
        let long = try await desk.checkIn(desk.book.chunmei, told: 20).visit.id

        #expect(try await desk.dueTasks(short, at: 0) == [])
        #expect(try await desk.dueTasks(long, at: 0) == ["wait.education"])
        #expect(try await desk.dueTasks(short, at: 19) == [])
        #expect(try await desk.dueTasks(short, at: 20) == ["wait.explain"])
        #expect(try await desk.board(20).waitTasks[short]?.rule == "wait.explain")
        let work = desk.work(2)
        try await desk.write { tx in try Arrivals.tellWait(short, minutes: 40, by: work, in: tx) }
        #expect(try await desk.dueTasks(short, at: 20) == ["wait.education", "wait.explain"])

        try await desk.leadIn(short, at: 25)
        #expect(try await desk.dueTasks(short, at: 40) == [])
        // Led in by mistake: the wait goes on, and so do the tasks.
        let mistaken = desk.work(25, seconds: 5)
        _ = try await desk.write { tx in try VisitFacts.undoLast(short, by: mistaken, in: tx) }
        #expect(try await desk.dueTasks(short, at: 40) == ["wait.education", "wait.explain"])
    }

    @Test("看板按顺序列出将到、候诊、过号、椅位、收费、已离开 R4.01 R4.10", arguments: Backend.allCases)
    func boardShowsEverybodyOnce(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let people = try await desk.morePatients(4)
        let booked = try await desk.book.place(desk.book.command("10:00", day: BookFixture.today))
        let seated = try await desk.checkIn(people[0]).visit.id
        let walkIn = try await desk.checkIn(people[1], at: 1).visit.id
        let urgent = try await desk.checkIn(people[2], emergency: "trauma", at: 5)
        let skipped = try await desk.checkIn(people[3], at: 6).visit.id
        try await desk.leadIn(seated, at: 2)
        let work = desk.work(7)
        try await desk.write { tx in try Queue.skip(skipped, by: work, in: tx) }

        var board = try await desk.board(8)
        #expect(urgent.ticket == "E003")
        #expect(board.coming.map(\.appointment.id) == [booked.id])
        #expect(board.waiting.map(\.visit.id) == [urgent.visit.id, walkIn])
        #expect(board.skipped.map(\.visit.id) == [skipped])
        #expect(board.chairs[0].guest?.visit.id == seated && board.chairs[1].guest == nil)

        let later = desk.work(9)
        try await desk.write { tx in
            try ChairUse.exit(seated, by: later, in: tx)
            try Departure.leave(walkIn, outcome: "left", reason: nil, by: later, in: tx)
        }
        board = try await desk.board(10)
        #expect(board.checkingOut.map(\.visit.id) == [seated] && board.left.map(\.visit.id) == [walkIn])
        #expect(board.waiting.map(\.visit.id) == [urgent.visit.id])
    }

    @Test("等候估计来自椅位和排在前面的人 R4.02", arguments: [Backend.sqlite])
    func estimatesFollowTheBoard(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let people = try await desk.morePatients(3)
        func minutes(_ at: Int, doctor: ID<Staff>, emergency: Bool = false, bookedIn: Int? = nil) async throws -> Int {
            let board = try await desk.board(at)
            return WaitEstimates(board).minutesForArrival(
                doctor: doctor, bookedFor: bookedIn.map { board.now.adding(minutes: $0) }, isEmergency: emergency)
        }
        #expect(try await minutes(0, doctor: desk.book.lin) == 0)
        let first = try await desk.checkIn(people[0]).visit.id
        try await desk.leadIn(first, at: 0)
        // One unit is planned for who came without booking.
        #expect(try await minutes(5, doctor: desk.book.lin) == 10)
        #expect(try await minutes(5, doctor: desk.book.chen) == 0)
        #expect(try await minutes(40, doctor: desk.book.lin) == 5)
        _ = try await desk.checkIn(people[1], at: 5)
        #expect(try await minutes(5, doctor: desk.book.lin) == 25)
        #expect(try await minutes(5, doctor: desk.book.lin, emergency: true) == 10)
        #expect(try await minutes(5, doctor: desk.book.chen, bookedIn: 30) == 30)

        let board = try await desk.board(5)
        let load = try #require(WaitEstimates(board).loads().first { $0.doctor.id == desk.book.lin })
        #expect(load.waiting == 1 && load.minutes == 25 && load.isOnDuty && load.stand?.state == .busy)
        #expect(WaitEstimates(board).minutes(for: try #require(board.waiting.first)) == 10)
    }

    @Test("两个前台同时叫同一个号，后一个被告知 R4.10", arguments: Backend.allCases)
    func staleCallIsRefused(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit.id
        let work = desk.work(3)
        try await desk.write { tx in try Queue.call(visit, chair: nil, version: 1, by: work, in: tx) }

        await #expect(throws: ChangedMeanwhile("候诊号", change: "林岚 09:23 叫号")) {
            try await desk.write { tx in try Queue.call(visit, chair: nil, version: 1, by: work, in: tx) }
        }
        #expect(try await desk.ticket(visit)?.callCount == 1)
    }

    @Test("看板的语句数不随人数变") func statementsAreBounded() async throws {
        let desk = try await ReceptionFixture(.sqlite)
        for patient in try await desk.morePatients(3) { _ = try await desk.checkIn(patient) }
        let work = desk.work(30)
        func count() async throws -> Int {
            try await desk.book.db.read { tx in
                let counting = StatementCounter(tx)
                _ = try ReceptionBoard.load(by: work, in: counting)
                return counting.count
            }
        }
        let few = try await count()
        for patient in try await desk.morePatients(12, from: 60) { _ = try await desk.checkIn(patient, at: 5) }
        #expect(try await count() == few)
        #expect(few <= 16)
    }
}

/// Counts what is asked.
private final class StatementCounter: ReadTransaction {
    private let inner: any ReadTransaction
    private(set) var count = 0
    init(_ inner: any ReadTransaction) { self.inner = inner }
    var dialect: Dialect { inner.dialect }
    func rows(_ sql: SQL) throws -> [Row] {
        count += 1
        return try inner.rows(sql)
    }
}
