/// What the log can be narrowed to: events by what they are about.
enum EventGroup: String, CaseIterable {
    case appointment, reception, patient, money, task, staff, standard, place, roster, system

    var label: String {
        switch self {
        case .appointment: "预约"
        case .reception: "到诊与就诊"
        case .patient: "客人资料"
        case .money: "收费与收据"
        case .task: "任务与回访"
        case .staff: "登录与账号"
        case .standard: "设置与价目"
        case .place: "门诊、诊室、牙椅"
        case .roster: "排班"
        case .system: "系统"
        }
    }

    /// Subject kinds as the log has them.
    var subjectKinds: [String] {
        switch self {
        case .appointment: ["appointment"]
        case .reception: ["visit", "note", "message"]
        case .patient: ["patient", "phone", "document"]
        case .money: ["sheet", "receipt"]
        case .task: ["task"]
        case .staff: ["staff"]
        case .standard: ["playbook", "item", "catalogue"]
        case .place: ["clinic", "room", "chair"]
        case .roster: ["roster"]
        case .system: ["key", "audit"]
        }
    }
}
