import Clinic
import Kernel

extension DeskBuilder {
    // MARK: Waiting

    func ticket(_ guest: ReceptionBoard.Guest, isNext: Bool) -> DeskTicket {
        let (visit, ticket) = (guest.visit, guest.ticket)
        let isSkipped = ticket?.skippedAt != nil
        let isCalled = ticket?.calledAt != nil
        let stand = stand(of: guest)
        let isFree = stand.map { $0.state == .free || $0.state == .reserved } ?? false
        let mayCall = work.actor.may(.callQueue) && ticket != nil
        let mayLead = work.actor.may(.leadIn)
        let leadsNext = isNext && mayLead && isFree && (isCalled || visit.emergency != nil)
        return DeskTicket(
            rowID: "t-\(visit.id.text)", number: guest.ticketLabel ?? "—", name: guest.name,
            href: ReceptionPaths.visit(visit.id), about: about(guest), chips: chips(guest),
            isEmergency: visit.emergency != nil, isNext: isNext, clock: clock(guest), place: place(guest, stand),
            told: told(guest), note: note(guest, isSkipped: isSkipped, isFree: isFree),
            task: task(visit), ticks: ticks(guest), hasTicks: Hospitality.isKept(work.playbook),
            placeHref: ReceptionPaths.action(visit.id, "place"), version: ticket?.version ?? 0,
            canCall: mayCall && !isCalled && !isSkipped, canRecall: mayCall && (isCalled || isSkipped),
            canSkip: mayCall && isCalled, canRequeue: mayCall && isSkipped, canLead: mayLead && !isSkipped,
            leadInLabel: stand.map { isFree ? "引到 \($0.chair.number) 号椅" : "入座" } ?? "入座",
            leadsNext: leadsNext, callsNext: isNext && !leadsNext && !isCalled,
            noteHref: work.actor.may(.noteDoctors) ? HandOverPaths.newNote(visit: visit.id) : nil)
    }

    /// Red only once somebody really waits too long: a corrected arrival may leave the task before its time.
    private func task(_ visit: Visit) -> DeskTask? {
        guard work.actor.may(.workTasks), let task = board.waitTasks[visit.id] else { return nil }
        let explains = work.playbook.taskRule(task.rule)?.fact == .visitWaiting
        let isLong = visit.waitedMinutes(at: board.now) >= work.playbook[.waitActualMinutes]
        return DeskTask(
            href: explains ? FollowUpPaths.task(task.id) : WaitingPaths.education(visit.id),
            label: explains ? "去说明" : "去宣教", isUrgent: explains && isLong)
    }

    /// The chair of the doctor who is to see the customer.
    private func stand(of guest: ReceptionBoard.Guest) -> ReceptionBoard.ChairStand? {
        let chair = ChairRules.assigned(
            called: guest.ticket?.calledChairID, booked: guest.booking?.appointment.chairID,
            ofDoctor: guest.doctor?.chairID)
        return chair.flatMap { id in board.chairs.first { $0.chair.id == id } }
    }

    private func about(_ guest: ReceptionBoard.Guest) -> String {
        guard let patient = guest.patient else { return "" }
        let title = patient.title.nonBlank ?? (patient.gender == .unknown ? nil : patient.gender.label)
        return [title, patient.age.map(String.init)]
            .compactMap(\.self).joined(separator: " ")
    }

    private func chips(_ guest: ReceptionBoard.Guest) -> [ToneChip] {
        var chips: [ToneChip] = []
        if let emergency = guest.visit.emergency {
            chips.append(ToneChip(work.playbook.label(emergency, in: .emergency), tone: "danger"))
        }
        if guest.visit.type != .returning {
            chips.append(ToneChip(guest.visit.type.label, tone: guest.visit.type == .first ? "info" : "neutral"))
        }
        if board.acknowledged[guest.visit.id] != nil { chips.append(ToneChip("医生已知悉", tone: "done")) }
        if guest.patient?.hasSpecialAlerts == true { chips.append(ToneChip("提醒", tone: "warning")) }
        if let language = guest.patient?.language {
            chips.append(ToneChip(work.playbook.label(language, in: .spokenLanguage), tone: "info"))
        }
        return chips
    }

    private func clock(_ guest: ReceptionBoard.Guest) -> DeskClock {
        DeskClock(
            seconds: Int((board.now.milliseconds - guest.visit.arrivedAt.milliseconds) / 1_000),
            askAfter: work.playbook[.waitDoctorEstimateMinutes], limit: work.playbook[.waitActualMinutes])
    }

    /// "吴承志 · 5 诊室 · 根管治疗 16 · 约 10:45"
    private func place(_ guest: ReceptionBoard.Guest, _ stand: ReceptionBoard.ChairStand?) -> String {
        [
            guest.doctor?.name ?? "医生未定", stand.map { "\($0.chair.roomNumber) 诊室" }, guest.purpose,
            guest.booking.map { "约 \($0.appointment.start.clockText)" } ?? "未预约",
        ].compactMap(\.self).joined(separator: " · ")
    }

    private func told(_ guest: ReceptionBoard.Guest) -> String {
        let told = guest.visit.toldWaitMinutes.map { "告知 \($0)" } ?? "未告知"
        guard let rest = waits.minutes(for: guest) else { return told }
        return "\(told) · \(rest == 0 ? "可以进" : "还要 \(rest) 分")"
    }

    /// The sentence that matters now.
    private func note(_ guest: ReceptionBoard.Guest, isSkipped: Bool, isFree: Bool) -> ToneChip? {
        let waited = guest.visit.waitedMinutes(at: board.now)
        let limits = (ask: work.playbook[.waitDoctorEstimateMinutes], over: work.playbook[.waitActualMinutes])
        if isSkipped, let ticket = guest.ticket {
            let at = ticket.skippedAt.map(work.clinic.calendar.clockText) ?? ""
            return ToneChip("\(at) 叫 \(ticket.callCount) 次未应")
        }
        if guest.visit.emergency != nil { return ToneChip("先看：急诊", tone: "danger") }
        if guest.move != nil { return ToneChip(QueueWords.reason(guest, work), tone: "info") }
        switch QueueRules.level(waited: waited, askAfter: limits.ask, limit: limits.over) {
        case .over: return ToneChip("超 \(limits.over) 分，须说明", tone: "danger")
        case .ask: return ToneChip("超 \(limits.ask) 分，可宣教", tone: "waiting")
        case .ok: break
        }
        if let ticket = guest.ticket, let at = ticket.calledAt {
            return ToneChip("\(work.clinic.calendar.clockText(at)) 叫第 \(ticket.callCount) 次", tone: "accent")
        }
        if guest.patient?.hasSpecialAlerts == true { return ToneChip("交接时须口头告知") }
        return isFree ? ToneChip("椅位可用", tone: "done") : nil
    }

    private func ticks(_ guest: ReceptionBoard.Guest) -> [CareTickView] {
        CareTickView.list(
            of: guest.visit.id, room.care[guest.visit.id] ?? [],
            missing: room.missing(guest, at: board.now, work.playbook), work.playbook)
    }

    // MARK: Chairs

    func chair(_ stand: ReceptionBoard.ChairStand) -> DeskChair {
        let mayUpdate = work.actor.may(.updateChairs)
        let guest = stand.guest
        let isBusy = stand.state == .busy || stand.state == .late
        let isTaken = guest != nil
        let canClean = mayUpdate && stand.state == .cleaning
        let look = ChairLook(stand.state)
        let doctor = guest?.doctor?.name ?? stand.doctors.map(\.name).joined(separator: "、")
        let visit = guest.map { ReceptionPaths.visit($0.visit.id) }
        return DeskChair(
            rowID: stand.chair.id.text, number: String(stand.chair.number), doctor: doctor, state: stand.state.rawValue,
            stateLabel: stand.state.label, tone: look.tone, glyph: look.glyph, isTaken: isTaken, whom: whom(stand),
            href: visit ?? "#", left: rest(stand), item: item(stand), progress: progress(stand),
            action: visit.map { "\($0)/exit" } ?? ReceptionPaths.cleaning(stand.chair.id),
            canFinish: mayUpdate && isTaken && isBusy, canExit: mayUpdate && isTaken, canClean: canClean,
            hasActions: mayUpdate && (isTaken || canClean))
    }

    private func whom(_ stand: ReceptionBoard.ChairStand) -> String {
        if let guest = stand.guest {
            return stand.companions > 0 ? "\(guest.name) + 陪同 \(stand.companions)" : guest.name
        }
        return stand.expected.map { "等 \($0.ticketLabel ?? "") \($0.name)" } ?? "—"
    }

    private func rest(_ stand: ReceptionBoard.ChairStand) -> String {
        if let end = stand.plannedEnd {
            let minutes = end.minutes(since: board.now)
            guard minutes != 0 else { return "到点" }
            return minutes < 0 ? "超 \(-minutes) 分" : "剩 \(minutes) 分"
        }
        guard stand.state == .cleaning, let exited = stand.movement?.exitedAt else { return "" }
        return "\(board.now.minutes(since: exited)) 分"
    }

    private func item(_ stand: ReceptionBoard.ChairStand) -> String {
        let calendar = work.clinic.calendar
        if let guest = stand.guest { return guest.purpose }
        guard let movement = stand.movement, let exited = movement.exitedAt else { return "今天还没有用过" }
        if let cleaned = movement.cleanedAt { return "\(calendar.clockText(max(cleaned, exited))) 起可用" }
        return "\(calendar.clockText(exited)) 离椅"
    }

    private func progress(_ stand: ReceptionBoard.ChairStand) -> String? {
        guard let guest = stand.guest, let entered = stand.movement?.enteredAt else { return nil }
        let passed = board.now.minutes(since: entered) * 100 / max(1, guest.plannedMinutes)
        return String(min(100, max(0, passed)))
    }
}
