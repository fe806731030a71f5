import Clinic
import Kernel

/// Turns the day of a doctor into words.
struct DoctorDayBuilder {
    let day: DoctorDay
    let work: Work
    /// The person may open charge sheets.
    let opensCharges: Bool

    func build() -> DoctorDayView {
        let open = day.notes.filter { $0.state == .open }
        let answered = day.notes.filter { $0.state != .open }.prefix(5)
        let next = day.inChair.first?.visit?.id
        return DoctorDayView(
            tabs: tabs, notes: open.map(note), hasNotes: !open.isEmpty,
            questions: day.questions.map(question), hasQuestions: !day.questions.isEmpty, answered: answered.map(note),
            hasAnswered: !answered.isEmpty,
            sitting: day.inChair.map { guest($0, isNext: $0.visit?.id == next) },
            sittingCount: "\(day.inChair.count) 位", waiting: day.waiting.map { guest($0, isNext: false) },
            waitingCount: "\(day.waiting.count) 位", finishing: day.finishing.map { guest($0, isNext: false) },
            hasFinishing: !day.finishing.isEmpty, coming: day.coming.map(coming),
            comingCount: "\(day.coming.count) 位", left: day.left.map(left), leftCount: "\(day.left.count) 位",
            hasLeft: !day.left.isEmpty,
            isQuiet: day.inChair.isEmpty && day.waiting.isEmpty && day.finishing.isEmpty)
    }

    private var calendar: ClinicCalendar { work.clinic.calendar }
    private var showsDoctors: Bool { day.doctorID == nil }

    private var tabs: [RoomTab] {
        [RoomTab(href: HandOverPaths.room(of: "all"), label: "全部", isCurrent: day.doctorID == nil)]
            + day.doctors.map {
                RoomTab(
                    href: HandOverPaths.room(of: $0.id.text), label: $0.id == work.actor.id ? "我的" : $0.name,
                    isCurrent: $0.id == day.doctorID)
            }
    }

    private func note(_ note: DoctorNote) -> RoomNote {
        let patient = note.patientID.flatMap { day.patients[$0] }
        let ticket = (day.waiting + day.inChair).first { $0.visit?.id == note.visitID }?.ticket
        let isLate = DoctorNoteRules.isLate(
            sentAt: note.sentAt, answeredAt: note.answeredAt, now: work.now, limit: work.playbook[.noteRemindMinutes])
        let mayAnswer = note.state == .open && ArrivalNotices.mayAnswer(work.actor, for: note.doctorID)
        return RoomNote(
            rowID: "n-\(note.id.text)", from: "\(day.doctorName(note.sentBy)) \(calendar.clockText(note.sentAt))",
            whom: patient.map { patient in
                LinkView(
                    note.visitID.map(ReceptionPaths.visit) ?? PatientPaths.one(patient.id),
                    [ticket, patient.name].compactMap(\.self).joined(separator: " "))
            }, body: note.body,
            age: Self.waited(work.now.minutes(since: note.sentAt)), isLate: isLate,
            doctor: showsDoctors ? day.doctorName(note.doctorID) : nil,
            canAnswer: mayAnswer, action: HandOverPaths.note(note.id, "answer"),
            waits: DoctorNoteRules.usualWaits.map(String.init),
            answer: note.answerText.map { answer in
                let at = note.answeredAt.map(calendar.clockText) ?? ""
                let words = [answer, note.answerNote].compactMap(\.self).joined(separator: "，")
                return "\(at) \(day.doctorName(note.answeredBy))：\(words)"
            })
    }

    private func question(_ question: VisitRequest) -> RoomQuestion {
        let guest = (day.waiting + day.inChair + day.finishing + day.left).first { $0.visit?.id == question.visitID }
        let label = [guest?.ticket, guest?.name ?? "客人"].compactMap(\.self).joined(separator: " ")
        return RoomQuestion(
            rowID: "q-\(question.id.text)",
            from: "\(day.doctorName(question.askedBy)) \(calendar.clockText(question.askedAt))",
            whom: LinkView(ReceptionPaths.visit(question.visitID), label), body: question.text,
            doctor: showsDoctors ? question.doctorID.map(day.doctorName) : nil,
            action: HandOverPaths.question(question.id))
    }

    private func guest(_ guest: DoctorDay.Guest, isNext: Bool) -> RoomGuest {
        let visit = guest.visit
        let isWaiting = visit?.stage == .waiting
        let isSitting = visit?.stage == .inChair
        let id = visit?.id.text ?? ""
        let acknowledges =
            isWaiting && ArrivalNotices.mayAnswer(work.actor, for: guest.doctorID) && guest.doctorID != nil
            && !guest.marks.contains { $0.by == work.actor.id }
        let waited = visit?.waitedMinutes(at: work.now) ?? 0
        return RoomGuest(
            rowID: "g-\(id)", place: isWaiting ? guest.ticket ?? "候诊" : guest.chair?.name ?? "已离椅", name: guest.name,
            href: visit.map { ReceptionPaths.visit($0.id) } ?? "#", facts: guest.patient.map(BillWords.facts) ?? "",
            since: since(guest), isLong: isWaiting && waited >= work.playbook[.waitActualMinutes],
            purpose: guest.complaint, type: visit?.type.label ?? "",
            doctor: showsDoctors ? day.doctorName(guest.doctorID) : nil, alerts: alerts(guest), chips: chips(guest),
            know: isWaiting || isSitting ? know(guest) : [], known: known(guest),
            canAcknowledge: acknowledges, canFinish: isSitting && !guest.isNearlyDone && work.actor.may(.updateChairs),
            canExit: isSitting && work.actor.may(.updateChairs), canCharge: !isWaiting && opensCharges,
            chargeHref: visit.map { BillingPaths.charges($0.id) } ?? "#",
            chargeLabel: Self.chargeLabel(guest.sheet, releases: work.actor.may(.issueChargeNotice)),
            stage: isWaiting ? nil : Self.stage(guest.sheet),
            nextVisit: isWaiting ? nil : guest.sheet?.advice.map { "复诊：\(BillWords.advice($0))" }, isNext: isNext)
    }

    private func since(_ guest: DoctorDay.Guest) -> String {
        guard let visit = guest.visit else { return "" }
        switch visit.stage {
        case .waiting:
            return "\(calendar.clockText(visit.arrivedAt)) 到诊，\(Self.waited(visit.waitedMinutes(at: work.now)))"
        case .inChair:
            let seated = visit.seatedAt ?? visit.arrivedAt
            return "\(calendar.clockText(seated)) 入座，\(DurationText.text(minutes: work.now.minutes(since: seated)))"
        case .checkingOut: return "\(visit.finishedAt.map(calendar.clockText) ?? "") 治疗结束"
        case .left: return "\(visit.leftAt.map(calendar.clockText) ?? "") 离开"
        }
    }

    private func alerts(_ guest: DoctorDay.Guest) -> [ToneChip] {
        (guest.patient?.specialAlerts ?? []).map {
            ToneChip(AlertText.text($0.code, $0.note, work.playbook), tone: "danger")
        }
    }

    private func chips(_ guest: DoctorDay.Guest) -> [ToneChip] {
        var chips: [ToneChip] = []
        if let emergency = guest.visit?.emergency {
            chips.append(ToneChip("急诊：\(work.playbook.label(emergency, in: .emergency))", tone: "danger"))
        }
        if guest.visit?.stage == .waiting, guest.isCalled { chips.append(ToneChip("已叫号", tone: "accent")) }
        if guest.isNearlyDone { chips.append(ToneChip("快结束", tone: "info")) }
        if work.actor.may(.seeBalances), guest.balance.fen > 0 {
            chips.append(ToneChip("欠费 \(guest.balance.yuanText)", tone: "warning"))
        }
        return chips
    }

    /// What to know before the customer enters (R3.18, R3.38, R1.17).
    private func know(_ guest: DoctorDay.Guest) -> [FactView] {
        var rows: [FactView] = []
        if !guest.wishes.isEmpty { rows.append(FactView("要求", guest.wishes.joined(separator: "；"))) }
        if let observation = guest.observation { rows.append(FactView("前台", observation)) }
        if let last = guest.last { rows.append(FactView("上次", "\(last.day.monthDayText) \(last.what)")) }
        return rows
    }

    private func known(_ guest: DoctorDay.Guest) -> String? {
        guard guest.visit?.stage == .waiting, !guest.marks.isEmpty else { return nil }
        return guest.marks.map { "\(day.doctorName($0.by)) \(calendar.clockText($0.at))" }.joined(separator: "、")
            + " 已知悉"
    }

    private func coming(_ guest: DoctorDay.Guest) -> RoomComing {
        let booking = guest.booking?.appointment
        return RoomComing(
            time: booking?.start.clockText ?? "", name: guest.name,
            href: booking.map { AppointmentPaths.appointment($0.id) } ?? "#", purpose: guest.complaint,
            doctor: showsDoctors ? day.doctorName(guest.doctorID) : nil,
            isLate: guest.booking.map { $0.state.isLate($0.appointment, now: work.now, calendar: calendar) } ?? false,
            alerts: alerts(guest), know: know(guest),
            acknowledgeAction: guest.preparation.map { HandOverPaths.preparation($0.id) })
    }

    private func left(_ guest: DoctorDay.Guest) -> RoomLeft {
        RoomLeft(
            time: guest.visit?.leftAt.map(calendar.clockText) ?? "", name: guest.name,
            href: guest.visit.map { ReceptionPaths.visit($0.id) } ?? "#",
            next: guest.sheet?.advice.map { BillWords.advice($0) } ?? guest.complaint)
    }

    /// "等了 12 分钟", "等了不到 1 分钟"
    private static func waited(_ minutes: Int) -> String {
        "等了\(minutes < 1 ? "" : " ")\(DurationText.text(minutes: minutes))"
    }

    private static func stage(_ sheet: ChargeSheet?) -> ToneChip {
        let chip = BillWords.stage(sheet)
        return ToneChip(chip.text, tone: chip.tone)
    }

    private static func chargeLabel(_ sheet: ChargeSheet?, releases: Bool) -> String {
        switch sheet?.stage {
        case nil: "录入收费"
        case .draft: "去说明"
        case .explained: "去确认"
        case .confirmed: releases ? "去放行" : "查看收费"
        case .released: "查看收费"
        }
    }
}
