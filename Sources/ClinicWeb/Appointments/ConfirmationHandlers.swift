import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Calls of the day before: one list, one key an answer.
enum ConfirmationHandlers {
    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day", "pick", "do")
        return try await page(request)
    }

    static func answer(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "预约")
        let (form, work) = (request.form, request.work)
        let day = Day(form["day"]) ?? work.today.adding(days: 1)
        do {
            let answer = try answer(id, form, work)
            let before = try await request.write(changing: .tasks, .board, .reception) { tx in
                let before = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
                try Confirmations.record(answer, note: form["note"].nonBlank, for: id, by: work, in: tx)
                return before
            }
            let name = try await request.read { tx in
                try PatientStore.briefs([before.patientID], today: work.today, in: tx).first?.greeting ?? ""
            }
            return request.web.redirect(
                AppointmentPaths.confirmations(day), flash: "\(name)：\(label(form["outcome"], work.playbook))")
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await page(
                request, day: day, pick: id, step: form["outcome"], faults: FormErrors(error),
                status: ErrorPages.status(of: error.kind))
        }
    }

    private static func answer(
        _ id: ID<Appointment>, _ form: Form, _ work: Work
    ) throws -> ConfirmationAnswer {
        let version = Int(form["version"]) ?? 0
        switch form["outcome"] {
        case "confirmed": return .confirmed
        case "noAnswer": return .noAnswer
        case "wrongNumber": return .wrongNumber
        case "rescheduled":
            return .moved(try MoveForm(form).validated(id))
        case "cancelled":
            var faults = FormErrors()
            if form["reason"].nonBlank == nil { faults.add("reason", "请选择取消原因") }
            let callbackOn = Day(form["callbackOn"])
            if form["callbackOn"].nonBlank != nil, callbackOn == nil { faults.add("callbackOn", "日期写成 2026-03-20") }
            try faults.throwIfAny()
            return .cancelled(
                CancelAppointment(
                    id: id, version: version, reason: form["reason"], note: form["note"].nonBlank,
                    callbackOn: callbackOn))
        default: throw FormErrors("outcome", "请从列出的结果中选一项")
        }
    }

    private static func label(_ outcome: String, _ playbook: Playbook) -> String {
        playbook.label(outcome, in: .reminderOutcome)
    }

    // MARK: - The page

    private static func page(
        _ request: StaffRequest, day: Day? = nil, pick: ID<Appointment>? = nil, step: String? = nil,
        faults: FormErrors = FormErrors(), status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let work = request.work
        let day = day ?? request.day("day") ?? work.today.adding(days: 1)
        let pick = pick ?? ID<Appointment>(request.query["pick"])
        let asked = step ?? request.query["do"]
        let step = ["rescheduled", "cancelled"].contains(asked) ? asked : ""
        let shell = try await request.shell(title: "提醒确认", note: day.longText, area: .board)
        let page = try await request.read { tx in
            let list = try Confirmations.list(day, by: work, in: tx)
            let current = pick.flatMap { id in list.entries.first { $0.appointment.id == id } } ?? list.next
            let call = try current.map {
                try ConfirmationCall.view($0, step: step, faults: faults, request, in: tx)
            }
            return ConfirmationPage(
                shell: shell, nav: BookListNav(current: AppointmentPaths.confirmations, for: request),
                dayText: day.longText, progress: "已定 \(list.settled) / \(list.entries.count)",
                previousHref: AppointmentPaths.confirmations(day.adding(days: -1)),
                nextHref: AppointmentPaths.confirmations(day.adding(days: 1)),
                printHref: request.may(.bookAppointments) ? AppointmentPaths.contacts(day) : nil,
                unfinished: try unfinished(day, work, in: tx), rows: rows(list, current, step, request),
                isEmpty: list.entries.isEmpty, call: call)
        }
        return try request.web.page(page, status: status)
    }

    /// R3.26: what yesterday left open is finished before noon; afterwards the supervisor knows.
    private static func unfinished(
        _ day: Day, _ work: Work, in tx: any ReadTransaction
    ) throws -> ConfirmationPage.Unfinished? {
        guard day != work.today else { return nil }
        let open = try Confirmations.list(work.today, by: work, in: tx).entries
            .filter { $0.status == .open || $0.status == .tried(again: true) }.count
        guard open > 0 else { return nil }
        let noon = work.clinic.calendar.instant(work.today, minute: work.playbook[.reminderUnfinishedDue])
        let clock = work.clinic.calendar.clockText(noon)
        return ConfirmationPage.Unfinished(
            text: work.now < noon ? "今天还有 \(open) 位没确认，请在 \(clock) 前打完" : "今天还有 \(open) 位没确认，已报主管",
            href: AppointmentPaths.confirmations(work.today), tone: work.now < noon ? "warning" : "danger")
    }

    private static func rows(
        _ list: ConfirmationList, _ current: ConfirmationList.Entry?, _ step: String, _ request: StaffRequest
    ) -> [ConfirmationPage.Row] {
        let index = current.flatMap { now in list.entries.firstIndex { $0.appointment.id == now.appointment.id } }
        return list.entries.enumerated().map { position, entry in
            let a = entry.appointment
            return ConfirmationPage.Row(
                href: AppointmentPaths.confirmations(list.day, pick: a.id), time: a.start.clockText,
                name: entry.patient?.name ?? "客人",
                detail: "\(entry.doctorName) · \(entry.purpose)", chip: entry.status.chip,
                isCurrent: position == index, isFocused: position == index && step.isEmpty,
                key: index.flatMap { position == $0 - 1 ? "ArrowUp" : position == $0 + 1 ? "ArrowDown" : nil })
        }
    }
}

/// The right-hand side: who is called, what to say, what may be answered.
enum ConfirmationCall {
    static func view(
        _ entry: ConfirmationList.Entry, step: String, faults: FormErrors, _ request: StaffRequest,
        in tx: any ReadTransaction
    ) throws -> ConfirmationPage.Call {
        let (a, work) = (entry.appointment, request.work)
        let number = entry.patient?.phone.flatMap { PhoneNumber($0) }
        let seesPhone = request.may(.seePhones)
        let isOpen = !entry.status.isSettled || entry.status == .wrongNumber
        let sheet = try entry.task.map { try CallSheet.load($0.id, by: work, in: tx) }
        let text = BookingText(
            greeting: entry.patient?.greeting ?? "您好", slot: a.slot, doctor: entry.doctorName, purpose: entry.purpose,
            isOperation: false, clinic: request.clinic)
        let steps =
            sheet?.steps.map { ConfirmationPage.Say(say: $0.say, advice: $0.note) }
            ?? [ConfirmationPage.Say(say: text.spoken, advice: "刚约的客人不用再打；来电时照这句核对。")]
        return ConfirmationPage.Call(
            name: entry.patient?.greeting ?? "客人",
            facts: entry.patient.map { "\($0.name) \($0.gender.label) \($0.ageText) · \($0.recordNumber)" } ?? "",
            phone: number.map { seesPhone ? $0.text : $0.masked } ?? PatientPhone.missing,
            dial: seesPhone ? number.map { "tel:\($0.digits)" } : nil,
            whenText: "\(a.whenText) \(entry.doctorName) · \(entry.purpose)",
            alerts: (entry.isFirstVisit ? [ToneChip("初诊，问认不认识路", tone: "info")] : [])
                + (try OnlineFormStore.unverified(among: [a.patientID], in: tx).isEmpty
                    ? [] : [ToneChip("网上约的，待核实", tone: "warning")])
                + (entry.patient?.specialAlerts.map {
                    ToneChip(AlertText.text($0.code, $0.note, work.playbook), tone: "danger")
                } ?? []),
            steps: steps, answerHref: AppointmentPaths.action(a.id, "answer"), isAsking: isOpen && step.isEmpty,
            answers: isOpen ? answers(entry, request) : [], note: request.form["note"],
            move: isOpen && step == "rescheduled" ? try move(entry, request, in: tx) : nil,
            cancel: isOpen && step == "cancelled" ? cancel(entry, faults, request) : nil,
            bookedHref: AppointmentPaths.booked(a.id, next: AppointmentPaths.confirmations(a.day)),
            appointmentHref: AppointmentPaths.appointment(a.id),
            attempts: entry.task.flatMap { $0.attempts > 0 ? "已打 \($0.attempts) 次" : nil }, day: a.day.iso,
            error: faults.messages(outside: ["reason", "callbackOn"]),
            link: CustomerLinkView(a.id, isOpen: a.isLive, for: request))
    }

    private static func answers(
        _ entry: ConfirmationList.Entry, _ request: StaffRequest
    ) -> [ConfirmationPage.Answer] {
        let codes = request.work.playbook.codes(.reminderOutcome)
        return codes.enumerated().compactMap { index, code in
            let needsStep = code.next == .reschedule || code.next == .cancel
            let isAllowed =
                switch code.next {
                case .reschedule: request.may(.moveAppointments)
                case .cancel: request.may(.cancelAppointments)
                case .retry, .fixPhone: entry.task?.isOpen == true
                default: request.may(.bookAppointments)
                }
            guard isAllowed else { return nil }
            let (hint, tone): (String, String) =
                switch code.next {
                case .reschedule: ("当场给三个时间", "info")
                case .cancel: ("写原因和回电日期", "warning")
                case .retry: ("一小时后再打", "neutral")
                case .fixPhone: ("去改电话", "warning")
                default: ("记下，打下一位", "done")
                }
            return ConfirmationPage.Answer(
                code: code.code, label: code.label, hint: hint, key: String(index + 1),
                href: needsStep
                    ? AppointmentPaths.confirmations(entry.appointment.day, pick: entry.appointment.id, step: code.code)
                    : nil, tone: tone)
        }
    }

    private static func move(
        _ entry: ConfirmationList.Entry, _ request: StaffRequest, in tx: any ReadTransaction
    ) throws -> ConfirmationPage.Move {
        let a = entry.appointment
        let playbook = request.work.playbook
        let found = try Offers.find(
            OfferRequest(
                AssignmentRequest(
                    patientID: a.patientID, complaint: a.complaint, items: a.items, units: a.units,
                    wish: DoctorWish(doctorID: a.doctorID))), by: request.work, in: tx)
        let view = PanelOffers.view(found, playbook: playbook)
        let reason = request.form["reason"].nonBlank ?? "customerTime"
        return ConfirmationPage.Move(
            action: AppointmentPaths.action(a.id, "answer"), day: a.day.iso, offers: view.offers, isEmpty: view.isEmpty,
            reasons: OptionView.list(playbook.codes(.move).filter { $0.code != "length" }, chosen: reason),
            version: a.version, bookHref: AppointmentPaths.appointment(a.id) + "#move")
    }

    private static func cancel(
        _ entry: ConfirmationList.Entry, _ faults: FormErrors, _ request: StaffRequest
    ) -> ConfirmationPage.Cancel {
        let playbook = request.work.playbook
        let usual = request.today.adding(days: playbook[.appointmentCancelContactDays]).iso
        return ConfirmationPage.Cancel(
            action: AppointmentPaths.action(entry.appointment.id, "answer"), day: entry.appointment.day.iso,
            reasons: OptionView.list(playbook.codes(.cancellation), chosen: request.form["reason"]),
            callbackOn: request.form.has("callbackOn") ? request.form["callbackOn"] : usual,
            version: entry.appointment.version, reasonError: faults.messages["reason"],
            callbackError: faults.messages["callbackOn"])
    }
}
