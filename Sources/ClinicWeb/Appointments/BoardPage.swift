import Clinic
import Kernel

/// 预约 — the book of one day, or of one doctor's week — templates/appointments/board.mustache
struct BoardPage: Page {
    static let template = "appointments/board"
    let shell: ShellView
    let dateText: String
    let day: String
    /// Where the date field sends its day, and what goes with it.
    let action: String
    let kept: [OptionView]
    let steps: Steps
    /// 医生 · 椅位 · 诊室; empty in a week.
    let tabs: [Tab]
    let hasTabs: Bool
    /// 日 · 周 · 月
    let ranges: [Tab]
    /// Whose week; nil on a day.
    let doctors: DoctorChoice?
    let filter: Filter?
    let tray: [TrayItem]
    /// nil when it is empty.
    let trayCount: Int?
    let hasTray: Bool
    let planHref: String
    let contactsHref: String
    let newHref: String?
    let partHref: String
    let checkHref: String
    let board: BoardView
    /// The selected booking, when the address names one.
    let detail: AppointmentView?
    let moveReasons: [OptionView]
    let doctorChanges: [OptionView]
    let overrides: [OptionView]

    static let fields: [Field<Self>] = [
        Field("dateText", \.dateText), Field("day", \.day), Field("action", \.action), Field("kept", \.kept),
        Field("steps", \.steps), Field("tabs", \.tabs), Field("hasTabs", \.hasTabs), Field("ranges", \.ranges),
        Field("doctors", \.doctors),
        Field("filter", \.filter), Field("tray", \.tray), Field("trayCount", \.trayCount), Field("hasTray", \.hasTray),
        Field("planHref", \.planHref), Field("contactsHref", \.contactsHref), Field("newHref", \.newHref),
        Field("partHref", \.partHref),
        Field("checkHref", \.checkHref), Field("board", \.board), Field("detail", \.detail),
        Field("moveReasons", \.moveReasons), Field("doctorChanges", \.doctorChanges), Field("overrides", \.overrides),
    ]

    struct Tab: Viewable {
        let label: String
        let href: String
        let isCurrent: Bool
        static let fields: [Field<Self>] = [
            Field("label", \.label), Field("href", \.href), Field("isCurrent", \.isCurrent),
        ]
    }

    /// One day, or one week or month, back and forth.
    struct Steps: Viewable {
        let previousHref: String
        let previousText: String
        let todayHref: String
        let nextHref: String
        let nextText: String
        static let fields: [Field<Self>] = [
            Field("previousHref", \.previousHref), Field("previousText", \.previousText),
            Field("todayHref", \.todayHref), Field("nextHref", \.nextHref), Field("nextText", \.nextText),
        ]
        init(_ unit: String, previous: String, today: String, next: String) {
            previousHref = previous
            previousText = "前一\(unit)"
            todayHref = today
            nextHref = next
            nextText = "后一\(unit)"
        }
    }

    struct DoctorChoice: Viewable {
        let choices: [OptionView]
        static let fields: [Field<Self>] = [Field("choices", \.choices)]
    }

    /// Which columns are shown, and which clinics beside the own one.
    struct Filter: Viewable {
        let day: String
        let by: String
        let choices: [OptionView]
        let clinics: [OptionView]
        let hasClinics: Bool
        /// "3 列"; nil when all are shown.
        let chosen: String?
        let allHref: String
        static let fields: [Field<Self>] = [
            Field("day", \.day), Field("by", \.by), Field("choices", \.choices), Field("clinics", \.clinics),
            Field("hasClinics", \.hasClinics), Field("chosen", \.chosen), Field("allHref", \.allHref),
        ]
    }
}

/// What a page of the book shows around its grid.
struct BoardFrame: Sendable {
    let shell: ShellView
    let today: Day
    let mayBook: Bool
    let mayMove: Bool
    let tray: [TrayItem]
    let detail: AppointmentView?
    let playbook: Playbook
}

extension BoardPage {
    /// A day. `all` is the same board without a choice of columns.
    init(_ frame: BoardFrame, board: BoardView, all: BoardView, query: BoardQuery, clinics: [ClinicSite]) {
        let day = query.day
        let shown = Set(query.only)
        self.init(
            frame, board: board, dateText: day == frame.today ? "\(day.longText) · 今天" : day.longText, day: day,
            action: AppointmentPaths.board,
            kept: [OptionView(query.by.rawValue, "by")] + query.only.map { OptionView($0, "only") }
                + query.with.map { OptionView($0.text, "with") },
            steps: Steps(
                "天", previous: query.moved(days: -1).path(),
                today: query.moved(days: frame.today.number - day.number).path(), next: query.moved(days: 1).path()),
            tabs: BoardColumns.allCases.map {
                Tab(label: $0.label, href: query.divided(by: $0).path(), isCurrent: $0 == query.by)
            },
            ranges: Self.ranges(0, day: day, doctor: query.by == .doctor ? query.only.first.flatMap { ID($0) } : nil),
            doctors: nil,
            filter: Filter(
                day: day.iso, by: query.by.rawValue,
                choices: all.columns.filter { !$0.id.isEmpty }.map {
                    OptionView($0.id, $0.name, isChosen: shown.contains($0.id))
                },
                clinics: clinics.map { OptionView($0.id.text, $0.name, isChosen: query.with.contains($0.id)) },
                hasClinics: !clinics.isEmpty, chosen: shown.isEmpty ? nil : "\(board.columns.count) 列",
                allHref: query.divided(by: query.by).path()),
            partHref: query.path(AppointmentPaths.boardPart))
    }

    /// A week of one doctor.
    init(_ frame: BoardFrame, board: BoardView, week: DoctorWeek, day: Day, doctors: [OptionView]) {
        let id = week.doctor.id
        let sunday = week.monday.adding(days: 6)
        self.init(
            frame, board: board, dateText: "\(week.monday.monthDayText) – \(sunday.monthDayText)", day: day,
            action: AppointmentPaths.week, kept: [],
            steps: Steps(
                "周", previous: AppointmentPaths.week(day.adding(days: -7), doctor: id),
                today: AppointmentPaths.week(frame.today, doctor: id),
                next: AppointmentPaths.week(day.adding(days: 7), doctor: id)), tabs: [],
            ranges: Self.ranges(1, day: day, doctor: id), doctors: DoctorChoice(choices: doctors), filter: nil,
            partHref: AppointmentPaths.weekPart(day, doctor: id))
    }

    static func ranges(_ current: Int, day: Day, doctor: ID<Staff>?) -> [Tab] {
        [
            Tab(label: "日", href: AppointmentPaths.day(day), isCurrent: current == 0),
            Tab(label: "周", href: AppointmentPaths.week(day, doctor: doctor), isCurrent: current == 1),
            Tab(label: "月", href: AppointmentPaths.month(day), isCurrent: current == 2),
        ]
    }

    private init(
        _ frame: BoardFrame, board: BoardView, dateText: String, day: Day, action: String, kept: [OptionView],
        steps: Steps, tabs: [Tab], ranges: [Tab], doctors: DoctorChoice?, filter: Filter?, partHref: String
    ) {
        self.init(
            shell: frame.shell, dateText: dateText, day: day.iso, action: action, kept: kept, steps: steps, tabs: tabs,
            hasTabs: !tabs.isEmpty, ranges: ranges, doctors: doctors, filter: filter, tray: frame.tray,
            trayCount: frame.tray.isEmpty ? nil : frame.tray.count, hasTray: frame.mayMove,
            planHref: AppointmentPaths.plan(day), contactsHref: AppointmentPaths.contacts(day),
            newHref: frame.mayBook ? AppointmentPaths.newBooking(day: day) : nil, partHref: partHref,
            checkHref: AppointmentPaths.check, board: board, detail: frame.detail,
            moveReasons: OptionView.list(frame.playbook.codes(.move), chosen: ""),
            doctorChanges: OptionView.list(frame.playbook.codes(.doctorChange), chosen: ""),
            overrides: OptionView.list(frame.playbook.codes(.override), chosen: ""))
    }
}

extension OptionView {
    /// Starts of a day from `first` to before `last`.
    static func starts(_ first: Unit, _ last: Unit, chosen: Int?) -> [OptionView] {
        let shown = min(first.index, chosen ?? first.index)..<max(last.index, (chosen ?? 0) + 1)
        return shown.map { OptionView(String($0), Unit($0).clockText, isChosen: $0 == chosen) }
    }
    static func lengths(chosen: Int?) -> [OptionView] {
        (1...max(16, chosen ?? 1)).map {
            OptionView(String($0), "\($0) 单位 · \($0 * Unit.minutes) 分钟", isChosen: $0 == chosen)
        }
    }
}
