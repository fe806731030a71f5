/// A parsed template, before names are resolved. `line` counts from 1.
package indirect enum TemplateNode: Sendable {
    case text(String)
    case variable(String, line: Int)
    case section(String, isInverted: Bool, [TemplateNode], line: Int)
    case partial(String, line: Int)
    /// `{{<layout}}{{$block}}…{{/block}}{{/layout}}`
    case layout(String, blocks: [String: [TemplateNode]], line: Int)
    /// `{{$block}}default{{/block}}` inside a layout.
    case block(String, [TemplateNode], line: Int)
}

/// A mistake in a template. All mistakes are found when the program starts, none while a page is drawn.
package struct TemplateError: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    package let line: Int
    package let problem: String
    package var description: String { "\(file).mustache:\(line): \(problem)" }
}

/// Every mistake of a folder of templates.
package struct TemplateErrors: Error, Sendable, CustomStringConvertible {
    package let all: [TemplateError]
    package var description: String { all.map(\.description).joined(separator: "\n") }
}
