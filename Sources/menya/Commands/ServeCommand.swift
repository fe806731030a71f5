import ArgumentParser
import Clinic
import ClinicWeb
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Kernel
import Logging
import NIOSSL
import ServiceLifecycle
import Storage
import StorageSQLite

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "启动服务，默认只在本机 http://127.0.0.1:8080。")
    @OptionGroup var common: CommonOptions
    @Option(help: "监听地址（默认 127.0.0.1）。") var host: String?
    @Option(help: "端口（默认 8080）。") var port: Int?
    @Option(help: "证书链文件（PEM）。") var tlsCert: String?
    @Option(help: "证书私钥文件（PEM）。") var tlsKey: String?
    @Flag(help: "允许在局域网上用不加密的 http；每页会有红色提示。") var allowHttp = false
    @Flag(help: "前面有自己的代理：相信 X-Forwarded-… 头。") var trustProxy = false
    @Option(help: "给客人用的第二个端口，地址:端口；那里只有对外的页面，没有员工页面。") var publicListen: String?
    @Option(help: "客人打开对外页面的网址，例如 https://yuyue.example.cn；不给就没有“给客人的链接”。") var publicBaseUrl: String?
    @Flag(help: "对外端口前面有自己的代理：那里也相信 X-Forwarded-… 头。") var publicTrustProxy = false
    @Option(help: "备份文件夹（默认数据文件夹里的 backups）。") var backups: String?
    @Option(help: "第二个备份文件夹。") var secondBackups: String?
    @Option(help: "日志级别：debug、info、warning、error（默认 info）。") var logLevel: String?
    @Option(help: "演示用时钟文件：一个 ISO 时刻，或 +秒数。只用于演示数据和本机地址。") var clockFile: String?

    func run() async throws {
        try await CommandFailure.explained {
            let settings = try await common.settings([
                "host": host, "port": port.map(String.init), "tlsCert": tlsCert, "tlsKey": tlsKey,
                "allowHttp": allowHttp ? "true" : nil, "trustProxy": trustProxy ? "true" : nil, "backups": backups,
                "secondBackups": secondBackups, "logLevel": logLevel, "clockFile": clockFile,
                "publicListen": publicListen, "publicBaseUrl": publicBaseUrl,
                "publicTrustProxy": publicTrustProxy ? "true" : nil,
            ])
            let listening = try Listening(settings)
            let visitors = try Listening.forVisitors(settings, beside: listening)
            LoggingSystem.bootstrap { _ in KeyValueLog() }
            var logger = Logger(label: "menya")
            logger.logLevel = settings.text("logLevel").flatMap(Logger.Level.init(rawValue:)) ?? .info
            // Held until the process ends.
            let lock = try OpenedDatabase.lock(settings.location)
            let opened = try await OpenedDatabase.open(settings.location, mayCreate: true)
            _ = try await opened.migrate(settings, now: Now.timestamp)
            let clock = try await Self.clock(settings, opened.db, listening)
            let parts = try await Composition.parts(
                settings, opened, options: listening.options, clock: clock, logger: logger)
            // Its passwords are printed for everybody (design §6).
            guard !parts.isDemo || (listening.isLoopback && visitors?.isLoopback != false) else {
                throw CommandFailure("演示数据的密码人人知道，只能在本机地址上打开；请去掉 --host，或另建正式的数据文件夹")
            }
            try await serve(parts, listening, visitors)
            await opened.db.close()
            lock?.release()
        }
    }

    private func serve(_ parts: Composition.Parts, _ listening: Listening, _ visitors: Listening?) async throws {
        let url = listening.url
        var services = Composition.services(parts)
        if let visitors { services.append(try Self.publicSide(parts, visitors)) }
        let setupCode = parts.app.setupCode
        let app = Application(
            router: WebServer(parts.app).router(), server: try listening.server(),
            configuration: ApplicationConfiguration(
                address: .hostname(listening.host, port: listening.port), serverName: nil, backlog: 512),
            services: services,
            onServerRunning: { _ in
                Console.say("门牙已启动：\(url)")
                if let visitors { Console.say("客人的页面：\(visitors.url)/book") }
                if let setupCode {
                    Console.say("第一次使用：在浏览器里打开上面的地址。设置页要填的一次性代码是 \(setupCode)")
                    Console.say("恢复单请另开一个窗口用 menya key export 打印，抄好收进保险柜。")
                }
            }, logger: parts.logger)
        try await app.runService()
        parts.logger.info("stopped")
    }

    /// The second port: the same program, without a staff side.
    private static func publicSide(_ parts: Composition.Parts, _ visitors: Listening) throws -> any Service {
        var app = parts.app
        var options = visitors.options
        options.publicBaseURL = app.options.publicBaseURL
        options.siteName = app.options.siteName
        options.sitePhone = app.options.sitePhone
        app.options = options
        return Application(
            router: WebServer(app, side: .visitors).router(), server: try visitors.server(),
            configuration: ApplicationConfiguration(
                address: .hostname(visitors.host, port: visitors.port), serverName: nil, backlog: 512),
            logger: parts.logger)
    }

    /// - Throws: `CommandFailure` when a test clock is asked for where real people work.
    private static func clock(
        _ settings: Settings, _ db: any Database, _ listening: Listening
    ) async throws -> ServerClock {
        guard let file = settings.text("clockFile") else { return ServerClock(file: nil) }
        let isDemo = try await db.read { try Organisation.find(in: $0)?.isDemo ?? false }
        guard isDemo, listening.isLoopback else {
            throw CommandFailure("--clock-file 只能用于演示数据，并且只在本机地址上")
        }
        return ServerClock(file: file)
    }
}

/// Where and how the server listens. Nothing unencrypted leaves the machine by accident.
struct Listening: Sendable {
    let host: String
    let port: Int
    let isLoopback: Bool
    let options: WebOptions
    private let certificate: (chain: String, key: String)?

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
        options.trustsProxy = settings.isOn("trustProxy")
        if !isLoopback, certificate == nil, !options.trustsProxy {
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
        options.trustsProxy = settings.isOn("publicTrustProxy")
        guard isLoopback || certificate != nil || options.trustsProxy || settings.isOn("allowHttp") else {
            throw CommandFailure(
                "客人的页面在 \(host) 上用不加密的 http，姓名和电话会被看到。请给出 --tls-cert 和 --tls-key，或在前面放代理并加 --public-trust-proxy")
        }
        self.options = options
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
        guard let certificate else { return .http1() }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate.chain).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let key = try NIOSSLPrivateKey(file: certificate.key, format: .pem)
            return try .tls(
                .http1(),
                tlsConfiguration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key)))
        } catch {
            throw CommandFailure("证书读不出来：\(error)")
        }
    }
}
