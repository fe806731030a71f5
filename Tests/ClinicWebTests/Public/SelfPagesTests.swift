import Clinic
import ClinicWeb
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import TestSupport
import Testing

@Suite("自助登记和请回电的页面")
struct SelfPagesTests {
    private static let fields: KeyValuePairs<String, String> = [
        "name": "罗晓燕", "gender": "female", "bornOn": "1990-05-06", "phone": "137 2222 0001", "complaint": "右下牙疼两天",
        "privacy": "1", "health": "1", "history": "anticoagulant", "allergies": "青霉素",
    ]

    /// From the clinic's code to the empty form; returns its address.
    private func begin(_ browser: WebBrowser, _ fixture: VisitorFixture, lang: String = "zh-CN") async throws -> String
    {
        let start = try await browser.get("/r?clinic=\(fixture.clinic.id.text)&lang=\(lang)")
        #expect(start.status == 200)
        let begun = try await browser.post("/r?lang=\(lang)", ["clinic": fixture.clinic.id.text])
        #expect(begun.status == 303)
        return try #require(begun.location)
    }

    @Test("扫码、填表、发送，中英文都走得通；发送两次得到同一句话，表不能再打开 R1.10 R16.19 R16.20", arguments: ["zh-CN", "en"])
    func registersInBothLanguages(lang: String) async throws {
        let fixture = try await VisitorFixture()
        try await fixture.visit { client in
            let browser = WebBrowser(client)
            let address = try await begin(browser, fixture, lang: lang)
            let form = try await browser.get(address)
            #expect(form.status == 200)
            // Why we ask stands on the form itself.
            #expect(
                form.body.contains(
                    lang == "en" ? "For reminders and for the call after a treatment" : "提醒预约和治疗后的回访打这个电话"))
            #expect(form.body.contains(lang == "en" ? "Medical history" : "身份证号加密保存"))
            let faulty = try await browser.post(address, ["name": "<b>", "phone": "1", "history": "heart"])
            #expect(faulty.status == 422)
            #expect(faulty.body.contains("&lt;b&gt;"))
            #expect(faulty.body.contains(lang == "en" ? "Please say in a few words why you come" : "请写一句这次来看什么"))

            let sent = try await browser.post(address, Self.fields)
            #expect(sent.location == "/r/done?lang=\(lang)")
            #expect(try await browser.post(address, Self.fields).location == sent.location)
            #expect(try await browser.get(address).status == 404)
            let done = try await browser.get("/r/done?lang=\(lang)")
            #expect(!done.body.contains("罗晓燕") && !done.body.contains("13722220001"))
        }
    }

    @Test("前台的待核对名单、逐项核对、建档 R1.10 R1.03")
    func deskChecks() async throws {
        let fixture = try await VisitorFixture()
        try await fixture.house.hire("周敏", login: "zhoumin", number: "0105", roles: ["reception"])
        try await fixture.visit { client in
            let browser = WebBrowser(client)
            let address = try await begin(browser, fixture)
            _ = try await browser.post(address, Self.fields)
        }
        try await fixture.visit(side: .staff) { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("zhoumin", HouseFixture.password).status == 303)
            let list = try await browser.get("/self-registrations")
            #expect(list.body.contains("罗晓燕") && list.body.contains("没有相同的"))
            let href = try #require(list.body.firstMatch(of: /href="(\/self-registrations\/[0-9A-Z]{13})"/)).1
            let page = try await browser.get(String(href))
            #expect(page.body.contains("过敏：青霉素") && page.body.contains("右下牙疼两天"))
            let refused = try await browser.post("\(href)/new", ["field": "name"])
            #expect(refused.status == 422 && refused.body.contains("还没有核对：性别、出生日期、电话、来意"))
            let made = try await browser.post(
                "\(href)/new",
                [
                    "field": "name", "field": "gender", "field": "birth", "field": "phone", "field": "complaint",
                    "field": "history",
                ])
            #expect(made.location?.hasPrefix("/patients/") == true)
            #expect(try await browser.get("/self-registrations").body.contains("没有待核对的登记"))
        }
    }

    @Test("门诊的二维码可以打印，预约的二维码只显示一次；没有对外网址就没有 R1.10")
    func printsCodes() async throws {
        let fixture = try await VisitorFixture()
        try await fixture.house.hire("周敏", login: "zhoumin", number: "0105", roles: ["reception"])
        let (id, _) = try await fixture.linked()
        try await fixture.visit(side: .staff) { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("zhoumin", HouseFixture.password).status == 303)
            let print = try await browser.get("/self-registrations/code?size=a5")
            #expect(print.body.contains("code-a5") && print.body.contains("class=\"qr\""))
            #expect(print.body.contains("https://yuyue.example.cn/r?clinic="))
            _ = try await browser.get("/self-registrations")
            let card = try await browser.post("/appointments/\(id.text)/registration-code")
            #expect(card.status == 200 && card.body.contains("只能用一次"))
            let path = try #require(card.body.firstMatch(of: /yuyue\.example\.cn(\/r\/form\/[\w-]{24})/)).1
            #expect(try await browser.get(String(path)).status == 200)
        }
        var plain = fixture.app
        plain.options.publicBaseURL = nil
        let app = plain
        try await Application(router: WebServer(app).router()).test(.router) { client in
            let browser = WebBrowser(client)
            let signIn = try await browser.signIn("zhoumin", HouseFixture.password)
            #expect(signIn.status == 303)
            let code = try await browser.get("/self-registrations/code")
            #expect(code.status == 404)
        }
    }

    @Test("扫描对外页面：错的、用过的、过期的码，字节相同；电话认不认识，回答相同 R16.01 R16.19")
    func revealsNothingToAScanner() async throws {
        let fixture = try await VisitorFixture()
        let used = Guarded("")
        try await fixture.visit { client in
            let browser = WebBrowser(client)
            var answers: Set<String> = []
            for phone in [VisitorFixture.knownPhone, "13977770000"] {
                let address = try await begin(browser, fixture)
                let fields: KeyValuePairs<String, String> = [
                    "name": "谢春梅", "gender": "female", "age": "57", "phone": phone, "complaint": "检查", "privacy": "1",
                ]
                let sent = try await browser.post(address, fields)
                answers.insert(
                    "\(sent.status) \(sent.location ?? "") \(try await browser.get(sent.location ?? "").body)")
                used.withLock { $0 = address }
            }
            #expect(answers.count == 1)
            let expired = try await begin(browser, fixture)
            fixture.pass(seconds: 61 * 60)
            let wrong = String(repeating: "A", count: 24)
            var bodies: Set<String> = []
            for path in [
                "/r/form/\(wrong)", "/r/form/x", "/r/form/\(wrong)\(wrong)", used.withLock { $0 }, expired,
                "/v/\(wrong)",
                "/book/holds/\(wrong)", "/nothing",
            ] {
                let plain = String(path.split(separator: "?")[0]) + "?lang=zh-CN"
                let answer = try await browser.get(plain)
                #expect(answer.status == 404, "\(path)")
                bodies.insert(answer.body)
            }
            #expect(bodies.count == 1)
            // Names and numbers of the clinic's people are on no public page.
            for path in ["/book", "/call", "/r", "/r/done", "/call/asked", "/visit-cancelled"] {
                let body = try await browser.get(path + "?clinic=\(fixture.clinic.id.text)").body
                #expect(!body.contains("谢春梅") && !body.contains(VisitorFixture.knownPhone), "\(path)")
            }
        }
    }

    @Test("请回电：发两次是一条，前台记下结果 R3.09")
    func asksToBeCalled() async throws {
        let fixture = try await VisitorFixture()
        try await fixture.house.hire("周敏", login: "zhoumin", number: "0105", roles: ["reception"])
        try await fixture.visit { client in
            let browser = WebBrowser(client)
            let page = try await browser.get("/call?clinic=\(fixture.clinic.id.text)")
            let command = String(try #require(page.body.firstMatch(of: /name="command" value="([^"]+)"/)).1)
            let clinic = fixture.clinic.id.text
            let faulty = try await browser.post(
                "/call", ["clinic": clinic, "command": command, "name": "谢", "phone": "1"])
            #expect(faulty.status == 422 && faulty.body.contains(command))
            for _ in 0..<2 {
                let sent = try await browser.post(
                    "/call",
                    [
                        "clinic": clinic, "command": command, "name": "谢春梅", "phone": "13800138011", "wish": "soon",
                        "agrees": "1",
                    ])
                #expect(sent.location == "/call/asked?lang=zh-CN")
            }
            #expect(try await browser.get("/call/asked").body.contains("前台会打给您"))
        }
        try await fixture.visit(side: .staff) { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("zhoumin", HouseFixture.password).status == 303)
            #expect(try await browser.get("/workbench").body.contains("href=\"/call-requests\""))
            let list = try await browser.get("/call-requests")
            #expect(list.body.matches(of: /谢春梅/).count == 1)
            let action = String(try #require(list.body.firstMatch(of: /action="(\/call-requests\/[^"]+)"/)).1)
            #expect(try await browser.post(action, ["outcome": "reached"]).location == "/call-requests")
            #expect(try await browser.get("/call-requests").body.contains("没有客人等回电"))
        }
    }

    @Test("平板：锁屏时只有这一页，写什么都是同一句话，前台看到是谁 R1.13")
    func tabletTellsNothing() async throws {
        let fixture = try await VisitorFixture()
        try await fixture.house.hire("周敏", login: "zhoumin", number: "0105", roles: ["reception"])
        try await fixture.visit(side: .staff) { client in
            let (tablet, desk) = (WebBrowser(client), WebBrowser(client))
            for browser in [tablet, desk] {
                #expect(try await browser.signIn("zhoumin", HouseFixture.password).status == 303)
            }
            _ = try await tablet.get("/lookup")
            #expect(try await tablet.post("/lookup/hand-over").location == "/lookup")
            #expect(try await tablet.get("/patients").location?.hasPrefix("/lock") == true)
            var bodies: Set<String> = []
            for typed in ["谢春梅", "没有这个人"] {
                _ = try await tablet.get("/lookup")
                let sent = try await tablet.post("/lookup", ["typed": typed])
                #expect(sent.location == "/lookup?sent=1")
                bodies.insert(
                    try await tablet.get("/lookup?sent=1").body.replacing(/name="csrf" value="[^"]*"/, with: ""))
            }
            #expect(bodies.count == 1)
            let slips = try await desk.get("/lookup/slips")
            #expect(slips.body.contains("谢春梅") && slips.body.contains("没有找到，请客人再写一次"))
            #expect(slips.body.contains("/reception/arrivals/new?patient="))
            #expect(try await tablet.get("/lookup/slips").location?.hasPrefix("/lock") == true)
        }
    }
}
