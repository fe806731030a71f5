import ArgumentParser
import Clinic
import Kernel
import Storage
import StorageSQLite

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "核对数据：记录链、账目、编号、时段、待办、密钥。有一处不对就返回 1。")
    @OptionGroup var common: CommonOptions
    @Flag(help: "从第一条记录查起，通过后记下查到哪里；不加时从上次记下的地方查起。") var all = false

    func run() async throws {
        try await CommandFailure.explained {
            let settings = try await common.settings()
            let opened = try await OpenedDatabase.openCurrent(settings.location)
            let breach = try await verify(opened, settings)
            await opened.db.close()
            if let breach { throw CommandFailure("核对没有通过：\(breach)") }
            Console.say("核对通过。")
        }
    }

    /// - Returns: the first breach in words; nil when everything holds.
    private func verify(_ opened: OpenedDatabase, _ settings: Settings) async throws -> String? {
        var rows: [[String]] = []
        if let sqlite = opened.sqlite {
            Console.progress("检查数据库文件 …")
            let faults = try await sqlite.integrityCheck()
            rows.append([faults.isEmpty ? "通过" : "不对", "engine.integrity", "数据库文件完整，外键都有着落", "1"])
            if let fault = faults.first {
                Console.say(Console.table(rows))
                return fault
            }
        }
        let scope = VerificationScope(
            now: Now.timestamp, isComplete: all, cipher: try cipher(settings),
            playbook: try Playbook.load(from: settings.playbookFolder))
        let results = try await Verification.run(opened.db, scope: scope) { result in
            Console.progress("\(result.title) …")
            let mark = result.finding.breach == nil ? "通过" : "不对"
            rows.append([mark, result.id, result.title, String(result.finding.looked)])
        }
        Console.endProgress()
        Console.say(Console.table(rows))
        if let breach = results.last?.finding.breach { return "\(breach.table) \(breach.row)：\(breach.problem)" }
        try await closeChains(opened.db, scope.now)
        return nil
    }

    private func closeChains(_ db: any Database, _ now: Timestamp) async throws {
        let heads = try await db.read { try Verification.heads(in: $0) }
        for head in heads { Console.say("链头 lane \(head.lane) 第 \(head.seq) 条 \(head.hash)") }
        guard all else { return }
        for head in heads {
            try await db.write(in: Lane(key: head.lane), telling: .nothing) { tx in
                try Verification.anchor([head], at: now, in: tx)
            }
        }
    }

    /// nil where no key file is: the values are then not opened, and the summary says 0.
    private func cipher(_ settings: Settings) throws -> FieldCipher? {
        settings.keyFile.exists ? FieldCipher(ring: try settings.keyFile.read()) : nil
    }
}
