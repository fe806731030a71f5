import Clinic
import Kernel

/// 排班 — who works when, one week — templates/roster/week.mustache
struct RosterPage: Page {
    static let template = "roster/week"
    let shell: ShellView
    let weekText: String
    let previousHref: String
    let thisHref: String
    let nextHref: String
    let days: [DayHead]
    let people: [Person]
    static let fields: [Field<Self>] = [
        Field("weekText", \.weekText), Field("previousHref", \.previousHref), Field("thisHref", \.thisHref),
        Field("nextHref", \.nextHref), Field("days", \.days), Field("people", \.people),
    ]

    struct DayHead: Viewable {
        let text: String
        let weekday: String
        let isToday: Bool
        static let fields: [Field<Self>] = [
            Field("text", \.text), Field("weekday", \.weekday), Field("isToday", \.isToday),
        ]
    }

    struct Person: Viewable {
        let name: String
        let title: String
        let href: String?
        let cells: [Cell]
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("title", \.title), Field("href", \.href), Field("cells", \.cells),
        ]
    }

    struct Cell: Viewable {
        let text: String
        let isRest: Bool
        /// A dated exception goes before the pattern; its reason.
        let note: String?
        static let fields: [Field<Self>] = [
            Field("text", \.text), Field("isRest", \.isRest), Field("note", \.note),
        ]
    }

    init(shell: ShellView, week: Day, today: Day, people: [Staff], facts: RosterFacts, mayEdit: Bool) {
        self.shell = shell
        weekText = "\(week.monthDayText) – \(week.adding(days: 6).monthDayText)"
        previousHref = RosterPaths.week( week.adding(days: -7))
        thisHref = RosterPaths.week( today)
        nextHref = RosterPaths.week( week.adding(days: 7))
        let all = (0..<7).map { week.adding(days: $0) }
        days = all.map { DayHead(text: $0.monthDayText, weekday: $0.weekdayText, isToday: $0 == today) }
        self.people = people.map { person in
            Person(
                name: person.name, title: person.specialty ?? person.title ?? (person.isDoctor ? "医生" : ""),
                href: mayEdit ? RosterPaths.person(person.id, week: week) : nil,
                cells: all.map { Self.cell(person.id, $0, facts) })
        }
    }

    static func cell(_ staff: ID<Staff>, _ day: Day, _ facts: RosterFacts) -> Cell {
        let spans = RosterRules.spans(of: staff, on: day, facts)
        let exception = facts.exceptions.first { $0.staffID == staff && $0.day == day }
        return Cell(
            text: spans.isEmpty ? "休" : spans.map(\.text).joined(separator: " "), isRest: spans.isEmpty,
            note: exception.map { $0.reason ?? "调整" })
    }
}

/// The working times of one person — templates/roster/person.mustache
struct RosterPersonPage: Page {
    static let template = "roster/person"
    let shell: ShellView
    let name: String
    let backHref: String
    let weekAction: String
    let exceptionAction: String
    let blockAction: String
    let from: String
    let rows: [Row]
    let exceptions: [Exception]
    let blocks: [Block]
    let isDoctor: Bool
    let day: String
    let starts: [OptionView]
    let ends: [OptionView]
    let problem: String?
    /// Bookings that are outside the roster now (R3.34).
    let affected: [Affected]
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("backHref", \.backHref), Field("weekAction", \.weekAction),
        Field("exceptionAction", \.exceptionAction), Field("blockAction", \.blockAction), Field("from", \.from),
        Field("rows", \.rows), Field("exceptions", \.exceptions), Field("blocks", \.blocks),
        Field("isDoctor", \.isDoctor), Field("day", \.day), Field("starts", \.starts), Field("ends", \.ends),
        Field("problem", \.problem), Field("affected", \.affected),
    ]

    struct Affected: Viewable {
        let href: String
        let name: String
        let detail: String
        static let fields: [Field<Self>] = [Field("href", \.href), Field("name", \.name), Field("detail", \.detail)]
    }

    /// One weekday with up to two spans.
    struct Row: Viewable {
        let weekday: Int
        let label: String
        let spans: [Span]
        static let fields: [Field<Self>] = [
            Field("weekday", \.weekday), Field("label", \.label), Field("spans", \.spans),
        ]
    }

    struct Span: Viewable {
        let name: String
        let label: String
        let starts: [OptionView]
        let ends: [OptionView]
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("label", \.label), Field("starts", \.starts), Field("ends", \.ends),
        ]
    }

    struct Exception: Viewable {
        let text: String
        let action: String
        let day: String
        static let fields: [Field<Self>] = [Field("text", \.text), Field("action", \.action), Field("day", \.day)]
    }

    struct Block: Viewable {
        let text: String
        let action: String
        static let fields: [Field<Self>] = [Field("text", \.text), Field("action", \.action)]
    }
}
