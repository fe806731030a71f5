import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 椅位 — who sits at which chair, with what happens there now (R3.12) — templates/roster/chairs.mustache
struct ChairMapPage: Page {
    static let template = "roster/chairs"
    let shell: ShellView
    let tabs: [RosterTab]
    let dayText: String
    let previousHref: String
    let thisHref: String
    let nextHref: String
    let map: ChairMapView
    /// On the roster without a chair.
    let others: [FactView]
    let hasOthers: Bool
    /// Live; other days stand still.
    let isToday: Bool
    static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("dayText", \.dayText), Field("previousHref", \.previousHref),
        Field("thisHref", \.thisHref), Field("nextHref", \.nextHref), Field("map", \.map),
        Field("others", \.others), Field("hasOthers", \.hasOthers), Field("isToday", \.isToday),
    ]
}

/// The chairs in their rooms — templates/roster/_chair_map.mustache
struct ChairMapView: Fragment {
    static let template = "roster/_chair_map"
    let rooms: [Room]
    static let fields: [Field<Self>] = [Field("rooms", \.rooms)]

    struct Room: Viewable {
        let name: String
        let chairs: [Tile]
        static let fields: [Field<Self>] = [Field("name", \.name), Field("chairs", \.chairs)]
    }

    struct Tile: Viewable {
        let number: String
        /// Who sits here now, or first on another day.
        let doctor: String
        let state: String
        let stateLabel: String
        let tone: String
        let glyph: String
        /// "08:30–12:00 林书远"
        let shifts: [String]
        static let fields: [Field<Self>] = [
            Field("number", \.number), Field("doctor", \.doctor), Field("state", \.state),
            Field("stateLabel", \.stateLabel), Field("tone", \.tone), Field("glyph", \.glyph),
            Field("shifts", \.shifts),
        ]
    }
}

enum ChairMapHandlers {
    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day")
        let day = request.day("day") ?? request.today
        let shell = try await request.shell(title: "排班", area: .board)
        let page = try await request.read { tx in
            let map = try builder(day, request, in: tx)
            return ChairMapPage(
                shell: shell,
                tabs: RosterTab.all(
                    for: request, current: .chairs, counts: try RosterCounts.load(for: request, in: tx)),
                dayText: day.longText, previousHref: RosterPaths.chairs(day.adding(days: -1)),
                thisHref: RosterPaths.chairs, nextHref: RosterPaths.chairs(day.adding(days: 1)),
                map: ChairMapView(rooms: map.rooms), others: map.others, hasOthers: !map.others.isEmpty,
                isToday: day == request.today)
        }
        return try request.web.page(page)
    }

    /// The live part of today's map.
    static func part(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let map = try await request.read { tx in try builder(request.today, request, in: tx).rooms }
        return try request.web.fragment(ChairMapView(rooms: map))
    }

    private static func builder(
        _ day: Day, _ request: StaffRequest, in tx: any ReadTransaction
    ) throws -> ChairMapBuilder {
        let work = request.work
        let isToday = day == work.today
        let states = isToday ? try ReceptionBoard.load(by: work, in: tx).chairs : []
        return ChairMapBuilder(
            day: day, now: isToday ? work.clinic.calendar.unit(of: work.now) : nil,
            sheet: try RosterRoutes.sheet(from: day, to: day, for: request, in: tx),
            states: Dictionary(states.map { ($0.chair.id, $0.state) }, uniquingKeysWith: { first, _ in first }))
    }
}

/// Puts people to their chairs.
struct ChairMapBuilder {
    let day: Day
    /// The running quarter of an hour; nil on another day.
    let now: Unit?
    let sheet: RosterSheet
    let states: [ID<Chair>: ChairState]

    private typealias Seat = (person: Staff, span: WorkSpan, chair: ID<Chair>?)

    private var seats: [Seat] {
        sheet.people.flatMap { person in
            sheet.spans(person, day).map { (person, $0, $0.chairID ?? (person.isDoctor ? person.chairID : nil)) }
        }.sorted { ($0.span.start, $0.person.employeeNumber) < ($1.span.start, $1.person.employeeNumber) }
    }

    var rooms: [ChairMapView.Room] {
        let seats = seats
        let byRoom = Dictionary(grouping: sheet.chairs, by: \.roomNumber)
        return byRoom.sorted { $0.key < $1.key }.map { number, chairs in
            ChairMapView.Room(
                name: "\(number) 诊室", chairs: chairs.map { chair in tile(chair, seats.filter { $0.chair == chair.id }) }
            )
        }
    }

    private func tile(_ chair: Chair, _ seats: [Seat]) -> ChairMapView.Tile {
        let current = now.flatMap { now in seats.first { $0.span.start <= now && now < $0.span.end } }
        let state = states[chair.id]
        let (label, tone, glyph): (String, String, String) =
            switch state {
            case .busy: (ChairState.busy.label, "accent", "chair")
            case .nearly: (ChairState.nearly.label, "waiting", "chair")
            case .late: (ChairState.late.label, "danger", "late")
            case .reserved: (ChairState.reserved.label, "info", "waiting")
            case .finished: (ChairState.finished.label, "waiting", "done")
            case .leaving: (ChairState.leaving.label, "waiting", "done")
            case .cleaning: (ChairState.cleaning.label, "info", "waiting")
            case .free: (ChairState.free.label, "done", "done")
            case nil: seats.isEmpty ? ("没有人", "neutral", "booked") : ("有排班", "info", "confirmed")
            }
        return ChairMapView.Tile(
            number: chair.name, doctor: (now == nil ? seats.first : current)?.person.name ?? "现在没有人",
            state: state?.rawValue ?? "off", stateLabel: label, tone: tone, glyph: glyph,
            shifts: seats.map { "\($0.span.dutyText) \($0.person.name)" })
    }

    /// People on the roster that day who have no chair: desk, nurses, standby.
    var others: [FactView] {
        let seats = seats.filter { $0.chair == nil }
        return sheet.people.compactMap { person in
            let own = seats.filter { $0.person.id == person.id }
            guard !own.isEmpty else { return nil }
            return FactView(
                person.name,
                own.map { seat in
                    let room = sheet.rooms.first { $0.id == seat.span.roomID }?.name
                    return [seat.span.dutyText, room].compactMap(\.self).joined(separator: " ")
                }.joined(separator: "、"))
        }
    }
}
