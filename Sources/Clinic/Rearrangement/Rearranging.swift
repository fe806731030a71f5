import Kernel
import Storage

/// Why a red booking cannot be settled this way.
package enum RearrangeError: UserFacingError, Hashable {
    /// R2.17
    case callDoctorFirst(name: String)
    /// R2.17: after an unannounced change only the supervisor names somebody.
    case supervisorFirst

    package var kind: FailureKind { .forbidden }
    package var userMessage: String {
        switch self {
        case .callDoctorFirst(let name): "\(name)医生今天临时不来：请先给医生打电话并记下结果，再安排客人"
        case .supervisorFirst: "医生今天临时不来，由主管安排接诊医生，请叫主管处理"
        }
    }
}

/// Bookings whose doctor turned to rest, and what is done about each (R3.34).
package struct RearrangeList: Sendable {
    package struct Entry: Hashable, Sendable {
        package let displaced: Displaced
        package let appointment: Appointment
        package let patientName: String
        package let phone: String?
        package let doctorName: String
        /// The change came on the day itself: nobody was told (R2.17).
        package let isUnannounced: Bool
        /// The customer is here already.
        package let hasArrived: Bool
    }

    /// First day first.
    package let entries: [Entry]
    package let calls: [DoctorCall]
    /// Names of everybody in `calls`.
    package let names: [ID<Staff>: String]

    package func calls(of doctor: ID<Staff>, about day: Day) -> [DoctorCall] {
        calls.filter { $0.doctorID == doctor && $0.day == day }
    }
}

extension RearrangeList {
    /// Everything that is red in the clinic.
    package static func load(by work: Work, in tx: any ReadTransaction) throws -> RearrangeList {
        let clinic = work.clinic.id
        let open = try DisplacedStore.listOpen(clinic: clinic, in: tx)
        let bookings = try AppointmentStore.list(
            open.map(\.appointmentID), clinic: clinic, in: tx)
        let byID = Dictionary(bookings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let briefs = try PatientStore.briefs(bookings.map(\.patientID), today: work.today, in: tx)
        let people = Dictionary(briefs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let calls = try open.map(\.day).min().map { try DoctorCallStore.list(clinic: clinic, from: $0, in: tx) } ?? []
        let names = try StaffStore.names(
            Set(open.map(\.doctorID) + calls.map(\.calledBy)), in: tx)
        let arrived = try AppointmentStore.arrived(open.map(\.appointmentID), in: tx)
        return RearrangeList(
            entries: open.compactMap { displaced in
                guard let booking = byID[displaced.appointmentID] else { return nil }
                return Entry(
                    displaced: displaced, appointment: booking, patientName: people[booking.patientID]?.name ?? "客人",
                    phone: people[booking.patientID]?.phone, doctorName: names[displaced.doctorID] ?? "",
                    isUnannounced: RearrangeRules.isUnannounced(displaced, calendar: work.clinic.calendar),
                    hasArrived: arrived.contains(booking.id))
            }, calls: calls, names: names)
    }
}

package enum RearrangeRules {
    /// The doctor turned to rest on the very day: the customer is on the way (R2.17).
    package static func isUnannounced(_ d: Displaced, calendar: ClinicCalendar) -> Bool {
        calendar.businessDay(of: d.foundAt) >= d.day
    }

    /// What stands before another doctor for an unannounced change (R2.17). Levels above "remind" stop people below the
    /// supervisor.
    package static func check(
        isUnannounced: Bool, hasCalled: Bool, doctor: String, level: Level, actor: Actor
    ) throws(RearrangeError) {
        guard isUnannounced else { return }
        switch level {
        case .remind, .off: return
        case .fixed, .require: break
        }
        guard hasCalled else { throw .callDoctorFirst(name: doctor) }
        guard actor.may(.assignSpecialCases) else { throw .supervisorFirst }
    }
}

/// Settles red bookings in place.
package enum Rearranging {
    /// Codes of the playbook for what the clinic changes because a doctor does not work.
    package static let reason = "doctorOff"

    /// To another doctor at the same time, as the rules say: the first free one in the order of room numbers (R2.24).
    /// - Throws: `RearrangeError`, `AssignmentError`, `BookingError`.
    package static func reassign(
        _ id: ID<Appointment>, version: Int, note: String? = nil, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try checkCall(id, work, in: tx)
        return try Assigning.reassign(id, version: version, reason: reason, note: note, by: work, in: tx)
    }

    /// To a doctor the desk or the customer named.
    package static func move(
        _ id: ID<Appointment>, version: Int, to slot: Slot, note: String? = nil, by work: Work,
        in tx: any WriteTransaction
    ) throws -> Appointment {
        let before = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
        if slot.doctorID != before.doctorID { try checkCall(id, work, in: tx) }
        return try Booking.move(
            MoveAppointment(
                id: id, version: version, to: slot, reason: reason, note: note,
                doctorChangeReason: slot.doctorID == before.doctorID ? nil : reason), by: work, in: tx)
    }

    package static func cancel(
        _ id: ID<Appointment>, version: Int, note: String? = nil, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try Booking.cancel(
            CancelAppointment(id: id, version: version, reason: reason, note: note), by: work, in: tx)
    }

    private static func checkCall(_ id: ID<Appointment>, _ work: Work, in tx: any ReadTransaction) throws {
        guard let displaced = try DisplacedStore.findOpen(id, in: tx) else { return }
        let name = try StaffStore.names([displaced.doctorID], in: tx)[displaced.doctorID] ?? ""
        try RearrangeRules.check(
            isUnannounced: RearrangeRules.isUnannounced(displaced, calendar: work.clinic.calendar),
            hasCalled: try DoctorCallStore.hasCalled(
                displaced.doctorID, about: displaced.day, clinic: work.clinic.id, in: tx),
            doctor: name, level: work.playbook.level(of: .unnotifiedRestDay), actor: work.actor)
    }
}
