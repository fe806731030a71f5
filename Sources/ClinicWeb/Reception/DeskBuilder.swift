import Clinic
import Kernel

/// Turns the read model into words. No decisions: order, states and estimates come from the domain.
struct DeskBuilder {
    let board: ReceptionBoard
    let money: DeskMoney
    let room: DeskRoom
    let work: Work
    /// The page of charges exists and the person may open it.
    let opensCharges: Bool
    let waits: WaitEstimates

    private var actor: Actor { work.actor }
    private var calendar: ClinicCalendar { work.clinic.calendar }
    private var seesMoney: Bool { actor.may(.seeBalances) }

    init(_ board: ReceptionBoard, _ money: DeskMoney, _ room: DeskRoom, opensCharges: Bool, by work: Work) {
        self.board = board
        self.money = money
        self.room = room
        self.opensCharges = opensCharges
        self.work = work
        waits = WaitEstimates(board)
    }

    func build() -> DeskView {
        let waiting = board.waiting
        let skipped = board.skipped
        let coming = board.coming
        let hour = board.now.adding(minutes: 60)
        let soon = coming.count { $0.state.isExpected && start($0) <= hour }
        let states = Dictionary(grouping: board.chairs, by: \.state).mapValues(\.count)
        let busy = board.chairs.count { $0.state.isTaken }
        let left = board.left
        let strip = strip
        return DeskView(
            newHref: mayCheckIn ? ReceptionPaths.newArrival : nil, comingCount: "1 小时内 \(soon)",
            coming: coming.prefix(80).map(self.coming), waitingCount: "\(waiting.count) 位 · 急诊、预约时间、到达先后",
            strip: strip, hasStrip: !strip.isEmpty, groups: groups(waiting),
            skipped: skipped.map { ticket($0, isNext: false) }, skippedCount: String(skipped.count),
            hasSkipped: !skipped.isEmpty, isQuiet: waiting.isEmpty && skipped.isEmpty,
            chairCount:
                "就诊 \(busy) · 可用 \((states[.free] ?? 0) + (states[.reserved] ?? 0)) · 清洁 \(states[.cleaning] ?? 0)",
            roomHref: WaitingPaths.room,
            chairs: board.chairs.map(chair), outCount: String(board.checkingOut.count),
            outs: board.checkingOut.map(out),
            hasForgotten: !board.forgotten.isEmpty, forgotten: board.forgotten.map(forgotten),
            left: left.prefix(12).map(self.left), leftCount: "\(left.count) 位", hasLeft: !left.isEmpty,
            slowText: slow)
    }

    /// "候诊 5 位 · 平均 11 分钟 · 最长 21 分钟"
    var summary: String {
        let waits = (board.waiting + board.skipped).map { $0.visit.waitedMinutes(at: board.now) }
        guard let longest = waits.max() else { return "没有人候诊" }
        return "候诊 \(waits.count) 位 · 平均 \(waits.reduce(0, +) / waits.count) 分钟 · 最长 \(longest) 分钟"
    }

    // MARK: Coming

    private var mayCheckIn: Bool { actor.may(.checkIn) || actor.may(.checkInReturning) }

    private func start(_ entry: DayPlan.Entry) -> Timestamp {
        calendar.instant(entry.appointment.day, entry.appointment.start)
    }

    private func coming(_ entry: DayPlan.Entry) -> DeskComing {
        let isLate = entry.state.isLate(entry.appointment, now: board.now, calendar: calendar)
        var chips: [ToneChip] = []
        if entry.state == .missed { chips.append(ToneChip("未到")) }
        if entry.hasAlert { chips.append(ToneChip("提醒", tone: "danger")) }
        if entry.isFirstVisit { chips.append(ToneChip("初诊", tone: "info")) }
        if seesMoney, let owed = money.owed[entry.appointment.patientID] {
            chips.append(ToneChip("欠 \(owed.yuanText)", tone: "warning"))
        }
        return DeskComing(
            time: entry.appointment.start.clockText, name: entry.patientName,
            href: AppointmentPaths.appointment(entry.appointment.id), isLate: isLate, chips: chips,
            note: "\(entry.doctorName) · \(entry.purpose)",
            lateText: isLate ? "迟 \(board.now.minutes(since: start(entry))) 分" : nil,
            arriveHref: mayCheckIn ? ReceptionPaths.arrival(appointment: entry.appointment.id) : nil)
    }

    // MARK: Leaving

    private func out(_ guest: ReceptionBoard.Guest) -> DeskOut {
        let owed = money.owed[guest.visit.patientID] ?? .zero
        let sheet = money.sheets[guest.visit.id]
        let progress = ChargeProgress(sheet, owed: owed)
        let mayClose = actor.may(.closeVisit)
        let amount = [owed, sheet?.total ?? .zero].first { $0 > .zero }
        return DeskOut(
            name: guest.name, href: ReceptionPaths.visit(guest.visit.id), chip: progress.chip,
            note: [guest.doctor?.name, progress.note ?? guest.purpose].compactMap(\.self).joined(separator: " · "),
            amount: seesMoney ? amount?.yuanText : nil,
            sheetHref: opensCharges ? BillingPaths.charges(guest.visit.id) : nil,
            isSettled: mayClose && progress.isSettled, asksOutcome: mayClose && !progress.isSettled)
    }

    private func forgotten(_ guest: ReceptionBoard.Guest) -> DeskOut {
        DeskOut(
            name: guest.name, href: ReceptionPaths.visit(guest.visit.id),
            chip: ToneChip(guest.visit.businessDay.monthDayText, tone: "warning"),
            note: "没有登记离开，请补录结果", amount: nil, sheetHref: nil, isSettled: false,
            asksOutcome: actor.may(.closeVisit))
    }

    private func left(_ guest: ReceptionBoard.Guest) -> DeskLeft {
        DeskLeft(
            name: guest.name, href: ReceptionPaths.visit(guest.visit.id),
            time: guest.visit.leftAt.map(calendar.clockText) ?? "")
    }

    /// The slowest checkout (R6.17).
    private var slow: String? {
        let waits = board.checkingOut.compactMap { $0.visit.finishedAt.map { board.now.minutes(since: $0) } }
        let limit = work.playbook[.checkoutSlowMinutes]
        guard let longest = waits.max(), longest >= limit else { return nil }
        return "最久已等 \(longest) 分钟，\(limit) 分起致歉"
    }
}
