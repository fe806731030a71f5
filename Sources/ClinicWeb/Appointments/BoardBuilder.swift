import Clinic
import Kernel

/// Turns a day of the book into cells of the board. Pure.
struct BoardBuilder {
    let plan: DayPlan
    let by: BoardColumns
    let clinic: ClinicSite
    let now: Timestamp
    /// How many customers the clinic treats at once; 0 is "as many as chairs" (R3.41).
    let capacity: Int
    let mayBook: Bool
    let mayMove: Bool
    let maySeeRoster: Bool

    /// First unit shown, and the first one not shown: the opening hours, widened by what is booked outside them.
    private var hours: Range<Int> {
        let starts = plan.entries.map(\.appointment.start.index)
        let ends = plan.entries.map(\.appointment.end.index)
        var first = min(clinic.opens.index, starts.min() ?? clinic.opens.index)
        let last = max(clinic.closes.index, ends.max() ?? clinic.closes.index)
        if first % 2 == 1 { first -= 1 }
        return first..<min(Unit.perDay, max(last + (last - first) % 2, first + 8))
    }

    func build() -> BoardView {
        let hours = hours
        let columns = by == .doctor ? doctorColumns(hours) : chairColumns(hours)
        let works = plan.entries.filter { $0.appointment.isLive }
        return BoardView(
            dayText: plan.day.longText,
            sizeClasses: "board-cols-\(max(1, min(30, columns.count))) board-rows-\(hours.count)",
            isEmpty: columns.isEmpty,
            emptyText: by == .doctor ? "这一天没有医生上班，也没有预约" : "还没有登记牙椅",
            rosterHref: maySeeRoster ? RosterPaths.week( plan.day) : nil, states: counts,
            columns: columns, times: times(hours), densities: densities(works, hours), nowLine: nowLine(hours),
            day: plan.day.iso, firstUnit: hours.lowerBound, rowCount: hours.count, by: by.rawValue)
    }

    // MARK: - Columns

    private func doctorColumns(_ hours: Range<Int>) -> [BoardView.Column] {
        let rooms = Dictionary(plan.chairs.map { ($0.id, $0.roomNumber) }, uniquingKeysWith: { first, _ in first })
        let byDoctor = Dictionary(grouping: plan.entries, by: \.appointment.doctorID)
        return plan.columns.map { doctor in
            let entries = byDoctor[doctor.id] ?? []
            let spans = plan.spans(of: doctor.id)
            let chair = spans.compactMap(\.chairID).first ?? doctor.chairID
            let blocks = plan.blocks.filter { $0.kind == .doctor && $0.resourceID == doctor.id.raw }
            return column(
                id: doctor.id.text, name: doctor.name, place: chair.flatMap { rooms[$0] }.map { "\($0) 诊室" } ?? "",
                detail: doctor.specialty ?? doctor.title ?? "", entries: entries, blocks: blocks,
                open: spans.map { $0.start.index..<$0.end.index }, doctor: doctor.id, hours: hours)
        }
    }

    private func chairColumns(_ hours: Range<Int>) -> [BoardView.Column] {
        let byChair = Dictionary(grouping: plan.entries, by: \.appointment.chairID)
        var columns = plan.chairs.map { chair in
            column(
                id: chair.id.text, name: chair.name, place: "\(chair.roomNumber) 诊室", detail: "",
                entries: byChair[chair.id] ?? [],
                blocks: plan.blocks.filter { $0.kind == .chair && $0.resourceID == chair.id.raw }, open: [hours],
                doctor: nil, hours: hours)
        }
        if let unknown = byChair[nil], !unknown.isEmpty {
            columns.append(
                column(
                    id: "", name: "未定椅位", place: "", detail: "带入时再定", entries: unknown, blocks: [], open: [hours],
                    doctor: nil, hours: hours))
        }
        return columns
    }

    private func column(
        id: String, name: String, place: String, detail: String, entries: [DayPlan.Entry], blocks: [ScheduleBlock],
        open: [Range<Int>], doctor: ID<Staff>?, hours: Range<Int>
    ) -> BoardView.Column {
        let (lanes, count) = Self.lanes(entries)
        var occupied = Set<Int>()
        for entry in entries where entry.appointment.isLive && !(doctor != nil && entry.appointment.isSqueezed) {
            occupied.formUnion(entry.appointment.start.index..<entry.appointment.end.index)
        }
        let blocked = Set(blocks.flatMap { $0.start.index..<$0.end.index })
        let working = Set(open.flatMap { $0 })
        let used = occupied.intersection(working).count
        let (load, title) = Self.load(
            people: entries.filter(\.appointment.isLive).count, used: used, of: working.subtracting(blocked).count)
        return BoardView.Column(
            name: name, place: place, detail: detail, load: load, loadTitle: title, id: id,
            lanesClass: count > 1 ? "lanes-\(min(count, 6))" : "",
            free: free(working.subtracting(occupied).subtracting(blocked), doctor: doctor, name: name, hours: hours),
            blocks: blocks.compactMap { block($0.start.index..<$0.end.index, $0.reason, hours) }
                + closed(working, occupied.union(blocked), hours),
            cards: zip(entries, lanes).map { card($0, lane: $1, hours) })
    }

    private static func load(people: Int, used: Int, of available: Int) -> (String, String) {
        guard available > 0 else { return ("\(people) 位", "\(people) 位") }
        let percent = used * 100 / available
        return ("\(people) 位 \(percent)%", "\(people) 位，可约时间已用 \(percent)%")
    }

    /// Who stands beside whom: ordinary bookings of a doctor never overlap, squeezed ones go to a lane of their own.
    static func lanes(_ entries: [DayPlan.Entry]) -> (lanes: [Int], count: Int) {
        var ends: [Int] = [0]
        let lanes = entries.map { entry -> Int in
            let a = entry.appointment
            let first = a.isSqueezed ? 1 : 0
            let free = ends.indices.first { $0 >= first && ends[$0] <= a.start.index }
            let lane = free ?? max(first, ends.count)
            while ends.count <= lane { ends.append(0) }
            ends[lane] = a.end.index
            return lane + 1
        }
        return (lanes, ends.count)
    }

    // MARK: - Cells

    private func card(_ entry: DayPlan.Entry, lane: Int, _ hours: Range<Int>) -> BoardView.Card {
        let a = entry.appointment
        let (state, glyph, label) = Self.look(entry, now: now, calendar: clinic.calendar)
        return BoardView.Card(
            id: a.id.text, href: AppointmentPaths.appointment(a.id), row: a.start.index - hours.lowerBound + 1,
            span: a.units, lane: min(lane, 6), state: state, glyph: glyph,
            title: "\(a.timeText) \(entry.patientName) \(entry.purpose) · \(label)\(a.isSqueezed ? " · 加号" : "")",
            name: entry.patientName, purpose: entry.purpose, isShort: a.units == 1, isFirst: entry.isFirstVisit,
            hasAlert: entry.hasAlert, isSqueezed: a.isSqueezed, version: a.version, unit: a.start.index,
            doctor: a.doctorID.text, chair: a.chairID?.text ?? "", canMove: mayMove && entry.state.isExpected,
            canResize: mayMove && (entry.state.isExpected || entry.state == .waiting || entry.state == .chair))
    }

    /// State attribute, glyph and word of a card.
    static func look(
        _ entry: DayPlan.Entry, now: Timestamp, calendar: ClinicCalendar
    ) -> (state: String, glyph: String, label: String) {
        if entry.state.isLate(entry.appointment, now: now, calendar: calendar) { return ("late", "late", "迟到") }
        switch entry.state {
        case .missed, .cancelled: return ("noshow", "noshow", entry.state.label)
        default: return (entry.state.rawValue, entry.state.rawValue, entry.state.label)
        }
    }

    private func free(
        _ units: Set<Int>, doctor: ID<Staff>?, name: String, hours: Range<Int>
    ) -> [BoardView.FreeCell] {
        guard mayBook, let doctor else { return [] }
        let first = plan.day < clinic.calendar.businessDay(of: now) ? Int.max : nowUnit ?? 0
        return units.filter { hours.contains($0) && $0 >= first }.sorted().map {
            BoardView.FreeCell(
                row: $0 - hours.lowerBound + 1,
                href: AppointmentPaths.newBooking(day: plan.day, unit: Unit($0), doctor: doctor),
                label: "\(name) \(Unit($0).clockText) 空，点一下预约")
        }
    }

    /// Rows in which nobody can be booked, joined into stretches.
    private func closed(_ working: Set<Int>, _ shown: Set<Int>, _ hours: Range<Int>) -> [BoardView.BlockCell] {
        var cells: [BoardView.BlockCell] = []
        var begin: Int?
        for unit in hours.lowerBound...hours.upperBound {
            let isClosed = unit < hours.upperBound && !working.contains(unit) && !shown.contains(unit)
            if isClosed {
                begin = begin ?? unit
            } else if let from = begin {
                let isPause = working.contains { $0 < from } && working.contains { $0 >= unit }
                if let cell = block(from..<unit, working.isEmpty ? "休息" : isPause ? "午休" : "不在班", hours) {
                    cells.append(cell)
                }
                begin = nil
            }
        }
        return cells
    }

    private func block(_ units: Range<Int>, _ label: String, _ hours: Range<Int>) -> BoardView.BlockCell? {
        let shown = units.clamped(to: hours)
        guard !shown.isEmpty else { return nil }
        return BoardView.BlockCell(row: shown.lowerBound - hours.lowerBound + 1, span: shown.count, label: label)
    }

    // MARK: - Around the grid

    private var counts: [BoardView.StateCount] {
        let looks = plan.entries.map { Self.look($0, now: now, calendar: clinic.calendar).state }
        let all = [
            ("booked", "已约"), ("confirmed", "已确认"), ("waiting", "候诊"), ("chair", "就诊中"), ("done", "已完成"),
            ("late", "迟到"), ("noshow", "未到"),
        ]
        return all.map { state, label in
            BoardView.StateCount(
                state: state, glyph: state, label: label, count: looks.count { $0 == state })
        }
    }

    private func times(_ hours: Range<Int>) -> [BoardView.TimeCell] {
        hours.map { unit in
            BoardView.TimeCell(
                row: unit - hours.lowerBound + 1, text: unit % 2 == 0 ? Unit(unit).clockText : "", isHour: unit % 4 == 0
            )
        }
    }

    private func densities(_ entries: [DayPlan.Entry], _ hours: Range<Int>) -> [BoardView.DensityCell] {
        let most = max(1, capacity > 0 ? capacity : plan.chairs.count)
        var people = [Int: Int]()
        for entry in entries {
            for unit in entry.appointment.start.index..<entry.appointment.end.index { people[unit, default: 0] += 1 }
        }
        return hours.compactMap { unit in
            guard let count = people[unit] else { return nil }
            let load = min(10, (count * 8 + most - 1) / most)
            return BoardView.DensityCell(
                row: unit - hours.lowerBound + 1, load: load,
                level: count >= most ? "full" : count * 5 >= most * 4 ? "high" : "ok",
                title: "\(Unit(unit).clockText) 同时 \(count) 位，上限 \(most)")
        }
    }

    /// The unit that is running, when the board shows the wall-clock date of now.
    private var nowUnit: Int? {
        let wall = clinic.calendar.wallClock(now)
        return wall.day == plan.day ? wall.second / 900 : nil
    }

    private func nowLine(_ hours: Range<Int>) -> BoardView.NowLine? {
        guard let unit = nowUnit, hours.contains(unit) else { return nil }
        return BoardView.NowLine(
            row: unit - hours.lowerBound + 1, minute: clinic.calendar.wallClock(now).second / 60 % 15,
            text: clinic.calendar.clockText(now))
    }
}
