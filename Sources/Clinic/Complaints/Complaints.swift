import Kernel
import Storage

/// Takes complaints in and sees that somebody answers (R9.01–R9.05).
package enum Complaints {
    /// - Throws: `FormErrors`, `NotFound`, `NotAllowed`.
    package static func receive(
        _ command: ReceiveComplaint, by work: Work, in tx: any WriteTransaction
    ) throws -> Complaint {
        try work.actor.require(.recordComplaints)
        try ComplaintRules.check(command, work.playbook)
        return try store(command, by: work, in: tx)
    }

    /// The customer leaves a doctor out of anger (R3.60): a linked complaint comes with the booking, in its transaction.
    /// - Parameters:
    ///   - left: the doctor the customer does not want any more.
    ///   - words: what the customer said; the remark of the booking.
    /// - Returns: the complaint, or the one that is open for the same doctor already.
    package static func doctorChange(
        patient: ID<Patient>, appointment: ID<Appointment>, left: ID<Staff>?, words: String?, by work: Work,
        in tx: any WriteTransaction
    ) throws -> Complaint {
        let open = try ComplaintStore.list(of: patient, clinic: work.clinic.id, in: tx)
            .first { $0.isOpen && $0.cause == ComplaintCause.doctorChange && $0.doctorID == left }
        if let open { return open }
        let person = try PatientStore.get(patient, in: tx)
        let name = try left.flatMap { try StaffStore.names([$0], in: tx)[$0] } ?? ""
        return try store(
            ReceiveComplaint(
                patientID: patient, appointmentID: appointment, doctorID: left, contact: person.phone ?? "见客人资料",
                situation: "由\(name)医生看诊，要求换医生", content: words?.nonBlank ?? "要求换医生，原因待问清",
                channel: "desk", level: "normal", cause: ComplaintCause.doctorChange), by: work, in: tx)
    }

    /// Whether another doctor may take a warranty case of this customer (R2.22).
    package static func refusal(
        of patient: ID<Patient>, by work: Work, in tx: any ReadTransaction
    ) throws -> ComplaintRules.RefusalState {
        ComplaintRules.refusal(try ComplaintStore.list(of: patient, clinic: work.clinic.id, in: tx))
    }

    /// For `AssignmentRequest.complaintRecorded`.
    package static func isRecorded(
        for patient: ID<Patient>, by work: Work, in tx: any ReadTransaction
    ) throws -> Bool {
        ComplaintRules.isRecorded(try ComplaintStore.list(of: patient, clinic: work.clinic.id, in: tx))
    }

    /// The director was told (R2.22).
    /// - Parameter to: name or office.
    /// - Throws: `FormErrors`, `ChangedMeanwhile`, `NotFound`, `NotAllowed`.
    package static func report(
        _ id: ID<Complaint>, version: Int, to: String, by work: Work, in tx: any WriteTransaction
    ) throws -> Complaint {
        try work.actor.require(.recordComplaints)
        let complaint = try open(id, version: version, work, in: tx)
        guard let to = to.nonBlank else { throw FormErrors("to", "请填写上报给谁") }
        try ComplaintStore.report(complaint, to: to, by: work, in: tx)
        try Audit.append(
            Event("complaint.reported", of: id, patient: complaint.patientID, ["to": .text(to)]), by: work, in: tx)
        return try refreshed(id, cause: "已上报\(to)", by: work, in: tx)
    }

    /// Settled, with what was agreed.
    /// - Throws: `FormErrors`, `ChangedMeanwhile`, `NotFound`, `NotAllowed`.
    package static func close(
        _ id: ID<Complaint>, version: Int, result: String, by work: Work, in tx: any WriteTransaction
    ) throws -> Complaint {
        try work.actor.require(.handleComplaints)
        let complaint = try open(id, version: version, work, in: tx)
        guard let result = result.nonBlank else { throw FormErrors("result", "请写明怎样解决的、客人是否满意") }
        try ComplaintStore.close(complaint, result: result, by: work, in: tx)
        try Audit.append(
            Event("complaint.closed", of: id, patient: complaint.patientID, ["result": .text(result)]), by: work, in: tx
        )
        return try refreshed(id, cause: "投诉已结案", by: work, in: tx)
    }

    private static func open(
        _ id: ID<Complaint>, version: Int, _ work: Work, in tx: any ReadTransaction
    ) throws -> Complaint {
        let complaint = try ComplaintStore.get(id, clinic: work.clinic.id, in: tx)
        guard complaint.isOpen, complaint.version == version else { throw ChangedMeanwhile("投诉") }
        return complaint
    }

    private static func store(
        _ command: ReceiveComplaint, by work: Work, in tx: any WriteTransaction
    ) throws -> Complaint {
        _ = try PatientStore.get(command.patientID, in: tx)
        let note = command.causeNote?.nonBlank.map { "（\($0)）" } ?? ""
        let complaint = Complaint(
            id: work.newID(), clinicID: work.clinic.id, patientID: command.patientID, visitID: command.visitID,
            appointmentID: command.appointmentID, doctorID: command.doctorID, contact: command.contact.trimmed,
            situation: command.situation.trimmed, content: command.content.trimmed + note, channel: command.channel,
            level: command.level, cause: command.cause,
            received: Complaint.Stamp(at: work.now, by: work.actor.id),
            answerBy: ComplaintRules.answerBy(work.now, work.playbook), reported: nil, closed: nil, version: 1)
        try ComplaintStore.insert(complaint, in: tx)
        try Audit.append(
            Event(
                "complaint.received", of: complaint.id, patient: complaint.patientID,
                [
                    "level": .text(complaint.level), "cause": .text(complaint.cause),
                    "channel": .text(complaint.channel), "doctor": JSONValue(complaint.doctorID),
                ]), by: work, in: tx)
        return try refreshed(complaint.id, cause: "投诉已改", by: work, in: tx)
    }

    private static func refreshed(
        _ id: ID<Complaint>, cause: String, by work: Work, in tx: any WriteTransaction
    ) throws -> Complaint {
        let complaint = try ComplaintStore.get(id, clinic: work.clinic.id, in: tx)
        let name = try PatientStore.get(complaint.patientID, in: tx).name
        try Tasks.reconcile(
            ComplaintObligations.facts(
                complaint, patientName: name, cause: work.playbook.label(complaint.cause, in: .complaintCause),
                calendar: work.clinic.calendar),
            of: TaskSubject(.complaint, id), scope: ComplaintObligations.scope, cause: cause, by: work, in: tx)
        return complaint
    }
}
