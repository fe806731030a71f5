import Kernel
import Storage

extension Booking {
    /// Who assists, and who and what is needed for a part of the length: communication room, X-ray, the doctor only in
    /// between (R3.06). Time, doctor and chair stay.
    /// - Throws: `BookingError`, `FormErrors` (parts), `ChangedMeanwhile`, `NotFound`, `NotAllowed`.
    package static func arrange(
        _ id: ID<Appointment>, version: Int, assistant: ID<Staff>?, parts: [AppointmentPart], by work: Work,
        in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.moveAppointments)
        let before = try current(id, version: version, work, in: tx)
        var after = before
        after.assistantID = assistant
        after.parts = parts
        guard after != before else { throw BookingError.nothingChanged }
        try AppointmentParts.check(parts, units: after.units, by: work, in: tx)
        if let assistant {
            let known = try StaffStore.listActive(clinic: work.clinic.id, in: tx).contains { $0.id == assistant }
            guard known else { throw FormErrors("parts", "所选助手不在本门诊，请重新选择") }
        }
        try ResourceUnits.release(UnitHolder(.appointment, id), in: tx)
        try AppointmentStore.replaceParts(of: after, in: tx)
        try occupy(after, work, in: tx)
        after = try AppointmentStore.update(after, in: tx)
        after.parts = parts
        let hasArrived = try AppointmentStore.visit(of: id, in: tx) != nil
        try AppointmentTasks.reconcile(after, hasArrived: hasArrived, by: work, in: tx)
        try Audit.append(
            Event(
                AppointmentEvent.edited, of: id, patient: after.patientID,
                ["assistant": JSONValue(assistant), "parts": JSONValue(parts.count)]), by: work, in: tx)
        return after
    }
}
