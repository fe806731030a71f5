import Foundation
import Yams

extension Playbook {
    /// Reads and checks the shipped playbook.
    /// - Parameter folder: holds settings.yaml, levels.yaml, roles.yaml, codes.yaml, items.yaml, scripts.yaml,
    ///   registers.yaml, checklists.yaml, taskrules.yaml, holidays.yaml and broadcasts.yaml.
    /// - Throws: every fault found, with file and line. Unknown and missing fields, duplicates and references to what
    ///   does not exist are faults, as is a typed key of the program without an entry.
    package static func load(from folder: URL) throws(PlaybookError) -> Playbook {
        var loader = PlaybookLoader(folder: folder)
        return try loader.load()
    }
}

/// Reads the files in the order of their references.
struct PlaybookLoader {
    let folder: URL
    var problems: [PlaybookProblem] = []
    var roleCodes: Set<String> = []
    var codes: [CodeList: [Code]] = [:]
    var scriptIDs: Set<String> = []

    init(folder: URL) { self.folder = folder }

    mutating func load() throws(PlaybookError) -> Playbook {
        let roles = read("roles.yaml", [], Self.roles)
        roleCodes = Set(roles.map(\.code))
        codes = read("codes.yaml", [:], Self.codes)
        let (roleCodes, codes) = (roleCodes, codes)
        let settings = read("settings.yaml", []) { Self.settings($0, $1, roles: roleCodes) }
        let rules = read("levels.yaml", []) { Self.rules($0, $1, roles: roleCodes) }
        let items = read("items.yaml", []) { Self.items($0, $1, groups: codes[.itemGroup] ?? []) }
        let scripts = read("scripts.yaml", []) { Self.scripts($0, $1, roles: roleCodes, codes: codes) }
        let scriptIDs = Set(scripts.map(\.id))
        let registers = read("registers.yaml", []) { Self.registers($0, $1, roles: roleCodes, codes: codes) }
        let checklists = read("checklists.yaml", []) { Self.checklists($0, $1, roles: roleCodes) }
        let lists = Set(registers.map(\.id) + checklists.map(\.id))
        let taskRules = read("taskrules.yaml", []) {
            Self.taskRules($0, $1, roles: roleCodes, scripts: scriptIDs, lists: lists)
        }
        let holidays = read("holidays.yaml", [], Self.holidays)
        let broadcasts = read("broadcasts.yaml", [], Self.broadcasts)
        guard problems.isEmpty else { throw PlaybookError(problems: problems) }
        var playbook = Playbook(
            settings: settings, rules: rules, roles: roles, items: items, codes: codes, taskRules: taskRules,
            scripts: scripts, registers: registers, checklists: checklists)
        playbook.holidays = holidays
        playbook.broadcasts = broadcasts
        return playbook
    }

    private mutating func read<Value>(
        _ file: String, _ empty: Value, _ body: (Node, PlaybookReader) -> Value
    ) -> Value {
        let reader = PlaybookReader(file: file)
        defer { problems += reader.problems }
        guard let data = try? Data(contentsOf: folder.appending(path: file)) else {
            reader.report(nil, "文件不存在或无法读取")
            return empty
        }
        guard let text = String(data: data, encoding: .utf8) else {
            reader.report(nil, "文件不是 UTF-8 编码")
            return empty
        }
        guard let document = reader.document(text) else { return empty }
        return body(document, reader)
    }

    // MARK: roles.yaml

    private static func roles(_ document: Node, _ reader: PlaybookReader) -> [Role] {
        var found: [(key: String, node: Node)] = []
        let roles = reader.entries(document).compactMap { entry -> Role? in
            let code = entry.text("code")
            let name = entry.text("name")
            let capabilities = entry.codes("capabilities", Capability.self)
            entry.finish()
            if Set(capabilities).count != capabilities.count { entry.report("权限列了两次") }
            guard let code, let name else { return nil }
            found.append((code, entry.node))
            return Role(code: code, name: name, capabilities: Set(capabilities))
        }
        reader.checkUnique(found) { $0 }
        return roles
    }

    // MARK: codes.yaml

    private static func codes(_ document: Node, _ reader: PlaybookReader) -> [CodeList: [Code]] {
        guard let file = reader.entry(document) else { return [:] }
        var lists: [CodeList: [Code]] = [:]
        for list in CodeList.allCases {
            guard let node = file.node(list.rawValue) else { continue }
            var found: [(key: String, node: Node)] = []
            lists[list] = reader.entries(node).compactMap { entry in
                let code = Self.code(entry)
                if let code { found.append((code.code, entry.node)) }
                return code
            }
            reader.checkUnique(found) { $0 }
        }
        file.finish()
        return lists
    }

    private static func code(_ entry: PlaybookEntry) -> Code? {
        let code = entry.text("code")
        let label = entry.text("label")
        let initiator = entry.codeIfAny("by", Code.Initiator.self)
        let (needsNote, isAlert) = (entry.flag("note"), entry.flag("alert"))
        let next = entry.codeIfAny("next", Code.NextStep.self)
        let isEpidemicOnly = entry.flag("epidemic")
        entry.finish()
        guard let code, let label else { return nil }
        return Code(
            code: code, label: label, initiator: initiator, needsNote: needsNote, isAlert: isAlert, next: next,
            isEpidemicOnly: isEpidemicOnly)
    }

    // MARK: levels.yaml

    private static func rules(
        _ document: Node, _ reader: PlaybookReader, roles: Set<String>
    ) -> [RuleDefinition] {
        var found: [(key: RuleID, node: Node)] = []
        let rules = reader.entries(document).compactMap { entry -> RuleDefinition? in
            let id = entry.code("rule", RuleID.self)
            let label = entry.text("label")
            let level = Self.level(entry)
            let epidemicOnly = entry.flag("epidemicOnly")
            let owners = level == .fixed ? [] : Self.owners(entry, roles)
            entry.finish()
            guard let id, let label, let level else { return nil }
            found.append((id, entry.node))
            return RuleDefinition(
                id: id, label: label, level: level, epidemicOnly: epidemicOnly, changedBy: owners)
        }
        reader.checkUnique(found, \.rawValue)
        let missing = Set(RuleID.allCases).subtracting(found.map(\.key))
        for id in missing.sorted(by: { $0.rawValue < $1.rawValue }) {
            reader.report(nil, "缺少规则“\(id.rawValue)”的级别")
        }
        return rules
    }

    /// Roles that may change the entry; without `changedBy` those who answer for the clinic.
    static func owners(_ entry: PlaybookEntry, _ roles: Set<String>) -> [String] {
        guard entry.has("changedBy") else { return ["director", "head"].filter(roles.contains) }
        let owners = entry.texts("changedBy").compactMap { role($0, roles, entry) }
        if owners.isEmpty { entry.report("没有岗位可以修改这一条") }
        return owners
    }

    private static func level(_ entry: PlaybookEntry) -> Level? {
        guard let word = entry.text("level") else { return nil }
        guard word == "require" else {
            if entry.has("capability") { entry.report("只有级别 require 才写 capability") }
            _ = entry.nodeIfAny("capability")
            guard let level = Level(code: word) else {
                entry.report("“level”应当是 fixed、require、remind 或 off")
                return nil
            }
            return level
        }
        return entry.code("capability", Capability.self).map(Level.require)
    }

    /// R-numbers separated by commas, or `design`.
    static func source(_ entry: PlaybookEntry) -> String? {
        guard let text = entry.text("source") else { return nil }
        let isNumber = text.split(separator: ",").allSatisfy { part in
            part.drop(while: { $0 == " " }).wholeMatch(of: /R[0-9]{1,2}\.[0-9]{2}/) != nil
        }
        if !isNumber, text != "design" { entry.report("“source”应当是 R 编号") }
        return text
    }
}
