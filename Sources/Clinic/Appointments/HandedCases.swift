import Kernel
import Storage

/// Why a case cannot be handed over or settled.
package enum HandedCaseError: UserFacingError, Hashable {
    case alreadyHanded(superior: String)
    case alreadySettled

    package var kind: FailureKind { .conflict }
    package var userMessage: String {
        switch self {
        case .alreadyHanded(let superior): "这位客人的事已经交给\(superior)，不用再交一次；进展看“交上级”名单"
        case .alreadySettled: "这件事已经有结果了，请看名单"
        }
    }
}

/// Hands over what the desk may not decide, and takes the decision (R2.23, R3.37).
package enum HandedCases {
    static let longestWords = 200

    /// - Throws: `FormErrors` (words), `HandedCaseError`, `NotFound`, `NotAllowed`.
    package static func hand(
        _ command: HandCase, by work: Work, in tx: any WriteTransaction
    ) throws -> HandedCase {
        try work.actor.require(.bookAppointments)
        guard let words = command.words.nonBlank else { throw FormErrors("words", "请写明客人要什么、为什么定不下来") }
        if words.count > longestWords { throw FormErrors("words", "最多 \(longestWords) 个字") }
        if let id = command.appointmentID {
            let a = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
            guard a.patientID == command.patientID else { throw NotFound("预约") }
        }
        let patient = try PatientStore.get(command.patientID, in: tx)
        let open = try HandedCaseStore.findOpen(command.kind, of: patient.id, clinic: work.clinic.id, in: tx)
        if open != nil { throw HandedCaseError.alreadyHanded(superior: command.kind.superior) }
        let handed = HandedCase(
            id: work.newID(), clinicID: work.clinic.id, kind: command.kind, patientID: patient.id,
            appointmentID: command.appointmentID, doctorID: command.doctorID, words: words,
            asked: Appointment.Mark(at: work.now, by: work.actor.id), settled: nil, outcome: nil)
        try HandedCaseStore.insert(handed, in: tx)
        try reconcile(handed, name: patient.name, cause: "", by: work, in: tx)
        try Audit.append(
            Event(
                AppointmentEvent.handed, of: handed.id, patient: patient.id,
                [
                    "kind": .text(handed.kind.rawValue), "words": .text(words),
                    "appointment": JSONValue(handed.appointmentID),
                ]), by: work, in: tx)
        return handed
    }

    /// The superior's word; the desk reads it on the list.
    /// - Throws: `FormErrors` (outcome), `HandedCaseError`, `NotFound`, `NotAllowed`.
    package static func settle(
        _ id: ID<HandedCase>, outcome: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.assignSpecialCases)
        guard let outcome = outcome.nonBlank else { throw FormErrors("outcome", "请写明怎么定的，前台照着办") }
        if outcome.count > longestWords { throw FormErrors("outcome", "最多 \(longestWords) 个字") }
        let handed = try HandedCaseStore.get(id, clinic: work.clinic.id, in: tx)
        try close(handed, outcome, appointment: nil, by: work, in: tx)
    }

    /// Called by every booking: the supervisor's own booking answers the case of a gone doctor (R2.23).
    static func settle(by a: Appointment, doctor: String, _ work: Work, in tx: any WriteTransaction) throws {
        guard work.actor.may(.assignSpecialCases),
            let open = try HandedCaseStore.findOpen(.doctorGone, of: a.patientID, clinic: a.clinicID, in: tx)
        else { return }
        try close(open, "\(a.whenText) \(doctor)医生", appointment: a.id, by: work, in: tx)
    }

    private static func close(
        _ c: HandedCase, _ outcome: String, appointment: ID<Appointment>?, by work: Work, in tx: any WriteTransaction
    ) throws {
        let mark = Appointment.Mark(at: work.now, by: work.actor.id)
        guard try HandedCaseStore.settle(c.id, outcome: outcome, appointment: appointment, mark: mark, in: tx) else {
            throw HandedCaseError.alreadySettled
        }
        let settled = try HandedCaseStore.get(c.id, clinic: c.clinicID, in: tx)
        try reconcile(settled, name: "", cause: outcome, by: work, in: tx)
        try Audit.append(
            Event(
                AppointmentEvent.handedSettled, of: c.id, patient: c.patientID,
                ["outcome": .text(outcome), "appointment": JSONValue(appointment)]), by: work, in: tx)
    }

    private static func reconcile(
        _ c: HandedCase, name: String, cause: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try Tasks.reconcile(
            HandedCaseObligations.facts(c, name: name, calendar: work.clinic.calendar),
            of: TaskSubject(.handedCase, c.id), scope: HandedCaseObligations.scope, cause: cause, by: work, in: tx)
    }
}
