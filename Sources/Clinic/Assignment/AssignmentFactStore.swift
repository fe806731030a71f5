import Kernel
import Storage

/// Reads what the rules of assignment look at, in about ten statements whatever the number of doctors.
enum AssignmentFactStore {
    /// What a request comes down to before doctors are looked at.
    struct Case {
        let items: [Item]
        /// Quarters of an hour.
        let units: Int
        let need: SpecialtyNeed?
        let treating: TreatingDoctor?
        let redo: Redo?
        let wish: DoctorWish
        let profiles: [DoctorProfile]
        let balances: [RotationBalance]
    }

    static func loadCase(
        _ request: AssignmentRequest, by work: Work, in tx: any ReadTransaction
    ) throws -> Case {
        let playbook = work.playbook
        let items = try ItemStore.list(ids: request.items.map(\.itemID), in: tx)
        let byID = Dictionary(items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let profiles = try DoctorProfileStore.list(clinic: work.clinic.id, in: tx)
        let here = Set(profiles.map(\.staffID))
        let complaint = ChiefComplaints.words(request.complaint, playbook)
        let units =
            request.units
            ?? ChiefComplaints.proposedUnits(
                items: request.items.compactMap { byID[$0.itemID] }, complaint: complaint, playbook: playbook)
        var treating: TreatingDoctor?
        var redo: Redo?
        var wish = request.wish
        if let patient = request.patientID {
            if let last = try AppointmentStore.treatingDoctor(of: patient, in: tx) {
                treating = TreatingDoctor(id: last.id, name: last.name, isHere: here.contains(last.id))
            }
            let teeth = Set(request.items.flatMap(\.teeth))
            if request.isRedo || !teeth.isEmpty {
                redo = WarrantyRules.redo(
                    try past(of: patient, here: here, by: work, in: tx), teeth: teeth, isRedo: request.isRedo,
                    today: work.today, months: playbook[.warrantyMonths], graceDays: playbook[.warrantyGraceDays])
            }
            wish = WishRules.merged(wish, standing: try PatientWishes.list(patient, in: tx))
        }
        return Case(
            items: items, units: units,
            need: SpecialtyRules.need(
                items: items, complaint: complaint, specialties: playbook.codes(.specialty),
                words: playbook.codes(.complaintWords)), treating: treating, redo: redo, wish: wish,
            profiles: profiles, balances: try RotationStore.balances(clinic: work.clinic.id, in: tx))
    }

    /// - Parameter availability: of the time asked; nil without one.
    static func facts(
        _ known: Case, availability: ((DoctorProfile) -> (Availability, ID<Chair>?))?, by work: Work
    ) -> AssignmentFacts {
        let accounts = Dictionary(known.balances.map { ($0.doctorID, $0) }, uniquingKeysWith: { first, _ in first })
        let here = Set(known.profiles.map(\.staffID))
        let start = RotationRules.calibrated(among: known.balances.filter { here.contains($0.doctorID) })
        let doctors = known.profiles.map { profile in
            let at = availability?(profile)
            let account = accounts[profile.staffID]
            return Candidate(
                profile: profile, availability: at?.0 ?? .free, chairID: at?.1, credit: account?.credit ?? start,
                taken: account?.taken ?? 0)
        }
        let playbook = work.playbook
        var gates = AssignmentFacts.Gates()
        func gate(_ rule: RuleID) -> AssignmentFacts.Gate { .init(playbook.level(of: rule), work.actor) }
        gates.sameDoctor = gate(.sameDoctor)
        gates.refusedWarranty = gate(.warrantyDoctorRefused)
        gates.warrantyGone = gate(.warrantyDoctorGone)
        gates.unannouncedRest = gate(.unnotifiedRestDay)
        gates.dissatisfied = gate(.dissatisfiedDoctorChange)
        return AssignmentFacts(
            doctors: doctors, treating: playbook.level(of: .sameDoctor) == .off ? nil : known.treating,
            redo: known.redo, need: known.need, wish: known.wish,
            specialtyFirst: playbook[.appointmentDoctorPrecedence] == "specialtyFirst", gates: gates)
    }

    /// Treatments of teeth, newest first; examinations, pictures and goods never fail.
    static func past(
        of patient: ID<Patient>, here: Set<ID<Staff>>, by work: Work, in tx: any ReadTransaction
    ) throws -> [WarrantyRules.Past] {
        try tx.rows(
            """
            SELECT t.tooth, t.business_day, t.doctor_id, t.warranty_until, s.name AS doctor_name, i.name AS item_name
            FROM tooth_treatment t
            JOIN staff s ON s.id = t.doctor_id
            JOIN item i ON i.id = t.item_id
            WHERE t.patient_id = \(patient)
                AND i.is_xray = 0
                AND i.is_retail = 0
                AND COALESCE(i.item_group, '') NOT IN ('exam', 'imaging', 'goods')
            ORDER BY t.business_day DESC, t.id DESC
            LIMIT 100
            """
        ).map {
            let doctor: ID<Staff> = try $0.id("doctor_id")
            return WarrantyRules.Past(
                tooth: Tooth(try $0.int("tooth")), day: try $0.day("business_day"), doctorID: doctor,
                doctorName: try $0.text("doctor_name"), isHere: here.contains(doctor),
                itemName: try $0.text("item_name"), warrantyUntil: try $0.dayIfAny("warranty_until"))
        }
    }
}
