import Kernel
import Storage

/// A standing request about the doctor or anything else (R1.24).
package struct PatientWish: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case doctorGender, doctorAge, doctorTitle, other
        package var label: String {
            switch self {
            case .doctorGender: "医生性别"
            case .doctorAge: "医生年龄"
            case .doctorTitle: "医生职称"
            case .other: "其他要求"
            }
        }
    }

    package let id: ID<PatientWish>
    package let patientID: ID<Patient>
    package let kind: Kind
    /// Of `doctorGender` a raw value of `Gender`, otherwise what was said.
    package let value: String
    /// Must, not only would like.
    package let isHard: Bool
    package let recordedBy: ID<Staff>
    package let recordedAt: Timestamp

    /// "医生性别：女（必须）"
    package var text: String { "\(kind.label)：\(valueText)（\(isHard ? "必须" : "希望")）" }
    package var valueText: String { kind == .doctorGender ? Gender(rawValue: value)?.label ?? value : value }
}

/// A wish as typed.
package struct NewWish: Hashable, Sendable {
    package var kind: String
    package var value: String
    package var isHard: Bool
    package init(kind: String, value: String, isHard: Bool) {
        self.kind = kind
        self.value = value
        self.isHard = isHard
    }
}

package enum PatientWishes {
    /// Any one of them is enough to write.
    package static let capabilities: [Capability] = [.registerPatients, .editPatients]

    /// In force; musts first, then oldest first.
    package static func list(_ patient: ID<Patient>, in tx: any ReadTransaction) throws -> [PatientWish] {
        try tx.rows(
            """
            SELECT id, patient_id, kind, value, is_hard, recorded_by, recorded_at
            FROM patient_wish
            WHERE patient_id = \(patient) AND ended_at IS NULL
            ORDER BY is_hard DESC, id
            """
        ).map { row in
            PatientWish(
                id: try row.id("id"), patientID: try row.id("patient_id"), kind: try row.code("kind"),
                value: try row.text("value"), isHard: try row.bool("is_hard"), recordedBy: try row.id("recorded_by"),
                recordedAt: try row.timestamp("recorded_at"))
        }
    }

    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors`.
    package static func record(
        _ wish: NewWish, of patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws -> PatientWish {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .editPatients) }
        let patient = try PatientStore.lock(patient, in: tx)
        guard patient.mergedIntoID == nil else { throw PatientError.merged }
        return try add(wish, to: patient.id, by: work, in: tx)
    }

    /// - Throws: `NotAllowed`, `PatientError.alreadyEnded`.
    package static func end(
        _ id: ID<PatientWish>, of patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .editPatients) }
        let ended = try tx.run(
            """
            UPDATE patient_wish
            SET ended_at = \(work.now)
            WHERE id = \(id) AND patient_id = \(patient) AND ended_at IS NULL
            """)
        guard ended == 1 else { throw PatientError.alreadyEnded }
        try Audit.append(
            Event("patient.wishEnded", of: patient, patient: patient, ["wish": JSONValue(id)]), by: work, in: tx)
    }

    static func add(
        _ wish: NewWish, to patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws -> PatientWish {
        let (kind, value) = try checked(wish)
        let new = PatientWish(
            id: work.newID(), patientID: patient, kind: kind, value: value, isHard: wish.isHard,
            recordedBy: work.actor.id, recordedAt: work.now)
        try tx.run(
            """
            INSERT INTO patient_wish (id, patient_id, kind, value, is_hard, recorded_by, recorded_at)
            VALUES (\(new.id), \(patient), \(kind.rawValue), \(value), \(wish.isHard), \(new.recordedBy),
                \(new.recordedAt))
            """)
        try Audit.append(
            Event(
                "patient.wishRecorded", of: patient, patient: patient,
                ["kind": .text(kind.rawValue), "hard": .bool(wish.isHard)]), by: work, in: tx)
        return new
    }

    private static func checked(_ wish: NewWish) throws(FormErrors) -> (PatientWish.Kind, String) {
        guard let kind = PatientWish.Kind(rawValue: wish.kind) else { throw FormErrors("wishKind", "请从列表里选择") }
        guard let value = wish.value.nonBlank else { throw FormErrors("wishValue", "请写下客人的要求") }
        if value.count > 60 { throw FormErrors("wishValue", "最多 60 个字") }
        guard kind == .doctorGender else { return (kind, value) }
        let gender = Gender.allCases.first { $0 != .unknown && ($0.rawValue == value || $0.label == value) }
        guard let gender else { throw FormErrors("wishValue", "医生性别填“男”或“女”") }
        return (kind, gender.rawValue)
    }
}
