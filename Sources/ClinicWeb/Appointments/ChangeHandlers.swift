import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Everything done to a booking that exists.
enum ChangeHandlers {
    private typealias Change = @Sendable (ID<Appointment>, any WriteTransaction) throws -> Appointment

    static func confirm(_ request: StaffRequest) async throws -> Response {
        let (work, version) = (request.work, version(request))
        return try await change(request, { "已确认 \($0.whenText)" }) { id, tx in
            try Booking.confirm(id, version: version, by: work, in: tx)
        }
    }

    static func unconfirm(_ request: StaffRequest) async throws -> Response {
        let (work, version) = (request.work, version(request))
        return try await change(request, { _ in "已改回未确认" }) { id, tx in
            try Booking.unconfirm(id, version: version, by: work, in: tx)
        }
    }

    static func move(_ request: StaffRequest) async throws -> Response {
        let form = MoveForm(request.form)
        let work = request.work
        return try await change(request, { "已改约到 \($0.whenText)" }) { id, tx in
            try Booking.move(try form.validated(id), by: work, in: tx)
        }
    }

    static func length(_ request: StaffRequest) async throws -> Response {
        let (work, version) = (request.work, version(request))
        let units = SlotText.units(request.form["units"]) ?? 0
        return try await change(request, { "时长改为 \($0.units) 单位 \($0.timeText)" }) { id, tx in
            try Booking.changeLength(id, version: version, units: units, by: work, in: tx)
        }
    }

    static func arrange(_ request: StaffRequest) async throws -> Response {
        let (work, version, typed) = (request.work, version(request), PartFields(request.form))
        let here = AppointmentPaths.appointment(try request.id("id", Appointment.self, what: "预约"))
        return try await change(request, { _ in "助手、沟通室和设备已改好" }, next: here) { id, tx in
            let total = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx).units
            let (assistant, parts) = try typed.needs(units: total)
            return try Booking.arrange(id, version: version, assistant: assistant, parts: parts, by: work, in: tx)
        }
    }

    static func miss(_ request: StaffRequest) async throws -> Response {
        let (work, version) = (request.work, version(request))
        return try await change(request, { _ in "已标记未到" }, undo: "absence/undo") { id, tx in
            try Booking.markMissed(id, version: version, by: work, in: tx)
        }
    }

    static func cancel(_ request: StaffRequest) async throws -> Response {
        let form = request.form
        let work = request.work
        let version = version(request)
        return try await change(
            request, { "已取消 \($0.whenText)，时间已放出" }, undo: "cancellation/undo"
        ) { id, tx in
            guard let reason = form["reason"].nonBlank else { throw FormErrors("cancelReason", "请选择取消原因") }
            return try Booking.cancel(
                CancelAppointment(
                    id: id, version: version, reason: reason, side: CancelSide(rawValue: form["side"]),
                    note: form["note"].nonBlank), by: work, in: tx)
        }
    }

    static func undo(_ request: StaffRequest) async throws -> Response {
        let work = request.work
        return try await change(request, { "已恢复 \($0.whenText)" }) { id, tx in
            try Booking.undo(id, by: work, in: tx)
        }
    }

    private static func version(_ request: StaffRequest) -> Int { Int(request.form["version"]) ?? 0 }

    /// Does `body`, tells the screens, and goes back to the day; a refusal is shown on the page of the booking.
    private static func change(
        _ request: StaffRequest, _ done: (Appointment) -> String, undo: String? = nil, next then: String? = nil,
        _ body: @escaping Change
    ) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "预约")
        do {
            let changed = try await request.write(changing: .board, .tasks, .reception) { tx in try body(id, tx) }
            let next = then ?? URLText.localPath(request.form["next"])
            // A unit that somebody waits for is offered before anything else.
            if next == nil, !request.web.wantsJSON, let fits = try await freed(by: changed, request) {
                return request.web.redirect(
                    fits, flash: done(changed) + "，有候补客人合适", undo: undo.map { AppointmentPaths.action(id, $0) })
            }
            return request.web.redirect(
                next ?? AppointmentPaths.day(changed.day) + "&pick=\(id.text)", flash: done(changed),
                undo: undo.map { AppointmentPaths.action(id, $0) })
        } catch let error as any UserFacingError
            where error.kind == .invalid || error.kind == .conflict
            || error is BookingError
        {
            if request.web.wantsJSON { throw error }
            return try await page(id, request, error: error)
        }
    }

    /// Where the people who fit into the unit that a change gave back are listed; nil when nobody does.
    private static func freed(by changed: Appointment, _ request: StaffRequest) async throws -> String? {
        guard request.may(.bookAppointments) else { return nil }
        let work = request.work
        return try await request.read { tx in
            guard let free = try freedSlot(of: changed, since: work.now, in: tx),
                try !FreedUnits.fits(free, limit: 1, by: work, in: tx).isEmpty
            else { return nil }
            return changed.cancellation != nil
                ? AppointmentPaths.appointment(changed.id) : WaitlistPaths.fits(free, freed: changed.id)
        }
    }

    /// What a cancelled booking had, or a moved one had before its move.
    /// - Parameter since: moves before it are history; nil: only a cancellation counts.
    private static func freedSlot(
        of a: Appointment, since: Timestamp?, in tx: any ReadTransaction
    ) throws -> Slot? {
        if a.cancellation != nil { return a.isSqueezed ? nil : a.slot }
        guard let since, !a.isSqueezed, let last = try AppointmentStore.listMoves(a.id, in: tx).last,
            last.moved.at >= since,
            last.from.day != last.to.day || last.from.start != last.to.start
                || last.from.doctorID != last.to.doctorID
        else { return nil }
        return last.from
    }

    // MARK: - The page

    static func page(
        _ id: ID<Appointment>, _ request: StaffRequest, error: (any UserFacingError)? = nil
    ) async throws -> Response {
        let shell = try await request.shell(title: "预约", area: .board)
        let page = try await request.read { tx in
            let detail = try AppointmentReading.detail(id, for: request, in: tx)
            let fits = try fits(detail.appointment, request, in: tx)
            var view = AppointmentView(detail, for: request)
            // Who gets the free unit comes first: one primary button on the page.
            if fits != nil { view.isAgainNext = false }
            return AppointmentPage(
                shell: shell, detail: view, backHref: AppointmentPaths.day(detail.appointment.day),
                problem: error.map { BookingHandlers.problem($0) },
                move: view.moveHref == nil ? nil : try move(detail, request, error: error, in: tx),
                cancel: view.cancelHref == nil ? nil : cancel(detail, request, error: error),
                arrange: view.moveHref == nil ? nil : try arrange(detail.appointment, request, error: error, in: tx),
                fits: fits)
        }
        return try request.web.page(page, status: error.map { ErrorPages.status(of: $0.kind) } ?? .ok)
    }

    /// Who could have the unit of a cancelled booking; nil when nobody fits or nothing became free.
    private static func fits(
        _ a: Appointment, _ request: StaffRequest, in tx: any ReadTransaction
    ) throws -> WaitingFits? {
        guard request.may(.bookAppointments), let free = try freedSlot(of: a, since: nil, in: tx) else { return nil }
        let view = try WaitingFits.load(
            free, freed: a.id, next: AppointmentPaths.appointment(a.id), for: request, in: tx)
        return view.isEmpty ? nil : view
    }

    private static func move(
        _ detail: AppointmentDetail, _ request: StaffRequest, error: (any UserFacingError)?,
        in tx: any ReadTransaction
    ) throws -> AppointmentPage.Move {
        let a = detail.appointment
        let typed = MoveForm(request.form)
        let isTyped = error != nil && !typed.unit.isEmpty
        let playbook = request.work.playbook
        let doctor = isTyped ? typed.doctor : a.doctorID.text
        return AppointmentPage.Move(
            action: AppointmentPaths.action(a.id, "slot"), lengthAction: AppointmentPaths.action(a.id, "length"),
            version: a.version, day: isTyped ? typed.day : a.day.iso, note: typed.note,
            overrideNote: typed.overrideNote,
            starts: OptionView.starts(
                request.clinic.opens, request.clinic.closes,
                chosen: isTyped ? SlotText.unit(typed.unit)?.index : a.start.index),
            lengths: OptionView.lengths(chosen: isTyped ? SlotText.units(typed.units) : a.units),
            doctors: try AppointmentReading.doctors(chosen: doctor, for: request, in: tx),
            chairs: try AppointmentReading.chairs(
                chosen: isTyped ? typed.chair : a.chairID?.text ?? "", for: request, in: tx),
            reasons: OptionView.list(playbook.codes(.move), chosen: typed.reason),
            doctorChanges: OptionView.list(playbook.codes(.doctorChange), chosen: typed.doctorChangeReason),
            overrides: error?.field == "overrideReason" && request.may(.bookOutsideRoster)
                ? OptionView.list(playbook.codes(.override), chosen: typed.overrideReason) : [],
            offers: try AppointmentReading.offers(
                of: a, doctor: ID<Staff>(doctor) ?? a.doctorID, for: request, in: tx),
            error: error.flatMap { isTyped ? $0.userMessage : nil })
    }

    private static func arrange(
        _ a: Appointment, _ request: StaffRequest, error: (any UserFacingError)?, in tx: any ReadTransaction
    ) throws -> AppointmentPage.Arrange {
        let isTyped = error != nil && request.form.has("part")
        return AppointmentPage.Arrange(
            action: AppointmentPaths.action(a.id, "parts"), version: a.version,
            parts: try PartsView.load(
                isTyped ? PartFields(request.form) : PartFields(a),
                faults: isTyped ? error.map { FormErrors("parts", $0.userMessage) } ?? FormErrors() : FormErrors(),
                for: request, in: tx))
    }

    private static func cancel(
        _ detail: AppointmentDetail, _ request: StaffRequest, error: (any UserFacingError)?
    ) -> AppointmentPage.Cancel {
        let playbook = request.work.playbook
        let isTyped = request.form.has("side")
        let reason = isTyped ? request.form["reason"] : ""
        return AppointmentPage.Cancel(
            action: AppointmentPaths.action(detail.appointment.id, "cancellation"),
            version: detail.appointment.version, note: isTyped ? request.form["note"] : "",
            reasons: OptionView.list(playbook.codes(.cancellation), chosen: reason),
            sides: [OptionView("", "按原因", isChosen: true)]
                + CancelSide.allCases.map {
                    OptionView($0.rawValue, $0.label, isChosen: isTyped && request.form["side"] == $0.rawValue)
                },
            error: isTyped ? error?.userMessage : nil)
    }
}
