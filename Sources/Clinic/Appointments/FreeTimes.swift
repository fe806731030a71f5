import Kernel
import Storage

/// Proposes free starts of a doctor.
package enum FreeTimes {
    /// How far ahead is looked.
    package static let days = 28

    /// The next free starts of `doctor` for `units`, one after the other without overlap, at most `count`.
    package static func next(
        doctor: ID<Staff>, units: Int, from: Slot, count: Int = 3, by work: Work, in tx: any ReadTransaction
    ) throws -> [Slot] {
        let first = max(from.day, work.today)
        let last = first.adding(days: days)
        let roster = try RosterStore.load(clinic: work.clinic.id, staff: doctor, from: first, to: last, in: tx)
        let taken = try ResourceUnits.listTaken(
            .doctor, resource: doctor.raw, from: first, to: last, now: work.now, in: tx)
        return free(
            doctor: doctor, units: units, from: first, start: from.day == first ? from.start : Unit(0), count: count,
            roster: roster, taken: taken, now: work.now, calendar: work.clinic.calendar)
    }

    /// Pure part of `next`.
    static func free(
        doctor: ID<Staff>, units: Int, from first: Day, start: Unit, count: Int, roster: RosterFacts,
        taken: [Day: Set<Int>], now: Timestamp, calendar: ClinicCalendar
    ) -> [Slot] {
        guard units >= 1 else { return [] }
        var found: [Slot] = []
        for offset in 0...days where found.count < count {
            let day = first.adding(days: offset)
            var next = offset == 0 ? start.index : 0
            for span in RosterRules.spans(of: doctor, on: day, roster) {
                next = max(next, span.start.index)
                while next + units <= span.end.index, found.count < count {
                    let slot = Slot(day: day, start: Unit(next), units: units, doctorID: doctor)
                    let isFree = (next..<next + units).allSatisfy { taken[day]?.contains($0) != true }
                    if isFree, calendar.instant(day, slot.start) > now {
                        found.append(slot)
                        next += units
                    } else {
                        next += 1
                    }
                }
            }
        }
        return found
    }
}
