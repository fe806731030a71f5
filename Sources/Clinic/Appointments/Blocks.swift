import Kernel
import Storage

/// Times of a doctor, chair or device that nobody can book: 午休, 培训, 维修.
package enum Blocks {
    /// Keeps time of a doctor, assistant, chair or device free of bookings.
    /// - Throws: `BookingError.taken` naming the booking that is there already; `FormErrors` (resource), `RosterError`.
    @discardableResult
    package static func set(
        _ kind: ResourceKind, resource: Int64, day: Day, start: Unit, units: Int, reason: String, by work: Work,
        in tx: any WriteTransaction
    ) throws -> ScheduleBlock {
        try work.actor.require(.manageRoster)
        guard day >= work.today else { throw RosterError.inThePast }
        guard let reason = reason.nonBlank else { throw RosterError.reasonMissing }
        guard try isHere(kind, resource, clinic: work.clinic.id, in: tx) else {
            throw FormErrors("resource", "请选择本门诊的人或设备")
        }
        guard units >= 1, start.index >= 0, start.index + units <= Unit.perDay else { throw RosterError.spanBackwards }
        let block = ScheduleBlock(
            id: work.newID(), kind: kind, resourceID: resource, day: day, start: start, units: units, reason: reason)
        try BlockStore.insert(
            block, clinic: work.clinic.id, mark: Appointment.Mark(at: work.now, by: work.actor.id), in: tx)
        try ResourceUnits.occupy(
            [Claim(kind: kind, raw: resource, units: start.index..<start.index + units)], day: day,
            holder: UnitHolder(.block, block.id), clinic: work.clinic.id, now: work.now, in: tx)
        try Audit.append(
            Event(
                "roster.blocked", of: block.id,
                [
                    "kind": .text(kind.rawValue), "resource": .int(resource), "day": JSONValue(day),
                    "time": .text("\(start.clockText)–\(block.end.clockText)"), "reason": .text(reason),
                ]), by: work, in: tx)
        return block
    }

    package static func end(_ id: ID<ScheduleBlock>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.manageRoster)
        guard try BlockStore.find(id, clinic: work.clinic.id, in: tx) != nil else { throw NotFound("占用时段") }
        try BlockStore.end(id, now: work.now, in: tx)
        try ResourceUnits.release(UnitHolder(.block, id), in: tx)
        try Audit.append(Event("roster.unblocked", of: id), by: work, in: tx)
    }

    private static func isHere(
        _ kind: ResourceKind, _ resource: Int64, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> Bool {
        switch kind {
        case .doctor: try StaffStore.findDoctor(ID(raw: resource), clinic: clinic, in: tx) != nil
        case .assistant: try StaffStore.listActive(clinic: clinic, in: tx).contains { $0.id.raw == resource }
        case .chair: try PlaceStore.chairs(clinic: clinic, in: tx).contains { $0.id.raw == resource }
        case .device: try DeviceStore.list(clinic: clinic, in: tx).contains { $0.id.raw == resource }
        case .patient: false
        }
    }
}
