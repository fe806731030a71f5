import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct QueueTests {
    private func call(_ desk: ReceptionFixture, _ visit: ID<Visit>, version: Int?, at minutes: Int) async throws {
        let work = desk.work(minutes)
        try await desk.write { tx in try Queue.call(visit, chair: nil, version: version, by: work, in: tx) }
    }

    @Test("五十个人同时叫同一个号，一人成功，其余都知道谁叫了 R4.10", arguments: Backend.allCases)
    func fiftyCallsOneWinner(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit.id

        let sentences = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    do {
                        try await call(desk, visit, version: 1, at: 3)
                        return nil
                    } catch { return (error as? any UserFacingError)?.userMessage ?? "\(error)" }
                }
            }
            return await group.reduce(into: [String?]()) { $0.append($1) }
        }

        #expect(sentences.count { $0 == nil } == 1)
        let told = Set(sentences.compactMap(\.self))
        #expect(told.count == 1 && told.first?.contains("林岚 09:23 叫号") == true)
        #expect(ChangedMeanwhile("候诊号").kind == .conflict)
        #expect(try await desk.ticket(visit)?.callCount == 1)
        #expect(try await desk.facts(visit).count { $0.kind == .called } == 1)
    }

    @Test("五十位客人同时被叫，各有一次，没有人丢 R4.01 R4.10", arguments: Backend.allCases)
    func fiftyTicketsAtOnce(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        var visits: [ID<Visit>] = []
        for patient in try await desk.morePatients(50) { visits.append(try await desk.checkIn(patient).visit.id) }
        let waiting = visits

        await withTaskGroup(of: Void.self) { group in
            for visit in waiting { group.addTask { try? await call(desk, visit, version: 1, at: 4) } }
        }

        let line = try await desk.book.db.read { [clinic = desk.book.clinic] tx in
            try QueueStore.line(clinic, day: BookFixture.today, in: tx)
        }
        #expect(line.count == 50 && line.allSatisfy(\.isCalled))
        #expect(Set(line.map(\.label)).count == 50)
    }

    @Test("已经带走的号再叫，说明是谁带走的 R4.10", arguments: Backend.allCases)
    func closedTicketNamesWhoDidIt(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit.id
        try await desk.leadIn(visit, at: 5)

        let error = await refusal { try await call(desk, visit, version: 1, at: 6) }

        #expect(error == .ticketClosed(change: "林岚 09:25 引领入座") && error?.kind == .conflict)
        #expect(error?.userMessage == "这个候诊号已经结束（林岚 09:25 引领入座），请刷新候诊列表")
    }

    @Test("过号两次只算一次；叫了可以放回原位 R4.10", arguments: Backend.allCases)
    func skipAndBack(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let first = try await desk.checkIn(desk.book.xiaoming).visit.id
        let second = try await desk.checkIn(desk.book.chunmei, at: 1).visit.id
        let (early, late) = (desk.work(2), desk.work(3))
        try await desk.write { tx in try Queue.skip(first, version: 1, by: early, in: tx) }
        await #expect(throws: ChangedMeanwhile("候诊号", change: "林岚 09:22 过号")) {
            try await desk.write { tx in try Queue.skip(first, by: late, in: tx) }
        }
        try await desk.write { tx in try Queue.requeue(first, by: late, in: tx) }
        #expect(try await desk.board(4).waiting.map(\.visit.id) == [first, second])

        try await call(desk, second, version: nil, at: 5)
        let back = desk.work(6)
        try await desk.write { tx in try Queue.requeue(second, by: back, in: tx) }
        #expect(try await desk.ticket(second)?.calledAt == nil)
        #expect(try await desk.board(7).waiting.map(\.visit.id) == [first, second])
        await #expect(throws: ChangedMeanwhile.self) {
            try await desk.write { tx in try Queue.requeue(second, by: back, in: tx) }
        }
    }

    @Test("手工调整顺序须有原因，看得到原因，十秒内可撤销，急诊前面不能排 R4.01 R2.09", arguments: Backend.allCases)
    func movesNeedAReason(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let people = try await desk.morePatients(4)
        let a = try await desk.checkIn(people[0]).visit.id
        let b = try await desk.checkIn(people[1], at: 1).visit.id
        let c = try await desk.checkIn(people[2], at: 2).visit.id
        let urgent = try await desk.checkIn(people[3], emergency: "trauma", at: 3).visit.id
        func move(_ id: ID<Visit>, before: ID<Visit>, _ reason: String, note: String? = nil, at: Int = 4) async throws {
            let work = desk.work(at)
            try await desk.write { tx in
                try Queue.move(id, before: before, reason: reason, note: note, by: work, in: tx)
            }
        }

        await #expect(throws: FormErrors("reason", "请选择调整顺序的原因")) { try await move(c, before: a, "") }
        await #expect(throws: FormErrors("note", "请写一句说明")) { try await move(c, before: a, "other") }
        await #expect(throws: FormErrors("before", "急诊客人先看，不能排到急诊前面")) {
            try await move(c, before: urgent, "frail")
        }
        await #expect(throws: FormErrors("before", "这位客人已经不在候诊，请重新选择排在谁前面")) {
            try await move(c, before: c, "frail")
        }
        #expect(try await desk.board(4).waiting.map(\.visit.id) == [urgent, a, b, c])

        try await move(c, before: a, "frail")
        let board = try await desk.board(5)
        #expect(board.waiting.map(\.visit.id) == [urgent, c, a, b])
        #expect(board.guest(c)?.move?.reason == "frail")
        #expect(try await desk.facts(c).last?.detail == "排到 A001 前面：老人、孕妇或行动不便")
        try await move(b, before: c, "other", note: "孩子放学", at: 5)
        #expect(try await desk.board(5).waiting.map(\.visit.id) == [urgent, b, c, a])

        let undo = desk.work(5, seconds: 10)
        _ = try await desk.write { tx in try VisitFacts.undoLast(b, by: undo, in: tx) }
        #expect(try await desk.board(6).waiting.map(\.visit.id) == [urgent, c, a, b])
        let guide = desk.work(6, only: [.callQueue])
        await #expect(throws: NotAllowed.self) {
            try await desk.write { tx in
                try Queue.move(b, before: a, reason: "frail", note: nil, by: guide, in: tx)
            }
        }
    }

    @Test("越过前面的客人叫号留下记录；门诊要求时没有原因不能叫 R4.01", arguments: Backend.allCases)
    func passingOverIsRecorded(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let people = try await desk.morePatients(4)
        let first = try await desk.checkIn(people[0]).visit.id
        let second = try await desk.checkIn(people[1], at: 1).visit.id
        let other = try await desk.checkIn(people[2], doctor: desk.book.chen, at: 2).visit.id
        let strict = desk.work(3, demanding: [.queueOrder])

        let refused = await refusal {
            try await desk.write { tx in try Queue.call(second, chair: nil, version: 1, by: strict, in: tx) }
        }
        #expect(refused == .passesOver(["A001"]) && refused?.kind == .conflict)
        #expect(refused?.userMessage == "前面还有 A001，先叫这位请写明原因")
        // Another doctor's customer passes over nobody.
        try await desk.write { tx in try Queue.call(other, chair: nil, version: 1, by: strict, in: tx) }
        #expect(try await desk.facts(other).last?.detail == nil)
        try await desk.write { tx in
            try Queue.call(second, chair: nil, version: 1, reason: "医生要先看", by: strict, in: tx)
        }
        #expect(try await desk.facts(second).last?.detail == "越过 A001：医生要先看")

        let third = try await desk.checkIn(people[3], at: 4).visit.id
        try await call(desk, third, version: 1, at: 5)
        // Who was called already is not passed over.
        #expect(try await desk.facts(third).last?.detail == "越过 A001")
        try await call(desk, first, version: 1, at: 6)
        #expect(try await desk.facts(first).last?.detail == nil)
    }

    @Test("告知的时间连同系统估计一起留下，宣教从最后一次告知算起 R4.02 R4.03", arguments: Backend.allCases)
    func toldWaitsAreKept(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let people = try await desk.morePatients(2)
        let seated = try await desk.checkIn(people[0]).visit.id
        try await desk.leadIn(seated, at: 0)
        let visit = try await desk.checkIn(people[1], told: 15, at: 5).visit.id
        let work = desk.work(12)
        try await desk.write { tx in try Arrivals.tellWait(visit, minutes: 16, by: work, in: tx) }

        let told = try await desk.book.db.read { tx in
            try tx.rows("SELECT told_minutes, system_minutes FROM wait_estimate ORDER BY id").map {
                [try $0.int("told_minutes"), try $0.int("system_minutes")]
            }
        }
        #expect(told == [[15, 10], [16, 5]])
        #expect(try await desk.dueTasks(visit, at: 12) == ["wait.education"])
        let task = try await desk.book.db.read { tx in
            try TaskStore.list(of: TaskSubject(.visit, visit), in: tx).first { $0.rule == "wait.education" }
        }
        #expect(task?.dueFrom == desk.work(12).now && task?.dueAt == desk.work(22).now)
    }

    @Test("久等说明 20 分钟到期、25 分钟上报，程序重启也不丢 R4.04 R4.05", arguments: Backend.allCases)
    func explanationEscalates(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming, told: 15).visit.id
        func escalate(_ minutes: Int, seconds: Int = 0) async throws -> Int {
            let work = desk.work(minutes, seconds: seconds)
            return try await desk.write { tx in try TaskWork.escalateOverdue(by: work, in: tx) }
        }
        #expect(try await desk.dueTasks(visit, at: 19) == [])
        #expect(try await desk.dueTasks(visit, at: 20) == ["wait.explain"])
        #expect(try await escalate(25) == 0)
        #expect(try await escalate(25, seconds: 1) == 1)
        let reported = try await desk.book.db.read { [clinic = desk.book.clinic.id] tx in
            try TaskStore.listReported(clinic: clinic, roles: ["headNurse"], limit: 10, in: tx)
        }
        #expect(reported.map(\.rule) == ["wait.explain"])
    }

    @Test("程序中途重启：候诊号、顺序、计时、任务、椅位都在 R4.01", arguments: Backend.allCases)
    func nothingIsLostOverARestart(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let people = try await desk.morePatients(5)
        var visits: [ID<Visit>] = []
        for (index, patient) in people.enumerated() {
            visits.append(try await desk.checkIn(patient, told: 20, at: index).visit.id)
        }
        let (first, second, third, fifth) = (visits[0], visits[1], visits[2], visits[4])
        try await desk.leadIn(first, at: 6)
        let work = desk.work(7)
        let chair = desk.chairs[1]
        try await desk.write { tx in
            try Queue.call(second, chair: chair, version: 1, by: work, in: tx)
            try Queue.skip(third, by: work, in: tx)
            try Queue.move(fifth, before: second, reason: "frail", note: nil, by: work, in: tx)
            try ChairUse.nearlyDone(first, by: work, in: tx)
            try Patrol.walk(by: work, in: tx)
        }
        let before = try await desk.board(30)

        let again = try await desk.book.db.openAgain()
        let later = desk.work(30)
        let after = try await again.read { tx in try ReceptionBoard.load(by: later, in: tx) }
        await again.close()

        #expect(after.guests == before.guests && after.chairs == before.chairs)
        #expect(after.waitTasks == before.waitTasks && after.waitTasks.count == 4)
        #expect(after.waiting.map(\.visit.id) == [fifth, second, visits[3]])
        #expect(after.skipped.map(\.visit.id) == [third])
        #expect(after.chairs.map(\.state).prefix(2) == [.nearly, .reserved])
        #expect(after.waiting.map { $0.visit.waitedMinutes(at: after.now) } == [26, 29, 27])
    }
}
