import Kernel
import Storage

/// SQL of `register_entry` and `register_version`.
package enum RegisterStore {
    package static let pageSize = 50

    private static let columns: SQL = """
        id, clinic_id, register, business_day, happened_at, recorded_at, recorded_by, patient_id, content, state,
            closed_at, closed_by, version
        """

    /// - Throws: `NotFound` also for another clinic's.
    package static func get(
        _ id: ID<RegisterEntry>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> RegisterEntry {
        let row = try tx.first("SELECT \(columns) FROM register_entry WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let row else { throw NotFound("登记") }
        return try entry(row)
    }

    /// Newest first.
    /// - Parameter page: 0 …
    package static func list(
        _ filter: RegisterFilter, clinic: ID<ClinicSite>, page: Int = 0, limit: Int = pageSize,
        in tx: any ReadTransaction
    ) throws -> [RegisterEntry] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM register_entry
            WHERE \(condition(filter, clinic))
            ORDER BY happened_at DESC, id DESC
            LIMIT \(limit) OFFSET \(page * limit)
            """
        ).map(entry)
    }

    package static func count(
        _ filter: RegisterFilter, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> Int {
        Int(try tx.int64("SELECT COUNT(*) AS n FROM register_entry WHERE \(condition(filter, clinic))") ?? 0)
    }

    /// Open entries of these registers, oldest first.
    package static func listOpen(
        _ registers: [String], clinic: ID<ClinicSite>, limit: Int = 200, in tx: any ReadTransaction
    ) throws -> [RegisterEntry] {
        guard !registers.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT \(columns)
            FROM register_entry
            WHERE clinic_id = \(clinic) AND register IN \(list: registers) AND state = 'open'
            ORDER BY happened_at, id
            LIMIT \(limit)
            """
        ).map(entry)
    }

    /// Register → how many entries are open.
    package static func openCounts(
        clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [String: Int] {
        try tx.rows(
            """
            SELECT register, COUNT(*) AS n
            FROM register_entry
            WHERE clinic_id = \(clinic) AND state = 'open'
            GROUP BY register
            """
        ).reduce(into: [:]) { counts, row in counts[try row.text("register")] = try row.int("n") }
    }

    /// Register → how many entries tell of a day, void ones left out.
    package static func counts(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [String: Int] {
        try tx.rows(
            """
            SELECT register, COUNT(*) AS n
            FROM register_entry
            WHERE clinic_id = \(clinic) AND business_day = \(day) AND state <> 'void'
            GROUP BY register
            """
        ).reduce(into: [:]) { counts, row in counts[try row.text("register")] = try row.int("n") }
    }

    /// Entries that name a customer, newest first, for the time line; those of other clinics only when asked for.
    package static func list(
        of patient: ID<Patient>, clinic: ID<ClinicSite>?, before: Timestamp, limit: Int, in tx: any ReadTransaction
    ) throws -> [RegisterEntry] {
        let here: SQL = clinic.map { " AND clinic_id = \($0)" } ?? ""
        return try tx.rows(
            """
            SELECT \(columns)
            FROM register_entry
            WHERE patient_id = \(patient) AND happened_at < \(before) AND state <> 'void'\(here)
            ORDER BY happened_at DESC, id DESC
            LIMIT \(limit)
            """
        ).map(entry)
    }

    /// Keys of open entries: tags in use.
    package static func openKeys(
        _ register: String, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> Set<String> {
        Set(
            try tx.rows(
                """
                SELECT open_key FROM register_entry
                WHERE clinic_id = \(clinic) AND register = \(register) AND open_key IS NOT NULL
                """
            ).map { try $0.text("open_key") })
    }

    /// Everything the entry ever was, newest first.
    package static func versions(
        _ id: ID<RegisterEntry>, in tx: any ReadTransaction
    ) throws -> [RegisterVersion] {
        try tx.rows(
            """
            SELECT version, change, happened_at, content, changed_at, changed_by, reason
            FROM register_version
            WHERE entry_id = \(id)
            ORDER BY version DESC
            """
        ).map { row in
            RegisterVersion(
                version: try row.int("version"), change: try row.code("change"),
                happenedAt: try row.timestamp("happened_at"), content: content(try row.text("content")),
                changedAt: try row.timestamp("changed_at"), changedBy: try row.id("changed_by"),
                reason: try row.textIfAny("reason"))
        }
    }

    static func insert(
        _ e: RegisterEntry, key: String?, search: String, in tx: any WriteTransaction
    ) throws {
        let values: [any SQLBindable] = [
            e.id, e.clinicID, e.register, e.businessDay, e.happenedAt, e.recordedAt, e.recordedBy, e.patientID, key,
            json(e.content), search, e.state.rawValue, e.version,
        ]
        try tx.run(
            """
            INSERT INTO register_entry (id, clinic_id, register, business_day, happened_at, recorded_at, recorded_by,
                patient_id, open_key, content, search_text, state, version)
            VALUES \(rows: [values])
            """)
    }

    /// - Throws: `ChangedMeanwhile`.
    static func update(
        _ e: RegisterEntry, from version: Int, key: String?, search: String, in tx: any WriteTransaction
    ) throws {
        let changed = try tx.run(
            """
            UPDATE register_entry
            SET business_day = \(e.businessDay), happened_at = \(e.happenedAt), patient_id = \(e.patientID),
                open_key = \(key), content = \(json(e.content)), search_text = \(search), state = \(e.state.rawValue),
                closed_at = \(e.closedAt), closed_by = \(e.closedBy), version = \(e.version)
            WHERE id = \(e.id) AND version = \(version)
            """)
        guard changed == 1 else { throw ChangedMeanwhile("登记") }
    }

    static func insertVersion(
        _ e: RegisterEntry, _ change: RegisterVersion.Change, reason: String?, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO register_version (entry_id, version, change, happened_at, content, changed_at, changed_by, reason)
            VALUES (\(e.id), \(e.version), \(change.rawValue), \(e.happenedAt), \(json(e.content)), \(work.now),
                \(work.actor.id), \(reason))
            """)
    }

    private static func condition(_ filter: RegisterFilter, _ clinic: ID<ClinicSite>) -> SQL {
        let state: SQL = filter.state.map { " AND state = \($0.rawValue)" } ?? ""
        let words = filter.text?.nonBlank.map { String($0.lowercased().prefix(60)) }
        let text: SQL = words.map { " AND search_text LIKE \("%\(escaped($0))%") ESCAPE '!'" } ?? ""
        return """
            clinic_id = \(clinic) AND register = \(filter.register) AND business_day >= \(filter.from)
                AND business_day <= \(filter.to)\(state)\(text)
            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
    }

    private static func json(_ content: [String: String]) -> String {
        JSONValue.object(content.mapValues(JSONValue.text)).text
    }

    private static func content(_ json: String) -> [String: String] {
        JSONText.decode([String: String].self, json) ?? [:]
    }

    private static func entry(_ row: Row) throws -> RegisterEntry {
        RegisterEntry(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), register: try row.text("register"),
            businessDay: try row.day("business_day"), happenedAt: try row.timestamp("happened_at"),
            recordedAt: try row.timestamp("recorded_at"), recordedBy: try row.id("recorded_by"),
            patientID: try row.idIfAny("patient_id"), content: content(try row.text("content")),
            state: try row.code("state"), closedAt: try row.timestampIfAny("closed_at"),
            closedBy: try row.idIfAny("closed_by"), version: try row.int("version"))
    }
}
