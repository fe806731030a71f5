import Storage

/// Guards the database itself keeps, and indexes that keep work as long as what is open (design idea 6, idea 10).
///
/// SQLite keeps the text of an added column up to its end, so comments stand here and not in the statements.
enum Safeguards {
    static let statements: [SQL] = documents + owed + holds

    /// Two clinics cannot register the same document at the same time (R1.14): place 0 is the first file with a document
    /// number; a file declared to be somebody else takes the next place.
    private static let documents: [SQL] = [
        "ALTER TABLE patient ADD COLUMN document_place \(SQL.int64) NOT NULL DEFAULT 0 CHECK (document_place >= 0)",
        """
        UPDATE patient
        SET document_place = (
            SELECT COUNT(*)
            FROM patient AS older
            WHERE older.document_hash = patient.document_hash AND older.id < patient.id
        )
        WHERE document_hash IS NOT NULL
        """,
        """
        CREATE UNIQUE INDEX patient_document_place ON patient (document_hash, document_place)
        WHERE document_hash IS NOT NULL
        """,
        "DROP INDEX patient_document",
    ]

    /// `paid_fen`: allocated to the line. `owed_fen`: what is still open of a released sheet, 0 before the notice. No
    /// payment can go beyond either (R6.07), and finding what somebody owes costs what is open.
    private static let owed: [SQL] = [
        """
        ALTER TABLE charge_line ADD COLUMN paid_fen \(SQL.int64) NOT NULL DEFAULT 0
        CHECK (paid_fen BETWEEN 0 AND amount_fen)
        """,
        """
        UPDATE charge_line
        SET paid_fen = (
            SELECT CAST(COALESCE(SUM(allocation.amount_fen), 0) AS BIGINT)
            FROM allocation
            WHERE allocation.charge_line_id = charge_line.id
        )
        """,
        "ALTER TABLE charge_sheet ADD COLUMN owed_fen \(SQL.int64) NOT NULL DEFAULT 0 CHECK (owed_fen >= 0)",
        """
        UPDATE charge_sheet
        SET owed_fen = (
            SELECT CAST(COALESCE(SUM(charge_line.amount_fen - charge_line.paid_fen), 0) AS BIGINT)
            FROM charge_line
            WHERE charge_line.sheet_id = charge_sheet.id
        )
        WHERE notice_at IS NOT NULL AND cancelled_at IS NULL
        """,
        "CREATE INDEX charge_sheet_owed ON charge_sheet (patient_id, clinic_id) WHERE owed_fen > 0",
    ]

    /// Held places that nobody took are cleared away by a job.
    private static let holds: [SQL] = [
        """
        CREATE INDEX resource_unit_expiring ON resource_unit (clinic_id, expires_at)
        WHERE expires_at IS NOT NULL
        """
    ]
}
