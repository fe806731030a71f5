import Kernel
import Storage

/// Whether a file is as fresh as joining it asks for: since every change of anything of a customer is in the log, the log
/// says whether a visit, a charge, a level or a wish hangs on it that would be left behind.
enum JoiningCheck {
    /// What happens to a file that was made for a booking on line; the booking is handed over, the rest goes along.
    private static let kinds: Set<String> = [
        "patient.registered", "patient.edited", "patient.alertRecorded", "patient.consentGiven",
        "patient.contactConfirmed", "screening.recorded",
    ]
    private static let families = ["appointment.", "task."]

    /// - Throws: `JoiningError.hasMore`.
    static func check(_ joined: ID<Patient>, in tx: any ReadTransaction) throws {
        let others = try EventKinds.list(of: joined, in: tx).filter { kind in
            !kinds.contains(kind) && !families.contains { kind.hasPrefix($0) }
        }
        guard others.isEmpty else { throw JoiningError.hasMore }
    }
}

package enum JoiningError: UserFacingError, Hashable {
    /// The file has visits, charges or other records by now.
    case hasMore

    package var kind: FailureKind { .conflict }
    package var userMessage: String { "这份档案上已经有到诊、收费或其他记录，不能直接并入，请用档案合并逐项处理" }
}
