import Clinic
import Hummingbird
import Kernel
import Storage

/// Calls, skips, puts back (R4.10).
enum QueueHandlers {
    static func call(_ request: StaffRequest) async throws -> Response {
        let (version, form) = (Int(request.form["version"]), request.form)
        do {
            return try await act(request, { "已叫 \($0)" }) { id, work, tx in
                let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
                let booked = try visit.appointmentID.flatMap {
                    try AppointmentStore.get($0, clinic: work.clinic.id, in: tx).chairID
                }
                let own = try visit.doctorID.flatMap { try StaffStore.find($0, in: tx)?.chairID }
                let reason = form["reason"].nonBlank.map { work.playbook.label($0, in: .queueMove) }
                try Queue.call(
                    id, chair: booked ?? own, version: version,
                    reason: [reason, form["note"].nonBlank].compactMap(\.self).joined(separator: "，"), by: work, in: tx)
            }
        } catch let error as ReceptionError {
            guard case .passesOver = error else { throw error }
            return try await QueuePlaceHandlers.page(request, error: error, status: .conflict)
        }
    }

    static func skip(_ request: StaffRequest) async throws -> Response {
        let version = Int(request.form["version"])
        return try await act(request, { "\($0) 过号，可以随时再叫" }) { id, work, tx in
            try Queue.skip(id, version: version, by: work, in: tx)
        }
    }

    static func requeue(_ request: StaffRequest) async throws -> Response {
        let version = Int(request.form["version"])
        return try await act(request, { "\($0) 重新排入" }) { id, work, tx in
            try Queue.requeue(id, version: version, by: work, in: tx)
        }
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
