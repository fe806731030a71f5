import Kernel
import Storage

/// SQL of `visit_case` and `visit_case_step`.
package enum CaseStore {
    private static let columns: SQL = """
        id, visit_id, business_day, kind, doctor_id, why, opened_at, opened_by, outcome, outcome_doctor_id,
            outcome_appointment_id, outcome_day, outcome_note, closed_at, closed_by
        """

    /// - Throws: `NotFound` also for another clinic's.
    package static func get(
        _ id: ID<VisitCase>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> VisitCase {
        let found = try list("id = \(id) AND clinic_id = \(clinic)", in: tx)
        guard let only = found.first else { throw NotFound("特殊情况") }
        return only
    }

    /// In the order in which they were opened.
    package static func list(of visit: ID<Visit>, in tx: any ReadTransaction) throws -> [VisitCase] {
        try list("visit_id = \(visit)", in: tx)
    }

    /// Of a range of days, both ends included; check-ins that were taken back are left out.
    package static func list(
        clinic: ID<ClinicSite>, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> [VisitCase] {
        try list(
            """
            clinic_id = \(clinic) AND business_day BETWEEN \(from) AND \(to)
                AND visit_id NOT IN (
                    SELECT id
                    FROM visit
                    WHERE clinic_id = \(clinic) AND business_day BETWEEN \(from) AND \(to)
                        AND outcome = \(Visit.withdrawn)
                )
            """, in: tx)
    }

    /// How many cases of each visit wait for a step or a decision.
    package static func countOpen(
        of visits: [ID<Visit>], in tx: any ReadTransaction
    ) throws -> [ID<Visit>: Int] {
        guard !visits.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT visit_id, COUNT(*) AS n
            FROM visit_case
            WHERE visit_id IN \(list: visits) AND closed_at IS NULL
            GROUP BY visit_id
            """)
        return Dictionary(
            try rows.map { (try $0.id("visit_id"), try $0.int("n")) }, uniquingKeysWith: { first, _ in first })
    }

    private static func list(_ condition: SQL, in tx: any ReadTransaction) throws -> [VisitCase] {
        let rows = try tx.rows(
            """
            SELECT \(columns)
            FROM visit_case
            WHERE \(condition)
            ORDER BY opened_at, id
            LIMIT 2000
            """)
        let ids = try rows.map { try $0.id("id", VisitCase.self) }
        let steps = try steps(of: ids, in: tx)
        return try rows.map { try visitCase($0, steps) }
    }

    private static func steps(
        of cases: [ID<VisitCase>], in tx: any ReadTransaction
    ) throws -> [ID<VisitCase>: [VisitCase.Step]] {
        guard !cases.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT case_id, kind, staff_id, minutes, on_day, note, recorded_at, recorded_by
            FROM visit_case_step
            WHERE case_id IN \(list: cases)
            ORDER BY recorded_at, id
            """)
        return try rows.reduce(into: [:]) { steps, row in
            steps[try row.id("case_id"), default: []].append(
                VisitCase.Step(
                    kind: try row.code("kind"), staffID: try row.idIfAny("staff_id"),
                    minutes: try row.intIfAny("minutes"), day: try row.dayIfAny("on_day"),
                    note: try row.textIfAny("note"), recordedAt: try row.timestamp("recorded_at"),
                    recordedBy: try row.id("recorded_by")))
        }
    }

    /// - Returns: false when the visit has this case already.
    static func insert(_ c: VisitCase, clinic: ID<ClinicSite>, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            """
            INSERT INTO visit_case (id, clinic_id, business_day, visit_id, kind, doctor_id, why, opened_by, opened_at)
            VALUES (\(c.id), \(clinic), \(c.day), \(c.visitID), \(c.kind.rawValue), \(c.doctorID), \(c.why),
                \(c.openedBy), \(c.openedAt))
            ON CONFLICT DO NOTHING
            """) == 1
    }

    static func insert(
        _ step: VisitCase.Step, id: ID<VisitCase.Step>, of visitCase: ID<VisitCase>, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO visit_case_step (id, case_id, kind, staff_id, minutes, on_day, note, recorded_by, recorded_at)
            VALUES (\(id), \(visitCase), \(step.kind.rawValue), \(step.staffID), \(step.minutes), \(step.day),
                \(step.note), \(step.recordedBy), \(step.recordedAt))
            """)
    }

    /// - Returns: false when somebody else closed it in between.
    static func close(
        _ id: ID<VisitCase>, _ closing: VisitCase.Closing, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE visit_case
            SET outcome = \(closing.outcome.rawValue), outcome_doctor_id = \(closing.doctorID),
                outcome_appointment_id = \(closing.appointmentID), outcome_day = \(closing.day),
                outcome_note = \(closing.note), closed_at = \(closing.at), closed_by = \(closing.by)
            WHERE id = \(id) AND closed_at IS NULL
            """) == 1
    }

    private static func visitCase(_ row: Row, _ steps: [ID<VisitCase>: [VisitCase.Step]]) throws -> VisitCase {
        let id = try row.id("id", VisitCase.self)
        let outcome = try row.codeIfAny("outcome", VisitCase.Outcome.self)
        let closed = try outcome.map { outcome in
            VisitCase.Closing(
                outcome: outcome, doctorID: try row.idIfAny("outcome_doctor_id"),
                appointmentID: try row.idIfAny("outcome_appointment_id"), day: try row.dayIfAny("outcome_day"),
                note: try row.textIfAny("outcome_note"), at: try row.timestamp("closed_at"),
                by: try row.id("closed_by"))
        }
        return VisitCase(
            id: id, visitID: try row.id("visit_id"), day: try row.day("business_day"), kind: try row.code("kind"),
            doctorID: try row.idIfAny("doctor_id"), why: try row.text("why"),
            openedAt: try row.timestamp("opened_at"), openedBy: try row.id("opened_by"), steps: steps[id] ?? [],
            closed: closed)
    }
}
