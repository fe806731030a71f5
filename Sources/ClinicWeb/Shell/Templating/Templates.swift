import Foundation

/// All templates, compiled for the types that are drawn with them. Loading fails on the first start after a mistake,
/// with every mistake, file and line.
package struct Templates: Sendable {
    private let programs: [ObjectIdentifier: any Sendable]
    /// What can be drawn, in order of template name.
    package let views: [any Fragment.Type]
    /// Template name → text, as compiled (without indentation).
    package let sources: [String: String]

    /// - Parameter folder: holds `<feature>/<name>.mustache`.
    /// - Throws: `TemplateErrors`.
    package static func load(folder: URL, views: [any Fragment.Type]) throws -> Templates {
        try Templates(sources: TemplateFolder.read(folder), views: views)
    }

    package init(sources: [String: String], views: [any Fragment.Type]) throws {
        var errors: [TemplateError] = []
        var templates: [String: [TemplateNode]] = [:]
        for (name, text) in sources.sorted(by: { $0.key < $1.key }) {
            do {
                templates[name] = try TemplateParser.parse(text, file: name)
            } catch let error as TemplateError {
                errors.append(error)
            }
        }
        let compiler = TemplateCompiler(templates: templates)
        var programs: [ObjectIdentifier: any Sendable] = [:]
        for view in views where errors.isEmpty || templates[view.template] != nil {
            do {
                programs[ObjectIdentifier(view)] = try Self.program(view, compiler)
            } catch let error as TemplateError {
                errors.append(error)
            }
        }
        guard errors.isEmpty else { throw TemplateErrors(all: errors) }
        self.programs = programs
        self.views = views.sorted { $0.template < $1.template }
        self.sources = sources.mapValues(TemplateParser.normalised)
    }

    private static func program<V: Fragment>(_ view: V.Type, _ compiler: TemplateCompiler) throws -> any Sendable {
        guard let nodes = compiler.templates[V.template] else {
            throw TemplateError(
                file: V.template, line: 1, problem: "\(V.self) is drawn with a template that does not exist")
        }
        return try compiler.compile(nodes, as: V.self, TemplateFrame(file: V.template, trail: [V.template]))
    }

    /// - Throws: `TemplateError` when `V` was not given to `load`.
    package func render<V: Fragment>(_ view: V, shell: ShellView) throws -> HTMLBuffer {
        guard let program = programs[ObjectIdentifier(V.self)] as? TemplateProgram<V> else {
            throw TemplateError(file: V.template, line: 1, problem: "\(V.self) is not among the views of the web shell")
        }
        var out = HTMLBuffer(capacity: 32_768)
        program.run(view, shell, &out)
        return out
    }

    package func render(_ page: some Page) throws -> HTMLBuffer { try render(page, shell: page.shell) }

    /// For tests and the gallery.
    package func text(_ view: some Fragment, shell: ShellView) throws -> String {
        String(decoding: try render(view, shell: shell).bytes, as: UTF8.self)
    }
}

/// The template files of a folder and its feature folders.
enum TemplateFolder {
    static func read(_ folder: URL) throws -> [String: String] {
        var sources: [String: String] = [:]
        for feature in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            let subfolder = folder.appending(path: feature)
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: subfolder.path) else { continue }
            for name in names where name.hasSuffix(".mustache") {
                let text = try String(contentsOf: subfolder.appending(path: name), encoding: .utf8)
                sources["\(feature)/\(name.dropLast(".mustache".count))"] = text
            }
        }
        return sources
    }
}
