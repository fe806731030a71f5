import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct ChairUseTests {
    @Test("上一位没离开不能引领，补录离开时间后可以，记为补录 R4.11 R4.14", arguments: Backend.allCases)
    func occupiedChairIsRefusedAndRepaired(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let first = try await desk.checkIn(desk.book.xiaoming).visit
        let second = try await desk.checkIn(desk.book.chunmei).visit
        try await desk.leadIn(first.id, at: 5)

        let taken = await refusal { try await desk.leadIn(second.id, at: 30) }
        let early = await refusal { try await desk.leadIn(second.id, at: 30, leftAt: desk.work(4).now) }
        let future = await refusal { try await desk.leadIn(second.id, at: 30, leftAt: desk.work(31).now) }
        #expect(
            taken == .chairTaken(visit: first.id, patient: "王小明", since: "09:25", chair: desk.book.chairs[0].name))
        #expect(taken?.field == "exitedAt")
        #expect(early == .exitBeforeEntry && future == .timeInFuture)
        #expect(try await desk.visit(second.id).seatedAt == nil)

        try await desk.leadIn(second.id, at: 30, leftAt: desk.work(25).now)

        let left = try await desk.visit(first.id)
        #expect(left.stage == .checkingOut && left.finishedAt == desk.work(25).now)
        let exit = try #require(try await desk.facts(first.id).last)
        #expect(exit.kind == .exited && exit.happenedAt == desk.work(25).now && exit.recordedAt == desk.work(30).now)
        #expect(exit.lateReason == "引领下一位时补录")
        #expect(try await desk.visit(second.id).stage == .inChair)
    }

    @Test("两人同时引领进同一张椅，只有一位成功 R4.12", arguments: Backend.allCases)
    func oneWinner(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visits = try await desk.morePatients(6).asyncMap { try await desk.checkIn($0).visit.id }

        let refusals = await withTaskGroup(of: ReceptionError?.self) { group in
            for visit in visits { group.addTask { await refusal { try await desk.leadIn(visit, at: 5) } } }
            return await group.reduce(into: [ReceptionError?]()) { $0.append($1) }
        }

        #expect(refusals.count { $0 == nil } == 1)
        #expect(refusals.compactMap(\.self).allSatisfy { if case .chairTaken = $0 { true } else { false } })
        let seated = try await desk.book.db.read { tx in
            try tx.int64("SELECT COUNT(*) AS n FROM movement WHERE exited_at IS NULL")
        }
        #expect(seated == 1)
    }

    @Test("特殊情况须先口头交代；主管写原因可放行 R1.07", arguments: Backend.allCases)
    func alertsMustBeSpoken(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        try await desk.addAlert(desk.book.xiaoming)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit

        let silent = await refusal { try await desk.leadIn(visit.id, at: 5, spoken: false) }
        let guide = desk.work(5, only: [.leadIn])
        let command = ChairUse.LeadIn(visitID: visit.id, chairID: desk.chairs[0], overrideReason: "急")
        let powerless = await refusal {
            _ = try await desk.write { tx in try ChairUse.leadIn(command, by: guide, in: tx) }
        }
        #expect(silent == .alertsNotSpoken(["高血压：160/100"]) && powerless == silent)
        #expect(silent?.field == "alertsSpoken")

        try await desk.leadIn(visit.id, at: 6)
        let spoken = try await desk.book.db.read { tx in
            try tx.int64("SELECT alerts_spoken_at FROM movement WHERE visit_id = \(visit.id)")
        }
        #expect(spoken == desk.work(6).now.milliseconds)
    }

    @Test("快结束、离开、清洁完：椅位状态一路变化 R4.15", arguments: Backend.allCases)
    func tapsMoveTheChair(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit
        func state(_ minutes: Int) async throws -> ChairState? { try await desk.board(minutes).chairs.first?.state }
        #expect(try await state(0) == .free)
        try await desk.leadIn(visit.id, at: 5)
        // Without booking the treatment is planned with one unit.
        #expect(try await state(20) == .busy)
        #expect(try await state(21) == .late)

        let (chair, works) = (desk.chairs[0], (nearly: desk.work(22), exit: desk.work(25), clean: desk.work(28)))
        try await desk.write { tx in try ChairUse.nearlyDone(visit.id, by: works.nearly, in: tx) }
        #expect(try await state(23) == .nearly)
        try await desk.write { tx in try ChairUse.exit(visit.id, by: works.exit, in: tx) }
        #expect(try await state(26) == .cleaning)
        try await desk.write { tx in try ChairUse.cleaned(chair: chair, by: works.clean, in: tx) }
        #expect(try await state(29) == .free)
        let again = await refusal {
            try await desk.write { tx in try ChairUse.cleaned(chair: chair, by: works.clean, in: tx) }
        }
        #expect(again == .nothingToClean)
    }

    @Test("没有定医生不能引领，已在椅上的不能再引 R4.46", arguments: [Backend.sqlite])
    func leadInNeedsADoctor(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let work = desk.work()
        let patient = desk.book.xiaoming
        let made = try await desk.write { tx in
            try Arrivals.checkIn(.init(patientID: patient, complaint: "x"), by: work, in: tx)
        }
        #expect(await refusal { try await desk.leadIn(made.visit.id, at: 1) } == .doctorNeeded)

        let doctor = desk.book.chen
        try await desk.write { tx in
            try Arrivals.assignDoctor(made.visit.id, doctor: doctor, reason: nil, by: work, in: tx)
        }
        try await desk.leadIn(made.visit.id, at: 2)
        #expect(
            await refusal { try await desk.leadIn(made.visit.id, chair: 1, at: 3) }
                == .alreadyInChair(chair: desk.book.chairs[0].name))
    }
}

extension Sequence where Self: Sendable {
    /// One after the other.
    fileprivate func asyncMap<T: Sendable>(_ body: (Element) async throws -> T) async rethrows -> [T] {
        var results: [T] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}
