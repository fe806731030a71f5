import ArgumentParser
import Clinic
import ClinicWeb
import Crypto
import Foundation
import Kernel
import Storage
import StorageSQLite

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "在空数据库里建一个演示门诊：过去九十天和今天上午。")
    @OptionGroup var common: CommonOptions
    @Option(help: "随机种子；同样的种子得到同样的门诊。") var seed: UInt64 = 42
    @Option(help: "「现在」的 ISO 时刻；不写就是此刻。") var endingAt: String?

    func run() async throws {
        try await CommandFailure.explained {
            let settings = try await common.settings()
            let lock = try OpenedDatabase.lock(settings.location)
            defer { lock?.release() }
            let opened = try await OpenedDatabase.open(settings.location, mayCreate: true)
            _ = try await opened.migrate(settings, now: Now.timestamp)
            guard try await opened.db.read({ try Organisation.find(in: $0) }) == nil else {
                throw CommandFailure("这个数据库里已有数据，演示不会动它；请用 --data 指一个新文件夹")
            }
            try await fill(opened.db, settings)
            await opened.db.close()
        }
    }

    private func now() throws -> Timestamp {
        guard let endingAt else { return Now.timestamp }
        guard let date = try? Date(endingAt, strategy: .iso8601) else {
            throw CommandFailure("--ending-at 应是 ISO 时刻，例如 2026-03-12T10:00:00+08:00")
        }
        return Timestamp(milliseconds: Int64(date.timeIntervalSince1970 * 1_000))
    }

    private func fill(_ db: any Database, _ settings: Settings) async throws {
        let ring = try Composition.keyRing(settings, nil)
        let playbook = try Playbook.load(from: settings.playbookFolder)
        let summary = try await Demo.fill(
            database: db, playbook: playbook, fingerprint: ring.fingerprint, endingAt: try now(), seed: seed,
            hash: try await Self.hash(DemoSummary.password, .password),
            pinHash: try await Self.hash(DemoSummary.pin, .pin)
        ) { Console.progress($0) }
        Console.endProgress()
        Console.say("\(summary.clinic)：\(summary.patients) 位客人，过去 \(summary.days) 天。")
        Console.say("所有账号的密码 \(DemoSummary.password)，PIN \(DemoSummary.pin)：")
        let names = Dictionary(playbook.roles.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        let rows = DemoSummary.signIns.map { entry in
            [entry.login, entry.name, entry.roles.map { names[$0] ?? $0 }.joined(separator: "、")]
        }
        Console.say(Console.table([["登录名", "姓名", "岗位"]] + rows))
        Console.say("启动后，候诊区大屏的地址是 http://127.0.0.1:8080\(HallPaths.screen(summary.hallScreen))（端口以 serve 为准）")
    }

    private static func hash(_ secret: String, _ cost: PasswordHash.Cost) async throws -> String {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        return try await HashingQueue.make(secret, salt: salt, cost: cost)
    }
}
