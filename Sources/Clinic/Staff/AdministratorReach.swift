import Kernel
import Storage

/// Where somebody may administer accounts: an administrator of one clinic has no say over others (R16.15).
package enum AdministratorReach: Hashable, Sendable {
    case everywhere
    case clinics(Set<ID<ClinicSite>>)

    /// - Throws: `NotAllowed` without the right to administer accounts anywhere.
    package static func of(_ work: Work, in tx: any ReadTransaction) throws -> AdministratorReach {
        try work.actor.require(.manageStaff)
        if work.actor.id == Actor.system.id { return .everywhere }
        let roles = Set(work.playbook.roles(with: .manageStaff).map(\.code))
        let own = try AccountStore.get(work.actor.id, in: tx).grants.filter { roles.contains($0.role) }
        return own.contains { $0.clinicID == nil } ? .everywhere : .clinics(Set(own.compactMap(\.clinicID)))
    }

    /// Whoever works in one of these clinics, also by a role that counts everywhere. Everybody else is not found.
    package func sees(_ account: Account) -> Bool {
        guard case .clinics(let clinics) = self else { return true }
        return account.grants.contains { grant in grant.clinicID.map(clinics.contains) ?? true }
    }

    /// All roles lie inside. Somebody without a role belongs to no clinic, so to the organisation.
    package func administers(_ account: Account) -> Bool { covers(account.grants) }

    /// Whether roles may be given there; nil: in every clinic.
    package func offers(_ clinic: ID<ClinicSite>?) -> Bool {
        guard case .clinics(let clinics) = self else { return true }
        return clinic.map(clinics.contains) ?? false
    }

    func require(_ grants: [RoleGrant]) throws(NotAllowed) {
        guard covers(grants) else { throw NotAllowed(capability: .manageStaff) }
    }

    private func covers(_ grants: [RoleGrant]) -> Bool {
        self == .everywhere || !grants.isEmpty && grants.allSatisfy { offers($0.clinicID) }
    }
}
