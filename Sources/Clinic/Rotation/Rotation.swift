import Kernel
import Storage

/// Gives turns and takes them back (R3.15).
package enum Rotation {
    /// One turn, given for a booking.
    package struct Turn: Sendable {
        package let appointmentID: ID<Appointment>
        package let day: Day
        package let taker: ID<Staff>
        /// Everybody whose turn it could have been, the taker included: they all earn their part.
        package let present: [ID<Staff>]
        /// Those who would have come before the taker and had no time, with what stood in the way.
        package let skipped: [(doctor: ID<Staff>, why: String)]
        package init(
            appointmentID: ID<Appointment>, day: Day, taker: ID<Staff>, present: [ID<Staff>],
            skipped: [(doctor: ID<Staff>, why: String)]
        ) {
            self.appointmentID = appointmentID
            self.day = day
            self.taker = taker
            self.present = present
            self.skipped = skipped
        }
    }

    /// - Parameter known: the accounts as read in this transaction; who of `present` is missing there is a newcomer.
    package static func take(
        _ turn: Turn, known: [RotationBalance], by work: Work, in tx: any WriteTransaction
    ) throws {
        let accounts = Set(known.map(\.doctorID))
        let newcomers = turn.present.filter { !accounts.contains($0) }
        let start = RotationRules.calibrated(among: known.filter { turn.present.contains($0.doctorID) })
        try RotationStore.open(newcomers, credit: start, clinic: work.clinic.id, in: tx)
        let share = RotationRules.share(present: turn.present.count)
        try RotationStore.settle(
            share: share, present: turn.present, taker: turn.taker, clinic: work.clinic.id, in: tx)
        let appointment = turn.appointmentID
        var lines = newcomers.map {
            RotationStore.Line(
                doctorID: $0, kind: .calibrated, day: work.today, appointmentID: nil, credit: start,
                reason: "第一次进入轮换，从同事的中间开始")
        }
        lines += turn.skipped.map {
            RotationStore.Line(
                doctorID: $0.doctor, kind: .skipped, day: turn.day, appointmentID: appointment, credit: 0,
                reason: $0.why)
        }
        lines.append(
            RotationStore.Line(
                doctorID: turn.taker, kind: .taken, day: turn.day, appointmentID: appointment,
                credit: share * Int64(turn.present.count), reason: "轮换"))
        try RotationStore.append(lines, by: work, in: tx)
    }

    /// The doctor gets the turn back: no-show, or cancelled by the clinic. Nothing when it is back already.
    package static func giveBack(
        _ appointment: ID<Appointment>, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard let last = try RotationStore.last(of: appointment, in: tx), last.kind == .taken else { return }
        try record(.returned, last, taken: -1, reason: reason, by: work, in: tx)
    }

    /// A return is undone: the customer comes after all.
    package static func takeAgain(
        _ appointment: ID<Appointment>, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard let last = try RotationStore.last(of: appointment, in: tx), last.kind == .returned else { return }
        try record(.taken, last, taken: 1, reason: "撤销退回", by: work, in: tx)
    }

    private static func record(
        _ kind: RotationTurn.Kind, _ last: RotationTurn, taken: Int, reason: String, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try RotationStore.change(taken: taken, of: last.doctorID, clinic: work.clinic.id, in: tx)
        try RotationStore.append(
            [
                RotationStore.Line(
                    doctorID: last.doctorID, kind: kind, day: last.day, appointmentID: last.appointmentID, credit: 0,
                    reason: reason)
            ], by: work, in: tx)
    }
}
