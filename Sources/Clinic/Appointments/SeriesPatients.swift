import Kernel
import Storage

/// Customers who come several times: the desk greets them by surname (R1.16).
package enum SeriesPatients {
    /// Who has two or more live bookings on `day` or later, with how many.
    package static func list(
        among patients: [ID<Patient>], from day: Day, in tx: any ReadTransaction
    ) throws -> [ID<Patient>: Int] {
        guard !patients.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT patient_id, COUNT(*) AS n
            FROM appointment
            WHERE patient_id IN \(list: patients) AND day >= \(day) AND cancelled_at IS NULL AND missed_at IS NULL
            GROUP BY patient_id
            HAVING COUNT(*) >= 2
            """)
        return Dictionary(
            try rows.map { (try $0.id("patient_id", Patient.self), try $0.int("n")) },
            uniquingKeysWith: { first, _ in first })
    }
}
