import Kernel
import Storage

/// First-visit forms and their fields.
package enum IntakeStore {
    static let documentKind = "intakeForm"
    static let step = "customer"

    private static let columns: SQL = """
        id, clinic_id, patient_id, visit_id, kind, source, fill_mode, guide_id, language, state, started_at, started_by,
        attached_at, attached_by, completed_at, version
        """

    /// - Throws: `NotFound` also for another clinic's.
    package static func get(
        _ id: ID<IntakeForm>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> IntakeForm {
        let row = try tx.first("SELECT \(columns) FROM intake_form WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let row else { throw NotFound("初诊表") }
        return try form(row)
    }

    /// All forms of a customer, newest first.
    package static func list(of patient: ID<Patient>, in tx: any ReadTransaction) throws -> [IntakeForm] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM intake_form
            WHERE patient_id = \(patient)
            ORDER BY started_at DESC, id DESC
            LIMIT 50
            """
        ).map(form)
    }

    /// Not complete yet, of known customers, oldest first (R1.03).
    package static func listOpen(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [IntakeForm] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM intake_form
            WHERE clinic_id = \(clinic) AND state IN ('filling', 'unsigned', 'unchecked') AND patient_id IS NOT NULL
            ORDER BY started_at, id
            LIMIT 200
            """
        ).map(form)
    }

    /// Filled in by customers themselves, nobody knows by whom yet; oldest first (R1.10).
    package static func listUnattached(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [IntakeForm] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM intake_form
            WHERE clinic_id = \(clinic) AND state IN ('filling', 'unsigned', 'unchecked') AND patient_id IS NULL
            ORDER BY started_at, id
            LIMIT 200
            """
        ).map(form)
    }

    /// States of the latest form of each kind of many customers at once, for chips on lists.
    package static func openStates(
        of patients: [ID<Patient>], in tx: any ReadTransaction
    ) throws -> [ID<Patient>: [IntakeState]] {
        guard !patients.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT patient_id, state
            FROM intake_form
            WHERE patient_id IN \(list: patients) AND state IN ('filling', 'unsigned', 'unchecked')
            ORDER BY started_at, id
            """)
        var found: [ID<Patient>: [IntakeState]] = [:]
        for row in rows { found[try row.id("patient_id"), default: []].append(try row.code("state")) }
        return found
    }

    package static func fields(
        of form: ID<IntakeForm>, in tx: any ReadTransaction
    ) throws -> [IntakeField] {
        try tx.rows(
            """
            SELECT form_id, field, value, note, is_special, filled_at, filled_by, checked_at, checked_by
            FROM intake_field
            WHERE form_id = \(form)
            ORDER BY field
            """
        ).map { row in
            IntakeField(
                formID: try row.id("form_id"), field: try row.text("field"), value: try row.text("value"),
                note: try row.textIfAny("note"), isSpecial: try row.bool("is_special"),
                filledAt: try row.timestamp("filled_at"), filledBy: try row.id("filled_by"),
                checkedAt: try row.timestampIfAny("checked_at"), checkedBy: try row.idIfAny("checked_by"))
        }
    }

    static func insert(_ f: IntakeForm, in tx: any WriteTransaction) throws {
        let (mode, guide) = fill(f)
        let values: [any SQLBindable] = [
            f.id, f.clinicID, f.patientID, f.visitID, f.kind.rawValue, f.source.rawValue, mode, guide,
            f.language.rawValue, f.state.rawValue, f.startedAt, f.startedBy, f.attachedAt, f.attachedBy, f.completedAt,
            f.version,
        ]
        try tx.run("INSERT INTO intake_form (\(columns)) VALUES \(rows: [values])")
    }

    /// Stores what can change and raises the version.
    /// - Throws: `ChangedMeanwhile`.
    static func update(_ f: IntakeForm, in tx: any WriteTransaction) throws -> IntakeForm {
        let (mode, guide) = fill(f)
        let changed = try tx.run(
            """
            UPDATE intake_form
            SET patient_id = \(f.patientID), visit_id = \(f.visitID), fill_mode = \(mode), guide_id = \(guide),
                state = \(f.state.rawValue), attached_at = \(f.attachedAt), attached_by = \(f.attachedBy),
                completed_at = \(f.completedAt), version = version + 1
            WHERE id = \(f.id) AND version = \(f.version)
            """)
        guard changed == 1 else { throw ChangedMeanwhile("初诊表") }
        var stored = f
        stored.version += 1
        return stored
    }

    /// New and changed answers take the place of the old ones, unchecked.
    static func replace(_ fields: [IntakeField], in tx: any WriteTransaction) throws {
        for f in fields {
            try tx.run("DELETE FROM intake_field WHERE form_id = \(f.formID) AND field = \(f.field)")
        }
        guard !fields.isEmpty else { return }
        let rows: [[any SQLBindable]] = fields.map { f in
            [
                f.formID, f.field, f.value, f.note, f.isSpecial, f.filledAt, f.filledBy, f.checkedAt, f.checkedBy,
            ]
        }
        try tx.run(
            """
            INSERT INTO intake_field (form_id, field, value, note, is_special, filled_at, filled_by, checked_at,
                checked_by)
            VALUES \(rows: rows)
            """)
    }

    static func remove(_ fields: [String], of form: ID<IntakeForm>, in tx: any WriteTransaction) throws {
        guard !fields.isEmpty else { return }
        try tx.run("DELETE FROM intake_field WHERE form_id = \(form) AND field IN \(list: fields)")
    }

    /// Ticks fields that nobody had ticked before.
    static func check(
        _ fields: [String], of form: ID<IntakeForm>, by staff: ID<Staff>, at now: Timestamp,
        in tx: any WriteTransaction
    ) throws {
        guard !fields.isEmpty else { return }
        try tx.run(
            """
            UPDATE intake_field
            SET checked_at = \(now), checked_by = \(staff)
            WHERE form_id = \(form) AND field IN \(list: fields) AND checked_at IS NULL
            """)
    }

    private static func fill(_ f: IntakeForm) -> (String?, ID<Staff>?) {
        switch f.fill {
        case .none: (nil, nil)
        case .alone: ("alone", nil)
        case .guided(let by): ("guided", by)
        }
    }

    private static func form(_ row: Row) throws -> IntakeForm {
        let fill: IntakeFill? =
            switch try row.textIfAny("fill_mode") {
            case "alone": .alone
            case "guided": .guided(by: try row.id("guide_id"))
            default: nil
            }
        return IntakeForm(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), patientID: try row.idIfAny("patient_id"),
            visitID: try row.idIfAny("visit_id"), kind: try row.code("kind"), source: try row.code("source"),
            fill: fill,
            language: try row.code("language"), state: try row.code("state"),
            startedAt: try row.timestamp("started_at"),
            startedBy: try row.id("started_by"), attachedAt: try row.timestampIfAny("attached_at"),
            attachedBy: try row.idIfAny("attached_by"), completedAt: try row.timestampIfAny("completed_at"),
            version: try row.int("version"))
    }
}
