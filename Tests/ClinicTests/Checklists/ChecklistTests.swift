import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct ChecklistTests {
    static let equipmentOn = PlaybookOverride(
        kind: .level, key: "R4.31", value: "\"remind\"", shippedValue: "\"off\"")

    static func work(
        _ book: BookFixture, at now: Timestamp = BookFixture.now, overrides: [PlaybookOverride] = [equipmentOn]
    ) -> Work {
        Work(
            actor: RegisterTests.work(book).actor, clinic: book.clinic, now: now,
            playbook: book.playbook.resolved(organisation: overrides, clinic: []), ids: book.ids)
    }

    static func tasks(_ book: BookFixture) async throws -> [String] {
        try await book.db.read { tx in
            try tx.rows(
                """
                SELECT rule, owner_role, reason FROM task
                WHERE done_at IS NULL AND withdrawn_at IS NULL AND subject_kind = 'checklistRun' ORDER BY rule, due_at
                """
            ).map { "\(try $0.text("rule")) \(try $0.text("owner_role")) \(try $0.text("reason"))" }
        }
    }

    @Test(
        "数字界限：上下限算在内，“低于”不算 R2.30",
        arguments: [
            ("33.9", true), ("34", false), ("37.2", false), ("37.3", true), ("３６．５", false),
        ])
    func limits(typed: String, isOut: Bool) throws {
        let playbook = try ShippedPlaybook.load()
        let item = try #require(playbook.checklist("doorCheck")?.item("temperature"))
        #expect(try ChecklistRules.judge(item, typed: typed, playbook: playbook).isOut == isOut)
    }

    @Test("体温界限跟着设置走 R2.30")
    func limitFollowsSetting() throws {
        let playbook = try ShippedPlaybook.load().resolved(
            organisation: [PlaybookOverride(kind: .setting, key: "fever_c", value: "37.5", shippedValue: "37.3")],
            clinic: [])
        let item = try #require(playbook.checklist("doorCheck")?.item("temperature"))
        #expect(try ChecklistRules.judge(item, typed: "37.4", playbook: playbook).isOut == false)
        #expect(ChecklistRules.limitText(item, playbook) == "不少于 34，低于 37.5 ℃")
    }

    @Test("出厂不查设备；打开后每班一张，有岗位负责 R4.31", arguments: Backend.allCases)
    func runsAreMadePerShift(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let off = Self.work(book, overrides: [])
        #expect(try await book.write { tx in try Checklists.makeDue(by: off, in: tx) } == 0)
        // 09:20: the morning window is over before the list was switched on, the afternoon one is to come.
        let on = Self.work(book)
        #expect(try await book.write { tx in try Checklists.makeDue(by: on, in: tx) } == 1)
        #expect(try await book.write { tx in try Checklists.makeDue(by: on, in: tx) } == 0)
        #expect(try await Self.tasks(book) == ["checklist.due attendant 候诊区设备检查 · 午班"])
    }

    @Test("每点一下就存；超出范围要写说明并生成任务；做全了才能完成 R4.31", arguments: Backend.allCases)
    func tapsAreKept(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = Self.work(book)
        _ = try await book.write { tx in try Checklists.makeDue(by: work, in: tx) }
        let run = try #require(
            try await book.db.read { tx in
                try ChecklistStore.list(clinic: book.clinic.id, day: BookFixture.today, in: tx).first
            })
        func mark(_ item: String, _ typed: String, note: String? = nil, at work: Work = work) async throws {
            _ = try await book.write { tx in
                try Checklists.mark(run.id, item: item, typed: typed, note: note, by: work, in: tx)
            }
        }
        try await mark("clean", "1")
        await #expect(throws: ChecklistError.noteNeeded(item: "tv")) { try await mark("tv", "faulty") }
        try await mark("tv", "faulty", note: "没有信号，已报修")
        #expect(
            try await Self.tasks(book) == [
                "checklist.due attendant 候诊区设备检查 · 午班",
                "checklist.outOfLimit supervisor 候诊区设备检查 · 午班 · 电视 有故障 · 没有信号，已报修",
            ])
        await #expect(throws: ChecklistError.unfinished(missing: ["音响", "电脑", "音量", "书报整齐", "安静", "饮水和纸杯够用"])) {
            try await book.write { tx in _ = try Checklists.complete(run.id, by: work, in: tx) }
        }
        try await mark("tv", "fine")
        for (item, value) in [
            ("audio", "fine"), ("computers", "fine"), ("volume", "12"), ("tidy", "1"), ("quiet", "1"),
        ] {
            try await mark(item, value)
        }
        try await mark("water", "1")
        let done = try await book.write { tx in try Checklists.complete(run.id, by: work, in: tx) }
        #expect(done.completedBy == book.head.id)
        #expect(try await Self.tasks(book).isEmpty)
        let marks = try await book.db.read { tx in try ChecklistStore.marks(of: [run.id], in: tx)[run.id] ?? [] }
        #expect(marks.filter { $0.item == "tv" }.map(\.value) == ["faulty", "fine"], "改过的答案都在")
        await #expect(throws: ChecklistError.completed) { try await mark("clean", "") }
    }

    @Test("过了时间没做完的在日结清单上，可以写明原因结转 R11.40", arguments: Backend.allCases)
    func unfinishedRunsAreCarried(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = Self.work(book)
        _ = try await book.write { tx in try Checklists.makeDue(by: work, in: tx) }
        #expect(try await book.db.read { tx in try DayBlockers.countOpen(by: work, in: tx) } == 0)
        let evening = Self.work(book, at: BookFixture.now.adding(hours: 9))
        let list = try await book.db.read { tx in try DayBlockers.list(by: evening, in: tx) }
        #expect(list.map(\.blocker.title) == ["候诊区设备检查 · 午班"])
        let blocker = try #require(list.first?.blocker)
        await #expect(throws: FormErrors.self) {
            try await book.write { tx in
                _ = try DayCarrying.carry(
                    blocker.kind, blocker.subject, owner: nil, reason: "", by: evening, in: tx)
            }
        }
        let carry = try await book.write { tx in
            try DayCarrying.carry(
                blocker.kind, blocker.subject, owner: book.head.id, reason: "停电，明早补做", by: evening, in: tx)
        }
        #expect(carry.title == "候诊区设备检查 · 午班")
        let after = try await book.db.read { tx in try DayBlockers.list(by: evening, in: tx) }
        #expect(after.first?.carried?.reason == "停电，明早补做")
        #expect(try await book.db.read { tx in try DayBlockers.countOpen(by: evening, in: tx) } == 0)
        // Who goes on with it has a task.
        let task = try #require(
            try await book.db.read { tx in
                try TaskStore.list(of: TaskSubject(.dayCarry, carry.id), in: tx)
            }.first)
        #expect(task.ownerID == book.head.id && task.reason == "候诊区设备检查 · 午班：停电，明早补做")
    }

    @Test("结转的事第二天还没办，写着谁接着办、为什么 R2.29 R11.40", arguments: Backend.allCases)
    func carriedThingsNameTheirOwner(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        try await book.insertVisit(of: book.xiaoming, doctor: book.lin, day: BookFixture.today)
        let evening = Self.work(book, at: BookFixture.now.adding(hours: 10))
        let blocker = try #require(
            try await book.db.read { tx in try DayBlockers.list(by: evening, in: tx) }
                .first { $0.blocker.kind == .openVisit }?.blocker)
        _ = try await book.write { tx in
            try DayCarrying.carry(
                blocker.kind, blocker.subject, owner: book.head.id, reason: "客人去拍片", by: evening, in: tx)
        }
        let morning = Self.work(book, at: BookFixture.now.adding(hours: 24))
        let next = try await book.db.read { tx in try DayBlockers.list(by: morning, in: tx) }
        let still = try #require(next.first { $0.blocker.subject == blocker.subject })
        #expect(still.carried == nil && still.blocker.owner == book.head.name)
        #expect(still.blocker.detail.hasSuffix("，3 月 12 日 结转：客人去拍片"))
    }

    @Test("言行抽查由主管开始，前台有无关人员要记下 R4.26", arguments: Backend.allCases)
    func conductIsBegunByHand(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = Self.work(book)
        let run = try await book.write { tx in try Checklists.begin("conduct", by: work, in: tx) }
        #expect(run.dueAt == nil)
        await #expect(throws: ChecklistError.noteNeeded(item: "strangers")) {
            try await book.write { tx in
                _ = try Checklists.mark(run.id, item: "strangers", typed: "some", note: nil, by: work, in: tx)
            }
        }
        await #expect(throws: ChecklistError.notByHand) {
            try await book.write { tx in _ = try Checklists.begin("waitingEquipment", by: work, in: tx) }
        }
    }
}
