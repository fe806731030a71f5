import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite("登录与锁定")
struct SignInTests {
    @Test("用登录名、任意大小写或姓名都能登录，时长 14 小时 R16.02", arguments: Backend.allCases)
    func opens(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        for (seed, name) in [(UInt8(1), "linlan"), (2, " ＬｉｎＬａｎ "), (3, "林岚")] {
            let outcome = try await clinic.signIn(name, StaffFixture.password, seed: seed)
            guard case .opened(let session, let mustChange) = outcome else {
                Issue.record("\(name) was refused")
                continue
            }
            #expect(!mustChange)
            #expect(session.expiresAt == StaffFixture.now.adding(hours: 14))
            #expect(session.clinicID == clinic.clinic.id)
        }
        let last = try await clinic.resolve(1, at: StaffFixture.now.adding(hours: 14).adding(seconds: -1))
        #expect(last?.account.staff.id == clinic.head.id)
        #expect(try await clinic.resolve(1, at: StaffFixture.now.adding(hours: 14)) == nil)
    }

    @Test("五次错密码锁 15 分钟，锁定中密码对也不开，过后可再试 R16.02", arguments: Backend.allCases)
    func locks(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let guide = try await clinic.hireGuide()
        for _ in 1...5 {
            #expect(
                try await clinic.signIn("wangrt", "wrong-password").refusal == .wrongNameOrPassword(StaffFixture.policy)
            )
        }
        let account = try await clinic.db.read { tx in try AccountStore.get(guide.id, in: tx) }
        #expect(account.lockedUntil == StaffFixture.now.adding(minutes: 15))
        #expect(try await clinic.eventKinds("staff.locked") == 1)

        let during = StaffFixture.now.adding(minutes: 15).adding(seconds: -1)
        #expect(try await !clinic.signIn("wangrt", StaffFixture.password, at: during).isOpened)
        let after = StaffFixture.now.adding(minutes: 15)
        #expect(try await !clinic.signIn("wangrt", "wrong-password", at: after).isOpened)
        #expect(try await clinic.signIn("wangrt", StaffFixture.password, seed: 2, at: after).isOpened)
        let opened = try await clinic.db.read { tx in try AccountStore.get(guide.id, in: tx) }
        #expect(opened.failedSignIns == 0)
        #expect(opened.lockedUntil == nil)
    }

    @Test("四次错后登录成功，计数归零 R16.02", arguments: Backend.allCases)
    func forgets(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        _ = try await clinic.hireGuide()
        for _ in 1...4 { #expect(try await !clinic.signIn("wangrt", "wrong-password").isOpened) }
        #expect(try await clinic.signIn("wangrt", StaffFixture.password, seed: 1).isOpened)
        for _ in 1...4 { #expect(try await !clinic.signIn("wangrt", "wrong-password").isOpened) }
        #expect(try await clinic.signIn("wangrt", StaffFixture.password, seed: 2).isOpened)
    }

    @Test("同时来的一批错密码逐个计数，锁定后对的也进不来 R16.02", arguments: Backend.allCases)
    func countsParallelGuesses(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        _ = try await clinic.hireGuide()
        let candidate = try await clinic.db.read { tx in try SignIn.candidate(named: "wangrt", in: tx) }
        await withTaskGroup(of: Void.self) { group in
            for seed in 1...20 {
                group.addTask {
                    _ = try? await clinic.write { tx in
                        try SignIn.finish(
                            candidate, matches: false, opening: StaffFixture.newSession(UInt8(seed)), clinic: nil,
                            policy: StaffFixture.policy, now: StaffFixture.now, in: tx)
                    }
                }
            }
        }
        let late = try await clinic.write { tx in
            try SignIn.finish(
                candidate, matches: true, opening: StaffFixture.newSession(99), clinic: nil,
                policy: StaffFixture.policy, now: StaffFixture.now, in: tx)
        }
        #expect(!late.isOpened)
        #expect(try await clinic.eventKinds("staff.signInFailed") == 5)
    }

    @Test("名字不存在、密码错、已停用：同一句回答 R16.02", arguments: Backend.allCases)
    func answersAlike(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let guide = try await clinic.hireGuide()
        let unknown = try await clinic.signIn("nobody", "whatever-it-is").refusal
        let wrong = try await clinic.signIn("wangrt", "whatever-it-is").refusal
        let work = clinic.work()
        try await clinic.write { tx in try Accounts.disable(guide.id, by: work, in: tx) }
        let disabled = try await clinic.signIn("wangrt", StaffFixture.password).refusal
        #expect(unknown?.userMessage == wrong?.userMessage)
        #expect(unknown?.userMessage == disabled?.userMessage)
        #expect(unknown?.userMessage.contains("登录名或密码不对") == true)
    }

    @Test("PIN 错五次后要密码，密码登录后 PIN 又可用 R16.02", arguments: Backend.allCases)
    func pinRule(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let guide = try await clinic.hireGuide()
        #expect(try await clinic.signInWithPin(guide.id, StaffFixture.pin).isOpened)
        for left in [4, 3, 2, 1] {
            #expect(try await clinic.signInWithPin(guide.id, "1357").refusal == .wrongPin(left: left))
        }
        #expect(try await clinic.signInWithPin(guide.id, "1357").refusal == .passwordNeeded)
        #expect(try await clinic.signInWithPin(guide.id, StaffFixture.pin).refusal == .passwordNeeded)
        #expect(try await clinic.signIn("wangrt", StaffFixture.password, seed: 2).isOpened)
        #expect(try await clinic.signInWithPin(guide.id, StaffFixture.pin, seed: 3).isOpened)
    }

    @Test("锁屏后 PIN 打开同一登录 R16.02", arguments: Backend.allCases)
    func reopens(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let guide = try await clinic.hireGuide()
        #expect(try await clinic.signIn("wangrt", StaffFixture.password).isOpened)
        let later = StaffFixture.now.adding(minutes: 11)
        let idle = try #require(try await clinic.resolve(1, at: later)).session
        #expect(idle.isLocked(at: later, idleMinutes: 10))
        #expect(!idle.isLocked(at: later.adding(seconds: -1), idleMinutes: 10))

        let candidate = try await clinic.db.read { tx in try SignIn.pinCandidate(guide.id, in: tx) }
        let wrong = try await clinic.write { tx in
            try SignIn.reopen(idle, with: candidate, matches: false, now: later, in: tx)
        }
        #expect(wrong == .wrongPin(left: 4))
        let right = try await clinic.write { tx in
            try SignIn.reopen(idle, with: candidate, matches: true, now: later, in: tx)
        }
        #expect(right == nil)
        let open = try #require(try await clinic.resolve(1, at: later)).session
        #expect(!open.isLocked(at: later, idleMinutes: 10))
    }

    @Test("密码和 PIN 从不进入事件，电话也不 R16.02 R16.12", arguments: Backend.allCases)
    func secretsStayOutOfEvents(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let guide = try await clinic.hireGuide()
        _ = try await clinic.signIn("wangrt", "猜一个密码")
        _ = try await clinic.signIn("wangrt", StaffFixture.password)
        _ = try await clinic.signInWithPin(guide.id, StaffFixture.pin)
        let work = clinic.work()
        let hash = try StaffFixture.hash("另一个新密码")
        try await clinic.write { tx in try Accounts.resetPassword(guide.id, hash: hash, by: work, in: tx) }
        let payloads = try await clinic.db.read { tx in
            try tx.rows("SELECT payload FROM event ORDER BY lane, seq").map { try $0.text("payload") }
        }
        #expect(payloads.count >= 7)
        let all = payloads.joined(separator: "\n")
        // The PIN between quotes: four bare digits may stand in an id by chance.
        for secret in [StaffFixture.password, "\"\(StaffFixture.pin)\"", "猜一个密码", "另一个新密码", "scrypt", "13800138000"] {
            #expect(!all.contains(secret))
        }
    }
}

@Suite("密码与 PIN 的规则")
struct SecretRulesTests {
    @Test("同一密码两种盐得两种文本，都能验对 R16.02")
    func hashes() throws {
        let one = try PasswordHash.make("correct horse", salt: Array(0..<16), cost: .cheap)
        let two = try PasswordHash.make("correct horse", salt: Array(16..<32), cost: .cheap)
        #expect(one != two)
        #expect(one.hasPrefix("scrypt$4$8$1$"))
        #expect(try PasswordHash.matches("correct horse", stored: one))
        #expect(try PasswordHash.matches("correct horse", stored: two))
        #expect(try !PasswordHash.matches("correct hors", stored: one))
        #expect(try !PasswordHash.matches("correct horse", stored: nil))
        #expect(try !PasswordHash.matches("correct horse", stored: "scrypt$4$8$1$broken"))
    }

    @Test("RFC 7914 的向量")
    func matchesTheStandard() throws {
        // scrypt("pleaseletmein", "SodiumChloride", N=16384, r=8, p=1), the first 32 of 64 bytes.
        let text = try PasswordHash.make(
            "pleaseletmein", salt: Array("SodiumChloride".utf8),
            cost: .init(logRounds: 14, blockSize: 8, parallelism: 1))
        #expect(text.hasSuffix("$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofI"))
    }

    @Test("PIN 是 4 到 6 位，不能相同或连续", arguments: ["123", "1234567", "1111", "4321", "012345", "12a4", "１２３４"])
    func refusesPins(pin: String) {
        #expect(throws: FormErrors.self) { try SecretRules.checkPin(pin) }
    }

    @Test("普通 PIN 可以", arguments: ["2580", "1122", "190273"])
    func takesPins(pin: String) throws { try SecretRules.checkPin(pin) }

    @Test("太短、太简单或等于登录名的密码不行", arguments: ["1234567", "aaaaaaaaaa", "12345678", "wangruotong"])
    func refusesPasswords(password: String) {
        #expect(throws: FormErrors.self) {
            try SecretRules.checkPassword(password, loginName: "WangRuoTong", name: "王若彤")
        }
    }

    @Test("更正、复核、退款不能是同一个人 R16.09")
    func segregates() throws {
        let (cashier, supervisor) = (ID<Staff>(raw: 1), ID<Staff>(raw: 2))
        #expect(throws: SamePerson(duty: "核准更正", own: "申请更正")) {
            try Segregation.requireAnother(cashier, for: "核准更正", than: [("申请更正", cashier)])
        }
        try Segregation.requireAnother(supervisor, for: "核准更正", than: [("申请更正", cashier)])
    }
}
