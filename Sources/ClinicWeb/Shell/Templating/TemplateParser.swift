import Kernel

/// Reads Mustache syntax: `{{name}}`, `{{#section}}`, `{{^inverted}}`, `{{>partial}}`, `{{<layout}}`, `{{$block}}`, `{{! note }}`.
/// Unescaped tags, set-delimiter tags and lambdas do not exist. A tag alone on its line takes the line with it.
package struct TemplateParser {
    private let file: String
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    package static func parse(_ text: String, file: String) throws -> [TemplateNode] {
        var parser = TemplateParser(file: file, bytes: Array(normalised(text).utf8))
        return try parser.nodes(until: nil, openedAt: 1, isLineStart: true, isLayoutCall: false)
    }

    /// Indentation is for the reader of the template, not for the page: it is dropped, which also spares partials the
    /// Mustache rule of indenting every line.
    package static func normalised(_ text: String) -> String {
        text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.drop { $0 == " " || $0 == "\t" } }.joined(separator: "\n")
    }

    private mutating func nodes(
        until closing: String?, openedAt: Int, isLineStart: Bool, isLayoutCall: Bool
    ) throws -> [TemplateNode] {
        var nodes: [TemplateNode] = []
        var isLineStart = isLineStart
        while position < bytes.count {
            let text = readText()
            if !text.isEmpty {
                nodes.append(.text(text))
                isLineStart = text.hasSuffix("\n")
            }
            guard position < bytes.count else { break }
            let tag = try readTag()
            let isAlone = isLineStart && tag.kind.canStandAlone && skipRestOfLine()
            switch tag.kind {
            case .comment: break
            case .variable: nodes.append(.variable(tag.name, line: tag.line))
            case .partial: nodes.append(.partial(tag.name, line: tag.line))
            case .section, .inverted:
                let body = try self.nodes(
                    until: tag.name, openedAt: tag.line, isLineStart: isAlone, isLayoutCall: false)
                nodes.append(.section(tag.name, isInverted: tag.kind == .inverted, body, line: tag.line))
            case .block:
                let body = try self.nodes(
                    until: tag.name, openedAt: tag.line, isLineStart: isAlone, isLayoutCall: false)
                nodes.append(.block(tag.name, body, line: tag.line))
            case .layout:
                let body = try self.nodes(until: tag.name, openedAt: tag.line, isLineStart: isAlone, isLayoutCall: true)
                nodes.append(.layout(tag.name, blocks: try blocks(in: body, line: tag.line), line: tag.line))
            case .close:
                guard let closing else { throw error("{{/\(tag.name)}} closes nothing", tag.line) }
                guard closing == tag.name else {
                    throw error("{{/\(tag.name)}} closes {{#\(closing)}} of line \(openedAt)", tag.line)
                }
                return nodes
            }
            isLineStart = isAlone
        }
        if let closing { throw error("{{#\(closing)}} is never closed", openedAt) }
        return nodes
    }

    private func blocks(in body: [TemplateNode], line: Int) throws -> [String: [TemplateNode]] {
        var blocks: [String: [TemplateNode]] = [:]
        for node in body {
            switch node {
            case .block(let name, let nodes, let line):
                if blocks.updateValue(nodes, forKey: name) != nil { throw error("block {{$\(name)}} twice", line) }
            case .text(let text) where text.allSatisfy(\.isWhitespace): continue
            default: throw error("only {{$blocks}} may stand inside {{<layout}}", line)
            }
        }
        return blocks
    }

    // MARK: reading

    private enum Kind {
        case variable, section, inverted, close, partial, layout, block, comment
        var canStandAlone: Bool { self != .variable }
    }
    private struct Tag {
        let kind: Kind
        let name: String
        let line: Int
    }

    private mutating func readText() -> String {
        let start = position
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "{"), position + 1 < bytes.count,
                bytes[position + 1] == UInt8(ascii: "{")
            {
                break
            }
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func readTag() throws -> Tag {
        let startLine = line
        let start = position + 2
        guard let end = endOfTag(from: start) else { throw error("{{ without }}", startLine) }
        let content = String(decoding: bytes[start..<end], as: UTF8.self)
        line += content.count { $0 == "\n" }
        position = end + 2
        guard let sigil = content.first else { throw error("empty tag", startLine) }
        switch sigil {
        case "!": return Tag(kind: .comment, name: "", line: startLine)
        case "{", "&": throw error("unescaped tags are not allowed", startLine)
        case "=": throw error("delimiters cannot be changed", startLine)
        case "%": throw error("the content type is always HTML", startLine)
        case "#": return Tag(kind: .section, name: try name(content.dropFirst(), startLine), line: startLine)
        case "^": return Tag(kind: .inverted, name: try name(content.dropFirst(), startLine), line: startLine)
        case "/": return Tag(kind: .close, name: try name(content.dropFirst(), startLine), line: startLine)
        case ">": return Tag(kind: .partial, name: try name(content.dropFirst(), startLine), line: startLine)
        case "<": return Tag(kind: .layout, name: try name(content.dropFirst(), startLine), line: startLine)
        case "$": return Tag(kind: .block, name: try name(content.dropFirst(), startLine), line: startLine)
        default: return Tag(kind: .variable, name: try name(content[...], startLine), line: startLine)
        }
    }

    private func endOfTag(from start: Int) -> Int? {
        var index = start
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "}"), bytes[index + 1] == UInt8(ascii: "}") { return index }
            index += 1
        }
        return nil
    }

    private func name(_ text: Substring, _ line: Int) throws -> String {
        let name = String(text).trimmed
        let allowed = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._/-".contains($0)) }
        guard !name.isEmpty, allowed else { throw error("'\(text)' is not a name", line) }
        return name
    }

    /// - Returns: true when nothing but blanks stood between the tag and the end of its line; these are skipped then.
    private mutating func skipRestOfLine() -> Bool {
        var index = position
        while index < bytes.count, bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: "\t") {
            index += 1
        }
        if index < bytes.count, bytes[index] != UInt8(ascii: "\n") { return false }
        if index == bytes.count, index > position { return false }
        if index < bytes.count {
            index += 1
            line += 1
        }
        position = index
        return true
    }

    private func error(_ problem: String, _ line: Int) -> TemplateError {
        TemplateError(file: file, line: line, problem: problem)
    }
}
