import Kernel
import Storage

/// SQL of `charge_sheet` and `charge_line`.
package enum ChargeSheetStore {
    private static let columns: SQL = """
        id, clinic_id, business_day, visit_id, patient_id, doctor_id, entered_by, entered_at, explained_at,
        confirmed_at, notice_by, notice_at, next_step, next_units, next_after_days, next_note, version
        """

    package static func find(visit: ID<Visit>, in tx: any ReadTransaction) throws -> ChargeSheet? {
        try list("visit_id = \(visit) AND cancelled_at IS NULL", in: tx).first
    }

    /// - Throws: `NotFound` also for a sheet of another clinic.
    package static func get(
        _ id: ID<ChargeSheet>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> ChargeSheet {
        let found = try list("id = \(id) AND clinic_id = \(clinic) AND cancelled_at IS NULL", in: tx)
        guard let sheet = found.first else { throw NotFound("收费单") }
        return sheet
    }

    package static func listDay(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [ChargeSheet] {
        try list("clinic_id = \(clinic) AND business_day = \(day) AND cancelled_at IS NULL", in: tx)
    }

    package static func listOfPatient(_ patient: ID<Patient>, in tx: any ReadTransaction) throws -> [ChargeSheet] {
        try list("patient_id = \(patient) AND cancelled_at IS NULL", in: tx)
    }

    private static func list(_ condition: SQL, in tx: any ReadTransaction) throws -> [ChargeSheet] {
        let heads = try tx.rows("SELECT \(columns) FROM charge_sheet WHERE \(condition) ORDER BY id LIMIT 500")
        let lines = try lines(of: heads.map { try $0.id("id") }, in: tx)
        return try heads.map { try sheet($0, lines: lines[try $0.id("id")] ?? []) }
    }

    private static func lines(
        of sheets: [ID<ChargeSheet>], in tx: any ReadTransaction
    ) throws -> [ID<ChargeSheet>: [ChargeLine]] {
        guard !sheets.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT id, sheet_id, position, item_id, item_name, category, teeth, quantity, list_price_fen, price_fen,
                price_reason, doctor_id
            FROM charge_line WHERE sheet_id IN \(list: sheets) ORDER BY sheet_id, position
            """)
        var result: [ID<ChargeSheet>: [ChargeLine]] = [:]
        for row in rows {
            let line = ChargeLine(
                id: try row.id("id"), position: try row.int("position"), itemID: try row.id("item_id"),
                itemName: try row.text("item_name"), category: try row.code("category"),
                teeth: Tooth.list(typed: try row.text("teeth")) ?? [], quantity: try row.int("quantity"),
                listPrice: try row.money("list_price_fen"), price: try row.money("price_fen"),
                priceReason: try row.textIfAny("price_reason"), doctorID: try row.id("doctor_id"))
            result[try row.id("sheet_id"), default: []].append(line)
        }
        return result
    }

    static func insert(_ sheet: ChargeSheet, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO charge_sheet (id, clinic_id, business_day, visit_id, patient_id, doctor_id, entered_by,
                entered_at, version)
            VALUES (\(sheet.id), \(sheet.clinicID), \(sheet.businessDay), \(sheet.visitID), \(sheet.patientID),
                \(sheet.doctorID), \(sheet.enteredBy), \(sheet.enteredAt), 1)
            """)
        try insertLines(sheet.lines, sheet: sheet.id, in: tx)
    }

    /// Replaces the lines of a draft; what was explained and confirmed before no longer counts.
    /// - Returns: false when somebody changed the sheet since `version`.
    static func replaceLines(
        _ lines: [ChargeLine], of sheet: ChargeSheet, doctor: ID<Staff>, by actor: ID<Staff>, at now: Timestamp,
        in tx: any WriteTransaction
    ) throws -> Bool {
        let changed = try tx.run(
            """
            UPDATE charge_sheet SET doctor_id = \(doctor), entered_by = \(actor), entered_at = \(now),
                explained_by = NULL, explained_at = NULL, confirmed_at = NULL, confirmed_by = NULL,
                version = version + 1
            WHERE id = \(sheet.id) AND version = \(sheet.version) AND notice_at IS NULL
            """)
        guard changed == 1 else { return false }
        try tx.run("DELETE FROM charge_line WHERE sheet_id = \(sheet.id)")
        try insertLines(lines, sheet: sheet.id, in: tx)
        return true
    }

    private static func insertLines(
        _ lines: [ChargeLine], sheet: ID<ChargeSheet>, in tx: any WriteTransaction
    ) throws {
        let rows: [[any SQLBindable]] = lines.map { line in
            [
                line.id, sheet, line.position, line.itemID, line.itemName, line.category.rawValue,
                line.teeth.map(\.description).joined(separator: ","), line.quantity, line.listPrice, line.price,
                line.priceReason, line.amount, line.doctorID,
            ]
        }
        try tx.run(
            """
            INSERT INTO charge_line (id, sheet_id, position, item_id, item_name, category, teeth, quantity,
                list_price_fen, price_fen, price_reason, amount_fen, doctor_id)
            VALUES \(rows: rows)
            """)
    }

    static func markExplained(
        _ sheet: ChargeSheet, confirmed: Bool, by actor: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws -> Bool {
        let confirmedAt = confirmed ? now : nil
        let confirmedBy = confirmed ? actor : nil
        return try tx.run(
            """
            UPDATE charge_sheet SET explained_by = COALESCE(explained_by, \(actor)),
                explained_at = COALESCE(explained_at, \(now)), confirmed_at = \(confirmedAt),
                confirmed_by = \(confirmedBy), version = version + 1
            WHERE id = \(sheet.id) AND version = \(sheet.version) AND notice_at IS NULL
            """) == 1
    }

    static func markReleased(
        _ sheet: ChargeSheet, by actor: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE charge_sheet SET notice_by = \(actor), notice_at = \(now), owed_fen = \(sheet.total),
                version = version + 1
            WHERE id = \(sheet.id) AND version = \(sheet.version) AND notice_at IS NULL
            """) == 1
    }

    /// Counts a payment against the lines it was allocated to and their sheets. The checks of both columns refuse what goes
    /// beyond the line.
    static func addPaid(
        _ parts: [(line: PaymentRules.OpenLine, amount: Money)], in tx: any WriteTransaction
    ) throws {
        guard !parts.isEmpty else { return }
        let lines: [[any SQLBindable]] = parts.map { [$0.line.lineID, $0.amount] }
        try tx.run(
            """
            WITH part (line_id, amount_fen) AS (VALUES \(rows: lines))
            UPDATE charge_line
            SET paid_fen = paid_fen + (SELECT part.amount_fen FROM part WHERE part.line_id = charge_line.id)
            WHERE id IN (SELECT part.line_id FROM part)
            """)
        let bySheet = Dictionary(grouping: parts, by: \.line.sheetID).mapValues { $0.map(\.amount).sum }
        let sheets: [[any SQLBindable]] = bySheet.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
        try tx.run(
            """
            WITH part (sheet_id, amount_fen) AS (VALUES \(rows: sheets))
            UPDATE charge_sheet
            SET owed_fen = owed_fen - (SELECT part.amount_fen FROM part WHERE part.sheet_id = charge_sheet.id)
            WHERE id IN (SELECT part.sheet_id FROM part)
            """)
    }

    static func setAdvice(
        _ id: ID<ChargeSheet>, _ advice: NextVisitAdvice, in tx: any WriteTransaction
    ) throws {
        switch advice {
        case .none:
            try tx.run(
                """
                UPDATE charge_sheet SET next_step = 'none', next_units = NULL, next_after_days = NULL, next_note = NULL,
                    version = version + 1
                WHERE id = \(id)
                """)
        case .visit(let units, let days, let note):
            try tx.run(
                """
                UPDATE charge_sheet SET next_step = 'visit', next_units = \(units), next_after_days = \(days),
                    next_note = \(note), version = version + 1
                WHERE id = \(id)
                """)
        }
    }

    static func cancel(_ sheet: ChargeSheet, at now: Timestamp, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            """
            UPDATE charge_sheet SET cancelled_at = \(now), version = version + 1
            WHERE id = \(sheet.id) AND version = \(sheet.version) AND notice_at IS NULL
            """) == 1
    }

    private static func sheet(_ row: Row, lines: [ChargeLine]) throws -> ChargeSheet {
        let advice: NextVisitAdvice? =
            switch try row.textIfAny("next_step") {
            case "none": NextVisitAdvice.none
            case "visit":
                .visit(
                    units: try row.intIfAny("next_units") ?? 1, afterDays: try row.intIfAny("next_after_days") ?? 0,
                    note: try row.textIfAny("next_note"))
            default: nil
            }
        return ChargeSheet(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), businessDay: try row.day("business_day"),
            visitID: try row.id("visit_id"), patientID: try row.id("patient_id"), doctorID: try row.id("doctor_id"),
            enteredBy: try row.id("entered_by"), enteredAt: try row.timestamp("entered_at"),
            explainedAt: try row.timestampIfAny("explained_at"), confirmedAt: try row.timestampIfAny("confirmed_at"),
            noticeAt: try row.timestampIfAny("notice_at"), noticeBy: try row.idIfAny("notice_by"), advice: advice,
            version: try row.int("version"), lines: lines)
    }
}
