import Kernel
import Storage

/// A wait that was told to a customer, with what the system would have said (R4.02).
package struct ToldWait: Hashable, Sendable {
    package let id: ID<ToldWait>
    package let doctorID: ID<Staff>?
    /// Minutes said to the customer.
    package let told: Int
    /// Minutes by the estimate; nil while no doctor was decided.
    package let system: Int?
    package let toldAt: Timestamp
}

/// SQL of `wait_estimate`.
package enum WaitEstimateStore {
    static func insert(_ wait: ToldWait, of visit: Visit, by actor: ID<Staff>, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO wait_estimate (id, clinic_id, business_day, visit_id, doctor_id, told_minutes, system_minutes,
                told_at, told_by)
            VALUES (\(wait.id), \(visit.clinicID), \(visit.businessDay), \(visit.id), \(wait.doctorID), \(wait.told),
                \(wait.system), \(wait.toldAt), \(actor))
            """)
    }

    /// When something was told last; nil: never, or before this was kept.
    package static func lastToldAt(_ visit: ID<Visit>, in tx: any ReadTransaction) throws -> Timestamp? {
        try tx.first("SELECT MAX(told_at) AS told_at FROM wait_estimate WHERE visit_id = \(visit)")
            .flatMap { try $0.timestampIfAny("told_at") }
    }
}
