import Kernel
import Storage

extension DayBlockers {
    /// One line a source; the order is that of the page.
    package static let sources: [DayBlockerSource] = [
        DayBlockerSource(kind: .openVisit, list: openVisits),
        DayBlockerSource(kind: .undecided, list: undecided),
        DayBlockerSource(kind: .referral, list: referrals),
        DayBlockerSource(kind: .sheet, list: sheets),
        DayBlockerSource(kind: .register, list: registers),
        DayBlockerSource(kind: .checklist, list: checklists),
        DayBlockerSource(kind: .disinfection, list: disinfection),
        DayBlockerSource(kind: .form, list: forms),
        DayBlockerSource(kind: .displaced, list: displaced),
        DayBlockerSource(kind: .task, list: tasks),
    ]

    /// R2.29: whoever came has an outcome; also those of earlier days that nobody closed.
    @Sendable private static func openVisits(_ work: Work, _ tx: any ReadTransaction) throws -> [DayBlocker] {
        let today = try VisitStore.listDay(clinic: work.clinic.id, day: work.today, in: tx).filter { $0.leftAt == nil }
        let visits = try VisitStore.listForgotten(clinic: work.clinic.id, before: work.today, in: tx) + today
        let names = try customers(visits.map(\.patientID), work, in: tx)
        let doctors = try StaffStore.names(Set(visits.compactMap(\.doctorID)), in: tx)
        let open = Dictionary(
            grouping: try OpenOutcomes.list(clinic: work.clinic.id, day: work.today, in: tx), by: \.visitID)
        let closing = work.clinic.calendar.instant(work.today, work.clinic.closes)
        return visits.map { visit in
            let cases = (open[visit.id] ?? []).filter { $0.why != .stillHere }.map { "，\($0.why.label)" }.joined()
            let day = visit.businessDay == work.today ? "" : "\(visit.businessDay.monthDayText) "
            let state = visit.seatedAt == nil ? "候诊" : visit.finishedAt == nil ? "治疗中" : "治疗完，未送别"
            let doctor = visit.doctorID.flatMap { doctors[$0] }.map { "，\($0)医生" } ?? ""
            return DayBlocker(
                .openVisit, .init(.visit, visit.id.raw), title: names[visit.patientID] ?? "客人",
                detail: "\(day)\(work.clinic.calendar.clockText(visit.arrivedAt)) 到诊，\(state)\(doctor)\(cases)",
                owner: role("reception", work), since: visit.arrivedAt,
                isUnderWay: visit.businessDay == work.today && work.now < closing && cases.isEmpty)
        } + lost(open.values.filter { $0.allSatisfy { $0.why != .stillHere } }, work)
    }

    /// Gone, and nobody said how it ended: who received the customer owns it (R2.29).
    private static func lost(_ open: [[OpenOutcome]], _ work: Work) -> [DayBlocker] {
        open.compactMap { own in
            own.first.map { first in
                DayBlocker(
                    .openVisit, .init(.visit, first.visitID.raw), title: first.patientName,
                    detail: "\(work.clinic.calendar.clockText(first.arrivedAt)) 到诊，"
                        + own.map(\.why.label).joined(separator: "，"),
                    owner: first.ownerName, since: first.arrivedAt)
            }
        }.sorted { ($0.since ?? work.now, $0.subject.id) < ($1.since ?? work.now, $1.subject.id) }
    }

    /// R3.35: past their time and tolerance.
    @Sendable private static func undecided(_ work: Work, _ tx: any ReadTransaction) throws -> [DayBlocker] {
        let tolerance = work.playbook[.appointmentNoShowToleranceMinutes]
        return try UndecidedBookings.list(clinic: work.clinic.id, day: work.today, in: tx).compactMap { booking in
            let a = booking.appointment
            let end = work.clinic.calendar.instant(a.day, minute: (a.start.index + a.units) * Unit.minutes)
            guard end.adding(minutes: tolerance) <= work.now else { return nil }
            return DayBlocker(
                .undecided, .init(.appointment, a.id.raw), title: booking.patientName,
                detail: [booking.text, booking.said].compactMap(\.self).joined(separator: "，"),
                owner: role("reception", work), since: end)
        }
    }

    /// R3.54: what each doctor did, what it costs and when each sees the customer again.
    @Sendable private static func referrals(_ work: Work, _ tx: any ReadTransaction) throws -> [DayBlocker] {
        try Referrals.listUnclear(clinic: work.clinic.id, day: work.today, in: tx).map { entry in
            DayBlocker(
                .referral, .init(.referral, entry.referral.visitID.raw), title: entry.patientName,
                detail: entry.unclear.joined(separator: "，"), owner: role("reception", work),
                since: entry.referral.recorded.at)
        }
    }

    @Sendable private static func sheets(_ work: Work, _ tx: any ReadTransaction) throws -> [DayBlocker] {
        let queue = try CheckoutQueue.load(by: work, in: tx)
        return queue.waiting.filter { $0.state == .now || $0.state == .left }.map { waiting in
            let left = waiting.state == .left ? "，客人已离开" : ""
            // What a customer owes is for those who may know it (R6.09).
            let due = work.actor.may(.seeBalances) ? "未收 \(waiting.due.yuanText)" : "还没有收费"
            return DayBlocker(
                .sheet, .init(.sheet, waiting.sheet.id.raw),
                title: queue.patients[waiting.sheet.patientID]?.name ?? "客人",
                detail: due + left, owner: role("cashier", work),
                since: waiting.sheet.noticeAt)
        }
    }

    /// R4.24, R4.27, R4.29: what a register says must not stay open.
    @Sendable private static func registers(_ work: Work, _ tx: any ReadTransaction) throws -> [DayBlocker] {
        let blocking = work.playbook.liveRegisters.filter(\.blocksDayClose)
        let entries = try RegisterStore.listOpen(blocking.map(\.id), clinic: work.clinic.id, in: tx)
        let names = try RegisterNames.load(entries, work.playbook, clinic: work.clinic.id, in: tx)
        return entries.compactMap { entry in
            guard let register = work.playbook.register(entry.register) else { return nil }
            let owner = entry.content["keeper"].flatMap { ID<Staff>($0) } ?? entry.recordedBy
            return DayBlocker(
                .register, .init(.registerEntry, entry.id.raw),
                title: "\(register.title)：\(register.closing?.openState ?? "未了")",
                detail: RegisterText.summary(entry, register, names),
                owner: names.staff[owner] ?? "登记人", since: entry.happenedAt)
        }
    }

    @Sendable private static func checklists(_ work: Work, _ tx: any ReadTransaction) throws -> [DayBlocker] {
        let runs = try ChecklistStore.list(clinic: work.clinic.id, day: work.today, in: tx)
            .filter { $0.isLate(at: work.now) }
        return runs.compactMap { run in
            guard let list = work.playbook.checklist(run.checklist), work.playbook.isLive(list) else { return nil }
            return DayBlocker(
                .checklist, .init(.checklistRun, run.id.raw),
                title: [list.title, run.label].filter { !$0.isEmpty }.joined(separator: " · "),
                detail: run.dueAt.map { "应在 \(work.clinic.calendar.clockText($0)) 前做完" } ?? "",
                owner: role(list.role, work), since: run.dueAt)
        }
    }

    /// R4.37: one line a person, so that a day with many payments does not bury the rest.
    @Sendable private static func disinfection(_ work: Work, _ tx: any ReadTransaction) throws -> [DayBlocker] {
        let missing = try DisinfectionDuties.list(by: work, in: tx).filter { $0.doneAt == nil }
        return Dictionary(grouping: missing, by: \.person).sorted { $0.key < $1.key }.map { person, duties in
            DayBlocker(
                .disinfection, .init(.disinfection, person.raw), title: "手部与台面消毒缺 \(duties.count) 次",
                detail: duties.prefix(3).map(\.label).joined(separator: "、") + (duties.count > 3 ? " 等" : ""),
                owner: duties.first?.personName ?? "", since: duties.map(\.at).min())
        }
    }

    /// R1.03, R1.05: every field checked, and signed.
    @Sendable private static func forms(_ work: Work, _ tx: any ReadTransaction) throws -> [DayBlocker] {
        let forms = try IntakeStore.listOpen(clinic: work.clinic.id, in: tx)
        let names = try customers(forms.compactMap(\.patientID), work, in: tx)
        return forms.compactMap { form in
            guard let patient = form.patientID else { return nil }
            return DayBlocker(
                .form, .init(.form, form.id.raw), title: names[patient] ?? "客人",
                detail: "\(form.kind.label)：\(form.state.label)", owner: role("guide", work), since: form.startedAt)
        }
    }

    /// R3.34: of tomorrow; what lies further ahead has its own list.
    @Sendable private static func displaced(_ work: Work, _ tx: any ReadTransaction) throws -> [DayBlocker] {
        let tomorrow = work.today.adding(days: 1)
        let open = try DisplacedStore.listOpen(clinic: work.clinic.id, in: tx).filter { $0.day <= tomorrow }
        guard !open.isEmpty else { return [] }
        let doctors = try StaffStore.names(Set(open.map(\.doctorID)), in: tx)
        return try open.map { displaced in
            let a = try AppointmentStore.get(displaced.appointmentID, clinic: work.clinic.id, in: tx)
            let name = try customers([a.patientID], work, in: tx)[a.patientID]
            return DayBlocker(
                .displaced, .init(.displaced, a.id.raw), title: name ?? "客人",
                detail: "\(a.whenText)，\(doctors[displaced.doctorID] ?? "医生")不上班：\(displaced.cause)",
                owner: role("reception", work), since: displaced.foundAt)
        }
    }

    /// Those that stand here under another heading are left out.
    @Sendable private static func tasks(_ work: Work, _ tx: any ReadTransaction) throws -> [DayBlocker] {
        let own: Set<TaskSubject.Kind> = [.registerEntry, .checklistRun]
        let tasks = try TaskStore.listOpen(
            clinic: work.clinic.id, owner: nil, dueFromBefore: work.now, limit: 200, in: tx
        ).filter { $0.urgency(at: work.now) == .overdue && !own.contains($0.subject.kind) }
        let staff = try StaffStore.names(Set(tasks.compactMap(\.ownerID)), in: tx)
        let names = try customers(tasks.compactMap(\.patientID), work, in: tx)
        return tasks.map { task in
            let mayRead = task.belongs(to: work.actor) || work.actor.may(.workAnyTask)
            return DayBlocker(
                .task, .init(.task, task.id.raw),
                title: [task.label(work.playbook), task.patientID.flatMap { names[$0] }].compactMap(\.self)
                    .joined(separator: "："), detail: mayRead ? task.reason : "",
                owner: task.ownerID.flatMap { staff[$0] } ?? role(task.ownerRole, work), since: task.dueAt)
        }
    }

    private static func role(_ code: String, _ work: Work) -> String { work.playbook.role(code)?.name ?? code }

    private static func customers(
        _ ids: [ID<Patient>], _ work: Work, in tx: any ReadTransaction
    ) throws -> [ID<Patient>: String] {
        let briefs = try PatientStore.briefs(Array(Set(ids)), today: work.today, in: tx)
        return Dictionary(briefs.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }
}
