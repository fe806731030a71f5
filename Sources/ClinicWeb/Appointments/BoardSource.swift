import Clinic
import Kernel

/// One clinic's part of a day board.
struct BoardSite: Sendable {
    let clinic: ClinicSite
    let plan: DayPlan
    let holds: [HeldUnits]
    /// The clinic of the person: others are read only.
    let isOwn: Bool
    /// Communication rooms; read where the board is divided by rooms.
    var rooms: [RoomUse] = []
}

/// What one column of the board is drawn from.
struct ColumnSource {
    /// Id of the doctor, chair or room; the day of a week; "" for bookings without a chair.
    var id: String
    var name: String
    var place = ""
    var detail = ""
    /// Where the head of the column leads.
    var href: String?
    var day: Day
    /// Who treats what is dropped here; nil: as before.
    var doctorID: ID<Staff>?
    /// Where it is treated; empty: as before.
    var chairIDs: [ID<Chair>] = []
    var entries: [DayPlan.Entry]
    var blocks: [ScheduleBlock] = []
    var holds: [HeldUnits] = []
    /// A communication room that a booking of another column takes for a part of its time.
    var uses: [(units: Range<Int>, label: String)] = []
    /// Units in which somebody works here.
    var working: Set<Int>
    /// Whom a free unit books.
    var doctorAt: [Int: ID<Staff>]
    var isOwn = true
    /// Bookings without a doctor's slot stand in a strip of their own beside the column, not among the others.
    var stripsSqueezed = false
}

/// Divides a day of the book into columns. Pure.
enum BoardSources {
    static func columns(of site: BoardSite, by: BoardColumns, maySeeWeek: Bool) -> [ColumnSource] {
        switch by {
        case .doctor: doctors(site, maySeeWeek: maySeeWeek)
        case .chair: chairs(site)
        case .room: rooms(site)
        }
    }

    static func units(_ spans: [WorkSpan]) -> Set<Int> { Set(spans.flatMap { $0.start.index..<$0.end.index }) }

    private static func doctors(_ site: BoardSite, maySeeWeek: Bool) -> [ColumnSource] {
        let plan = site.plan
        let rooms = Dictionary(plan.chairs.map { ($0.id, $0.roomNumber) }, uniquingKeysWith: { first, _ in first })
        let byDoctor = Dictionary(grouping: plan.entries, by: \.appointment.doctorID)
        return plan.columns.map { doctor in
            let spans = plan.spans(of: doctor.id)
            let chair = spans.compactMap(\.chairID).first ?? doctor.chairID
            let working = units(spans)
            return ColumnSource(
                id: doctor.id.text, name: doctor.name,
                place: site.isOwn ? chair.flatMap { rooms[$0] }.map { "\($0) 诊室" } ?? "" : site.clinic.name,
                detail: doctor.specialty ?? doctor.title ?? "",
                href: site.isOwn && maySeeWeek ? AppointmentPaths.week(plan.day, doctor: doctor.id) : nil,
                day: plan.day,
                doctorID: doctor.id, entries: byDoctor[doctor.id] ?? [],
                blocks: plan.blocks.filter { $0.kind == .doctor && $0.resourceID == doctor.id.raw },
                holds: site.holds.filter { $0.doctorID == doctor.id }, working: working,
                doctorAt: Dictionary(working.map { ($0, doctor.id) }, uniquingKeysWith: { first, _ in first }),
                isOwn: site.isOwn, stripsSqueezed: true)
        }
    }

    private static func chairs(_ site: BoardSite) -> [ColumnSource] {
        let plan = site.plan
        let byChair = Dictionary(grouping: plan.entries, by: \.appointment.chairID)
        return plan.chairs.map { chair in
            place(
                site, chairs: [chair], id: chair.id.text, name: chair.name, place: "\(chair.roomNumber) 诊室",
                entries: byChair[chair.id] ?? [])
        } + unknown(site)
    }

    private static func rooms(_ site: BoardSite) -> [ColumnSource] {
        let plan = site.plan
        let byRoom = Dictionary(grouping: plan.chairs, by: \.roomID)
        return byRoom.values.sorted { $0[0].roomNumber < $1[0].roomNumber }.map { chairs in
            let ids = Set(chairs.map(\.id))
            return place(
                site, chairs: chairs, id: chairs[0].roomID.text, name: "\(chairs[0].roomNumber) 诊室",
                place: chairs.count == 1 ? chairs[0].name : "\(chairs.count) 张椅",
                entries: plan.entries.filter { $0.appointment.chairID.map { ids.contains($0) } ?? false })
        } + site.rooms.map { communication($0, site) } + unknown(site)
    }

    /// A booking without a chair stands in its communication room; of one with a chair only the part is drawn here (R3.06).
    private static func communication(_ use: RoomUse, _ site: BoardSite) -> ColumnSource {
        let byID = Dictionary(
            site.plan.entries.map { ($0.appointment.id, $0) }, uniquingKeysWith: { first, _ in first })
        let here = use.parts.compactMap { part in byID[part.appointmentID].map { (part, $0) } }
        return ColumnSource(
            id: use.room.id.text, name: use.room.name, place: site.isOwn ? "" : site.clinic.name,
            detail: here.isEmpty ? "没有预约" : "\(here.count) 段", day: site.plan.day, doctorID: nil,
            entries: here.filter { $0.1.appointment.chairID == nil }.map(\.1),
            uses: here.filter { $0.1.appointment.chairID != nil }.map {
                ($0.0.units, "\($0.1.patientName) \($0.1.doctorName)")
            }, working: Set(site.clinic.opens.index..<site.clinic.closes.index), doctorAt: [:], isOwn: site.isOwn)
    }

    /// A chair, or the chairs of a room, with who sits there (R3.12).
    private static func place(
        _ site: BoardSite, chairs: [Chair], id: String, name: String, place: String, entries: [DayPlan.Entry]
    ) -> ColumnSource {
        let plan = site.plan
        let ids = Set(chairs.map(\.id))
        let busy = Dictionary(grouping: plan.entries.filter { $0.appointment.isLive }, by: \.appointment.doctorID)
            .mapValues { Set($0.flatMap { $0.appointment.start.index..<$0.appointment.end.index }) }
        var doctorAt: [Int: ID<Staff>] = [:]
        var sitting: [String] = []
        for doctor in plan.doctors {
            let here = plan.spans(of: doctor.id).filter { span in
                (span.chairID ?? doctor.chairID).map { ids.contains($0) } ?? false
            }
            guard !here.isEmpty else { continue }
            sitting.append(doctor.name)
            for unit in units(here).subtracting(busy[doctor.id] ?? []) where doctorAt[unit] == nil {
                doctorAt[unit] = doctor.id
            }
        }
        return ColumnSource(
            id: id, name: name, place: site.isOwn ? place : site.clinic.name,
            detail: sitting.isEmpty ? "没有医生" : sitting.joined(separator: "、"), day: plan.day, doctorID: nil,
            chairIDs: chairs.map(\.id), entries: entries,
            blocks: plan.blocks.filter { $0.kind == .chair && ids.contains(ID(raw: $0.resourceID)) },
            working: Set(site.clinic.opens.index..<site.clinic.closes.index), doctorAt: doctorAt, isOwn: site.isOwn)
    }

    private static func unknown(_ site: BoardSite) -> [ColumnSource] {
        let inRooms = Set(site.rooms.flatMap(\.parts).map(\.appointmentID))
        let entries = site.plan.entries.filter {
            $0.appointment.chairID == nil && !inRooms.contains($0.appointment.id)
        }
        guard !entries.isEmpty else { return [] }
        return [
            ColumnSource(
                id: "", name: "未定椅位", detail: "带入时再定", day: site.plan.day, doctorID: nil, entries: entries,
                working: Set(site.clinic.opens.index..<site.clinic.closes.index), doctorAt: [:], isOwn: site.isOwn)
        ]
    }
}

extension BoardSources {
    /// Seven days of one doctor.
    static func columns(of week: DoctorWeek, today: Day) -> [ColumnSource] {
        let rooms = Dictionary(week.chairs.map { ($0.id, $0.roomNumber) }, uniquingKeysWith: { first, _ in first })
        let byDay = Dictionary(grouping: week.entries, by: \.appointment.day)
        return week.days.map { day in
            let spans = week.spans(on: day)
            let working = units(spans)
            let chair = spans.compactMap(\.chairID).first ?? (spans.isEmpty ? nil : week.doctor.chairID)
            return ColumnSource(
                id: day.iso, name: day.monthDayText, place: day == today ? "今天" : day.weekdayText,
                detail: chair.flatMap { rooms[$0] }.map { "\($0) 诊室" } ?? "", href: AppointmentPaths.day(day), day: day,
                doctorID: week.doctor.id, entries: byDay[day] ?? [], blocks: week.blocks.filter { $0.day == day },
                holds: week.holds.filter { $0.day == day }, working: working,
                doctorAt: Dictionary(working.map { ($0, week.doctor.id) }, uniquingKeysWith: { first, _ in first }),
                stripsSqueezed: true)
        }
    }
}
