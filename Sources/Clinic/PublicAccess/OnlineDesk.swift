import Kernel
import Storage

/// The desk finds out who booked on line: somebody new, somebody on file, or nobody.
package enum OnlineDesk {
    /// An online booking with what helps to decide.
    package struct Case: Hashable, Sendable {
        package let form: OnlineForm
        package let appointment: Appointment
        package let patient: Patient
        package let doctorName: String
        /// Likeliest first (R1.14).
        package let matches: [DuplicateMatch]
        package let alerts: [PatientAlert]
    }

    /// - Throws: `NotAllowed`, `NotFound`.
    package static func load(
        _ id: ID<OnlineForm>, by work: Work, in tx: any ReadTransaction
    ) throws -> Case {
        try work.actor.require(.bookAppointments)
        return try load(OnlineFormStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
    }

    /// Those nobody has settled yet, next visit first.
    package static func listOpen(by work: Work, in tx: any ReadTransaction) throws -> [Case] {
        try work.actor.require(.bookAppointments)
        return try OnlineFormStore.listOpen(clinic: work.clinic.id, limit: 100, in: tx).map {
            try load($0, by: work, in: tx)
        }
    }

    /// Somebody new: the file is right as it is, or was corrected on its page.
    /// - Throws: `NotAllowed`, `NotFound`, `OnlineDeskError.settled`.
    package static func acceptAsNew(
        _ id: ID<OnlineForm>, by work: Work, in tx: any WriteTransaction
    ) throws -> OnlineForm {
        try work.actor.require(.registerPatients)
        var form = try open(id, work, in: tx)
        form.outcome = .new
        return try settle(form, "verified", work, in: tx)
    }

    /// Somebody on file: the booking and what was said about health go there, the new file points to it.
    ///
    /// - Throws: `NotAllowed`, `NotFound`, `OnlineDeskError`, `BookingError.taken` when that customer is booked at the same
    ///   time already.
    package static func join(
        _ id: ID<OnlineForm>, with known: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws -> OnlineForm {
        try work.actor.require(.mergePatients)
        var form = try open(id, work, in: tx)
        guard let unverified = form.patientID, let appointment = form.appointmentID else { throw NotFound("网上预约") }
        _ = try Booking.handOver(appointment, to: known, by: work, in: tx)
        // What was booked for the file since then goes along; a visit, or a booking elsewhere, holds the file where it is.
        for other in try AppointmentStore.listOfPatient(unverified, in: tx) {
            guard other.clinicID == work.clinic.id else { throw JoiningError.hasMore }
            _ = try Booking.handOver(other.id, to: known, by: work, in: tx)
        }
        try PatientJoining.join(unverified, into: known, by: work, in: tx)
        form.outcome = .merged
        form.knownAs = known
        return try settle(form, "verified", work, in: tx)
    }

    /// Nobody: the booking is cancelled by the clinic, its time is free again.
    package static func refuse(
        _ id: ID<OnlineForm>, by work: Work, in tx: any WriteTransaction
    ) throws -> OnlineForm {
        try work.actor.require(.cancelAppointments)
        var form = try open(id, work, in: tx)
        guard let appointmentID = form.appointmentID else { throw NotFound("网上预约") }
        let appointment = try AppointmentStore.get(appointmentID, clinic: work.clinic.id, in: tx)
        if appointment.isLive, try AppointmentStore.visit(of: appointmentID, in: tx) == nil {
            _ = try Booking.cancel(
                CancelAppointment(
                    id: appointmentID, version: appointment.version, reason: "other", side: .clinic,
                    note: "网上预约核实不到本人"), by: work, in: tx)
        }
        form.outcome = .refused
        return try settle(form, "notReal", work, in: tx)
    }

    // MARK: Parts

    private static func load(_ form: OnlineForm, by work: Work, in tx: any ReadTransaction) throws -> Case {
        guard let appointmentID = form.appointmentID, let patientID = form.patientID else { throw NotFound("网上预约") }
        let patient = try PatientStore.get(patientID, in: tx)
        let matches =
            form.isOpen
            ? try Registration.probe(PatientDetails(patient), cipher: nil, excluding: patientID, in: tx) : []
        return Case(
            form: form, appointment: try AppointmentStore.get(appointmentID, clinic: work.clinic.id, in: tx),
            patient: patient,
            doctorName: try StaffStore.names([form.slot.doctorID], in: tx)[form.slot.doctorID] ?? "",
            matches: matches, alerts: try PatientAlerts.list(patientID, in: tx))
    }

    private static func open(
        _ id: ID<OnlineForm>, _ work: Work, in tx: any ReadTransaction
    ) throws -> OnlineForm {
        let form = try OnlineFormStore.get(id, clinic: work.clinic.id, in: tx)
        guard form.isOpen else { throw OnlineDeskError.settled }
        return form
    }

    private static func settle(
        _ settled: OnlineForm, _ outcome: String, _ work: Work, in tx: any WriteTransaction
    ) throws -> OnlineForm {
        var form = settled
        form.settledAt = work.now
        form.settledBy = work.actor.id
        guard try OnlineFormStore.setSettled(form, in: tx) else { throw OnlineDeskError.settled }
        try OnlineObligations.reconcile(form, by: work, in: tx)
        if let appointment = form.appointmentID {
            try Audit.append(
                Event(
                    "appointment.onlineSettled", of: appointment, patient: form.knownAs ?? form.patientID,
                    ["form": JSONValue(form.id), "outcome": .text(outcome), "knownAs": JSONValue(form.knownAs)]),
                by: work, in: tx)
        }
        return form
    }
}

package enum OnlineDeskError: UserFacingError, Hashable {
    case settled
    package var kind: FailureKind { .conflict }
    package var userMessage: String { "这条网上预约已由同事核实，请返回列表看结果" }
}
