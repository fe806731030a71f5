import Clinic
import ClinicWeb
import Kernel
import Storage
import TestSupport
import Testing

@Suite("操作记录页")
struct AuditPagesTests {
    @Test("改过的设置、账号用话说清，带着链接；查这一页本身也记下 R16.11", arguments: Backend.allCases)
    func tells(backend: Backend) async throws {
        let house = try await HouseFixture(backend)
        let guide = try await house.hire("王若彤", login: "wangrt", number: "0102", roles: ["guide"])
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            _ = try await browser.get("/settings/values/wait.actual_min")
            _ = try await browser.post(
                "/settings/values/wait.actual_min", ["value": "25", "scope": "clinic", "reason": "春节后人手少"])
            let page = try await browser.get("/audit")
            #expect(page.status == 200)
            #expect(page.body.contains("“实际等候超过此时间须当面说明”从 20 分钟 改成 25 分钟（本门诊）"))
            #expect(page.body.contains("原因：春节后人手少"))
            #expect(page.body.contains("建立账号：王若彤"))
            #expect(page.body.contains("href=\"/staff/\(guide.id.text)\""))
            let standard = try await browser.get("/audit?group=standard")
            #expect(standard.body.contains("春节后人手少"))
            #expect(!standard.body.contains("建立账号"))
            #expect(try await browser.get("/audit?actor=\(guide.id.text)").body.contains("没有符合的记录"))

            try await house.app.accesses.flush(to: house.app.db)
            #expect(try await browser.get("/audit?log=looks").body.contains("查看操作记录"))
        }
    }

    @Test("日期颠倒、太长、病历号不对：说明怎么改 R16.11")
    func refuses() async throws {
        let house = try await HouseFixture()
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            let backwards = try await browser.get("/audit?from=2026-03-12&to=2026-03-11")
            #expect(backwards.status == 422)
            #expect(backwards.body.contains("结束的日期不能早于开始的日期"))
            #expect(try await browser.get("/audit?from=2025-01-01&to=2026-03-11").body.contains("一次最多查 92 天"))
            #expect(try await browser.get("/audit?patient=A9").body.contains("没有病历号为 A9 的客人"))
        }
    }

    @Test("一家门诊的人只查本门诊的记录 R16.15", arguments: Backend.allCases)
    func staysInTheClinic(backend: Backend) async throws {
        let house = try await HouseFixture(backend)
        try await house.hire("周敏", login: "zhoumin", number: "0103", roles: ["director"])
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("zhoumin", HouseFixture.password).status == 303)
            let page = try await browser.get("/audit")
            #expect(page.status == 200)
            // Rooms are of the clinic's lane, accounts of the organisation's.
            #expect(page.body.contains("加牙椅"))
            #expect(!page.body.contains("建立账号"))
        }
    }
}
