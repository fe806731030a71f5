import Kernel

/// The person (or the program) in whose name something is done, with what this person may do in this clinic.
package struct Actor: Hashable, Sendable {
    package let id: ID<Staff>
    package let name: String
    /// Codes of Playbook/roles.yaml.
    package let roles: Set<String>
    package let capabilities: Set<Capability>
    /// What the person may do for the whole organisation: rights of roles that were given everywhere (R16.15).
    package let organisationWide: Set<Capability>

    /// - Parameter organisationWide: nil: all of `capabilities`.
    package init(
        id: ID<Staff>, name: String, roles: Set<String>, capabilities: Set<Capability>,
        organisationWide: Set<Capability>? = nil
    ) {
        self.id = id
        self.name = name
        self.roles = roles
        self.capabilities = capabilities
        self.organisationWide = organisationWide ?? capabilities
    }

    /// The program itself: reconciles tasks, runs jobs. May everything that a use case it calls demands.
    package static let system = Actor(id: ID(raw: 0), name: "系统", roles: [], capabilities: Set(Capability.allCases))

    /// The customer at the own telephone: what is done by a link or an online booking is the customer's act (R3.36).
    /// Nothing but the own booking, and a file that the desk has to verify.
    package static let customer = Actor(
        id: ID(raw: 1), name: "客人本人", roles: [],
        capabilities: [.bookAppointments, .moveAppointments, .cancelAppointments, .registerPatients],
        organisationWide: [])

    package func may(_ capability: Capability) -> Bool { capabilities.contains(capability) }

    /// - Throws: `NotAllowed` naming what is missing.
    package func require(_ capability: Capability) throws(NotAllowed) {
        guard may(capability) else { throw NotAllowed(capability: capability) }
    }

    /// For what changes every clinic.
    package func requireEverywhere(_ capability: Capability) throws(NotAllowed) {
        guard organisationWide.contains(capability) else { throw NotAllowed(capability: capability) }
    }
}

/// The signed-in person lacks a right (R16.03).
package struct NotAllowed: UserFacingError, Hashable {
    package let capability: Capability
    package init(capability: Capability) { self.capability = capability }
    package var kind: FailureKind { .forbidden }
    package var userMessage: String { "您的岗位没有这项权限，请找主管处理，或换有权限的同事登录" }
}

/// Something that does not exist, or belongs to another clinic: both look the same.
package struct NotFound: UserFacingError, Hashable {
    /// What was looked for, in Chinese: 预约, 客人 …
    package let what: String
    package init(_ what: String) { self.what = what }
    package var kind: FailureKind { .notFound }
    package var userMessage: String { "没有找到这条\(what)，可能已经被改动，请返回列表重新选择" }
}

/// The record was changed since the page was drawn.
package struct ChangedMeanwhile: UserFacingError, Hashable {
    package let what: String
    /// Who changed it and what, as the log tells: "周敏 10:24 改了时间".
    package let change: String?
    package init(_ what: String, change: String? = nil) {
        self.what = what
        self.change = change
    }
    package var kind: FailureKind { .conflict }
    package var userMessage: String {
        "这条\(what)刚刚被改过\(change.map { "（\($0)）" } ?? "")，您的改动没有保存，请刷新后再改"
    }
}
