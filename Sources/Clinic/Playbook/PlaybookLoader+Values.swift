import Kernel
import Yams

extension PlaybookLoader {
    // MARK: settings.yaml

    static func settings(
        _ document: Node, _ reader: PlaybookReader, roles: Set<String>
    ) -> [SettingDefinition] {
        var found: [(key: String, node: Node)] = []
        let settings = reader.entries(document).compactMap { entry -> SettingDefinition? in
            guard let key = entry.text("key") else { return nil }
            found.append((key, entry.node))
            guard let kind = SettingDefinition.kind(of: key) else {
                entry.report("程序里没有“\(key)”这个设置")
                return nil
            }
            return setting(entry, key: key, kind: kind, roles: roles)
        }
        reader.checkUnique(found) { $0 }
        for key in SettingDefinition.allKeys.subtracting(found.map(\.key)).sorted() {
            reader.report(nil, "缺少设置“\(key)”")
        }
        return settings
    }

    private static func setting(
        _ entry: PlaybookEntry, key: String, kind: SettingDefinition.Kind, roles: Set<String>
    ) -> SettingDefinition? {
        let (group, label) = (entry.text("group"), entry.text("label"))
        let unit = entry.textIfAny("unit")
        let source = Self.source(entry)
        let basis = entry.code("basis", SettingDefinition.Basis.self)
        let (minimum, maximum) = (entry.decimalIfAny("min"), entry.decimalIfAny("max"))
        let choices = Self.choices(entry)
        let changedBy = entry.texts("changedBy").compactMap { role($0, roles, entry) }
        let valueNode = entry.node("value")
        let value = valueNode.flatMap { Self.value($0, kind) }
        entry.finish()
        if let valueNode, value == nil { entry.reader.report(valueNode, "“value”的类型与“\(key)”不符") }
        guard let group, let label, let source, let basis, let value else { return nil }
        let definition = SettingDefinition(
            key: key, kind: kind, group: group, label: label, value: value, unit: unit, source: source, basis: basis,
            minimum: minimum, maximum: maximum, choices: choices, changedBy: changedBy)
        if let fault = definition.fault(value) { entry.reader.report(valueNode, "“\(key)”的默认值\(fault)") }
        if changedBy.isEmpty { entry.report("“\(key)”没有岗位可以修改") }
        return definition
    }

    private static func value(_ node: Node, _ kind: SettingDefinition.Kind) -> SettingValue? {
        if kind == .ints {
            guard case .sequence(let members) = node else { return nil }
            let numbers = members.compactMap { member -> Int? in
                guard case .scalar(let scalar) = member else { return nil }
                return Int(scalar.string)
            }
            return numbers.count == members.count ? .ints(numbers) : nil
        }
        guard case .scalar(let scalar) = node else { return nil }
        switch kind {
        case .int: return Int(scalar.string).map(SettingValue.int)
        case .decimal: return Double(scalar.string).map(SettingValue.decimal)
        case .flag: return PlaybookEntry.flag(node).map(SettingValue.flag)
        case .text: return .text(scalar.string)
        case .clock: return SettingValue.clockMinutes(scalar.string).map(SettingValue.clock)
        case .day: return SettingValue.day(typed: scalar.string)
        case .ints: return nil
        }
    }

    private static func choices(_ entry: PlaybookEntry) -> [SettingDefinition.Choice] {
        guard let node = entry.nodeIfAny("choices") else { return [] }
        guard case .mapping(let mapping) = node else {
            entry.reader.report(node, "“choices”应当是“代码: 名称”的形式")
            return []
        }
        return mapping.compactMap { key, value in
            guard case .scalar(let code) = key, case .scalar(let label) = value else {
                entry.reader.report(key, "“choices”应当是“代码: 名称”的形式")
                return nil
            }
            return SettingDefinition.Choice(value: code.string, label: label.string)
        }
    }

    /// nil, with a report, when there is no such role.
    static func role(
        _ member: (text: String, node: Node), _ roles: Set<String>, _ entry: PlaybookEntry
    ) -> String? {
        guard roles.contains(member.text) else {
            entry.reader.report(member.node, "没有“\(member.text)”这个岗位")
            return nil
        }
        return member.text
    }

    // MARK: items.yaml

    static func items(_ document: Node, _ reader: PlaybookReader, groups: [Code]) -> [CatalogueItem] {
        let groupCodes = Set(groups.map(\.code))
        var found: [(key: String, node: Node)] = []
        let items = reader.entries(document).compactMap { entry -> CatalogueItem? in
            let item = Self.item(entry, groups: groupCodes)
            if let item { found.append((item.code, entry.node)) }
            return item
        }
        reader.checkUnique(found) { $0 }
        return items
    }

    private static func item(_ entry: PlaybookEntry, groups: Set<String>) -> CatalogueItem? {
        let (code, name, group) = (entry.text("code"), entry.text("name"), entry.text("group"))
        let price = Self.price(entry)
        let measure = entry.text("measure")
        let category = entry.code("category", CatalogueItem.IncomeCategory.self)
        let units = entry.int("units")
        let size = entry.code("size", CatalogueItem.Size.self)
        let urgency = entry.code("urgency", CatalogueItem.Urgency.self)
        let warranty = entry.int("warranty")
        let flags = entry.codes("flags", CatalogueItem.Flag.self)
        entry.finish()
        if let group, !groups.contains(group) { entry.report("没有“\(group)”这个项目分组") }
        if let units, !(0...Unit.perDay).contains(units) { entry.report("“units”应在 0 到 \(Unit.perDay) 之间") }
        if let warranty, warranty < 0 { entry.report("“warranty”不能小于 0") }
        guard let code, let name, let group, let price, let measure, let category, let units, let size, let urgency,
            let warranty
        else { return nil }
        return CatalogueItem(
            code: code, name: name, group: group, price: price, measure: measure, category: category, units: units,
            size: size, urgency: urgency, flags: Set(flags), warrantyMonths: warranty)
    }

    private static func price(_ entry: PlaybookEntry) -> Money? {
        guard let text = entry.text("price") else { return nil }
        let price = Money(typed: text)
        if price == nil { entry.report("“price”应当是金额（元，最多两位小数）") }
        return price
    }
}
