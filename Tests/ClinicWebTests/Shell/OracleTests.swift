import ClinicWeb
import Foundation
import Mustache
import Testing

/// swift-mustache draws the same bytes from the same text and the same structs, through reflection.
@Suite struct OracleTests {
    @Test func everySampleIsDrawnAsMustacheDrawsIt() throws {
        let templates = try Templates.load(folder: WebResources.bundled.templates, views: Features.views)
        let library = MustacheLibrary(
            templates: try templates.sources.mapValues { try MustacheTemplate(string: plain($0)) }.keyed())

        var drawn = 0
        for view in templates.views { drawn += try compare(view, templates, library) }

        #expect(drawn >= templates.views.count)
    }

    private func compare<V: Fragment>(_ view: V.Type, _ templates: Templates, _ library: MustacheLibrary) throws -> Int
    {
        #expect(!V.samples.isEmpty, "\(V.template) has no samples")
        for (index, sample) in V.samples.enumerated() {
            let shell = (sample as? any Page)?.shell ?? .sample(title: "oracle")
            let ours = try templates.text(sample, shell: shell)
            let theirs = library.render(Subject(view: sample, shell: shell), withTemplate: key(V.template))
            if ours != theirs {
                Issue.record("\(V.template) sample \(index): \(difference(ours, theirs ?? "nothing"))")
            }
        }
        return V.samples.count
    }

    private func difference(_ ours: String, _ theirs: String) -> String {
        let (a, b) = (
            ours.split(separator: "\n", omittingEmptySubsequences: false),
            theirs.split(separator: "\n", omittingEmptySubsequences: false)
        )
        let line = zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(a.count, b.count)
        func text(_ lines: [Substring]) -> String { lines.indices.contains(line) ? String(lines[line]) : "end" }
        return "line \(line + 1)\nours:   \(text(a))\ntheirs: \(text(b))"
    }

    /// swift-mustache cannot close a section whose name has a slash, so file names get dots.
    private func plain(_ text: String) -> String {
        text.replacing(/\{\{([<>\/])([a-z0-9_\/]+)\}\}/) { "{{\($0.1)\(key(String($0.2)))}}" }
    }
}

private func key(_ name: String) -> String { name.replacing("/", with: ".") }

extension Dictionary where Key == String {
    fileprivate func keyed() -> [String: Value] {
        Dictionary(uniqueKeysWithValues: map { (key($0.key), $0.value) })
    }
}

/// The view's own properties first, then the shell.
private struct Subject<V: Fragment>: MustacheParent {
    let view: V
    let shell: ShellView
    func child(named name: String) -> Any? {
        if name == "shell" { return shell }
        guard let value = Mirror(reflecting: view).children.first(where: { $0.label == name })?.value else {
            return nil
        }
        let mirror = Mirror(reflecting: value)
        return mirror.displayStyle == .optional ? mirror.children.first?.value : value
    }
}

/// Names and symbols that templates use without the compiler's help.
@Suite struct TemplateHygieneTests {
    private let templates: Templates
    init() throws {
        templates = try Templates.load(folder: WebResources.bundled.templates, views: Features.views)
    }

    @Test func everySymbolIsInTheSprite() throws {
        let sprite = try #require(templates.sources["shell/_sprite"])
        let known = Set(sprite.matches(of: /<symbol id="([^"]+)"/).map { String($0.1) })
        for (name, text) in templates.sources {
            for match in text.matches(of: /href="#([ig]-[a-z]+)"/) where !known.contains(String(match.1)) {
                Issue.record("\(name): no symbol \(match.1)")
            }
        }
        for area in Area.allCases { #expect(known.contains("i-" + iconOf(area))) }
    }

    private func iconOf(_ area: Area) -> String {
        ShellView.sample(title: "").rail.first { $0.href == area.path }?.icon ?? ""
    }

    @Test func noTemplateHasStylesOrScriptsOfItsOwn() {
        for (name, text) in templates.sources {
            #expect(!text.contains(" style="), "\(name) has a style attribute")
            #expect(!text.contains("<style"), "\(name) has a style element")
            #expect(text.firstMatch(of: /\son[a-z]+=/) == nil, "\(name) has an inline handler")
            #expect(text.firstMatch(of: /<script(?![^>]*\ssrc=)/) == nil, "\(name) has an inline script")
        }
    }

    @Test func everyPostFormCarriesTheToken() {
        for (name, text) in templates.sources {
            for form in text.split(separator: "<form").dropFirst()
            where form.prefix(while: { $0 != ">" }).contains("method=\"post\"") {
                let body = form.prefix(upTo: form.firstRange(of: "</form>")?.lowerBound ?? form.endIndex)
                #expect(
                    body.contains("{{>shell/_csrf}}") || body.contains("{{shell.csrf}}"), "\(name) posts without token")
            }
        }
    }

    @Test func everyTemplateIsUsed() {
        let roots = Set(templates.views.map { $0.template })
        let used = templates.sources.values.reduce(into: roots) { names, text in
            for match in text.matches(of: /\{\{[<>]([a-z0-9_\/]+)\}\}/) { names.insert(String(match.1)) }
        }
        let spare: Set = ["shell/print"]
        for name in templates.sources.keys where !used.contains(name) && !spare.contains(name) {
            Issue.record("\(name) is drawn by nothing")
        }
    }
}
