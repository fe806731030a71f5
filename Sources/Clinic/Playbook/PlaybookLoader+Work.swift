import Yams

extension PlaybookLoader {
    // MARK: scripts.yaml

    static func scripts(
        _ document: Node, _ reader: PlaybookReader, roles: Set<String>, codes: [CodeList: [Code]]
    ) -> [Script] {
        guard let file = reader.entry(document) else { return [] }
        let forbidden = file.texts("forbidden").map(\.text)
        var found: [(key: String, node: Node)] = []
        let scripts = reader.entries(file.node("scripts")).compactMap { entry -> Script? in
            let script = Self.script(entry, forbidden: forbidden, roles: roles, codes: codes)
            if let script { found.append((script.id, entry.node)) }
            return script
        }
        file.finish()
        reader.checkUnique(found) { $0 }
        return scripts
    }

    private static func script(
        _ entry: PlaybookEntry, forbidden: [String], roles: Set<String>, codes: [CodeList: [Code]]
    ) -> Script? {
        let (id, version, title) = (entry.text("id"), entry.int("version"), entry.text("title"))
        let category = entry.code("category", Script.Category.self)
        let (trigger, source) = (entry.text("trigger"), Self.source(entry))
        let audience = entry.texts("audience").compactMap { role($0, roles, entry) }
        let outcomes = entry.codeIfAny("outcomes", CodeList.self).map { codes[$0] ?? [] } ?? []
        let own = entry.has("forbidden") ? entry.texts("forbidden").map(\.text) : []
        let words = forbidden + own
        let steps = entry.reader.entries(entry.node("steps")).compactMap { step($0, forbidden: words) }
        entry.finish()
        if steps.isEmpty { entry.report("话术没有步骤") }
        guard let id, let version, let title, let category, let trigger, let source else { return nil }
        return Script(
            id: id, version: version, category: category, title: title, trigger: trigger, audience: audience,
            source: source, steps: steps, outcomes: outcomes, forbidden: words)
    }

    private static func step(_ entry: PlaybookEntry, forbidden: [String]) -> Script.Step? {
        let (say, note) = (entry.text("say"), entry.textIfAny("note"))
        entry.finish()
        guard let say else { return nil }
        for name in say.matches(of: /\{([^}]*)\}/).map({ String($0.1) })
        where Script.Variable(rawValue: name) == nil {
            entry.report("没有“{\(name)}”这个变量")
        }
        for word in forbidden where say.contains(word) { entry.report("话术里有避免使用的说法“\(word)”") }
        return Script.Step(say: say, note: note)
    }

    // MARK: taskrules.yaml

    static func taskRules(
        _ document: Node, _ reader: PlaybookReader, roles: Set<String>, scripts: Set<String>, lists: Set<String>
    ) -> [TaskRule] {
        var found: [(key: String, node: Node)] = []
        let rules = reader.entries(document).compactMap { entry -> TaskRule? in
            let rule = Self.taskRule(entry, roles: roles, scripts: scripts, lists: lists)
            if let rule { found.append((rule.id, entry.node)) }
            return rule
        }
        reader.checkUnique(found) { $0 }
        return rules
    }

    private static func taskRule(
        _ entry: PlaybookEntry, roles: Set<String>, scripts: Set<String>, lists: Set<String>
    ) -> TaskRule? {
        let (id, label, source) = (entry.text("id"), entry.text("label"), Self.source(entry))
        let fact = entry.code("fact", TaskRule.Fact.self)
        let about = entry.textIfAny("about")
        let conditions = entry.codes("conditions", TaskRule.Condition.self)
        let opens = entry.entry("opens").flatMap { moment($0, finishing: true) }
        let due = entry.entry("due").flatMap { moment($0, finishing: true) }
        let owner = entry.entry("owner").flatMap { Self.owner($0, roles) }
        let channel = entry.code("channel", TaskRule.Channel.self)
        let script = entry.textIfAny("script")
        let outcomes = entry.codeIfAny("outcomes", CodeList.self)
        let escalation = entry.entryIfAny("escalation").flatMap { Self.escalation($0, roles) }
        let isOff = entry.flag("off")
        let owners = owners(entry, roles)
        entry.finish()
        if let about, !lists.contains(about) { entry.report("没有“\(about)”这本登记簿或检查表") }
        if let script, !scripts.contains(script) { entry.report("没有“\(script)”这份话术") }
        for condition in conditions where !(fact.map(TaskRule.conditions)?.contains(condition) ?? true) {
            entry.report("事实“\(fact?.rawValue ?? "")”没有“\(condition.rawValue)”这个条件")
        }
        if script == nil, outcomes == nil { entry.report("任务没有话术，也没有可选的结果") }
        guard let id, let label, let source, let fact, let opens, let due, let owner, let channel else { return nil }
        return TaskRule(
            id: id, label: label, source: source, fact: fact, about: about, conditions: conditions, opens: opens,
            due: due,
            owner: owner, channel: channel, script: script, outcomes: outcomes, escalation: escalation,
            changedBy: owners, isActive: !isOff)
    }

    private static func owner(_ entry: PlaybookEntry, _ roles: Set<String>) -> TaskRule.Owner? {
        let role = Self.role("role", entry, roles)
        let person = entry.codeIfAny("person", TaskRule.Owner.Person.self)
        let isPersonal = entry.flag("personal")
        entry.finish()
        return role.map { TaskRule.Owner(role: $0, person: person, isPersonal: isPersonal) }
    }

    private static func escalation(_ entry: PlaybookEntry, _ roles: Set<String>) -> TaskRule.Escalation? {
        let role = Self.role("role", entry, roles)
        let at = moment(entry, finishing: false)
        entry.finish()
        guard let role, let at else { return nil }
        return TaskRule.Escalation(at: at, role: role)
    }

    static func role(_ name: String, _ entry: PlaybookEntry, _ roles: Set<String>) -> String? {
        guard let code = entry.text(name) else { return nil }
        if !roles.contains(code) { entry.report("没有“\(code)”这个岗位") }
        return code
    }

    private static func moment(_ entry: PlaybookEntry, finishing: Bool) -> TaskRule.Moment? {
        defer { if finishing { entry.finish() } }
        if entry.has("minutes") { return .minutes(amounts("minutes", entry)) }
        guard entry.has("days") else {
            entry.report("时间应当写 minutes，或者 days 和 at")
            return nil
        }
        let days = amounts("days", entry)
        guard let text = entry.text("at") else { return nil }
        if let minutes = SettingValue.clockMinutes(text) { return .day(days, at: .fixed(minutes)) }
        guard let key = ClockSetting(rawValue: text) else {
            entry.report("“at”应当是时间，或一个时间设置；没有“\(text)”")
            return nil
        }
        return .day(days, at: .setting(key))
    }

    private static func amounts(_ name: String, _ entry: PlaybookEntry) -> [TaskRule.Amount] {
        entry.texts(name).compactMap { member in
            if let number = Int(member.text) { return .fixed(number) }
            let isNegated = member.text.hasPrefix("-")
            if let key = IntSetting(rawValue: isNegated ? String(member.text.dropFirst()) : member.text) {
                return .setting(key, negated: isNegated)
            }
            entry.reader.report(member.node, "“\(name)”应当是整数或整数设置；没有“\(member.text)”")
            return nil
        }
    }
}
