import Clinic
import ClinicWeb
import Kernel
import Storage

/// The strips on every page. What needs the database is looked up by a job and kept here.
final class BannerBoard: Sendable {
    private let fixed: [BannerView]
    private let backupBanner = Guarded<BannerView?>(nil)

    init(isDemo: Bool, isPlainHTTP: Bool) {
        var fixed: [BannerView] = []
        if isDemo {
            fixed.append(BannerView(tone: "warning", strong: "演示数据", text: "这是演示门诊，请不要登记真实客人。"))
        }
        if isPlainHTTP {
            fixed.append(
                BannerView(tone: "danger", strong: "连接没有加密", text: "同一网络里的人可以看到内容，请让管理员配置证书。"))
        }
        self.fixed = fixed
    }

    var banners: [BannerView] { fixed + [backupBanner.withLock { $0 }].compactMap { $0 } }

    /// Red when the last good backup is older than 26 hours.
    func refreshBackup(_ db: any Database, now: Timestamp) async throws {
        let last = try await db.read { try BackupLog.lastGood(in: $0) }
        let hours = last.map { now.minutes(since: $0) / 60 }
        let banner: BannerView? =
            if let hours, hours < BackupLog.staleHours { nil } else {
                BannerView(
                    tone: "danger", strong: "备份过期",
                    text: hours.map { "最近一次成功的备份在 \($0) 小时前，请管理员检查备份文件夹。" } ?? "还没有成功的备份，请管理员检查备份文件夹。")
            }
        backupBanner.withLock { $0 = banner }
    }
}
