import ClinicWeb
import Foundation
import HummingbirdCore
import HummingbirdTLS
import Kernel
import NIOCore
import NIOSSL

/// Where and how the server listens. Nothing unencrypted leaves the machine by accident.
struct Listening: Sendable {
    let host: String
    let port: Int
    let isLoopback: Bool
    let options: WebOptions
    /// What keeps the port from being used up; nil on the staff side, whose screens keep their connections open.
    let guards: Guards?
    private let certificate: (chain: String, key: String)?

    struct Guards: Sendable {
        let connections: Int
        /// Silence after which a connection is closed, also in the middle of a request.
        let idleSeconds: Int
    }

    init(_ settings: Settings) throws {
        host = settings.text("host") ?? "127.0.0.1"
        port = try settings.number("port") ?? 8080
        guard (1...65_535).contains(port) else { throw CommandFailure("--port 应在 1 到 65535 之间") }
        isLoopback = ["127.0.0.1", "::1", "localhost"].contains(host)
        switch (settings.text("tlsCert"), settings.text("tlsKey")) {
        case (let chain?, let key?): certificate = (chain, key)
        case (nil, nil): certificate = nil
        default: throw CommandFailure("--tls-cert 和 --tls-key 要一起给")
        }
        var options = WebOptions()
        options.isTLS = certificate != nil
        options.publicBaseURL = try Self.baseURL(settings)
        options.proxies = try Self.proxies("trustProxy", "--trust-proxy", settings)
        guards = nil
        if !isLoopback, certificate == nil, options.proxies.isEmpty {
            guard settings.isOn("allowHttp") else {
                throw CommandFailure(
                    "在 \(host) 上用不加密的 http，同一网络里的人可以看到客人资料。请给出 --tls-cert 和 --tls-key，或确认后加 --allow-http")
            }
            options.isPlainHTTPOnNetwork = true
        }
        self.options = options
    }

    /// The port for customers; nil when none was asked for. The same certificate as the staff side, or a proxy in front.
    static func forVisitors(_ settings: Settings, beside staff: Listening) throws -> Listening? {
        guard let text = settings.text("publicListen") else { return nil }
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port), colon > text.startIndex
        else { throw CommandFailure("--public-listen 应写成 地址:端口，例如 0.0.0.0:8443") }
        let host = String(text[..<colon]).replacing("[", with: "").replacing("]", with: "")
        guard port != staff.port else { throw CommandFailure("--public-listen 要用另一个端口，\(port) 已给员工页面") }
        return try Listening(visitorsHost: host, port: port, settings, certificate: staff.certificate)
    }

    private init(
        visitorsHost host: String, port: Int, _ settings: Settings, certificate: (chain: String, key: String)?
    ) throws {
        self.host = host
        self.port = port
        self.certificate = certificate
        isLoopback = ["127.0.0.1", "::1", "localhost"].contains(host)
        var options = WebOptions()
        options.isTLS = certificate != nil
        options.proxies = try Self.proxies("publicTrustProxy", "--public-trust-proxy", settings)
        guards = Guards(
            connections: try Self.atLeastOne("publicConnections", "--public-connections", 400, settings),
            idleSeconds: try Self.atLeastOne("publicIdleSeconds", "--public-idle-seconds", 20, settings))
        guard isLoopback || certificate != nil || !options.proxies.isEmpty || settings.isOn("allowHttp") else {
            throw CommandFailure(
                "客人的页面在 \(host) 上用不加密的 http，姓名和电话会被看到。请给出 --tls-cert 和 --tls-key，或在前面放代理并加 --public-trust-proxy")
        }
        self.options = options
    }

    private static func proxies(_ key: String, _ flag: String, _ settings: Settings) throws -> TrustedProxies {
        guard let text = settings.text(key) else { return .none }
        guard let proxies = TrustedProxies(configured: text) else {
            throw CommandFailure("\(flag) 写代理的地址或网段，例如 loopback、10.0.0.5 或 10.0.0.0/24，用逗号分开")
        }
        return proxies
    }

    private static func atLeastOne(_ key: String, _ flag: String, _ usual: Int, _ settings: Settings) throws -> Int {
        let number = try settings.number(key) ?? usual
        guard number > 0 else { throw CommandFailure("\(flag) 至少是 1") }
        return number
    }

    /// `https://yuyue.example.cn`: nothing behind the host, since links put their own path there.
    private static func baseURL(_ settings: Settings) throws -> String? {
        guard let text = settings.text("publicBaseUrl") else { return nil }
        let plain = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let url = URL(string: plain), let host = url.host(), !host.isEmpty, url.path().isEmpty,
            url.query() == nil, url.fragment() == nil, url.user() == nil
        else { throw CommandFailure("--public-base-url 只写到域名或端口为止，例如 https://yuyue.example.cn") }
        let isHere = ["127.0.0.1", "localhost"].contains(host)
        guard url.scheme == "https" || (url.scheme == "http" && (isHere || settings.isOn("allowHttp"))) else {
            throw CommandFailure("--public-base-url 要用 https，链接里的密钥不能明文传送")
        }
        return plain
    }

    var url: String {
        let shown = host == "0.0.0.0" || host == "::" ? "本机地址" : host
        return "\(certificate == nil ? "http" : "https")://\(shown):\(port)"
    }

    func server() throws -> HTTPServerBuilder {
        let idle = guards.map { TimeAmount.seconds(Int64($0.idleSeconds)) }
        let http = HTTPServerBuilder.http1(configuration: .init(idleTimeout: idle))
        guard let certificate else { return http }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate.chain).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let key = try NIOSSLPrivateKey(file: certificate.key, format: .pem)
            var tls = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
            tls.minimumTLSVersion = .tlsv12
            return try .tls(http, tlsConfiguration: tls)
        } catch {
            throw CommandFailure("证书读不出来：\(error)")
        }
    }
}
