import Clinic

/// When a checklist is done, in words.
enum ScheduleText {
    /// "每班：早班 08:00–09:00、午班 13:00–14:00", "每天：开门前 07:30–09:00"
    static func text(_ list: ChecklistDefinition, _ playbook: Playbook) -> String {
        func clock(_ clock: TaskRule.Clock) -> String { SettingValue.clockText(playbook.minutes(clock)) }
        let windows = list.windows.map { "\($0.label) \(clock($0.from))–\(clock($0.due))" }.joined(separator: "、")
        switch list.every {
        case .day: return "每天：\(windows)"
        case .shift: return "每班：\(windows)"
        case .room: return "每间诊室：\(windows)"
        case .demand: return "\(playbook.role(list.role)?.name ?? "")随时开始"
        case .event: return "有事就做"
        }
    }
}
