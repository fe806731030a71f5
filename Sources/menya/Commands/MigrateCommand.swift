import ArgumentParser
import Clinic
import Storage
import StorageSQLite

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "把数据库升级到这个版本（SQLite 先自动备份）。")
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await CommandFailure.explained {
            let settings = try await common.settings()
            let lock = try OpenedDatabase.lock(settings.location)
            defer { lock?.release() }
            let opened = try await OpenedDatabase.open(settings.location, mayCreate: true)
            let applied = try await opened.migrate(settings, now: Now.timestamp)
            for id in applied { Console.say("已应用 \(id)") }
            Console.say(applied.isEmpty ? "数据库已是最新。" : "升级完成，共 \(applied.count) 步。")
            await opened.db.close()
        }
    }
}
