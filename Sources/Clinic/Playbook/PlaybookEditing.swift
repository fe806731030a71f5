import Kernel
import Storage

/// Changes the service standard for the organisation or one clinic, with history (R16.14). Writes belong to the
/// organisation lane; a change counts from the moment of its commit.
package enum PlaybookEditing {
    /// - Parameter typed: what stands in the input field, see `SettingDefinition.value(typed:)`.
    /// - Throws: `PlaybookEditingError`, `NotAllowed`, `NotFound`.
    package static func setSetting(
        _ key: String, typed: String, scope: PlaybookScope, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageSettings)
        guard let definition = work.playbook.setting(key) else { throw PlaybookEditingError.unknown }
        guard let value = definition.value(typed: typed) else {
            throw PlaybookEditingError.invalid("\(definition.label)：填写的内容看不懂")
        }
        try requireOwner(definition.changedBy, work)
        try set(OverrideKey(.setting, key), json: value.json, scope: scope, reason: reason, by: work, in: tx)
    }

    /// - Throws: `PlaybookEditingError`, `NotAllowed`, `NotFound`.
    package static func setLevel(
        _ rule: RuleID, to level: Level, scope: PlaybookScope, reason: String, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageSettings)
        let key = OverrideKey(.level, rule.rawValue)
        try requireOwner(of: key, work)
        try set(key, json: JSONValue.text(level.code).text, scope: scope, reason: reason, by: work, in: tx)
    }

    /// - Throws: `PlaybookEditingError`, `NotAllowed`, `NotFound`.
    package static func setRole(
        _ code: String, to capabilities: Set<Capability>, scope: PlaybookScope, reason: String, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageStaff)
        let json = Playbook.json(capabilities)
        try set(OverrideKey(.role, code), json: json, scope: scope, reason: reason, by: work, in: tx)
    }

    /// - Throws: `PlaybookEditingError`, `NotAllowed`, `NotFound`.
    package static func setTaskRule(
        _ id: String, isActive: Bool, scope: PlaybookScope, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageSettings)
        try requireOwner(of: OverrideKey(.taskRule, id), work)
        let json = isActive ? "true" : "false"
        try set(OverrideKey(.taskRule, id), json: json, scope: scope, reason: reason, by: work, in: tx)
    }

    /// Switches a register or a checklist.
    /// - Throws: `PlaybookEditingError`, `NotAllowed`, `NotFound`.
    package static func setActive(
        _ key: OverrideKey, _ isActive: Bool, scope: PlaybookScope, reason: String, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageSettings)
        guard [.register, .checklist].contains(key.kind) else { throw PlaybookEditingError.unknown }
        try requireOwner(of: key, work)
        try set(key, json: isActive ? "true" : "false", scope: scope, reason: reason, by: work, in: tx)
    }

    /// Back to the next layer: the clinic's own value to the organisation's, that one to the shipped. Without an override
    /// nothing happens.
    /// - Throws: `PlaybookEditingError`, `NotAllowed`, `NotFound`.
    package static func reset(
        _ key: OverrideKey, scope: PlaybookScope, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(key.kind == .role ? .manageStaff : .manageSettings)
        try requireOwner(of: key, work)
        try requireScope(scope, key, work)
        guard let current = try PlaybookStore.find(key, scope: scope, in: tx) else { return }
        try PlaybookStore.end(current.id, at: work.now, in: tx)
        let event = event("playbook.reset", current.id, key, scope, before: current.override.value, after: nil, reason)
        try Audit.append([event], by: work, lane: .organisation, in: tx)
    }

    private static func set(
        _ key: OverrideKey, json: String, scope: PlaybookScope, reason: String, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try requireScope(scope, key, work)
        guard let reason = reason.nonBlank else { throw PlaybookEditingError.reasonMissing }
        guard let shipped = work.playbook.shippedJSON(key) else { throw PlaybookEditingError.unknown }
        if let fault = work.playbook.fault(json, for: key) { throw PlaybookEditingError.invalid(fault) }
        let new = PlaybookOverride(kind: key.kind, key: key.key, value: json, shippedValue: shipped)
        let current = try PlaybookStore.find(key, scope: scope, in: tx)
        guard current?.override != new else { return }
        if let current { try PlaybookStore.end(current.id, at: work.now, in: tx) }
        let record = OverrideRecord(
            id: work.newID(), scope: scope, override: new, reason: reason, setBy: work.actor.id, setAt: work.now,
            endedAt: nil)
        try PlaybookStore.insert(record, in: tx)
        let before = current?.override.value ?? work.playbook.currentJSON(key)
        let event = event("playbook.changed", record.id, key, scope, before: before, after: json, reason)
        try Audit.append([event], by: work, lane: .organisation, in: tx)
    }

    /// R16.14: each entry names the roles that may change it.
    private static func requireOwner(of key: OverrideKey, _ work: Work) throws(PlaybookEditingError) {
        guard let owners = work.playbook.owners(of: key) else { return }
        try requireOwner(owners, work)
    }

    private static func requireOwner(_ owners: [String], _ work: Work) throws(PlaybookEditingError) {
        // Nobody owns what is fixed; that it cannot be changed is said by the value.
        guard !owners.isEmpty, work.actor.id != Actor.system.id, work.actor.roles.isDisjoint(with: owners) else {
            return
        }
        throw .otherRole(names: owners.compactMap { work.playbook.role($0)?.name })
    }

    /// A person changes the standard of the clinic he works in, or of all.
    private static func requireScope(_ scope: PlaybookScope, _ key: OverrideKey, _ work: Work) throws {
        switch scope {
        case .clinic(let id): if id != work.clinic.id { throw NotFound("门诊") }
        case .organisation: try work.actor.requireEverywhere(key.kind == .role ? .manageStaff : .manageSettings)
        }
    }

    private static func event(
        _ kind: String, _ id: ID<OverrideRecord>, _ key: OverrideKey, _ scope: PlaybookScope, before: String?,
        after: String?, _ reason: String
    ) -> Event {
        Event(
            kind, of: id,
            [
                "kind": .text(key.kind.rawValue), "key": .text(key.key), "scope": .int(scope.raw),
                "before": JSONValue(before), "after": JSONValue(after), "reason": .text(reason),
            ])
    }
}

package enum PlaybookEditingError: UserFacingError, Hashable {
    case unknown
    /// In Chinese, what is wrong with the value.
    case invalid(String)
    case reasonMissing
    case otherRole(names: [String])

    package var kind: FailureKind {
        switch self {
        case .unknown: .notFound
        case .invalid, .reasonMissing: .invalid
        case .otherRole: .forbidden
        }
    }

    package var userMessage: String {
        switch self {
        case .unknown: "没有这一项，可能已随升级取消，请刷新设置页"
        case .invalid(let fault): "不能这样设置：\(fault)，请改正后再保存"
        case .reasonMissing: "请写明修改原因，以后查得到"
        case .otherRole(let names): "这一项由\(names.joined(separator: "、"))修改，请找他们处理"
        }
    }

    package var field: String? {
        switch self {
        case .invalid: "value"
        case .reasonMissing: "reason"
        case .unknown, .otherRole: nil
        }
    }
}
