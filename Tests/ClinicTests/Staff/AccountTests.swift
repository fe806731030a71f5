import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite("账号、岗位、会话")
struct AccountTests {
    @Test("第一次设置：机构、门诊、房间、牙椅、价目和院长账号", arguments: Backend.allCases)
    func setsUp(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let id = clinic.clinic.id
        let (rooms, chairs, organisation) = try await clinic.db.read { tx in
            (
                try PlaceStore.rooms(clinic: id, in: tx), try PlaceStore.chairs(clinic: id, in: tx),
                try Organisation.find(in: tx)
            )
        }
        #expect(rooms.map(\.number) == [1, 2, 3, 4])
        #expect(rooms.map(\.kind) == [.treatment, .treatment, .treatment, .communication])
        #expect(chairs.map(\.number) == [1, 2, 3, 4])
        #expect(chairs.map(\.roomNumber) == [1, 1, 2, 3])
        #expect(organisation?.name == "示例口腔")
        #expect(organisation?.keyFingerprint == "f00d")
        #expect(clinic.clinic.code == "A")
        #expect(clinic.head.loginName == "linlan")

        let again = try StaffFixture.firstRun()
        let (playbook, ids) = (clinic.playbook, clinic.ids)
        await #expect(throws: AlreadySetUp.self) {
            try await clinic.write { tx in
                _ = try Setup.firstRun(again, playbook: playbook, ids: ids, now: StaffFixture.now, in: tx)
            }
        }
    }

    @Test("几个岗位的权限合在一起，别的门诊的岗位不算 R16.03", arguments: Backend.allCases)
    func unitesRoles(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let guide = try await clinic.hireGuide(roles: ["guide", "cashier"])
        let work = clinic.work()
        let other = try await clinic.write { tx in
            let system = Work(
                actor: .system, clinic: work.clinic, now: work.now, playbook: work.playbook, ids: work.ids)
            let other = try Places.addClinic(
                ClinicForm(code: "B", name: "示例口腔东门诊", phone: "021-6888 4321", address: "东路 2 号"), by: system,
                in: tx)
            try Accounts.setRoles(
                guide.id,
                to: [
                    RoleGrant(clinicID: work.clinic.id, role: "guide"),
                    RoleGrant(clinicID: work.clinic.id, role: "cashier"), RoleGrant(clinicID: other.id, role: "doctor"),
                ], by: work, in: tx)
            return other
        }
        let account = try await clinic.db.read { tx in try AccountStore.get(guide.id, in: tx) }
        let here = Actor(account, in: clinic.clinic.id, playbook: clinic.playbook)
        let there = Actor(account, in: other.id, playbook: clinic.playbook)
        let guideRights = try #require(clinic.playbook.role("guide")).capabilities
        let cashierRights = try #require(clinic.playbook.role("cashier")).capabilities
        #expect(here.roles == ["guide", "cashier"])
        #expect(here.capabilities == guideRights.union(cashierRights))
        #expect(here.may(.collectPayment))
        #expect(here.may(.leadIn))
        #expect(!here.may(.issueChargeNotice))
        #expect(there.roles == ["doctor"])
        #expect(there.may(.issueChargeNotice))
        #expect(!there.may(.collectPayment))
        let doctorsHere = try await clinic.db.read { tx in try StaffStore.listActive(clinic: other.id, in: tx) }
        #expect(doctorsHere.map(\.id).contains(guide.id))
    }

    @Test("停用后会话立即失效，人还在名单里 R16.02", arguments: Backend.allCases)
    func disables(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let guide = try await clinic.hireGuide()
        #expect(try await clinic.signIn("wangrt", StaffFixture.password).isOpened)
        #expect(try await clinic.resolve() != nil)
        let work = clinic.work()
        try await clinic.write { tx in try Accounts.disable(guide.id, by: work, in: tx) }
        #expect(try await clinic.resolve() == nil)
        #expect(try await clinic.signInWithPin(guide.id, StaffFixture.pin).refusal == .passwordNeeded)
        let (names, active) = try await clinic.db.read { tx in
            (
                try StaffStore.names([guide.id, Actor.system.id], in: tx),
                try StaffStore.listActive(clinic: work.clinic.id, in: tx)
            )
        }
        #expect(names == [guide.id: "王若彤", Actor.system.id: "系统"])
        #expect(!active.map(\.id).contains(guide.id))
        try await clinic.write { tx in try Accounts.enable(guide.id, by: work, in: tx) }
        #expect(try await clinic.resolve() == nil)
        #expect(try await clinic.signIn("wangrt", StaffFixture.password, seed: 2).isOpened)
    }

    @Test("收回登录立即生效，PIN 也要先用密码 R16.02", arguments: Backend.allCases)
    func revokes(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let guide = try await clinic.hireGuide()
        for seed in [UInt8(1), 2] {
            #expect(try await clinic.signIn("wangrt", StaffFixture.password, seed: seed).isOpened)
        }
        let work = clinic.work()
        try await clinic.write { tx in try Accounts.revokeSessions(guide.id, by: work, in: tx) }
        #expect(try await clinic.resolve(1) == nil)
        #expect(try await clinic.resolve(2) == nil)
        #expect(try await clinic.signInWithPin(guide.id, StaffFixture.pin).refusal == .passwordNeeded)
    }

    @Test("岗位改变下一次点击就生效，收走最后一个岗位就出去 R16.03", arguments: Backend.allCases)
    func changesActAtOnce(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let guide = try await clinic.hireGuide()
        #expect(try await clinic.signIn("wangrt", StaffFixture.password).isOpened)
        let work = clinic.work()
        try await clinic.write { tx in
            try Accounts.setRoles(
                guide.id, to: [RoleGrant(clinicID: work.clinic.id, role: "cashier")], by: work, in: tx)
        }
        let actor = try #require(try await clinic.resolve()).actor(clinic.playbook)
        #expect(actor.roles == ["cashier"])
        try await clinic.write { tx in try Accounts.setRoles(guide.id, to: [], by: work, in: tx) }
        #expect(try await clinic.resolve() == nil)
        #expect(try await clinic.signIn("wangrt", StaffFixture.password, seed: 2).refusal == .noRole)
    }

    @Test("改自己的密码要先给对现在的，其他登录全部结束 R16.02", arguments: Backend.allCases)
    func changesPassword(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let guide = try await clinic.hireGuide()
        for seed in [UInt8(1), 2] {
            #expect(try await clinic.signIn("wangrt", StaffFixture.password, seed: seed).isOpened)
        }
        let mine = try #require(try await clinic.resolve(1))
        let candidate = try await clinic.db.read { tx in try SignIn.candidate(of: guide.id, in: tx) }
        let hash = try StaffFixture.hash("明月何时照我还2026")
        let refused = try await clinic.write { tx in
            try OwnSecrets.changePassword(
                of: mine.account, checked: candidate, matches: false, to: hash, keeping: mine.session,
                policy: StaffFixture.policy, now: StaffFixture.now, in: tx)
        }
        #expect(refused == CurrentPasswordWrong())
        let done = try await clinic.write { tx in
            try OwnSecrets.changePassword(
                of: mine.account, checked: candidate, matches: true, to: hash, keeping: mine.session,
                policy: StaffFixture.policy, now: StaffFixture.now, in: tx)
        }
        #expect(done == nil)
        #expect(try await clinic.resolve(1) != nil)
        #expect(try await clinic.resolve(2) == nil)
        #expect(try await !clinic.signIn("wangrt", StaffFixture.password, seed: 3).isOpened)
        #expect(try await clinic.signIn("wangrt", "明月何时照我还2026", seed: 4).isOpened)
    }

    @Test("改密码的页面也不能用来猜密码：五次错即锁，锁后对的也不收 R16.02", arguments: Backend.allCases)
    func countsGuessesOfOwnPassword(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let guide = try await clinic.hireGuide()
        #expect(try await clinic.signIn("wangrt", StaffFixture.password, seed: 1).isOpened)
        let mine = try #require(try await clinic.resolve(1))
        let candidate = try await clinic.db.read { tx in try SignIn.candidate(of: guide.id, in: tx) }
        let hash = try StaffFixture.hash("明月何时照我还2026")
        func change(_ matches: Bool) async throws -> CurrentPasswordWrong? {
            try await clinic.write { tx in
                try OwnSecrets.changePassword(
                    of: mine.account, checked: candidate, matches: matches, to: hash, keeping: mine.session,
                    policy: StaffFixture.policy, now: StaffFixture.now, in: tx)
            }
        }
        for _ in 1...5 { #expect(try await change(false) != nil) }
        #expect(try await change(true) == CurrentPasswordWrong())
        let pin = try await clinic.write { tx in
            try OwnSecrets.setPin(
                of: mine.account, checked: candidate, matches: true, to: hash, policy: StaffFixture.policy,
                now: StaffFixture.now, in: tx)
        }
        #expect(pin == CurrentPasswordWrong())
        #expect(try await clinic.eventKinds("staff.locked") == 1)
        #expect(try await !clinic.signIn("wangrt", StaffFixture.password, seed: 2).isOpened)
    }

    @Test("工号和登录名不能重复，改旧版本的资料被拒 R16.08", arguments: Backend.allCases)
    func refusesDoubles(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let guide = try await clinic.hireGuide()
        let work = clinic.work()
        await #expect(throws: FormErrors("loginName", "登录名 wangrt 已经有人用了，请换一个")) {
            try await clinic.write { tx in
                try Accounts.create(
                    AccountForm(employeeNumber: "0103", name: "另一位", loginName: "WangRT"), grants: [],
                    passwordHash: nil, by: work, in: tx)
            }
        }
        let form = AccountForm(employeeNumber: "0102", name: "王若彤", title: "组长", loginName: "wangrt")
        try await clinic.write { tx in try Accounts.edit(guide.id, to: form, version: 1, by: work, in: tx) }
        await #expect(throws: ChangedMeanwhile.self) {
            try await clinic.write { tx in try Accounts.edit(guide.id, to: form, version: 1, by: work, in: tx) }
        }
        let after = try await clinic.db.read { tx in try StaffStore.get(guide.id, in: tx) }
        #expect(after.title == "组长")
        #expect(after.version == 2)
    }

    @Test("只管一家门诊的管理员不算，全机构总要留一位 R16.03 R16.15", arguments: Backend.allCases)
    func aClinicAdministratorIsNoneForAll(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let (work, head) = (clinic.work(), clinic.head.id)
        let here = work.clinic.id
        let roles = try #require(clinic.playbook.roles(with: .manageStaff).first?.code)
        let guide = try await clinic.hireGuide(roles: [roles])
        await #expect(throws: LastAdministrator.self) {
            try await clinic.write { tx in
                try Accounts.setRoles(head, to: [RoleGrant(clinicID: here, role: roles)], by: work, in: tx)
            }
        }
        try await clinic.write { tx in
            try Accounts.setRoles(guide.id, to: [RoleGrant(clinicID: nil, role: roles)], by: work, in: tx)
            try Accounts.setRoles(head, to: [RoleGrant(clinicID: here, role: roles)], by: work, in: tx)
        }
        let account = try await clinic.db.read { tx in try AccountStore.get(head, in: tx) }
        #expect(account.grants == [RoleGrant(clinicID: here, role: roles)])
    }

    @Test("门诊代码只用字母，病历号不会撞上 R1.01", arguments: ["A1", "1", "门", "ABCDEFG", ""])
    func clinicCodesAreLetters(code: String) throws {
        let form = ClinicForm(code: code, name: "示例口腔东门诊", phone: "021-6888 4321", address: "东路 2 号")
        #expect(throws: FormErrors("code", "门诊代码是 1 到 6 位字母，例如 A；不能有数字，后面要接编号")) { try form.checked() }
    }

    @Test("房间和牙椅号码重复时说法一致，停用的号码也不再用 R4.39", arguments: Backend.allCases)
    func numbersOfPlacesAreUsedOnce(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let work = clinic.work()
        let (room, chair) = try await clinic.write { tx in
            let room = try Places.addRoom(number: 61, name: "六一诊室", kind: .treatment, by: work, in: tx)
            return (room, try Places.addChair(number: 61, name: "六一椅", room: room.id, by: work, in: tx))
        }
        let taken = FormErrors("number", "61 号已经有了，请换一个号码")
        await #expect(throws: taken) {
            try await clinic.write { tx in
                _ = try Places.addRoom(number: 61, name: "又一间", kind: .treatment, by: work, in: tx)
            }
        }
        try await clinic.write { tx in try Places.retireChair(chair.id, by: work, in: tx) }
        await #expect(throws: taken) {
            try await clinic.write { tx in
                _ = try Places.addChair(number: 61, name: "又一椅", room: room.id, by: work, in: tx)
            }
        }
        await #expect(throws: FormErrors("number", "号码是 1 到 999 的整数")) {
            try await clinic.write { tx in
                _ = try Places.addChair(number: 0, name: "零号", room: room.id, by: work, in: tx)
            }
        }
    }

    @Test("最后一位管理员不能被收走岗位，也不能停用自己 R16.03", arguments: Backend.allCases)
    func keepsAnAdministrator(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let (work, head) = (clinic.work(), clinic.head.id)
        await #expect(throws: LastAdministrator.self) {
            try await clinic.write { tx in
                try Accounts.setRoles(head, to: [RoleGrant(clinicID: nil, role: "cashier")], by: work, in: tx)
            }
        }
        await #expect(throws: DisablesOneself.self) {
            try await clinic.write { tx in try Accounts.disable(head, by: work, in: tx) }
        }
        // Nobody would ever read the new password.
        let hash = try StaffFixture.hash("明月何时照我还2026")
        await #expect(throws: ResetsOneself.self) {
            try await clinic.write { tx in try Accounts.resetPassword(head, hash: hash, by: work, in: tx) }
        }
        let account = try await clinic.db.read { tx in try AccountStore.get(head, in: tx) }
        #expect(account.grants.map(\.role) == ["administrator", "head"])
    }

    @Test("一家门诊的管理员不能动全机构的账号，没有权限的人什么都不能动 R16.03 R16.15", arguments: Backend.allCases)
    func limitsReach(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let local = try await clinic.hireGuide(roles: ["administrator"])
        let guide = try await clinic.hireGuide(roles: ["guide"], login: "guide", number: "0109")
        let head = clinic.head.id
        let account = try await clinic.db.read { tx in try AccountStore.get(local.id, in: tx) }
        let asLocal = clinic.work(as: Actor(account, in: clinic.clinic.id, playbook: clinic.playbook))
        let hash = try StaffFixture.hash("夺来的密码不行")
        await #expect(throws: NotAllowed(capability: .manageStaff)) {
            try await clinic.write { tx in try Accounts.resetPassword(head, hash: hash, by: asLocal, in: tx) }
        }
        await #expect(throws: NotAllowed(capability: .manageStaff)) {
            try await clinic.write { tx in
                try Accounts.setRoles(guide.id, to: [RoleGrant(clinicID: nil, role: "head")], by: asLocal, in: tx)
            }
        }
        let asGuide = clinic.work(
            as: Actor(id: guide.id, name: "王若彤", roles: ["guide"], capabilities: [.seeReception]))
        await #expect(throws: NotAllowed(capability: .manageStaff)) {
            try await clinic.write { tx in try Accounts.disable(local.id, by: asGuide, in: tx) }
        }
    }

    @Test("九十天前结束的会话被清掉 R16.02", arguments: Backend.allCases)
    func purges(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        #expect(try await clinic.signIn("linlan", StaffFixture.password).isOpened)
        let end = StaffFixture.now.adding(hours: 14).adding(days: 90)
        #expect(try await clinic.write { tx in try Sessions.purge(now: end, in: tx) } == 0)
        #expect(try await clinic.write { tx in try Sessions.purge(now: end.adding(seconds: 1), in: tx) } == 1)
    }

    @Test("医生名单按工号，只含在本门诊有岗位且未停用的", arguments: Backend.allCases)
    func listsDoctors(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let work = clinic.work()
        try await clinic.write { tx in
            for (number, name) in [("0203", "周启航"), ("0201", "郑子昂"), ("0202", "吴承志")] {
                let doctor = try Accounts.create(
                    AccountForm(employeeNumber: number, name: name, loginName: "d\(number)", isDoctor: true),
                    grants: [RoleGrant(clinicID: work.clinic.id, role: "doctor")], passwordHash: nil, by: work, in: tx)
                if number == "0202" { try Accounts.disable(doctor.id, by: work, in: tx) }
            }
            try Accounts.create(
                AccountForm(employeeNumber: "0200", name: "没有岗位", loginName: "d0", isDoctor: true), grants: [],
                passwordHash: nil, by: work, in: tx)
        }
        let doctors = try await clinic.db.read { tx in try StaffStore.listDoctors(clinic: work.clinic.id, in: tx) }
        #expect(doctors.map(\.name) == ["郑子昂", "周启航"])
    }

    @Test("牙椅有以后的预约时不能停用，空的可以", arguments: Backend.allCases)
    func retiresChairs(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let work = clinic.work()
        let chairs = try await clinic.db.read { tx in try PlaceStore.chairs(clinic: work.clinic.id, in: tx) }
        _ = try await clinic.db.write(in: work.lane) { tx in
            try tx.run(
                """
                INSERT INTO resource_unit (kind, resource_id, day, unit, place, holder_kind, holder_id, clinic_id)
                VALUES ('chair', \(chairs[0].id), \(work.today.adding(days: 3)), 40, 0, 'block', 1, \(work.clinic.id))
                """)
        }
        await #expect(throws: PlaceInUse.self) {
            try await clinic.db.write(in: work.lane) { tx in try Places.retireChair(chairs[0].id, by: work, in: tx) }
        }
        try await clinic.db.write(in: work.lane) { tx in try Places.retireChair(chairs[1].id, by: work, in: tx) }
        let left = try await clinic.db.read { tx in try PlaceStore.chairs(clinic: work.clinic.id, in: tx) }
        #expect(left.map(\.number) == [1, 3, 4])
    }
}
