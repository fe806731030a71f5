import Clinic
import Hummingbird
import Kernel
import Storage

/// 大单先行、小单保证 (R3.51): shows which small bookings give way and where to, and does both in one step.
enum DisplaceHandlers {
    /// Nothing is written.
    static func show(_ request: StaffRequest) async throws -> Response {
        try request.actor.require(.bookAppointments)
        let form = BookingForm(request.form)
        guard let proposal = try await propose(form, request) else {
            return try await BookingHandlers.refused(form, Self.nothing, request)
        }
        return try await page(proposal, form, request)
    }

    /// The small ones get the times that were shown and the big one is booked, or nothing changes.
    static func place(_ request: StaffRequest) async throws -> Response {
        let form = BookingForm(request.form)
        let shown = request.form.all("move")
        do {
            let asked = try BookingPlacing(form, request)
            let (work, cipher) = (request.work, request.web.app.cipher)
            guard !shown.isEmpty, isHere(form, request) else { throw Self.nothing }
            let placed = try await request.write(changing: .board, .tasks, .patients) { tx in
                var placing = asked
                placing.moving = try shown.map { try move($0, work, in: tx) }
                return try placing.place(from: work.clinic.id, sealing: cipher, by: work, in: tx)
            }
            let done = URLText.localPath(form.next) ?? AppointmentPaths.day(placed.day) + "&pick=\(placed.id.text)"
            return request.redirect(done, flash: "已预约 \(placed.whenText)，让位的 \(shown.count) 位已改好时间")
        } catch let error as any UserFacingError where !(error is NotAllowed) {
            guard let proposal = try await propose(form, request) else {
                return try await BookingHandlers.refused(form, error, request)
            }
            return try await page(proposal, form, request, refusal: error)
        }
    }

    /// nil as well for who may not move bookings, and for another clinic's book.
    static func propose(_ form: BookingForm, _ request: StaffRequest) async throws -> Displacing.Proposal? {
        var faults = FormErrors()
        guard request.may(.moveAppointments), isHere(form, request),
            let doctor = ID<Staff>(form.picked?.doctor ?? form.doctor), let time = form.time(&faults),
            let inquiry = try? form.inquiry(request.work.playbook)
        else { return nil }
        var wanted = form.assignment(inquiry)
        wanted.time = time
        let (asked, work) = (wanted, request.work)
        return try await request.read { tx in
            try Displacing.propose(asked, doctor: doctor, chair: ID<Chair>(form.chair), by: work, in: tx)
        }
    }

    private static let nothing = FormErrors("unit", "这个时间没有可以让位的小项目，请换时间")

    private static func isHere(_ form: BookingForm, _ request: StaffRequest) -> Bool {
        ID<ClinicSite>(form.clinic).map { $0 == request.clinic.id } ?? true
    }

    private static func move(_ text: String, _ work: Work, in tx: any ReadTransaction) throws -> Displacing.Move {
        guard let id = MoveValue.id(text) else { throw nothing }
        let small = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
        guard let move = MoveValue.move(text, of: small) else { throw nothing }
        return move
    }

    private static func page(
        _ proposal: Displacing.Proposal, _ form: BookingForm, _ request: StaffRequest,
        refusal: (any UserFacingError)? = nil
    ) async throws -> Response {
        let shell = try await request.shell(title: "小项目让位", area: .board)
        let page = try await request.read { tx in
            let smalls = try proposal.moves.map { move in
                (move, try AppointmentStore.get(move.appointmentID, clinic: request.clinic.id, in: tx))
            }
            let asked = try form.inquiry(request.work.playbook)
            let people = smalls.map(\.1.patientID) + [asked.patientID].compactMap(\.self)
            let briefs = Dictionary(
                try PatientStore.briefs(people, today: request.today, in: tx).map { ($0.id, $0) },
                uniquingKeysWith: { first, _ in first })
            let ids = Set((smalls.flatMap(\.1.items) + asked.items).map(\.itemID))
            let names = Dictionary(
                try ItemStore.list(ids: Array(ids), in: tx).map { ($0.id, $0.name) },
                uniquingKeysWith: { first, _ in first })
            func purpose(_ items: [BookedItem], _ complaint: String) -> String {
                let texts = items.compactMap { names[$0.itemID] }
                return texts.isEmpty ? complaint : texts.joined(separator: " + ")
            }
            let doctor = try StaffStore.names([proposal.slot.doctorID], in: tx)[proposal.slot.doctorID] ?? ""
            return DisplacePage(
                shell: shell, name: asked.patientID.flatMap { briefs[$0]?.name } ?? form.name,
                purpose: purpose(asked.items, asked.complaint),
                when: "\(text(proposal.slot)) \(doctor)医生",
                rows: smalls.map { move, small in
                    DisplacePage.Row(
                        href: AppointmentPaths.appointment(small.id), name: briefs[small.patientID]?.name ?? "",
                        phone: briefs[small.patientID]?.phoneText(masked: !request.may(.seePhones)) ?? "",
                        purpose: purpose(small.items, small.complaint), from: text(small.slot), to: text(move.to),
                        value: MoveValue.text(move))
                },
                kept: request.form.pairs.filter { !["csrf", "move"].contains($0.name) }.map {
                    OptionView($0.value, $0.name)
                }, problem: refusal?.userMessage)
        }
        return try request.page(page, status: refusal.map { ErrorPages.status(of: $0.kind) } ?? .ok)
    }

    private static func text(_ slot: Slot) -> String {
        "\(slot.day.longText) \(slot.start.clockText)–\(slot.end.clockText)"
    }
}
