import Clinic
import Kernel

/// 排班 — who works when, one week — templates/roster/week.mustache
struct RosterPage: Page {
    static let template = "roster/week"
    let shell: ShellView
    let tabs: [RosterTab]
    let weekText: String
    let previousHref: String
    let thisHref: String
    let nextHref: String
    let days: [DayHead]
    let groups: [Group]
    /// Who decides for the clinic today (R3.37); nil: nobody is named.
    let dutyText: String?
    let mayEdit: Bool
    /// Monday shown; the one before is what 复制 offers.
    let week: String
    let copyFrom: String
    let problem: String?
    static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("weekText", \.weekText), Field("previousHref", \.previousHref),
        Field("thisHref", \.thisHref), Field("nextHref", \.nextHref), Field("days", \.days), Field("groups", \.groups),
        Field("dutyText", \.dutyText), Field("mayEdit", \.mayEdit), Field("week", \.week),
        Field("copyFrom", \.copyFrom), Field("problem", \.problem),
    ]

    struct DayHead: Viewable {
        let text: String
        let weekday: String
        let isToday: Bool
        /// 国庆节 放假, 休诊
        let note: String?
        static let fields: [Field<Self>] = [
            Field("text", \.text), Field("weekday", \.weekday), Field("isToday", \.isToday), Field("note", \.note),
        ]
    }

    struct Group: Viewable {
        let name: String
        let people: [Person]
        static let fields: [Field<Self>] = [Field("name", \.name), Field("people", \.people)]
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
        let spans: [Span]
        let isRest: Bool
        /// A dated exception goes before the pattern; its reason.
        let note: String?
        static let fields: [Field<Self>] = [
            Field("spans", \.spans), Field("isRest", \.isRest), Field("note", \.note),
        ]
    }

    struct Span: Viewable {
        let text: String
        /// 值班, 备班; empty for ordinary work.
        let duty: String
        let hasDuty: Bool
        let dutyTone: String
        /// Another chair than the usual one.
        let place: String?
        static let fields: [Field<Self>] = [
            Field("text", \.text), Field("duty", \.duty), Field("hasDuty", \.hasDuty), Field("dutyTone", \.dutyTone),
            Field("place", \.place),
        ]
    }
}

/// Everything a page of the roster draws from.
struct RosterSheet: Sendable {
    let people: [Staff]
    let roles: [ID<Staff>: Set<String>]
    let facts: RosterFacts
    let chairs: [Chair]
    let rooms: [Room]
    let holidays: [Holiday]

    func spans(_ person: Staff, _ day: Day) -> [WorkSpan] {
        RosterRules.allSpans(of: person.id, on: day, facts)
    }

    /// People by what they are here, empty groups left out.
    var groups: [(name: String, people: [Staff])] {
        let nurses: Set<String> = ["nurse", "headNurse"]
        let desk: Set<String> = [
            "guide", "reception", "lobby", "attendant", "cashier", "caller", "operator", "consultant",
            "customerService",
        ]
        var rest = people
        func take(_ isWanted: (Staff) -> Bool) -> [Staff] {
            let taken = rest.filter(isWanted)
            rest.removeAll(where: isWanted)
            return taken
        }
        let groups = [
            ("医生", take(\.isDoctor)), ("护士助手", take { !(roles[$0.id] ?? []).isDisjoint(with: nurses) }),
            ("前台客服", take { !(roles[$0.id] ?? []).isDisjoint(with: desk) }), ("其他岗位", rest),
        ]
        return groups.filter { !$0.1.isEmpty }.map { (name: $0.0, people: $0.1) }
    }

    func title(_ person: Staff, _ playbook: Playbook) -> String {
        if person.isDoctor {
            let chair = chairs.first { $0.id == person.chairID }?.name
            return [person.specialty ?? person.title ?? "医生", chair].compactMap(\.self).joined(separator: " · ")
        }
        let names = (roles[person.id] ?? []).sorted().compactMap { playbook.role($0)?.name }
        return person.title ?? names.first ?? ""
    }

    /// What stands under a day: the decision of the clinic, else the holiday of the country.
    func note(_ day: Day) -> String? {
        if let decided = facts.days[day] { return decided.isClosed ? "\(decided.name) 休诊" : "\(decided.name) 开诊" }
        if !facts.opensWeekly(on: day) { return "每周休诊" }
        return holidays.first { $0.day == day }.map { "\($0.name) \($0.kind.label)" }
    }
}

extension RosterPage {
    init(
        shell: ShellView, tabs: [RosterTab], sheet: RosterSheet, week: Day, today: Day, playbook: Playbook,
        mayEdit: Bool, problem: String?
    ) {
        self.shell = shell
        self.tabs = tabs
        weekText = "\(week.monthDayText) – \(week.adding(days: 6).monthDayText)"
        previousHref = RosterPaths.week(week.adding(days: -7))
        thisHref = RosterPaths.week(today)
        nextHref = RosterPaths.week(week.adding(days: 7))
        self.mayEdit = mayEdit
        self.week = week.iso
        copyFrom = week.adding(days: -7).iso
        self.problem = problem
        let all = (0..<7).map { week.adding(days: $0) }
        days = all.map {
            DayHead(text: $0.monthDayText, weekday: $0.weekdayText, isToday: $0 == today, note: sheet.note($0))
        }
        groups = sheet.groups.map { group in
            Group(
                name: group.name,
                people: group.people.map { person in
                    Person(
                        name: person.name, title: sheet.title(person, playbook),
                        href: mayEdit ? RosterPaths.person(person.id, week: week) : nil,
                        cells: all.map { Self.cell(person, $0, sheet) })
                })
        }
        let onDuty = Set(RosterRules.onDuty(today, sheet.facts))
        let names = sheet.people.filter { onDuty.contains($0.id) }.map(\.name)
        dutyText = all.contains(today) && !names.isEmpty ? names.joined(separator: "、") : nil
    }

    static func cell(_ person: Staff, _ day: Day, _ sheet: RosterSheet) -> Cell {
        let spans = sheet.spans(person, day)
        let exception = sheet.facts.exceptions.first { $0.staffID == person.id && $0.day == day }
        return Cell(
            spans: spans.map { span in
                let chair = span.chairID.flatMap { id in sheet.chairs.first { $0.id == id } }
                let room = span.roomID.flatMap { id in sheet.rooms.first { $0.id == id } }
                return Span(
                    text: span.text, duty: span.duty.label, hasDuty: span.duty != .work,
                    dutyTone: span.duty == .standby ? "neutral" : "info",
                    place: chair?.id == person.chairID ? room?.name : chair?.name)
            }, isRest: spans.isEmpty, note: exception.map { $0.reason ?? "调整" })
    }
}

/// 排班 — one month at a glance — templates/roster/month.mustache
struct RosterMonthPage: Page {
    static let template = "roster/month"
    let shell: ShellView
    let tabs: [RosterTab]
    let monthText: String
    let previousHref: String
    let thisHref: String
    let nextHref: String
    let days: [Head]
    let groups: [Group]
    static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("monthText", \.monthText), Field("previousHref", \.previousHref),
        Field("thisHref", \.thisHref), Field("nextHref", \.nextHref), Field("days", \.days), Field("groups", \.groups),
    ]

    struct Head: Viewable {
        let number: String
        let weekday: String
        let title: String
        let isToday: Bool
        let isOff: Bool
        static let fields: [Field<Self>] = [
            Field("number", \.number), Field("weekday", \.weekday), Field("title", \.title),
            Field("isToday", \.isToday), Field("isOff", \.isOff),
        ]
    }

    struct Group: Viewable {
        let name: String
        let people: [Person]
        static let fields: [Field<Self>] = [Field("name", \.name), Field("people", \.people)]
    }

    struct Person: Viewable {
        let name: String
        /// "22 天"
        let total: String
        let cells: [Cell]
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("total", \.total), Field("cells", \.cells),
        ]
    }

    struct Cell: Viewable {
        /// 班, 早, 午, 值, 备, 休
        let text: String
        let title: String
        let kind: String
        static let fields: [Field<Self>] = [Field("text", \.text), Field("title", \.title), Field("kind", \.kind)]
    }
}

extension RosterMonthPage {
    init(shell: ShellView, tabs: [RosterTab], sheet: RosterSheet, first: Day, today: Day) {
        self.shell = shell
        self.tabs = tabs
        let next = first.adding(months: 1)
        monthText = "\(first.components.year) 年 \(first.components.month) 月"
        previousHref = RosterPaths.month(first.adding(months: -1))
        thisHref = RosterPaths.month(today)
        nextHref = RosterPaths.month(next)
        let all = (0..<next.days(since: first)).map { first.adding(days: $0) }
        days = all.map {
            Head(
                number: String($0.components.day), weekday: String($0.weekdayText.suffix(1)),
                title: sheet.note($0) ?? $0.longText, isToday: $0 == today,
                isOff: !sheet.facts.isOpen($0) || sheet.facts.days[$0] == nil && $0.weekday > 5)
        }
        groups = sheet.groups.map { group in
            Group(
                name: group.name,
                people: group.people.map { person in
                    let spans = all.map { sheet.spans(person, $0) }
                    return Person(
                        name: person.name, total: "\(spans.count { $0.contains(where: \.duty.isBookable) }) 天",
                        cells: zip(all, spans).map { Self.cell($0, $1) })
                })
        }
    }

    /// 早 ends by 13:00, 午 begins after noon.
    static func cell(_ day: Day, _ spans: [WorkSpan]) -> Cell {
        let title = "\(day.monthDayText) \(spans.isEmpty ? "休息" : spans.map(\.dutyText).joined(separator: "、"))"
        let works = spans.filter(\.duty.isBookable)
        guard let first = works.first, let last = works.last else {
            return spans.isEmpty
                ? Cell(text: "休", title: title, kind: "rest") : Cell(text: "备", title: title, kind: "standby")
        }
        if spans.contains(where: { $0.duty == .administrative }) {
            return Cell(text: "值", title: title, kind: "duty")
        }
        if last.end.index <= 52 { return Cell(text: "早", title: title, kind: "half") }
        if first.start.index >= 48 { return Cell(text: "午", title: title, kind: "half") }
        return Cell(text: "班", title: title, kind: "work")
    }
}
