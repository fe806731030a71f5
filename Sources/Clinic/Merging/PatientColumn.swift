import Kernel
import Storage

/// A column that names a customer, and what a merge does with it (R1.14).
package struct PatientColumn: Hashable, Sendable {
    package enum Rule: Hashable, Sendable {
        /// Its rows go to the file that is kept.
        case moves
        /// The same; a row that the kept file has already (one level, one open deferral of an item) stays behind.
        case movesUnlessTaken
        /// Stays with the file it was written for; the time line of the kept file reads it there.
        case stays
    }

    package let table: String
    package let column: String
    /// What its rows are called in the preview.
    package let label: String
    package let rule: Rule
    /// The column that names a row when the merge is taken back.
    package let key: String

    private init(
        _ table: String, _ label: String, _ rule: Rule = .moves, column: String = "patient_id", key: String = "id"
    ) {
        self.table = table
        self.column = column
        self.label = label
        self.rule = rule
        self.key = key
    }

    /// Every column of the schema that names a customer. A new one is listed here, or a merge would leave it behind; a test
    /// reads the schema and compares.
    package static let all: [PatientColumn] = bookings + visits + money + file + unmoved

    private static let bookings: [PatientColumn] = [
        PatientColumn("appointment", "预约"), PatientColumn("expected_visit", "约定会来"),
        PatientColumn("waiting_entry", "候补"), PatientColumn("deferral", "延期项目", .movesUnlessTaken),
        PatientColumn("screening", "防疫问答"), PatientColumn("online_form", "网上预约"),
        PatientColumn("handed_case", "转交", .movesUnlessTaken), PatientColumn("referral", "转介"),
        PatientColumn("intake_form", "初诊表"), PatientColumn("self_registration", "自助登记"),
    ]

    private static let visits: [PatientColumn] = [
        PatientColumn("visit", "就诊"), PatientColumn("tooth_treatment", "牙位治疗"), PatientColumn("task", "待办"),
        PatientColumn("complaint", "投诉"), PatientColumn("observation", "接待提示"),
        PatientColumn("register_entry", "登记簿"), PatientColumn("checklist_run", "检查表"),
        PatientColumn("lobby_guest", "大厅客人"), PatientColumn("doctor_note", "给医生的便条"),
    ]

    private static let money: [PatientColumn] = [
        PatientColumn("charge_sheet", "收费单"), PatientColumn("receipt", "收据"), PatientColumn("transfer", "收付款"),
    ]

    private static let file: [PatientColumn] = [
        PatientColumn("patient_alert", "病史"), PatientColumn("patient_wish", "固定要求"),
        PatientColumn("patient_consent", "同意"),
        PatientColumn("patient_level", "重要程度", .movesUnlessTaken, key: "patient_id"),
        PatientColumn("patient_profile", "接待资料", .movesUnlessTaken, key: "patient_id"),
        PatientColumn("consultation_profile", "咨询档案"), PatientColumn("paper_chart", "纸质病历"),
        PatientColumn("chart_entry", "录入的病历"), PatientColumn("record_copy", "病历复印"),
        PatientColumn("record_print", "病历打印"), PatientColumn("patient", "介绍来的客人", column: "referrer_id"),
    ]

    private static let unmoved: [PatientColumn] = [
        // Made anew from the file that is kept.
        PatientColumn("patient_term", "查找词", .stays, key: "term"),
        // What was corrected in a file, and who did what, stays as it was written (R16.11).
        PatientColumn("patient_change", "修改记录", .stays), PatientColumn("event", "操作日志", .stays),
        PatientColumn("access_event", "查看日志", .stays), PatientColumn("file_audit", "资料抽查", .stays),
        PatientColumn("patient", "并入的档案", .stays, column: "merged_into_id"),
        PatientColumn("patient", "家庭", .stays, column: "household_id"),
        PatientColumn("online_form", "网上预约的核实", .stays, column: "known_as"),
        PatientColumn("patient_merge", "合并", .stays, column: "kept_id"),
        PatientColumn("patient_merge", "合并", .stays, column: "merged_id"),
    ]
}

/// The SQL of moving rows. The list above says which; nothing else writes another feature's table.
extension PatientColumn {
    /// How many rows would move.
    func count(of patient: ID<Patient>, in tx: any ReadTransaction) throws -> Int {
        let row = try tx.first(SQL(trusted: "SELECT COUNT(*) AS n FROM \(table) WHERE \(column) = ") + "\(patient)")
        return try row?.int("n") ?? 0
    }

    /// - Returns: keys of the rows that were moved.
    func move(from old: ID<Patient>, to new: ID<Patient>, in tx: any WriteTransaction) throws -> [Int64] {
        guard rule != .stays else { return [] }
        let keys = try tx.rows(
            SQL(trusted: "SELECT \(key) AS k FROM \(table) WHERE \(column) = ") + "\(old)"
                + SQL(trusted: " ORDER BY \(key)")
        ).map { try $0.int64("k") }
        switch rule {
        case .stays: return []
        case .moves:
            guard !keys.isEmpty else { return [] }
            // A customer who brought the other one does not become their own referrer.
            let own: SQL = table == "patient" ? SQL(trusted: " AND id <> ") + "\(new)" : ""
            try tx.run(
                SQL(trusted: "UPDATE \(table) SET \(column) = ") + "\(new)" + SQL(trusted: " WHERE \(column) = ")
                    + "\(old)" + own)
            return table == "patient" ? keys.filter { $0 != new.raw } : keys
        case .movesUnlessTaken:
            return try keys.filter { key in
                do {
                    try tx.savepoint { try set(new, key: key, in: tx) }
                    return true
                } catch StorageError.conflict {
                    return false
                }
            }
        }
    }

    /// Takes the move of one row back. A row whose key is the customer is found under the file that was kept.
    func takeBack(
        _ row: Int64, from kept: ID<Patient>, to merged: ID<Patient>, in tx: any WriteTransaction
    ) throws {
        try set(merged, key: key == column ? kept.raw : row, in: tx)
    }

    private func set(_ patient: ID<Patient>, key value: Int64, in tx: any WriteTransaction) throws {
        try tx.run(
            SQL(trusted: "UPDATE \(table) SET \(column) = ") + "\(patient)" + SQL(trusted: " WHERE \(key) = ")
                + "\(value)")
    }
}
