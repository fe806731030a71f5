import Kernel
import Storage

/// A column of the file whose changes are kept.
package enum PatientField: String, Sendable, CaseIterable {
    case name, pinyin, gender, bornOn, statedAge, salutation, phone, phoneMissingReason, address, document,
        sourceChannel
    case referrer, household, complaint, conditionNote, remark
    case language, relay, contactWindow, intention, intendedItems, preference, needs, drink, employee

    package var label: String {
        switch self {
        case .name: "姓名"
        case .pinyin: "拼音"
        case .gender: "性别"
        case .bornOn: "出生日期"
        case .statedAge: "年龄"
        case .salutation: "称呼"
        case .phone: "电话"
        case .phoneMissingReason: "未留电话的原因"
        case .address: "住址"
        case .document: "证件"
        case .sourceChannel: "了解渠道"
        case .referrer: "介绍人"
        case .household: "家人"
        case .complaint: "症状"
        case .conditionNote: "身体状况"
        case .remark: "备注"
        case .language: "语言"
        case .relay: "转述的人"
        case .contactWindow: "联系时间"
        case .intention: "治疗意向"
        case .intendedItems: "想做的项目"
        case .preference: "治疗偏好"
        case .needs: "需要协助"
        case .drink: "饮品"
        case .employee: "本院员工"
        }
    }

    /// What the log may say of a value.
    func masked(_ value: String?) -> String? {
        guard let value else { return nil }
        switch self {
        case .phone: return PatientPhone.text(value, masked: true)
        case .address: return "***"
        case .document: return value
        case .relay: return "***"
        case .conditionNote, .complaint, .remark, .intendedItems, .preference: return "（\(value.count) 字）"
        default: return value
        }
    }
}

/// One change of one field (R1.04): old value, new value, who, when. Document numbers are masked in it.
package struct PatientChange: Hashable, Sendable {
    package enum Occasion: String, Sendable { case edit, checkIn, merge }
    package let patientID: ID<Patient>
    package let field: PatientField
    package let oldValue: String?
    package let newValue: String?
    package let changedBy: ID<Staff>
    package let changedAt: Timestamp
    package let occasion: Occasion

    /// The fields in which two states of one file differ, as text.
    static func differences(
        from old: Patient, to new: Patient, occasion: Occasion, by work: Work
    ) -> [PatientChange] {
        let before = values(old)
        let after = values(new)
        return PatientField.allCases.compactMap { field in
            let (oldValue, newValue) = (before[field] ?? nil, after[field] ?? nil)
            guard oldValue != newValue || (field == .document && old.documentHash != new.documentHash) else {
                return nil
            }
            return PatientChange(
                patientID: old.id, field: field, oldValue: oldValue, newValue: newValue, changedBy: work.actor.id,
                changedAt: work.now, occasion: occasion)
        }
    }

    private static func values(_ p: Patient) -> [PatientField: String?] {
        [
            .name: p.name, .pinyin: p.pinyin, .gender: p.gender.rawValue, .bornOn: p.bornOn?.iso,
            .statedAge: p.statedAge.map { String($0) }, .salutation: p.salutation, .phone: p.phone,
            .phoneMissingReason: p.phoneMissingReason, .address: p.address, .document: p.documentMasked,
            .sourceChannel: p.sourceChannel, .referrer: p.referrerID?.text, .household: p.householdID?.text,
            .complaint: p.complaint, .conditionNote: p.conditionNote, .remark: p.remark,
        ]
    }
}

/// The table of changes; only ever added to.
package enum PatientChangeStore {
    static func append(_ changes: [PatientChange], by work: Work, in tx: any WriteTransaction) throws {
        guard !changes.isEmpty else { return }
        let rows: [[any SQLBindable]] = changes.map { change in
            [
                work.newID(PatientChange.self), change.patientID, change.field.rawValue, change.oldValue,
                change.newValue, change.changedBy, change.changedAt, change.occasion.rawValue,
            ]
        }
        try tx.run(
            """
            INSERT INTO patient_change (id, patient_id, field, old_value, new_value, changed_by, changed_at, occasion)
            VALUES \(rows: rows)
            """)
    }

    /// Newest first.
    package static func list(_ patient: ID<Patient>, limit: Int, in tx: any ReadTransaction) throws -> [PatientChange] {
        try tx.rows(
            """
            SELECT patient_id, field, old_value, new_value, changed_by, changed_at, occasion
            FROM patient_change
            WHERE patient_id = \(patient)
            ORDER BY changed_at DESC, id DESC
            LIMIT \(limit)
            """
        ).map { row in
            PatientChange(
                patientID: try row.id("patient_id"), field: try row.code("field"),
                oldValue: try row.textIfAny("old_value"), newValue: try row.textIfAny("new_value"),
                changedBy: try row.id("changed_by"), changedAt: try row.timestamp("changed_at"),
                occasion: try row.code("occasion"))
        }
    }

    /// "周敏 10:24 改了电话、住址": the last change, for the one who lost the race; nil when nothing was changed yet.
    package static func lastChangeText(
        _ patient: ID<Patient>, calendar: ClinicCalendar, in tx: any ReadTransaction
    ) throws -> String? {
        let changes = try list(patient, limit: PatientField.allCases.count, in: tx)
        guard let last = changes.first else { return nil }
        let names = try StaffStore.names([last.changedBy], in: tx)
        let together = changes.filter { $0.changedAt == last.changedAt && $0.changedBy == last.changedBy }
        let fields = PatientField.allCases.filter { field in together.contains { $0.field == field } }
        return "\(names[last.changedBy] ?? "同事") \(calendar.clockText(last.changedAt)) 改了"
            + fields.map(\.label).joined(separator: "、")
    }
}
