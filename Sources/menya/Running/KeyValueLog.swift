import Foundation
import Logging

/// One line an event: `time=… level=… message=… key=value …`. Values are quoted when they need it; the program puts no
/// names, phone numbers or ID numbers into them.
struct KeyValueLog: LogHandler {
    var metadataProvider: Logger.MetadataProvider?
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    init() {}

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        if let error = event.error { all["error"] = .string(String(describing: error)) }
        let words =
            [
                ("time", Self.time()), ("level", event.level.rawValue), ("message", event.message.description),
            ] + all.sorted { $0.key < $1.key }.map { ($0.key, $0.value.description) }
        let line = words.map { "\($0.0)=\(Self.quoted($0.1))" }.joined(separator: " ") + "\n"
        // One write a line: lines of several threads do not mix.
        FileHandle.standardOutput.write(Data(line.utf8))
    }

    private static func quoted(_ text: String) -> String {
        guard text.isEmpty || text.contains(where: { $0 == " " || $0 == "\"" || $0 == "=" || $0.isNewline }) else {
            return text
        }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        return "\"\(escaped)\""
    }

    /// UTC, to the millisecond.
    private static func time() -> String {
        Date().formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true)) + "Z"
    }
}
