import Kernel
import Storage

/// What a change of the roster does to bookings.
package enum RosterImpact {
    /// Bookings of a doctor on one day that lie outside the roster; each is to be moved or cancelled (R3.34).
    package static func outside(
        of doctor: ID<Staff>, day: Day, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [Appointment] {
        let facts = try RosterStore.load(clinic: clinic, staff: doctor, from: day, to: day, in: tx)
        let spans = RosterRules.spans(of: doctor, on: day, facts)
        return try AppointmentStore.listOfDoctor(doctor, clinic: clinic, from: day, to: day, in: tx)
            .filter { !RosterRules.covers(spans, $0.start.index..<$0.end.index) }
    }
}
