import Clinic
import Hummingbird
import Kernel
import Storage

/// Tells before the drop whether a booking fits, whom it would hit, and where it would fit instead.
enum SlotCheckHandler {
    static func check(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("appointment", "patient", "day", "unit", "units", "doctor", "chair")
        let query = request.query
        guard let day = Day(query["day"]), let start = SlotText.unit(query["unit"]),
            let units = SlotText.units(query["units"])
        else {
            throw FormErrors("day", "请选择日期和时间")
        }
        let id = ID<Appointment>(query["appointment"])
        let answer = try await request.read { tx -> SlotCheck in
            let own = try id.map { try AppointmentStore.get($0, clinic: request.clinic.id, in: tx) }
            guard let doctor = ID<Staff>(query["doctor"]) ?? own?.doctorID else { throw FormErrors("doctor", "请选择医生") }
            let slot = Slot(
                day: day, start: start, units: units, doctorID: doctor,
                chairID: query.has("chair") ? ID<Chair>(query["chair"]) : own?.chairID)
            let obstacles = try Booking.obstacles(
                slot, patient: ID<Patient>(query["patient"]), own: own, by: request.work, in: tx)
            let name = try StaffStore.names([doctor], in: tx)[doctor] ?? ""
            let fits = SlotCheck.passes(obstacles)
            let others =
                fits ? [] : try AppointmentReading.alternatives(to: slot, for: request, in: tx)
            return SlotCheck(
                slot, doctor: name, changesDoctor: own.map { $0.doctorID != doctor } ?? false, obstacles,
                others: others)
        }
        return try request.web.json(answer)
    }
}

/// What the ghost of a drag shows.
struct SlotCheck: Encodable, Sendable {
    let fits: Bool
    /// A reason is enough to pass what stands in the way.
    let needsOverride: Bool
    let changesDoctor: Bool
    /// "11:00–11:45 周启航"
    let place: String
    let problems: [String]
    /// Ids of the bookings it would hit.
    let hits: [String]
    /// Other times of this doctor, then of others, when this one is taken.
    let options: [Option]

    struct Option: Encodable, Sendable {
        let day: String
        let unit: Int
        let doctor: String
        /// "3 月 13 日 星期五 09:15"
        let label: String
    }

    init(
        _ slot: Slot, doctor: String, changesDoctor: Bool, _ obstacles: [any UserFacingError],
        others: [(slot: Slot, doctor: String)]
    ) {
        fits = Self.passes(obstacles)
        needsOverride = obstacles.contains(where: Self.isPassable)
        self.changesDoctor = changesDoctor
        place = "\(slot.start.clockText)–\(slot.end.clockText) \(doctor)"
        problems = obstacles.map(\.userMessage)
        hits = obstacles.compactMap { error in
            error.obstacle.flatMap { $0.kind == "appointment" ? ID<Appointment>(raw: $0.id).text : nil }
        }
        options = others.map { other, doctor in
            Option(
                day: other.day.iso, unit: other.start.index, doctor: other.doctorID.text,
                label: other.day == slot.day
                    ? "\(other.start.clockText) \(doctor)" : "\(other.day.longText) \(other.start.clockText) \(doctor)")
        }
    }

    static func passes(_ obstacles: [any UserFacingError]) -> Bool { obstacles.allSatisfy(isPassable) }

    private static func isPassable(_ error: any UserFacingError) -> Bool {
        if case BookingError.outsideRosterNeedsReason? = error as? BookingError { return true }
        return false
    }
}
