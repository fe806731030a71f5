import Kernel

/// Customers who belong to nobody yet: wishes, specialists, rotation (R3.15, R3.18, R3.19, R2.27).
extension AssignmentRules.Deciding {
    /// - Parameters:
    ///   - first: reasons said before all others.
    ///   - fixed: the rule that is stored whoever is taken; nil: of how the doctor was found.
    mutating func open(reasons first: [AssignmentReason], as fixed: DoctorRule? = nil) {
        guard let eligible = wished(first) else { return }
        let (doctors, reasons, rule) = eligible
        let stored = fixed ?? rule
        let need = facts.need.flatMap { facts.specialtyFirst || $0.isTwoStep ? $0 : nil }
        if let need {
            bySpecialty(need, doctors, reasons, stored)
        } else {
            inTurn(doctors.filter(\.profile.takesRotation), reasons, stored)
        }
        offeredFirst()
        if ranking.ranked.isEmpty, ranking.nobody == nil { ranking.nobody = nobody(doctors) }
    }

    /// Who is as the customer asks, with what is to be said about it; nil when a must cannot be met.
    private mutating func wished(
        _ first: [AssignmentReason]
    ) -> ([Candidate], [AssignmentReason], DoctorRule?)? {
        // The doctor whose customer it was is out of the question by now.
        let others = pool.filter { $0.id != original?.id }
        guard facts.wish.hasTraits else { return (others, first, nil) }
        let fitting = others.filter(fits)
        let met = [AssignmentReason(.wishMet, "符合客人要求：\(facts.wish.text)")]
        if facts.wish.isHard {
            guard !fitting.isEmpty else {
                ranking.rule = .wished
                ranking.unmetWish = facts.wish.text
                ranking.nobody = AssignmentReason(.wishUnmet, "没有符合要求的医生：\(facts.wish.text)")
                return nil
            }
            return (fitting, met + first, .wished)
        }
        if fitting.contains(where: isPossible) { return (fitting, met + first, nil) }
        ranking.unmetWish = facts.wish.text
        return (
            others, first + [AssignmentReason(.wishUnmet, "客人希望\(facts.wish.text)，这个时间没有，已记录")], nil
        )
    }

    private mutating func bySpecialty(
        _ need: SpecialtyNeed, _ doctors: [Candidate], _ first: [AssignmentReason], _ stored: DoctorRule?
    ) {
        let close = Dictionary(grouping: doctors) { SpecialtyRules.closeness($0.profile, to: need) }
        let specialists = ordered(close[.specialist] ?? [])
        rank(
            specialists.filter(isPossible), stored ?? .specialty,
            first + [AssignmentReason(.specialist, "专长\(need.label)")])
        let familiar = (close[.familiar] ?? []).filter { need.isTwoStep || $0.profile.takesRotation }
        if need.isTwoStep {
            let next = specialists.first
            ranking.specialistID = ranking.ranked.isEmpty ? next?.id : nil
            let text = next.map { "先由熟悉\(need.label)的医生检查准备，再约专科\($0.name)医生" } ?? "熟悉\(need.label)的医生检查准备"
            rank(
                ordered(familiar).filter(isPossible), stored ?? .specialty, first + [AssignmentReason(.twoStep, text)])
        } else {
            var reasons = first
            if !specialists.isEmpty {
                reasons.append(AssignmentReason(.familiar, "专长\(need.label)的医生这个时间没有空，由熟悉的医生接诊"))
            }
            inTurn(familiar, reasons, stored)
        }
        if !ranking.ranked.isEmpty { ranking.rule = ranking.ranked[0].rule }
        // A clinic where nobody knows the business still sees the customer.
        if specialists.isEmpty, familiar.isEmpty { inTurn(doctors.filter(\.profile.takesRotation), first, stored) }
    }

    /// The rotation (R3.15). Who is asked for by name or trait uses no turn.
    private mutating func inTurn(_ doctors: [Candidate], _ first: [AssignmentReason], _ stored: DoctorRule?) {
        let present = ordered(doctors.filter { !hasTime || $0.availability.isOnDuty })
        let rule = stored ?? .rotation
        if rule == .rotation { ranking.present = present }
        if ranking.ranked.isEmpty { ranking.rule = rule }
        for (index, doctor) in present.enumerated() where isPossible(doctor) {
            let skipped = present[..<index].filter { !isPossible($0) }.map(\.name)
            let turn =
                skipped.isEmpty
                ? "轮到\(doctor.name)医生" : "\(skipped.joined(separator: "、"))医生没有空，轮次保留，轮到\(doctor.name)医生"
            ranking.ranked.append(
                AssignmentRules.Ranked(
                    doctor: doctor, rule: rule,
                    reasons: first + [AssignmentReason(.rotation, "\(turn)（已接 \(doctor.balance.taken) 位）")]))
        }
    }

    /// The doctor of the accepted offer first, as long as the rules still allow that doctor.
    private mutating func offeredFirst() {
        guard let offered = request.offered, let index = ranking.ranked.firstIndex(where: { $0.doctor.id == offered }),
            index > 0
        else { return }
        let chosen = ranking.ranked.remove(at: index)
        ranking.ranked.insert(
            AssignmentRules.Ranked(
                doctor: chosen.doctor, rule: chosen.rule,
                reasons: [AssignmentReason(.offered, "已向客人报出\(chosen.doctor.name)医生的时间")] + chosen.reasons), at: 0)
        ranking.rule = chosen.rule
    }

    private func ordered(_ doctors: [Candidate]) -> [Candidate] {
        let rank = Dictionary(
            uniqueKeysWithValues: RotationRules.order(doctors.map(\.balance)).enumerated().map { ($1.doctorID, $0) })
        return doctors.sorted { (rank[$0.id] ?? 0) < (rank[$1.id] ?? 0) }
    }

    private func nobody(_ doctors: [Candidate]) -> AssignmentReason {
        let nearest = ordered(doctors).first { $0.availability.isOnDuty } ?? doctors.first
        let why = nearest.flatMap { doctor in doctor.availability.text.map { "\(doctor.name)医生\($0)" } }
        return AssignmentReason(.nobody, why ?? "没有医生做这项业务")
    }

    // MARK: - Why not the others

    mutating func rejectOthers() {
        let ranked = Set(ranking.ranked.map(\.doctor.id))
        ranking.rejected = ordered(facts.doctors.filter { !ranked.contains($0.id) })
            .sorted { $0.availability.isFree && !$1.availability.isFree }
            .map { doctor in
                Assignment.Alternative(
                    doctorID: doctor.id, doctorName: doctor.name,
                    isPossible: isPossible(doctor) && !request.without.contains(doctor.id), whyNot: whyNot(doctor))
            }
    }

    private func whyNot(_ doctor: Candidate) -> AssignmentReason {
        if request.without.contains(doctor.id) { return AssignmentReason(.excluded, "这次不考虑") }
        if hasTime, let reason = doctor.availability.reason { return reason }
        if facts.wish.hasTraits, !fits(doctor) { return AssignmentReason(.notWished, "不是\(facts.wish.text)") }
        if let wished = facts.wish.doctorID, wished != doctor.id {
            return AssignmentReason(.notWished, "客人指定了别的医生")
        }
        switch ranking.rule {
        case .sameDoctor, .warranty:
            return AssignmentReason(.notOriginal, "不是一直看诊的医生，换医生要写原因")
        default: break
        }
        if let need = facts.need, SpecialtyRules.closeness(doctor.profile, to: need) == .stranger {
            return AssignmentReason(.notSpecialist, "不做\(need.label)")
        }
        if !doctor.profile.takesRotation { return AssignmentReason(.laterTurn, "不参加轮换") }
        return AssignmentReason(.laterTurn, "轮次在后")
    }
}
