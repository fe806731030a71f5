import ArgumentParser
import Clinic
import Kernel
import Storage

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "做一份备份：复制、重新打开核对、写清单；运行中也可以做。")
    @OptionGroup var common: CommonOptions
    @Option(help: "备份文件夹（默认数据文件夹里的 backups）。") var backups: String?
    @Option(help: "第二个备份文件夹，最好在另一块磁盘上。") var secondBackups: String?

    func run() async throws {
        try await CommandFailure.explained {
            let settings = try await common.settings(["backups": backups, "secondBackups": secondBackups])
            for folder in [settings.data, settings.backupFolder] + [settings.secondBackupFolder].compactMap({ $0 }) {
                try settings.keyFile.requireOutside(folder)
            }
            let opened = try await OpenedDatabase.openCurrent(settings.location)
            Console.progress("复制并核对 …")
            let manifest = try await BackupJob(opened: opened, settings: settings).run(now: Now.timestamp)
            Console.endProgress()
            Console.say("备份完成：\(settings.backupFolder)/\(manifest.file)（\(manifest.bytes) 字节，已重新打开核对）")
            if let second = settings.secondBackupFolder { Console.say("第二份：\(second)/\(manifest.file)") }
            await opened.db.close()
        }
    }
}
