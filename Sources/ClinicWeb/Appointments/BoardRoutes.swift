import Clinic
import Hummingbird
import Kernel
import Storage

/// The book as tables: a day, a doctor's week, a month, and the day on paper.
package enum BoardRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [BoardPage.self, BoardView.self, BoardParts.self, MonthPage.self, DayPlanPage.self, ContactListPage.self]
    }

    package static func add(to table: inout RouteTable) {
        table.get(AppointmentPaths.board, .needs(.seeBoard), use: board)
        table.get(AppointmentPaths.boardPart, .needs(.seeBoard), use: boardPart)
        table.get(AppointmentPaths.week, .needs(.seeBoard), use: week)
        table.get(AppointmentPaths.weekPart, .needs(.seeBoard), use: weekPart)
        table.get(AppointmentPaths.month, .needs(.seeBoard), use: month)
        table.get(AppointmentPaths.check, .needs(.seeBoard), use: SlotCheckHandler.check)
        table.get(AppointmentPaths.plan, .needs(.seeBoard), use: plan)
        table.get(AppointmentPaths.contacts, .needs(.bookAppointments), use: contacts)
        table.post("/appointments/:id/tray", .needs(.moveAppointments), use: TrayHandlers.put)
        table.post("/appointments/:id/tray/removal", .needs(.moveAppointments), use: TrayHandlers.remove)
    }

    // MARK: - A day

    static func board(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day", "by", "only", "with", "pick", "carry", "unit")
        let (query, others) = try await BoardReading.query(request)
        let all = try await BoardReading.day(allColumns(of: query), others, for: request)
        let board = query.only.isEmpty ? all : try await BoardReading.day(query, others, for: request)
        let people = all.states.map(\.count).reduce(0, +)
        let frame = try await frame(
            request, note: "\(query.day == request.today ? "今天" : query.day.monthDayText) \(people) 位")
        return try request.web.page(BoardPage(frame, board: board, all: all, query: query, clinics: others))
    }

    /// The grid alone, for the live screen.
    static func boardPart(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day", "by", "only", "with")
        let (query, others) = try await BoardReading.query(request)
        return try BoardParts.answer(try await BoardReading.day(query, others, for: request), to: request)
    }

    private static func allColumns(of query: BoardQuery) -> BoardQuery {
        var all = query
        all.only = []
        return all
    }

    // MARK: - A doctor's week

    static func week(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day", "doctor", "pick", "carry", "unit")
        let day = request.day("day") ?? request.today
        guard
            let (week, board, doctors) = try await BoardReading.week(
                day, ID<Staff>(request.query["doctor"]), for: request)
        else { throw NotFound("医生") }
        let frame = try await frame(request, note: "\(week.doctor.name)医生的一周")
        return try request.web.page(BoardPage(frame, board: board, week: week, day: day, doctors: doctors))
    }

    static func weekPart(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day", "doctor")
        let day = request.day("day") ?? request.today
        guard let (_, board, _) = try await BoardReading.week(day, ID<Staff>(request.query["doctor"]), for: request)
        else { throw NotFound("医生") }
        return try BoardParts.answer(board, to: request)
    }

    private static func frame(_ request: StaffRequest, note: String) async throws -> BoardFrame {
        let tray = BoardTray(request)
        let pick = ID<Appointment>(request.query["pick"])
        var items: [TrayItem] = []
        var detail: AppointmentDetail?
        if pick != nil || !tray.entries.isEmpty {
            (items, detail) = try await request.read { tx in
                let detail = try pick.flatMap { try AppointmentStore.find($0, clinic: request.clinic.id, in: tx) }
                    .map { try AppointmentReading.detail($0.id, for: request, in: tx) }
                return (try tray.items(request, in: tx), detail)
            }
        }
        return BoardFrame(
            shell: try await request.shell(title: "预约", note: note, area: .board), today: request.today,
            mayBook: request.may(.bookAppointments), mayMove: request.may(.moveAppointments), tray: items,
            detail: detail.map { AppointmentView($0, for: request) }, playbook: request.work.playbook)
    }

    // MARK: - A month

    static func month(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day", "doctor")
        let day = request.day("day") ?? request.today
        let first = day.adding(days: 1 - day.components.day)
        let last = first.adding(months: 1).adding(days: -1)
        let doctor = ID<Staff>(request.query["doctor"])
        let (load, doctors) = try await request.read { tx in
            (
                try BookLoad.load(clinic: request.clinic.id, doctor: doctor, from: first, to: last, in: tx),
                try AppointmentReading.doctors(chosen: doctor?.text ?? "", for: request, in: tx)
            )
        }
        let shell = try await request.shell(
            title: "预约", note: "\(first.components.year) 年 \(first.components.month) 月", area: .board)
        return try request.web.page(
            MonthPage(shell: shell, load: load, day: day, today: request.today, doctor: doctor, doctors: doctors))
    }

    // MARK: - Paper

    /// The plan of a day, for the wall and for the case of an outage (R3.28).
    static func plan(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day")
        let day = request.day("day") ?? request.today.adding(days: 1)
        let plan = try await request.read { tx in try DayPlan.load(clinic: request.clinic.id, day: day, in: tx) }
        return try request.web.page(
            DayPlanPage(
                shell: request.bareShell(title: "\(day.monthDayText) 到访安排"), plan: plan, clinic: request.clinic,
                printedAt: request.now, by: request.actor.name))
    }

    /// Who is called before the day, with a column for the pen (R3.27).
    static func contacts(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day")
        let day = request.day("day") ?? request.today.adding(days: 1)
        let (plan, people) = try await request.read { tx in
            let plan = try DayPlan.load(clinic: request.clinic.id, day: day, in: tx)
            let ids = plan.entries.map(\.appointment.patientID)
            return (plan, ids.isEmpty ? [] : try PatientStore.briefs(ids, today: request.today, in: tx))
        }
        return try request.web.page(
            ContactListPage(
                shell: request.bareShell(title: "\(day.monthDayText) 预约客人联系表"), plan: plan, people: people,
                masksPhones: !request.may(.seePhones), clinic: request.clinic, printedAt: request.now,
                by: request.actor.name))
    }
}
