import Clinic
import Kernel

extension AppointmentPaths {
    static let boardPart = "/appointments/board"
    static let week = "/appointments/week"
    static let weekPart = "/appointments/week/board"
    static let month = "/appointments/month"
    static let check = "/appointments/check"
    static let plan = "/appointments/plan"
    static let contacts = "/appointments/contacts"

    package static func day(_ day: Day, by: BoardColumns = .doctor) -> String { BoardQuery(day: day, by: by).path() }
    package static func week(_ day: Day, doctor: ID<Staff>?) -> String { weekAddress(week, day, doctor) }
    static func weekPart(_ day: Day, doctor: ID<Staff>?) -> String { weekAddress(weekPart, day, doctor) }
    static func month(_ day: Day, doctor: ID<Staff>? = nil) -> String { weekAddress(month, day, doctor) }
    static func plan(_ day: Day) -> String { URLText.address(plan, ["day": day.iso]) }
    static func contacts(_ day: Day) -> String { URLText.address(contacts, ["day": day.iso]) }

    private static func weekAddress(_ base: String, _ day: Day, _ doctor: ID<Staff>?) -> String {
        doctor.map { URLText.address(base, ["day": day.iso, "doctor": $0.text]) }
            ?? URLText.address(base, ["day": day.iso])
    }
}

/// What a column of the board stands for.
package enum BoardColumns: String, CaseIterable, Sendable {
    case doctor, chair, room
    var label: String {
        switch self {
        case .doctor: "医生"
        case .chair: "椅位"
        case .room: "诊室"
        }
    }
}

/// What the address of a day of the book asks for.
struct BoardQuery: Hashable, Sendable {
    var day: Day
    var by: BoardColumns = .doctor
    /// Ids of the columns to show; empty: all.
    var only: [String] = []
    /// Other clinics shown beside the own one.
    var with: [ID<ClinicSite>] = []

    /// `/appointments?day=2026-03-12&by=chair&only=…`
    func path(_ base: String = AppointmentPaths.board) -> String {
        var parts = ["day=\(day.iso)"]
        if by != .doctor { parts.append("by=\(by.rawValue)") }
        parts += only.map { "only=\(URLText.encode($0))" }
        parts += with.map { "with=\($0.text)" }
        return base + "?" + parts.joined(separator: "&")
    }

    /// Where the booking table stands after `days` days.
    func moved(days: Int) -> BoardQuery {
        var other = self
        other.day = day.adding(days: days)
        return other
    }

    /// The same day, divided otherwise; a choice of columns means nothing there.
    func divided(by columns: BoardColumns) -> BoardQuery { BoardQuery(day: day, by: columns, with: with) }

    static let names = ["day", "by", "only", "with"]
}

extension BoardQuery {
    init(_ request: StaffRequest) {
        let query = request.query
        day = request.day("day") ?? request.today
        by = BoardColumns(rawValue: query["by"]) ?? .doctor
        only = query.all("only").compactMap { ID<Staff>($0)?.text }
        with = query.all("with").compactMap { ID<ClinicSite>($0) }
    }
}
