import Clinic
import Hummingbird
import Kernel
import Storage

/// Calls, skips, puts back (R4.10).
enum QueueHandlers {
    static func call(_ request: StaffRequest) async throws -> Response {
        let version = Int(request.form["version"])
        return try await act(request, { "已叫 \($0)" }) { id, work, tx in
            let doctor = try VisitStore.get(id, clinic: work.clinic.id, in: tx).doctorID
            let chair = try doctor.flatMap { try StaffStore.find($0, in: tx)?.chairID }
            try Queue.call(id, chair: chair, version: version, by: work, in: tx)
        }
    }

    static func skip(_ request: StaffRequest) async throws -> Response {
        try await act(request, { "\($0) 过号，可以随时再叫" }) { id, work, tx in try Queue.skip(id, by: work, in: tx) }
    }

    static func requeue(_ request: StaffRequest) async throws -> Response {
        try await act(request, { "\($0) 重新排入" }) { id, work, tx in try Queue.requeue(id, by: work, in: tx) }
    }

    private static func act(
        _ request: StaffRequest, _ done: (String) -> String,
        _ body: @escaping @Sendable (ID<Visit>, Work, any WriteTransaction) throws -> Void
    ) async throws -> Response {
        let (id, work) = (try request.visitID, request.work)
        let label = try await request.change { tx in
            try body(id, work, tx)
            return try VisitWords.label(id, by: work, in: tx)
        }
        return request.redirect(request.wayBack, flash: done(label), undo: ReceptionPaths.action(id, "undo"))
    }
}

/// How a visit is named in messages.
enum VisitWords {
    /// "A021 庞博"
    static func label(_ id: ID<Visit>, by work: Work, in tx: any ReadTransaction) throws -> String {
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        let ticket = try QueueStore.findLast(id, in: tx)
            .map { QueueTicket.label($0.number, isEmergency: visit.emergency != nil) }
        return [ticket, try PatientStore.get(visit.patientID, in: tx).name].compactMap(\.self).joined(separator: " ")
    }
}
