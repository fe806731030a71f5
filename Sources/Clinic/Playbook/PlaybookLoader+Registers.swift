import Yams

extension PlaybookLoader {
    // MARK: registers.yaml

    static func registers(
        _ document: Node, _ reader: PlaybookReader, roles: Set<String>, codes: [CodeList: [Code]]
    ) -> [RegisterDefinition] {
        var found: [(key: String, node: Node)] = []
        let registers = reader.entries(document).compactMap { entry -> RegisterDefinition? in
            let register = Self.register(entry, roles: roles, codes: codes)
            if let register { found.append((register.id, entry.node)) }
            return register
        }
        reader.checkUnique(found) { $0 }
        return registers
    }

    private static func register(
        _ entry: PlaybookEntry, roles: Set<String>, codes: [CodeList: [Code]]
    ) -> RegisterDefinition? {
        let (id, title, source) = (identifier("id", entry), entry.text("title"), Self.source(entry))
        let (group, hint) = (entry.text("group"), entry.textIfAny("hint"))
        let fields = entry.reader.entries(entry.node("fields")).compactMap { field($0, codes: codes) }
        let closing = entry.entryIfAny("closing").flatMap { Self.closing($0, codes: codes) }
        let writers = entry.texts("roles").compactMap { role($0, roles, entry) }
        let (blocks, isAlarm, isEpidemic) = (entry.flag("blocks"), entry.flag("alarm"), entry.flag("epidemic"))
        let rule = entry.codeIfAny("rule", RuleID.self)
        let months = entry.int("retentionMonths")
        let isOff = entry.flag("off")
        let owners = owners(entry, roles)
        let isUsable = check(fields + (closing?.fields ?? []), in: entry)
        if blocks, closing == nil { entry.report("“blocks”只用于有“closing”的登记簿") }
        if let months, !(1...240).contains(months) { entry.report("“retentionMonths”应当在 1 到 240 之间") }
        entry.finish()
        guard let id, let title, let source, let group, let months, isUsable else { return nil }
        return RegisterDefinition(
            id: id, title: title, source: source, group: group, hint: hint, fields: fields, closing: closing,
            roles: writers, blocksDayClose: blocks, isAlarm: isAlarm, isEpidemicOnly: isEpidemic, rule: rule,
            retentionMonths: months, changedBy: owners, isActive: !isOff)
    }

    private static func closing(
        _ entry: PlaybookEntry, codes: [CodeList: [Code]]
    ) -> RegisterDefinition.Closing? {
        let (action, open, closed) = (entry.text("action"), entry.text("open"), entry.text("closed"))
        let fields = entry.reader.entries(entry.node("fields")).compactMap { field($0, codes: codes) }
        entry.finish()
        guard let action, let open, let closed else { return nil }
        return RegisterDefinition.Closing(action: action, openState: open, closedState: closed, fields: fields)
    }

    private static func field(_ entry: PlaybookEntry, codes: [CodeList: [Code]]) -> RegisterField? {
        let (id, label) = (identifier("id", entry), entry.text("label"))
        let kind = entry.code("kind", RegisterField.Kind.self)
        let (isRequired, unless) = (entry.flag("required"), entry.textIfAny("requiredUnless"))
        let match = entry.textIfAny("requiredIf").flatMap { Self.match($0, entry) }
        let unit = entry.textIfAny("unit")
        let (minimum, maximum) = (entry.decimalIfAny("min"), entry.decimalIfAny("max"))
        let choices = choices(entry, codes: codes)
        let hint = entry.textIfAny("hint")
        let (isMasked, isKey, isListed) = (entry.flag("masked"), entry.flag("key"), entry.flag("listed"))
        entry.finish()
        if kind == .choice, choices.isEmpty { entry.report("“choice”要写 choices 或 list") }
        if kind != .choice, !choices.isEmpty { entry.report("只有“choice”才写 choices 或 list") }
        if minimum != nil || maximum != nil, kind != .number, kind != .money {
            entry.report("只有“number”和“money”才有上下限")
        }
        if let minimum, let maximum, minimum > maximum { entry.report("下限大于上限") }
        guard let id, let label, let kind else { return nil }
        return RegisterField(
            id: id, label: label, kind: kind, isRequired: isRequired, requiredUnless: unless, requiredIf: match,
            unit: unit, minimum: minimum, maximum: maximum, choices: choices, hint: hint, isMasked: isMasked,
            isKey: isKey, isListed: isListed)
    }

    /// `result=notPossible`
    private static func match(_ text: String, _ entry: PlaybookEntry) -> RegisterField.Match? {
        let parts = text.split(separator: "=").map(String.init)
        guard parts.count == 2 else {
            entry.report("“requiredIf”应当写成“栏目=答案”")
            return nil
        }
        return RegisterField.Match(field: parts[0], value: parts[1])
    }

    /// Fields that name another one name one that is there; one customer and one key at most.
    private static func check(_ fields: [RegisterField], in entry: PlaybookEntry) -> Bool {
        let ids = Set(fields.map(\.id))
        if ids.count != fields.count { entry.report("有两个栏目用了同一个 id") }
        for field in fields {
            for other in [field.requiredUnless, field.requiredIf?.field].compactMap(\.self) where !ids.contains(other) {
                entry.report("“\(field.id)”提到的栏目“\(other)”不存在")
            }
        }
        if fields.count(where: { $0.kind == .customer }) > 1 { entry.report("一本登记簿只能有一个客人栏目") }
        if fields.count(where: \.isKey) > 1 { entry.report("一本登记簿只能有一个不重复的栏目") }
        if fields.isEmpty { entry.report("登记簿没有栏目") }
        return !fields.isEmpty
    }

    // MARK: checklists.yaml

    static func checklists(
        _ document: Node, _ reader: PlaybookReader, roles: Set<String>
    ) -> [ChecklistDefinition] {
        var found: [(key: String, node: Node)] = []
        let lists = reader.entries(document).compactMap { entry -> ChecklistDefinition? in
            let list = Self.checklist(entry, roles: roles)
            if let list { found.append((list.id, entry.node)) }
            return list
        }
        reader.checkUnique(found) { $0 }
        return lists
    }

    private static func checklist(_ entry: PlaybookEntry, roles: Set<String>) -> ChecklistDefinition? {
        let (id, title, source) = (identifier("id", entry), entry.text("title"), Self.source(entry))
        let (group, hint) = (entry.text("group"), entry.textIfAny("hint"))
        let every = entry.code("every", ChecklistDefinition.Every.self)
        let windows =
            entry.has("windows") ? entry.reader.entries(entry.node("windows")).compactMap(window) : []
        let role = entry.text("role")
        if let role, !roles.contains(role) { entry.report("没有“\(role)”这个岗位") }
        let rule = entry.codeIfAny("rule", RuleID.self)
        let sections = entry.reader.entries(entry.node("sections")).compactMap(section)
        let blocks = entry.flag("blocks")
        let isOff = entry.flag("off")
        let owners = owners(entry, roles)
        entry.finish()
        let isTimed = every.map { [.day, .shift, .room].contains($0) } ?? false
        if isTimed == windows.isEmpty { entry.report("按天、班次、房间做的检查表要写 windows，其他的不写") }
        if every == .day || every == .room, windows.count > 1 { entry.report("只有按班次做的检查表可以有几个时段") }
        let ids = sections.flatMap(\.items).map(\.id)
        if Set(ids).count != ids.count { entry.report("有两个检查项用了同一个 id") }
        if ids.isEmpty { entry.report("检查表没有检查项") }
        guard let id, let title, let source, let group, let every, let role, !ids.isEmpty else { return nil }
        return ChecklistDefinition(
            id: id, title: title, source: source, group: group, hint: hint, every: every, windows: windows, role: role,
            rule: rule, sections: sections, blocksDayClose: blocks, changedBy: owners, isActive: !isOff)
    }

    private static func window(_ entry: PlaybookEntry) -> ChecklistDefinition.Window? {
        let (id, label) = (identifier("id", entry), entry.text("label"))
        let (from, due) = (clock("from", entry), clock("due", entry))
        entry.finish()
        if case .fixed(let from)? = from, case .fixed(let due)? = due, from >= due {
            entry.report("“due”要晚于“from”")
        }
        guard let id, let label, let from, let due else { return nil }
        return ChecklistDefinition.Window(id: id, label: label, from: from, due: due)
    }

    private static func section(_ entry: PlaybookEntry) -> ChecklistDefinition.Section? {
        let title = entry.text("title")
        let items = entry.reader.entries(entry.node("items")).compactMap(item)
        entry.finish()
        return title.map { ChecklistDefinition.Section(title: $0, items: items) }
    }

    private static func item(_ entry: PlaybookEntry) -> ChecklistItem? {
        let (id, label) = (identifier("id", entry), entry.text("label"))
        let kind = entry.code("kind", ChecklistItem.Kind.self)
        let (unit, hint) = (entry.textIfAny("unit"), entry.textIfAny("hint"))
        let (minimum, maximum, below) = (limit("min", entry), limit("max", entry), limit("below", entry))
        let choices = choices(entry, codes: [:])
        let bad = entry.has("bad") ? entry.texts("bad").map(\.text) : []
        let isOptional = entry.flag("optional")
        entry.finish()
        if kind == .choice, choices.isEmpty { entry.report("“choice”要写 choices") }
        for code in bad where !choices.contains(where: { $0.code == code }) {
            entry.report("“bad”里的“\(code)”不在 choices 里")
        }
        if kind != .number, minimum != nil || maximum != nil || below != nil { entry.report("只有“number”才有界限") }
        guard let id, let label, let kind else { return nil }
        return ChecklistItem(
            id: id, label: label, kind: kind, unit: unit, hint: hint, minimum: minimum, maximum: maximum, below: below,
            choices: choices, bad: Set(bad), isOptional: isOptional)
    }

    // MARK: Parts

    /// Letters and digits: ids stand in addresses, names of form fields and stored rows.
    private static func identifier(_ name: String, _ entry: PlaybookEntry) -> String? {
        guard let text = entry.text(name) else { return nil }
        guard text.wholeMatch(of: /[a-z][A-Za-z0-9]{0,39}/) != nil else {
            entry.report("“\(name)”应当是小写字母开头的字母和数字")
            return nil
        }
        return text
    }

    private static func choices(_ entry: PlaybookEntry, codes: [CodeList: [Code]]) -> [FieldChoice] {
        if let list = entry.codeIfAny("list", CodeList.self) {
            return (codes[list] ?? []).map { FieldChoice(code: $0.code, label: $0.label) }
        }
        guard entry.has("choices") else { return [] }
        return entry.reader.entries(entry.node("choices")).compactMap { choice in
            let (code, label) = (identifier("code", choice), choice.text("label"))
            choice.finish()
            guard let code, let label else { return nil }
            return FieldChoice(code: code, label: label)
        }
    }

    private static func clock(_ name: String, _ entry: PlaybookEntry) -> TaskRule.Clock? {
        guard let text = entry.text(name) else { return nil }
        if let minutes = SettingValue.clockMinutes(text) { return .fixed(minutes) }
        if let key = ClockSetting(rawValue: text) { return .setting(key) }
        entry.report("“\(name)”应当是时间，或一个时间设置；没有“\(text)”")
        return nil
    }

    private static func limit(_ name: String, _ entry: PlaybookEntry) -> ChecklistItem.Limit? {
        guard let text = entry.textIfAny(name) else { return nil }
        if let number = Double(text) { return .fixed(number) }
        if let key = DecimalSetting(rawValue: text) { return .decimal(key) }
        if let key = IntSetting(rawValue: text) { return .whole(key) }
        entry.report("“\(name)”应当是数字，或一个数字设置；没有“\(text)”")
        return nil
    }
}
