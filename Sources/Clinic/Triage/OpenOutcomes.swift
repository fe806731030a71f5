import Kernel
import Storage

/// An arrival that nobody may lose (R2.29): still open, without an outcome, or with a special case that nobody decided.
/// The one who received the customer owns it.
package struct OpenOutcome: Hashable, Sendable {
    package enum Why: Hashable, Sendable {
        /// Not recorded as having left.
        case stillHere
        /// Left, and nobody said how it ended.
        case noOutcome
        case openCase(VisitCase.Kind)

        package var label: String {
            switch self {
            case .stillHere: "没有登记离开"
            case .noOutcome: "离开了，没有结果"
            case .openCase(let kind): "“\(kind.label)”没有结果"
            }
        }
    }
    package let visitID: ID<Visit>
    package let patientName: String
    package let day: Day
    package let arrivedAt: Timestamp
    package let ownerID: ID<Staff>?
    package let ownerName: String
    package let why: Why
}

package enum OpenOutcomes {
    /// Of one day, in order of arrival. Two statements.
    package static func list(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [OpenOutcome] {
        let visits = try tx.rows(
            """
            SELECT v.id, v.business_day, v.arrived_at, v.left_at, p.name AS patient_name, f.recorded_by,
                s.name AS owner_name
            FROM visit v
            JOIN patient p ON p.id = v.patient_id
            LEFT JOIN visit_fact f ON f.id = (
                SELECT MIN(x.id) FROM visit_fact x WHERE x.visit_id = v.id AND x.kind = 'arrived'
            )
            LEFT JOIN staff s ON s.id = f.recorded_by
            WHERE v.clinic_id = \(clinic) AND v.business_day = \(day) AND v.outcome IS NULL
            ORDER BY v.arrived_at, v.id
            LIMIT 500
            """
        ).map { row in
            try outcome(row, why: try row.isNull("left_at") ? .stillHere : .noOutcome)
        }
        let cases = try tx.rows(
            """
            SELECT v.id, v.business_day, v.arrived_at, p.name AS patient_name, c.opened_by AS recorded_by,
                s.name AS owner_name, c.kind
            FROM visit_case c
            JOIN visit v ON v.id = c.visit_id
            JOIN patient p ON p.id = v.patient_id
            LEFT JOIN staff s ON s.id = c.opened_by
            WHERE c.clinic_id = \(clinic) AND c.business_day = \(day) AND c.closed_at IS NULL
                AND (v.outcome IS NULL OR v.outcome <> \(Visit.withdrawn))
            ORDER BY v.arrived_at, c.id
            LIMIT 500
            """
        ).map { row in try outcome(row, why: .openCase(try row.code("kind"))) }
        return visits + cases
    }

    private static func outcome(_ row: Row, why: OpenOutcome.Why) throws -> OpenOutcome {
        OpenOutcome(
            visitID: try row.id("id"), patientName: try row.text("patient_name"), day: try row.day("business_day"),
            arrivedAt: try row.timestamp("arrived_at"), ownerID: try row.idIfAny("recorded_by"),
            ownerName: try row.textIfAny("owner_name") ?? "", why: why)
    }
}
