/// Lengths of time in words.
enum DurationText {
    /// "16 分钟", "1 小时 36 分", "2 天".
    static func text(minutes: Int) -> String {
        switch minutes {
        case ..<1: "不到 1 分钟"
        case ..<60: "\(minutes) 分钟"
        case ..<1_440: minutes % 60 == 0 ? "\(minutes / 60) 小时" : "\(minutes / 60) 小时 \(minutes % 60) 分"
        default: "\(minutes / 1_440) 天"
        }
    }
}
