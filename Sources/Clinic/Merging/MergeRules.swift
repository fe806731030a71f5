import Kernel

/// A field in which two files of one person differ.
package struct MergeField: Hashable, Sendable {
    package let field: PatientField
    package let kept: String?
    package let merged: String?
    /// Proposed: the kept file is silent where the other one says something.
    package let prefersMerged: Bool
}

/// What a merge would do, before anybody decides (R1.14).
package struct MergePreview: Hashable, Sendable {
    package let kept: Patient
    package let merged: Patient
    package let fields: [MergeField]
    /// Label and number of rows that would move, none of zero.
    package let moves: [Move]
    /// Why it cannot be done now; empty when it can.
    package let obstacle: MergeError?

    package struct Move: Hashable, Sendable {
        package let label: String
        package let count: Int
    }
}

/// Which value wins. Pure.
package enum MergeRules {
    /// Fields a person may choose; everything else follows from them.
    package static let choosable: [PatientField] = [
        .name, .gender, .bornOn, .salutation, .phone, .address, .document, .sourceChannel, .referrer, .household,
        .complaint, .conditionNote, .remark,
    ]

    package static func fields(kept: Patient, merged: Patient) -> [MergeField] {
        choosable.compactMap { field in
            let (a, b) = (value(field, kept), value(field, merged))
            guard a != b, b != nil else { return nil }
            if field == .document, kept.documentHash == merged.documentHash { return nil }
            return MergeField(field: field, kept: a, merged: b, prefersMerged: a == nil)
        }
    }

    /// The kept file with the chosen values of the other one. Document numbers are sealed to their row, so the caller
    /// seals them anew.
    package static func joined(_ kept: Patient, _ merged: Patient, taking: Set<PatientField>) -> Patient {
        var new = kept
        for field in taking {
            switch field {
            case .name: (new.name, new.pinyin) = (merged.name, merged.pinyin)
            case .gender: new.gender = merged.gender
            case .bornOn:
                (new.bornOn, new.statedAge, new.statedAgeOn) = (merged.bornOn, merged.statedAge, merged.statedAgeOn)
            case .salutation: new.salutation = merged.salutation
            case .phone:
                new.phone = merged.phone
                new.phoneMissingReason = merged.phoneMissingReason
                new.phoneConfirmedAt = merged.phoneConfirmedAt
            case .address: new.address = merged.address
            case .sourceChannel: new.sourceChannel = merged.sourceChannel
            case .referrer: new.referrerID = merged.referrerID == kept.id ? kept.referrerID : merged.referrerID
            case .household: new.householdID = merged.householdID
            case .complaint: new.complaint = merged.complaint
            case .conditionNote: new.conditionNote = merged.conditionNote
            case .remark: new.remark = merged.remark
            default: break
            }
        }
        return new
    }

    /// As text, for the preview and for taking back.
    package static func value(_ field: PatientField, _ p: Patient) -> String? {
        switch field {
        case .name: p.name
        case .gender: p.gender == .unknown ? nil : p.gender.rawValue
        case .bornOn: p.bornOn?.iso ?? p.statedAge.map { "\($0) 岁" }
        case .salutation: p.salutation
        case .phone: p.phone
        case .address: p.address
        case .document: p.documentMasked
        case .sourceChannel: p.sourceChannel
        case .referrer: p.referrerID?.text
        case .household: p.householdID?.text
        case .complaint: p.complaint
        case .conditionNote: p.conditionNote
        case .remark: p.remark
        default: nil
        }
    }
}

package enum MergeError: UserFacingError, Hashable {
    case sameFile
    case bothHere
    case elsewhere(clinic: String)
    case bookedTwice(day: String)
    case undoTooLate
    case undone
    case keptMerged

    package var kind: FailureKind { .conflict }
    package var userMessage: String {
        switch self {
        case .sameFile: "这是同一份档案，请另选一份"
        case .bothHere: "两份档案今天都在就诊，请先把多登记的那次就诊撤回或离诊，再合并"
        case .elsewhere(let clinic): "这位客人正在\(clinic)就诊，离诊后再合并"
        case .bookedTwice(let day): "两份档案在\(day)的时间有重叠的预约，请先取消或改期一个，再合并"
        case .undoTooLate: "已超过可以撤回的时间，请与主管商量怎样更正"
        case .undone: "这次合并已经撤回"
        case .keptMerged: "保留的那份档案后来又并入了另一份，请先撤回那一次"
        }
    }
}
