import Clinic
import ClinicWeb
import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@Suite("防疫、候补、投诉的页面")
struct EpidemicPagesTests {
    private static func customer(_ house: HouseFixture, _ name: String, _ number: Int) async throws -> ID<Patient> {
        let (ids, now) = (house.app.ids, HouseFixture.morning)
        return try await house.app.db.write(in: .organisation) { tx in
            let clinic = try PlaceStore.clinics(in: tx)[0]
            let id = ids.next(Patient.self, at: now)
            try BookPagesFixture.insertPatient(id, name, number: number, clinic: clinic.id, in: tx)
            return id
        }
    }

    private static func item(_ house: HouseFixture, _ code: String) async throws -> ID<Item> {
        try await house.app.db.read { tx in
            guard let row = try tx.first("SELECT id FROM item WHERE code = \(code)") else { throw NotFound(code) }
            return try row.id("id")
        }
    }

    @Test("开关打开前没有一点痕迹，打开后能做和不能做随时看得到、未预约的客人看通知，关上又没有了 R3.42 R3.44 R3.52")
    func theSwitchShowsAndHides() async throws {
        let house = try await HouseFixture()
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            #expect(try await browser.get("/epidemic").status == 404)
            #expect(try await browser.get("/epidemic/morning").status == 404)
            #expect(try await browser.get("/epidemic/fill").status == 404)
            let settings = try await browser.get("/settings").body
            #expect(settings.contains("防疫模式"))
            #expect(settings.contains(#"href="/settings/epidemic""#))
            #expect(!settings.contains("体温达到多少不予接诊"))
            for path in ["/appointments", "/waiting", "/reception/arrivals/new", "/patients"] {
                #expect(try await browser.get(path).body.contains("防疫") == false, "\(path)")
            }

            let bare = try await browser.post("/settings/epidemic", ["mode": "on", "reason": ""])
            #expect(bare.status == 422)
            let wrong = try await browser.post(
                "/settings/epidemic", ["mode": "on", "from": "2026-04-02", "until": "2026-04-01", "reason": "通知"])
            #expect(wrong.status == 422)
            #expect(wrong.body.contains("最后一天不能早于第一天"))
            let on = try await browser.post(
                "/settings/epidemic", ["mode": "on", "until": "2026-04-01", "reason": "上级通知"])
            #expect(on.location == "/epidemic")
            let overview = try await browser.get("/epidemic")
            #expect(overview.status == 200)
            #expect(overview.body.contains("到 4 月 1 日"))
            let parts = overview.body.components(separatedBy: "id=\"cannot\"")
            #expect(parts.count == 2)
            #expect(parts.last?.contains("超声洁牙") == true)
            #expect(parts.first?.contains("<td>超声洁牙") == false)
            #expect(parts.first?.contains("<td>开髓引流") == true)
            #expect(try await browser.get("/settings").body.contains("体温达到多少不予接诊"))
            #expect(try await browser.get("/reception/arrivals/new").body.contains("只接口腔急诊和急性牙痛"))
            #expect(try await browser.get("/epidemic/morning").status == 200)

            let off = try await browser.post("/settings/epidemic", ["mode": "off", "reason": "解除"])
            #expect(off.location == "/settings/epidemic")
            #expect(try await browser.get("/epidemic").status == 404)
            #expect(try await browser.get("/appointments").body.contains("防疫") == false)
        }
    }

    @Test("日期还没到就没有痕迹，到了那天自己开始 R3.42")
    func startsByItself() async throws {
        let house = try await HouseFixture()
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            _ = try await browser.get("/settings/epidemic")
            let saved = try await browser.post(
                "/settings/epidemic",
                ["mode": "on", "from": "2026-03-13", "until": "2026-03-13", "reason": "上级通知"])
            #expect(saved.location == "/settings/epidemic")
            #expect(try await browser.get("/epidemic").status == 404)
        }
        house.pass(minutes: 24 * 60)
        try await house.use { client in
            let browser = WebBrowser(client)
            let signedIn = try await browser.signIn("linlan", HouseFixture.password)
            #expect(signedIn.status == 303)
            #expect(try await browser.get("/epidemic").status == 200)
        }
    }

    @Test("登记延期、项目恢复后约时间，不做的移出 R3.46")
    func deferralPages() async throws {
        let house = try await HouseFixture()
        let patient = try await Self.customer(house, "谢<春>梅", 1)
        let item = try await Self.item(house, "PE01")
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            _ = try await browser.get("/settings/epidemic")
            _ = try await browser.post("/settings/epidemic", ["mode": "on", "reason": "上级通知"])
            let query = "patient=\(patient.text)&item=\(item.text)&complaint=%E7%89%99%E7%9F%B3"
            let form = try await browser.get("/deferrals/new?\(query)")
            #expect(form.body.contains("2026-03-26"))
            let fields: KeyValuePairs = [
                "patient": patient.text, "item": item.text, "complaint": "牙石", "followUpOn": "2026-03-12",
            ]
            #expect(try await browser.post("/deferrals", fields).status == 422)
            let kept = try await browser.post(
                "/deferrals",
                ["patient": patient.text, "item": item.text, "complaint": "牙石", "followUpOn": "2026-03-20"])
            #expect(kept.location == "/deferrals")
            let list = try await browser.get("/deferrals").body
            #expect(list.contains("谢&lt;春&gt;梅"))
            #expect(list.contains("还暂停"))
            #expect(!list.contains("约时间"))

            let opened = try await browser.post("/epidemic/items/\(item.text)", ["suspended": "no"])
            #expect(opened.location == "/epidemic")
            let back = try await browser.get("/deferrals").body
            #expect(back.contains("可以做了"))
            #expect(back.contains("/appointments/new?patient=\(patient.text)"))
            let action = back.firstMatch(of: /action="(\/deferrals\/[0-9A-Z]{13}\/closing)"/)
            #expect(try await browser.post(action.map { String($0.1) } ?? "", [:]).location == "/deferrals")
            #expect(try await browser.get("/deferrals").body.contains("没有延期的客人"))
        }
    }

    @Test("候补登记：毛病说在栏目旁，登记后排在名单里，能记联系、能移出")
    func waitingPages() async throws {
        let house = try await HouseFixture()
        let patient = try await Self.customer(house, "冯国栋", 2)
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            #expect(try await browser.get("/waiting").body.contains("没有客人在等"))
            #expect(try await browser.get("/waiting/new").body.contains("谁要候补"))
            let form = try await browser.get("/waiting/new?patient=\(patient.text)")
            #expect(form.body.contains("冯国栋"))
            let bad = try await browser.post("/waiting", ["patient": patient.text, "complaint": "", "weekday": "5"])
            #expect(bad.status == 422)
            #expect(bad.body.contains("请填写主诉"))
            let kept = try await browser.post(
                "/waiting",
                [
                    "patient": patient.text, "complaint": "想早点拔牙", "units": "2", "weekday": "5", "urgency": "high",
                    "from": "36", "to": "72",
                ])
            #expect(kept.location == "/waiting")
            let list = try await browser.get("/waiting").body
            #expect(list.contains("冯国栋"))
            #expect(list.contains("周五 09:00–18:00"))
            #expect(list.contains("着急"))
            let href = list.firstMatch(of: /href="(\/waiting\/[0-9A-Z]{13})"/).map { String($0.1) } ?? ""
            #expect(try await browser.get(href).body.contains("还没有联系过"))
            let bare = try await browser.post(href + "/answers", ["version": "1", "answer": "wrongNumber"])
            #expect(bare.status == 422)
            #expect(bare.body.contains("请写一句说明"))
            #expect(
                try await browser.post(href + "/answers", ["version": "1", "answer": "noAnswer"]).location == "/waiting"
            )
            #expect(try await browser.get(href).body.contains("无人接听"))
            #expect(try await browser.post(href + "/removal", ["version": "2"]).location == "/waiting")
            #expect(try await browser.get("/waiting").body.contains("没有客人在等"))
        }
    }

    @Test("记投诉：必填栏目、上报、结案；统计页说明每个数怎么算 R9.01 R9.02 R3.59")
    func complaintAndReportPages() async throws {
        let house = try await HouseFixture()
        let patient = try await Self.customer(house, "王小明", 3)
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            #expect(try await browser.get("/complaints").body.contains("没有未结的投诉"))
            let form = try await browser.get("/complaints/new?patient=\(patient.text)&cause=warrantyRefusal")
            #expect(form.body.contains("保修返诊不找原医生"))
            let bad = try await browser.post(
                "/complaints",
                [
                    "patient": patient.text, "contact": "", "situation": "", "content": "", "channel": "desk",
                    "level": "normal", "cause": "",
                ])
            #expect(bad.status == 422)
            #expect(bad.body.contains("请填写联系方式"))
            #expect(bad.body.contains("请选择原因"))
            let kept = try await browser.post(
                "/complaints",
                [
                    "patient": patient.text, "contact": "13800138013", "situation": "去年根管治疗", "content": "又疼了，不想找原来的医生",
                    "channel": "desk", "level": "normal", "cause": "warrantyRefusal",
                ])
            let href = kept.location ?? ""
            #expect(href.hasPrefix("/complaints/"))
            #expect(try await browser.get(href).body.contains("已经上报"))
            #expect(try await browser.post(href + "/report", ["version": "1", "to": " "]).status == 422)
            #expect(try await browser.post(href + "/report", ["version": "1", "to": "门诊主任"]).location == href)
            let open = try await browser.get("/complaints").body
            #expect(open.contains("王小明"))
            #expect(try await browser.post(href + "/closing", ["version": "2", "result": "主任已安排"]).location == href)
            #expect(try await browser.get(href).body.contains("已结案"))

            #expect(try await browser.get("/reports").location == "/reports/bookings")
            let report = try await browser.get("/reports/bookings?from=2026-03-01&to=2026-03-12")
            #expect(report.status == 200)
            #expect(report.body.contains("这些数怎么算"))
            let long = try await browser.get("/reports/bookings?from=2025-01-01&to=2026-03-12")
            #expect(long.status == 422)
            #expect(long.body.contains("一次最多看 92 天"))
        }
    }
}
