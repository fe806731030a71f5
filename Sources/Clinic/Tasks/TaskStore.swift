import Kernel
import Storage

/// SQL of `task` and `task_attempt`.
package enum TaskStore {
    private static let columns: SQL = """
        id, clinic_id, key, rule, subject_kind, subject_id, patient_id, owner_role, owner_id, reason, channel, script,
        due_day, due_from, due_at, attempts, next_try_at, done_at, done_by, outcome, outcome_note, withdrawn_at,
        withdrawn_cause, escalated_at, version
        """

    /// - Throws: `NotFound` also for a task of another clinic.
    package static func get(_ id: ID<TaskItem>, clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> TaskItem {
        let row = try tx.first("SELECT \(columns) FROM task WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let row else { throw NotFound("待办") }
        return try task(row)
    }

    package static func list(of subject: TaskSubject, in tx: any ReadTransaction) throws -> [TaskItem] {
        try tx.rows(
            """
            SELECT \(columns) FROM task
            WHERE subject_kind = \(subject.kind.rawValue) AND subject_id = \(subject.id) ORDER BY id
            """
        ).map(task)
    }

    /// Tasks of one rule about these records, done and withdrawn ones included.
    package static func list(
        ofRule rule: String, _ kind: TaskSubject.Kind, ids: [Int64], in tx: any ReadTransaction
    ) throws -> [TaskItem] {
        guard !ids.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT \(columns) FROM task
            WHERE subject_kind = \(kind.rawValue) AND subject_id IN \(list: ids) AND rule = \(rule) ORDER BY id
            """
        ).map(task)
    }

    /// Open tasks of a customer, first due first.
    package static func listOpen(of patient: ID<Patient>, in tx: any ReadTransaction) throws -> [TaskItem] {
        try tx.rows(
            """
            SELECT \(columns) FROM task
            WHERE patient_id = \(patient) AND done_at IS NULL AND withdrawn_at IS NULL ORDER BY due_at LIMIT 50
            """
        ).map(task)
    }

    /// Open tasks that may be worked before `horizon`, first due first. `owner` nil: of everybody.
    package static func listOpen(
        clinic: ID<ClinicSite>, owner: Actor?, dueFromBefore horizon: Timestamp, limit: Int, in tx: any ReadTransaction
    ) throws -> [TaskItem] {
        try tx.rows(
            """
            SELECT \(columns) FROM task
            WHERE clinic_id = \(clinic) AND done_at IS NULL AND withdrawn_at IS NULL AND due_from <= \(horizon)\
            \(ownedBy(owner))
            ORDER BY due_at, id
            LIMIT \(limit)
            """
        ).map(task)
    }

    /// Open tasks about these records that may be worked before `horizon`, first due first.
    package static func listOpen(
        about kind: TaskSubject.Kind, ids: [Int64], dueFromBefore horizon: Timestamp, in tx: any ReadTransaction
    ) throws -> [TaskItem] {
        guard !ids.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT \(columns) FROM task
            WHERE subject_kind = \(kind.rawValue) AND subject_id IN \(list: ids) AND done_at IS NULL
                AND withdrawn_at IS NULL AND due_from <= \(horizon)
            ORDER BY due_at, id
            """
        ).map(task)
    }

    /// Open tasks already overdue; a number for the rail, cheap by the index of open tasks.
    package static func countOverdue(
        clinic: ID<ClinicSite>, owner: Actor?, now: Timestamp, in tx: any ReadTransaction
    ) throws -> Int {
        Int(
            try tx.int64(
                """
                SELECT COUNT(*) AS n FROM task
                WHERE clinic_id = \(clinic) AND done_at IS NULL AND withdrawn_at IS NULL AND due_at < \(now)\
                \(ownedBy(owner))
                """) ?? 0)
    }

    /// Overdue tasks nobody was told about yet.
    package static func listToEscalate(
        clinic: ID<ClinicSite>, now: Timestamp, limit: Int, in tx: any ReadTransaction
    ) throws -> [TaskItem] {
        try tx.rows(
            """
            SELECT \(columns) FROM task
            WHERE clinic_id = \(clinic) AND done_at IS NULL AND withdrawn_at IS NULL AND due_at < \(now)
                AND escalated_at IS NULL
            ORDER BY due_at LIMIT \(limit)
            """
        ).map(task)
    }

    /// Open tasks that were reported to one of these roles because they are overdue.
    package static func listReported(
        clinic: ID<ClinicSite>, roles: Set<String>, limit: Int, in tx: any ReadTransaction
    ) throws -> [TaskItem] {
        try tx.rows(
            """
            SELECT \(columns) FROM task
            WHERE clinic_id = \(clinic) AND done_at IS NULL AND withdrawn_at IS NULL AND escalated_at IS NOT NULL
                AND escalated_role IN \(list: roles.sorted())
            ORDER BY due_at LIMIT \(limit)
            """
        ).map(task)
    }

    package static func countDone(
        clinic: ID<ClinicSite>, by actor: ID<Staff>, since: Timestamp, in tx: any ReadTransaction
    ) throws -> Int {
        Int(
            try tx.int64(
                """
                SELECT COUNT(*) AS n FROM task
                WHERE clinic_id = \(clinic) AND done_by = \(actor) AND done_at >= \(since)
                """) ?? 0)
    }

    private static func ownedBy(_ actor: Actor?) -> SQL {
        guard let actor else { return "" }
        return " AND (owner_id = \(actor.id) OR owner_role IN \(list: actor.roles.sorted()))"
    }

    static func insert(
        _ obligation: Obligation, id: ID<TaskItem>, clinic: ID<ClinicSite>, now: Timestamp, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO task (id, clinic_id, key, rule, subject_kind, subject_id, patient_id, owner_role, owner_id,
                reason, channel, script, due_day, due_from, due_at, attempts, created_at, version)
            VALUES (\(id), \(clinic), \(obligation.key), \(obligation.rule), \(obligation.subject.kind.rawValue),
                \(obligation.subject.id), \(obligation.patientID), \(obligation.ownerRole), \(obligation.ownerID),
                \(obligation.reason), \(obligation.channel.rawValue), \(obligation.script), \(obligation.dueDay),
                \(obligation.dueFrom), \(obligation.dueAt), 0, \(now), 1)
            """)
    }

    static func update(_ id: ID<TaskItem>, to obligation: Obligation, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            UPDATE task SET patient_id = \(obligation.patientID), owner_role = \(obligation.ownerRole), owner_id = \(obligation.ownerID),
                reason = \(obligation.reason), due_day = \(obligation.dueDay), due_from = \(obligation.dueFrom),
                due_at = \(obligation.dueAt), withdrawn_at = NULL, withdrawn_cause = NULL, escalated_at = NULL,
                version = version + 1
            WHERE id = \(id)
            """)
    }

    static func withdraw(_ ids: [ID<TaskItem>], cause: String, now: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            UPDATE task SET withdrawn_at = \(now), withdrawn_cause = \(cause), version = version + 1
            WHERE id IN \(list: ids)
            """)
    }

    static func recordAttempt(
        _ task: TaskItem, id: Int64, outcome: String, note: String?, by actor: ID<Staff>, at now: Timestamp,
        in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO task_attempt (id, task_id, at, made_by, outcome, note)
            VALUES (\(id), \(task.id), \(now), \(actor), \(outcome), \(note))
            """)
    }

    /// - Returns: false when somebody else was faster.
    static func close(
        _ task: TaskItem, outcome: String, note: String?, by actor: ID<Staff>, at now: Timestamp,
        in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE task SET done_at = \(now), done_by = \(actor), outcome = \(outcome), outcome_note = \(note),
                attempts = attempts + 1, next_try_at = NULL, version = version + 1
            WHERE id = \(task.id) AND version = \(task.version) AND done_at IS NULL AND withdrawn_at IS NULL
            """) == 1
    }

    static func postpone(
        _ task: TaskItem, until: Timestamp, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE task SET attempts = attempts + 1, next_try_at = \(until), version = version + 1
            WHERE id = \(task.id) AND version = \(task.version) AND done_at IS NULL AND withdrawn_at IS NULL
            """) == 1
    }

    static func reopen(_ id: ID<TaskItem>, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            UPDATE task SET done_at = NULL, done_by = NULL, outcome = NULL, outcome_note = NULL, version = version + 1
            WHERE id = \(id)
            """)
    }

    static func markEscalated(
        _ ids: [ID<TaskItem>], to role: String, at now: Timestamp, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE task SET escalated_at = \(now), escalated_role = \(role), version = version + 1
            WHERE id IN \(list: ids)
            """)
    }

    package static func attempts(
        of task: ID<TaskItem>, in tx: any ReadTransaction
    ) throws -> [(at: Timestamp, by: ID<Staff>, outcome: String, note: String?)] {
        try tx.rows("SELECT at, made_by, outcome, note FROM task_attempt WHERE task_id = \(task) ORDER BY at").map {
            (try $0.timestamp("at"), try $0.id("made_by"), try $0.text("outcome"), try $0.textIfAny("note"))
        }
    }

    private static func task(_ row: Row) throws -> TaskItem {
        TaskItem(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), key: try row.text("key"),
            rule: try row.text("rule"),
            subject: TaskSubject(kind: try row.code("subject_kind"), raw: try row.int64("subject_id")),
            patientID: try row.idIfAny("patient_id"), ownerRole: try row.text("owner_role"),
            ownerID: try row.idIfAny("owner_id"), reason: try row.text("reason"), channel: try row.code("channel"),
            script: try row.textIfAny("script"), dueDay: try row.day("due_day"),
            dueFrom: try row.timestamp("due_from"), dueAt: try row.timestamp("due_at"),
            attempts: try row.int("attempts"), nextTryAt: try row.timestampIfAny("next_try_at"),
            doneAt: try row.timestampIfAny("done_at"), doneBy: try row.idIfAny("done_by"),
            outcome: try row.textIfAny("outcome"), outcomeNote: try row.textIfAny("outcome_note"),
            withdrawnAt: try row.timestampIfAny("withdrawn_at"), withdrawnCause: try row.textIfAny("withdrawn_cause"),
            escalatedAt: try row.timestampIfAny("escalated_at"), version: try row.int("version"))
    }
}
