import Clinic
import Kernel

/// Believable values of the board for the gallery and the tests of templates.
enum BoardSamples {
    static func card(
        _ id: Int, _ name: String, _ purpose: String, row: Int, span: Int, _ state: String, lane: Int = 1,
        isFirst: Bool = false, hasAlert: Bool = false, isSqueezed: Bool = false, isDisplaced: Bool = false
    ) -> BoardView.Card {
        BoardView.Card(
            id: "00000000000A\(id)", href: "/appointments/00000000000A\(id)", row: row, span: span, lane: lane,
            state: state, glyph: state, label: "09:00–10:00 \(name) \(purpose) 已约", name: name, purpose: purpose,
            helps: state == "chair" ? "帮陈思敏医生" : nil, isShort: span == 1, isFirst: isFirst, hasAlert: hasAlert,
            isDisplaced: isDisplaced, isSqueezed: isSqueezed,
            size: span > 3 ? "big" : "small", version: 1, unit: 33 + row, doctor: "00000000000D1",
            chair: "00000000000C1", canMove: state == "booked", canResize: state == "booked",
            isUnverified: state == "booked" && isFirst)
    }

    static func column(
        _ id: String, _ name: String, cards: [BoardView.Card], strip: BoardView.Strip? = nil
    ) -> BoardView.Column {
        BoardView.Column(
            name: name, place: "1 诊室", detail: "种植", href: "/appointments/week", load: "\(cards.count) 位 78%",
            loadTitle: "\(cards.count) 位，可约时间已用 78%", id: id, day: "2026-03-12", doctor: id, chairs: "",
            canDrop: true, lanesClass: "",
            free: [
                BoardView.FreeCell(
                    id: "f-\(id)-44", row: 11, unit: 44, href: "/appointments/new", label: "\(name) 11:00 空")
            ],
            blocks: [
                BoardView.BlockCell(row: 12, span: 1, label: "正在预约，留到 10:29", isHold: true),
                BoardView.BlockCell(row: 15, span: 6, label: "午休", isHold: false),
            ], cards: cards, strip: strip)
    }

    static var board: BoardView {
        let hostile = "<b>欧阳诸葛司马上官令狐公孙慕容长名</b>"
        return BoardView(
            dayText: "3 月 12 日 星期四", sizeClasses: "board-rows-38", isEmpty: false, emptyText: "",
            rosterHref: "/roster",
            states: [BoardView.StateCount(state: "booked", glyph: "booked", label: "已约", count: 22)],
            sizes: [BoardView.SizeCount(size: "big", label: "大项", count: 4)], note: "其他门诊只看不改，每分钟更新一次",
            displaced: BoardView.Displaced(text: "医生已休，待重排 1", href: "/roster/rearrange"),
            columns: [
                column(
                    "00000000000D1", "林书远",
                    cards: [
                        card(1, "冯国栋", "种植一期 26", row: 3, span: 4, "done"),
                        card(2, "蒋婉清", "种植二期 36", row: 7, span: 4, "chair", hasAlert: true),
                        card(3, hostile, "复查", row: 21, span: 1, "booked", isFirst: true),
                    ],
                    strip: BoardView.Strip(
                        id: "00000000000D1", label: "林书远 加号 1 位", sizeClass: "strip-1", lanesClass: "",
                        cards: [card(4, "曹慧", "拆线", row: 21, span: 3, "late", isSqueezed: true)])),
                column(
                    "00000000000D2", "陈思敏",
                    cards: [
                        card(5, "田秀英", "洁治", row: 1, span: 3, "noshow"),
                        card(6, "罗文静", "充填 16", row: 7, span: 3, "confirmed", isDisplaced: true),
                    ]),
            ],
            times: [
                BoardView.TimeCell(row: 1, text: "08:30", isHour: false),
                BoardView.TimeCell(row: 3, text: "09:00", isHour: true),
            ],
            densities: [BoardView.DensityCell(row: 3, load: 7, level: "high", title: "09:00 同时 7 位，上限 8")],
            hasDensity: true, nowLine: BoardView.NowLine(row: 8, minute: 9, text: "10:24"), firstUnit: 34,
            rowCount: 38, by: "doctor", updateSeconds: 60)
    }

    static var emptyBoard: BoardView {
        BoardView(
            dayText: "3 月 15 日 星期日", sizeClasses: "board-rows-38", isEmpty: true,
            emptyText: "这一天没有医生上班，也没有预约", rosterHref: nil, states: [], sizes: [], note: nil, displaced: nil,
            columns: [],
            times: [], densities: [], hasDensity: true, nowLine: nil, firstUnit: 34, rowCount: 38, by: "doctor",
            updateSeconds: nil)
    }

    static var trayItem: TrayItem {
        TrayItem(
            id: "00000000000A9", href: "/appointments/00000000000A9", name: "欧阳诸葛长名",
            from: "3 月 12 日 星期四 11:00–11:45 郑子昂", length: "3 单位",
            removeHref: "/appointments/00000000000A9/tray/removal", version: 2, unit: 44, units: 3,
            doctor: "00000000000D1", chair: "")
    }

    static func steps(_ unit: String) -> BoardPage.Steps {
        BoardPage.Steps(unit, previous: "/appointments", today: "/appointments", next: "/appointments")
    }

    static func page(_ board: BoardView, isWeek: Bool, tray: [TrayItem], detail: AppointmentView?) -> BoardPage {
        let options = AppointmentSamples.options
        return BoardPage(
            shell: AppointmentSamples.shell("预约"), dateText: board.dayText, day: "2026-03-12",
            action: "/appointments", kept: [OptionView("doctor", "by")], steps: steps("天"),
            tabs: isWeek ? [] : [BoardPage.Tab(label: "医生", href: "/appointments", isCurrent: true)],
            hasTabs: !isWeek,
            ranges: [
                BoardPage.Tab(label: "日", href: "/appointments", isCurrent: !isWeek),
                BoardPage.Tab(label: "周", href: "/appointments/week", isCurrent: isWeek),
            ], doctors: isWeek ? BoardPage.DoctorChoice(choices: options) : nil,
            filter: isWeek
                ? nil
                : BoardPage.Filter(
                    day: "2026-03-12", by: "doctor",
                    choices: [OptionView("d1", "林书远", isChosen: true), OptionView("d2", "陈思敏")],
                    clinics: [OptionView("c2", "滨江分院")], hasClinics: true, chosen: "1 列", allHref: "/appointments"),
            tray: tray, trayCount: tray.isEmpty ? nil : tray.count, hasTray: true, planHref: "/appointments/plan",
            contactsHref: "/appointments/contacts",
            newHref: "/appointments/new", partHref: "/appointments/board", checkHref: "/appointments/check",
            board: board, detail: detail, moveReasons: options, doctorChanges: options, overrides: options)
    }
}

extension BoardView { static var samples: [BoardView] { [BoardSamples.board, BoardSamples.emptyBoard] } }

extension BoardPage {
    static var samples: [BoardPage] {
        [
            BoardSamples.page(
                BoardSamples.board, isWeek: false, tray: [BoardSamples.trayItem], detail: AppointmentSamples.detail),
            BoardSamples.page(BoardSamples.emptyBoard, isWeek: false, tray: [], detail: nil),
            BoardSamples.page(BoardSamples.board, isWeek: true, tray: [], detail: nil),
        ]
    }
}

extension MonthPage {
    static var samples: [MonthPage] {
        let entries = (1...31).map { number in
            Entry(
                href: "/appointments", number: number, label: "3 月 \(number) 日，24 位，上午 80%", people: "24 位",
                isToday: number == 12, isPast: number < 12, isRest: number % 7 == 1,
                halves: number % 7 == 1
                    ? []
                    : [
                        Half(name: "上午", text: "80%", load: 7, level: "high"),
                        Half(name: "下午", text: "104%", load: 8, level: "full"),
                    ])
        }
        let shown = [entries, []].map { entries in
            MonthPage(
                shell: AppointmentSamples.shell("预约"), monthText: "2026 年 3 月", day: "2026-03-12",
                steps: BoardSamples.steps("月"),
                ranges: [BoardPage.Tab(label: "月", href: "/appointments/month", isCurrent: true)],
                doctors: AppointmentSamples.options, weekdays: ["一", "二", "三", "四", "五", "六", "日"],
                weeks: weeks(entries, leading: entries.isEmpty ? 0 : 6), total: "共 \(entries.count * 24) 位")
        }
        return shown
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
                ], rooms: [Room(name: "1 诊室", doctors: "林书远", visits: ["09:00 冯国栋（林书远）"])], hasRooms: true),
            DayPlanPage(
                shell: shell, heading: "2026 年 3 月 15 日 星期日 到访安排", clinicName: "示例口腔门诊", foot: "", total: "共 0 位",
                groups: [], rooms: [], hasRooms: false),
        ]
    }

    init(
        shell: ShellView, heading: String, clinicName: String, foot: String, total: String, groups: [Group],
        rooms: [Room], hasRooms: Bool
    ) {
        self.shell = shell
        self.heading = heading
        self.clinicName = clinicName
        self.foot = foot
        self.total = total
        self.groups = groups
        self.rooms = rooms
        self.hasRooms = hasRooms
    }
}

extension ContactListPage {
    static var samples: [ContactListPage] {
        let line = Line(
            number: 1, time: "09:00", name: "<b>欧阳诸葛司马上官令狐长名</b>", person: "女 57 岁", phone: "138 0013 8000",
            doctor: "陈思敏", purpose: "牙周复查 + 龈下刮治", isCalled: true)
        return [[line], []].map { rows in
            ContactListPage(
                shell: AppointmentSamples.shell("联系表"), heading: "2026 年 3 月 13 日 星期五 预约客人联系表",
                clinicName: "示例口腔门诊", total: "共 \(rows.count) 位，已联系 \(rows.count) 位", rows: rows,
                foot: "打印：2026-03-12 17:30 王若彤")
        }
    }
}
