import Kernel
import Storage

/// What follows from the decision of a case.
extension Cases {
    static func close(
        _ c: VisitCase, _ decision: Decision, _ work: Work, in tx: any WriteTransaction
    ) throws -> VisitCase {
        let visit = try VisitStore.get(c.visitID, clinic: work.clinic.id, in: tx)
        try checkNeed(decision)
        var closing = VisitCase.Closing(
            outcome: decision.outcome, doctorID: nil, appointmentID: nil, day: nil, note: decision.note?.nonBlank,
            at: work.now, by: work.actor.id)
        switch decision.outcome {
        case .mainDoctor, .otherDoctor:
            let doctor = decision.outcome == .mainDoctor ? c.doctorID ?? visit.doctorID : decision.doctorID
            guard let doctor else { throw FormErrors("doctor", "请选由哪位医生看") }
            try assign(doctor, to: visit, for: c, work, in: tx)
            closing = closing.with(doctor: doctor)
        case .booked:
            guard let slot = decision.slot else { throw FormErrors("slot", "请选一个时间") }
            let booked = try book(slot, for: visit, c, work, in: tx)
            closing = closing.with(doctor: slot.doctorID, appointment: booked.id)
            try settleDisplaced(visit, work, in: tx)
        case .callback:
            try settleDisplaced(visit, work, in: tx)
            closing = closing.with(day: try returnDay(of: c.doctorID, work, in: tx))
        case .unmet:
            try noteUnmetWish(visit, c, work, in: tx)
        default: break
        }
        guard try CaseStore.close(c.id, closing, in: tx) else { throw CaseError.alreadyClosed(outcome: "已处理") }
        let after = try CaseStore.get(c.id, clinic: work.clinic.id, in: tx)
        try reconcile(after, visit, isHere: true, cause: "已另行处理", work, in: tx)
        try Audit.append(
            Event(
                "case.closed", of: c.id, patient: visit.patientID,
                [
                    "kind": .text(c.kind.rawValue), "outcome": .text(decision.outcome.rawValue),
                    "doctor": JSONValue(closing.doctorID), "appointment": JSONValue(closing.appointmentID),
                    "day": JSONValue(closing.day), "note": JSONValue(closing.note),
                ]), by: work, in: tx)
        return after
    }

    /// The customer leaves: what nobody decided ends with that, and nobody is sent to somebody who is gone. Callbacks and
    /// the companion's follow-up stay.
    package static func settleLeaving(_ id: ID<Visit>, by work: Work, in tx: any WriteTransaction) throws {
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        for c in try CaseStore.list(of: id, in: tx) {
            var ended = c
            if c.isOpen {
                let outcome: VisitCase.Outcome = visit.seatedAt == nil ? .left : .accepted
                let closing = VisitCase.Closing(
                    outcome: outcome, doctorID: visit.doctorID, appointmentID: nil, day: nil, note: "离开时没有另作决定",
                    at: work.now, by: work.actor.id)
                _ = try CaseStore.close(c.id, closing, in: tx)
                ended = try CaseStore.get(c.id, clinic: work.clinic.id, in: tx)
            }
            try reconcile(ended, visit, isHere: false, cause: "客人已离开", work, in: tx)
        }
        try VisitRequests.settleLeaving(visit, by: work, in: tx)
    }

    private static func reconcile(
        _ c: VisitCase, _ visit: Visit, isHere: Bool, cause: String, _ work: Work, in tx: any WriteTransaction
    ) throws {
        let patient = try PatientStore.get(visit.patientID, in: tx)
        let doctor = try (c.closed?.doctorID ?? c.doctorID).flatMap { try StaffStore.names([$0], in: tx)[$0] }
        let later = try AppointmentStore.nextOfPatient(visit.patientID, from: visit.businessDay.adding(days: 1), in: tx)
        try Tasks.reconcile(
            CaseObligations.facts(
                c, patient: visit.patientID, label: [patient.name, doctor].compactMap(\.self).joined(separator: " · "),
                isHere: isHere, hasLaterBooking: later != nil, calendar: work.clinic.calendar),
            of: TaskSubject(.visitCase, c.id), scope: CaseObligations.scope, cause: cause, by: work, in: tx)
    }

    private static func checkNeed(_ decision: Decision) throws(FormErrors) {
        if let note = decision.note, note.count > 200 { throw FormErrors("note", "最多 200 个字") }
        switch CaseRules.needs(decision.outcome) {
        case .doctor where decision.doctorID == nil: throw FormErrors("doctor", "请选由哪位医生看")
        case .slot where decision.slot == nil: throw FormErrors("slot", "请选一个时间")
        case .note where decision.note?.nonBlank == nil: throw FormErrors("note", "请写一句说明")
        default: return
        }
    }

    private static func assign(
        _ doctor: ID<Staff>, to visit: Visit, for c: VisitCase, _ work: Work, in tx: any WriteTransaction
    ) throws {
        guard visit.doctorID != doctor else { return }
        try Arrivals.assignDoctor(visit.id, doctor: doctor, reason: c.kind.label, isGuided: true, by: work, in: tx)
    }

    private static func book(
        _ slot: Slot, for visit: Visit, _ c: VisitCase, _ work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        let own = try visit.appointmentID.flatMap {
            try AppointmentStore.find($0, clinic: work.clinic.id, in: tx)
        }
        return try Booking.place(
            PlaceAppointment(
                patientID: visit.patientID, day: slot.day, start: slot.start, units: slot.units,
                doctorID: slot.doctorID, chairID: slot.chairID, complaint: visit.complaint, items: own?.items ?? [],
                channel: "onSpot", deskReason: c.kind.deskReason, remark: "\(c.kind.label)，到店后改约",
                doctorChangeReason: slot.doctorID == visit.doctorID ? nil : "customerWish"), by: work, in: tx)
    }

    /// The booking that lost its doctor is answered: the customer was here and comes again (R2.17, R3.34).
    private static func settleDisplaced(_ visit: Visit, _ work: Work, in tx: any WriteTransaction) throws {
        guard let booking = visit.appointmentID else { return }
        try Displacements.settleArrived(booking, by: work, in: tx)
    }

    /// The first day after today on which the expert works; PD the next day when the roster names none (R2.18).
    static func returnDay(of doctor: ID<Staff>?, _ work: Work, in tx: any ReadTransaction) throws -> Day {
        let usual = work.today.adding(days: work.playbook[.expertCallbackDays])
        guard let doctor else { return usual }
        let (first, last) = (work.today.adding(days: 1), work.today.adding(days: 28))
        let roster = try RosterStore.load(clinic: work.clinic.id, staff: doctor, from: first, to: last, in: tx)
        return ReturnRules.firstDay(of: doctor, from: first, to: last, roster) ?? usual
    }

    /// R2.20: the wish that could not be met stays with the booking, where the assignment logs it too.
    private static func noteUnmetWish(
        _ visit: Visit, _ c: VisitCase, _ work: Work, in tx: any WriteTransaction
    ) throws {
        guard let booking = visit.appointmentID else { return }
        try BookingNotes.add(.wishUnmet, detail: c.why, to: booking, by: work, in: tx)
    }
}

extension VisitCase.Kind {
    /// Code of list `onSpotBooking`: why a time is booked at the desk (R3.07).
    var deskReason: String {
        switch self {
        case .untoldChange, .expertAbsent: "doctorOff"
        case .expertBusy, .unwilling: "waitTooLong"
        case .orthodonticPlan, .postOperative: "agreedReturn"
        default: "tooMany"
        }
    }
}

extension VisitCase.Closing {
    func with(doctor: ID<Staff>? = nil, appointment: ID<Appointment>? = nil, day: Day? = nil) -> Self {
        VisitCase.Closing(
            outcome: outcome, doctorID: doctor ?? doctorID, appointmentID: appointment ?? appointmentID,
            day: day ?? self.day, note: note, at: at, by: by)
    }
}

/// When somebody is back. Pure.
package enum ReturnRules {
    package static func firstDay(of doctor: ID<Staff>, from first: Day, to last: Day, _ roster: RosterFacts) -> Day? {
        (first.number...max(first.number, last.number)).lazy.map(Day.init(number:)).first {
            !RosterRules.spans(of: doctor, on: $0, roster).isEmpty
        }
    }
}
