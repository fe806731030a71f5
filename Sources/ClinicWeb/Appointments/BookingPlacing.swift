import Clinic
import Kernel
import Storage

/// One booking as the panel asks for it: at a proposed time, at a time chosen by hand with or without a doctor, for somebody
/// on file or registered in the same step, here or for another clinic.
struct BookingPlacing: Sendable {
    let form: BookingForm
    let inquiry: BookingInquiry
    let time: AskedTime
    /// Small bookings that get another time in the same step (R3.51).
    var moving: [Displacing.Move] = []

    /// - Throws: `FormErrors` with every fault of shape at once; what depends on the book is the use case's matter.
    init(_ form: BookingForm, _ request: StaffRequest) throws {
        self.form = form
        var faults = FormErrors()
        let inquiry: BookingInquiry?
        do {
            inquiry = try form.inquiry(request.work.playbook)
        } catch {
            inquiry = nil
            faults = error
        }
        let time = form.time(&faults)
        try faults.throwIfAny()
        guard let inquiry, let time else { throw faults }
        self.inquiry = inquiry
        self.time = time
    }

    /// Of the time that was chosen.
    var slotDoctor: ID<Staff>? { ID<Staff>(form.picked?.doctor ?? form.doctor) }

    func place(
        from desk: ID<ClinicSite>, sealing cipher: FieldCipher?, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        let patient =
            try inquiry.patientID
            ?? inquiry.registration.map {
                try Registration.register($0, by: work, sealing: cipher, in: tx).id
            }
        guard let patient else { throw AssignmentError.patientMissing }
        let placed = try book(patient, work, in: tx)
        if let unmet = try Assigning.stored(of: placed.id, in: tx)?.reasons.first(where: { $0.kind == .wishUnmet }) {
            try BookingNotes.add(.wishUnmet, detail: String(unmet.text.prefix(100)), to: placed.id, by: work, in: tx)
        }
        try ExpectedVisits.settle(patient, .booked, by: work, in: tx)
        if placed.clinicID != desk { try BookingRequests.ask(placed, from: desk, by: work, in: tx) }
        return placed
    }

    private func book(
        _ patient: ID<Patient>, _ work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        let doctor = ID<Staff>(form.doctor)
        // A doctor and a time taken from the board are the operator's choice; everything else the rules decide.
        var assignment = form.assignment(inquiry)
        assignment.patientID = patient
        let needs = try needs(in: tx)
        let isByHand = form.picked == nil && moving.isEmpty && doctor != nil
        // Only a warranty case asks anything of a doctor who was chosen by hand.
        if !isByHand || inquiry.patientID != nil && assignment.mayBeRedo {
            assignment.complaintRecorded = try Complaints.isRecorded(for: patient, by: work, in: tx)
        }
        if isByHand, let doctor {
            if inquiry.patientID != nil { try Assigning.checkChosen(doctor, assignment, by: work, in: tx) }
            var booking = byHand(patient, doctor)
            (booking.assistantID, booking.parts) = needs
            return try Booking.place(booking, by: work, in: tx)
        }
        assignment.time = time
        // What gives way does so for this doctor alone.
        if !moving.isEmpty, let slotDoctor { assignment.wish.doctorID = slotDoctor }
        assignment.offered = form.picked.flatMap { $0.doctor.flatMap { ID<Staff>($0) } }
        var command = PlaceAssigned(
            assignment, channel: form.channel, chairID: ID<Chair>(form.chair), deskReason: form.deskReason.nonBlank,
            remark: form.remark.nonBlank, squeezeReason: form.squeezeReason.nonBlank,
            overrideReason: form.overrideReason.nonBlank, overrideNote: form.overrideNote.nonBlank)
        (command.assistantID, command.parts) = needs
        if moving.isEmpty { return try Assigning.place(command, by: work, in: tx) }
        return try Displacing.place(command, moving: moving, by: work, in: tx)
    }

    /// Who and what is needed for a part of the length, which comes from the items when nobody said it.
    private func needs(in tx: any ReadTransaction) throws -> (ID<Staff>?, [AppointmentPart]) {
        guard !form.parts.isEmpty else { return (nil, []) }
        var units = inquiry.units
        if units == nil {
            units = BookingRules.proposedUnits(
                items: try ItemStore.list(ids: inquiry.items.map(\.itemID), in: tx), routineExamUnits: 1)
        }
        return try form.parts.needs(units: units ?? 1)
    }

    private func byHand(_ patient: ID<Patient>, _ doctor: ID<Staff>) -> PlaceAppointment {
        PlaceAppointment(
            patientID: patient, day: time.day, start: time.start, units: inquiry.units, doctorID: doctor,
            chairID: ID<Chair>(form.chair), complaint: inquiry.complaint, items: inquiry.items, channel: form.channel,
            deskReason: form.deskReason.nonBlank, remark: form.remark.nonBlank,
            squeezeReason: form.squeezeReason.nonBlank, doctorChangeReason: form.doctorChangeReason.nonBlank,
            overrideReason: form.overrideReason.nonBlank, overrideNote: form.overrideNote.nonBlank)
    }

    // MARK: - For which clinic

    func site(_ request: StaffRequest) async throws -> ClinicSite { try await Self.site(form.clinic, request) }

    /// The own clinic, or another one for who may book everywhere (R3.23).
    static func site(_ typed: String, _ request: StaffRequest) async throws -> ClinicSite {
        guard let id = ID<ClinicSite>(typed), id != request.clinic.id else { return request.clinic }
        try request.actor.requireEverywhere(.bookAppointments)
        return try await request.read { tx in try PlaceStore.clinic(id, in: tx) }
    }

    static func work(at site: ClinicSite, _ request: StaffRequest) -> Work {
        if site.id == request.clinic.id { return request.work }
        let own = request.work
        return Work(
            actor: request.actor, clinic: site, now: request.now, playbook: request.web.app.playbook(site.id),
            ids: own.ids, commandID: own.commandID)
    }
}
