import Clinic
import Kernel

/// Turns the waiting room into words for the tablet.
struct WaitingRoomBuilder {
    let room: WaitingRoom
    let work: Work
    private let waits: WaitEstimates
    private var board: ReceptionBoard { room.board }
    private var actor: Actor { work.actor }

    init(_ room: WaitingRoom, by work: Work) {
        self.room = room
        self.work = work
        waits = WaitEstimates(room.board)
    }

    func build() -> WaitingRoomView {
        let everybody = board.waiting + board.skipped
        let ready = board.waiting.filter(mayGoIn)
        let readyIDs = Set(ready.map(\.visit.id))
        let rest = everybody.filter { !readyIDs.contains($0.visit.id) }
        let longest = everybody.map { $0.visit.waitedMinutes(at: board.now) }.max()
        return WaitingRoomView(
            summary: longest.map { "候诊 \(everybody.count) 位 · 最长 \($0) 分钟" } ?? "没有人候诊",
            ready: ready.map(guest), hasReady: !ready.isEmpty, waiting: rest.map(guest),
            waitingCount: "\(rest.count) 位", isQuiet: everybody.isEmpty, chairs: board.chairs.map(chair),
            chairCount:
                "可用 \(board.chairs.count { $0.state == .free }) · 就诊 \(board.chairs.count { $0.state.isTaken })",
            patrol: patrol, needs: room.needs.map(need), hasNeeds: !room.needs.isEmpty)
    }

    /// Called, or first of a doctor whose chair is free.
    private func mayGoIn(_ guest: ReceptionBoard.Guest) -> Bool {
        if guest.ticket?.calledAt != nil { return true }
        guard let doctor = guest.visit.doctorID, let stand = stand(of: guest) else { return false }
        return stand.state == .free && waits.minutes(for: guest) == 0
            && board.waiting.first { $0.visit.doctorID == doctor }?.visit.id == guest.visit.id
    }

    private func stand(of guest: ReceptionBoard.Guest) -> ReceptionBoard.ChairStand? {
        ChairRules.assigned(
            called: guest.ticket?.calledChairID, booked: guest.booking?.appointment.chairID,
            ofDoctor: guest.doctor?.chairID
        ).flatMap { id in board.chairs.first { $0.chair.id == id } }
    }

    private func guest(_ guest: ReceptionBoard.Guest) -> WaitingGuest {
        let (visit, ticket) = (guest.visit, guest.ticket)
        let stand = stand(of: guest)
        let isCalled = ticket?.calledAt != nil
        let isFree = stand.map { !$0.state.isTaken && $0.state != .cleaning } ?? false
        let mayCall = actor.may(.callQueue) && ticket != nil
        let asks = board.waitTasks[visit.id].flatMap { work.playbook.taskRule($0.rule) }?.fact == .waitEstimated
        return WaitingGuest(
            rowID: "w-\(visit.id.text)", number: guest.ticketLabel ?? "—",
            greeting: guest.patient?.greeting ?? guest.name, href: ReceptionPaths.visit(visit.id),
            place: place(guest, stand), isEmergency: visit.emergency != nil,
            clock: DeskClock(
                seconds: Int((board.now.milliseconds - visit.arrivedAt.milliseconds) / 1_000),
                askAfter: work.playbook[.waitDoctorEstimateMinutes], limit: work.playbook[.waitActualMinutes]),
            chips: chips(guest), version: ticket?.version ?? 0, canCall: mayCall,
            callLabel: isCalled || ticket?.skippedAt != nil ? "再叫" : "叫号",
            canLead: actor.may(.leadIn) && ticket?.skippedAt == nil,
            leadLabel: stand.map { isFree ? "引到 \($0.chair.number) 号椅" : "入座" } ?? "入座",
            leadsNext: isFree && (isCalled || visit.emergency != nil),
            educationHref: asks && (actor.may(.workTasks) || actor.may(.callQueue))
                ? WaitingPaths.education(visit.id) : nil,
            needHref: mayHelp ? WaitingPaths.newNeed(visit.id) : nil,
            ticks: CareTickView.list(
                of: visit.id, room.care[visit.id] ?? [], missing: room.missingCare(guest, work.playbook), work.playbook)
        )
    }

    private func place(_ guest: ReceptionBoard.Guest, _ stand: ReceptionBoard.ChairStand?) -> String {
        let wait = waits.minutes(for: guest).map { $0 == 0 ? "可以进" : "还要 \($0) 分" }
        return [
            guest.doctor?.name ?? "医生未定", stand.map { "\($0.chair.roomNumber) 诊室 \($0.chair.number) 号椅" }, wait,
        ].compactMap(\.self).joined(separator: " · ")
    }

    private func chips(_ guest: ReceptionBoard.Guest) -> [ToneChip] {
        var chips: [ToneChip] = []
        if let emergency = guest.visit.emergency {
            chips.append(ToneChip(work.playbook.label(emergency, in: .emergency), tone: "danger"))
        }
        if let move = guest.move { chips.append(ToneChip("排前：\(work.playbook.label(move.reason, in: .queueMove))")) }
        if guest.ticket?.skippedAt != nil { chips.append(ToneChip("过号", tone: "warning")) }
        if guest.patient?.hasSpecialAlerts == true { chips.append(ToneChip("提醒", tone: "warning")) }
        if let language = guest.patient?.language {
            chips.append(ToneChip(work.playbook.label(language, in: .spokenLanguage), tone: "info"))
        }
        // What to bring; when it was brought is the tick below (R1.26).
        if let drink = guest.patient?.drink, work.playbook.level(of: .drinkPreference) != .off {
            chips.append(ToneChip("饮品：\(work.playbook.label(drink, in: .drink))"))
        }
        return chips
    }

    // MARK: Chairs

    private func chair(_ stand: ReceptionBoard.ChairStand) -> WaitingChair {
        let look = ChairLook(stand.state)
        let visit = stand.guest?.visit.id
        let mayTap = actor.may(.updateChairs)
        let inside = stand.companions
        let next = mayTap ? nextTap(stand) : nil
        let isExitNext = stand.state == .leaving
        return WaitingChair(
            rowID: stand.chair.id.text, number: String(stand.chair.number),
            room: stand.chair.roomNumber == stand.chair.number ? "" : "\(stand.chair.roomNumber) 诊室 · ",
            doctor: stand.guest?.doctor?.name ?? stand.doctors.map(\.name).joined(separator: "、"),
            state: stand.state.rawValue, stateLabel: stand.state.label, tone: look.tone, glyph: look.glyph,
            whom: stand.guest?.name ?? stand.expected.map { "等 \($0.ticketLabel ?? "") \($0.name)" } ?? "—",
            left: left(stand), next: next,
            exitHref: mayTap && !isExitNext ? visit.map { ReceptionPaths.action($0, "exit") } : nil,
            hasCompanions: visit != nil && (actor.may(.leadIn) || mayTap),
            companionHref: visit.map(WaitingPaths.companions) ?? "#",
            companionLabel: inside > 0 ? "陪同 \(inside)" : "陪同")
    }

    private func nextTap(_ stand: ReceptionBoard.ChairStand) -> ChairTapView? {
        guard let visit = stand.guest?.visit.id else {
            return stand.state == .cleaning
                ? ChairTapView(action: ReceptionPaths.cleaning(stand.chair.id), label: "清洁完") : nil
        }
        return switch stand.state {
        case .busy, .late: ChairTapView(action: ReceptionPaths.action(visit, "nearly-done"), label: "快结束")
        case .nearly: ChairTapView(action: ReceptionPaths.action(visit, "treated"), label: "治疗完")
        case .finished: ChairTapView(action: ReceptionPaths.action(visit, "leaving"), label: "起身")
        default: ChairTapView(action: ReceptionPaths.action(visit, "exit"), label: "已离开")
        }
    }

    private func left(_ stand: ReceptionBoard.ChairStand) -> String {
        if let end = stand.plannedEnd {
            let minutes = end.minutes(since: board.now)
            return minutes < 0 ? "超 \(-minutes) 分" : "剩 \(minutes) 分"
        }
        guard stand.state == .cleaning, let exited = stand.movement?.exitedAt else { return "" }
        return "\(board.now.minutes(since: exited)) 分"
    }

    // MARK: Rounds and needs

    private var patrol: PatrolView? {
        guard work.playbook.level(of: .patrolRounds) != .off else { return nil }
        let last = room.lastRound.map { "上次 \(work.clinic.calendar.clockText($0.walkedAt))" } ?? "今天还没有巡视"
        let isDue = room.patrolDue.map { $0 <= board.now } ?? false
        return PatrolView(
            text: isDue ? "\(last)，该巡视了" : "\(last) · 今天 \(room.rounds) 次", isDue: isDue,
            canWalk: actor.may(.callQueue) || actor.may(.keepRegisters))
    }

    private func need(_ need: VisitRequest) -> NeedView {
        let guest = board.guests.first { $0.visit.id == need.visitID }
        return NeedView(
            rowID: "n-\(need.id.text)", label: need.text, href: TriagePaths.page(need.visitID),
            whom: guest.map { "\($0.ticketLabel ?? "") \($0.name)" } ?? need.kind.label,
            since: work.clinic.calendar.clockText(need.askedAt),
            metHref: mayHelp && need.kind != .question ? WaitingPaths.met(need.id) : nil)
    }

    private var mayHelp: Bool { VisitRequests.capabilities.contains(where: actor.may) }
}

/// Tone and sign of a state of a chair.
struct ChairLook {
    let tone: String
    let glyph: String
    init(_ state: ChairState) {
        (tone, glyph) =
            switch state {
            case .free: ("done", "booked")
            case .reserved: ("neutral", "booked")
            case .busy: ("accent", "chair")
            case .nearly: ("waiting", "waiting")
            case .late: ("danger", "late")
            case .finished, .leaving: ("waiting", "done")
            case .cleaning: ("info", "confirmed")
            }
    }
}
