import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct EpidemicTests {
    /// The playbook with the mode on, in force from `from` to `until`.
    static func on(_ playbook: Playbook, from: Day? = nil, until: Day? = nil) -> Playbook {
        func set(_ key: String, _ value: String) -> PlaybookOverride {
            PlaybookOverride(kind: .setting, key: key, value: value, shippedValue: "")
        }
        return playbook.resolved(
            organisation: [],
            clinic: [
                set("epidemic.mode", "true"), set("epidemic.from", "\"\(from?.iso ?? "")\""),
                set("epidemic.until", "\"\(until?.iso ?? "")\""),
            ])
    }

    static func work(_ book: BookFixture, _ playbook: Playbook, without: Set<Capability> = []) -> Work {
        Work(
            actor: Actor(
                id: book.head.id, name: book.head.name, roles: [],
                capabilities: Set(Capability.allCases).subtracting(without)), clinic: book.clinic, now: BookFixture.now,
            playbook: playbook, ids: book.ids)
    }

    /// The fixture's first item raises spray from now on.
    static func spray(_ book: BookFixture) async throws {
        let id = book.items[0]
        _ = try await book.write { tx in try tx.run("UPDATE item SET is_pneumatic = 1 WHERE id = \(id)") }
    }

    static func openTasks(_ book: BookFixture, rule: String) async throws -> [String] {
        try await book.db.read { tx in
            try tx.rows(
                """
                SELECT due_day, reason FROM task
                WHERE rule = \(rule) AND done_at IS NULL AND withdrawn_at IS NULL ORDER BY id
                """
            ).map { "\(try $0.text("due_day")) \(try $0.text("reason"))" }
        }
    }

    @Test("开关与日期：头尾两天都算，之外什么都没有 R3.42")
    func datesAreInclusive() throws {
        let shipped = try ShippedPlaybook.load()
        let (from, until) = (BookFixture.today, BookFixture.today.adding(days: 2))
        let playbook = Self.on(shipped, from: from, until: until)
        let days = (-1...3).map { playbook.on(from.adding(days: $0)).isEpidemic }
        #expect(days == [false, true, true, true, false])
        #expect(playbook.on(from.adding(days: -1)).level(of: .epidemicSuspendedItems) == .off)
        #expect(playbook.on(from).level(of: .epidemicSuspendedItems) == .require(.overrideRules))
        #expect(Self.on(shipped).on(from.adding(days: 900)).isEpidemic)
        #expect(!shipped.on(from).isEpidemic)
        #expect(Screening.questions(shipped.on(from)).isEmpty)
        #expect(EpidemicNotice.lines(shipped.on(from)).isEmpty)
        #expect(!EpidemicNotice.lines(playbook.on(from)).isEmpty)
        #expect(!shipped.codes(.cancellation).contains { $0.code == "deferredEpidemic" })
        #expect(shipped.label("deferredEpidemic", in: .cancellation) == "防疫延期")
        #expect(playbook.on(from).codes(.cancellation).contains { $0.code == "deferredEpidemic" })
    }

    @Test("暂停的项目不能预约：级别决定谁能过 R3.43", arguments: Backend.allCases)
    func suspendedItemsAreRefused(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        try await Self.spray(book)
        let playbook = Self.on(book.playbook, until: BookFixture.tomorrow)
        var command = book.command("10:00")
        command.items = [BookedItem(book.items[0])]
        let desk = Self.work(book, playbook, without: [.overrideRules])
        let refusal = await #expect(throws: SuspendedItems.self) { try await book.place(command, by: desk) }
        #expect(refusal?.names == ["洁治"])
        #expect(refusal?.mayPass == false)

        let boss = Self.work(book, playbook)
        await #expect(throws: SuspendedItems.self) { try await book.place(command, by: boss) }
        var passed = command
        passed.overrideReason = "emergency"
        let booked = try await book.place(passed, by: boss)
        #expect(booked.override?.rule == .epidemicSuspendedItems)
        #expect(booked.override?.reason == "emergency")

        var other = book.command("14:00", patient: book.chunmei)
        other.items = [BookedItem(book.items[1])]
        #expect(try await book.place(other, by: desk).override == nil)
        var afterwards = book.command("10:00", day: BookFixture.tomorrow.adding(days: 1), patient: book.chunmei)
        afterwards.items = [BookedItem(book.items[0])]
        #expect(try await book.place(afterwards, by: desk).items.count == 1)
        await #expect(throws: SuspendedItems.self) {
            let own = try await book.place(
                book.command("15:00", day: BookFixture.tomorrow.adding(days: 1), patient: book.patients[2]), by: desk)
            let items = [BookedItem(book.items[0])]
            // Later than the mode: may be added; moved into it: refused.
            let edited = try await book.write { tx in
                try Booking.edit(
                    own.id, version: own.version, complaint: "洗牙", items: items, remark: nil, by: desk, in: tx)
            }
            _ = try await book.move(edited, to: "16:00", day: BookFixture.tomorrow, by: desk)
        }
    }

    @Test("拒绝变成延期，到日子打电话；恢复项目时全部改成现在打；约上就结束 R3.46", arguments: Backend.allCases)
    func deferralsAreWorkedOff(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        try await Self.spray(book)
        let work = Self.work(book, Self.on(book.playbook))
        let items = [DeferTreatment.Planned(book.items[0])]
        let (xiaoming, chunmei) = (book.xiaoming, book.chunmei)
        let first = try await book.write { tx in
            try Deferrals.register(
                DeferTreatment(patientID: xiaoming, items: items, complaint: "牙石"), by: work, in: tx)
        }
        #expect(first.map(\.followUpOn) == [BookFixture.today.adding(days: 14)])
        let second = try await book.write { tx in
            try Deferrals.register(
                DeferTreatment(
                    patientID: chunmei, items: items, complaint: "出血", followUpOn: BookFixture.today.adding(days: 1)),
                by: work, in: tx)
        }
        let again = try await book.write { tx in
            try Deferrals.register(
                DeferTreatment(
                    patientID: chunmei, items: items, complaint: "出血", followUpOn: BookFixture.today.adding(days: 3)),
                by: work, in: tx)
        }
        #expect(again.map(\.id) == second.map(\.id))
        #expect(
            try await Self.openTasks(book, rule: "deferral.followUp") == ["2026-03-26 延期：洁治", "2026-03-15 延期：洁治"])

        let id = book.items[0]
        let called = try await book.write { tx in try EpidemicItems.set(id, isSuspended: false, by: work, in: tx) }
        #expect(called == 2)
        #expect(try await Self.openTasks(book, rule: "deferral.followUp").isEmpty)
        #expect(
            try await Self.openTasks(book, rule: "deferral.reopened") == ["2026-03-14 洁治可以做了", "2026-03-14 洁治可以做了"])

        var command = book.command("10:00")
        command.items = [BookedItem(book.items[0])]
        let booked = try await book.place(command, by: work)
        let open = try await book.db.read { tx in try DeferralStore.listOpen(clinic: book.clinic.id, in: tx) }
        #expect(open.map(\.patientID) == [chunmei])
        #expect(try await Self.openTasks(book, rule: "deferral.reopened") == ["2026-03-14 洁治可以做了"])
        let settled = try await book.db.read { tx in
            try tx.first("SELECT outcome, appointment_id FROM deferral WHERE closed_at IS NOT NULL").map {
                (try $0.text("outcome"), try $0.int64("appointment_id"))
            }
        }
        #expect(settled?.0 == "rebooked")
        #expect(settled?.1 == booked.id.raw)
        #expect(try await book.write { tx in try EpidemicItems.set(id, isSuspended: true, by: work, in: tx) } == 0)
        #expect(try await Self.openTasks(book, rule: "deferral.followUp") == ["2026-03-15 延期：洁治"])
    }

    @Test("关上模式：还在等的客人都要打电话 R3.46")
    func switchingOffCallsEverybody() async throws {
        let book = try await BookFixture(.sqlite)
        try await Self.spray(book)
        let work = Self.work(book, Self.on(book.playbook))
        let (patient, item) = (book.xiaoming, book.items[0])
        _ = try await book.write { tx in
            try Deferrals.register(
                DeferTreatment(patientID: patient, items: [DeferTreatment.Planned(item)], complaint: "牙石"), by: work,
                in: tx)
        }
        #expect(try await book.write { tx in try Deferrals.refresh(by: work, in: tx) } == 0)
        let off = Self.work(book, book.playbook)
        #expect(try await book.write { tx in try Deferrals.refresh(by: off, in: tx) } == 1)
        #expect(try await Self.openTasks(book, rule: "deferral.reopened").count == 1)
    }

    @Test("开关记在服务标准里：两天颠倒、已经过去都不行 R3.42", arguments: Backend.allCases)
    func theSwitch(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let day = BookFixture.today
        let head = Work(
            actor: Actor(id: book.head.id, name: "林岚", roles: ["head"], capabilities: Set(Capability.allCases)),
            clinic: book.clinic, now: BookFixture.now, playbook: book.playbook, ids: book.ids)
        for (from, until) in [(day.adding(days: 2), day.adding(days: 1)), (day.adding(days: -5), day.adding(days: -1))]
        {
            await #expect(throws: FormErrors.self) {
                try await book.db.write(in: .organisation) { tx in
                    try EpidemicSwitch.set(isOn: true, from: from, until: until, reason: "通知", by: head, in: tx)
                }
            }
        }
        try await book.db.write(in: .organisation) { tx in
            try EpidemicSwitch.set(
                isOn: true, from: day, until: day.adding(days: 1), reason: "上级通知", by: head, in: tx)
        }
        let playbook = try await book.db.read { tx in
            try PlaybookStore.resolved(book.playbook, clinic: book.clinic.id, in: tx)
        }
        #expect(playbook.on(day).isEpidemic)
        #expect(!playbook.on(day.adding(days: 2)).isEpidemic)
        #expect(EpidemicSwitch.datesText(playbook) == "3 月 12 日到 3 月 13 日")
    }

    @Test("已有的预约碰到暂停的项目：列出来，一步取消并延期；各项目按天数得清 R3.46 R3.47", arguments: Backend.allCases)
    func bookingsArePutOff(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        try await Self.spray(book)
        var command = book.command("10:00")
        command.items = [BookedItem(book.items[0]), BookedItem(book.items[1])]
        let placed = try await book.place(command)
        let work = Self.work(book, Self.on(book.playbook))
        let affected = try await book.db.read { tx in try EpidemicDay.affected(by: work, in: tx) }
        #expect(affected.map(\.appointment.id) == [placed.id])
        #expect(affected.first?.suspended == [book.items[0]])
        let spread = try await book.db.read { tx in try EpidemicDay.spread(by: work, in: tx) }
        #expect(spread[book.items[1]] == [BookFixture.tomorrow: 1])
        let deferred = try await book.write { tx in
            try EpidemicDay.putOff(placed.id, version: placed.version, followUpOn: nil, by: work, in: tx)
        }
        #expect(deferred.map(\.itemID) == [book.items[0]])
        let after = try await book.db.read { tx in
            try AppointmentStore.get(placed.id, clinic: book.clinic.id, in: tx)
        }
        #expect(after.cancellation?.reason == "deferredEpidemic")
        #expect(after.cancellation?.side == .clinic)
        #expect(try await book.db.read { tx in try EpidemicDay.affected(by: work, in: tx) }.isEmpty)
        #expect(try await book.db.read { tx in try EpidemicDay.spread(by: work, in: tx) }.isEmpty)
    }

    @Test("填满一天：只列项目能做的候补和延期客人 R3.48")
    func fillsTheDay() async throws {
        let book = try await BookFixture(.sqlite)
        try await Self.spray(book)
        let work = Self.work(book, Self.on(book.playbook))
        let (patients, items) = (book.patients, book.items)
        try await book.write { tx in
            for (patient, item) in zip(patients, [items[0], items[1]]) {
                _ = try WaitingList.ask(
                    AskToWait(
                        patientID: patient, complaint: "想约", items: [BookedItem(item)],
                        suits: SuitingTimes(weekdays: [5], firstDay: BookFixture.today)), by: work, in: tx)
            }
        }
        let friday = try await book.db.read { tx in
            try FillTheDay.load(day: BookFixture.tomorrow, by: work, in: tx)
        }
        #expect(friday.rows.map(\.patientID) == [patients[1]])
        #expect(friday.impossible == 1)
        let saturday = try await book.db.read { tx in
            try FillTheDay.load(day: BookFixture.tomorrow.adding(days: 1), by: work, in: tx)
        }
        #expect(saturday.rows.isEmpty)
    }

    @Test("筛查：每一问都要答，答案留下，晨间清单看得到 R3.45 R3.58", arguments: Backend.allCases)
    func screening(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00"))
        let work = Self.work(book, Self.on(book.playbook))
        let codes = Screening.questions(work.playbook).map(\.code)
        #expect(codes == ["fever", "contact", "travel", "isolation"])
        await #expect(throws: FormErrors.self) {
            try await book.write { tx in
                _ = try Screenings.record(
                    patient: placed.patientID, appointment: placed.id, channel: "phone", answers: ["fever": false],
                    isReminded: true, by: work, in: tx)
            }
        }
        var answers = Dictionary(uniqueKeysWithValues: codes.map { ($0, false) })
        answers["travel"] = true
        let all = answers
        let kept = try await book.write { tx in
            try Screenings.record(
                patient: placed.patientID, appointment: placed.id, channel: "phone", answers: all, isReminded: true,
                by: work, in: tx)
        }
        #expect(kept.concerns == ["travel"])
        let lines = try await book.db.read { tx in
            try EpidemicDay.lines(of: BookFixture.tomorrow, by: work, in: tx)
        }
        #expect(lines.map(\.screening) == [kept])
        #expect(lines.first?.entry.doctorName == "林书远")
    }
}
