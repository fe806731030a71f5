import Kernel
import Storage

/// Administration of accounts (R16.02, R16.03). Writes of the organisation lane. Accounts are disabled, never deleted.
package enum Accounts {
    /// An account as an administrator sees it: the private number only of people he administers (R16.12).
    package struct Seen: Hashable, Sendable {
        package let account: Account
        package let isAdministered: Bool
    }

    /// Everybody within the actor's reach, the disabled at the end, in order of employee number.
    package static func list(by work: Work, in tx: any ReadTransaction) throws -> [Seen] {
        let reach = try AdministratorReach.of(work, in: tx)
        return try AccountStore.list(in: tx).filter(reach.sees).map { Seen($0, reach) }
    }

    /// - Throws: `NotAllowed`; `NotFound` also for people of other clinics.
    package static func seen(_ id: ID<Staff>, by work: Work, in tx: any ReadTransaction) throws -> Seen {
        let reach = try AdministratorReach.of(work, in: tx)
        guard let account = try AccountStore.find(id, in: tx), reach.sees(account) else { throw NotFound("员工资料") }
        return Seen(account, reach)
    }

    /// Makes an account with a first password that must be changed at the first sign-in.
    /// - Parameter passwordHash: `PasswordHash.make`; nil for people who never sign in.
    /// - Throws: `NotAllowed`, `FormErrors` (employeeNumber, name, phone, loginName, roles).
    @discardableResult
    package static func create(
        _ form: AccountForm, grants: [RoleGrant], passwordHash: String?, mustChangePassword: Bool = true, by work: Work,
        in tx: any WriteTransaction
    ) throws -> Staff {
        try work.actor.require(.manageStaff)
        let form = try form.checked()
        try requireFree(form, but: nil, in: tx)
        let grants = try checked(grants, work.playbook)
        try AdministratorReach.of(work, in: tx).require(grants)
        let id = work.newID(Staff.self)
        try AccountStore.insert(
            form, id: id, passwordHash: passwordHash, mustChange: mustChangePassword, now: work.now, in: tx)
        for grant in grants { try AccountStore.insert(grant, to: id, by: work, in: tx) }
        try append(
            Event("staff.created", of: id, ["after": json(form), "roles": json(grants)]), by: work, in: tx)
        return try StaffStore.get(id, in: tx)
    }

    /// - Throws: `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `FormErrors`.
    package static func edit(
        _ id: ID<Staff>, to form: AccountForm, version: Int, by work: Work, in tx: any WriteTransaction
    ) throws {
        let before = try administered(id, by: work, in: tx)
        let form = try form.checked()
        try requireFree(form, but: id, in: tx)
        guard try AccountStore.update(id, to: form, version: version, in: tx) else { throw ChangedMeanwhile("员工资料") }
        try append(
            Event("staff.edited", of: id, ["before": json(before), "after": json(form)]), by: work, in: tx)
    }

    /// Replaces the roles of a person. What was added or taken away acts with the person's next click.
    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors` (roles), `LastAdministrator`.
    package static func setRoles(
        _ id: ID<Staff>, to wished: [RoleGrant], by work: Work, in tx: any WriteTransaction
    ) throws {
        let account = try administered(id, by: work, in: tx)
        let reach = try AdministratorReach.of(work, in: tx)
        let wished = try checked(wished, work.playbook)
        let added = wished.filter { !account.grants.contains($0) }
        let removed = account.grants.filter { !wished.contains($0) }
        guard !added.isEmpty || !removed.isEmpty else { return }
        // Without a role the person would belong to no clinic, and be out of a clinic administrator's sight.
        if wished.isEmpty, reach != .everywhere { throw FormErrors("roles", "请至少留一个岗位；不再来上班的，请停用账号") }
        try reach.require(added + removed)
        for grant in removed { try AccountStore.revoke(grant, from: id, at: work.now, in: tx) }
        for grant in added { try AccountStore.insert(grant, to: id, by: work, in: tx) }
        try requireAnAdministrator(work.playbook, in: tx)
        try append(
            Event("staff.rolesChanged", of: id, ["added": json(added), "removed": json(removed)]), by: work, in: tx)
    }

    /// Ends all sessions at once; the name stays with everything the person did.
    /// - Throws: `NotAllowed`, `NotFound`, `DisablesOneself`, `LastAdministrator`.
    package static func disable(_ id: ID<Staff>, by work: Work, in tx: any WriteTransaction) throws {
        let account = try administered(id, by: work, in: tx)
        guard id != work.actor.id else { throw DisablesOneself() }
        guard !account.isDisabled else { return }
        try AccountStore.setDisabled(id, at: work.now, in: tx)
        let ended = try SessionStore.revokeAll(of: id, but: nil, at: work.now, in: tx)
        try requireAnAdministrator(work.playbook, in: tx)
        try append(Event("staff.disabled", of: id, ["sessionsEnded": JSONValue(ended)]), by: work, in: tx)
    }

    package static func enable(_ id: ID<Staff>, by work: Work, in tx: any WriteTransaction) throws {
        let account = try administered(id, by: work, in: tx)
        guard account.isDisabled else { return }
        try AccountStore.setDisabled(id, at: nil, in: tx)
        try append(Event("staff.enabled", of: id), by: work, in: tx)
    }

    /// Gives a new first password, opens a lock and ends all sessions. One's own is changed with the current password
    /// (`OwnSecrets`): nobody would be left to read the new one.
    /// - Throws: `NotAllowed`, `NotFound`, `ResetsOneself`.
    package static func resetPassword(
        _ id: ID<Staff>, hash: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        _ = try administered(id, by: work, in: tx)
        guard id != work.actor.id else { throw ResetsOneself() }
        try AccountStore.setPassword(id, hash: hash, mustChange: true, in: tx)
        let ended = try SessionStore.revokeAll(of: id, but: nil, at: work.now, in: tx)
        try append(Event("staff.passwordReset", of: id, ["sessionsEnded": JSONValue(ended)]), by: work, in: tx)
    }

    /// Signs a person out everywhere; the next sign-in needs the password.
    package static func revokeSessions(_ id: ID<Staff>, by work: Work, in tx: any WriteTransaction) throws {
        _ = try administered(id, by: work, in: tx)
        let ended = try SessionStore.revokeAll(of: id, but: nil, at: work.now, in: tx)
        try AccountStore.setFailedPins(id, SecurityPolicy.pinFailures, in: tx)
        try append(Event("staff.sessionsRevoked", of: id, ["sessionsEnded": JSONValue(ended)]), by: work, in: tx)
    }

    // MARK: private

    private static func administered(
        _ id: ID<Staff>, by work: Work, in tx: any ReadTransaction
    ) throws -> Account {
        let seen = try seen(id, by: work, in: tx)
        guard seen.isAdministered else { throw NotAllowed(capability: .manageStaff) }
        return seen.account
    }

    private static func requireFree(
        _ form: AccountForm, but own: ID<Staff>?, in tx: any ReadTransaction
    ) throws {
        var errors = FormErrors()
        if let other = try AccountStore.idWithEmployeeNumber(form.employeeNumber, in: tx), other != own {
            errors.add("employeeNumber", "工号 \(form.employeeNumber) 已经有人用了，请换一个")
        }
        if let other = try AccountStore.idWithLoginName(form.loginName, in: tx), other != own {
            errors.add("loginName", "登录名 \(form.loginName) 已经有人用了，请换一个")
        }
        try errors.throwIfAny()
    }

    private static func checked(_ grants: [RoleGrant], _ playbook: Playbook) throws(FormErrors) -> [RoleGrant] {
        let known = Set(playbook.roles.map(\.code))
        guard grants.allSatisfy({ known.contains($0.role) }) else { throw FormErrors("roles", "有一个岗位不存在，请重新选择") }
        var seen: Set<RoleGrant> = []
        return grants.filter { seen.insert($0).inserted }
    }

    /// Whoever administers one clinic only cannot repair the others.
    /// - Throws: `LastAdministrator`.
    static func requireAnAdministrator(_ playbook: Playbook, in tx: any ReadTransaction) throws {
        let roles = playbook.roles(with: .manageStaff).map(\.code)
        let left = try tx.first(
            """
            SELECT s.id
            FROM staff s
            JOIN role_grant g ON g.staff_id = s.id AND g.revoked_at IS NULL
            WHERE s.disabled_at IS NULL AND s.password_hash IS NOT NULL AND g.clinic_id = 0 AND g.role IN \(list: roles)
            LIMIT 1
            """)
        if left == nil { throw LastAdministrator() }
    }

    private static func append(_ event: Event, by work: Work, in tx: any WriteTransaction) throws {
        try Audit.append([event], by: work, lane: .organisation, in: tx)
    }

    private static func json(_ form: AccountForm) -> JSONValue {
        [
            "employeeNumber": .text(form.employeeNumber), "name": .text(form.name), "title": JSONValue(form.title),
            "gender": .text(form.gender.rawValue), "loginName": .text(form.loginName), "isDoctor": .bool(form.isDoctor),
            "specialty": JSONValue(form.specialty), "chair": JSONValue(form.chairID),
            // R16.12: that there is a private number is no secret, the number is.
            "hasPhone": .bool(form.phone != nil),
        ]
    }

    private static func json(_ account: Account) -> JSONValue {
        let staff = account.staff
        return json(
            AccountForm(
                employeeNumber: staff.employeeNumber, name: staff.name, gender: staff.gender, title: staff.title,
                phone: account.phone, loginName: staff.loginName, isDoctor: staff.isDoctor, specialty: staff.specialty,
                chairID: staff.chairID))
    }

    private static func json(_ grants: [RoleGrant]) -> JSONValue {
        .list(grants.map { ["clinic": JSONValue($0.clinicID), "role": .text($0.role)] })
    }
}

extension Accounts.Seen {
    init(_ account: Account, _ reach: AdministratorReach) {
        isAdministered = reach.administers(account)
        self.account = isAdministered ? account : account.withoutPhone
    }
}

/// Nobody would be left who can administer the accounts of every clinic.
package struct LastAdministrator: UserFacingError, Hashable {
    package init() {}
    package var kind: FailureKind { .conflict }
    package var userMessage: String { "这是最后一位能在全机构管理员工账号的人，请先把这个岗位（全机构）交给另一位同事" }
    package var field: String? { "roles" }
}

package struct DisablesOneself: UserFacingError, Hashable {
    package init() {}
    package var kind: FailureKind { .conflict }
    package var userMessage: String { "不能停用自己的账号，请另一位管理员来做" }
}

package struct ResetsOneself: UserFacingError, Hashable {
    package init() {}
    package var kind: FailureKind { .conflict }
    package var userMessage: String { "自己的密码请在「我的账号」里改，要输入现在的密码" }
}
