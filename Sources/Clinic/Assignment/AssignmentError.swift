import Kernel

/// Why no doctor can be assigned.
package enum AssignmentError: UserFacingError, Hashable {
    case patientMissing
    case timeMissing
    /// Nobody who may take the customer is free then; the text says why of the nearest.
    case nobodyFree(why: String)
    /// R3.14: the treating doctor has no time then.
    case originalBusy(why: String)
    /// R2.20: nobody fits what the customer insists on.
    case nobodyAsWished(wish: String)
    /// A demand of a rule at level "require" or "fixed".
    /// - Parameter doctor: whose customer it is.
    case demanded(text: String, field: String, doctor: ID<Staff>?)
    case unknownDoctor
    /// R3.51: only small items give way.
    case notSmall(name: String)
    /// R3.51: it does not stand in the way.
    case notInTheWay(name: String)
    case invalidLevel

    package var kind: FailureKind {
        switch self {
        case .nobodyFree, .originalBusy, .nobodyAsWished: .conflict
        case .demanded: .forbidden
        default: .invalid
        }
    }

    package var userMessage: String {
        switch self {
        case .patientMissing: "请先选择客人，或登记新客人"
        case .timeMissing: "请先选择日期和时间"
        case .nobodyFree(let why): "这个时间没有医生可以接诊（\(why)），请换时间"
        case .originalBusy(let why): "\(why)；请换时间，或选择换医生的原因"
        case .nobodyAsWished(let wish): "没有符合要求（\(wish)）的医生在这个时间上班，请换时间或和客人商量"
        case .demanded(let text, _, _): text
        case .unknownDoctor: "这位医生不在本门诊的名单上，请重新选择"
        case .notSmall(let name): "\(name)的预约是大项目，不能为别人让位"
        case .notInTheWay(let name): "\(name)的预约不在这段时间，不用让位"
        case .invalidLevel: "级别填 0 到 3"
        }
    }

    package var field: String? {
        switch self {
        case .patientMissing: "patient"
        case .timeMissing, .nobodyFree: "start"
        case .originalBusy: "doctorChangeReason"
        case .nobodyAsWished: "wish"
        case .demanded(_, let field, _): field
        case .unknownDoctor: "doctor"
        case .notSmall, .notInTheWay: "displaced"
        case .invalidLevel: "level"
        }
    }
}
