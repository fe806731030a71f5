import Kernel
import Storage

/// Changes what a role may do (R16.03, R16.15). Roles are given in several clinics and everywhere, so only those who
/// administer accounts everywhere may change one, also for a single clinic.
package enum RoleEditing {
    /// - Throws: `NotAllowed`, `PlaybookEditingError`, `LastAdministrator`.
    package static func setCapabilities(
        _ role: String, to capabilities: Set<Capability>, scope: PlaybookScope, reason: String, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try work.actor.requireEverywhere(.manageStaff)
        try PlaybookEditing.setRole(role, to: capabilities, scope: scope, reason: reason, by: work, in: tx)
        try requireAnAdministrator(work, in: tx)
    }

    /// - Throws: `NotAllowed`, `LastAdministrator`.
    package static func reset(
        _ role: String, scope: PlaybookScope, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.requireEverywhere(.manageStaff)
        try PlaybookEditing.reset(OverrideKey(.role, role), scope: scope, reason: reason, by: work, in: tx)
        try requireAnAdministrator(work, in: tx)
    }

    private static func requireAnAdministrator(_ work: Work, in tx: any ReadTransaction) throws {
        let changed = try PlaybookStore.resolved(work.playbook, clinic: work.clinic.id, in: tx)
        try Accounts.requireAnAdministrator(changed, in: tx)
    }
}
