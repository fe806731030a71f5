import Clinic
import Kernel
import Storage

/// Reads the tables of the book; what everybody with the same rights sees is built once for each change.
enum BoardReading {
    private static let rights: [Capability] = [.bookAppointments, .moveAppointments, .seeRoster, .manageRoster]

    /// What the address asks for, with the clinics that may stand beside the own one: those of a person whose right to
    /// the book was given everywhere.
    static func query(_ request: StaffRequest) async throws -> (query: BoardQuery, others: [ClinicSite]) {
        var query = BoardQuery(request)
        guard request.actor.organisationWide.contains(.seeBoard) else {
            query.with = []
            return (query, [])
        }
        let own = request.clinic.id
        let others = try await request.read { tx in try PlaceStore.clinics(in: tx).filter { $0.id != own } }
        query.with = others.map(\.id).filter { query.with.contains($0) }
        return (query, others)
    }

    static func day(_ query: BoardQuery, _ others: [ClinicSite], for request: StaffRequest) async throws -> BoardView {
        let shown = [request.clinic] + others.filter { query.with.contains($0.id) }
        return try await request.shared(query.path(), rights: rights) {
            let sites = try await request.read { tx in
                try shown.map {
                    try site($0, query.day, query.by, isOwn: $0.id == request.clinic.id, now: request.now, in: tx)
                }
            }
            let chairs = sites.first { $0.isOwn }?.plan.chairs.count ?? 0
            return builder(request, chairs: chairs).day(
                sites, query, rosterHref: rosterHref(query.day, request), maySeeWeek: true)
        }
    }

    /// 8 statements for each clinic (10 by rooms), whatever the number of doctors and bookings.
    static func site(
        _ clinic: ClinicSite, _ day: Day, _ by: BoardColumns = .doctor, isOwn: Bool, now: Timestamp,
        in tx: any ReadTransaction
    ) throws -> BoardSite {
        let plan = try DayPlan.load(clinic: clinic.id, day: day, in: tx)
        return BoardSite(
            clinic: clinic, plan: plan,
            holds: try ResourceUnits.listHolds(of: plan.doctors.map(\.id), from: day, to: day, now: now, in: tx),
            isOwn: isOwn, rooms: by == .room ? try RoomUses.load(clinic: clinic.id, day: day, in: tx) : [])
    }

    /// The week of `doctor`; without one, of the person, or of the first doctor. nil when there is none.
    static func week(
        _ day: Day, _ doctor: ID<Staff>?, for request: StaffRequest
    ) async throws -> (week: DoctorWeek, board: BoardView, doctors: [OptionView])? {
        let read = try await request.read { tx -> (DoctorWeek, [Staff])? in
            let doctors = try StaffStore.listDoctors(clinic: request.clinic.id, in: tx)
            let wanted = doctor ?? request.actor.id
            let fallback = doctor == nil ? doctors.first : nil
            guard let chosen = doctors.first(where: { $0.id == wanted }) ?? fallback else { return nil }
            let week = try DoctorWeek.load(
                doctor: chosen, clinic: request.clinic.id, weekOf: day, now: request.now, in: tx)
            return (week, doctors)
        }
        guard let (week, doctors) = read else { return nil }
        let board = builder(request, chairs: week.chairs.count).week(
            week, today: request.today, rosterHref: rosterHref(day, request))
        return (
            week, board,
            doctors.map {
                OptionView(
                    $0.id.text, [$0.name, $0.specialty].compactMap(\.self).joined(separator: " · "),
                    isChosen: $0.id == week.doctor.id)
            }
        )
    }

    private static func builder(_ request: StaffRequest, chairs: Int) -> BoardBuilder {
        let setting = request.work.playbook[.appointmentCapacityPerSlot]
        return BoardBuilder(
            now: request.now, calendar: request.clinic.calendar, opens: request.clinic.opens,
            closes: request.clinic.closes, capacity: setting > 0 ? setting : chairs,
            mayBook: request.may(.bookAppointments), mayMove: request.may(.moveAppointments))
    }

    private static func rosterHref(_ day: Day, _ request: StaffRequest) -> String? {
        let maySee = request.web.app.routes.access(toPage: RosterPaths.roster)?.allows(request.actor) ?? false
        return maySee ? RosterPaths.week(day) : nil
    }
}
