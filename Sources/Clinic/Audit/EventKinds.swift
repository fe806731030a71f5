import Kernel
import Storage

/// What kinds of events the log knows of a customer: whether anything hangs on a file, whoever keeps it.
package enum EventKinds {
    /// "appointment.placed", "patient.registered" …
    package static func list(of patient: ID<Patient>, in tx: any ReadTransaction) throws -> Set<String> {
        let rows = try tx.rows("SELECT DISTINCT kind FROM event WHERE patient_id = \(patient)")
        return Set(try rows.map { try $0.text("kind") })
    }
}
