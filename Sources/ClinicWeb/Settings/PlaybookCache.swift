import Clinic
import Kernel
import Storage

/// The playbook of every clinic, resolved once and kept until an override changes, by this process or another.
package final class PlaybookCache: Sendable {
    package let shipped: Playbook
    private struct State: Sendable {
        var stamp = ""
        var playbooks: [ID<ClinicSite>: Playbook] = [:]
    }
    private let state = Guarded(State())

    package init(shipped: Playbook) { self.shipped = shipped }

    /// What counts in a clinic, as of the last `refresh`.
    package func playbook(_ clinic: ID<ClinicSite>) -> Playbook {
        state.withLock { $0.playbooks[clinic] } ?? shipped
    }

    /// Reads a few numbers; reads the overrides again only when one was set or ended, or a clinic was added. Cheap
    /// enough for every request, so that a change acts with the next click in every process (R16.14).
    package func refresh(in tx: any ReadTransaction) throws {
        let stamp = try Self.stamp(in: tx)
        guard state.withLock({ $0.stamp }) != stamp else { return }
        var playbooks: [ID<ClinicSite>: Playbook] = [:]
        for clinic in try PlaceStore.clinics(in: tx) {
            playbooks[clinic.id] = try PlaybookStore.resolved(shipped, clinic: clinic.id, in: tx)
        }
        let fresh = State(stamp: stamp, playbooks: playbooks)
        state.withLock { $0 = fresh }
    }

    private static func stamp(in tx: any ReadTransaction) throws -> String {
        let row = try tx.first(
            """
            SELECT (SELECT COUNT(*) FROM clinic) AS clinics, (SELECT COUNT(*) FROM playbook_override) AS overrides,
                (SELECT COUNT(*) FROM playbook_override WHERE ended_at IS NULL) AS in_force,
                (SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) FROM playbook_override) AS latest
            """)
        guard let row else { return "" }
        return
            "\(try row.int64("clinics")) \(try row.int64("overrides")) \(try row.int64("in_force")) \(try row.int64("latest"))"
    }
}
