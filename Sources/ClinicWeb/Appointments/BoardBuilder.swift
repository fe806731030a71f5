import Clinic
import Kernel

/// Turns columns of the book into cells of the board. Pure.
struct BoardBuilder {
    let now: Timestamp
    let calendar: ClinicCalendar
    let opens: Unit
    let closes: Unit
    /// How many customers the clinic treats at once, for the density (R3.41).
    let capacity: Int
    let mayBook: Bool
    let mayMove: Bool

    /// A day of one clinic or of several, divided as `query` says.
    func day(_ sites: [BoardSite], _ query: BoardQuery, rosterHref: String?, maySeeWeek: Bool) -> BoardView {
        var columns = sites.flatMap { BoardSources.columns(of: $0, by: query.by, maySeeWeek: maySeeWeek) }
        let shown = Set(query.only)
        if !shown.isEmpty { columns = columns.filter { shown.contains($0.id) } }
        let own = sites.first { $0.isOwn }
        return build(
            columns, around: own?.plan.entries ?? [], title: query.day.longText, by: query.by.rawValue,
            emptyText: shown.isEmpty
                ? query.by == .doctor ? "这一天没有医生上班，也没有预约" : "还没有登记牙椅" : "选中的几列这一天都不在",
            rosterHref: rosterHref, nowDay: query.day,
            note: sites.count > 1 ? "其他门诊只看不改，每分钟更新一次" : nil)
    }

    /// Seven days of one doctor.
    func week(_ week: DoctorWeek, today: Day, rosterHref: String?) -> BoardView {
        build(
            BoardSources.columns(of: week, today: today), around: [],
            title: "\(week.doctor.name) \(week.monday.longText)起一周",
            by: "week", emptyText: "", rosterHref: rosterHref, nowDay: today, note: nil)
    }

    private func build(
        _ sources: [ColumnSource], around dayEntries: [DayPlan.Entry], title: String, by: String, emptyText: String,
        rosterHref: String?, nowDay: Day, note: String?
    ) -> BoardView {
        let entries = sources.flatMap(\.entries)
        let hours = hours(entries)
        let board = BoardView(
            dayText: title, sizeClasses: "board-rows-\(hours.count)", isEmpty: sources.isEmpty, emptyText: emptyText,
            rosterHref: rosterHref, states: states(entries), sizes: sizes(entries), note: note,
            displaced: displaced(sources),
            columns: sources.map { column($0, hours) }, times: times(hours),
            densities: densities(dayEntries.filter { $0.appointment.isLive }, hours), hasDensity: by != "week",
            nowLine: nowLine(hours, on: nowDay, sources), firstUnit: hours.lowerBound, rowCount: hours.count, by: by,
            updateSeconds: note == nil ? nil : 60)
        return board.versioned()
    }

    /// First unit shown, and the first one not shown: the opening hours, widened by what is booked outside them.
    private func hours(_ entries: [DayPlan.Entry]) -> Range<Int> {
        let starts = entries.map(\.appointment.start.index)
        let ends = entries.map(\.appointment.end.index)
        var first = min(opens.index, starts.min() ?? opens.index)
        let last = max(closes.index, ends.max() ?? closes.index)
        if first % 2 == 1 { first -= 1 }
        return first..<min(Unit.perDay, max(last + (last - first) % 2, first + 8))
    }

    // MARK: - Columns

    private func column(_ source: ColumnSource, _ hours: Range<Int>) -> BoardView.Column {
        let squeezed = source.stripsSqueezed ? source.entries.filter(\.appointment.isSqueezed) : []
        let main = source.stripsSqueezed ? source.entries.filter { !$0.appointment.isSqueezed } : source.entries
        let (lanes, count) = Self.lanes(main)
        let occupied = Set(
            main.filter(\.appointment.isLive).flatMap { $0.appointment.start.index..<$0.appointment.end.index })
        let blocked = Set(source.blocks.flatMap { $0.start.index..<$0.end.index })
        let held = Set(source.holds.flatMap { $0.start.index..<$0.end.index })
        let (load, title) = Self.load(
            people: source.entries.filter(\.appointment.isLive).count,
            used: occupied.intersection(source.working).count, of: source.working.subtracting(blocked).count)
        return BoardView.Column(
            name: source.name, place: source.place, detail: source.detail, href: source.href, load: load,
            loadTitle: title, id: source.id, day: source.day.iso, doctor: source.doctorID?.text ?? "",
            chairs: source.chairIDs.map(\.text).joined(separator: " "),
            canDrop: source.isOwn && mayMove && (source.doctorID != nil || !source.chairIDs.isEmpty),
            lanesClass: count > 1 ? "lanes-\(min(count, 6))" : "",
            free: free(source, taken: occupied.union(blocked).union(held), hours),
            blocks: source.blocks.compactMap { block($0.start.index..<$0.end.index, $0.reason, hours) }
                + source.holds.compactMap { hold($0, hours) }
                + source.uses.compactMap { block($0.units, $0.label, hours) }
                + closed(source.working, occupied.union(blocked).union(held), hours),
            cards: zip(main, lanes).map { card($0, lane: $1, hours, isOwn: source.isOwn) },
            strip: squeezed.isEmpty ? nil : strip(squeezed, source, hours))
    }

    /// 加号 beside the column: they use no slot of the doctor, so they stand in nobody's way.
    private func strip(_ entries: [DayPlan.Entry], _ source: ColumnSource, _ hours: Range<Int>) -> BoardView.Strip {
        let (lanes, count) = Self.lanes(entries)
        return BoardView.Strip(
            id: source.id, label: "\(source.name) 加号 \(entries.count) 位", sizeClass: "strip-\(min(count, 3))",
            lanesClass: count > 1 ? "lanes-\(min(count, 3))" : "",
            cards: zip(entries, lanes).map { card($0, lane: min($1, 3), hours, isOwn: source.isOwn) })
    }

    private static func load(people: Int, used: Int, of available: Int) -> (String, String) {
        guard available > 0 else { return ("\(people) 位", "\(people) 位") }
        let percent = used * 100 / available
        return ("\(people) 位 \(percent)%", "\(people) 位，可约时间已用 \(percent)%")
    }

    /// Who stands beside whom, from 1 on: the first lane that is free again.
    static func lanes(_ entries: [DayPlan.Entry]) -> (lanes: [Int], count: Int) {
        var ends: [Int] = []
        let lanes = entries.map { entry -> Int in
            let a = entry.appointment
            let lane = ends.firstIndex { $0 <= a.start.index } ?? ends.count
            if lane == ends.count { ends.append(0) }
            ends[lane] = a.end.index
            return lane + 1
        }
        return (lanes, ends.count)
    }
}
