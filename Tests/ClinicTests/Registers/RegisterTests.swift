import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct RegisterTests {
    static func luggage(_ tag: String = "12", owner: ID<Patient>? = nil) -> EnterRegister {
        var typed = ["tag": tag, "item": "黑色拉杆箱", "condition": "good", "place": "luggageRoom"]
        typed[owner == nil ? "ownerName" : "owner"] = owner?.text ?? "穿红衣的女士"
        return EnterRegister("luggage", typed)
    }
    static let stroke = "M20 100L60 40L100 120L140 60L180 110L220 70L260 100"

    static func work(_ book: BookFixture, at now: Timestamp = BookFixture.now) -> Work {
        Work(
            actor: Actor(
                id: book.head.id, name: book.head.name, roles: ["lobby", "supervisor"],
                capabilities: Set(Capability.allCases)),
            clinic: book.clinic, now: now, playbook: book.playbook, ids: book.ids)
    }

    static func tasks(_ book: BookFixture) async throws -> [String] {
        try await book.db.read { tx in
            try tx.rows(
                """
                SELECT rule, owner_role FROM task
                WHERE done_at IS NULL AND withdrawn_at IS NULL AND subject_kind = 'registerEntry' ORDER BY rule
                """
            ).map { "\(try $0.text("rule")) \(try $0.text("owner_role"))" }
        }
    }

    @Test("寄存、签字归还；没还的有人负责，还在日结清单上 R4.24", arguments: Backend.allCases)
    func luggageIsReturnedAgainstSignature(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = Self.work(book)
        let xiaoming = book.xiaoming
        let entry = try await book.write { tx in
            try Registers.enter(Self.luggage(owner: xiaoming), by: work, in: tx)
        }
        #expect(entry.state == .open)
        #expect(entry.patientID == xiaoming)
        #expect(try await Self.tasks(book) == ["register.luggage lobby"])
        let blockers = try await book.db.read { tx in try DayBlockers.list(by: work, in: tx).map(\.blocker) }
        #expect(blockers.map(\.title) == ["行李寄存：保管中"])
        #expect(blockers.first?.detail == "行李寄存 · 王小明 · 12 · 黑色拉杆箱 · 行李间")

        await #expect(throws: FormErrors.self, "没有签字不能归还") {
            try await book.write { tx in
                _ = try Registers.close(entry.id, version: 1, typed: ["receiver": "王小明"], by: work, in: tx)
            }
        }
        let later = Self.work(book, at: BookFixture.now.adding(hours: 1))
        let closed = try await book.write { tx in
            try Registers.close(
                entry.id, version: 1, typed: ["receiver": "王小明", "sign": Self.stroke], by: later, in: tx)
        }
        #expect(closed.state == .closed)
        #expect(closed.closedAt == later.now)
        let signature = try await book.db.read { tx in
            try SignatureStore.latest(kind: "registerEntry", id: entry.id.raw, step: "sign", in: tx)
        }
        #expect(signature?.signer == .customer(name: "王小明"))
        #expect(closed.content["sign"] == signature?.id.text)
        #expect(try await Self.tasks(book).isEmpty)
        #expect(try await book.db.read { tx in try DayBlockers.countOpen(by: later, in: tx) } == 0)
    }

    @Test("同一个牌号不能挂两件，还了才能再用 R4.24", arguments: Backend.allCases)
    func tagsAreUniqueWhileOpen(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = Self.work(book)
        let first = try await book.write { tx in try Registers.enter(Self.luggage("1"), by: work, in: tx) }
        let luggage = try #require(book.playbook.register("luggage"))
        #expect(
            try await book.db.read { tx in
                try Registers.nextKey(luggage, clinic: book.clinic.id, in: tx)
            } == "2")
        await #expect(throws: FormErrors("v_tag", "牌号“１”正在用，请核对，或换一个")) {
            try await book.write { tx in _ = try Registers.enter(Self.luggage("１"), by: work, in: tx) }
        }
        _ = try await book.write { tx in
            try Registers.close(first.id, version: 1, typed: ["receiver": "本人", "sign": "paper"], by: work, in: tx)
        }
        let again = try await book.write { tx in try Registers.enter(Self.luggage("1"), by: work, in: tx) }
        #expect(again.state == .open)
        await #expect(throws: FormErrors("v_tag", "牌号“1”正在用，请核对，或换一个"), "撤回归还时牌号已被别人用") {
            try await book.write { tx in
                _ = try Registers.reopen(first.id, version: 2, reason: "拿错了", by: work, in: tx)
            }
        }
    }

    @Test("更正、撤回、作废都是新的一版，写明谁、何时、为什么 R16.04", arguments: Backend.allCases)
    func correctionsAreVersions(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = Self.work(book)
        let entry = try await book.write { tx in try Registers.enter(Self.luggage(), by: work, in: tx) }
        var typed = Self.luggage().typed
        typed["item"] = "灰色背包"
        let corrected = typed
        await #expect(throws: FormErrors("reason", "请写明为什么更正")) {
            try await book.write { tx in
                _ = try Registers.correct(
                    entry.id, version: 1, typed: corrected, happenedAt: nil, reason: " ", by: work, in: tx)
            }
        }
        let second = try await book.write { tx in
            try Registers.correct(
                entry.id, version: 1, typed: corrected, happenedAt: BookFixture.now.adding(minutes: -40), reason: "看错了",
                by: work, in: tx)
        }
        #expect(second.content["item"] == "灰色背包")
        #expect(second.isLate)
        await #expect(throws: ChangedMeanwhile.self) {
            try await book.write { tx in
                _ = try Registers.declareVoid(entry.id, version: 1, reason: "重复", by: work, in: tx)
            }
        }
        let void = try await book.write { tx in
            try Registers.declareVoid(entry.id, version: 2, reason: "登记了两次", by: work, in: tx)
        }
        #expect(void.state == .void)
        let versions = try await book.db.read { tx in try RegisterStore.versions(entry.id, in: tx) }
        #expect(versions.map(\.change) == [.voided, .corrected, .entered])
        #expect(versions.map(\.reason) == ["登记了两次", "看错了", nil])
        #expect(versions.last?.content["item"] == "黑色拉杆箱")
        #expect(try await Self.tasks(book).isEmpty)
    }

    @Test("吵闹：一按就到主管的工作台，处理完撤下 R4.27", arguments: Backend.allCases)
    func noiseTellsManagers(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = Self.work(book)
        let entry = try await book.write { tx in
            try Registers.enter(EnterRegister("noise", ["place": "hall", "what": "quarrel"]), by: work, in: tx)
        }
        #expect(
            try await Self.tasks(book) == ["register.noise supervisor", "register.noiseService serviceSupervisor"])
        let head = book.head.id.text
        _ = try await book.write { tx in
            try Registers.close(
                entry.id, version: 1, typed: ["manager": head, "handling": "请到办公室坐下谈，已平息"], by: work, in: tx)
        }
        #expect(try await Self.tasks(book).isEmpty)
    }

    @Test("谁都能报保洁，保洁收到待办，清洁完记下时间 R4.29", arguments: Backend.allCases)
    func cleaningIsAskedFor(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = Self.work(book)
        await #expect(throws: FormErrors("v_note", "请填写说明")) {
            try await book.write { tx in
                _ = try Registers.enter(
                    EnterRegister("cleaning", ["place": "toilet", "what": "other", "urgency": "now"]), by: work, in: tx)
            }
        }
        let entry = try await book.write { tx in
            try Registers.enter(
                EnterRegister("cleaning", ["place": "toilet", "what": "floor", "urgency": "now"]), by: work, in: tx)
        }
        #expect(try await Self.tasks(book) == ["register.cleaning cleaner"])
        let cleaner = Work(
            actor: Actor(id: book.head.id, name: "", roles: ["cleaner"], capabilities: [.keepRegisters]),
            clinic: book.clinic, now: BookFixture.now.adding(minutes: 12), playbook: book.playbook, ids: book.ids)
        let closed = try await book.write { tx in
            try Registers.close(entry.id, version: 1, typed: [:], by: cleaner, in: tx)
        }
        #expect(closed.closedAt == BookFixture.now.adding(minutes: 12))
        #expect(try await Self.tasks(book).isEmpty)
    }

    @Test("列表按日期、状态、文字查，% 不是通配符", arguments: Backend.allCases)
    func listIsFiltered(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = Self.work(book)
        let xiaoming = book.xiaoming
        try await book.write { tx in
            _ = try Registers.enter(Self.luggage("1", owner: xiaoming), by: work, in: tx)
            _ = try Registers.enter(Self.luggage("2"), by: work, in: tx)
            var old = Self.luggage("3")
            old.happenedAt = BookFixture.now.adding(days: -1)
            _ = try Registers.enter(old, by: work, in: tx)
        }
        func count(_ change: (inout RegisterFilter) -> Void) async throws -> Int {
            var filter = RegisterFilter("luggage", from: BookFixture.today, to: BookFixture.today)
            change(&filter)
            let wanted = filter
            return try await book.db.read { tx in
                let found = try RegisterStore.list(wanted, clinic: book.clinic.id, in: tx)
                #expect(try RegisterStore.count(wanted, clinic: book.clinic.id, in: tx) == found.count)
                return found.count
            }
        }
        #expect(try await count { _ in } == 2)
        #expect(try await count { $0.from = BookFixture.today.adding(days: -1) } == 3)
        #expect(try await count { $0.text = "王小明" } == 1)
        #expect(try await count { $0.text = "%" } == 0)
        #expect(try await count { $0.state = .closed } == 0)
        let ofPatient = try await book.db.read { tx in
            try RegisterStore.list(
                of: xiaoming, clinic: book.clinic.id, before: work.now.adding(minutes: 1), limit: 10, in: tx)
        }
        #expect(ofPatient.map { $0.content["tag"] } == ["1"])
    }

    @Test("别的岗位不能写，停用的登记簿不能写 R4.25")
    func guards() async throws {
        let book = try await BookFixture(.sqlite)
        let cleaner = Work(
            actor: Actor(id: book.head.id, name: "", roles: ["cleaner"], capabilities: [.keepRegisters]),
            clinic: book.clinic, now: BookFixture.now, playbook: book.playbook, ids: book.ids)
        await #expect(throws: RegisterError.notYours(title: "行李寄存")) {
            try await book.write { tx in _ = try Registers.enter(Self.luggage(), by: cleaner, in: tx) }
        }
        let off = book.playbook.resolved(
            organisation: [PlaybookOverride(kind: .register, key: "luggage", value: "false", shippedValue: "true")],
            clinic: [])
        #expect(off.liveRegisters.contains { $0.id == "luggage" } == false)
        let work = Work(
            actor: Self.work(book).actor, clinic: book.clinic, now: BookFixture.now, playbook: off, ids: book.ids)
        await #expect(throws: NotFound.self) {
            try await book.write { tx in _ = try Registers.enter(Self.luggage(), by: work, in: tx) }
        }
    }

    @Test("防疫登记簿在防疫模式关闭时不出现 R3.42")
    func epidemicRegistersHide() throws {
        let playbook = try ShippedPlaybook.load()
        #expect(!playbook.liveRegisters.contains { $0.isEpidemicOnly })
        let on = playbook.resolved(organisation: [EpidemicDoorTests.mode], clinic: []).on(BookFixture.today)
        #expect(on.liveRegisters.contains { $0.id == "epidemicSupplies" })
    }
}
