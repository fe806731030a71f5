import Clinic
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Storage
import TestSupport
import Testing

@testable import ClinicWeb

@Suite("对外端口")
struct VisitorPortTests {
    @Test("对外端口上没有员工页面：每个地址都和不存在的一样 R16.01")
    func staffSideDoesNotExist() async throws {
        let fixture = try await VisitorFixture()
        let staff = Features.routes.routes.filter { $0.access != .publicPage }
        #expect(staff.count > 60)
        try await fixture.visit { client in
            let nothing = try await client.execute(uri: "/no/such/page", method: .get)
            #expect(nothing.status == .notFound)
            for route in staff {
                let path = route.path.split(separator: "/").map { $0.hasPrefix(":") ? "0000000000000" : String($0) }
                    .joined(separator: "/")
                let answer = try await client.execute(
                    uri: "/" + path, method: route.method, headers: [.cookie: "menya_session=linlan"])
                #expect(answer.status == .notFound || answer.status == .methodNotAllowed, "\(route.path)")
                #expect(answer.headers[.location] == nil, "\(route.path)")
                if answer.status == .notFound {
                    #expect(String(buffer: answer.body) == String(buffer: nothing.body), "\(route.path)")
                }
            }
        }
    }

    @Test("对外端口只给样式和标志，不给前台的脚本；内部端口都有")
    func scriptsStayInside() async throws {
        let fixture = try await VisitorFixture()
        let base = fixture.app.assets.base
        try await fixture.visit { client in
            let style = try await client.execute(uri: base + "/css/menya.css", method: .get)
            #expect(style.status == .ok)
            let script = try await client.execute(uri: base + "/js/main.js", method: .get)
            #expect(script.status == .notFound)
            let around = try await client.execute(uri: base + "/css/../js/main.js", method: .get)
            #expect(around.status == .notFound)
        }
        try await fixture.visit(side: .staff) { client in
            let script = try await client.execute(uri: base + "/js/main.js", method: .get)
            #expect(script.status == .ok)
            let book = try await client.execute(uri: "/book", method: .get)
            #expect(book.status == .ok)
        }
    }

    @Test("安全头齐全，不认员工的登录，不发员工的 cookie R16.02")
    func headersAndCookies() async throws {
        let fixture = try await VisitorFixture()
        try await fixture.visit { client in
            let page = try await client.execute(
                uri: "/book", method: .get, headers: [.cookie: "menya_session=x; menya_flash=y"])
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(page.headers[.xContentTypeOptions] == "nosniff")
            #expect(page.headers[.cacheControl] == "no-store")
            #expect(HTTPField.Name("Referrer-Policy").flatMap { page.headers[$0] } == "same-origin")
            let cookies = page.headers[values: .setCookie]
            #expect(cookies.count == 1 && cookies.allSatisfy { $0.hasPrefix("menya_visitor=") })
            #expect(cookies.allSatisfy { $0.contains("HttpOnly") && $0.contains("SameSite=Lax") })
            #expect(!String(buffer: page.body).contains("<script"))
        }
    }

    @Test("地址按自己的代理给的算；没有代理时伪造的头不算", arguments: [(true, 200), (false, 429)])
    func countsByRealAddress(trusts: Bool, status: Int) async throws {
        var options = WebOptions()
        options.proxies = trusts ? .onThisMachine : .none
        let fixture = try await VisitorFixture(options: options)
        try await fixture.visit { client in
            for number in 0..<30 {
                let first = try await client.execute(
                    uri: "/visit-cancelled", method: .get, headers: Self.from("198.51.100.\(number % 2)"))
                #expect(first.status.code == (number < 30 ? 200 : 429))
            }
            // Thirty requests of two addresses behind a proxy leave room; of one address they are the burst.
            let next = try await client.execute(
                uri: "/visit-cancelled", method: .get, headers: Self.from("203.0.113.9"))
            #expect(next.status.code == status)
            if status == 429 {
                #expect(HTTPField.Name("Retry-After").flatMap { next.headers[$0] } == "1")
                #expect(String(buffer: next.body).contains("请稍等一下"))
            }
        }
    }

    @Test("表里有不认识的内容：一句话，不是出错页")
    func tellsWhatItDoesNotUnderstand() throws {
        let form = PublicErrors.answer(to: FormErrors("name", "请填写姓名"))
        #expect(form.status == .unprocessableContent && form.heading == .invalidTitle)
        #expect(PublicErrors.answer(to: PatientError.unknownCode).status.code < 500)
        #expect(PublicErrors.answer(to: ShellError.tooLarge).status == .contentTooLarge)
        #expect(PublicErrors.answer(to: StorageError.unavailable(detail: "x")).status == .serviceUnavailable)
    }

    @Test("用 TLS 时才说以后都要用 TLS", arguments: [true, false])
    func saysToStayOnTLS(isTLS: Bool) async throws {
        var options = WebOptions()
        options.isTLS = isTLS
        let fixture = try await VisitorFixture(options: options)
        try await fixture.visit { client in
            let page = try await client.execute(uri: "/book", method: .get)
            #expect(page.headers[.strictTransportSecurity] == (isTLS ? "max-age=31536000" : nil))
        }
    }

    @Test("客人端口的频率另算，挤满也不影响员工的")
    func hasALimiterOfItsOwn() async throws {
        let fixture = try await VisitorFixture()
        try await fixture.visit { client in
            for _ in 0..<40 { _ = try await client.execute(uri: "/visit-cancelled", method: .get) }
            #expect(try await client.execute(uri: "/visit-cancelled", method: .get).status == .tooManyRequests)
        }
        try await fixture.visit(side: .staff) { client in
            let answer = try await client.execute(uri: "/visit-cancelled", method: .get)
            #expect(answer.status == .ok)
        }
    }

    @Test("语言按地址，没有就按浏览器，不用脚本也能换 R16.20")
    func switchesLanguage() async throws {
        let fixture = try await VisitorFixture()
        try await fixture.visit { client in
            func body(_ uri: String, _ accepted: String? = nil) async throws -> String {
                var headers: HTTPFields = [:]
                if let accepted { headers[.acceptLanguage] = accepted }
                return String(buffer: try await client.execute(uri: uri, method: .get, headers: headers).body)
            }
            #expect(try await body("/book").contains(#"<html lang="zh-CN""#))
            #expect(try await body("/book", "en-GB,en;q=0.9").contains("Book a visit"))
            #expect(try await body("/book", "zh-TW").contains("预约看牙"))
            #expect(try await body("/book?lang=zh-CN", "en").contains("预约看牙"))
            let english = try await body("/book?lang=en")
            #expect(english.contains("lang=zh-CN") && english.contains("Toothache"))
            #expect(english.contains("We see patients by appointment"))
            // What chat programs add to an address does no harm.
            #expect(try await body("/book?from=singlemessage&lang=en").contains("Book a visit"))
        }
    }

    private static func from(_ address: String) -> HTTPFields {
        guard let name = HTTPField.Name("X-Forwarded-For") else { return [:] }
        return [name: "10.0.0.1, \(address)"]
    }
}
