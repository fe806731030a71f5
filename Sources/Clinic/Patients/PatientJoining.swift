import Kernel
import Storage

/// A file that was made for somebody who is on file already (R1.14): what was said about health goes to the file that
/// counts, the other one points to it and is found no more. Nothing is deleted.
package enum PatientJoining {
    /// - Parameters:
    ///   - joined: a file on which nothing hangs but bookings, which the caller has handed over.
    /// - Throws: `NotAllowed`, `NotFound`, `MergedFile`, `JoiningError.hasMore`.
    package static func join(
        _ joined: ID<Patient>, into living: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.mergePatients)
        guard joined != living else { throw NotFound("客人资料") }
        // In order of id: both rows are shared by the lanes of all clinics.
        for id in [joined, living].sorted() { _ = try PatientStore.lock(id, in: tx) }
        _ = try PatientStore.requireLiving(joined, in: tx)
        let target = try PatientStore.requireLiving(living, in: tx)
        try JoiningCheck.check(joined, in: tx)
        let known = Set(try PatientAlerts.list(target.id, in: tx).map(\.code))
        for alert in try PatientAlerts.list(joined, in: tx) where !known.contains(alert.code) {
            _ = try PatientAlerts.add(code: alert.code, note: alert.note ?? "", to: target.id, by: work, in: tx)
        }
        try PatientStore.setMerged(joined, into: target.id, in: tx)
        try Audit.append(
            Event("patient.merged", of: joined, patient: target.id, ["into": JSONValue(target.id)]), by: work, in: tx)
    }
}

extension PatientStore {
    /// The file is found and used again.
    static func setLiving(_ id: ID<Patient>, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE patient SET merged_into_id = NULL, version = version + 1 WHERE id = \(id)")
    }

    /// A living file, touched: a merge in another clinic that began before this runs again and sees what is written here.
    /// - Throws: `NotFound`; `MergedFile`.
    package static func claimLiving(_ id: ID<Patient>, in tx: any WriteTransaction) throws -> Patient {
        try claim(id, in: tx)
        return try requireLiving(id, in: tx)
    }

    /// The touch alone, for who looks at the file with what else is read: one statement of the hot path of booking.
    static func claim(_ id: ID<Patient>, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE patient SET merged_into_id = NULL WHERE id = \(id) AND merged_into_id IS NULL")
    }

    /// Files that went into this one, with what went into them; their log belongs to its time line.
    package static func absorbed(by id: ID<Patient>, in tx: any ReadTransaction) throws -> [ID<Patient>] {
        var found: [ID<Patient>] = []
        var next = [id]
        while !next.isEmpty {
            next = try tx.rows("SELECT id FROM patient WHERE merged_into_id IN \(list: next) ORDER BY id").map {
                try $0.id("id")
            }
            found += next
        }
        return found
    }

    /// The file leaves every search; its row stays.
    static func setMerged(_ id: ID<Patient>, into living: ID<Patient>, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE patient SET merged_into_id = \(living), version = version + 1 WHERE id = \(id)")
        try tx.run("DELETE FROM patient_term WHERE patient_id = \(id)")
    }
}
