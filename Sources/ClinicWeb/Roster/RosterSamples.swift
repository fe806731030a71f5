import Clinic
import Kernel

/// Believable values for the gallery and the tests of templates.
enum RosterSamples {
    static func shell(_ title: String) -> ShellView { ShellView.sample(title: title, area: .board) }

    static let options = [OptionView("", "—", isChosen: true), OptionView("34", "08:30"), OptionView("72", "18:00")]

    static let affected = [
        RosterPersonPage.Affected(
            href: "/appointments/00000000000A1#move", name: "欧阳诸葛司马上官令狐公孙慕容长名",
            detail: "3 月 20 日 星期五 10:00–10:45")
    ]
}
extension RosterPage {
    static var samples: [RosterPage] {
        [
            RosterPage(
                shell: RosterSamples.shell("排班"), weekText: "3 月 9 日 – 3 月 15 日", previousHref: "/roster",
                thisHref: "/roster", nextHref: "/roster",
                days: [
                    DayHead(text: "3 月 9 日", weekday: "星期一", isToday: true),
                    DayHead(text: "3 月 10 日", weekday: "星期二", isToday: false),
                ],
                people: [
                    Person(
                        name: "林书远", title: "种植", href: "/roster/00000000000D1",
                        cells: [
                            Cell(text: "08:30–12:00 13:30–18:00", isRest: false, note: nil),
                            Cell(text: "休", isRest: true, note: "学术会议"),
                        ])
                ]),
            RosterPage(
                shell: RosterSamples.shell("排班"), weekText: "3 月 9 日 – 3 月 15 日", previousHref: "/roster",
                thisHref: "/roster", nextHref: "/roster", days: [], people: []),
        ]
    }

    init(
        shell: ShellView, weekText: String, previousHref: String, thisHref: String, nextHref: String,
        days: [DayHead], people: [Person]
    ) {
        self.shell = shell
        self.weekText = weekText
        self.previousHref = previousHref
        self.thisHref = thisHref
        self.nextHref = nextHref
        self.days = days
        self.people = people
    }
}

extension RosterPersonPage {
    static var samples: [RosterPersonPage] {
        let o = RosterSamples.options
        let row = Row(
            weekday: 1, label: "星期一",
            spans: [
                Span(name: "1a", label: "星期一第一段", starts: o, ends: o),
                Span(name: "1b", label: "星期一第二段", starts: o, ends: o),
            ])
        return [
            RosterPersonPage(
                shell: RosterSamples.shell("排班"), name: "林书远", backHref: "/roster",
                weekAction: "/roster/00000000000D1/week",
                exceptionAction: "/roster/00000000000D1/exception", blockAction: "/roster/00000000000D1/block",
                from: "2026-03-12", rows: [row],
                exceptions: [
                    Exception(
                        text: "3 月 20 日 星期五 休息 · 学术会议", action: "/roster/00000000000D1/exception/end", day: "2026-03-20"
                    )
                ],
                blocks: [Block(text: "3 月 13 日 星期五 10:00–11:00 培训", action: "/roster/00000000000D1/block/1/end")],
                isDoctor: true, day: "2026-03-12", starts: o, ends: o, problem: "请写一句原因，同事在预约表上看得到",
                affected: RosterSamples.affected),
            RosterPersonPage(
                shell: RosterSamples.shell("排班"), name: "王若彤", backHref: "/roster",
                weekAction: "/roster/00000000000D1/week",
                exceptionAction: "/roster/00000000000D1/exception", blockAction: "/roster/00000000000D1/block",
                from: "2026-03-12", rows: [row], exceptions: [], blocks: [], isDoctor: false, day: "2026-03-12",
                starts: o,
                ends: o, problem: nil, affected: []),
        ]
    }
}
