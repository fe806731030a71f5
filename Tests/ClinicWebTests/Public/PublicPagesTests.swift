import Clinic
import ClinicWeb
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import TestSupport
import Testing

@Suite("客人自己的页面")
struct PublicPagesTests {
    private static let fields: KeyValuePairs<String, String> = [
        "name": "谢春梅", "phone": "139 1234 5678", "age": "34", "gender": "female", "agrees": "1",
    ]

    /// From the first page to the form of a held time; returns the form's address.
    private func hold(_ browser: WebBrowser, _ fixture: VisitorFixture, lang: String = "zh-CN") async throws -> String {
        let clinic = fixture.clinic.id.text
        let times = try await browser.get("/book/times?clinic=\(clinic)&need=checkUp&lang=\(lang)")
        let time = try #require(VisitorFixture.firstTime(times.body))
        let held = try await browser.post(
            "/book/holds?lang=\(lang)", ["clinic": clinic, "need": "checkUp", "time": time])
        #expect(held.status == 303)
        return try #require(held.location)
    }

    @Test("从选项目到约好，中英文都一样走得通 R3.09", arguments: Backend.allCases, ["zh-CN", "en"])
    func booksInBothLanguages(backend: Backend, lang: String) async throws {
        let fixture = try await VisitorFixture(backend)
        try await fixture.visit { client in
            let browser = WebBrowser(client)
            #expect(try await browser.get("/book?lang=\(lang)").status == 200)
            let address = try await hold(browser, fixture, lang: lang)
            let form = try await browser.get(address)
            #expect(form.body.contains(lang == "en" ? "Kept for you until 09:25" : "为您留到 09:25"))
            #expect(form.body.contains(lang == "en" ? "Medical history" : "身份证号加密保存"))
            fixture.pass(seconds: 30)

            let faulty = try await browser.post(
                address, ["name": "", "phone": "123", "age": "9", "gender": "female", "note": "<b>"])
            #expect(faulty.status == 422)
            #expect(faulty.body.contains(lang == "en" ? "Please enter the name" : "请填写姓名"))
            #expect(faulty.body.contains(lang == "en" ? "A guardian agrees" : "未满 14 岁由监护人同意"))
            #expect(faulty.body.contains("&lt;b&gt;"))

            let sent = try await browser.post(address, Self.fields)
            #expect(sent.status == 303)
            let own = try await browser.get(try #require(sent.location))
            #expect(own.status == 200)
            #expect(own.body.contains(lang == "en" ? "See you soon, 谢春梅" : "谢女士，我们等您"))
            #expect(own.body.contains(lang == "en" ? "The front desk will call" : "前台会打电话和您核对资料"))
            #expect(!own.body.contains("13912345678"))
            // A second tap leads to the same link; the form itself is used up.
            let again = try await browser.post(address, Self.fields)
            #expect(again.status == 303 && again.location == sent.location)
            #expect(try await browser.get(address).status == 404)
        }
    }

    @Test("时间的按钮点两次是同一张表；换一个再换回来，还是留得住")
    func tapsTwice() async throws {
        let fixture = try await VisitorFixture()
        try await fixture.visit { client in
            let browser = WebBrowser(client)
            let clinic = fixture.clinic.id.text
            let page = try await browser.get("/book/times?clinic=\(clinic)&need=checkUp").body
            let command = String(try #require(page.firstMatch(of: /name="command" value="([^"]+)"/)).1)
            let times = page.matches(of: /name="time" value="([^"]+)"/).map { String($0.1) }
            try #require(times.count > 1)
            func tap(_ time: String) async throws -> String? {
                try await browser.post(
                    "/book/holds", ["clinic": clinic, "need": "checkUp", "time": time, "command": command]
                ).location
            }
            let first = try #require(try await tap(times[0]))
            #expect(try await tap(times[0]) == first)
            let second = try #require(try await tap(times[1]))
            #expect(try await browser.get(first).status == 404)
            #expect(try await browser.get(second).status == 200)
            let back = try #require(try await tap(times[0]))
            #expect(back != first)
            #expect(try await browser.get(back).status == 200)
        }
    }

    @Test("电话在不在档案里，页面一个字节都不差 R16.01")
    func knownAndUnknownPhonesAreTheSame() async throws {
        var pages: [[String]] = []
        for phone in [VisitorFixture.knownPhone, "13977770000"] {
            let fixture = try await VisitorFixture()
            try await fixture.visit { client in
                let browser = WebBrowser(client)
                let address = try await hold(browser, fixture)
                fixture.pass(seconds: 30)
                let sent = try await browser.post(
                    address, ["name": "谢春梅", "phone": phone, "age": "57", "gender": "female", "agrees": "1"])
                let own = try await browser.get(try #require(sent.location))
                await Pages.shared.add([String(sent.status), String(own.status), Self.plain(own.body)])
            }
            pages = await Pages.shared.all
        }
        #expect(pages.count == 2)
        #expect(pages.first == pages.last)
    }

    @Test("错的、用过的、过期的、停用的链接：同样的字节，差不多的时间 R16.19", arguments: Backend.allCases)
    func deadLinksAreTheSame(backend: Backend) async throws {
        let fixture = try await VisitorFixture(backend)
        let (_, used) = try await fixture.linked(1)
        try await fixture.visit { client in
            let browser = WebBrowser(client)
            let page = try await browser.get("/v/\(used)")
            #expect(page.body.contains("谢女士，我们等您"))
            let version = try #require(page.body.firstMatch(of: /name="version" value="(\d+)"/)).1
            let missing = try await browser.post("/v/\(used)/cancellation", ["version": String(version), "reason": ""])
            #expect(missing.status == 422 && missing.body.contains("请选一个原因"))
            let done = try await browser.post(
                "/v/\(used)/cancellation", ["version": String(version), "reason": "busy"])
            #expect(done.location == "/visit-cancelled?lang=zh-CN")
        }
        let (revokedID, revoked) = try await fixture.linked(2)
        let work = Work(
            actor: .system, clinic: fixture.clinic, now: fixture.app.clock(), playbook: fixture.house.playbooks.shipped,
            ids: fixture.app.ids)
        _ = try await fixture.app.db.write(in: fixture.clinic.lane) { tx in
            try PublicLinks.revokeAll(of: revokedID, by: work, in: tx)
        }
        try await fixture.visit { client in
            let wrong = String(repeating: "A", count: 24)
            let paths = [wrong, used, revoked, "x", wrong + wrong].map { "/v/\($0)" }
            var bodies: Set<String> = []
            var times: [String: [Duration]] = [:]
            for _ in 0..<5 {
                for path in paths {
                    let begin = ContinuousClock.now
                    let answer = try await client.execute(uri: path, method: .get)
                    times[path, default: []].append(ContinuousClock.now - begin)
                    #expect(answer.status == .notFound)
                    bodies.insert(String(buffer: answer.body))
                }
            }
            #expect(bodies.count == 1)
            let medians = times.values.map { $0.sorted()[2] }.sorted()
            // One look-up by hash whatever the reason: a difference a network could tell would be tens of times larger.
            #expect(medians[medians.count - 1] < medians[0] * 20 + .milliseconds(20))
            for rest in ["/times", "/cancellation"] {
                let answer = try await client.execute(uri: "/v/\(revoked)\(rest)", method: .get)
                #expect(answer.status == .notFound && bodies.contains(String(buffer: answer.body)))
            }
        }
    }

    @Test("客人确认后再看，页面说已确认；前台看到是客人本人 R3.25")
    func confirms() async throws {
        let fixture = try await VisitorFixture()
        let (id, token) = try await fixture.linked()
        try await fixture.visit { client in
            let browser = WebBrowser(client)
            let page = try await browser.get("/v/\(token)?lang=en")
            #expect(page.body.contains("I will be there"))
            let version = try #require(page.body.firstMatch(of: /name="version" value="(\d+)"/)).1
            let answer = try await browser.post("/v/\(token)/confirmation?lang=en", ["version": String(version)])
            #expect(answer.location == "/v/\(token)?lang=en")
            let again = try await browser.get("/v/\(token)?lang=en")
            #expect(again.body.contains("You told us you will come") && !again.body.contains("I will be there"))
            let stale = try await browser.post("/v/\(token)/cancellation", ["version": "1", "reason": "busy"])
            #expect(stale.location?.contains("done=changed") == true)
        }
        let clinic = fixture.clinic.id
        let stored = try await fixture.app.db.read { tx in try AppointmentStore.get(id, clinic: clinic, in: tx) }
        #expect(stored.confirmed?.by == Actor.customer.id && stored.isLive)
    }

    @Test("没有本页的标记或从别处来的提交都不算 R16.02")
    func formsNeedTheirMark() async throws {
        let fixture = try await VisitorFixture()
        let (_, token) = try await fixture.linked()
        try await fixture.visit { client in
            let browser = WebBrowser(client)
            _ = try await browser.get("/v/\(token)")
            let answer = try await browser.post("/v/\(token)/confirmation", ["version": "1"], csrf: "wrong")
            #expect(answer.status == 403)
            #expect(answer.body.contains("页面放得太久"))
        }
    }

    @Test("前台：待核实名单、并入原档案、待办消失 R3.09 R1.14")
    func deskSettles() async throws {
        let fixture = try await VisitorFixture()
        try await fixture.house.hire("周敏", login: "zhoumin", number: "0105", roles: ["reception"])
        try await fixture.visit { client in
            let browser = WebBrowser(client)
            let address = try await hold(browser, fixture)
            fixture.pass(seconds: 30)
            _ = try await browser.post(
                address,
                ["name": "谢春梅", "phone": VisitorFixture.knownPhone, "age": "57", "gender": "female", "agrees": "1"])
        }
        try await fixture.visit(side: .staff) { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("zhoumin", HouseFixture.password).status == 303)
            let bench = try await browser.get("/workbench")
            #expect(bench.body.contains("核实网上预约：谢春梅"))
            let list = try await browser.get("/online-bookings")
            #expect(list.body.contains("可能已有档案"))
            let href = try #require(list.body.firstMatch(of: /href="(\/online-bookings\/[0-9A-Z]{13})"/)).1
            let page = try await browser.get(String(href))
            #expect(page.body.contains("电话相同"))
            let patient = try #require(page.body.firstMatch(of: /name="patient" value="([0-9A-Z]{13})"/)).1
            let joined = try await browser.post("\(href)/merge", ["patient": String(patient)])
            #expect(joined.location == "/online-bookings")
            #expect(try await browser.get(String(href)).body.contains("已并入原有档案"))
            #expect(try await browser.get("/online-bookings").body.contains("没有待核实的网上预约"))
            #expect(try await browser.post("\(href)/new").status == 409)
            #expect(!(try await browser.get("/workbench").body.contains("核实网上预约：")))
        }
    }

    @Test("前台给客人的链接：只显示一次，话里有时间和预约制说明；没有对外网址就没有链接 R3.29 R3.10")
    func deskGivesLinks() async throws {
        let fixture = try await VisitorFixture()
        try await fixture.house.hire("周敏", login: "zhoumin", number: "0105", roles: ["reception"])
        let (id, _) = try await fixture.linked()
        try await fixture.visit(side: .staff) { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("zhoumin", HouseFixture.password).status == 303)
            _ = try await browser.get("/workbench")
            let page = try await browser.post("/appointments/\(id.text)/link")
            #expect(page.status == 200)
            #expect(page.body.contains("谢女士，您约了 3 月 13 日 星期五 10:00"))
            #expect(page.body.contains("本门诊实行预约制"))
            let token = try #require(page.body.firstMatch(of: /value="https:\/\/yuyue\.example\.cn\/v\/([\w-]{24})"/)).1
            #expect(try await browser.get("/v/\(token)").status == 200)
            _ = try await browser.get("/workbench")
            #expect(try await browser.post("/appointments/\(id.text)/link/revocation").status == 303)
            #expect(try await browser.get("/v/\(token)").status == 404)
        }
        var plain = fixture.app
        plain.options.publicBaseURL = nil
        let app = plain
        try await Application(router: WebServer(app).router()).test(.router) { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("zhoumin", HouseFixture.password).status == 303)
            _ = try await browser.get("/workbench")
            #expect(try await browser.post("/appointments/\(id.text)/link").status == 404)
        }
    }

    @Test("医生的日历：地址给一次，订阅是 text/calendar，停用就没有 R16.19")
    func servesFeeds() async throws {
        let fixture = try await VisitorFixture()
        _ = try await fixture.linked()
        let token = PublicToken(bytes: Array(repeating: 9, count: PublicToken.byteCount))
        let work = Work(
            actor: .system, clinic: fixture.clinic, now: fixture.app.clock(), playbook: fixture.house.playbooks.shipped,
            ids: fixture.app.ids)
        let doctor = fixture.doctors[0]
        _ = try await fixture.app.db.write(in: fixture.clinic.lane) { tx in
            try PublicLinks.issueCalendar(for: doctor, token: token, by: work, in: tx)
        }
        try await fixture.visit { client in
            let feed = try await client.execute(uri: "/calendar/\(token.text).ics", method: .get)
            #expect(feed.headers[.contentType] == "text/calendar; charset=utf-8")
            let text = String(buffer: feed.body)
            #expect(text.hasPrefix("BEGIN:VCALENDAR\r\n") && text.hasSuffix("END:VCALENDAR\r\n"))
            #expect(text.contains("SUMMARY:XCM\r\n") && !text.contains("谢春梅"))
            #expect(try await client.execute(uri: "/calendar/wrong.ics", method: .get).status == .notFound)
        }
    }

    /// Without what differs by chance: secret, mark of the form.
    private static func plain(_ page: String) -> String {
        page.replacing(/\/v\/[\w-]{24}/, with: "/v/TOKEN").replacing(/name="csrf" value="[^"]*"/, with: "csrf")
    }
}

/// Collects across two servers.
private actor Pages {
    static let shared = Pages()
    private(set) var all: [[String]] = []
    func add(_ page: [String]) { all.append(page) }
}
