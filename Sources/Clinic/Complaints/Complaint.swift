import Kernel

/// An unhappy customer, as taken in (R9.01): who, about whom, what happened, who received it and until when an answer is
/// promised. The handling grows from here.
package struct Complaint: Hashable, Sendable {
    package let id: ID<Complaint>
    package let clinicID: ID<ClinicSite>
    package let patientID: ID<Patient>
    /// `visit`, `appointment` and `doctor`: what it is about, as far as known.
    package let visitID: ID<Visit>?
    package let appointmentID: ID<Appointment>?
    package let doctorID: ID<Staff>?
    /// Phone or another way to answer (R9.02).
    package let contact: String
    /// Treatment situation (R9.02).
    package let situation: String
    package let content: String
    /// Code of list `complaintChannel`.
    package let channel: String
    /// Code of list `complaintLevel`.
    package let level: String
    /// Code of list `complaintCause`.
    package let cause: String
    package let received: Stamp
    /// Until when the customer gets the first answer (R9.05).
    package let answerBy: Timestamp
    /// To the director of the clinic (R2.22); nil: not yet.
    package let reported: Report?
    package let closed: Closing?
    package let version: Int

    package struct Stamp: Hashable, Sendable {
        package let at: Timestamp
        package let by: ID<Staff>
    }

    package struct Report: Hashable, Sendable {
        package let stamp: Stamp
        /// Name or office, as said.
        package let to: String
    }

    package struct Closing: Hashable, Sendable {
        package let stamp: Stamp
        package let result: String
    }

    package var isOpen: Bool { closed == nil }
    /// R9.03
    package var isMajor: Bool { level == "major" }
    /// The customer leaves a doctor: the doctors' supervisor and the director are told at once (R3.60, R2.22).
    package var needsReport: Bool { [ComplaintCause.warrantyRefusal, ComplaintCause.doctorChange].contains(cause) }
}

/// Codes of list `complaintCause` that rules ask for.
package enum ComplaintCause {
    package static let doctorChange = "doctorChange"
    package static let warrantyRefusal = "warrantyRefusal"
}

/// What the receiver writes down.
package struct ReceiveComplaint: Hashable, Sendable {
    package var patientID: ID<Patient>
    package var visitID: ID<Visit>?
    package var appointmentID: ID<Appointment>?
    package var doctorID: ID<Staff>?
    package var contact: String
    package var situation: String
    package var content: String
    package var channel: String
    package var level: String
    package var cause: String
    package var causeNote: String?

    package init(
        patientID: ID<Patient>, visitID: ID<Visit>? = nil, appointmentID: ID<Appointment>? = nil,
        doctorID: ID<Staff>? = nil,
        contact: String, situation: String, content: String, channel: String, level: String, cause: String,
        causeNote: String? = nil
    ) {
        self.patientID = patientID
        self.visitID = visitID
        self.appointmentID = appointmentID
        self.doctorID = doctorID
        self.contact = contact
        self.situation = situation
        self.content = content
        self.channel = channel
        self.level = level
        self.cause = cause
        self.causeNote = causeNote
    }
}

/// The rules of taking a complaint in. Pure.
package enum ComplaintRules {
    /// R9.01, R9.02: contact, treatment situation and content are always taken; the codes come from their lists.
    package static func check(_ command: ReceiveComplaint, _ playbook: Playbook) throws(FormErrors) {
        var faults = FormErrors()
        if command.contact.nonBlank == nil { faults.add("contact", "请填写联系方式，没有电话就写怎样能找到客人") }
        if command.situation.nonBlank == nil { faults.add("situation", "请填写治疗情况，例如做了什么、什么时候") }
        if command.content.nonBlank == nil { faults.add("content", "请用客人的话写下投诉内容") }
        if playbook.code(command.channel, in: .complaintChannel) == nil { faults.add("channel", "请选择投诉渠道") }
        if playbook.code(command.level, in: .complaintLevel) == nil { faults.add("level", "请选择级别") }
        if let cause = playbook.code(command.cause, in: .complaintCause) {
            if cause.needsNote, command.causeNote?.nonBlank == nil { faults.add("causeNote", "选“其他”时请写一句说明") }
        } else {
            faults.add("cause", "请选择原因")
        }
        try faults.throwIfAny()
    }

    /// R9.05: until when the customer hears from somebody.
    package static func answerBy(_ receivedAt: Timestamp, _ playbook: Playbook) -> Timestamp {
        receivedAt.adding(hours: playbook[.complaintFirstResponseHours])
    }

    /// R2.22: whether another doctor may be assigned to a warranty case.
    package enum RefusalState: Hashable, Sendable {
        /// Nothing was written down.
        case none
        /// Written down, the director does not know yet.
        case unreported
        case reported
    }

    package static func refusal(_ complaints: [Complaint]) -> RefusalState {
        let refusals = complaints.filter { $0.isOpen && $0.cause == ComplaintCause.warrantyRefusal }
        if refusals.isEmpty { return .none }
        return refusals.contains { $0.reported != nil } ? .reported : .unreported
    }

    /// What the assignment of another doctor asks for (R2.22, R3.60): a refusal under warranty reported, or anger written
    /// down.
    package static func isRecorded(_ complaints: [Complaint]) -> Bool {
        refusal(complaints) == .reported
            || complaints.contains { $0.isOpen && $0.cause == ComplaintCause.doctorChange }
    }
}

/// Which work a complaint makes due. Pure.
package enum ComplaintObligations {
    package static let scope: Set<TaskRule.Fact> = [.complaintReceived, .complaintMajor, .complaintUnreported]

    package static func facts(
        _ c: Complaint, patientName: String, cause: String, calendar: ClinicCalendar
    ) -> [TaskFact] {
        guard c.isOpen else { return [] }
        let subject = TaskSubject(.complaint, c.id)
        func fact(_ kind: TaskRule.Fact, at anchor: Timestamp) -> TaskFact {
            TaskFact(
                kind, of: subject, anchor: anchor, anchorDay: calendar.businessDay(of: anchor), patientID: c.patientID,
                holding: [.stillOpen], recorder: c.received.by, treatingDoctor: c.doctorID,
                reason: "\(cause) · \(patientName)")
        }
        var facts = [fact(.complaintReceived, at: c.answerBy)]
        if c.isMajor { facts.append(fact(.complaintMajor, at: c.received.at)) }
        if c.needsReport, c.reported == nil { facts.append(fact(.complaintUnreported, at: c.received.at)) }
        return facts
    }
}
