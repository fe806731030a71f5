import Kernel
import Storage

/// A booking was made for a file that turned out to be somebody on file (R3.09): it goes to that customer, with its units
/// and its work. Time, doctor and history stay.
extension Booking {
    /// - Throws: `NotAllowed`, `NotFound`, `MergedFile`; `BookingError.taken` when that customer is booked then already.
    package static func handOver(
        _ id: ID<Appointment>, to patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.mergePatients)
        let before = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
        let known = try PatientStore.claimLiving(patient, in: tx)
        guard before.patientID != known.id else { return before }
        // A visit hangs on the file it was made for.
        if try AppointmentStore.visit(of: id, in: tx) != nil { throw BookingError.alreadyArrived }
        try ResourceUnits.release(UnitHolder(.appointment, id), in: tx)
        try AppointmentStore.setPatient(known.id, of: before, in: tx)
        let after = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
        if after.isLive { try occupy(after, work, in: tx) }
        try AppointmentTasks.reconcile(after, hasArrived: false, by: work, in: tx)
        try Audit.append(
            Event(
                AppointmentEvent.edited, of: id, patient: known.id,
                ["patientFrom": JSONValue(before.patientID), "patientTo": JSONValue(known.id)]), by: work, in: tx)
        return after
    }
}

extension AppointmentStore {
    /// - Throws: `ChangedMeanwhile` when `version` is no longer the stored one.
    static func setPatient(_ patient: ID<Patient>, of a: Appointment, in tx: any WriteTransaction) throws {
        let changed = try tx.run(
            """
            UPDATE appointment
            SET patient_id = \(patient), version = version + 1
            WHERE id = \(a.id) AND version = \(a.version)
            """)
        guard changed == 1 else { throw try changedMeanwhile(a.id, in: tx) }
    }
}
