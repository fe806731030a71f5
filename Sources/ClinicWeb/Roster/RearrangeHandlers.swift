import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Settles bookings whose doctor turned to rest (R3.34, R2.17).
enum RearrangeHandlers {
    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, problem: nil, status: .ok)
    }

    static func call(_ request: StaffRequest) async throws -> Response {
        let form = request.form
        return try await change(request, flash: "电话已记下") { work, tx in
            guard let doctor = ID<Staff>(form["doctor"]), let day = Day(form["day"]) else { throw NotFound("医生") }
            try DoctorCalls.log(
                doctor, about: day, result: form["result"], note: form["note"], by: work, in: tx)
        }
    }

    static func reassign(_ request: StaffRequest) async throws -> Response {
        let (id, version) = try booking(request)
        return try await change(request, flash: "已换医生，记得告诉客人") { work, tx in
            _ = try Rearranging.reassign(id, version: version, by: work, in: tx)
        }
    }

    static func move(_ request: StaffRequest) async throws -> Response {
        let (id, version) = try booking(request)
        let offer = request.form["offer"].split(separator: "|")
        return try await change(request, flash: "已改时间") { work, tx in
            guard offer.count == 2, let day = Day(offer[0]), let unit = SpanFields.number(String(offer[1]), 0..<96)
            else {
                throw FormErrors("offer", "请选择一个时间，或打开预约另选")
            }
            let a = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
            _ = try Rearranging.move(
                id, version: version,
                to: Slot(day: day, start: Unit(unit), units: a.units, doctorID: a.doctorID, chairID: a.chairID),
                by: work, in: tx)
        }
    }

    static func cancel(_ request: StaffRequest) async throws -> Response {
        let (id, version) = try booking(request)
        return try await change(request, flash: "已取消，几天后会提醒再联系") { work, tx in
            _ = try Rearranging.cancel(id, version: version, by: work, in: tx)
        }
    }

    private static func booking(_ request: StaffRequest) throws -> (ID<Appointment>, Int) {
        (try request.id("id", Appointment.self, what: "预约"), Int(request.form["version"]) ?? 0)
    }

    private static func change(
        _ request: StaffRequest, flash: String, _ body: @escaping @Sendable (Work, any WriteTransaction) throws -> Void
    ) async throws -> Response {
        let work = request.work
        do {
            try await request.write(changing: .board, .tasks, .reception) { tx in try body(work, tx) }
            return request.redirect(RosterPaths.rearrange, flash: flash)
        } catch let error as any UserFacingError where error.kind != .notFound {
            return try await page(
                request, problem: error.userMessage, status: ErrorPages.status(of: error.kind))
        }
    }

    // MARK: - The page

    /// Proposals are computed for this many bookings; the rest shows them when these are settled.
    private static let computed = 30

    private static func page(
        _ request: StaffRequest, problem: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let shell = try await request.shell(title: "排班", note: "医生改休，重新安排客人", area: .board)
        let work = request.work
        let page = try await request.read { tx in
            let list = try RearrangeList.load(by: work, in: tx)
            let entries = try list.entries.enumerated().map { index, entry in
                (entry, try view(entry, computes: index < computed, request, in: tx))
            }
            return RearrangePage(
                shell: shell,
                tabs: RosterTab.all(
                    for: request, current: .rearrange, counts: try RosterCounts.load(for: request, in: tx)),
                groups: groups(entries, list, work), problem: problem)
        }
        return try request.web.page(page, status: status)
    }

    private static func view(
        _ entry: RearrangeList.Entry, computes: Bool, _ request: StaffRequest, in tx: any ReadTransaction
    ) throws -> RearrangePage.Entry {
        var (proposal, why): (String?, String) = (nil, "")
        var offers: [Slot] = []
        let a = entry.appointment
        if computes {
            (proposal, why) = try self.proposal(entry, request.work, in: tx)
            offers = try FreeTimes.next(
                doctor: a.doctorID, units: a.units,
                from: Slot(day: a.day, start: Unit(0), units: a.units, doctorID: a.doctorID), by: request.work, in: tx)
        }
        return RearrangePage.Entry(
            entry, proposal: proposal, why: why, offers: offers, seesPhone: request.may(.seePhones),
            mayCancel: request.may(.cancelAppointments))
    }

    /// Who would take over at the booked time, and why (R2.24).
    private static func proposal(
        _ entry: RearrangeList.Entry, _ work: Work, in tx: any ReadTransaction
    ) throws -> (String?, String) {
        let a = entry.appointment
        guard work.actor.may(.bookAppointments) else { return (nil, "请有预约权限的同事换医生") }
        let assignment = try Assigning.propose(Assigning.request(for: a), by: work, in: tx)
        let why = assignment.reasons.first?.text ?? assignment.demands.first?.text ?? ""
        return (assignment.doctorName.map { "换给\($0)医生" }, why)
    }

    private static func groups(
        _ entries: [(RearrangeList.Entry, RearrangePage.Entry)], _ list: RearrangeList, _ work: Work
    ) -> [RearrangePage.Group] {
        struct Key: Hashable { let doctor: ID<Staff>, day: Day }
        let byKey = Dictionary(grouping: entries) { Key(doctor: $0.0.displaced.doctorID, day: $0.0.displaced.day) }
        let calendar = work.clinic.calendar
        return byKey.sorted { ($0.key.day, $0.key.doctor) < ($1.key.day, $1.key.doctor) }.map { key, members in
            let calls = list.calls(of: key.doctor, about: key.day).map { call in
                [
                    "\(calendar.clockText(call.calledAt)) \(list.names[call.calledBy] ?? "")",
                    work.playbook.label(call.result, in: .doctorCall), call.note,
                ].compactMap(\.self).joined(separator: " · ")
            }
            return RearrangePage.Group(
                title: "\(list.names[key.doctor] ?? "")医生 \(key.day.longText)",
                cause: members.first?.0.displaced.cause ?? "",
                isUnannounced: members.contains(where: \.0.isUnannounced), calls: calls, hasCalls: !calls.isEmpty,
                callAction: RosterPaths.calls, doctor: key.doctor.text, day: key.day.iso,
                results: OptionView.list(work.playbook.codes(.doctorCall), chosen: ""), entries: members.map(\.1),
                count: "\(members.count) 条待安排")
        }
    }
}
