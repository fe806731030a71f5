import Kernel
import Storage

/// What is decided or corrected while a customer is here.
extension Arrivals {
    /// Tells the customer how long it will take (R4.02); more than the limit makes the offer of education due (R4.03).
    package static func tellWait(
        _ id: ID<Visit>, minutes: Int, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.callQueue)
        let visit = try open(id, work, in: tx)
        guard waitRange.contains(minutes) else { throw FormErrors("minutes", "请填写 0 到 600 之间的分钟数") }
        try VisitStore.setToldWait(visit.id, minutes: minutes, in: tx)
        try ToldWaits.record(visit, minutes: minutes, by: work, in: tx)
        try VisitTasks.reconcile(try VisitStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(
            Event("visit.waitTold", of: id, patient: visit.patientID, ["minutes": JSONValue(minutes)]), by: work, in: tx
        )
    }

    /// Decides or changes the doctor of a waiting customer.
    /// - Parameter isGuided: a special case led to this doctor; nobody decided against a proposal (R2.28).
    package static func assignDoctor(
        _ id: ID<Visit>, doctor: ID<Staff>, reason: String?, isGuided: Bool = false, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.triage)
        let visit = try open(id, work, in: tx)
        guard let chosen = try StaffStore.findDoctor(doctor, clinic: work.clinic.id, in: tx) else {
            throw FormErrors("doctor", "请从列出的医生中选一位")
        }
        if let before = visit.doctorID, before != doctor, reason?.nonBlank == nil,
            work.playbook.demands(.overrideReasonGiven)
        {
            throw ReceptionError.reasonNeeded
        }
        if let before = visit.doctorID, before != doctor, !isGuided {
            try TriageOverrides.record(
                .doctor, of: visit, proposed: before.text, chosen: doctor.text, reason: reason, by: work, in: tx)
        }
        try VisitStore.setDoctor(id, doctor: chosen.id, in: tx)
        if doctor != visit.doctorID { try ArrivalNotices.noticeAgain(id, by: work, in: tx) }
        // The booked doctor does not work today: with another one the red booking is settled (R2.17).
        if let booking = visit.appointmentID, doctor != visit.doctorID {
            try Displacements.settleArrived(booking, by: work, in: tx)
        }
        try Audit.append(
            Event(
                "visit.doctorChanged", of: id, patient: visit.patientID,
                ["from": JSONValue(visit.doctorID), "to": JSONValue(doctor), "reason": JSONValue(reason?.nonBlank)]),
            by: work, in: tx)
    }

    /// Changes the type of a visit after the arrival, with a reason; audited and counted (R2.28).
    package static func changeType(
        _ id: ID<Visit>, to type: VisitType, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.triage)
        let visit = try open(id, work, in: tx)
        if reason.nonBlank == nil, work.playbook.demands(.overrideReasonGiven) { throw ReceptionError.reasonNeeded }
        if type != visit.type {
            try TriageOverrides.record(
                .type, of: visit, proposed: visit.type.rawValue, chosen: type.rawValue, reason: reason, by: work,
                in: tx)
        }
        let reason = reason.nonBlank ?? noReason
        try VisitStore.setType(id, type: type, reason: reason, in: tx)
        try Audit.append(
            Event(
                "visit.typeChanged", of: id, patient: visit.patientID,
                ["from": .text(visit.type.rawValue), "to": .text(type.rawValue), "reason": .text(reason)]),
            by: work, in: tx)
    }

    /// Marks an emergency, or takes the mark back: the customer stands before everybody, the supervisor is told at once
    /// (R2.09).
    /// - Parameter code: of list `emergency`; nil: none after all.
    /// - Throws: `FormErrors` (emergency), `ReceptionError`, `NotFound`, `NotAllowed`.
    package static func setEmergency(
        _ id: ID<Visit>, code: String?, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.triage)
        let visit = try open(id, work, in: tx)
        if let code, !work.playbook.codes(.emergency).contains(where: { $0.code == code }) {
            throw FormErrors("emergency", "请从列出的急诊类别中选一项")
        }
        guard visit.emergency != code else { return }
        try VisitStore.setEmergency(id, code: code, in: tx)
        try VisitTasks.reconcile(try VisitStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(
            Event(
                "visit.emergencySet", of: id, patient: visit.patientID,
                ["from": JSONValue(visit.emergency), "to": JSONValue(code)]), by: work, in: tx)
    }
}
