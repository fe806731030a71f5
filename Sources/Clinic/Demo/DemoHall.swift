import Kernel
import Storage

/// The hall of the demo: a paired television, notices, the broadcasts of the morning.
enum DemoHall {
    /// - Returns: the secret of the screen's address.
    static func furnish(
        _ clinic: DemoClinic, at now: Timestamp, seed: UInt64, in tx: any WriteTransaction
    ) throws -> PublicToken {
        var dice = DemoDice(seed: seed)
        let token = PublicToken(bytes: (0..<PublicToken.byteCount).map { _ in UInt8(dice.number(0...255)) })
        let head = clinic.work("yuanzhang", at: now)
        _ = try DeviceLinks.pair(name: "候诊区大屏", token: token, by: head, in: tx)
        _ = try ServiceWindows.open(number: 1, kind: .desk, by: head, in: tx)
        _ = try ServiceWindows.open(number: 2, kind: .cashier, by: head, in: tx)
        for (chinese, english) in notices {
            try HallNotices.set(chinese: chinese, english: english, by: head, in: tx)
        }
        try playMorning(clinic, at: now, in: tx)
        return token
    }

    /// What was due up to now was played, but for the last one: there is something to do.
    private static func playMorning(_ clinic: DemoClinic, at now: Timestamp, in tx: any WriteTransaction) throws {
        let calendar = clinic.site.calendar
        let day = calendar.businessDay(of: now)
        let due = try Broadcasts.today(by: clinic.work("houzhen", at: now), in: tx).filter {
            $0.state == .due || $0.state == .overdue
        }
        for turn in due.dropLast() {
            let played = calendar.instant(day, minute: turn.broadcast.minute).adding(seconds: 40)
            let work = clinic.work("houzhen", at: played)
            try Broadcasts.tick(turn.broadcast.code, .played, by: work, in: tx)
        }
    }

    private static let notices = [
        ("听到叫号请到屏幕上的诊室；过号请告诉前台，不用重新取号。", "Missed your number? Please tell the desk; you keep your place."),
        ("候诊区有饮水和儿童读物，需要帮助请告诉我们的工作人员。", "Water and children's books are in the waiting area. Please ask us for help."),
    ]
}
