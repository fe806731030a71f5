/// Draws one thing from a value of the page.
typealias Step<Root: Sendable> = @Sendable (Root, ShellView, inout HTMLBuffer) -> Void

/// A template compiled for one type: literals and steps, nothing to look up.
package struct TemplateProgram<Root: Sendable>: Sendable {
    enum Operation: Sendable {
        case literal([UInt8])
        case step(Step<Root>)
    }
    fileprivate(set) var operations: [Operation] = []

    func run(_ root: Root, _ shell: ShellView, _ out: inout HTMLBuffer) {
        for operation in operations {
            switch operation {
            case .literal(let bytes): out.append(bytes)
            case .step(let step): step(root, shell, &out)
            }
        }
    }

    fileprivate mutating func append(_ literal: [UInt8]) {
        if case .literal(let before)? = operations.last {
            operations[operations.count - 1] = .literal(before + literal)
        } else {
            operations.append(.literal(literal))
        }
    }
}

/// Where the compiler is: the file for messages, the templates around it, and the blocks a page has filled in.
package struct TemplateFrame: Sendable {
    struct Block: Sendable {
        let nodes: [TemplateNode]
        let file: String
    }
    var file: String
    var trail: [String]
    var blocks: [String: Block] = [:]
}

/// Resolves every name of a template against the type it is drawn from. Partials and layouts are built in.
package struct TemplateCompiler: Sendable {
    let templates: [String: [TemplateNode]]

    /// Inside a section only the names of the section's own value count; `shell.…` may be used everywhere.
    func compile<Root: FieldValue>(
        _ nodes: [TemplateNode], as type: Root.Type, _ frame: TemplateFrame
    ) throws -> TemplateProgram<Root> {
        var program = TemplateProgram<Root>()
        try append(nodes, scope: Root.accessor { (root: Root) in root }, frame, to: &program)
        return program
    }

    private func append<Root: FieldValue>(
        _ nodes: [TemplateNode], scope: Accessor<Root>, _ frame: TemplateFrame, to program: inout TemplateProgram<Root>
    ) throws {
        for node in nodes {
            switch node {
            case .text(let text): program.append(Array(text.utf8))
            case .variable(let name, let line):
                let found = try resolve(name, scope, frame, line)
                guard let write = found.write else {
                    throw problem("{{\(name)}} is a \(found.kind), not text", frame, line)
                }
                program.operations.append(.step(write))
            case .section(let name, let isInverted, let body, let line):
                let found = try resolve(name, scope, frame, line)
                let step =
                    isInverted
                    ? try inverted(name, found, body, scope, frame, line)
                    : try section(name, found, body, scope, frame, line)
                program.operations.append(.step(step))
            case .partial(let name, let line):
                try append(
                    try template(name, frame, line), scope: scope, try entering(name, frame, line), to: &program)
            case .layout(let name, let blocks, let line):
                var inner = try entering(name, frame, line)
                let mine = blocks.mapValues { TemplateFrame.Block(nodes: $0, file: frame.file) }
                inner.blocks = frame.blocks.merging(mine) { outer, _ in outer }
                let nodes = try template(name, frame, line)
                try check(blocks.keys.sorted(), in: nodes, of: name, frame, line)
                try append(nodes, scope: scope, inner, to: &program)
            case .block(let name, let standard, _):
                if let block = frame.blocks[name] {
                    var inner = frame
                    inner.file = block.file
                    try append(block.nodes, scope: scope, inner, to: &program)
                } else {
                    try append(standard, scope: scope, frame, to: &program)
                }
            }
        }
    }

    // MARK: sections

    private func section<Root: FieldValue>(
        _ name: String, _ found: Resolved<Root>, _ body: [TemplateNode], _ scope: Accessor<Root>,
        _ frame: TemplateFrame, _ line: Int
    ) throws -> Step<Root> {
        if found.isFlag, let isShown = found.isShown {
            var inner = TemplateProgram<Root>()
            try append(body, scope: scope, frame, to: &inner)
            let program = inner
            return { root, shell, out in
                if isShown(root, shell) { program.run(root, shell, &out) }
            }
        }
        guard let draw = found.section else {
            throw problem("a section on the \(found.kind) '\(name)' would always be on", frame, line)
        }
        return try draw(body, self, frame)
    }

    private func inverted<Root: FieldValue>(
        _ name: String, _ found: Resolved<Root>, _ body: [TemplateNode], _ scope: Accessor<Root>,
        _ frame: TemplateFrame, _ line: Int
    ) throws -> Step<Root> {
        guard let isShown = found.isShown else {
            throw problem("an inverted section on the \(found.kind) '\(name)' would never be on", frame, line)
        }
        var inner = TemplateProgram<Root>()
        try append(body, scope: scope, frame, to: &inner)
        let program = inner
        return { root, shell, out in
            if !isShown(root, shell) { program.run(root, shell, &out) }
        }
    }

    // MARK: names

    private func resolve<Root: FieldValue>(
        _ name: String, _ scope: Accessor<Root>, _ frame: TemplateFrame, _ line: Int
    ) throws -> Resolved<Root> {
        if name == "." { return Resolved(own: scope) }
        let path = name.split(separator: ".").map(String.init)
        if path.first == "shell" {
            let shell = ShellView.accessor { (shell: ShellView) in shell }
            return Resolved(shell: try walk(path.dropFirst(), from: shell, name, frame, line))
        }
        return Resolved(own: try walk(path[...], from: scope, name, frame, line))
    }

    private func walk<Root: Sendable>(
        _ path: ArraySlice<String>, from start: Accessor<Root>, _ name: String, _ frame: TemplateFrame, _ line: Int
    ) throws -> Accessor<Root> {
        var accessor = start
        for part in path {
            guard let next = accessor.member(part) else {
                let known = accessor.names().joined(separator: ", ")
                let hint = known.isEmpty ? "here only {{.}} can be used" : "\(accessor.kind) has \(known)"
                throw problem("unknown name '\(name)'; \(hint)", frame, line)
            }
            accessor = next
        }
        return accessor
    }

    // MARK: files

    private func template(_ name: String, _ frame: TemplateFrame, _ line: Int) throws -> [TemplateNode] {
        guard let nodes = templates[name] else { throw problem("there is no template '\(name)'", frame, line) }
        return nodes
    }

    private func entering(_ name: String, _ frame: TemplateFrame, _ line: Int) throws -> TemplateFrame {
        guard !frame.trail.contains(name) else {
            throw problem("'\(name)' contains itself: \((frame.trail + [name]).joined(separator: " → "))", frame, line)
        }
        var inner = frame
        inner.file = name
        inner.trail.append(name)
        return inner
    }

    /// A block that the layout does not have would vanish silently.
    private func check(
        _ names: [String], in nodes: [TemplateNode], of layout: String, _ frame: TemplateFrame, _ line: Int
    ) throws {
        let known = blockNames(in: nodes, trail: [layout])
        for name in names where !known.contains(name) {
            throw problem("layout '\(layout)' has no block '\(name)'", frame, line)
        }
    }

    private func blockNames(in nodes: [TemplateNode], trail: [String]) -> Set<String> {
        var names: Set<String> = []
        for node in nodes {
            switch node {
            case .text, .variable: continue
            case .block(let name, let body, _):
                names.insert(name)
                names.formUnion(blockNames(in: body, trail: trail))
            case .section(_, _, let body, _): names.formUnion(blockNames(in: body, trail: trail))
            case .partial(let name, _), .layout(let name, _, _):
                guard !trail.contains(name), let inner = templates[name] else { continue }
                names.formUnion(blockNames(in: inner, trail: trail + [name]))
                if case .layout(_, let blocks, _) = node {
                    for body in blocks.values { names.formUnion(blockNames(in: body, trail: trail)) }
                }
            }
        }
        return names
    }

    private func problem(_ text: String, _ frame: TemplateFrame, _ line: Int) -> TemplateError {
        TemplateError(file: frame.file, line: line, problem: text)
    }
}

/// A name found in the value at hand or in the shell, as steps that take both.
private struct Resolved<Root: Sendable>: Sendable {
    let kind: String
    let isFlag: Bool
    var write: Step<Root>?
    var isShown: (@Sendable (Root, ShellView) -> Bool)?
    var section: (@Sendable ([TemplateNode], TemplateCompiler, TemplateFrame) throws -> Step<Root>)?

    init(own accessor: Accessor<Root>) {
        (kind, isFlag, section) = (accessor.kind, accessor.isFlag, accessor.section)
        if let write = accessor.write { self.write = { root, _, out in write(root, &out) } }
        if let isShown = accessor.isShown { self.isShown = { root, _ in isShown(root) } }
    }

    init(shell accessor: Accessor<ShellView>) {
        (kind, isFlag) = (accessor.kind, accessor.isFlag)
        if let write = accessor.write { self.write = { _, shell, out in write(shell, &out) } }
        if let isShown = accessor.isShown { self.isShown = { _, shell in isShown(shell) } }
        if let section = accessor.section {
            self.section = { nodes, compiler, frame in
                let step = try section(nodes, compiler, frame)
                return { _, shell, out in step(shell, shell, &out) }
            }
        }
    }
}
