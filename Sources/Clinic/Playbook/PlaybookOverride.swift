import Kernel

/// What a clinic or the organisation may change, by kind.
package enum OverrideKind: String, CaseIterable, Sendable {
    /// Key: setting key. JSON: the value.
    case setting
    /// Key: R-number. JSON: `"require:overrideRules"`, `"remind"`, `"off"`.
    case level
    /// Key: role code. JSON: list of capability codes.
    case role
    /// Key: task rule id. JSON: `true` or `false`, whether it makes tasks.
    case taskRule = "task_rule"
    /// Key: register id. JSON: `true` or `false`, whether it is kept.
    case register
    /// Key: checklist id. JSON: `true` or `false`, whether it is done.
    case checklist
}

package struct OverrideKey: Hashable, Sendable {
    package let kind: OverrideKind
    package let key: String
    package init(_ kind: OverrideKind, _ key: String) {
        self.kind = kind
        self.key = key
    }
}

/// A sparse change of one entry, as stored.
package struct PlaybookOverride: Hashable, Sendable {
    package let kind: OverrideKind
    package let key: String
    /// JSON text.
    package let value: String
    /// JSON text of the shipped value when the change was made; tells later whether the shipped value is new.
    package let shippedValue: String

    package init(kind: OverrideKind, key: String, value: String, shippedValue: String) {
        self.kind = kind
        self.key = key
        self.value = value
        self.shippedValue = shippedValue
    }
    package var id: OverrideKey { OverrideKey(kind, key) }
}

/// From where a value comes; shown beside it.
package enum Origin: Hashable, Sendable {
    case shipped, organisation, clinic

    package var label: String {
        switch self {
        case .shipped: "默认"
        case .organisation: "全机构"
        case .clinic: "本门诊"
        }
    }
}

/// The override that won for a key.
struct AppliedOverride: Hashable, Sendable {
    let origin: Origin
    let shippedValue: String
}

extension Playbook {
    /// The shipped playbook with both layers laid over it; the clinic's wins. Overrides that do not fit are left out and
    /// listed in `ignoredOverrides`.
    package func resolved(organisation: [PlaybookOverride], clinic: [PlaybookOverride]) -> Playbook {
        var resolved = Playbook(
            settings: settings, rules: rules, roles: shippedRoles, items: items, codes: codeLists,
            taskRules: shippedTaskRules, scripts: scripts, registers: shippedRegisters, checklists: shippedChecklists)
        resolved.holidays = holidays
        resolved.broadcasts = broadcasts
        for override in organisation { resolved.apply(override, from: .organisation) }
        for override in clinic { resolved.apply(override, from: .clinic) }
        return resolved
    }

    package func origin(of key: OverrideKey) -> Origin { applied[key]?.origin ?? .shipped }

    /// 新默认值可用: the shipped value changed since the override was made.
    package func hasNewDefault(_ key: OverrideKey) -> Bool {
        guard let applied = applied[key] else { return false }
        return applied.shippedValue != shippedJSON(key)
    }

    /// JSON of the shipped value; nil for a key that does not exist.
    package func shippedJSON(_ key: OverrideKey) -> String? {
        switch key.kind {
        case .setting: setting(key.key)?.value.json
        case .level: RuleID(rawValue: key.key).flatMap(rule).map { JSONValue.text($0.level.code).text }
        case .role: shippedRoles.first { $0.code == key.key }.map { Self.json($0.capabilities) }
        case .taskRule: shippedTaskRules.first { $0.id == key.key }.map { String($0.isActive) }
        case .register: shippedRegisters.first { $0.id == key.key }.map { String($0.isActive) }
        case .checklist: shippedChecklists.first { $0.id == key.key }.map { String($0.isActive) }
        }
    }

    /// JSON of the value that counts; nil for a key that does not exist.
    package func currentJSON(_ key: OverrideKey) -> String? {
        switch key.kind {
        case .setting: values[key.key]?.json
        case .level: RuleID(rawValue: key.key).flatMap { levels[$0] }.map { JSONValue.text($0.code).text }
        case .role: role(key.key).map { Self.json($0.capabilities) }
        case .taskRule: taskRule(key.key).map { String($0.isActive) }
        case .register: register(key.key).map { String($0.isActive) }
        case .checklist: checklist(key.key).map { String($0.isActive) }
        }
    }

    /// Codes of the roles that may change an entry (R16.14); nil where the right alone decides, as with roles themselves.
    package func owners(of key: OverrideKey) -> [String]? {
        switch key.kind {
        case .setting: setting(key.key)?.changedBy
        case .level: RuleID(rawValue: key.key).flatMap(rule)?.changedBy
        case .taskRule: taskRule(key.key)?.changedBy
        case .register: register(key.key)?.changedBy
        case .checklist: checklist(key.key)?.changedBy
        case .role: nil
        }
    }

    static func json(_ capabilities: Set<Capability>) -> String {
        JSONValue.list(capabilities.map(\.rawValue).sorted().map(JSONValue.text)).text
    }

    /// What is wrong with a new value for `key`, in Chinese; nil when it may be set.
    package func fault(_ json: String, for key: OverrideKey) -> String? {
        var copy = self
        return copy.change(PlaybookOverride(kind: key.kind, key: key.key, value: json, shippedValue: ""))
    }

    private mutating func apply(_ override: PlaybookOverride, from origin: Origin) {
        guard let fault = change(override) else {
            applied[override.id] = AppliedOverride(origin: origin, shippedValue: override.shippedValue)
            return
        }
        let reason = "\(override.kind.rawValue) \(override.key)：\(fault)"
        ignoredOverrides.append(PlaybookProblem(file: "override", line: 0, reason: reason))
    }

    /// What is wrong, in Chinese; nil when the value was taken over.
    private mutating func change(_ override: PlaybookOverride) -> String? {
        switch override.kind {
        case .setting: applySetting(override)
        case .level: applyLevel(override)
        case .role: applyRole(override)
        case .taskRule: applyTaskRule(override)
        case .register: applyRegister(override)
        case .checklist: applyChecklist(override)
        }
    }

    private mutating func applySetting(_ override: PlaybookOverride) -> String? {
        guard let definition = setting(override.key) else { return "没有这个设置" }
        guard let value = definition.value(json: override.value) else { return "类型与这一项不符" }
        if let fault = definition.fault(value) { return fault }
        values[override.key] = value
        return nil
    }

    private mutating func applyLevel(_ override: PlaybookOverride) -> String? {
        guard let id = RuleID(rawValue: override.key), let rule = rule(id) else { return "没有这条规则" }
        guard let code = JSONText.decode(String.self, override.value), let level = Level(code: code) else {
            return "没有这个级别"
        }
        guard rule.level != .fixed else { return "这条规则写在程序里，不能改" }
        guard level != .fixed else { return "不能设为固定" }
        levels[id] = level
        return nil
    }

    private mutating func applyRole(_ override: PlaybookOverride) -> String? {
        guard let index = roles.firstIndex(where: { $0.code == override.key }) else { return "没有这个岗位" }
        guard let codes = JSONText.decode([String].self, override.value) else { return "应当是权限列表" }
        let capabilities = codes.compactMap(Capability.init(rawValue:))
        guard capabilities.count == codes.count else { return "有不存在的权限" }
        roles[index] = Role(code: roles[index].code, name: roles[index].name, capabilities: Set(capabilities))
        return nil
    }

    private mutating func applyTaskRule(_ override: PlaybookOverride) -> String? {
        guard let index = taskRules.firstIndex(where: { $0.id == override.key }) else { return "没有这条任务规则" }
        guard let isActive = JSONText.decode(Bool.self, override.value) else { return "应当是 true 或 false" }
        taskRules[index].isActive = isActive
        return nil
    }

    private mutating func applyRegister(_ override: PlaybookOverride) -> String? {
        guard let index = registers.firstIndex(where: { $0.id == override.key }) else { return "没有这本登记簿" }
        guard let isActive = JSONText.decode(Bool.self, override.value) else { return "应当是 true 或 false" }
        registers[index].isActive = isActive
        return nil
    }

    private mutating func applyChecklist(_ override: PlaybookOverride) -> String? {
        guard let index = checklists.firstIndex(where: { $0.id == override.key }) else { return "没有这张检查表" }
        guard let isActive = JSONText.decode(Bool.self, override.value) else { return "应当是 true 或 false" }
        checklists[index].isActive = isActive
        return nil
    }
}
