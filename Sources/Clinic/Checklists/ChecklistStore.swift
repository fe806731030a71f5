import Kernel
import Storage

/// SQL of `checklist_run` and `checklist_mark`.
package enum ChecklistStore {
    private static let columns: SQL = """
        id, clinic_id, checklist, business_day, occurrence, label, patient_id, opens_at, due_at, completed_at,
            completed_by, version
        """

    /// - Throws: `NotFound` also for another clinic's.
    package static func get(
        _ id: ID<ChecklistRun>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> ChecklistRun {
        let row = try tx.first("SELECT \(columns) FROM checklist_run WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let row else { throw NotFound("检查表") }
        return try run(row)
    }

    package static func find(
        _ checklist: String, day: Day, occurrence: String, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> ChecklistRun? {
        try tx.first(
            """
            SELECT \(columns)
            FROM checklist_run
            WHERE clinic_id = \(clinic) AND checklist = \(checklist) AND business_day = \(day)
                AND occurrence = \(occurrence)
            """
        ).map(run)
    }

    /// Of one day, in order of time.
    package static func list(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [ChecklistRun] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM checklist_run
            WHERE clinic_id = \(clinic) AND business_day = \(day)
            ORDER BY opens_at, id
            LIMIT 2000
            """
        ).map(run)
    }

    /// Of one checklist, newest first.
    package static func list(
        _ checklist: String, clinic: ID<ClinicSite>, from: Day, to: Day, limit: Int = 200, in tx: any ReadTransaction
    ) throws -> [ChecklistRun] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM checklist_run
            WHERE clinic_id = \(clinic) AND checklist = \(checklist) AND business_day >= \(from)
                AND business_day <= \(to)
            ORDER BY opens_at DESC, id DESC
            LIMIT \(limit)
            """
        ).map(run)
    }

    /// Checks of a customer on a day, newest first.
    package static func list(
        _ checklist: String, of patient: ID<Patient>, clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [ChecklistRun] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM checklist_run
            WHERE patient_id = \(patient) AND clinic_id = \(clinic) AND checklist = \(checklist)
                AND business_day = \(day)
            ORDER BY opens_at DESC, id DESC
            """
        ).map(run)
    }

    /// Every mark of these runs, in the order they were made.
    package static func marks(
        of runs: [ID<ChecklistRun>], in tx: any ReadTransaction
    ) throws -> [ID<ChecklistRun>: [ChecklistMark]] {
        guard !runs.isEmpty else { return [:] }
        return try tx.rows(
            """
            SELECT run_id, item, turn, value, note, is_out, marked_at, marked_by
            FROM checklist_mark
            WHERE run_id IN \(list: runs)
            ORDER BY run_id, item, turn
            """
        ).reduce(into: [:]) { marks, row in
            marks[try row.id("run_id"), default: []].append(
                ChecklistMark(
                    item: try row.text("item"), turn: try row.int("turn"), value: try row.text("value"),
                    note: try row.textIfAny("note"), isOut: try row.bool("is_out"),
                    markedAt: try row.timestamp("marked_at"), markedBy: try row.id("marked_by")))
        }
    }

    /// - Returns: false when the run of that occurrence was there already.
    static func insert(_ r: ChecklistRun, in tx: any WriteTransaction) throws -> Bool {
        let values: [any SQLBindable] = [
            r.id, r.clinicID, r.checklist, r.businessDay, r.occurrence, r.label, r.patientID, r.opensAt, r.dueAt,
            r.version,
        ]
        return try tx.run(
            """
            INSERT INTO checklist_run (id, clinic_id, checklist, business_day, occurrence, label, patient_id, opens_at,
                due_at, version)
            VALUES \(rows: [values])
            ON CONFLICT DO NOTHING
            """) == 1
    }

    static func insert(_ mark: ChecklistMark, of run: ID<ChecklistRun>, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [
            run, mark.item, mark.turn, mark.value, mark.note, mark.isOut, mark.markedAt, mark.markedBy,
        ]
        try tx.run(
            """
            INSERT INTO checklist_mark (run_id, item, turn, value, note, is_out, marked_at, marked_by)
            VALUES \(rows: [values])
            """)
    }

    /// - Returns: false when somebody completed it already.
    static func complete(
        _ id: ID<ChecklistRun>, at now: Timestamp, by actor: ID<Staff>, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE checklist_run
            SET completed_at = \(now), completed_by = \(actor), version = version + 1
            WHERE id = \(id) AND completed_at IS NULL
            """) == 1
    }

    /// Says whom a check at the door was about.
    static func setPatient(
        _ id: ID<ChecklistRun>, to patient: ID<Patient>, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE checklist_run
            SET patient_id = \(patient), version = version + 1
            WHERE id = \(id) AND patient_id IS NULL
            """) == 1
    }

    private static func run(_ row: Row) throws -> ChecklistRun {
        ChecklistRun(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), checklist: try row.text("checklist"),
            businessDay: try row.day("business_day"), occurrence: try row.text("occurrence"),
            label: try row.text("label"), patientID: try row.idIfAny("patient_id"),
            opensAt: try row.timestamp("opens_at"), dueAt: try row.timestampIfAny("due_at"),
            completedAt: try row.timestampIfAny("completed_at"), completedBy: try row.idIfAny("completed_by"),
            version: try row.int("version"))
    }
}
