import Kernel
import Storage

/// Registers who has come.
package enum Arrivals {
    /// What the desk states about an arrival.
    package struct Arrival: Hashable, Sendable {
        package var patientID: ID<Patient>
        /// nil: came without booking.
        package var appointmentID: ID<Appointment>?
        /// nil: the booked doctor, or not decided yet.
        package var doctorID: ID<Staff>?
        /// nil: the booked complaint.
        package var complaint: String?
        /// nil: as proposed.
        package var type: VisitType?
        /// Needed when `type` differs from the proposal (R2.28).
        package var typeReason: String?
        package var segment: String?
        package var emergency: String?
        /// Minutes told to the customer (R4.02); nil: nothing told yet.
        package var toldWaitMinutes: Int?
        /// The phone and address as read out to the customer (R1.04); nil: not asked.
        package var contact: Contact?

        package init(
            patientID: ID<Patient>, appointmentID: ID<Appointment>? = nil, doctorID: ID<Staff>? = nil,
            complaint: String? = nil, type: VisitType? = nil, typeReason: String? = nil, segment: String? = nil,
            emergency: String? = nil, toldWaitMinutes: Int? = nil, contact: Contact? = nil
        ) {
            self.patientID = patientID
            self.appointmentID = appointmentID
            self.doctorID = doctorID
            self.complaint = complaint
            self.type = type
            self.typeReason = typeReason
            self.segment = segment
            self.emergency = emergency
            self.toldWaitMinutes = toldWaitMinutes
            self.contact = contact
        }
    }

    /// As confirmed or corrected with the customer.
    package struct Contact: Hashable, Sendable {
        package let phone: String
        package let address: String
        package init(phone: String, address: String) {
            self.phone = phone
            self.address = address
        }
    }

    package struct Registered: Hashable, Sendable {
        package let visit: Visit
        /// "A021"
        package let ticket: String
    }

    /// Checks a customer in: visit, queue number, waiting clock, contact data, tasks — one action (R4.01, R1.04).
    ///
    /// - Throws: `ReceptionError`, `NotAllowed`, `NotFound`.
    package static func checkIn(_ arrival: Arrival, by work: Work, in tx: any WriteTransaction) throws -> Registered {
        let patient = try PatientStore.get(arrival.patientID, in: tx)
        let past = try VisitStore.pastTreatments(of: patient.id, in: tx)
        try work.actor.require(past.isEmpty || !work.actor.may(.checkInReturning) ? .checkIn : .checkInReturning)
        let appointment = try arrival.appointmentID.map { try bookedToday($0, patient.id, work, in: tx) }
        if let open = try VisitStore.findOpen(patient.id, clinic: work.clinic.id, day: work.today, in: tx) {
            throw try alreadyHere(open, work, in: tx)
        }
        let visit = try newVisit(arrival, patient, appointment, past, work, in: tx)
        try VisitStore.insert(visit, in: tx)
        let ticket = try issueTicket(visit, work, in: tx)
        try VisitFacts.record(.arrived, of: visit.id, by: work, in: tx)
        if let contact = arrival.contact {
            _ = try ContactCheck.confirm(
                patient.id, phone: contact.phone, address: contact.address, by: work, in: tx)
            try VisitStore.markContactChecked(visit.id, by: work.actor.id, at: work.now, in: tx)
        }
        if let appointment { try AppointmentTasks.reconcile(appointment, hasArrived: true, by: work, in: tx) }
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

    /// Tells the customer how long it will take (R4.02); more than the limit makes the offer of education due (R4.03).
    package static func tellWait(
        _ id: ID<Visit>, minutes: Int, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.callQueue)
        let visit = try open(id, work, in: tx)
        guard (0...600).contains(minutes) else { throw FormErrors("minutes", "请填写 0 到 600 之间的分钟数") }
        try VisitStore.setToldWait(visit.id, minutes: minutes, in: tx)
        try VisitTasks.reconcile(try VisitStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(
            Event("visit.waitTold", of: id, patient: visit.patientID, ["minutes": JSONValue(minutes)]), by: work, in: tx)
    }

    /// Decides or changes the doctor of a waiting customer.
    package static func assignDoctor(
        _ id: ID<Visit>, doctor: ID<Staff>, reason: String?, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.triage)
        let visit = try open(id, work, in: tx)
        let chosen = try StaffStore.get(doctor, in: tx)
        if let before = visit.doctorID, before != doctor, reason?.nonBlank == nil { throw ReceptionError.reasonNeeded }
        try VisitStore.setDoctor(id, doctor: chosen.id, in: tx)
        try Audit.append(
            Event(
                "visit.doctorChanged", of: id, patient: visit.patientID,
                ["from": JSONValue(visit.doctorID), "to": JSONValue(doctor), "reason": JSONValue(reason?.nonBlank)]),
            by: work, in: tx)
    }

    /// What the type of this visit would be, for the arrival form (R2.02).
    package static func proposal(
        patient: ID<Patient>, appointment: Appointment?, by work: Work, in tx: any ReadTransaction
    ) throws -> VisitTypeRules.Proposal {
        try propose(try VisitStore.pastTreatments(of: patient, in: tx), appointment, work, in: tx)
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
        if appointment.missed != nil { throw ReceptionError.appointmentClosed(state: "已记为爽约") }
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
        let proposal = try propose(past, appointment, work, in: tx)
        let type = arrival.type ?? proposal.type
        if type != proposal.type, arrival.typeReason?.nonBlank == nil {
            throw FormErrors("typeReason", "就诊类型与系统建议（\(proposal.type.label)）不同，请写明原因")
        }
        guard let complaint = arrival.complaint?.nonBlank ?? appointment?.complaint.nonBlank else {
            throw FormErrors("complaint", "请填写哪里不舒服，或这次来做什么")
        }
        return Visit(
            id: work.newID(), clinicID: work.clinic.id, businessDay: work.today, patientID: patient.id,
            appointmentID: appointment?.id, doctorID: arrival.doctorID ?? appointment?.doctorID, type: type,
            proposedType: proposal.type, typeReason: arrival.typeReason?.nonBlank ?? proposal.reason,
            complaint: complaint, segment: arrival.segment, emergency: arrival.emergency,
            toldWaitMinutes: arrival.toldWaitMinutes, arrivedAt: work.now, seatedAt: nil, finishedAt: nil, leftAt: nil,
            outcome: nil, version: 1)
    }

    private static func propose(
        _ past: [VisitTypeRules.PastTreatment], _ appointment: Appointment?, _ work: Work, in tx: any ReadTransaction
    ) throws -> VisitTypeRules.Proposal {
        let items = appointment?.items ?? []
        let known = try ItemStore.list(ids: items.map(\.itemID), in: tx)
        return VisitTypeRules.propose(
            past: past, intended: items.map { ($0.itemID, $0.teeth) },
            orthodontic: known.contains { $0.category == .orthodontic }, today: work.today,
            gapMonths: work.playbook[.firstVisitGapMonths])
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
