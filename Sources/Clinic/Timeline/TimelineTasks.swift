import Kernel
import Storage

extension TimelineSource {
    /// Reminders, follow-up calls and other tasks that were done, with their outcome.
    func followUps() throws -> [TimelineEntry] {
        try tx.rows(
            """
            SELECT t.id, t.clinic_id, c.name AS clinic_name, t.rule, t.reason, t.done_at, t.outcome, t.outcome_note,
                s.name AS worker
            FROM task t
            JOIN clinic c ON c.id = t.clinic_id
            LEFT JOIN staff s ON s.id = t.done_by
            WHERE t.patient_id = \(patient) AND t.done_at < \(before)\(openClinics("t"))
            ORDER BY t.done_at DESC
            LIMIT \(limit)
            """
        ).map { row in
            let rule = try row.text("rule")
            let outcome = try row.textIfAny("outcome").map { outcomeLabel($0, rule: rule) }
            return TimelineEntry(
                .followUp, .done, at: try row.timestamp("done_at"),
                [ruleLabel(rule), try row.text("reason"), outcome].compactMap { $0 }.joined(separator: " · "),
                details: [try row.textIfAny("outcome_note"), try place(row)].compactMap { $0 },
                who: try row.textIfAny("worker"), subject: .init(kind: "task", id: try row.int64("id")))
        }
    }

    /// Tasks that wait, earliest first.
    func openTasks() throws -> [TimelineEntry] {
        try tx.rows(
            """
            SELECT t.id, t.clinic_id, t.rule, t.reason, t.due_at, s.name AS owner
            FROM task t
            LEFT JOIN staff s ON s.id = t.owner_id
            WHERE t.patient_id = \(patient) AND t.done_at IS NULL AND t.withdrawn_at IS NULL\(openClinics("t"))
            ORDER BY t.due_at
            LIMIT 10
            """
        ).map { row in
            TimelineEntry(
                .followUp, .waiting, at: try row.timestamp("due_at"),
                "\(ruleLabel(try row.text("rule"))) · \(try row.text("reason"))",
                who: try row.textIfAny("owner"), subject: .init(kind: "task", id: try row.int64("id")))
        }
    }

    /// 预约提醒, 术后次日回访.
    private func ruleLabel(_ rule: String) -> String { viewer.playbook.taskRule(rule)?.label ?? "待办" }

    private func outcomeLabel(_ code: String, rule: String) -> String {
        guard let rule = viewer.playbook.taskRule(rule) else { return code }
        return viewer.playbook.outcomes(of: rule).first { $0.code == code }?.label ?? code
    }
}
