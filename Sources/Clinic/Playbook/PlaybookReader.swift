import Yams

/// Reads one YAML file of the playbook and collects every fault with its line instead of stopping at the first.
/// Lives only while loading.
final class PlaybookReader {
    let file: String
    private(set) var problems: [PlaybookProblem] = []

    init(file: String) { self.file = file }

    func report(_ node: Node?, _ reason: String) {
        problems.append(PlaybookProblem(file: file, line: node?.mark?.line ?? 0, reason: reason))
    }

    /// The document, or nil with the fault reported.
    func document(_ text: String) -> Node? {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                report(nil, "文件是空的")
                return nil
            }
            return node
        } catch let error as YamlError {
            report(error)
        } catch {
            report(nil, "无法读取：\(error)")
        }
        return nil
    }

    private func report(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            problems.append(PlaybookProblem(file: file, line: mark.line, reason: "不是正确的 YAML：\(problem)"))
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.joined(separator: "、")
            problems.append(PlaybookProblem(file: file, line: context.mark.line, reason: "栏目写了两次：\(names)"))
        default:
            problems.append(PlaybookProblem(file: file, line: 0, reason: "不是正确的 YAML：\(error)"))
        }
    }

    /// The entries of a list, each as a mapping.
    func entries(_ node: Node?) -> [PlaybookEntry] {
        guard case .sequence(let sequence)? = node else {
            report(node, "这里应当是一个列表")
            return []
        }
        return sequence.compactMap(entry)
    }

    func entry(_ node: Node) -> PlaybookEntry? {
        guard case .mapping(let mapping) = node else {
            report(node, "这里应当是“栏目: 值”的形式")
            return nil
        }
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else { continue }
            fields[scalar.string] = value
        }
        return PlaybookEntry(node: node, fields: fields, reader: self)
    }

    /// Reports ids that occur twice.
    func checkUnique<Key: Hashable>(_ keys: [(key: Key, node: Node)], _ name: (Key) -> String) {
        var seen: Set<Key> = []
        for (key, node) in keys where !seen.insert(key).inserted { report(node, "“\(name(key))”出现了两次") }
    }
}

/// One mapping of a file. Fields that nobody asked for are unknown and reported by `finish`.
final class PlaybookEntry {
    let node: Node
    let reader: PlaybookReader
    private let fields: [String: Node]
    private var used: Set<String> = []

    init(node: Node, fields: [String: Node], reader: PlaybookReader) {
        self.node = node
        self.fields = fields
        self.reader = reader
    }

    func report(_ reason: String) { reader.report(node, reason) }

    func has(_ name: String) -> Bool { fields[name] != nil }

    /// nil without a report when the field is absent.
    func nodeIfAny(_ name: String) -> Node? {
        used.insert(name)
        return fields[name]
    }

    func node(_ name: String) -> Node? {
        let node = nodeIfAny(name)
        if node == nil { report("缺少栏目“\(name)”") }
        return node
    }

    func textIfAny(_ name: String) -> String? { nodeIfAny(name).flatMap { text($0, name) } }
    /// nil is reported.
    func text(_ name: String) -> String? { node(name).flatMap { text($0, name) } }

    func intIfAny(_ name: String) -> Int? {
        guard let node = nodeIfAny(name) else { return nil }
        guard case .scalar(let scalar) = node, scalar.style == .plain, let number = Int(scalar.string) else {
            reader.report(node, "“\(name)”应当是整数")
            return nil
        }
        return number
    }
    func int(_ name: String) -> Int? {
        if !has(name) { report("缺少栏目“\(name)”") }
        return intIfAny(name)
    }

    func decimalIfAny(_ name: String) -> Double? {
        guard let node = nodeIfAny(name) else { return nil }
        guard case .scalar(let scalar) = node, scalar.style == .plain, let number = Double(scalar.string) else {
            reader.report(node, "“\(name)”应当是数字")
            return nil
        }
        return number
    }

    /// false when absent.
    func flag(_ name: String) -> Bool {
        guard let node = nodeIfAny(name) else { return false }
        guard let flag = Self.flag(node) else {
            reader.report(node, "“\(name)”应当是 true 或 false")
            return false
        }
        return flag
    }

    static func flag(_ node: Node) -> Bool? {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return nil }
        switch scalar.string {
        case "true": return true
        case "false": return false
        default: return nil
        }
    }

    /// The list under `name`, with the node of each member for messages.
    func texts(_ name: String) -> [(text: String, node: Node)] {
        guard let node = node(name) else { return [] }
        guard case .sequence(let sequence) = node else {
            reader.report(node, "“\(name)”应当是一个列表")
            return []
        }
        return sequence.compactMap { member in text(member, name).map { ($0, member) } }
    }

    /// An answer of a closed set, by raw value.
    func code<C: RawRepresentable>(_ name: String, _ type: C.Type = C.self) -> C? where C.RawValue == String {
        node(name).flatMap { code($0, name) }
    }
    func codeIfAny<C: RawRepresentable>(_ name: String, _ type: C.Type = C.self) -> C? where C.RawValue == String {
        nodeIfAny(name).flatMap { code($0, name) }
    }
    func codes<C: RawRepresentable>(_ name: String, _ type: C.Type = C.self) -> [C] where C.RawValue == String {
        texts(name).compactMap { member in
            let code = C(rawValue: member.text)
            if code == nil { reader.report(member.node, "“\(name)”里没有“\(member.text)”这个代码") }
            return code
        }
    }

    func entryIfAny(_ name: String) -> PlaybookEntry? { nodeIfAny(name).flatMap(reader.entry) }
    func entry(_ name: String) -> PlaybookEntry? { node(name).flatMap(reader.entry) }

    /// Reports the fields nobody asked for. To be called last.
    func finish() {
        for name in fields.keys.sorted() where !used.contains(name) {
            reader.report(fields[name], "没有“\(name)”这个栏目")
        }
    }

    private func text(_ node: Node, _ name: String) -> String? {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            reader.report(node, "“\(name)”应当是文字")
            return nil
        }
        return scalar.string
    }

    private func code<C: RawRepresentable>(_ node: Node, _ name: String) -> C? where C.RawValue == String {
        guard let raw = text(node, name) else { return nil }
        guard let code = C(rawValue: raw) else {
            reader.report(node, "“\(name)”里没有“\(raw)”这个代码")
            return nil
        }
        return code
    }
}
