import Clinic
import Foundation
import Kernel
import Storage
import TestSupport
import Testing

struct PlaybookEditingTests {
    let shipped: Playbook
    let ids = IDSource()
    let clinic = ID<ClinicSite>(raw: 7)
    let morning = Timestamp(milliseconds: 1_773_277_200_000)
    let waiting = OverrideKey(.setting, "wait.actual_min")
    init() throws { shipped = try ShippedPlaybook.load() }

    @Test("改阈值马上生效，旧值留在历史里 R16.14", arguments: Backend.allCases)
    func changeCountsAtOnceAndKeepsHistory(backend: Backend) async throws {
        let database = try await backend.makeDatabase(migrations: Schema.migrations)
        try await set("25", at: morning, in: database)
        try await set("30", at: morning.adding(minutes: 10), in: database)

        let (now, then, history) = try await database.read { tx in
            (
                try PlaybookStore.resolved(shipped, clinic: clinic, in: tx),
                try PlaybookStore.resolved(shipped, clinic: clinic, at: morning.adding(minutes: 5), in: tx),
                try PlaybookStore.history(waiting, scope: .clinic(clinic), in: tx)
            )
        }

        #expect(now[.waitActualMinutes] == 30)
        #expect(now.origin(of: waiting) == .clinic)
        #expect(then[.waitActualMinutes] == 25)
        #expect(history.map(\.override.value) == ["30", "25"])
        #expect(history.map(\.reason) == ["客人反映", "客人反映"])
        #expect(history.map(\.endedAt) == [nil, morning.adding(minutes: 10)])
        #expect(history.allSatisfy { $0.setBy == ID(raw: 3) && $0.override.shippedValue == "20" })
    }

    @Test("门诊的值压过全机构的，恢复后回到全机构 R16.14", arguments: Backend.allCases)
    func resetFallsBackToTheOrganisation(backend: Backend) async throws {
        let database = try await backend.makeDatabase(migrations: Schema.migrations)
        try await set("25", scope: .organisation, at: morning, in: database)
        try await set("30", at: morning, in: database)
        try await database.write(in: .organisation) { tx in
            let work = work(at: morning.adding(minutes: 1))
            try PlaybookEditing.reset(waiting, scope: .clinic(clinic), reason: "恢复", by: work, in: tx)
        }

        let (here, elsewhere) = try await database.read { tx in
            (
                try PlaybookStore.resolved(shipped, clinic: clinic, in: tx),
                try PlaybookStore.resolved(shipped, clinic: ID(raw: 8), in: tx)
            )
        }

        #expect(here[.waitActualMinutes] == 25)
        #expect(here.origin(of: waiting) == .organisation)
        #expect(elsewhere[.waitActualMinutes] == 25)
    }

    @Test("每次改动都进日志，写明前后 R16.11", arguments: Backend.allCases)
    func everyChangeIsAnEvent(backend: Backend) async throws {
        let database = try await backend.makeDatabase(migrations: Schema.migrations)
        try await set("25", at: morning, in: database)
        try await set("25", at: morning.adding(minutes: 1), in: database)

        let events = try await database.read { tx in
            try tx.rows("SELECT kind, payload FROM event WHERE lane = 0 ORDER BY seq").map {
                [try $0.text("kind"), try $0.text("payload")]
            }
        }

        let payload =
            #"{"after":"25","before":"20","key":"wait.actual_min","kind":"setting","reason":"客人反映","scope":7}"#
        #expect(events == [["playbook.changed", payload]])
    }

    @Test("改级别、岗位、任务规则", arguments: Backend.allCases)
    func levelsRolesAndTaskRules(backend: Backend) async throws {
        let database = try await backend.makeDatabase(migrations: Schema.migrations)
        try await database.write(in: .organisation) { tx in
            let work = work(at: morning)
            try PlaybookEditing.setLevel(.sameDoctor, to: .off, scope: .organisation, reason: "小门诊", by: work, in: tx)
            try PlaybookEditing.setRole(
                "guard", to: [.seeWorkbench, .keepRegisters], scope: .organisation, reason: "登记", by: work, in: tx)
            try PlaybookEditing.setTaskRule(
                "wait.education", isActive: false, scope: .organisation, reason: "不做", by: work, in: tx)
        }

        let resolved = try await database.read { try PlaybookStore.resolved(shipped, clinic: clinic, in: $0) }

        #expect(resolved.level(of: .sameDoctor) == .off)
        #expect(resolved.role("guard")?.capabilities == [.seeWorkbench, .keepRegisters])
        #expect(resolved.taskRule("wait.education")?.isActive == false)
        #expect(resolved.ignoredOverrides == [])
    }

    @Test("不合格的改动被拒绝，说明怎么办", arguments: Backend.allCases)
    func unfitChangesAreRefused(backend: Backend) async throws {
        let database = try await backend.makeDatabase(migrations: Schema.migrations)

        #expect(await refusal("500", in: database) == "不能这样设置：应在 5 到 120 之间，请改正后再保存")
        #expect(await refusal("soon", in: database) == "不能这样设置：实际等候超过此时间须当面说明：填写的内容看不懂，请改正后再保存")
        #expect(await refusal("25", reason: " ", in: database) == "请写明修改原因，以后查得到")
        #expect(await refusal("25", roles: ["marketing"], in: database) == "这一项由门诊主任、院长修改，请找他们处理")
        #expect(
            await refusal("25", capabilities: [], in: database) == NotAllowed(capability: .manageSettings).userMessage)
        #expect(await refusal("25", scope: .clinic(ID(raw: 8)), in: database) == NotFound("门诊").userMessage)
    }

    @Test("级别和任务规则各有能改的岗位，别的岗位有设置权限也不能改、不能恢复 R16.14", arguments: Backend.allCases)
    func levelsHaveOwners(backend: Backend) async throws {
        let database = try await backend.makeDatabase(migrations: Schema.migrations)
        let (headNurse, director, head) = (
            work(at: morning, roles: ["headNurse"]), work(at: morning), work(at: morning, roles: ["head"])
        )
        func set(_ rule: RuleID, by work: Work) async throws {
            try await database.write(in: .organisation) { tx in
                try PlaybookEditing.setLevel(rule, to: .off, scope: .organisation, reason: "试试", by: work, in: tx)
            }
        }

        await #expect(throws: PlaybookEditingError.otherRole(names: ["门诊主任", "院长"])) {
            try await set(.sameDoctor, by: headNurse)
        }
        await #expect(throws: PlaybookEditingError.otherRole(names: ["院长"])) {
            try await set(.bookingOutsideRoster, by: director)
        }
        try await set(.sameDoctor, by: director)
        try await set(.bookingOutsideRoster, by: head)
        await #expect(throws: PlaybookEditingError.otherRole(names: ["院长"])) {
            try await database.write(in: .organisation) { tx in
                let key = OverrideKey(.level, RuleID.bookingOutsideRoster.rawValue)
                try PlaybookEditing.reset(key, scope: .organisation, reason: "恢复", by: director, in: tx)
            }
        }
        await #expect(throws: PlaybookEditingError.otherRole(names: ["门诊主任", "院长"])) {
            try await database.write(in: .organisation) { tx in
                try PlaybookEditing.setTaskRule(
                    "wait.education", isActive: false, scope: .organisation, reason: "试试", by: headNurse, in: tx)
            }
        }

        let clinic = clinic
        let changes = try await database.read { try PlaybookStore.listInForce(.level, clinic: clinic, in: $0) }
        #expect(Set(changes.map(\.override.key)) == ["R3.14", "R3.08"])
        #expect(changes.allSatisfy { $0.setBy == ID(raw: 3) && $0.setAt == morning })
    }

    @Test("写在程序里的规则不能改", arguments: Backend.allCases)
    func fixedRulesStay(backend: Backend) async throws {
        let database = try await backend.makeDatabase(migrations: Schema.migrations)

        await #expect(throws: PlaybookEditingError.invalid("这条规则写在程序里，不能改")) {
            try await database.write(in: .organisation) { tx in
                try PlaybookEditing.setLevel(
                    .doubleBooking, to: .off, scope: .organisation, reason: "试试", by: work(at: morning), in: tx)
            }
        }
    }

    private func work(
        at now: Timestamp, roles: Set<String> = ["director"],
        capabilities: Set<Capability> = [.manageSettings, .manageStaff]
    ) -> Work {
        let site = ClinicSite(
            id: clinic, code: "A", name: "门牙口腔", phone: "021-5555 0100", address: "中山路 1 号",
            calendar: ClinicCalendar(timeZone: .gmt), opens: Unit(32), closes: Unit(80))
        let actor = Actor(id: ID(raw: 3), name: "周敏", roles: roles, capabilities: capabilities)
        return Work(actor: actor, clinic: site, now: now, playbook: shipped, ids: ids)
    }

    private func set(
        _ typed: String, scope: PlaybookScope? = nil, at now: Timestamp, in database: TestDatabase
    ) async throws {
        let work = work(at: now)
        try await database.write(in: .organisation) { tx in
            try PlaybookEditing.setSetting(
                "wait.actual_min", typed: typed, scope: scope ?? .clinic(clinic), reason: "客人反映", by: work, in: tx)
        }
    }

    private func refusal(
        _ typed: String, scope: PlaybookScope? = nil, reason: String = "客人反映", roles: Set<String> = ["director"],
        capabilities: Set<Capability> = [.manageSettings], in database: TestDatabase
    ) async -> String? {
        let work = work(at: morning, roles: roles, capabilities: capabilities)
        do {
            try await database.write(in: .organisation) { tx in
                try PlaybookEditing.setSetting(
                    "wait.actual_min", typed: typed, scope: scope ?? .clinic(clinic), reason: reason, by: work, in: tx)
            }
            return nil
        } catch {
            return (error as? any UserFacingError)?.userMessage
        }
    }
}
