import Kernel

/// Whose turn it is (R3.15). Pure.
///
/// Each turn is shared out among the doctors who were there for it: everybody earns an equal part, and who gets the customer
/// pays a whole turn. The next in turn is whoever has most left, then the lowest employee number. So doctors who are there
/// equally often get equally many customers, within one; who had no time keeps what was earned; who was away earned nothing
/// and neither catches up nor falls behind.
package enum RotationRules {
    /// Shares of one turn; divides evenly among up to 16 doctors.
    package static let turn: Int64 = 720_720

    /// What each of `present` doctors earns with one turn.
    package static func share(present: Int) -> Int64 { turn / Int64(max(1, present)) }

    /// Where somebody without an account begins: in the middle of the others, so that a newcomer is neither flooded nor kept
    /// waiting.
    package static func calibrated(among others: [RotationBalance]) -> Int64 {
        others.isEmpty ? 0 : others.map(\.value).reduce(0, +) / Int64(others.count)
    }

    /// Shares in tenths of a turn, rounded, half away from zero.
    package static func tenths(_ shares: Int64) -> Int {
        Int((shares * 20 + (shares < 0 ? -turn : turn)) / (2 * turn))
    }

    /// In the order of their turns.
    package static func order(_ doctors: [RotationBalance]) -> [RotationBalance] {
        doctors.sorted { ($1.value, $0.employeeNumber) < ($0.value, $1.employeeNumber) }
    }
}

/// What one doctor earned and had.
package struct RotationBalance: Hashable, Sendable {
    package let doctorID: ID<Staff>
    package let employeeNumber: String
    /// Shares earned.
    package let credit: Int64
    /// Turns had; returned ones do not count.
    package let taken: Int
    package init(doctorID: ID<Staff>, employeeNumber: String, credit: Int64, taken: Int) {
        self.doctorID = doctorID
        self.employeeNumber = employeeNumber
        self.credit = credit
        self.taken = taken
    }
    /// Shares left; the highest is next.
    package var value: Int64 { credit - Int64(taken) * RotationRules.turn }
}
