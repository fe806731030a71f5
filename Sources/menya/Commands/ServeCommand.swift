import ArgumentParser
import Clinic
import ClinicWeb
import Foundation
import Hummingbird
import HummingbirdCore
import Kernel
import Logging
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
    @Option(help: "前面有自己的代理：只相信从它的地址来的 X-Forwarded-… 头。本机的写 loopback，否则写地址或网段，用逗号分开。")
    var trustProxy: String?
    @Option(help: "给客人用的第二个端口，地址:端口；那里只有对外的页面，没有员工页面。") var publicListen: String?
    @Option(help: "客人打开对外页面的网址，例如 https://yuyue.example.cn；不给就没有“给客人的链接”。") var publicBaseUrl: String?
    @Option(help: "对外端口前面的代理，写法和 --trust-proxy 一样。") var publicTrustProxy: String?
    @Option(help: "对外端口上同时最多几条连接（默认 400）。") var publicConnections: Int?
    @Option(help: "对外端口上几秒没有动静就断开（默认 20）。") var publicIdleSeconds: Int?
    @Option(help: "备份文件夹（默认数据文件夹里的 backups）。") var backups: String?
    @Option(help: "第二个备份文件夹。") var secondBackups: String?
    @Option(help: "日志级别：debug、info、warning、error（默认 info）。") var logLevel: String?
    @Option(help: "演示用时钟文件：一个 ISO 时刻，或 +秒数。只用于演示数据和本机地址。") var clockFile: String?

    func run() async throws {
        try await CommandFailure.explained {
            let settings = try await common.settings([
                "host": host, "port": port.map(String.init), "tlsCert": tlsCert, "tlsKey": tlsKey,
                "allowHttp": allowHttp ? "true" : nil, "trustProxy": trustProxy, "backups": backups,
                "secondBackups": secondBackups, "logLevel": logLevel, "clockFile": clockFile,
                "publicListen": publicListen, "publicBaseUrl": publicBaseUrl,
                "publicTrustProxy": publicTrustProxy, "publicConnections": publicConnections.map(String.init),
                "publicIdleSeconds": publicIdleSeconds.map(String.init),
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
                address: .hostname(visitors.host, port: visitors.port), serverName: nil, backlog: 512,
                availableConnectionsDelegate: visitors.guards.map { MaximumAvailableConnections($0.connections) }),
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
