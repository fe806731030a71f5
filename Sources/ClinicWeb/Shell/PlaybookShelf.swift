import Clinic
import Kernel
import Storage

/// The service standard of each clinic, resolved once and kept until somebody changes it.
package final class PlaybookShelf: Sendable {
    private let shipped: Playbook
    private let db: any Database
    private let resolved = Guarded<[ID<ClinicSite>: Playbook]>([:])

    package init(shipped: Playbook, db: any Database) {
        self.shipped = shipped
        self.db = db
    }

    /// What counts in a clinic; the shipped standard in one that was made a moment ago.
    package func playbook(_ clinic: ID<ClinicSite>) -> Playbook {
        resolved.withLock { $0[clinic] } ?? shipped
    }

    /// Reads all clinics' changes again.
    package func reload() async throws {
        let shipped = shipped
        let fresh = try await db.read { tx in
            let clinics = try PlaceStore.clinics(in: tx)
            return try Dictionary(
                uniqueKeysWithValues: clinics.map { clinic in
                    (clinic.id, try PlaybookStore.resolved(shipped, clinic: clinic.id, in: tx))
                })
        }
        resolved.withLock { $0 = fresh }
    }
}
