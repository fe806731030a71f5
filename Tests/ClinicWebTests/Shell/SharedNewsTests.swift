import Clinic
import ClinicWeb
import Kernel
import Storage
import TestSupport
import Testing

@Suite("全机构共用的改动")
struct SharedNewsTests {
    /// What a screen of another clinic is told of what `person` does.
    private func told(
        _ house: HouseFixture, by person: String = "linlan",
        _ body: @escaping @Sendable (WebBrowser) async throws -> Void
    ) async throws -> [LiveEvent] {
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn(person, HouseFixture.password).status == 303)
            try await body(browser)
        }
        // A screen that was drawn before all this and comes back.
        let (_, stream) = house.app.hub.subscribe(Lane(key: 99), topics: [.board], since: "e-0")
        house.app.hub.close()
        var events: [LiveEvent] = []
        for await event in stream { events.append(event) }
        return events
    }

    @Test("改阈值、改门诊资料，别家门诊开着的页面也刷新 R16.14")
    func settings() async throws {
        let house = try await HouseFixture()
        let events = try await told(house) { browser in
            let path = "/settings/values/wait.actual_min"
            _ = try await browser.get(path)
            let saved = try await browser.post(path, ["value": "25", "scope": "organisation", "reason": "人手少"])
            #expect(saved.status == 303)
        }
        #expect(events == [.hello(id: "e-1"), .change(id: "e-1", topics: [.board])])
    }

    @Test("改员工资料，别家门诊开着的页面也刷新 R16.02")
    func staff() async throws {
        let house = try await HouseFixture()
        let guide = try await house.hire("王若彤", login: "wangrt", number: "0102", roles: ["guide"])
        let events = try await told(house) { browser in
            _ = try await browser.get("/staff/\(guide.id.text)")
            let saved = try await browser.post("/staff/\(guide.id.text)/disable")
            #expect(saved.status == 303)
        }
        #expect(events == [.hello(id: "e-1"), .change(id: "e-1", topics: [.board])])
    }

    @Test("改客人资料，别家门诊开着的页面也刷新 R1.04")
    func customers() async throws {
        let house = try await HouseFixture()
        try await house.hire("周敏", login: "zhoumin", number: "0101", roles: ["reception"])
        let patient = try await house.app.db.write(in: .organisation) { tx in
            let clinic = try PlaceStore.clinics(in: tx)[0]
            let work = Work(
                actor: .system, clinic: clinic, now: HouseFixture.morning, playbook: house.playbooks.shipped,
                ids: house.app.ids)
            let details = PatientDetails(
                name: "谢春梅", gender: "female", bornOn: "1968-07-02", age: "", phone: "136 0013 7715", complaint: "牙疼")
            return try Registration.register(RegisterPatient(details: details), by: work, in: tx)
        }
        let events = try await told(house, by: "zhoumin") { browser in
            _ = try await browser.get("/patients/\(patient.id.text)")
            let saved = try await browser.post(
                "/patients/\(patient.id.text)/alerts", ["code": "diabetes", "note": "空腹 7.2"])
            #expect(saved.status == 303)
        }
        #expect(events == [.hello(id: "e-1"), .change(id: "e-1", topics: [.board])])
    }

    @Test("结果未确认之后：页面问日志，说有没有保存")
    func outcomePage() async throws {
        let house = try await HouseFixture()
        try await house.app.db.write(in: .organisation) { tx in
            try Audit.append(
                [Event("price.set", of: ID<Item>(raw: 5))], actor: ID(raw: 3), at: HouseFixture.morning,
                commandID: "06h3k2m9qx7vd", lane: .organisation, in: tx)
        }
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            let done = try await browser.get("/outcome/06h3k2m9qx7vd")
            #expect(done.status == 200 && done.body.contains("已经保存") && done.body.contains("不用再做一次"))
            let not = try await browser.get("/outcome/06h3k2m9qx7ve")
            #expect(not.status == 200 && not.body.contains("没有保存") && not.body.contains("请再做一次"))
        }
    }
}
