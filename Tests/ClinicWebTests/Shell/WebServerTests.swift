import Clinic
import ClinicWeb
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Storage
import Testing

@Suite struct WebServerTests {
    private func run(
        _ app: AppServices, _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await Application(router: WebServer(app).router()).test(.router) { try await body($0) }
    }

    private func headers(_ person: String?, _ more: [HTTPField.Name: String] = [:]) -> HTTPFields {
        var fields = HTTPFields()
        if let person { fields[.cookie] = "menya_session=\(person)" }
        for (name, value) in more { fields[name] = value }
        return fields
    }

    private func form(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }
    private let formType = [HTTPField.Name.contentType: "application/x-www-form-urlencoded"]

    @Test("没有登录看不到任何页面，登录后回到原处 R16.03") func strangersAreSentToSignIn() async throws {
        try await run(ShellFixture.app()) { client in
            let page = try await client.execute(uri: "/reception?day=2026-03-12", method: .get)
            #expect(page.status == .seeOther)
            #expect(page.headers[.location] == "/sign-in?next=%2Freception%3Fday%3D2026-03-12")
            let post = try await client.execute(
                uri: "/echo", method: .post, headers: headers(nil, formType), body: form("a=1"))
            #expect(post.status == .unauthorized)
            #expect(String(buffer: post.body).contains("请重新登录后再做一次"))
        }
    }

    @Test("没有权限的页面不打开，锁屏时只能解锁 R16.03 R16.05") func accessIsCheckedBeforeTheHandler() async throws {
        try await run(ShellFixture.app()) { client in
            let own = try await client.execute(uri: "/reception", method: .get, headers: headers("guide"))
            #expect(own.status == .ok && String(buffer: own.body) == "reception of guide")
            let other = try await client.execute(uri: "/money", method: .get, headers: headers("guide"))
            #expect(other.status == .forbidden && String(buffer: other.body).contains("没有打开这个页面的权限"))
            let locked = try await client.execute(uri: "/reception", method: .get, headers: headers("locked"))
            #expect(locked.headers[.location] == "/lock?next=%2Freception")
            let unlock = try await client.execute(uri: "/unlock", method: .get, headers: headers("locked"))
            #expect(unlock.status == .ok)
        }
    }

    @Test func aChangeNeedsTheTokenOfItsSession() async throws {
        try await run(ShellFixture.app()) { client in
            func post(_ body: String, _ more: [HTTPField.Name: String] = [:]) async throws -> TestResponse {
                try await client.execute(
                    uri: "/echo", method: .post, headers: headers("guide", formType.merging(more) { $1 }),
                    body: form(body))
            }
            #expect(try await post("name=%E7%8E%8B").status == .forbidden)
            #expect(try await post("name=a&csrf=csrf-of-admin").status == .forbidden)
            let good = try await post("name=%E7%8E%8B&csrf=csrf-of-guide")
            #expect(good.status == .ok && String(buffer: good.body) == "got 王")
            let byHeader = try await post("name=b", [header("X-CSRF-Token"): "csrf-of-guide"])
            #expect(byHeader.status == .ok)
        }
    }

    @Test func aChangeFromAnotherSiteIsRefusedEvenWithTheToken() async throws {
        try await run(ShellFixture.app()) { client in
            for (name, value) in [
                ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example"),
                ("Origin", "null"), ("Origin", "https://localhost"),
            ] {
                let fields = headers("guide", formType.merging([header(name): value]) { $1 })
                let response = try await client.execute(
                    uri: "/echo", method: .post, headers: fields, body: form("csrf=csrf-of-guide"))
                #expect(response.status == .forbidden, "\(name): \(value)")
                #expect(String(buffer: response.body).contains("不是从本系统的页面发出"))
            }
            let own = headers(
                "guide",
                formType.merging([header("Sec-Fetch-Site"): "same-origin", .origin: "http://localhost"]) { $1 })
            let response = try await client.execute(
                uri: "/echo", method: .post, headers: own, body: form("csrf=csrf-of-guide"))
            #expect(response.status == .ok)
        }
    }

    @Test func visitorsGetATokenOfTheirOwn() async throws {
        try await run(ShellFixture.app()) { client in
            let door = try await client.execute(uri: "/door", method: .get)
            let cookie = try #require(door.headers[.setCookie]?.prefix { $0 != ";" })
            let page = String(buffer: door.body)
            let token = try #require(page.firstMatch(of: /name="csrf" content="([^"]+)"/)).1
            var fields = HTTPFields()
            fields[.cookie] = String(cookie)
            fields[.contentType] = formType[.contentType]
            let good = try await client.execute(
                uri: "/knock", method: .post, headers: fields, body: form("csrf=\(token)"))
            #expect(good.status == .ok)
            fields[.cookie] = "menya_visitor=other"
            let bad = try await client.execute(
                uri: "/knock", method: .post, headers: fields, body: form("csrf=\(token)"))
            #expect(bad.status == .forbidden)
        }
    }

    @Test func openPostsAreLimited() async throws {
        try await run(ShellFixture.app()) { client in
            var statuses: [Int] = []
            for _ in 0..<3 {
                statuses.append(try await client.execute(uri: "/knock", method: .post).status.code)
            }
            #expect(statuses == [403, 403, 429])
            let last = try await client.execute(uri: "/knock", method: .post)
            #expect(last.headers[header("Retry-After")] == "10")
            #expect(String(buffer: last.body).contains("请等 10 秒再试"))
        }
    }

    @Test func everyAnswerIsHardened() async throws {
        try await run(ShellFixture.app()) { client in
            for path in ["/reception", "/nowhere", "/healthz", "/fail/bug", "/door"] {
                let response = try await client.execute(uri: path, method: .get, headers: headers("guide"))
                #expect(
                    response.headers[.contentSecurityPolicy]
                        == "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                        + "font-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
                )
                #expect(response.headers[.xContentTypeOptions] == "nosniff")
                #expect(response.headers[header("Referrer-Policy")] == "same-origin")
                #expect(response.headers[.cacheControl] == "no-store")
                #expect(response.headers[header("X-Request-ID")] != nil)
            }
        }
    }

    @Test(arguments: [
        ("invalid", 422, "电话号码少一位，应为 11 位"), ("missing", 404, "没有找到这条预约"),
        ("conflict", 409, "周敏 10:24 改了时间"), ("forbidden", 403, "您的岗位没有这项权限"),
        ("storage", 409, "请刷新后重试"), ("unknown", 503, "结果未确认"),
        ("lost", 503, #"href="/outcome/06h3k2m9qx7vd""#), ("down", 503, "数据库暂时连不上"),
        ("query?x=1", 400, "不认识的参数 x"), ("bug", 500, "系统出错了，已记录（编号"),
    ])
    func errorsSayWhatHappenedAndWhatToDo(kind: String, status: Int, text: String) async throws {
        try await run(ShellFixture.app()) { client in
            let page = try await client.execute(uri: "/fail/\(kind)", method: .get, headers: headers("guide"))
            let body = String(buffer: page.body)
            #expect(page.status.code == status)
            #expect(body.contains(text) && body.contains("<!doctype html>"))
            #expect(!body.contains("secret_column") && !body.contains("UNIQUE"))
            let fragment = try await client.execute(
                uri: "/fail/\(kind)", method: .get, headers: headers("guide", [header("HX-Request"): "true"]))
            #expect(fragment.status.code == status)
            #expect(!String(buffer: fragment.body).contains("<html"))
        }
    }

    @Test("错误页留着主菜单，编号短到能在电话里报") func errorsKeepTheRail() async throws {
        try await run(ShellFixture.app()) { client in
            let page = try await client.execute(uri: "/fail/bug", method: .get, headers: headers("guide"))
            let body = String(buffer: page.body)
            let whole = try #require(page.headers[header("X-Request-ID")])
            #expect(body.contains(#"<nav class="rail""#))
            #expect(body.contains("编号 \(whole.suffix(8))"))
            #expect(!body.contains("编号 \(whole)"))
            let nowhere = try await client.execute(uri: "/nowhere", method: .get, headers: headers("guide"))
            #expect(nowhere.status == .notFound)
            #expect(String(buffer: nowhere.body).contains(#"<nav class="rail""#))
            let stranger = try await client.execute(uri: "/nowhere", method: .get)
            #expect(stranger.status == .notFound)
            #expect(!String(buffer: stranger.body).contains(#"<nav class="rail""#))
        }
    }

    @Test func scriptsGetErrorsAsJSON() async throws {
        try await run(ShellFixture.app()) { client in
            let response = try await client.execute(
                uri: "/fail/invalid", method: .get, headers: headers("guide", [.accept: "application/json"]))
            #expect(response.status == .unprocessableContent)
            let body = String(buffer: response.body)
            #expect(body.hasPrefix(#"{"error":{"field":"phone","message":"电话号码少一位，应为 11 位","request":""#))
        }
    }

    @Test func aMessageIsShownOnceOnTheNextPage() async throws {
        try await run(ShellFixture.app()) { client in
            let done = try await client.execute(
                uri: "/done", method: .post, headers: headers("guide", formType), body: form("csrf=csrf-of-guide"))
            #expect(done.status == .seeOther && done.headers[.location] == "/flash")
            let cookie = try #require(done.headers[.setCookie]?.prefix { $0 != ";" })
            var fields = headers("guide")
            fields[.cookie] = "menya_session=guide; \(cookie)"
            let page = try await client.execute(uri: "/flash", method: .get, headers: fields)
            #expect(String(buffer: page.body).contains("已预约 &lt;王小明&gt;"))
            #expect(String(buffer: page.body).contains(#"action="/undo""#))
            let cleared = try #require(page.headers[.setCookie])
            #expect(cleared.hasPrefix("menya_flash=;") && cleared.contains("Max-Age=0"))
            fields[.cookie] = "menya_session=guide; menya_flash=Zm9v.c2lnbmVk"
            let forged = try await client.execute(uri: "/flash", method: .get, headers: fields)
            #expect(!String(buffer: forged.body).contains("class=\"toast\""))
        }
    }

    @Test func aBodyOverOneMegabyteIsRefused() async throws {
        try await run(ShellFixture.app()) { client in
            let response = try await client.execute(
                uri: "/echo", method: .post, headers: headers("guide", formType),
                body: ByteBuffer(repeating: 97, count: 1_048_577))
            #expect(response.status == .contentTooLarge)
            #expect(String(buffer: response.body).contains("上限 1 MB"))
        }
    }

    @Test func cookiesAreSecureExactlyOverHTTPS() async throws {
        var options = WebOptions()
        options.proxies = .onThisMachine
        try await run(ShellFixture.app(options: options)) { client in
            let https = [header("X-Forwarded-Proto"): "https"]
            let secure = try await client.execute(uri: "/door", method: .get, headers: headers(nil, https))
            #expect(secure.headers[.setCookie]?.contains("Secure") == true)
            let plain = try await client.execute(uri: "/door", method: .get)
            let cookie = try #require(plain.headers[.setCookie])
            #expect(!cookie.contains("Secure") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
        }
        try await run(ShellFixture.app()) { client in
            let forged = try await client.execute(
                uri: "/door", method: .get, headers: headers(nil, [header("X-Forwarded-Proto"): "https"]))
            #expect(forged.headers[.setCookie]?.contains("Secure") == false)
        }
    }

    @Test func staticFilesAreKeptForAYearUnderTheirHash() async throws {
        let app = try await ShellFixture.app()
        try await run(app) { client in
            let css = try await client.execute(uri: app.assets.base + "/css/menya.css", method: .get)
            #expect(css.status == .ok && css.headers[.contentType] == "text/css; charset=utf-8")
            #expect(css.headers[.cacheControl] == "public, max-age=31536000, immutable")
            let text = String(buffer: css.body)
            #expect(text.hasPrefix("/* Menya") && text.contains("@layer screens") && text.contains(".ticket"))
            let module = try await client.execute(uri: app.assets.base + "/js/behaviors/live.js", method: .get)
            #expect(module.headers[.contentType] == "text/javascript; charset=utf-8")
            let old = try await client.execute(uri: "/assets/other/js/main.js", method: .get)
            #expect(old.headers[.cacheControl] == "no-cache")
            for path in ["/js/none.js", "/../Package.swift", "/%2e%2e/Package.swift", "/js/behaviors"] {
                let none = try await client.execute(uri: app.assets.base + path, method: .get)
                #expect(none.status == .notFound)
            }
        }
    }

    @Test func theRailShowsOnlyWhatThePersonMayOpen() async throws {
        try await run(ShellFixture.app()) { client in
            let home = try await client.execute(uri: "/", method: .get, headers: headers("guide"))
            #expect(home.headers[.location] == "/reception")
        }
        let app = try await ShellFixture.app()
        #expect(app.routes.access(toPage: "/reception") == .needs(.seeReception))
        #expect(app.routes.access(toPage: "/stock") == nil)
    }

    @Test func healthNeedsNoSessionAndReadinessAsksTheDatabase() async throws {
        let app = try await ShellFixture.app()
        try await run(app) { client in
            let health = try await client.execute(uri: "/healthz", method: .get)
            #expect(String(buffer: health.body) == "ok\n")
            #expect(try await client.execute(uri: "/readyz", method: .get).status == .ok)
            await app.db.close()
            #expect(try await client.execute(uri: "/readyz", method: .get).status == .serviceUnavailable)
        }
    }

    @Test func theGalleryIsForAdministratorsOrDemoData() async throws {
        try await run(ShellFixture.app()) { client in
            #expect(
                try await client.execute(uri: "/gallery", method: .get, headers: headers("guide")).status == .forbidden)
            let page = try await client.execute(uri: "/gallery", method: .get, headers: headers("admin"))
            let text = String(buffer: page.body)
            #expect(page.status == .ok && text.contains("样式手册"))
            let links = text.matches(of: /href="(\/gallery\/[^"]+)"/).map { String($0.1) }
            #expect(links.count == Features.views.reduce(0) { $0 + $1.samples.count })
            for link in links {
                let sample = try await client.execute(uri: link, method: .get, headers: headers("admin"))
                #expect(sample.status == .ok, "\(link)")
            }
            let none = try await client.execute(uri: "/gallery/shell.error/99", method: .get, headers: headers("admin"))
            #expect(none.status == .notFound)
        }
        var demo = WebOptions()
        demo.isDemo = true
        try await run(ShellFixture.app(options: demo)) { client in
            let page = try await client.execute(uri: "/gallery", method: .get, headers: headers("guide"))
            #expect(page.status == .ok)
        }
    }

    @Test func theListOfRoutesNamesTheAccessOfEach() {
        let listing = Features.routes.listing
        #expect(listing.contains("GET /live signedIn"))
        #expect(listing.contains("GET /healthz public"))
        #expect(listing == listing.sorted())
    }
}
