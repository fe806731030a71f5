import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 排班: everybody with the right sees it, keepers change it.
package enum RosterRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [
            RosterPage.self, RosterMonthPage.self, RosterPersonPage.self, ChairMapPage.self, ChairMapView.self,
            RosterDaysPage.self,
            RosterRequestsPage.self, RearrangePage.self, ResourcesPage.self,
        ]
    }

    package static func add(to table: inout RouteTable) {
        table.get(RosterPaths.roster, .needs(.seeRoster), use: week)
        table.get(RosterPaths.month, .needs(.seeRoster), use: month)
        table.get(RosterPaths.chairs, .needs(.seeRoster), use: ChairMapHandlers.show)
        table.get(RosterPaths.chairMap, .needs(.seeRoster), use: ChairMapHandlers.part)
        table.post(RosterPaths.copy, .needs(.manageRoster), use: copy)
        table.get(RosterPaths.days, .needs(.manageRoster), use: RosterDayHandlers.show)
        table.post(RosterPaths.days, .needs(.manageRoster), use: RosterDayHandlers.decide)
        table.post(RosterPaths.openDays, .needs(.manageRoster), use: RosterDayHandlers.week)
        table.post(RosterPaths.holidays, .needs(.manageRoster), use: RosterDayHandlers.follow)
        table.get(RosterPaths.requests, .needs(.seeWorkbench), use: RosterRequestHandlers.show)
        table.post(RosterPaths.requests, .needs(.seeWorkbench), use: RosterRequestHandlers.ask)
        table.post("/roster/requests/:id/answer", .needs(.seeWorkbench), use: RosterRequestHandlers.answer)
        table.post("/roster/requests/:id/withdrawal", .needs(.seeWorkbench), use: RosterRequestHandlers.withdraw)
        table.post("/roster/requests/:id/decision", .needs(.manageRoster), use: RosterRequestHandlers.decide)
        table.get(RosterPaths.rearrange, .needs(.moveAppointments), use: RearrangeHandlers.show)
        table.post(RosterPaths.calls, .needs(.moveAppointments), use: RearrangeHandlers.call)
        table.post("/roster/rearrange/:id/doctor", .needs(.moveAppointments), use: RearrangeHandlers.reassign)
        table.post("/roster/rearrange/:id/time", .needs(.moveAppointments), use: RearrangeHandlers.move)
        table.post("/roster/rearrange/:id/cancellation", .needs(.cancelAppointments), use: RearrangeHandlers.cancel)
        table.get(RosterPaths.resources, .needsAny([.manageRoster, .manageRooms]), use: ResourceHandlers.show)
        table.post(RosterPaths.blocks, .needs(.manageRoster), use: ResourceHandlers.block)
        table.post("/roster/blocks/:id/end", .needs(.manageRoster), use: ResourceHandlers.unblock)
        table.post(RosterPaths.devices, .needs(.manageRooms), use: ResourceHandlers.addDevice)
        table.post("/roster/devices/:id/retire", .needs(.manageRooms), use: ResourceHandlers.retireDevice)
        table.get("/roster/:id", .needs(.manageRoster), use: RosterPersonHandlers.show)
        table.post("/roster/:id/week", .needs(.manageRoster), use: RosterPersonHandlers.setWeek)
        table.post("/roster/:id/exception", .needs(.manageRoster), use: RosterPersonHandlers.setException)
        table.post("/roster/:id/exception/end", .needs(.manageRoster), use: RosterPersonHandlers.endException)
        table.post("/roster/:id/profile", .needs(.manageRoster), use: RosterPersonHandlers.setProfile)
    }

    static func week(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("week")
        return try await weekPage(request, problem: nil, status: .ok)
    }

    private static func weekPage(
        _ request: StaffRequest, problem: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let monday = monday(request)
        let shell = try await request.shell(title: "排班", area: .board)
        let playbook = request.work.playbook
        let page = try await request.read { tx in
            let sheet = try sheet(from: monday, to: monday.adding(days: 6), for: request, in: tx)
            return RosterPage(
                shell: shell,
                tabs: RosterTab.all(for: request, current: .week, counts: try RosterCounts.load(for: request, in: tx)),
                sheet: sheet, week: monday, today: request.today, playbook: playbook,
                mayEdit: request.may(.manageRoster), problem: problem)
        }
        return try request.web.page(page, status: status)
    }

    static func month(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day")
        let day = request.day("day") ?? request.today
        let first = day.adding(days: 1 - day.components.day)
        let shell = try await request.shell(title: "排班", area: .board)
        let page = try await request.read { tx in
            let sheet = try sheet(from: first, to: first.adding(months: 1).adding(days: -1), for: request, in: tx)
            return RosterMonthPage(
                shell: shell,
                tabs: RosterTab.all(
                    for: request, current: .month, counts: try RosterCounts.load(for: request, in: tx)),
                sheet: sheet, first: first, today: request.today)
        }
        return try request.web.page(page)
    }

    /// Everybody who may be on the roster: who has hours in these days, doctors, and for keepers all.
    static func sheet(
        from: Day, to: Day, for request: StaffRequest, in tx: any ReadTransaction
    ) throws -> RosterSheet {
        let clinic = request.clinic.id
        let facts = try RosterStore.load(clinic: clinic, from: from, to: to, in: tx)
        let rostered = Set(facts.shifts.map(\.staffID)).union(facts.exceptions.map(\.staffID))
        let people = try StaffStore.listActive(clinic: clinic, in: tx)
            .filter { $0.isDoctor || rostered.contains($0.id) || request.may(.manageRoster) }
        return RosterSheet(
            people: people, roles: try RosterStore.roles(clinic: clinic, in: tx), facts: facts,
            chairs: try PlaceStore.chairs(clinic: clinic, in: tx), rooms: try PlaceStore.rooms(clinic: clinic, in: tx),
            holidays: request.work.playbook.holidays)
    }

    static func copy(_ request: StaffRequest) async throws -> Response {
        let work = request.work
        let to = monday(request)
        do {
            guard let from = Day(request.form["from"]) else { throw FormErrors("from", "请选择照哪一周") }
            let (days, displaced) = try await request.write(changing: .board, .tasks) { tx in
                try RosterChanges.copyWeek(from: from, to: to, by: work, in: tx)
            }
            return done(
                request, displaced.count, at: RosterPaths.week(to), flash: "已照 \(from.monthDayText)那一周改了 \(days) 人天")
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await weekPage(request, problem: error.userMessage, status: .unprocessableContent)
        }
    }

    /// After a change of the roster: to the bookings it left without a doctor, if there are any.
    static func done(
        _ request: StaffRequest, _ displaced: Int, at href: String, flash: String
    ) -> Response {
        guard displaced > 0, request.may(.moveAppointments) else { return request.web.redirect(href, flash: flash) }
        return request.web.redirect(
            RosterPaths.rearrange, flash: "\(flash)，\(displaced) 条预约要重新安排")
    }

    /// The Monday of the week asked for; this week's when the address names none.
    static func monday(_ request: StaffRequest) -> Day {
        let day = request.day("week") ?? Day(request.form["week"]) ?? request.today
        return day.adding(days: 1 - day.weekday)
    }
}
