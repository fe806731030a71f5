/// What a template may see of a struct: the names in `fields`, nothing else. All properties are stored and ready to show;
/// formatting happens in the initialiser.
package protocol Viewable: FieldValue {
    static var fields: [Field<Self>] { get }
}

/// One name a template can use: `Field("time", \.time)`. The name is the name of the property.
package struct Field<Root: Sendable>: Sendable {
    package let name: String
    let accessor: Accessor<Root>

    package init<V: FieldValue>(_ name: String, _ get: @escaping @Sendable (Root) -> V) {
        self.name = name
        accessor = V.accessor(get)
    }
}

/// A type that can stand behind a name: `String`, `Int`, `Bool`, another `Viewable`, and optionals and arrays of these.
package protocol FieldValue: Sendable {
    static func accessor<Root: Sendable>(_ get: @escaping @Sendable (Root) -> Self) -> Accessor<Root>
}

/// How a template reaches one value from `Root`. Built once when templates are compiled; nothing is looked up later.
package struct Accessor<Root: Sendable>: Sendable {
    /// For messages: "text", "flag", "list", or the name of a `Viewable`.
    let kind: String
    /// nil when the value is not text.
    var write: (@Sendable (Root, inout HTMLBuffer) -> Void)?
    /// nil when a section would always be on.
    var isShown: (@Sendable (Root) -> Bool)?
    /// True when a section keeps the names of its surroundings.
    var isFlag = false
    /// Draws a section in the names of the value; nil for plain text and flags.
    var section: (@Sendable ([TemplateNode], TemplateCompiler, TemplateFrame) throws -> Step<Root>)?
    /// The accessor behind a name, and all names for messages.
    var member: @Sendable (String) -> Accessor<Root>? = { _ in nil }
    var names: @Sendable () -> [String] = { [] }

    /// The same value, reached from further out.
    func mapped<Outer: Sendable>(_ get: @escaping @Sendable (Outer) -> Root) -> Accessor<Outer> {
        var result = Accessor<Outer>(kind: kind, isFlag: isFlag)
        if let write { result.write = { outer, out in write(get(outer), &out) } }
        if let isShown { result.isShown = { isShown(get($0)) } }
        if let section {
            result.section = { nodes, compiler, frame in
                let step = try section(nodes, compiler, frame)
                return { outer, shell, out in step(get(outer), shell, &out) }
            }
        }
        result.member = { name in member(name)?.mapped(get) }
        result.names = names
        return result
    }

    /// The same value behind an optional: absent means no text and no section.
    func mappedIfAny<Outer: Sendable>(_ get: @escaping @Sendable (Outer) -> Root?) -> Accessor<Outer> {
        var result = Accessor<Outer>(kind: kind, isFlag: isFlag)
        if let write {
            result.write = { outer, out in
                if let value = get(outer) { write(value, &out) }
            }
        }
        result.isShown = { outer in get(outer).map { isShown?($0) ?? true } ?? false }
        if let section {
            result.section = { nodes, compiler, frame in
                let step = try section(nodes, compiler, frame)
                return { outer, shell, out in
                    if let value = get(outer) { step(value, shell, &out) }
                }
            }
        }
        result.member = { name in member(name)?.mappedIfAny(get) }
        result.names = names
        return result
    }
}

extension String: FieldValue {
    package static func accessor<Root: Sendable>(_ get: @escaping @Sendable (Root) -> String) -> Accessor<Root> {
        Accessor(kind: "text", write: { root, out in out.append(escaping: get(root)) })
    }
}

extension Int: FieldValue {
    package static func accessor<Root: Sendable>(_ get: @escaping @Sendable (Root) -> Int) -> Accessor<Root> {
        Accessor(kind: "number", write: { root, out in out.append(get(root)) })
    }
}

extension Bool: FieldValue {
    package static func accessor<Root: Sendable>(_ get: @escaping @Sendable (Root) -> Bool) -> Accessor<Root> {
        Accessor(kind: "flag", isShown: get, isFlag: true)
    }
}

extension Viewable {
    package static func accessor<Root: Sendable>(_ get: @escaping @Sendable (Root) -> Self) -> Accessor<Root> {
        var result = Accessor<Root>(kind: String(describing: Self.self))
        result.section = { nodes, compiler, frame in
            let program = try compiler.compile(nodes, as: Self.self, frame)
            return { root, shell, out in program.run(get(root), shell, &out) }
        }
        result.member = { name in fields.first { $0.name == name }?.accessor.mapped(get) }
        result.names = { fields.map(\.name) }
        return result
    }
}

extension Optional: FieldValue where Wrapped: FieldValue {
    package static func accessor<Root: Sendable>(_ get: @escaping @Sendable (Root) -> Wrapped?) -> Accessor<Root> {
        let inner = Wrapped.accessor { (value: Wrapped) in value }
        var result = inner.mappedIfAny(get)
        result.section = { nodes, compiler, frame in
            let program = try compiler.compile(nodes, as: Wrapped.self, frame)
            return { root, shell, out in
                if let value = get(root) { program.run(value, shell, &out) }
            }
        }
        result.isShown = { get($0) != nil }
        result.isFlag = false
        return result
    }
}

extension Array: FieldValue where Element: FieldValue {
    package static func accessor<Root: Sendable>(_ get: @escaping @Sendable (Root) -> [Element]) -> Accessor<Root> {
        var result = Accessor<Root>(kind: "list", isShown: { !get($0).isEmpty })
        result.section = { nodes, compiler, frame in
            let program = try compiler.compile(nodes, as: Element.self, frame)
            return { root, shell, out in
                for element in get(root) { program.run(element, shell, &out) }
            }
        }
        return result
    }
}
