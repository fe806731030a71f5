import Clinic
import Kernel
import Testing

/// Rules of the roster as tables: nothing but values.
@Suite struct RosterRuleTests {
    static let person = ID<Staff>(raw: 7)
    static let other = ID<Staff>(raw: 8)
    /// 2026-10-01, Thursday: 国庆节.
    static let thursday = Day(number: 20_727)
    static let morning = WorkSpan(Unit(34), Unit(48))
    static let afternoon = WorkSpan(Unit(54), Unit(72))
    static let evening = WorkSpan(Unit(72), Unit(84), duty: .standby)

    static func shift(
        _ span: WorkSpan, weekday: Int, of staff: ID<Staff> = person, from: Day = thursday.adding(days: -30),
        to: Day? = nil
    ) -> RosterShift {
        RosterShift(
            id: ID(raw: Int64(weekday * 100 + span.start.index)), staffID: staff, weekday: weekday, span: span,
            validFrom: from, validTo: to)
    }

    static func exception(_ span: WorkSpan?, on day: Day = thursday) -> RosterException {
        RosterException(
            id: ID(raw: 1), staffID: person, day: day, span: span, reason: "值班", setBy: ID(raw: 1),
            setAt: Timestamp(milliseconds: 0))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let facts: RosterFacts
        /// Bookable spans, and all of them, on the Thursday.
        let bookable: [String]
        let all: [String]
        var testDescription: String { name }
    }

    static let pattern = [shift(afternoon, weekday: 4), shift(morning, weekday: 4), shift(morning, weekday: 1)]
    static let closed = ClinicDay(day: thursday, opening: .closed, name: "国庆节")

    static let cases = [
        Case(
            name: "每周排班，按时间排好", facts: RosterFacts(shifts: pattern), bookable: ["08:30–12:00", "13:30–18:00"],
            all: ["08:30–12:00", "13:30–18:00"]),
        Case(
            name: "备班在表上，但不能约", facts: RosterFacts(shifts: pattern + [shift(evening, weekday: 4)]),
            bookable: ["08:30–12:00", "13:30–18:00"], all: ["08:30–12:00", "13:30–18:00", "18:00–21:00"]),
        Case(name: "休诊日没有人上班", facts: RosterFacts(shifts: pattern, days: [thursday: closed]), bookable: [], all: []),
        Case(
            name: "休诊日的值班另外写",
            facts: RosterFacts(
                shifts: pattern, exceptions: [exception(morning)], days: [thursday: closed]),
            bookable: ["08:30–12:00"], all: ["08:30–12:00"]),
        Case(
            name: "调休上班按星期一的排班",
            facts: RosterFacts(
                shifts: pattern,
                days: [thursday: ClinicDay(day: thursday, opening: .open(asWeekday: 1), name: "调休")]),
            bookable: ["08:30–12:00"], all: ["08:30–12:00"]),
        Case(
            name: "开诊日按自己的星期",
            facts: RosterFacts(
                shifts: pattern, days: [thursday: ClinicDay(day: thursday, opening: .open(asWeekday: nil), name: "义诊")]),
            bookable: ["08:30–12:00", "13:30–18:00"], all: ["08:30–12:00", "13:30–18:00"]),
        Case(
            name: "一天三段，当天调整盖过每周",
            facts: RosterFacts(
                shifts: pattern,
                exceptions: [exception(afternoon), exception(evening), exception(WorkSpan(Unit(32), Unit(40)))]),
            bookable: ["08:00–10:00", "13:30–18:00"], all: ["08:00–10:00", "13:30–18:00", "18:00–21:00"]),
        Case(
            name: "当天改休", facts: RosterFacts(shifts: pattern, exceptions: [exception(nil)]), bookable: [], all: []),
        Case(
            name: "过了有效期的一行不算",
            facts: RosterFacts(shifts: [shift(morning, weekday: 4, to: thursday.adding(days: -1))]), bookable: [],
            all: []),
        Case(
            name: "有效期的最后一天还算",
            facts: RosterFacts(shifts: [shift(morning, weekday: 4, from: thursday, to: thursday)]),
            bookable: ["08:30–12:00"], all: ["08:30–12:00"]),
    ]

    @Test("谁什么时候上班 R3.08 R3.11 R13.16", arguments: cases)
    func spans(item: Case) {
        #expect(RosterRules.spans(of: Self.person, on: Self.thursday, item.facts).map(\.text) == item.bookable)
        #expect(RosterRules.allSpans(of: Self.person, on: Self.thursday, item.facts).map(\.text) == item.all)
    }

    @Test(
        "扣掉请假的几个小时",
        arguments: [
            (34..<40, ["10:00–12:00", "13:30–18:00"]), (40..<44, ["08:30–10:00", "11:00–12:00", "13:30–18:00"]),
            (44..<60, ["08:30–11:00", "15:00–18:00"]), (30..<80, []), (48..<54, ["08:30–12:00", "13:30–18:00"]),
        ])
    func withoutHours(units: Range<Int>, left: [String]) {
        #expect(RosterRules.without(units, [Self.morning, Self.afternoon]).map(\.text) == left)
    }

    @Test("行政值班的人 R3.37")
    func onDuty() {
        let duty = WorkSpan(Unit(34), Unit(72), duty: .administrative)
        let facts = RosterFacts(shifts: [
            Self.shift(duty, weekday: 4, of: Self.other), Self.shift(Self.morning, weekday: 4),
        ])

        #expect(RosterRules.onDuty(Self.thursday, facts) == [Self.other])
        #expect(RosterRules.onDuty(Self.thursday.adding(days: 1), facts).isEmpty)
        #expect(RosterRules.spans(of: Self.other, on: Self.thursday, facts).map(\.text) == ["08:30–18:00"])
    }

    @Test("照一周复制：只改不同的、今天以后的日子")
    func copied() {
        let monday = Self.thursday.adding(days: -3)
        let source = RosterFacts(shifts: Self.pattern, exceptions: [Self.exception(nil)])
        let target = RosterFacts(shifts: Self.pattern)

        let copied = RosterRules.copied(
            of: Self.person, from: monday, to: monday.adding(days: 7), today: monday.adding(days: 7), source, target)
        let late = RosterRules.copied(
            of: Self.person, from: monday, to: monday.adding(days: 7), today: monday.adding(days: 11), source, target)

        #expect(copied.map(\.day) == [Self.thursday.adding(days: 7)])
        #expect(copied.allSatisfy { $0.spans.isEmpty })
        #expect(late.isEmpty)
    }

    @Test("班次写错：下班早于上班、重叠；首尾相接可以")
    func checks() throws {
        #expect(throws: RosterError.spanBackwards) { try RosterRules.check([WorkSpan(Unit(40), Unit(40))]) }
        #expect(throws: RosterError.spansOverlap(weekday: 2)) {
            try RosterRules.check([WorkSpan(Unit(34), Unit(49)), WorkSpan(Unit(48), Unit(60))], weekday: 2)
        }
        try RosterRules.check([WorkSpan(Unit(34), Unit(48)), WorkSpan(Unit(48), Unit(60))])
    }

    // MARK: requests

    static func request(
        _ kind: RosterRequest.Kind, first: Day, last: Day, units: Range<Int>? = nil, colleague: ID<Staff>? = nil
    ) -> RosterRequest {
        RosterRequest(
            AskRoster(
                kind: kind, reason: "personal", firstDay: first, lastDay: last, units: units, colleagueID: colleague),
            id: ID(raw: 1), staff: person, at: Timestamp(milliseconds: 0))
    }

    static let two = RosterFacts(
        shifts: (1...5).flatMap { [shift(morning, weekday: $0), shift(afternoon, weekday: $0, of: other)] })

    @Test("批准请假后的排班：整天、几个小时、本来就休息 R13.02")
    func effectOfLeave() {
        let days = RosterRequestRules.effect(
            Self.request(.leave, first: Self.thursday, last: Self.thursday.adding(days: 3)), Self.two)
        let hours = RosterRequestRules.effect(
            Self.request(.leave, first: Self.thursday, last: Self.thursday, units: 34..<40), Self.two)

        // Thursday and Friday; the weekend is free already.
        #expect(days.map(\.day) == [Self.thursday, Self.thursday.adding(days: 1)])
        #expect(days.allSatisfy { $0.staff == Self.person && $0.spans.isEmpty })
        #expect(hours.map { $0.spans.map(\.text) } == [["10:00–12:00"]])
    }

    @Test("换班：两天对调；只代一天则同事两段都上 R13.02")
    func effectOfSwap() {
        let friday = Self.thursday.adding(days: 1)
        let swap = RosterRequestRules.effect(
            Self.request(.swap, first: Self.thursday, last: friday, colleague: Self.other), Self.two)
        let cover = RosterRequestRules.effect(
            Self.request(.swap, first: Self.thursday, last: Self.thursday, colleague: Self.other), Self.two)

        #expect(
            swap.map { "\($0.staff.raw) \($0.day.weekday) \($0.spans.map(\.text).joined())" } == [
                "7 4 13:30–18:00", "8 4 08:30–12:00", "7 5 13:30–18:00", "8 5 08:30–12:00",
            ])
        #expect(
            cover.map { "\($0.staff.raw) \($0.spans.map(\.text).joined(separator: " "))" } == [
                "7 ", "8 08:30–12:00 13:30–18:00",
            ])
    }

    @Test(
        "申请写错的都说在哪一栏",
        arguments: [
            (AskRoster(kind: .leave, reason: "sick", firstDay: thursday.adding(days: -1)), "firstDay"),
            (
                AskRoster(kind: .leave, reason: "sick", firstDay: thursday, lastDay: thursday.adding(days: -1)),
                "lastDay"
            ),
            (
                AskRoster(kind: .leave, reason: "sick", firstDay: thursday, lastDay: thursday.adding(days: 90)),
                "lastDay"
            ),
            (
                AskRoster(
                    kind: .leave, reason: "sick", firstDay: thursday, lastDay: thursday.adding(days: 1), units: 34..<40),
                "units"
            ),
            (AskRoster(kind: .swap, reason: "sick", firstDay: thursday), "colleague"),
            (AskRoster(kind: .swap, reason: "sick", firstDay: thursday, colleagueID: person), "colleague"),
        ])
    func faultyRequests(ask: AskRoster, field: String) {
        #expect {
            try RosterRequestRules.check(ask, asker: Self.person, today: Self.thursday)
        } throws: { ($0 as? FormErrors)?.field == field }
    }

    @Test("请 90 天可以，91 天不行")
    func longestLeave() throws {
        try RosterRequestRules.check(
            AskRoster(kind: .leave, reason: "sick", firstDay: Self.thursday, lastDay: Self.thursday.adding(days: 89)),
            asker: Self.person, today: Self.thursday)
    }
}
