import Kernel
import Yams

/// A public holiday, or a weekend day on which the country works in exchange. A clinic decides itself what it does with
/// it: shipped facts, not orders.
package struct Holiday: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// 放假
        case rest
        /// 调休上班
        case work
        package var label: String { self == .rest ? "放假" : "调休上班" }
    }
    package let day: Day
    package let name: String
    package let kind: Kind
}

extension PlaybookLoader {
    // MARK: holidays.yaml

    /// Longest holiday a line may name, in days.
    private static let longest = 15

    static func holidays(_ document: Node, _ reader: PlaybookReader) -> [Holiday] {
        var found: [(key: Day, node: Node)] = []
        let holidays = reader.entries(document).flatMap { entry -> [Holiday] in
            let (from, to) = (day("from", entry), day("to", entry))
            let name = entry.text("name")
            let kind = entry.code("kind", Holiday.Kind.self)
            entry.finish()
            guard let from, let to, let name, let kind else { return [] }
            guard from <= to, to.days(since: from) < longest else {
                entry.report("“from”到“to”应当是 1 到 \(longest) 天")
                return []
            }
            return (0...to.days(since: from)).map { offset in
                found.append((from.adding(days: offset), entry.node))
                return Holiday(day: from.adding(days: offset), name: name, kind: kind)
            }
        }
        reader.checkUnique(found, \.iso)
        return holidays
    }

    private static func day(_ name: String, _ entry: PlaybookEntry) -> Day? {
        guard let text = entry.text(name) else { return nil }
        guard let day = Day(text) else {
            entry.report("“\(name)”应当是日期，例如 2026-10-01")
            return nil
        }
        return day
    }
}
