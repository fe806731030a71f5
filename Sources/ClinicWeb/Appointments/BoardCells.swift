import Clinic
import Kernel

/// The cells inside the columns.
extension BoardBuilder {
    func card(_ entry: DayPlan.Entry, lane: Int, _ hours: Range<Int>, isOwn: Bool) -> BoardView.Card {
        let a = entry.appointment
        let (state, glyph, label) = Self.look(entry, now: now, calendar: calendar)
        let marks = [
            entry.helpText, a.isSqueezed ? "加号" : nil, entry.isFirstVisit ? "初诊" : nil, entry.hasAlert ? "有特殊情况" : nil,
            entry.isDisplaced ? BoardView.displacedText : nil, entry.isUnverified ? "网上约的，待核实" : nil,
        ]
        return BoardView.Card(
            id: a.id.text, href: isOwn ? AppointmentPaths.appointment(a.id) : nil,
            row: a.start.index - hours.lowerBound + 1, span: a.units, lane: min(lane, 6), state: state, glyph: glyph,
            label: ([a.timeText, entry.patientName, entry.purpose, label] + marks.compactMap(\.self))
                .joined(separator: " "),
            name: entry.patientName, purpose: entry.purpose, helps: entry.helpText, isShort: a.units == 1,
            isFirst: entry.isFirstVisit,
            hasAlert: entry.hasAlert, isDisplaced: entry.isDisplaced, isSqueezed: a.isSqueezed,
            size: entry.isBig ? "big" : "small",
            version: a.version, unit: a.start.index, doctor: a.doctorID.text, chair: a.chairID?.text ?? "",
            canMove: isOwn && mayMove && entry.state.isExpected,
            canResize: isOwn && mayMove && (entry.state.isExpected || entry.state == .waiting || entry.state == .chair),
            isUnverified: entry.isUnverified)
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

    /// Quarters of an hour that can be booked: somebody works, nobody is booked, and they are not over.
    func free(_ source: ColumnSource, taken: Set<Int>, _ hours: Range<Int>) -> [BoardView.FreeCell] {
        guard mayBook, source.isOwn else { return [] }
        let wall = calendar.wallClock(now)
        let first =
            source.day < calendar.businessDay(of: now) ? Int.max : wall.day == source.day ? wall.second / 900 : 0
        return source.doctorAt.keys.filter { hours.contains($0) && $0 >= first && !taken.contains($0) }.sorted()
            .map { unit in
                BoardView.FreeCell(
                    id: "f-\(source.id)-\(unit)", row: unit - hours.lowerBound + 1, unit: unit,
                    href: AppointmentPaths.newBooking(
                        day: source.day, unit: Unit(unit), doctor: source.doctorAt[unit]),
                    label: "\(source.name) \(Unit(unit).clockText) 空")
            }
    }

    /// Rows in which nobody can be booked, joined into stretches.
    func closed(_ working: Set<Int>, _ shown: Set<Int>, _ hours: Range<Int>) -> [BoardView.BlockCell] {
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

    func block(_ units: Range<Int>, _ label: String, _ hours: Range<Int>) -> BoardView.BlockCell? {
        let shown = units.clamped(to: hours)
        guard !shown.isEmpty else { return nil }
        return BoardView.BlockCell(
            row: shown.lowerBound - hours.lowerBound + 1, span: shown.count, label: label, isHold: false)
    }

    /// Somebody is choosing this time right now.
    func hold(_ held: HeldUnits, _ hours: Range<Int>) -> BoardView.BlockCell? {
        let shown = (held.start.index..<held.end.index).clamped(to: hours)
        guard !shown.isEmpty else { return nil }
        return BoardView.BlockCell(
            row: shown.lowerBound - hours.lowerBound + 1, span: shown.count,
            label: "正在预约，留到 \(calendar.clockText(held.expiresAt))", isHold: true)
    }
}

/// What stands around the columns.
extension BoardBuilder {
    func states(_ entries: [DayPlan.Entry]) -> [BoardView.StateCount] {
        let looks = entries.map { Self.look($0, now: now, calendar: calendar).state }
        let all = [
            ("booked", "已约"), ("confirmed", "已确认"), ("waiting", "候诊"), ("chair", "就诊中"), ("done", "已完成"),
            ("late", "迟到"), ("noshow", "未到"),
        ]
        return all.map { state, label in
            BoardView.StateCount(state: state, glyph: state, label: label, count: looks.count { $0 == state })
        }
    }

    /// How many bookings of the own clinic are without their doctor; nil: none.
    func displaced(_ sources: [ColumnSource]) -> BoardView.Displaced? {
        let count = sources.filter(\.isOwn).flatMap(\.entries).count(where: \.isDisplaced)
        return count == 0
            ? nil
            : BoardView.Displaced(
                text: "\(BoardView.displacedText) \(count)", href: mayMove ? RosterPaths.rearrange : nil)
    }

    func sizes(_ entries: [DayPlan.Entry]) -> [BoardView.SizeCount] {
        let live = entries.filter(\.appointment.isLive)
        let big = live.count(where: \.isBig)
        return [
            BoardView.SizeCount(size: "big", label: "大项", count: big),
            BoardView.SizeCount(size: "small", label: "小项", count: live.count - big),
        ]
    }

    func times(_ hours: Range<Int>) -> [BoardView.TimeCell] {
        hours.map { unit in
            BoardView.TimeCell(
                row: unit - hours.lowerBound + 1, text: unit % 2 == 0 ? Unit(unit).clockText : "", isHour: unit % 4 == 0
            )
        }
    }

    /// How many customers are treated at once in each quarter of an hour, against the ceiling (R3.41).
    func densities(_ entries: [DayPlan.Entry], _ hours: Range<Int>) -> [BoardView.DensityCell] {
        let most = max(1, capacity)
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

    /// A line across the board of today; in a week, across all days: it is the same hour everywhere.
    func nowLine(_ hours: Range<Int>, on day: Day, _ sources: [ColumnSource]) -> BoardView.NowLine? {
        let wall = calendar.wallClock(now)
        let unit = wall.second / 900
        guard wall.day == day, sources.contains(where: { $0.day == day }), hours.contains(unit) else { return nil }
        return BoardView.NowLine(
            row: unit - hours.lowerBound + 1, minute: wall.second / 60 % 15, text: calendar.clockText(now))
    }
}
