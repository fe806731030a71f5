import Kernel
import Storage

/// Emergencies in the clinic that no supervisor answered (R2.09).
package enum Emergencies {
    package struct Waiting: Hashable, Sendable {
        package let visitID: ID<Visit>
        package let taskID: ID<TaskItem>
        package let patientName: String
        package let complaint: String
        /// Code of list `emergency`.
        package let category: String
        package let arrivedAt: Timestamp
    }

    /// Longest here first. One statement, over what is open.
    package static func open(by work: Work, in tx: any ReadTransaction) throws -> [Waiting] {
        let rules = work.playbook.taskRules.filter { $0.fact == .emergencyArrived }.map(\.id)
        guard !rules.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT v.id, t.id AS task_id, p.name AS patient_name, v.complaint, v.emergency, v.arrived_at
            FROM visit v
            JOIN patient p ON p.id = v.patient_id
            JOIN task t ON t.subject_kind = 'visit' AND t.subject_id = v.id
            WHERE v.clinic_id = \(work.clinic.id) AND v.business_day = \(work.today) AND v.emergency IS NOT NULL
                AND v.left_at IS NULL AND t.rule IN \(list: rules) AND t.done_at IS NULL AND t.withdrawn_at IS NULL
            ORDER BY v.arrived_at, v.id
            LIMIT 20
            """
        ).map { row in
            Waiting(
                visitID: try row.id("id"), taskID: try row.id("task_id"), patientName: try row.text("patient_name"),
                complaint: try row.text("complaint"), category: try row.text("emergency"),
                arrivedAt: try row.timestamp("arrived_at"))
        }
    }
}
