import Clinic
import Kernel

/// 预约 — the book of one day — templates/appointments/board.mustache
struct BoardPage: Page {
    static let template = "appointments/board"
    let shell: ShellView
    let dateText: String
    let day: String
    let previousHref: String
    let todayHref: String
    let nextHref: String
    let tabs: [Tab]
    let planHref: String
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
        Field("dateText", \.dateText), Field("day", \.day), Field("previousHref", \.previousHref),
        Field("todayHref", \.todayHref), Field("nextHref", \.nextHref), Field("tabs", \.tabs),
        Field("planHref", \.planHref), Field("newHref", \.newHref), Field("partHref", \.partHref),
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
}

extension BoardPage {
    init(
        shell: ShellView, board: BoardView, day: Day, by: BoardColumns, today: Day, mayBook: Bool,
        detail: AppointmentView?, playbook: Playbook
    ) {
        self.shell = shell
        dateText = day == today ? "\(day.longText) · 今天" : day.longText
        self.day = day.iso
        previousHref = AppointmentPaths.day(day.adding(days: -1), by: by)
        todayHref = AppointmentPaths.day(today, by: by)
        nextHref = AppointmentPaths.day(day.adding(days: 1), by: by)
        tabs = BoardColumns.allCases.map {
            Tab(label: $0.label, href: AppointmentPaths.day(day, by: $0), isCurrent: $0 == by)
        }
        planHref = AppointmentPaths.plan(day)
        newHref = mayBook ? AppointmentPaths.newBooking(day: day) : nil
        partHref = AppointmentPaths.part(day, by: by)
        checkHref = AppointmentPaths.check
        self.board = board
        self.detail = detail
        moveReasons = OptionView.list(playbook.codes(.move), chosen: "")
        doctorChanges = OptionView.list(playbook.codes(.doctorChange), chosen: "")
        overrides = OptionView.list(playbook.codes(.override), chosen: "")
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
