import Kernel
import Storage

/// A booking whose doctor does not work at its time any more. Red until somebody settles it (R3.34).
package struct Displaced: Hashable, Sendable {
    package enum Settled: String, Hashable, Sendable, SQLBindable, CaseIterable {
        case moved, reassigned, cancelled, missed, arrived, restored
        package var label: String {
            switch self {
            case .moved: "已改约"
            case .reassigned: "已换医生"
            case .cancelled: "已取消"
            case .missed: "未到"
            case .arrived: "到店后已安排"
            case .restored: "排班已恢复"
            }
        }
    }
    package let id: ID<Displaced>
    package let appointmentID: ID<Appointment>
    /// Who does not work then.
    package let doctorID: ID<Staff>
    package let day: Day
    /// The reason given with the change of the roster.
    package let cause: String
    package let foundAt: Timestamp
    package let settledAt: Timestamp?
    package let settledHow: Settled?
}

/// The table of displaced bookings.
package enum DisplacedStore {
    /// Not settled yet, first day first.
    package static func listOpen(
        clinic: ID<ClinicSite>, limit: Int = 200, in tx: any ReadTransaction
    ) throws -> [Displaced] {
        try list(
            "d.clinic_id = \(clinic) AND d.settled_at IS NULL ORDER BY d.day, a.start_unit, d.id LIMIT \(limit)", in: tx
        )
    }

    /// Those of one doctor and day, settled ones included.
    package static func list(
        doctor: ID<Staff>, day: Day, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [Displaced] {
        try list(
            """
            d.clinic_id = \(clinic) AND d.doctor_id = \(doctor) AND d.day = \(day)
                AND (d.settled_how IS NULL OR d.settled_how <> 'restored')
            ORDER BY a.start_unit, d.id
            """, in: tx)
    }

    package static func findOpen(
        _ id: ID<Appointment>, in tx: any ReadTransaction
    ) throws -> Displaced? {
        try list("d.appointment_id = \(id) AND d.settled_at IS NULL", in: tx).first
    }

    /// How many wait to be settled.
    package static func countOpen(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> Int {
        Int(
            try tx.first(
                "SELECT COUNT(*) AS n FROM displaced_booking WHERE clinic_id = \(clinic) AND settled_at IS NULL"
            )?.int64("n") ?? 0)
    }

    private static func list(_ condition: SQL, in tx: any ReadTransaction) throws -> [Displaced] {
        try tx.rows(
            """
            SELECT d.id, d.appointment_id, d.doctor_id, d.day, d.cause, d.found_at, d.settled_at, d.settled_how
            FROM displaced_booking d
            JOIN appointment a ON a.id = d.appointment_id
            WHERE \(condition)
            """
        ).map { row in
            Displaced(
                id: try row.id("id"), appointmentID: try row.id("appointment_id"), doctorID: try row.id("doctor_id"),
                day: try row.day("day"), cause: try row.text("cause"), foundAt: try row.timestamp("found_at"),
                settledAt: try row.timestampIfAny("settled_at"), settledHow: try row.codeIfAny("settled_how"))
        }
    }

    static func insert(
        _ id: ID<Displaced>, _ a: Appointment, cause: String, now: Timestamp, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO displaced_booking (id, appointment_id, clinic_id, doctor_id, day, cause, found_at)
            VALUES (\(id), \(a.id), \(a.clinicID), \(a.doctorID), \(a.day), \(cause), \(now))
            """)
    }

    static func settle(
        _ appointment: ID<Appointment>, _ how: Displaced.Settled, by: ID<Staff>, at now: Timestamp,
        in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE displaced_booking
            SET settled_at = \(now), settled_by = \(by), settled_how = \(how)
            WHERE appointment_id = \(appointment) AND settled_at IS NULL
            """)
    }
}

/// Which bookings a roster leaves without their doctor. Pure.
package enum DisplacedRules {
    /// A booking that was placed outside the roster on purpose is displaced only when its doctor does not work that day
    /// at all.
    package static func isDisplaced(_ a: Appointment, spans: [WorkSpan]) -> Bool {
        guard a.isLive, !RosterRules.covers(spans, a.start.index..<a.end.index) else { return false }
        return a.override?.rule != .bookingOutsideRoster || spans.isEmpty
    }

    /// How a change of a displaced booking settles it; nil: it does not.
    package static func settles(
        _ before: Displaced, _ after: Appointment, start: Unit, hasArrived: Bool
    ) -> Displaced.Settled? {
        if after.cancellation != nil { return .cancelled }
        if after.missed != nil { return .missed }
        if after.doctorID != before.doctorID { return .reassigned }
        if after.day != before.day || after.start != start { return .moved }
        return hasArrived ? .arrived : nil
    }
}

/// Keeps the list of displaced bookings equal to what the roster says.
package enum Displacements {
    /// Compares bookings with the roster after it changed: marks those without their doctor and frees those that have
    /// theirs back. Who has arrived is left alone: case ② of the desk (R2.17).
    ///
    /// - Parameters:
    ///   - doctor: nil: all doctors.
    ///   - cause: why, as the change of the roster said.
    /// - Returns: the bookings that are red now.
    @discardableResult
    package static func refresh(
        doctor: ID<Staff>?, from: Day, to: Day, cause: String, by work: Work, in tx: any WriteTransaction
    ) throws -> [Appointment] {
        let clinic = work.clinic.id
        let bookings = try AppointmentStore.listAhead(clinic: clinic, doctor: doctor, from: from, to: to, in: tx)
        guard let last = bookings.map(\.day).max() else { return [] }
        let facts = try RosterStore.load(clinic: clinic, staff: doctor, from: from, to: last, in: tx)
        let open = Set(try DisplacedStore.listOpen(clinic: clinic, limit: 5_000, in: tx).map(\.appointmentID))
        var displaced: [Appointment] = []
        for booking in bookings {
            let spans = RosterRules.spans(of: booking.doctorID, on: booking.day, facts)
            if DisplacedRules.isDisplaced(booking, spans: spans) {
                displaced.append(booking)
                if !open.contains(booking.id) { try mark(booking, cause: cause, by: work, in: tx) }
            } else if open.contains(booking.id) {
                try settle(booking, .restored, by: work, in: tx)
            }
        }
        return displaced
    }

    /// Called by every change of a booking: settles its red mark when the change answers it.
    /// - Parameter start: when the booking began before the change.
    static func follow(
        _ after: Appointment, start: Unit, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard let open = try DisplacedStore.findOpen(after.id, in: tx),
            let how = DisplacedRules.settles(open, after, start: start, hasArrived: false)
        else { return }
        try settle(after, how, by: work, in: tx)
    }

    /// After a cancellation or no-show was taken back the booking may be without its doctor again.
    static func check(_ a: Appointment, by work: Work, in tx: any WriteTransaction) throws {
        guard a.isLive, a.day >= work.today, try DisplacedStore.findOpen(a.id, in: tx) == nil else { return }
        let facts = try RosterStore.load(clinic: a.clinicID, staff: a.doctorID, from: a.day, to: a.day, in: tx)
        let spans = RosterRules.spans(of: a.doctorID, on: a.day, facts)
        guard DisplacedRules.isDisplaced(a, spans: spans) else { return }
        try mark(a, cause: facts.exceptions.first { $0.day == a.day }?.reason ?? "当天不上班", by: work, in: tx)
    }

    /// The customer came all the same and somebody else sees to it (R2.17).
    package static func settleArrived(
        _ id: ID<Appointment>, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard try DisplacedStore.findOpen(id, in: tx) != nil else { return }
        try settle(try AppointmentStore.get(id, clinic: work.clinic.id, in: tx), .arrived, by: work, in: tx)
    }

    private static func mark(
        _ a: Appointment, cause: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try DisplacedStore.insert(work.newID(), a, cause: cause, now: work.now, in: tx)
        let name = try StaffStore.names([a.doctorID], in: tx)[a.doctorID] ?? ""
        try Tasks.reconcile(
            [
                TaskFact(
                    .bookingDisplaced, of: TaskSubject(.appointment, a.id),
                    occurrence: "\(a.doctorID.text)-\(a.day.iso)",
                    anchor: work.now, anchorDay: work.today, patientID: a.patientID, holding: [],
                    recorder: work.actor.id, treatingDoctor: a.doctorID,
                    reason: "\(name)医生 \(a.day.monthDayText) 不上班：\(a.start.clockText) 的预约要重新安排")
            ], of: TaskSubject(.appointment, a.id), scope: [.bookingDisplaced], cause: "", by: work, in: tx)
        try Audit.append(
            Event(AppointmentEvent.displaced, of: a.id, patient: a.patientID, ["cause": .text(cause)]), by: work, in: tx
        )
    }

    private static func settle(
        _ a: Appointment, _ how: Displaced.Settled, by work: Work, in tx: any WriteTransaction
    ) throws {
        try DisplacedStore.settle(a.id, how, by: work.actor.id, at: work.now, in: tx)
        try Tasks.reconcile(
            [], of: TaskSubject(.appointment, a.id), scope: [.bookingDisplaced], cause: how.label, by: work, in: tx)
        try Audit.append(
            Event(AppointmentEvent.settled, of: a.id, patient: a.patientID, ["how": .text(how.rawValue)]), by: work,
            in: tx)
    }
}

extension AppointmentStore {
    /// Bookings that still count and whose customer is not here yet.
    static func listAhead(
        clinic: ID<ClinicSite>, doctor: ID<Staff>?, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> [Appointment] {
        let person: SQL = doctor.map { " AND a.doctor_id = \($0)" } ?? ""
        return try list(
            where: """
                a.clinic_id = \(clinic)\(person) AND a.day BETWEEN \(from) AND \(to)
                    AND a.cancelled_at IS NULL AND a.missed_at IS NULL
                    AND NOT EXISTS (SELECT 1 AS one FROM visit v WHERE v.appointment_id = a.id)
                """, order: "a.day, a.start_unit, a.id", in: tx)
    }

    /// Bookings by id; those of other clinics are left out.
    package static func list(
        _ ids: [ID<Appointment>], clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [Appointment] {
        guard !ids.isEmpty else { return [] }
        return try list(where: "a.clinic_id = \(clinic) AND a.id IN \(list: ids)", in: tx)
    }

    /// Those whose customer is here.
    package static func arrived(
        _ ids: [ID<Appointment>], in tx: any ReadTransaction
    ) throws -> Set<ID<Appointment>> {
        guard !ids.isEmpty else { return [] }
        let rows = try tx.rows("SELECT appointment_id FROM visit WHERE appointment_id IN \(list: ids)")
        return Set(try rows.map { try $0.id("appointment_id") })
    }
}
