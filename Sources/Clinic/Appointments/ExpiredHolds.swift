import Kernel
import Storage

extension ResourceUnits {
    /// Clears away places of one clinic that were held and not booked in time. A booking takes over an expired hold by
    /// itself; this keeps the table as long as what is really taken (design idea 6).
    /// - Returns: number of quarters of an hour given back.
    @discardableResult
    package static func purgeExpired(
        clinic: ID<ClinicSite>, now: Timestamp, in tx: any WriteTransaction
    ) throws -> Int {
        try tx.run(
            """
            DELETE FROM resource_unit
            WHERE clinic_id = \(clinic)
                AND holder_kind = 'hold'
                AND expires_at <= \(now)
            """)
    }
}
