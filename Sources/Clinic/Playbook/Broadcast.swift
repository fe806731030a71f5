import Kernel
import Yams

/// A programme of the hall: music, or words that are spoken, on some weekdays at a time of day (R4.30).
package struct Broadcast: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case music, words
        package var label: String { self == .music ? "背景音乐" : "广播语" }
    }
    /// Stable.
    package let code: String
    package let kind: Kind
    /// 1 Monday … 7 Sunday.
    package let weekdays: Set<Int>
    /// Minutes after local midnight.
    package let minute: Int
    package let title: String
    /// What is spoken; nil for music.
    package let words: String?
    /// Given up for now, and kept.
    package let isOn: Bool

    package init(
        code: String, kind: Kind, weekdays: Set<Int>, minute: Int, title: String, words: String?, isOn: Bool = true
    ) {
        self.code = code
        self.kind = kind
        self.weekdays = weekdays
        self.minute = minute
        self.title = title
        self.words = words
        self.isOn = isOn
    }

    /// Longest words a programme or announcement has.
    package static let longestWords = 120
}

extension PlaybookLoader {
    // MARK: broadcasts.yaml

    static func broadcasts(_ document: Node, _ reader: PlaybookReader) -> [Broadcast] {
        var found: [(key: String, node: Node)] = []
        let broadcasts = reader.entries(document).compactMap { entry -> Broadcast? in
            let (code, title, kind) = (entry.text("code"), entry.text("title"), entry.code("kind", Broadcast.Kind.self))
            let (days, clock, words) = (entry.text("weekdays"), entry.text("at"), entry.textIfAny("words"))
            entry.finish()
            guard let code, let title, let kind, let days, let clock else { return nil }
            found.append((code, entry.node))
            let weekdays = Set(days.compactMap(\.wholeNumberValue))
            if weekdays.isEmpty || weekdays.count != days.count || !weekdays.isSubset(of: 1...7) {
                entry.report("“weekdays”应当是 1 到 7 的数字，例如 12345")
            }
            guard let minute = SettingValue.clockMinutes(clock) else {
                entry.report("“at”应当是时间，例如 08:30")
                return nil
            }
            if (kind == .words) != (words != nil) { entry.report("广播语写 words，背景音乐不写") }
            if let words, words.count > Broadcast.longestWords {
                entry.report("“words”最多 \(Broadcast.longestWords) 个字")
            }
            return Broadcast(code: code, kind: kind, weekdays: weekdays, minute: minute, title: title, words: words)
        }
        reader.checkUnique(found) { $0 }
        return broadcasts
    }
}
