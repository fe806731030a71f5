import Clinic
import Kernel

/// Believable values for the gallery and the tests of templates.
enum RosterSamples {
    static let longName = "欧阳诸葛司马上官令狐公孙慕容长名"

    static func shell(_ title: String = "排班") -> ShellView { ShellView.sample(title: title, area: .board) }

    static func tabs(_ current: Int) -> [RosterTab] {
        ["一周", "一月", "椅位", "请假换班", "改休待安排", "占用与设备", "节假日"].enumerated().map { index, label in
            RosterTab(
                label: label, href: "/roster", isCurrent: index == current,
                count: index == 3 ? "2" : index == 4 ? "5" : nil)
        }
    }

    static let starts = [OptionView("", "—"), OptionView("34", "08:30", isChosen: true), OptionView("54", "13:30")]
    static let ends = [OptionView("", "—"), OptionView("48", "12:00", isChosen: true), OptionView("72", "18:00")]
    static let places = [OptionView("work", "上班", isChosen: true), OptionView("standby", "备班")]

    static func spans(_ day: String, _ label: String) -> [SpanFields] {
        SpanFields.letters.map {
            SpanFields(name: day + $0, label: "\(label)\($0)", starts: starts, ends: ends, places: places)
        }
    }
}

extension RosterPage {
    static var samples: [RosterPage] {
        func span(_ text: String, duty: String? = nil, tone: String = "info", place: String? = nil) -> Span {
            Span(text: text, duty: duty ?? "", hasDuty: duty != nil, dutyTone: tone, place: place)
        }
        let work = Cell(spans: [span("08:30–12:00"), span("13:30–18:00")], isRest: false, note: nil)
        let rest = Cell(spans: [], isRest: true, note: "学术会议")
        let duty = Cell(
            spans: [span("08:30–12:00", duty: "值班"), span("18:00–21:00", duty: "备班", tone: "neutral", place: "3 号椅")],
            isRest: false, note: nil)
        let days = ["一", "二", "三", "四", "五", "六", "日"].enumerated().map { index, day in
            DayHead(
                text: "3 月 \(9 + index) 日", weekday: "星期\(day)", isToday: index == 3,
                note: index == 6 ? "清明节 放假" : nil)
        }
        func page(_ groups: [Group], problem: String? = nil, mayEdit: Bool = true) -> RosterPage {
            RosterPage(
                shell: RosterSamples.shell(), tabs: RosterSamples.tabs(0), weekText: "3 月 9 日 – 3 月 15 日",
                previousHref: "/roster", thisHref: "/roster", nextHref: "/roster", days: days, groups: groups,
                dutyText: groups.isEmpty ? nil : "林书远", mayEdit: mayEdit, week: "2026-03-09", copyFrom: "2026-03-02",
                problem: problem)
        }
        return [
            page([
                Group(
                    name: "医生",
                    people: [
                        Person(
                            name: "林书远", title: "种植 · 1 号椅", href: "/roster/00000000000D1",
                            cells: [work, work, rest, duty, work, work, rest]),
                        Person(
                            name: RosterSamples.longName, title: "正畸", href: nil,
                            cells: [work, work, work, work, work, rest, rest]),
                    ])
            ]),
            page([], problem: "两周的排班已经一样，不用复制", mayEdit: false),
        ]
    }
}

extension RosterMonthPage {
    static var samples: [RosterMonthPage] {
        let days = (1...31).map {
            Head(
                number: String($0), weekday: "日", title: "3 月 \($0) 日", isToday: $0 == 12, isOff: $0 % 7 == 1)
        }
        let kinds = [("班", "work"), ("早", "half"), ("休", "rest"), ("值", "duty"), ("备", "standby")]
        let cells = (0..<31).map { Cell(text: kinds[$0 % 5].0, title: "3 月 \($0 + 1) 日", kind: kinds[$0 % 5].1) }
        func page(_ groups: [Group]) -> RosterMonthPage {
            RosterMonthPage(
                shell: RosterSamples.shell(), tabs: RosterSamples.tabs(1), monthText: "2026 年 3 月",
                previousHref: "/roster/month", thisHref: "/roster/month", nextHref: "/roster/month", days: days,
                groups: groups)
        }
        return [
            page([
                Group(
                    name: "医生",
                    people: [
                        Person(name: "林书远", total: "22 天", cells: cells),
                        Person(name: RosterSamples.longName, total: "21 天", cells: cells),
                    ])
            ]), page([]),
        ]
    }
}

extension RosterPersonPage {
    static var samples: [RosterPersonPage] {
        let specialties = [OptionView("implants", "种植", isChosen: true), OptionView("children", "儿童牙科")]
        func page(_ name: String, profile: Profile?, problem: String?, exceptions: [Exception]) -> RosterPersonPage {
            RosterPersonPage(
                shell: RosterSamples.shell(), name: name, backHref: "/roster",
                weekAction: "/roster/00000000000D1/week", exceptionAction: "/roster/00000000000D1/exception",
                from: "2026-03-12", rows: [Row(label: "星期一", spans: RosterSamples.spans("1", "星期一"))],
                exceptionSpans: RosterSamples.spans("x", "当天"), exceptions: exceptions, day: "2026-03-12",
                problem: problem, profile: profile)
        }
        return [
            page(
                "林书远",
                profile: Profile(
                    action: "/roster/00000000000D1/profile", version: 1, facts: "工号 1002 · 主任医师 · 男 · 1 诊室",
                    bornOn: "1978-05-06", startedOn: "", takesRotation: true, specialties: specialties,
                    familiar: specialties, bornOnError: "请核对出生日期，医生的年龄应在 18 到 100 岁之间", startedOnError: nil),
                problem: "请写一句原因，同事在预约表上看得到",
                exceptions: [
                    Exception(
                        text: "3 月 20 日 星期五 休息 · 学术会议", action: "/roster/00000000000D1/exception/end", day: "2026-03-20"
                    )
                ]), page(RosterSamples.longName, profile: nil, problem: nil, exceptions: []),
        ]
    }
}

extension ChairMapView {
    static var samples: [ChairMapView] {
        [
            ChairMapView(rooms: [
                Room(
                    name: "1 诊室",
                    chairs: [
                        Tile(
                            number: "1 号椅", doctor: "林书远", state: "busy", stateLabel: "就诊中", tone: "accent",
                            glyph: "chair", shifts: ["08:30–12:00 林书远", "13:30–18:00 陈思敏"]),
                        Tile(
                            number: "2 号椅", doctor: "现在没有人", state: "off", stateLabel: "没有人", tone: "neutral",
                            glyph: "booked", shifts: []),
                    ])
            ]), ChairMapView(rooms: []),
        ]
    }
}

extension ChairMapPage {
    static var samples: [ChairMapPage] {
        ChairMapView.samples.map { map in
            ChairMapPage(
                shell: RosterSamples.shell(), tabs: RosterSamples.tabs(2), dayText: "3 月 12 日 星期四",
                previousHref: "/roster/chairs", thisHref: "/roster/chairs", nextHref: "/roster/chairs", map: map,
                others: map.rooms.isEmpty
                    ? [] : [FactView("王若彤", "08:30–12:00"), FactView(RosterSamples.longName, "备班")],
                hasOthers: !map.rooms.isEmpty, isToday: !map.rooms.isEmpty)
        }
    }
}

extension RosterDaysPage {
    static var samples: [RosterDaysPage] {
        func row(_ day: Int, _ name: String, decision: String?, tone: String = "neutral", isPast: Bool = false) -> Row {
            Row(
                day: "2026-10-0\(day)", dayText: "2026 年 10 月 \(day) 日 星期四", name: name, country: "放假",
                decision: decision ?? "", hasDecision: decision != nil, tone: tone, isPast: isPast, canClose: !isPast,
                canOpen: !isPast,
                canFree: decision != nil)
        }
        func page(_ rows: [Row], own: [Row], problem: String?) -> RosterDaysPage {
            RosterDaysPage(
                shell: RosterSamples.shell(), tabs: RosterSamples.tabs(6), holidays: rows, decided: own,
                undecided: rows.count, hasUndecided: !rows.isEmpty,
                form: Fields(
                    day: "", name: "",
                    weekdays: [OptionView("", "当天自己的排班", isChosen: true), OptionView("1", "星期一的排班")],
                    problem: problem),
                week: Week(
                    from: "2026-03-13", text: "现在星期一、二、三、四、五、六开诊，3 月 16 日起星期一、二、三、四、五",
                    weekdays: ["一", "二", "三", "四", "五", "六", "日"].enumerated().map {
                        OptionView(String($0 + 1), "星期\($1)", isChosen: $0 < 6)
                    }))
        }
        return [
            page(
                [row(1, "国庆节", decision: "休诊", tone: "warning"), row(2, "国庆节", decision: nil, isPast: true)],
                own: [row(9, RosterSamples.longName, decision: "开诊", tone: "done")], problem: "请写这一天是什么日子，例如 国庆节"),
            page([], own: [], problem: nil),
        ]
    }
}

extension RosterRequestsPage {
    static var samples: [RosterRequestsPage] {
        func entry(_ id: Int, _ title: String, _ state: StateChip, decide: Bool = false, answer: Bool = false) -> Entry
        {
            Entry(
                id: "00000000000R\(id)", title: title, when: "3 月 20 日 – 3 月 22 日（3 天）", why: "外出学习 · 种植学会年会",
                state: state, effect: decide ? "批准后：林书远 3 月 20 日 休息；影响 5 条预约" : nil,
                note: state.tone == "danger" ? "何志强：那几天已有两位医生请假" : nil,
                canDecide: decide, canAnswer: answer, canWithdraw: !decide && !answer && state.tone == "waiting")
        }
        func form(isSwap: Bool, isFaulty: Bool) -> Fields {
            let faults = isFaulty ? FormErrors("firstDay", "请选今天或以后的日期") : FormErrors()
            return Fields(
                isSwap: isSwap,
                first: InputView("firstDay", "从哪一天", "2026-03-20", type: "date", isRequired: true, faults: faults),
                last: InputView("lastDay", "到哪一天", "", type: "date", hint: "只有一天就空着"), starts: RosterSamples.starts,
                ends: RosterSamples.ends, unitsError: isFaulty ? "请几个小时只能选同一天" : nil,
                reasons: [OptionView("", "请选择", isChosen: true), OptionView("sick", "病假")],
                reasonError: isFaulty ? "请从列表里选择原因" : nil,
                colleagues: [OptionView("", "请选择", isChosen: true), OptionView("1", RosterSamples.longName)],
                colleagueError: isFaulty ? "请选择和谁换" : nil, note: InputView("note", "补充一句"), isOpen: isFaulty)
        }
        return [
            RosterRequestsPage(
                shell: RosterSamples.shell("请假换班"), tabs: RosterSamples.tabs(3),
                waiting: [entry(1, "林书远 请假", StateChip(text: "待批", tone: "waiting"), decide: true)], mayDecide: true,
                mine: [
                    entry(2, "陈思敏 和 \(RosterSamples.longName) 换班", StateChip(text: "等您答应", tone: "info"), answer: true),
                    entry(3, "王若彤 请假", StateChip(text: "未批准", tone: "danger")),
                    entry(4, "王若彤 请假", StateChip(text: "待批", tone: "waiting")),
                ], form: form(isSwap: true, isFaulty: true), problem: "同事还没有答应换班，请先等同事答复"),
            RosterRequestsPage(
                shell: RosterSamples.shell("请假换班"), tabs: RosterSamples.tabs(3), waiting: [], mayDecide: false,
                mine: [],
                form: form(isSwap: false, isFaulty: false), problem: nil),
        ]
    }
}

extension RearrangePage {
    static var samples: [RearrangePage] {
        func entry(_ id: Int, _ name: String, proposal: String?) -> Entry {
            Entry(
                id: "00000000000A\(id)", href: "/appointments/00000000000A\(id)", time: "10:00–10:45", name: name,
                phone: "138 0013 8010", dial: "tel:13800138010", hasDial: proposal != nil, purpose: "右下后牙疼",
                hasArrived: proposal == nil, version: 1, proposal: proposal,
                why: proposal == nil ? "这个时间没有空的医生" : "帮林书远医生，诊室号在前", doctorAction: "/roster/rearrange/1/doctor",
                timeAction: "/roster/rearrange/1/time", offers: [OptionView("2026-03-13|36", "3 月 13 日 星期五 09:00")],
                cancelAction: "/roster/rearrange/1/cancellation", mayCancel: proposal != nil)
        }
        return [
            RearrangePage(
                shell: RosterSamples.shell(), tabs: RosterSamples.tabs(4),
                groups: [
                    Group(
                        title: "林书远医生 3 月 12 日 星期四", cause: "家中急事", isUnannounced: true,
                        calls: ["09:20 王若彤 · 没有接通"], hasCalls: true, callAction: "/roster/rearrange/calls",
                        doctor: "00000000000D1", day: "2026-03-12", results: [OptionView("noAnswer", "没有接通")],
                        entries: [
                            entry(1, "谢春梅", proposal: "换给陈思敏医生"), entry(2, RosterSamples.longName, proposal: nil),
                        ], count: "2 条待安排")
                ], problem: "林书远医生今天临时不来：请先给医生打电话并记下结果，再安排客人"),
            RearrangePage(shell: RosterSamples.shell(), tabs: RosterSamples.tabs(4), groups: [], problem: nil),
        ]
    }
}

extension ResourcesPage {
    static var samples: [ResourcesPage] {
        func page(_ blocks: [Block], _ devices: [DeviceRow], problem: String?) -> ResourcesPage {
            let people = [OptionView("doctor:1", RosterSamples.longName)]
            return ResourcesPage(
                shell: RosterSamples.shell(), tabs: RosterSamples.tabs(5), dayText: "3 月 12 日 星期四",
                previousHref: "/roster/resources", nextHref: "/roster/resources", blocks: blocks,
                mayBlock: !blocks.isEmpty,
                form: Fields(
                    day: "2026-03-12", doctors: people, assistants: people, chairs: people, devices: people,
                    starts: RosterSamples.starts, ends: RosterSamples.ends, reason: "", problem: problem),
                devices: devices, mayKeepDevices: !devices.isEmpty, kinds: [OptionView("panoramic", "全景机")],
                rooms: [OptionView("", "不固定"), OptionView("1", "1 诊室")], deviceName: "", deviceProblem: problem)
        }
        return [
            page(
                [Block(time: "12:00–13:00", what: "林书远医生", reason: "午休", action: "/roster/blocks/1/end")],
                [DeviceRow(name: "全景机", kind: "全景机", place: "影像室", action: "/roster/devices/1/retire")],
                problem: "请选择起止时间，结束要晚于开始"), page([], [], problem: nil),
        ]
    }
}
