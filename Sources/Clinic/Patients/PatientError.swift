import Kernel

/// Why a customer's file was not written.
package enum PatientError: UserFacingError, Hashable {
    /// Somebody on file looks like the same person, and nobody has said that it is another one (R1.14).
    case duplicates([DuplicateMatch])
    /// No key file is loaded, so no document number can be sealed.
    case secretsUnavailable
    case referrerIsSelf
    case householdIsSelf
    case merged
    case alreadyEnded
    case unknownCode
    case noDocument
    /// Another clinic stored a file with the same document at the same moment.
    case documentJustTaken

    package var kind: FailureKind {
        switch self {
        case .duplicates, .alreadyEnded, .merged, .documentJustTaken: .conflict
        case .secretsUnavailable: .unavailable
        case .noDocument: .notFound
        case .referrerIsSelf, .householdIsSelf, .unknownCode: .invalid
        }
    }

    package var userMessage: String {
        switch self {
        case .duplicates(let matches):
            "可能已有档案：\(matches.prefix(3).map { "\($0.patient.name)（\($0.patient.recordNumber)）" }.joined(separator: "、"))。请核对，同一人就用原档案，不是同一人请确认后再保存"
        case .secretsUnavailable: "证件号的加密钥匙没有装好，证件号先留空，并请管理员检查"
        case .referrerIsSelf: "介绍人不能是客人自己，请重新选择"
        case .householdIsSelf: "家人不能是客人自己，请重新选择"
        case .merged: "这份档案已并入另一份，请打开并入后的档案"
        case .alreadyEnded: "这一条已经停用，请刷新后查看"
        case .unknownCode: "请从列表里选择"
        case .noDocument: "这位客人没有登记证件号"
        case .documentJustTaken: "这个证件号刚刚在别处建了档案，请再点一次保存，核对是不是同一人"
        }
    }

    package var field: String? {
        switch self {
        case .referrerIsSelf: "referrer"
        case .householdIsSelf: "household"
        case .secretsUnavailable, .documentJustTaken: "documentNumber"
        case .unknownCode: "code"
        default: nil
        }
    }

    package var obstacle: Obstacle? {
        guard case .duplicates(let matches) = self, let first = matches.first else { return nil }
        return Obstacle(kind: "patient", id: first.patient.id.raw, label: first.patient.name)
    }
}
