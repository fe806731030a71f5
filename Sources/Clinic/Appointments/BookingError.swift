import Kernel

/// Why a booking cannot be placed, moved or changed.
package enum BookingError: UserFacingError, Hashable {
    /// R3.32, fixed: doctor, chair or customer is taken.
    case taken(TakenUnits)
    case inThePast
    /// R3.01
    case badLength
    case beyondMidnight
    /// R3.08: the text says when the doctor works that day.
    case outsideRoster(doctor: String, works: String)
    /// R3.08 with a capability but without a reason.
    case outsideRosterNeedsReason(doctor: String, works: String)
    /// R3.41: as many customers as the clinic takes at once.
    case crowded(visitors: Int, ceiling: Int)
    /// R3.14: when the clinic demands it.
    case doctorChangeNeedsReason(treating: String)
    case squeezeNeedsReason
    case notADoctor(name: String)
    case otherChair
    case noItem
    /// R3.07, when the clinic demands it.
    case deskReasonMissing
    case unknownCode(field: String)
    case noteMissing(field: String)
    case alreadyArrived
    case alreadyCancelled
    case alreadyMissed
    case nothingChanged
    /// R3.35: a no-show is marked after the start.
    case tooEarlyForMissed(start: String)
    case nothingToUndo(seconds: Int)

    package var kind: FailureKind {
        switch self {
        case .taken, .alreadyArrived, .alreadyCancelled, .alreadyMissed, .nothingToUndo: .conflict
        case .outsideRoster, .crowded: .forbidden
        default: .invalid
        }
    }

    package var userMessage: String {
        switch self {
        case .taken(let units): units.message
        case .inThePast: "这个时间已经过去，请选现在以后的时间"
        case .badLength: "时长以 15 分钟为单位，至少 1 个单位，请重新选择"
        case .beyondMidnight: "时长超过了当天，请提前开始或缩短时长"
        case .outsideRoster(let doctor, let works):
            "\(doctor)医生\(works)，不能约在排班以外；请换时间，或请主管处理"
        case .outsideRosterNeedsReason(let doctor, let works):
            "\(doctor)医生\(works)，约在排班以外请选择原因"
        case .crowded(let visitors, let ceiling):
            "这个时段已有 \(visitors) 位客人，最多接待 \(ceiling) 位，请换时间，或请有权限的同事写明原因"
        case .doctorChangeNeedsReason(let treating): "一直由\(treating)医生看诊，换医生请选择原因"
        case .squeezeNeedsReason: "加号请选择原因"
        case .notADoctor(let name): "\(name)不在本门诊的医生名单上，请换一位医生"
        case .otherChair: "这张牙椅不在本门诊，请重新选择"
        case .noItem: "所选项目已停用，请重新选择项目"
        case .deskReasonMissing: "当场预约请选择原因"
        case .unknownCode: "请从列表里选择"
        case .noteMissing: "选“其他”时请写一句说明"
        case .alreadyArrived: "客人已经到诊，请在接待页处理"
        case .alreadyCancelled: "这条预约已经取消，需要再来请新约一次"
        case .alreadyMissed: "这条预约已标记未到，需要再来请新约一次"
        case .nothingChanged: "时间、医生和椅位都没有变，不用改约"
        case .tooEarlyForMissed(let start): "还没到预约时间 \(start)，不能标记未到"
        case .nothingToUndo(let seconds): "撤销只在 \(seconds) 秒内、由本人进行；请用改约或重新预约"
        }
    }

    package var field: String? {
        switch self {
        case .taken(let units): units.resource.field
        case .inThePast, .beyondMidnight, .nothingChanged, .crowded: "start"
        case .badLength: "units"
        case .outsideRoster, .outsideRosterNeedsReason: "overrideReason"
        case .doctorChangeNeedsReason: "doctorChangeReason"
        case .squeezeNeedsReason: "squeezeReason"
        case .notADoctor: "doctor"
        case .otherChair: "chair"
        case .noItem: "item"
        case .deskReasonMissing: "deskReason"
        case .unknownCode(let field), .noteMissing(let field): field
        default: nil
        }
    }

    package var obstacle: Obstacle? {
        guard case .taken(let units) = self else { return nil }
        return units.obstacle
    }
}
