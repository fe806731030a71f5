import Kernel
import Storage

/// Registers referrals and says what is not clear about them (R3.54).
package enum Referrals {
    package static let capabilities: [Capability] = [.leadIn, .enterCharges, .closeVisit]

    package enum Change: String, Sendable, CaseIterable {
        case noCharge, noNext, cancelled
    }

    /// A referral with both doctors' parts.
    package struct Entry: Hashable, Sendable {
        package let referral: Referral
        package let patientName: String
        package let mainDoctor: String
        package let helper: String
        package let parts: [ReferralPart]
        package var unclear: [String] { ReferralRules.unclear(parts) }
    }

    /// - Throws: `FormErrors` (helper, words), `NotFound`, `NotAllowed`.
    @discardableResult
    package static func record(
        _ visit: ID<Visit>, helper: ID<Staff>, words: String, by work: Work, in tx: any WriteTransaction
    ) throws -> Referral {
        try require(work)
        let visit = try VisitStore.get(visit, clinic: work.clinic.id, in: tx)
        guard let main = visit.doctorID else { throw FormErrors("helper", "还没有接诊医生，请先在接待页选定医生") }
        try ReferralRules.check(main: main, helper: helper, words: words)
        guard try StaffStore.findDoctor(helper, clinic: work.clinic.id, in: tx) != nil else { throw NotFound("医生") }
        let known = try ReferralStore.list(visit: visit.id, clinic: work.clinic.id, in: tx)
        if known.contains(where: { $0.helperID == helper }) { throw FormErrors("helper", "已经登记过转给这位医生") }
        let referral = Referral(
            id: work.newID(), visitID: visit.id, patientID: visit.patientID, day: visit.businessDay, mainDoctorID: main,
            helperID: helper, words: words.trimmed, recorded: Appointment.Mark(at: work.now, by: work.actor.id),
            noCharge: false, noNext: false)
        try ReferralStore.insert(referral, clinic: work.clinic.id, in: tx)
        try Audit.append(
            Event(
                "visit.referred", of: visit.id, patient: visit.patientID,
                ["main": JSONValue(main), "helper": JSONValue(helper), "words": .text(referral.words)]), by: work,
            in: tx)
        return referral
    }

    /// Nothing to charge, no further visit, or registered by mistake.
    package static func change(
        _ id: ID<Referral>, of visit: ID<Visit>, _ change: Change, by work: Work, in tx: any WriteTransaction
    ) throws {
        try require(work)
        let all = try ReferralStore.list(visit: visit, clinic: work.clinic.id, in: tx)
        guard let referral = all.first(where: { $0.id == id }) else { throw NotFound("转诊") }
        try ReferralStore.update(id, change, at: work.now, in: tx)
        try Audit.append(
            Event(
                "visit.referralChanged", of: visit, patient: referral.patientID,
                ["referral": JSONValue(id), "change": .text(change.rawValue)]), by: work, in: tx)
    }

    package static func list(
        visit: ID<Visit>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [Entry] {
        try entries(try ReferralStore.list(visit: visit, clinic: clinic, in: tx), in: tx)
    }

    /// Referrals of a day that are not clear: they stand against closing it.
    package static func listUnclear(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [Entry] {
        try entries(try ReferralStore.list(clinic: clinic, day: day, in: tx), in: tx).filter { !$0.unclear.isEmpty }
    }

    private static func entries(_ referrals: [Referral], in tx: any ReadTransaction) throws -> [Entry] {
        guard !referrals.isEmpty else { return [] }
        let staff = try StaffStore.names(Set(referrals.flatMap { [$0.mainDoctorID, $0.helperID] }), in: tx)
        return try referrals.map { r in
            let charged = try ReferralStore.chargedDoctors(r.visitID, in: tx)
            let later = try ReferralStore.laterDoctors(of: r.patientID, after: r.day, in: tx)
            let sheet = try ChargeSheetStore.find(visit: r.visitID, in: tx)
            let main = ReferralPart(
                doctor: staff[r.mainDoctorID] ?? "", hasCharges: charged.contains(r.mainDoctorID),
                hasNext: later.contains(r.mainDoctorID) || sheet?.advice == NextVisitAdvice.none)
            let helper = ReferralPart(
                doctor: staff[r.helperID] ?? "", hasCharges: r.noCharge || charged.contains(r.helperID),
                hasNext: r.noNext || later.contains(r.helperID))
            return Entry(
                referral: r, patientName: try PatientStore.get(r.patientID, in: tx).name, mainDoctor: main.doctor,
                helper: helper.doctor, parts: [main, helper])
        }
    }

    private static func require(_ work: Work) throws(NotAllowed) {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .leadIn) }
    }
}
