import Kernel
import Storage

/// How many counters customers had to go to (R4.40): the people who served them at a counter during a visit, at the check-in,
/// for the payment and for the next booking. Who does all of it at one place counts once; rooms do not count.
package enum CounterVisits {
    package static func count(_ visit: ID<Visit>, in tx: any ReadTransaction) throws -> Int {
        try counts(of: "v.id = \(visit)", in: tx)[visit] ?? 0
    }

    /// Of everybody who came on these days and has left.
    package static func counts(
        clinic: ID<ClinicSite>, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> [ID<Visit>: Int] {
        try counts(
            of: """
                v.clinic_id = \(clinic) AND v.business_day BETWEEN \(from) AND \(to) AND v.left_at IS NOT NULL
                    AND (v.outcome IS NULL OR v.outcome <> \(Visit.withdrawn))
                """, in: tx)
    }

    private static func counts(of wanted: SQL, in tx: any ReadTransaction) throws -> [ID<Visit>: Int] {
        let served = try tx.rows(
            """
            SELECT v.id AS visit_id, f.recorded_by AS staff_id
            FROM visit v
            JOIN visit_fact f ON f.visit_id = v.id AND f.kind = 'arrived' AND f.late_reason IS NULL
            WHERE \(wanted)
            UNION
            SELECT v.id AS visit_id, r.cashier_id AS staff_id
            FROM visit v
            JOIN receipt r ON r.visit_id = v.id
            WHERE \(wanted)
            UNION
            SELECT v.id AS visit_id, a.booked_by AS staff_id
            FROM visit v
            JOIN appointment a ON a.patient_id = v.patient_id AND a.booked_at >= v.arrived_at
                AND a.booked_at <= COALESCE(v.left_at, a.booked_at)
            WHERE \(wanted) AND a.booked_by <> 0 AND a.booked_by <> COALESCE(v.doctor_id, 0)
            """)
        return try served.reduce(into: [:]) { counts, row in
            counts[try row.id("visit_id", Visit.self), default: 0] += 1
        }
    }
}
