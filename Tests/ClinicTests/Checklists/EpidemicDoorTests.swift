import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct EpidemicDoorTests {
    static let mode = PlaybookOverride(kind: .setting, key: "epidemic.mode", value: "true", shippedValue: "false")

    static func answers(_ temperature: String = "36.5", travel: String = "no") -> DoorCheck.Answers {
        DoorCheck.Answers(name: "", temperature: temperature, travel: travel, hands: true, mask: "own")
    }

    static func arrival(_ book: BookFixture) -> Arrivals.Arrival {
        Arrivals.Arrival(patientID: book.xiaoming, appointmentID: nil, complaint: "牙疼")
    }

    @Test("防疫模式下没有预检不能登记到诊，预检通过才行 R2.30 R4.38", arguments: Backend.allCases)
    func deskWaitsForTheDoor(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = ChecklistTests.work(book, overrides: [Self.mode])
        let xiaoming = book.xiaoming
        await #expect(throws: DoorCheckError.missing(xiaoming)) {
            try await book.write { tx in _ = try Arrivals.checkIn(Self.arrival(book), by: work, in: tx) }
        }
        var unwashed = Self.answers()
        unwashed.hands = false
        let bad = unwashed
        await #expect(throws: ChecklistError.invalid(item: "hands", message: "请勾选“手部消毒”")) {
            try await book.write { tx in _ = try DoorCheck.record(bad, patient: xiaoming, by: work, in: tx) }
        }
        _ = try await book.write { tx in try DoorCheck.record(Self.answers(), patient: xiaoming, by: work, in: tx) }
        let registered = try await book.write { tx in try Arrivals.checkIn(Self.arrival(book), by: work, in: tx) }
        #expect(registered.visit.patientID == xiaoming)
    }

    @Test("体温 37.3 拦下并通知主管；有权限的人写明原因可以放行 R2.30", arguments: Backend.allCases)
    func feverStops(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = ChecklistTests.work(book, overrides: [Self.mode])
        let xiaoming = book.xiaoming
        _ = try await book.write { tx in
            try DoorCheck.record(Self.answers("37.3"), patient: xiaoming, by: work, in: tx)
        }
        await #expect(throws: DoorCheckError.stopped(xiaoming, ["体温 37.3 ℃"])) {
            try await book.write { tx in _ = try Arrivals.checkIn(Self.arrival(book), by: work, in: tx) }
        }
        #expect(
            try await ChecklistTests.tasks(book) == [
                "checklist.outOfLimit supervisor 门口预检 · 王小明 · 体温 37.3 ℃ · 门口已拦下，请到场"
            ])
        let guide = Work(
            actor: Actor(id: book.head.id, name: "", roles: ["guide"], capabilities: [.keepRegisters, .checkIn]),
            clinic: book.clinic, now: work.now, playbook: work.playbook, ids: book.ids)
        await #expect(throws: NotAllowed(capability: .overrideRules)) {
            try await book.write { tx in
                try DoorCheck.pass(xiaoming, reason: "emergency", note: nil, by: guide, in: tx)
            }
        }
        try await book.write { tx in try DoorCheck.pass(xiaoming, reason: "emergency", note: nil, by: work, in: tx) }
        #expect(try await book.db.read { tx in try DoorCheck.verdict(of: xiaoming, by: work, in: tx) } == .passed)
        _ = try await book.write { tx in try Arrivals.checkIn(Self.arrival(book), by: work, in: tx) }
    }

    @Test("先预检、后认人：登记时说是谁 R2.30", arguments: Backend.allCases)
    func strangersAreIdentified(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = ChecklistTests.work(book, overrides: [Self.mode])
        let xiaoming = book.xiaoming
        var answers = Self.answers()
        answers.name = "王先生"
        let typed = answers
        let run = try await book.write { tx in try DoorCheck.record(typed, patient: nil, by: work, in: tx) }
        #expect(run.label == "王先生")
        #expect(try await book.db.read { tx in try DoorCheck.verdict(of: xiaoming, by: work, in: tx) } == .missing)
        try await book.write { tx in try DoorCheck.identify(run.id, as: xiaoming, by: work, in: tx) }
        #expect(try await book.db.read { tx in try DoorCheck.verdict(of: xiaoming, by: work, in: tx) } == .passed)
        await #expect(throws: DoorCheckError.known) {
            try await book.write { tx in try DoorCheck.identify(run.id, as: book.chunmei, by: work, in: tx) }
        }
    }

    @Test("防疫模式关闭时不拦、不列、不提醒 R3.42 R4.13")
    func nothingWhileOff() async throws {
        let book = try await BookFixture(.sqlite)
        let work = ChecklistTests.work(book, overrides: [])
        let xiaoming = book.xiaoming
        #expect(try await book.db.read { tx in try DoorCheck.verdict(of: xiaoming, by: work, in: tx) } == .notNeeded)
        _ = try await book.write { tx in try Arrivals.checkIn(Self.arrival(book), by: work, in: tx) }
        #expect(try await book.db.read { tx in try DisinfectionDuties.list(by: work, in: tx) }.isEmpty)
        #expect(!work.playbook.liveChecklists.contains { $0.group == "防疫" })
        #expect(ChecklistRules.crowding(waiting: 500, playbook: work.playbook) == nil)
    }

    @Test("候诊区超过间距允许的人数才提醒，0 为不限 R4.13", arguments: [(12, 12, false), (13, 12, true), (99, 0, false)])
    func crowding(waiting: Int, limit: Int, isOver: Bool) throws {
        let playbook = try ShippedPlaybook.load().resolved(
            organisation: [
                Self.mode,
                PlaybookOverride(kind: .setting, key: "waiting.capacity", value: String(limit), shippedValue: "12"),
            ], clinic: []
        ).on(BookFixture.today)
        #expect((ChecklistRules.crowding(waiting: waiting, playbook: playbook) != nil) == isOver)
    }

    @Test("带客人入座以后要勾手部与台面消毒，没勾的列出来 R4.37", arguments: Backend.allCases)
    func disinfectionIsListed(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let off = ChecklistTests.work(book, overrides: [])
        let chair = try #require(book.chairs.first).id
        try await book.write { tx in
            let arrived = try Arrivals.checkIn(Self.arrival(book), by: off, in: tx)
            try tx.run(
                """
                INSERT INTO movement (id, clinic_id, visit_id, chair_id, person, entered_at, entered_by)
                VALUES (77, \(book.clinic.id), \(arrived.visit.id), \(chair), 'patient', \(off.now), \(book.head.id))
                """)
        }
        let work = ChecklistTests.work(book, at: BookFixture.now.adding(minutes: 10), overrides: [Self.mode])
        let duties = try await book.db.read { tx in try DisinfectionDuties.list(by: work, in: tx) }
        #expect(duties.map(\.label) == ["09:20 交接 · 王小明"])
        #expect(duties.first?.doneAt == nil)
        let missing = try await book.db.read { tx in
            try DayBlockers.list(by: work, in: tx).map(\.blocker).filter { $0.kind == .disinfection }
        }
        #expect(missing.map(\.title) == ["手部与台面消毒缺 1 次"])
        let occurrence = try #require(duties.first?.occurrence)
        try await book.write { tx in try DisinfectionDuties.tick(occurrence, by: work, in: tx) }
        let after = try await book.db.read { tx in try DisinfectionDuties.list(by: work, in: tx) }
        #expect(after.first?.doneAt == work.now)
        await #expect(throws: ChecklistError.completed) {
            try await book.write { tx in try DisinfectionDuties.tick(occurrence, by: work, in: tx) }
        }
    }
}
