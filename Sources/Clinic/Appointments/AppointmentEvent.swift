import Kernel

/// The events of a booking, with the words the history and refusals use for them.
package enum AppointmentEvent {
    package static let placed = "appointment.placed"
    package static let moved = "appointment.moved"
    package static let lengthChanged = "appointment.lengthChanged"
    package static let edited = "appointment.edited"
    package static let confirmed = "appointment.confirmed"
    package static let unconfirmed = "appointment.unconfirmed"
    package static let cancelled = "appointment.cancelled"
    package static let missed = "appointment.missed"
    package static let undone = "appointment.undone"
    package static let displaced = "appointment.displaced"
    package static let settled = "appointment.settled"
    package static let noted = "appointment.noted"
    package static let requested = "appointment.requested"
    package static let answered = "appointment.answered"
    package static let handed = "appointment.handed"
    package static let handedSettled = "appointment.handedSettled"

    package static func label(of kind: String) -> String {
        switch kind {
        case placed: "新约"
        case moved: "改了时间、医生或椅位"
        case lengthChanged: "改了时长"
        case edited: "改了主诉、项目或备注"
        case confirmed: "记了确认"
        case unconfirmed: "取消了确认"
        case cancelled: "取消了预约"
        case missed: "标记了未到"
        case undone: "撤销了上一步"
        case displaced: "标记了医生不上班"
        case settled: "重新安排了"
        case noted: "记了沟通"
        case requested: "请门诊确认"
        case answered: "门诊答复了请求"
        case handed: "交给了上级定"
        case handedSettled: "上级定下了"
        default: "改动了预约"
        }
    }

    static func slot(_ slot: Slot) -> JSONValue {
        [
            "day": JSONValue(slot.day), "start": .text(slot.start.clockText), "units": JSONValue(slot.units),
            "doctor": JSONValue(slot.doctorID), "chair": JSONValue(slot.chairID),
        ]
    }
}
