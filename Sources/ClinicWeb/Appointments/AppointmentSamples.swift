import Clinic
import Kernel

/// Believable values for the gallery and the tests of templates.
enum AppointmentSamples {
    static func shell(_ title: String) -> ShellView { ShellView.sample(title: title, area: .board) }

    static func card(
        _ id: Int, _ name: String, _ purpose: String, row: Int, span: Int, _ state: String, lane: Int = 1,
        isFirst: Bool = false, hasAlert: Bool = false
    ) -> BoardView.Card {
        BoardView.Card(
            id: "00000000000A\(id)", href: "/appointments/00000000000A\(id)", row: row, span: span, lane: lane,
            state: state, glyph: state, title: "09:00–10:00 \(name) \(purpose)", name: name, purpose: purpose,
            isShort: span == 1, isFirst: isFirst, hasAlert: hasAlert, isSqueezed: lane > 1, version: 1, unit: 34 + row,
            doctor: "00000000000D1", chair: "00000000000C1", canMove: state == "booked", canResize: state == "booked")
    }

    static func column(_ name: String, cards: [BoardView.Card], lanes: String = "") -> BoardView.Column {
        BoardView.Column(
            name: name, place: "1 诊室", detail: "种植", load: "\(cards.count) 位 78%",
            loadTitle: "\(cards.count) 位，可约时间已用 78%", id: "00000000000D1", lanesClass: lanes,
            free: [BoardView.FreeCell(row: 11, href: "/appointments/new", label: "\(name) 11:00 空，点一下预约")],
            blocks: [BoardView.BlockCell(row: 15, span: 6, label: "午休")], cards: cards)
    }

    static var board: BoardView {
        let hostile = "<b>欧阳诸葛司马上官令狐公孙慕容长名</b>"
        return BoardView(
            dayText: "3 月 12 日 星期四", sizeClasses: "board-cols-2 board-rows-38", isEmpty: false, emptyText: "",
            rosterHref: "/roster",
            states: [BoardView.StateCount(state: "booked", glyph: "booked", label: "已约", count: 22)],
            columns: [
                column(
                    "林书远",
                    cards: [
                        card(1, "冯国栋", "种植一期 26", row: 3, span: 4, "done"),
                        card(2, "蒋婉清", "种植二期 36", row: 7, span: 4, "chair", hasAlert: true),
                        card(3, hostile, "复查", row: 21, span: 1, "booked", isFirst: true),
                        card(4, "曹慧", "拆线", row: 21, span: 1, "late", lane: 2),
                    ], lanes: "lanes-2"),
                column("陈思敏", cards: [card(5, "田秀英", "洁治", row: 1, span: 3, "noshow")]),
            ],
            times: [
                BoardView.TimeCell(row: 1, text: "08:30", isHour: false),
                BoardView.TimeCell(row: 3, text: "09:00", isHour: true),
            ],
            densities: [BoardView.DensityCell(row: 3, load: 7, level: "high", title: "09:00 同时 7 位，上限 8")],
            nowLine: BoardView.NowLine(row: 8, minute: 9, text: "10:24"), day: "2026-03-12", firstUnit: 34,
            rowCount: 38, by: "doctor")
    }

    static var emptyBoard: BoardView {
        BoardView(
            dayText: "3 月 15 日 星期日", sizeClasses: "board-cols-1 board-rows-38", isEmpty: true,
            emptyText: "这一天没有医生上班，也没有预约", rosterHref: nil, states: [], columns: [], times: [], densities: [],
            nowLine: nil, day: "2026-03-15", firstUnit: 34, rowCount: 38, by: "doctor")
    }

    static var detail: AppointmentView {
        AppointmentView(
            id: "00000000000A1", version: 2, href: "/appointments/00000000000A1", name: "钱一鸣",
            person: "男 34 岁 · M20457 · 138 **** 2206", patientHref: "/patients/0000000000001", state: "confirmed",
            glyph: "confirmed", stateText: "已确认", isSqueezed: true, isFirst: true, hasAlert: true,
            whenText: "3 月 12 日 星期四 11:00–11:45",
            facts: [.init("主诉", "左上后牙食物嵌塞一周"), .init("项目", "充填 24")],
            history: [.init("2026-03-11 16:42", "王若彤：客人已确认")],
            arriveHref: "/reception/arrivals/new",
            steps: [
                .init(label: "客人已确认", href: "/appointments/00000000000A1/confirmation", version: 2),
                .init(label: "标记未到", href: "/appointments/00000000000A1/absence", version: 2),
            ],
            moveHref: "/appointments/00000000000A1#move", cancelHref: "/appointments/00000000000A1#cancel",
            againHref: "/appointments/new", cardHref: "/appointments/00000000000A1/card")
    }

    static var options: [OptionView] { [OptionView("a", "客人时间有变", isChosen: true), OptionView("b", "其他")] }
    static var offers: [NewBookingPage.Offer] {
        [NewBookingPage.Offer(value: "2026-03-13|37", time: "09:15", day: "3 月 13 日 星期五", by: "陈思敏")]
    }
    static var people: PeopleView {
        PeopleView(
            hits: [.init(href: "/appointments/new?patient=1", name: "谢春梅", detail: "女 57 岁 · M09316 · 136 **** 7715")],
            note: "还有更多，请再多输几个字", registerHref: "/patients/new")
    }
    static var problem: NewBookingPage.Problem {
        NewBookingPage.Problem(
            text: "周启航医生 10:45–11:30 已约罗文静，请换时间或医生", href: "/appointments/00000000000A1",
            label: "10:45–11:30 罗文静 周启航")
    }

    static func entry(_ errors: FormErrors) -> NewBookingPage.Entry {
        NewBookingPage.Entry(
            day: "2026-03-13", complaint: "右上后牙牙龈出血、有点松", remark: "下午要接孩子", next: "", overrideNote: "",
            starts: options, lengths: options, autoLength: "按项目：3 单位 · 45 分钟", isAutoLength: false, doctors: options,
            chairs: options, channels: options, deskReasons: options,
            items: [.init(number: 1, teeth: "16、17", choices: options)], squeezeReasons: options,
            doctorChanges: options, overrides: options, maySqueeze: true, asksChange: true,
            asksOverride: !errors.isEmpty,
            offers: offers, offersTitle: "接下来的空档 · 3 单位",
            errors: NewBookingPage.Errors(errors))
    }
}

extension BoardView { static var samples: [BoardView] { [AppointmentSamples.board, AppointmentSamples.emptyBoard] } }
extension AppointmentView { static var samples: [AppointmentView] { [AppointmentSamples.detail] } }
extension PeopleView {
    static var samples: [PeopleView] {
        [AppointmentSamples.people, PeopleView(hits: [], note: "没有找到，请换个写法，或登记新客人", registerHref: nil)]
    }
}

extension BoardPage {
    static var samples: [BoardPage] {
        [AppointmentSamples.board, AppointmentSamples.emptyBoard].map { board in
            BoardPage(
                shell: AppointmentSamples.shell("预约"), dateText: board.dayText, day: board.day,
                previousHref: "/appointments",
                todayHref: "/appointments", nextHref: "/appointments",
                tabs: [
                    Tab(label: "医生", href: "/appointments", isCurrent: true),
                    Tab(label: "椅位", href: "/appointments", isCurrent: false),
                ],
                planHref: "/appointments/plan", newHref: "/appointments/new", partHref: "/appointments/board",
                checkHref: "/appointments/check", board: board, detail: board.isEmpty ? nil : AppointmentSamples.detail,
                moveReasons: AppointmentSamples.options, doctorChanges: AppointmentSamples.options,
                overrides: AppointmentSamples.options)
        }
    }
}

extension NewBookingPage {
    static var samples: [NewBookingPage] {
        var errors = FormErrors()
        for name in [
            "day", "start", "units", "doctor", "chair", "complaint", "item", "teeth", "channel", "deskReason",
            "squeezeReason", "doctorChangeReason", "overrideReason", "overrideNote",
        ] { errors.add(name, "请从列表里选择") }
        let person = Person(
            id: "0000000000001", name: "谢春梅", detail: "女 57 岁 · M09316", hasAlert: true,
            treating: "一直由陈思敏医生看诊（从一）", changeHref: "/appointments/new")
        return [
            NewBookingPage(
                shell: AppointmentSamples.shell("新预约"), backHref: "/appointments", command: "0000000000001",
                query: "xcm",
                kept: [OptionView("2026-03-13", "day")], found: AppointmentSamples.people, person: nil, form: nil,
                problem: nil),
            NewBookingPage(
                shell: AppointmentSamples.shell("新预约"), backHref: "/appointments", command: "0000000000001", query: "",
                kept: [], found: nil, person: person, form: AppointmentSamples.entry(FormErrors()), problem: nil),
            NewBookingPage(
                shell: AppointmentSamples.shell("新预约"), backHref: "/appointments", command: "0000000000001", query: "",
                kept: [], found: nil, person: person, form: AppointmentSamples.entry(errors),
                problem: AppointmentSamples.problem),
        ]
    }
}

extension AppointmentPage {
    static var samples: [AppointmentPage] {
        let o = AppointmentSamples.options
        return [
            AppointmentPage(
                shell: AppointmentSamples.shell("预约"), detail: AppointmentSamples.detail, backHref: "/appointments",
                problem: AppointmentSamples.problem,
                move: Move(
                    action: "/appointments/00000000000A1/slot", lengthAction: "/appointments/00000000000A1/length",
                    version: 2, day: "2026-03-12", note: "", overrideNote: "", starts: o, lengths: o, doctors: o,
                    chairs: o,
                    reasons: o, doctorChanges: o, overrides: o, offers: AppointmentSamples.offers, error: "请选择改约原因"),
                cancel: Cancel(
                    action: "/appointments/00000000000A1/cancellation", version: 2, note: "", reasons: o, sides: o,
                    error: "请选择取消原因")),
            AppointmentPage(
                shell: AppointmentSamples.shell("预约"), detail: AppointmentSamples.detail, backHref: "/appointments",
                problem: nil, move: nil, cancel: nil),
        ]
    }
}

extension DayPlanPage {
    static var samples: [DayPlanPage] {
        let shell = AppointmentSamples.shell("到访安排")
        let line = Line(
            time: "09:00–10:00", name: "冯国栋", record: "M20457", purpose: "种植一期 26", complaint: "缺牙", units: "4",
            assistant: "护士小陈", place: "1 诊室 1 号椅", state: "已确认")
        return [
            DayPlanPage(
                shell: shell, heading: "2026 年 3 月 12 日 星期四 到访安排", clinicName: "示例口腔门诊",
                foot: "打印：2026-03-11 17:30 王若彤", total: "共 1 位",
                groups: [
                    Group(doctor: "林书远", hours: "08:30–12:00", rows: [line]),
                    Group(doctor: "陈思敏", hours: "不在班", rows: []),
                ]),
            DayPlanPage(
                shell: shell, heading: "2026 年 3 月 15 日 星期日 到访安排", clinicName: "示例口腔门诊", foot: "", total: "共 0 位",
                groups: []),
        ]
    }

    init(
        shell: ShellView, heading: String, clinicName: String, foot: String, total: String, groups: [Group]
    ) {
        self.shell = shell
        self.heading = heading
        self.clinicName = clinicName
        self.foot = foot
        self.total = total
        self.groups = groups
    }
}

extension AppointmentCardPage {
    static var samples: [AppointmentCardPage] {
        [
            AppointmentCardPage(
                shell: AppointmentSamples.shell("预约卡"), name: "谢女士", when: "2026 年 3 月 13 日 星期五 09:15", doctor: "陈思敏",
                purpose: "牙周复查 + 龈下刮治", length: "约 45 分钟", clinicName: "示例口腔门诊", phone: "021-6888 1234",
                address: "示范路 1 号")
        ]
    }
}
