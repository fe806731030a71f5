import Kernel
import Storage

/// The units of customers when two files become one (R1.14): a customer cannot be booked twice at the same time (R3.32).
package enum PatientUnits {
    /// The first day on which both are booked at the same time; nil when nothing collides.
    package static func collision(
        _ one: ID<Patient>, _ other: ID<Patient>, in tx: any ReadTransaction
    ) throws -> Day? {
        try tx.first(
            """
            SELECT a.day
            FROM resource_unit a
            JOIN resource_unit b ON b.kind = a.kind AND b.day = a.day AND b.unit = a.unit AND b.place = a.place
            WHERE a.kind = 'patient' AND a.resource_id = \(one) AND b.resource_id = \(other)
            ORDER BY a.day, a.unit
            LIMIT 1
            """
        ).map { try $0.day("day") }
    }

    /// The customer's units of these bookings belong to `patient` from now on.
    package static func move(
        _ appointments: [ID<Appointment>], to patient: ID<Patient>, in tx: any WriteTransaction
    ) throws {
        guard !appointments.isEmpty else { return }
        try tx.run(
            """
            UPDATE resource_unit
            SET resource_id = \(patient)
            WHERE kind = 'patient' AND holder_kind = 'appointment' AND holder_id IN \(list: appointments)
            """)
    }
}
