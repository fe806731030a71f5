import Kernel
import Storage

/// Where a customer is now, in any clinic: two files of one person are joined only when that is clear (R1.14).
package enum OpenVisits {
    package struct Place: Hashable, Sendable {
        package let visitID: ID<Visit>
        package let clinicID: ID<ClinicSite>
    }

    /// Visits of `since` and later that have not ended, latest first.
    package static func list(_ patient: ID<Patient>, since: Day, in tx: any ReadTransaction) throws -> [Place] {
        try tx.rows(
            """
            SELECT id, clinic_id
            FROM visit
            WHERE patient_id = \(patient) AND business_day >= \(since) AND left_at IS NULL
            ORDER BY business_day DESC, id DESC
            """
        ).map { Place(visitID: try $0.id("id"), clinicID: try $0.id("clinic_id")) }
    }
}
