import Kernel
import Storage

/// What a booking asks of other features: whether its items can be done, and whether somebody is angry.
extension Booking {
    /// R3.43: what cannot be done on the day is not booked, or is with a reason that is kept.
    static func checkEpidemic(
        _ appointment: inout Appointment, _ command: PlaceAppointment, _ work: Work, in tx: any ReadTransaction
    ) throws {
        let passed = try EpidemicItems.check(
            appointment.items.map(\.itemID), on: appointment.day, reason: command.overrideReason, by: work, in: tx)
        guard passed, appointment.override == nil, let reason = command.overrideReason?.nonBlank else { return }
        _ = try BookingRules.check(
            reason, note: command.overrideNote, in: .override, field: "overrideReason", noteField: "overrideNote",
            work.playbook)
        appointment.override = RuleOverride(
            rule: .epidemicSuspendedItems, reason: reason, note: command.overrideNote?.nonBlank)
    }

    /// R3.60: whoever leaves a doctor out of anger has a linked complaint, made with the booking itself.
    static func takeComplaint(
        _ appointment: Appointment, left: ID<Staff>?, words: String?, _ work: Work, in tx: any WriteTransaction
    ) throws {
        guard appointment.doctorChangeReason == Self.dissatisfied,
            work.playbook.level(of: .dissatisfiedDoctorChange) != .off
        else { return }
        _ = try Complaints.doctorChange(
            patient: appointment.patientID, appointment: appointment.id, left: left, words: words, by: work, in: tx)
    }

    /// Code of list `doctorChange`.
    private static let dissatisfied = "dissatisfied"
}
