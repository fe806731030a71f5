import Kernel
import Storage

/// Keeps the ledger of turns equal to what became of the bookings that used one (R3.15).
enum RotationTurns {
    /// The doctor has had the turn, unless the customer never came or the clinic dropped the booking.
    static func settle(_ a: Appointment, by work: Work, in tx: any WriteTransaction) throws {
        guard a.ruleApplied == .rotation else { return }
        if a.missed != nil {
            try Rotation.giveBack(a.id, reason: "客人未到", by: work, in: tx)
        } else if a.cancellation?.side == .clinic {
            try Rotation.giveBack(a.id, reason: "门诊取消", by: work, in: tx)
        } else {
            try Rotation.takeAgain(a.id, by: work, in: tx)
        }
    }

    /// Somebody else sees the customer.
    static func giveBack(_ before: Appointment, reason: String, by work: Work, in tx: any WriteTransaction) throws {
        guard before.ruleApplied == .rotation else { return }
        try Rotation.giveBack(before.id, reason: reason, by: work, in: tx)
    }
}
