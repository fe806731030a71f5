import Kernel
import Storage

/// Registers who has come.
package enum Arrivals {
    /// Checks a customer in: visit, queue number, waiting clock, contact data, tasks — one action (R4.01, R1.04).
    ///
    /// - Throws: `ReceptionError`, `MergedFile`, `NotAllowed`, `NotFound`.
    package static func checkIn(_ arrival: Arrival, by work: Work, in tx: any WriteTransaction) throws -> Registered {
        let patient = try PatientStore.claimLiving(arrival.patientID, in: tx)
        let past = try VisitStore.pastTreatments(of: patient.id, in: tx)
        try work.actor.require(past.isEmpty || !work.actor.may(.checkInReturning) ? .checkIn : .checkInReturning)
        let appointment = try arrival.appointmentID.map { try bookedToday($0, patient.id, work, in: tx) }
        if let open = try VisitStore.findOpen(patient.id, clinic: work.clinic.id, day: work.today, in: tx) {
            throw try alreadyHere(open, work, in: tx)
        }
        try DoorCheck.require(of: patient.id, by: work, in: tx)
        let visit = try newVisit(arrival, patient, appointment, past, work, in: tx)
        try VisitStore.insert(visit, in: tx)
        try TriageAnswerStore.save(arrival.answers, of: visit.id, by: work, in: tx)
        try recordOverrides(visit, arrival, appointment, work, in: tx)
        let ticket = try issueTicket(visit, work, in: tx)
        try ToldWaits.record(
            visit, minutes: visit.toldWaitMinutes, estimated: arrival.estimatedWaitMinutes, by: work, in: tx)
        try VisitFacts.record(.arrived, of: visit.id, detail: answers(arrival), by: work, in: tx)
        if let contact = arrival.contact {
            _ = try ContactCheck.confirm(
                patient.id, phone: contact.phone, address: contact.address, by: work, in: tx)
            try VisitStore.markContactChecked(visit.id, by: work.actor.id, at: work.now, in: tx)
        }
        if let appointment { try AppointmentTasks.reconcile(appointment, hasArrived: true, by: work, in: tx) }
        try ExpectedVisits.settle(patient.id, .came, by: work, in: tx)
        try VisitTasks.reconcile(visit, by: work, in: tx)
        try Audit.append(
            Event(
                "visit.arrived", of: visit.id, patient: patient.id,
                [
                    "type": .text(visit.type.rawValue), "proposed": .text(visit.proposedType.rawValue),
                    "ticket": .text(ticket), "appointment": JSONValue(visit.appointmentID),
                    "doctor": JSONValue(visit.doctorID), "emergency": JSONValue(visit.emergency),
                ]),
            by: work, in: tx)
        return Registered(visit: visit, ticket: ticket)
    }

    /// What the type of this visit would be, for the arrival form (R2.02).
    package static func proposal(
        patient: ID<Patient>, appointment: Appointment?, isInquiring: Bool = false, tooth: Tooth? = nil,
        complaint: String? = nil, by work: Work, in tx: any ReadTransaction
    ) throws -> VisitTypeRules.Proposal {
        try propose(
            try VisitStore.pastTreatments(of: patient, in: tx), appointment, isInquiring: isInquiring, tooth: tooth,
            complaint: complaint, work, in: tx)
    }

    // MARK: Parts

    static func open(_ id: ID<Visit>, _ work: Work, in tx: any ReadTransaction) throws -> Visit {
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        if let left = visit.leftAt { throw ReceptionError.alreadyLeft(at: work.clinic.calendar.clockText(left)) }
        return visit
    }

    private static func bookedToday(
        _ id: ID<Appointment>, _ patient: ID<Patient>, _ work: Work, in tx: any ReadTransaction
    ) throws -> Appointment {
        let appointment = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
        guard appointment.patientID == patient else { throw NotFound("预约") }
        if appointment.cancellation != nil { throw ReceptionError.appointmentClosed(state: "已取消") }
        guard appointment.day == work.today else {
            throw ReceptionError.notToday(day: appointment.day.monthDayText)
        }
        if let visit = try VisitStore.find(appointment: id, in: tx) { throw try alreadyHere(visit, work, in: tx) }
        return appointment
    }

    private static func newVisit(
        _ arrival: Arrival, _ patient: Patient, _ appointment: Appointment?,
        _ past: [VisitTypeRules.PastTreatment], _ work: Work, in tx: any ReadTransaction
    ) throws -> Visit {
        try check(arrival, work, in: tx)
        let proposal = try propose(
            past, appointment, isInquiring: arrival.isInquiring, tooth: arrival.tooth, complaint: arrival.complaint,
            work,
            in: tx)
        let type = arrival.type ?? proposal.type
        if type == .exempt, arrival.answers.exempt == nil, work.playbook.demands(.exemptReasonGiven) {
            throw ReceptionError.exemptReasonNeeded
        }
        if type != proposal.type, arrival.typeReason?.nonBlank == nil, work.playbook.demands(.overrideReasonGiven) {
            throw FormErrors("typeReason", "就诊类型与系统建议（\(proposal.type.label)）不同，请写明原因")
        }
        guard var complaint = arrival.complaint?.nonBlank ?? appointment?.complaint.nonBlank else {
            throw FormErrors("complaint", "请填写哪里不舒服，或这次来做什么")
        }
        guard complaint.count <= 200 else { throw FormErrors("complaint", "最多 200 个字") }
        if let tooth = arrival.tooth { complaint += "（牙位 \(tooth)）" }
        return Visit(
            id: work.newID(), clinicID: work.clinic.id, businessDay: work.today, patientID: patient.id,
            appointmentID: appointment?.id, doctorID: arrival.doctorID ?? appointment?.doctorID, type: type,
            proposedType: proposal.type,
            typeReason: arrival.typeReason?.nonBlank ?? (type == proposal.type ? proposal.reason : noReason),
            complaint: complaint, segment: arrival.segment, emergency: arrival.emergency,
            toldWaitMinutes: arrival.toldWaitMinutes, arrivedAt: work.now, seatedAt: nil, finishedAt: nil, leftAt: nil,
            outcome: nil, version: 1)
    }

    private static func propose(
        _ past: [VisitTypeRules.PastTreatment], _ appointment: Appointment?, isInquiring: Bool, tooth: Tooth?,
        complaint: String?, _ work: Work, in tx: any ReadTransaction
    ) throws -> VisitTypeRules.Proposal {
        let items = appointment?.items ?? []
        let known = try ItemStore.list(ids: items.map(\.itemID), in: tx)
        let words = complaint?.nonBlank ?? appointment?.complaint ?? ""
        let asksOrthodontics = items.isEmpty && ChiefComplaints.find(words, work.playbook)?.code == "orthodontics"
        return VisitTypeRules.propose(
            past: past, intended: items.map { ($0.itemID, $0.teeth) }, named: tooth.map { [$0] } ?? [],
            orthodontic: asksOrthodontics || known.contains { $0.category == .orthodontic }, isInquiring: isInquiring,
            today: work.today, gapMonths: work.playbook[.firstVisitGapMonths])
    }

    /// Answers of closed lists are codes of the playbook; the doctor works here.
    private static func check(_ arrival: Arrival, _ work: Work, in tx: any ReadTransaction) throws {
        var faults = FormErrors()
        func isKnown(_ code: String?, _ list: CodeList) -> Bool {
            code.map { code in work.playbook.codes(list).contains { $0.code == code } } ?? true
        }
        if !isKnown(arrival.emergency, .emergency) { faults.add("emergency", "请从列出的急诊类别中选一项") }
        if !isKnown(arrival.segment, .demandSegment) { faults.add("segment", "请从列出的来意中选一项") }
        if let minutes = arrival.toldWaitMinutes, !waitRange.contains(minutes) {
            faults.add("toldWait", "请填写 0 到 600 之间的分钟数")
        }
        if let doctor = arrival.doctorID, try StaffStore.findDoctor(doctor, clinic: work.clinic.id, in: tx) == nil {
            faults.add("doctor", "请从列出的医生中选一位")
        }
        arrival.answers.check(work.playbook, &faults)
        try faults.throwIfAny()
    }

    /// What somebody decided against the proposal, for the counts (R2.28).
    private static func recordOverrides(
        _ visit: Visit, _ arrival: Arrival, _ appointment: Appointment?, _ work: Work, in tx: any WriteTransaction
    ) throws {
        if visit.type != visit.proposedType {
            try TriageOverrides.record(
                .type, of: visit, proposed: visit.proposedType.rawValue, chosen: visit.type.rawValue,
                reason: arrival.typeReason, by: work, in: tx)
        }
        if let booked = appointment?.doctorID, let chosen = arrival.doctorID, chosen != booked {
            try TriageOverrides.record(
                .doctor, of: visit, proposed: booked.text, chosen: chosen.text, reason: arrival.typeReason, by: work,
                in: tx)
        }
    }

    /// Stands where somebody changed what was proposed and wrote no reason; counted as such (R2.28).
    static let noReason = "没有写原因"

    /// Minutes that may be told to a customer.
    static let waitRange = 0...600

    /// What the customer answered at the desk, for the record of the arrival (R2.08).
    private static func answers(_ arrival: Arrival) -> String? {
        arrival.saysFirstTime.map { $0 ? "客人说第一次来" : "客人说以前来过" }
    }

    private static func issueTicket(_ visit: Visit, _ work: Work, in tx: any WriteTransaction) throws -> String {
        let number = try Counters.next("queue:\(visit.businessDay.iso)", clinic: visit.clinicID, in: tx)
        try QueueStore.insert(
            id: work.newID(), visit: visit, number: number,
            rankReason: visit.emergency.map { code in
                "急诊：" + (work.playbook.codes(.emergency).first { $0.code == code }?.label ?? code)
            },
            now: work.now, in: tx)
        return QueueTicket.label(Int(number), isEmergency: visit.emergency != nil)
    }

    private static func alreadyHere(
        _ visit: Visit, _ work: Work, in tx: any ReadTransaction
    ) throws -> ReceptionError {
        let ticket = try QueueStore.findLast(visit.id, in: tx)
        return .alreadyHere(
            visit: visit.id, since: work.clinic.calendar.clockText(visit.arrivedAt),
            ticket: ticket.map { QueueTicket.label($0.number, isEmergency: visit.emergency != nil) })
    }
}
