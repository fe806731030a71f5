import Kernel
import Storage

/// Somebody chose another type or doctor than was proposed (R2.28). Counted by person and kind.
package struct TriageOverride: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case type, doctor
        package var label: String { self == .type ? "就诊类型" : "医生" }
    }
    package let kind: Kind
    /// A raw value of `VisitType`, or the id of a doctor.
    package let proposed: String
    package let chosen: String
    /// nil: none was written.
    package let reason: String?
    package let visitID: ID<Visit>
    package let day: Day
    package let recordedBy: ID<Staff>
    package let recordedAt: Timestamp
}

/// SQL of `triage_override`.
package enum TriageOverrides {
    /// Of a range of days, both ends included; oldest first.
    package static func list(
        clinic: ID<ClinicSite>, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> [TriageOverride] {
        try tx.rows(
            """
            SELECT kind, proposed, chosen, reason, visit_id, business_day, recorded_by, recorded_at
            FROM triage_override
            WHERE clinic_id = \(clinic) AND business_day BETWEEN \(from) AND \(to)
            ORDER BY recorded_at, id
            LIMIT 5000
            """
        ).map { row in
            TriageOverride(
                kind: try row.code("kind"), proposed: try row.text("proposed"), chosen: try row.text("chosen"),
                reason: try row.textIfAny("reason"), visitID: try row.id("visit_id"),
                day: try row.day("business_day"), recordedBy: try row.id("recorded_by"),
                recordedAt: try row.timestamp("recorded_at"))
        }
    }

    static func record(
        _ kind: TriageOverride.Kind, of visit: Visit, proposed: String, chosen: String, reason: String?, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO triage_override (id, clinic_id, business_day, visit_id, kind, proposed, chosen, reason,
                recorded_by, recorded_at)
            VALUES (\(work.newID(TriageOverride.self)), \(visit.clinicID), \(visit.businessDay), \(visit.id),
                \(kind.rawValue), \(proposed), \(chosen), \(reason?.nonBlank), \(work.actor.id), \(work.now))
            """)
    }
}
