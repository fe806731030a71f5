import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct WaitingRoomTests {
    @Test(
        "陪同：12 岁及以下、70 岁及以上可以有一位 R4.16",
        arguments: [
            (12, 0, true, "allowed"), (13, 0, true, "age"), (69, 0, true, "age"), (70, 0, true, "allowed"),
            (12, 1, true, "full"), (12, 0, false, "age"), (11, 0, false, "allowed"), (71, 0, false, "allowed"),
            (nil, 0, true, "age"), (35, 1, true, "age"),
        ] as [(Int?, Int, Bool, String)])
    func companionRule(age: Int?, inside: Int, isInclusive: Bool, expected: String) {
        let bounds = CompanionRules.Bounds(
            childMaximum: 12, elderMinimum: 70, maximum: 1, isInclusive: isInclusive)
        let verdict = CompanionRules.verdict(age: age, inside: inside, bounds)
        #expect(
            verdict
                == (expected == "allowed" ? .allowed : expected == "full" ? .full(1) : .outsideAge(age)))
    }

    @Test(
        "宣教先讲什么，看来意和年龄 R4.03",
        arguments: [
            ("treatment", 30, "aftercare"), ("care", 30, "beauty"), ("latent", nil, "cleaning"), (nil, 30, "brushing"),
            ("treatment", 12, "children"), ("treatment", 13, "aftercare"), ("care", 70, "dentures"),
        ] as [(String?, Int?, String)])
    func topics(segment: String?, age: Int?, topic: String) {
        #expect(EducationRules.topic(segment: segment, age: age, childMaximum: 12, elderMinimum: 70) == topic)
    }

    @Test("有人候诊时每 15 分钟巡视一次 R4.09") func patrolIsDue() {
        let now = Timestamp(milliseconds: 1_773_278_400_000)
        #expect(PatrolRules.due(waitingSince: nil, last: now, interval: 15) == nil)
        #expect(PatrolRules.due(waitingSince: now, last: nil, interval: 15) == now.adding(minutes: 15))
        #expect(
            PatrolRules.due(waitingSince: now, last: now.adding(minutes: 4), interval: 15) == now.adding(minutes: 19))
        #expect(
            PatrolRules.due(waitingSince: now, last: now.adding(minutes: -40), interval: 15) == now.adding(minutes: 15))
    }

    @Test("到时间还没送水、没给书报就提示 R4.36") func missingCare() {
        #expect(HospitalityRules.missing(waited: 4, done: [], due: 5) == [])
        #expect(HospitalityRules.missing(waited: 5, done: [], due: 5) == ["drink", "reading"])
        #expect(HospitalityRules.missing(waited: 5, done: ["drink", "seat"], due: 5) == ["reading"])
    }

    @Test("招待一点就记，再点取消，谁点都行 R4.08", arguments: Backend.allCases)
    func careTicks(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit.id
        func toggle(_ kind: String, by work: Work) async throws -> Bool {
            try await desk.write { tx in try Hospitality.toggle(kind, of: visit, by: work, in: tx) }
        }
        func done() async throws -> [String] {
            try await desk.book.db.read { tx in try CareStore.ticks(of: [visit], in: tx).map(\.kind) }
        }
        #expect(try await toggle("drink", by: desk.work(1)) == true)
        #expect(try await toggle("seat", by: desk.work(2, only: [.keepRegisters])) == true)
        #expect(try await done() == ["drink", "seat"])
        #expect(try await toggle("drink", by: desk.work(3)) == false)
        #expect(try await toggle("drink", by: desk.work(4)) == true)
        #expect(try await done() == ["seat", "drink"])
        await #expect(throws: FormErrors.self) { _ = try await toggle("dance", by: desk.work(5)) }
        await #expect(throws: NotAllowed.self) { _ = try await toggle("seat", by: desk.work(5, only: [.seeReception])) }
    }

    @Test("巡视记一圈，发现的需要有人负责、有结果 R4.09 R4.41 R4.47", arguments: Backend.allCases)
    func patrolAndNeeds(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit.id
        let walks = [desk.work(10), desk.work(10, seconds: 30), desk.work(12)]
        for work in walks { try await desk.write { tx in try Patrol.walk(by: work, in: tx) } }
        let work = desk.work(13)
        await #expect(throws: FormErrors("note", "请写一句说明")) {
            try await desk.write { tx in
                _ = try VisitRequests.ask(need: "other", note: " ", of: visit, by: work, in: tx)
            }
        }
        for (need, note) in [("water", nil), ("cold", "靠门"), ("other", "借老花镜")] as [(String, String?)] {
            try await desk.write { tx in
                _ = try VisitRequests.ask(need: need, note: note, of: visit, by: work, in: tx)
            }
        }

        var room = try await load(desk, 14)
        #expect(room.rounds == 2 && room.lastRound?.waiting == 1)
        #expect(room.needs.map(\.text) == ["要喝水", "觉得冷或热：靠门", "借老花镜"])
        #expect(room.needs.map(\.kind) == [.wish, .help, .wish])
        // Rounds are kept only where the clinic switched them on.
        #expect(room.patrolDue == nil)
        let need = try #require(room.needs.first)
        try await desk.write { tx in try VisitRequests.close(need.id, .done, note: "倒了温水", by: work, in: tx) }
        await #expect(throws: CaseError.self) {
            try await desk.write { tx in try VisitRequests.close(need.id, .done, note: nil, by: work, in: tx) }
        }
        room = try await load(desk, 15)
        #expect(room.needs.map(\.text) == ["觉得冷或热：靠门", "借老花镜"])
        let strict = desk.work(20, demanding: [.patrolRounds])
        let kept = try await desk.book.db.read { tx in try WaitingRoom.load(by: strict, in: tx) }
        #expect(kept.patrolDue == desk.work(27).now)
    }

    @Test("陪同进出诊区有时间，客人出来陪同也出来，撤销后又在里面 R4.14 R4.16", arguments: Backend.allCases)
    func companions(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit.id
        func admit(_ reason: String?, by work: Work) async throws {
            try await desk.write { tx in
                try Companions.admit(
                    Companions.Admission(visitID: visit, relation: "妈妈", reason: reason), by: work, in: tx)
            }
        }
        await #expect(throws: ReceptionError.notInChair) { try await admit(nil, by: desk.work(1)) }
        try await desk.leadIn(visit, at: 2)
        // 45 years old: outside the rule.
        let strict = desk.work(3, only: [.leadIn], demanding: [.companionWithinRule])
        await #expect(throws: CompanionError.outsideRule("客人 45 岁，12 岁及以下、70 岁及以上可以有 1 位陪同，其他家属请在候诊区等候")) {
            try await admit("frail", by: strict)
        }
        let boss = desk.work(3, demanding: [.companionWithinRule])
        await #expect(throws: CompanionError.reasonNeeded) { try await admit(nil, by: boss) }
        try await admit("frail", by: boss)
        // Shipped as a reminder: one tap passes.
        try await admit(nil, by: desk.work(4))
        #expect(try await desk.board(5).chairs[0].companions == 2)

        let people = try await desk.book.db.read { tx in try CompanionStore.list([visit], in: tx) }
        #expect(people.map(\.reason) == ["frail", nil] && people.allSatisfy { !$0.isWithinRule })
        let out = desk.work(6)
        let one = people[1].movementID
        try await desk.write { tx in try Companions.leave(one, of: visit, by: out, in: tx) }
        await #expect(throws: CompanionError.alreadyOut) {
            try await desk.write { tx in try Companions.leave(one, of: visit, by: out, in: tx) }
        }

        let exit = desk.work(20)
        try await desk.write { tx in try ChairUse.exit(visit, by: exit, in: tx) }
        let gone = try await desk.book.db.read { tx in try CompanionStore.list([visit], in: tx) }
        #expect(gone.map(\.exitedAt) == [desk.work(20).now, desk.work(6).now])
        _ = try await desk.write { tx in try VisitFacts.undoLast(visit, by: exit, in: tx) }
        #expect(try await desk.board(21).chairs[0].companions == 1)
    }

    @Test("宣教的回答留下主题，任务随之结束，撤销后任务又在 R4.03", arguments: Backend.allCases)
    func educationIsAnswered(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let first = try await desk.checkIn(desk.book.xiaoming, told: 20).visit.id
        let second = try await desk.checkIn(desk.book.chunmei, told: 20).visit.id
        #expect(try await desk.dueTasks(first, at: 1) == ["wait.education"])
        func answer(_ visit: ID<Visit>, _ isAccepted: Bool, _ topic: String?, by work: Work) async throws {
            try await desk.write { tx in
                try Education.answer(visit, isAccepted: isAccepted, topic: topic, by: work, in: tx)
            }
        }
        await #expect(throws: FormErrors("topic", "请选择讲了什么")) {
            try await answer(first, true, nil, by: desk.work(1))
        }
        try await answer(first, true, "brushing", by: desk.work(1))
        // The attendant, who has no such task, settles it too.
        try await answer(second, false, nil, by: desk.work(1, only: [.callQueue]))

        let accepted = try #require(try await desk.facts(first).last)
        #expect(accepted.kind == .educated && accepted.detail == "刷牙和牙线")
        #expect(try await desk.facts(second).last?.kind == .educationDeclined)
        #expect(try await desk.dueTasks(first, at: 2) == [])
        #expect(try await desk.dueTasks(second, at: 2) == [])

        let undo = desk.work(1, seconds: 9)
        for visit in [first, second] {
            _ = try await desk.write { tx in try VisitFacts.undoLast(visit, by: undo, in: tx) }
            #expect(try await desk.dueTasks(visit, at: 2) == ["wait.education"])
        }
    }

    @Test("椅位一路的状态：已叫号、就诊、快结束、治疗完、起身、清洁、可用 R4.15", arguments: Backend.allCases)
    func chairStates(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit.id
        func state(_ minutes: Int) async throws -> ChairState? { try await desk.board(minutes).chairs.first?.state }
        func tap(
            _ minutes: Int, _ body: @escaping @Sendable (Work, any WriteTransaction) throws -> Void
        ) async throws -> ChairState? {
            let work = desk.work(minutes)
            try await desk.write { tx in try body(work, tx) }
            return try await state(minutes)
        }
        let chair = desk.chairs[0]
        #expect(try await tap(1) { try Queue.call(visit, chair: chair, version: 1, by: $0, in: $1) } == .reserved)
        #expect(try await desk.board(1).chairs[0].expected?.visit.id == visit)
        try await desk.leadIn(visit, at: 2)
        #expect(try await state(2) == .busy)
        #expect(try await tap(3) { try ChairUse.nearlyDone(visit, by: $0, in: $1) } == .nearly)
        #expect(try await tap(4) { try RoomTaps.treated(visit, by: $0, in: $1) } == .finished)
        #expect(try await tap(5) { try RoomTaps.leaving(visit, by: $0, in: $1) } == .leaving)
        let undo = desk.work(5, seconds: 9)
        _ = try await desk.write { tx in try VisitFacts.undoLast(visit, by: undo, in: tx) }
        #expect(try await state(6) == .finished)
        #expect(try await tap(7) { try ChairUse.exit(visit, by: $0, in: $1) } == .cleaning)
        #expect(try await tap(8) { try ChairUse.cleaned(chair: chair, by: $0, in: $1) } == .free)
        await #expect(throws: ReceptionError.notInChair) {
            _ = try await tap(9) { try RoomTaps.treated(visit, by: $0, in: $1) }
        }
        // A second stay begins anew.
        try await desk.leadIn(visit, at: 10)
        #expect(try await state(10) == .busy)
    }

    @Test("每位医生现在的候诊：人数、平均、最长、超时 R4.07", arguments: [Backend.sqlite])
    func waitsOfDoctors(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let people = try await desk.morePatients(3)
        _ = try await desk.checkIn(people[0])
        _ = try await desk.checkIn(people[1], at: 10)
        _ = try await desk.checkIn(people[2], doctor: desk.book.chen, at: 15)
        let lines = DoctorWaits.current(try await desk.board(21), limit: 20)
        #expect(lines.map { $0.doctor?.id } == [desk.book.lin, desk.book.chen])
        #expect(lines.map(\.waiting) == [2, 1] && lines.map(\.average) == [16, 6] && lines.map(\.longest) == [21, 6])
        #expect(lines.map(\.isAlert) == [true, false])
        #expect(DoctorWaits.current(try await desk.board(20), limit: 20).allSatisfy { !$0.isAlert })
    }

    private func load(_ desk: ReceptionFixture, _ minutes: Int) async throws -> WaitingRoom {
        let work = desk.work(minutes)
        return try await desk.book.db.read { tx in try WaitingRoom.load(by: work, in: tx) }
    }
}
