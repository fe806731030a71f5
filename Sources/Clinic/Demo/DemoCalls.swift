import Kernel
import Storage

/// The telephone work of a demo day, and its end.
enum DemoCalls {
    typealias Act = (inout DemoDay, Timestamp, any WriteTransaction) throws -> Void

    /// Rounds of calls in the morning, the afternoon and the evening.
    static func plan(on day: Day, add: (Int, @escaping Act) -> Void) {
        for minute in [9 * 60 + 35, 11 * 60 + 20, 15 * 60 + 40, 17 * 60 + 10, 19 * 60 + 5] {
            add(minute) { day, now, tx in try work(&day, login: "huifang", at: now, in: tx) }
        }
        add(18 * 60 + 20) { day, now, tx in try work(&day, login: "zhuguan", at: now, in: tx) }
        for minute in [12 * 60 + 15, 18 * 60 + 5] {
            for doctor in DemoCast.doctors {
                add(minute) { day, now, tx in try work(&day, login: doctor.login, at: now, in: tx) }
            }
        }
    }

    /// Works what is due for a person; a few calls stay for later, as in life.
    private static func work(
        _ day: inout DemoDay, login: String, at now: Timestamp, in tx: any WriteTransaction
    ) throws {
        let caller = day.clinic.work(login, at: now)
        let open = try TaskStore.listOpen(
            clinic: caller.clinic.id, owner: caller.actor, dueFromBefore: now, limit: 60, in: tx)
        for (index, task) in open.enumerated() where task.urgency(at: now) != .later {
            guard day.state.dice.chance(86) else { continue }
            let at = now.adding(seconds: index * 70)
            if at > day.until { return }
            guard let outcome = outcome(task, caller.playbook, &day.state) else { continue }
            _ = try Calls.record(
                task.id, outcome: outcome.code, note: outcome.needsNote ? "客人说恢复中有些酸胀" : nil,
                by: day.clinic.work(login, at: at), in: tx)
        }
    }

    private static func outcome(_ task: TaskItem, _ playbook: Playbook, _ state: inout DemoState) -> Code? {
        let codes = TaskWork.outcomes(of: task, playbook: playbook)
        guard let good = codes.first(where: { $0.next == .close }) else { return nil }
        if state.dice.chance(9), let retry = codes.first(where: { $0.next == .retry }) { return retry }
        if state.dice.chance(3), let doctor = codes.first(where: { $0.next == .doctorCallback }) { return doctor }
        return good
    }

    /// Bookings of the day nobody kept are marked by the desk (R3.35); they are called later.
    static func closeDay(_ day: inout DemoDay, at now: Timestamp, in tx: any WriteTransaction) throws {
        let desk = day.clinic.work("qiantai", at: now)
        let came = Set(
            try VisitStore.listDay(clinic: desk.clinic.id, day: day.day, in: tx).compactMap(\.appointmentID))
        for appointment in try AppointmentStore.listDay(clinic: desk.clinic.id, day: day.day, in: tx)
        where appointment.isLive && !came.contains(appointment.id) {
            _ = try Booking.markMissed(appointment.id, version: appointment.version, by: desk, in: tx)
        }
    }
}
