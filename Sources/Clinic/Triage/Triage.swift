import Kernel
import Storage

/// The desk receives somebody: check-in, special cases and calls for help in one act (R2.08–R2.20, R1.25).
package enum Triage {
    package struct Received: Hashable, Sendable {
        package let registered: Arrivals.Registered
        /// Opened with the arrival, the first one first.
        package let cases: [VisitCase]
    }

    /// Checks in and opens every special case that applies.
    ///
    /// - Throws: as `Arrivals.checkIn`; `CaseError.epidemicOnly` where the clinic takes only emergencies and acute pain.
    package static func receive(
        _ arrival: Arrivals.Arrival, by work: Work, in tx: any WriteTransaction
    ) throws -> Received {
        let appointment = try arrival.appointmentID.map { try AppointmentStore.get($0, clinic: work.clinic.id, in: tx) }
        let query = TriageQuery(
            patientID: arrival.patientID, appointment: appointment, doctorID: arrival.doctorID,
            complaint: arrival.complaint ?? "", tooth: arrival.tooth, emergency: arrival.emergency)
        // Before the check-in: the customer does not wait for himself.
        let board = try ReceptionBoard.load(by: work, in: tx)
        let cues = TriageCases.applicable(try TriageFactStore.load(query, board: board, by: work, in: tx))
        if cues.contains(where: { $0.kind == .epidemicDeferral }) { try checkEpidemic(arrival, work) }
        let registered = try Arrivals.checkIn(arrival, by: work, in: tx)
        let cases = try cues.map { try Cases.open($0, of: registered.visit.id, by: work, in: tx) }
        // What is known of the customer counts even when nobody ticked it today.
        let standing = try PatientProfileStore.find(arrival.patientID, in: tx)?.needs ?? []
        let needs = standing + arrival.answers.needs.filter { !standing.contains($0) }
        if let text = NeedWords.text(needs, work.playbook) {
            try VisitRequests.ask(.help, text, of: registered.visit.id, by: work, in: tx)
        }
        return Received(registered: registered, cases: cases)
    }

    /// R2.10: where the clinic made it a demand, a supervisor may still receive somebody, with a reason.
    private static func checkEpidemic(_ arrival: Arrivals.Arrival, _ work: Work) throws(CaseError) {
        guard case .require(let capability) = work.playbook.level(of: .epidemicEmergencyOnly) else { return }
        guard work.actor.may(capability), arrival.typeReason?.nonBlank != nil else { throw .epidemicOnly }
    }
}

/// How needs of help are said to who helps (R1.25). Pure.
package enum NeedWords {
    /// "行动不便、长者独自来，请上前引导"; nil without any.
    package static func text(_ codes: [String], _ playbook: Playbook) -> String? {
        guard !codes.isEmpty else { return nil }
        return codes.map { playbook.label($0, in: .assistanceNeed) }.joined(separator: "、") + "，请上前引导"
    }
}
