import Kernel
import Storage

/// One line of the ledger.
package struct RotationTurn: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, SQLBindable {
        case taken, skipped, returned, calibrated
        package var label: String {
            switch self {
            case .taken: "轮到"
            case .skipped: "跳过（保留）"
            case .returned: "退回"
            case .calibrated: "新加入"
            }
        }
    }
    package let id: ID<RotationTurn>
    package let doctorID: ID<Staff>
    package let kind: Kind
    package let day: Day
    package let appointmentID: ID<Appointment>?
    package let reason: String
    package let recordedAt: Timestamp
}
