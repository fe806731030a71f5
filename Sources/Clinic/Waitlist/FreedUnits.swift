import Kernel
import Storage

/// A unit that a cancellation or a move gave back, and who could have it.
package enum FreedUnits {
    /// Who fits into `free`, best first. Nobody when the unit is taken again or over.
    package static func fits(
        _ free: Slot, limit: Int = 20, by work: Work, in tx: any ReadTransaction
    ) throws -> [WaitingRules.Fit] {
        guard work.clinic.calendar.instant(free.day, free.end) > work.now else { return [] }
        let claim = Claim(.doctor, free.doctorID, free.start.index..<free.end.index)
        let taken = try ResourceUnits.taken(
            [claim], day: free.day, excluding: [], clinic: work.clinic.id, now: work.now, in: tx)
        guard taken.isEmpty else { return [] }
        let entries = try WaitingStore.listOpen(clinic: work.clinic.id, in: tx)
        guard !entries.isEmpty else { return [] }
        let items = try ItemStore.list(ids: Array(Set(entries.flatMap { $0.items.map(\.itemID) })), in: tx)
        let impossible = try EpidemicItems.suspended(items, on: free.day, by: work, in: tx).map(\.id)
        let fits = WaitingRules.ranked(
            entries, for: free, impossible: Set(impossible),
            today: WaitingRules.Today(
                now: work.now, day: work.today, askAgainHours: work.playbook[.waitingAskAgainHours],
                calendar: work.clinic.calendar))
        return Array(fits.prefix(limit))
    }

    /// Makes the tasks for units that were given back lately, whatever way that happened: when somebody fits, the person who
    /// made the change (or the desk, for a customer's own act) is asked to call. Costs one statement while nobody waits.
    /// - Returns: how many units have somebody who fits.
    package static func sweep(by work: Work, in tx: any WriteTransaction) throws -> Int {
        guard try !WaitingStore.listOpen(clinic: work.clinic.id, limit: 1, in: tx).isEmpty else { return 0 }
        var found = 0
        for change in try recentChanges(work, in: tx) {
            if try notice(change, by: work, in: tx) { found += 1 }
        }
        return found
    }

    /// A booking that gave its unit back.
    private struct Change {
        let appointmentID: ID<Appointment>
        let free: Slot
        let by: ID<Staff>
    }

    /// How far the sweep looks back; it runs every minute, and a server may have been down for a while.
    private static let hours = 2

    private static func recentChanges(_ work: Work, in tx: any ReadTransaction) throws -> [Change] {
        let since = work.now.adding(hours: -hours)
        return try tx.rows(
            """
            SELECT a.id, a.day, a.start_unit AS unit, a.units, a.doctor_id, a.chair_id, a.cancelled_by AS changed_by
            FROM appointment a
            WHERE a.clinic_id = \(work.clinic.id) AND a.day >= \(work.today) AND a.cancelled_at >= \(since)
                AND a.is_squeezed = 0
            UNION ALL
            SELECT a.id, m.from_day AS day, m.from_unit AS unit, m.from_units AS units, m.from_doctor_id AS doctor_id,
                m.from_chair_id AS chair_id, m.moved_by AS changed_by
            FROM appointment a
            JOIN appointment_move m ON m.appointment_id = a.id
            WHERE a.clinic_id = \(work.clinic.id) AND a.day >= \(work.today) AND m.moved_at >= \(since)
                AND m.from_day >= \(work.today) AND a.is_squeezed = 0
                AND (m.from_day <> m.to_day OR m.from_unit <> m.to_unit OR m.from_doctor_id <> m.to_doctor_id)
            ORDER BY id, day, unit
            LIMIT 100
            """
        ).map { row in
            Change(
                appointmentID: try row.id("id"),
                free: Slot(
                    day: try row.day("day"), start: try row.unit("unit"), units: try row.int("units"),
                    doctorID: try row.id("doctor_id"), chairID: try row.idIfAny("chair_id")),
                by: try row.id("changed_by"))
        }
    }

    private static func notice(_ change: Change, by work: Work, in tx: any WriteTransaction) throws -> Bool {
        let subject = TaskSubject(.appointment, change.appointmentID)
        let free = change.free
        let fits = try fits(free, limit: 1, by: work, in: tx)
        guard !fits.isEmpty else {
            try settle(change.appointmentID, cause: "时间已约出或没有人等了", by: work, in: tx)
            return false
        }
        let known = try TaskStore.list(of: subject, in: tx).contains {
            $0.isOpen && $0.rule == Self.rule && $0.key.hasSuffix(occurrence(free))
        }
        if known { return false }
        try Tasks.reconcile(
            [
                TaskFact(
                    .unitFreed, of: subject, occurrence: occurrence(free), anchor: work.now, anchorDay: work.today,
                    patientID: nil, holding: [.someoneWaits],
                    recorder: change.by == Actor.system.id ? nil : change.by, treatingDoctor: free.doctorID,
                    reason: "\(free.day.monthDayText) \(free.start.clockText)–\(free.end.clockText) 空出，有候补客人合适")
            ], of: subject, scope: [.unitFreed], cause: "时间又改了", by: work, in: tx)
        return true
    }

    private static let rule = "waitlist.offer"
    private static func occurrence(_ free: Slot) -> String { "\(free.day.iso)T\(free.start.index)" }

    /// The unit is filled or kept: nobody needs to call any more.
    package static func settle(
        _ id: ID<Appointment>, cause: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try Tasks.reconcile(
            [], of: TaskSubject(.appointment, id), scope: [.unitFreed], cause: cause, by: work, in: tx)
    }
}
