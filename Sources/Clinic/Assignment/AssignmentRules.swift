import Kernel

/// Who sees a customer (R3.17): wish → 从一 → warranty → specialty → rotation. Pure.
package enum AssignmentRules {
    /// Who is to be asked, best first, and what was decided on the way.
    package struct Ranking: Hashable, Sendable {
        package var ranked: [Ranked] = []
        /// Everybody else, nearest first.
        package var rejected: [Assignment.Alternative] = []
        /// Why nobody is ranked.
        package var nobody: AssignmentReason?
        package var rule: DoctorRule
        package var demands: [AssignmentDemand] = []
        package var helpingForID: ID<Staff>?
        package var redo: Redo?
        package var specialistID: ID<Staff>?
        /// Who earns a part of the turn, when one is used; in the order of turns.
        package var present: [Candidate] = []
        /// Code of list `doctorChange` that follows from the decision; the one typed goes before it.
        package var changeReason: String?
        /// The wish that could not be met (R2.20).
        package var unmetWish: String?
    }

    package struct Ranked: Hashable, Sendable {
        package let doctor: Candidate
        package let rule: DoctorRule
        package let reasons: [AssignmentReason]
    }

    /// - Parameters:
    ///   - hasTime: `availability` of the doctors is that of the time asked; without a time everybody on the list counts.
    ///   - today: for ages.
    package static func decide(
        _ request: AssignmentRequest, _ facts: AssignmentFacts, hasTime: Bool, today: Day
    ) -> Ranking {
        var deciding = Deciding(request: request, facts: facts, hasTime: hasTime, today: today)
        return deciding.run()
    }

    // MARK: - Parts

    struct Deciding {
        let request: AssignmentRequest
        let facts: AssignmentFacts
        let hasTime: Bool
        let today: Day
        var ranking = Ranking(rule: .rotation)

        var pool: [Candidate] { facts.doctors.filter { !request.without.contains($0.id) } }

        mutating func run() -> Ranking {
            ranking.redo = redoThatCounts
            if case .unannouncedRest(let called) = request.occasion {
                unannounced(called)
            } else if let wished = facts.wish.doctorID {
                named(wished)
            } else if let original {
                if original.isHere { returning(original) } else { orphaned(original) }
            } else {
                open(reasons: [])
            }
            rejectOthers()
            return ranking
        }

        /// The same doctor goes on with a tooth: no warranty case, unless the customer says that the work failed.
        private var redoThatCounts: Redo? {
            guard let redo = facts.redo else { return nil }
            return redo.doctorID == facts.treating?.id && !request.isRedo ? nil : redo
        }

        /// Whose customer it is; a warranty case belongs to the doctor who did the work (R2.21).
        var original: TreatingDoctor? {
            if let redo = ranking.redo {
                return TreatingDoctor(id: redo.doctorID, name: redo.doctorName, isHere: redo.isHere)
            }
            return facts.treating
        }

        /// R2.17: the doctor is phoned and the call is in the log; then the supervisor names somebody.
        private mutating func unannounced(_ called: Bool) {
            ranking.rule = .supervisor
            ranking.helpingForID = original?.id
            let gate = facts.gates.unannouncedRest
            if !called, gate != .off {
                demand(.callDoctor, .unnotifiedRestDay, "医生改休没有通知客人：先给医生打电话并记录结果，再由主管安排", gate)
            }
            if let wished = facts.wish.doctorID, let doctor = pool.first(where: { $0.id == wished }) {
                ranking.ranked = [
                    Ranked(doctor: doctor, rule: .supervisor, reasons: [AssignmentReason(.supervisor, "由主管安排")])
                ]
            } else {
                ranking.nobody = AssignmentReason(.supervisor, "医生改休没有通知，由主管安排医生")
            }
        }

        /// A named doctor goes before everything; a warranty redo stays on the first doctor's account.
        private mutating func named(_ id: ID<Staff>) {
            guard let doctor = pool.first(where: { $0.id == id }) else {
                ranking.rule = .wished
                ranking.nobody = AssignmentReason(.excluded, "这位医生不在本门诊的名单上")
                return
            }
            guard let original, original.id != id else {
                let rule: DoctorRule = original == nil ? .wished : ranking.redo == nil ? .sameDoctor : .warranty
                rank([doctor], rule, original == nil ? [wishReason(doctor)] : [originalReason(doctor.name)])
                return
            }
            var reasons = [wishReason(doctor)]
            if let redo = ranking.redo {
                reasons.append(AssignmentReason(.redoCost, "保修重做记在\(redo.doctorName)医生名下"))
                // Nobody refuses a doctor who is gone.
                if redo.isHere { refusal(of: redo) } else { gone(redo) }
            }
            dissatisfaction(with: original)
            ranking.changeReason = "customerWish"
            let isSupervised = ranking.demands.contains { $0.kind == .supervisor }
            rank([doctor], isSupervised ? .supervisor : .wished, reasons)
        }

        /// 从一 and warranty: the first doctor, or a helping colleague when the time is given and the doctor is off.
        private mutating func returning(_ original: TreatingDoctor) {
            let rule: DoctorRule = ranking.redo == nil ? .sameDoctor : .warranty
            let doctor = facts.doctors.first { $0.id == original.id }
            if let doctor, facts.wish.isHard, facts.wish.hasTraits, !fits(doctor) {
                if let redo = ranking.redo { refusal(of: redo) }
                ranking.changeReason = "customerWish"
                open(reasons: [AssignmentReason(.changed, "客人要求\(facts.wish.text)，不由\(original.name)医生接诊")])
                return
            }
            if request.doctorChangeReason?.nonBlank != nil {
                if let redo = ranking.redo { refusal(of: redo) }
                dissatisfaction(with: original)
                open(reasons: [AssignmentReason(.changed, "不由\(original.name)医生接诊，已选原因")], as: .changed)
                return
            }
            let isOut = request.without.contains(original.id)
            if let doctor, !isOut, !hasTime || doctor.availability.isFree {
                rank([doctor], rule, [originalReason(original.name)])
                return
            }
            let isOff = isOut || doctor?.availability.isOnDuty != true
            if isOff, request.occasion == .timeIsFixed {
                helping(original)
                return
            }
            ranking.rule = rule
            let why = isOut ? "当天不接诊" : doctor?.availability.text ?? "当天休息"
            ranking.nobody = AssignmentReason(.original, "一直由\(original.name)医生看诊，\(why)")
            if facts.gates.sameDoctor != .off {
                demand(
                    .doctorChangeReason, .sameDoctor, "换一位医生要选择原因", facts.gates.sameDoctor)
            }
        }

        /// R2.24: the first free doctor in the order of the rooms.
        private mutating func helping(_ original: TreatingDoctor) {
            ranking.helpingForID = original.id
            ranking.changeReason = "helping"
            let text = "\(original.name)医生不上班，按诊室号由第一位有空的医生帮诊"
            let eligible = pool.filter { $0.id != original.id && isPossible($0) }
                .sorted { (room($0), $0.profile.employeeNumber) < (room($1), $1.profile.employeeNumber) }
            rank(eligible, .helping, [AssignmentReason(.helping, text)])
        }

        /// The first doctor is not at this clinic any more; of a warranty case only the supervisor disposes (R2.23).
        private mutating func orphaned(_ original: TreatingDoctor) {
            let gone = AssignmentReason(.original, "\(original.name)医生已不在本门诊")
            guard let redo = ranking.redo, facts.gates.warrantyGone != .off else {
                open(reasons: [gone])
                return
            }
            self.gone(redo)
            open(reasons: [gone, AssignmentReason(.supervisor, "保修返诊由主管安排")], as: .supervisor)
        }

        // MARK: Demands

        private mutating func demand(
            _ kind: AssignmentDemand.Kind, _ rule: RuleID, _ text: String, _ gate: AssignmentFacts.Gate
        ) {
            guard gate != .off else { return }
            ranking.demands.append(
                AssignmentDemand(kind, rule, text, blocks: gate == .blocks, doctorID: original?.id))
        }

        /// R2.23
        private mutating func gone(_ redo: Redo) {
            demand(
                .supervisor, .warrantyDoctorGone, "\(redo.doctorName)医生已不在本门诊，保修返诊由主管安排医生",
                facts.gates.warrantyGone)
        }

        /// R2.22
        private mutating func refusal(of redo: Redo) {
            guard !request.complaintRecorded else { return }
            demand(
                .complaintRecord, .warrantyDoctorRefused,
                "保修返诊不找\(redo.doctorName)医生：先问清原因、登记并上报门诊主任，再安排别的医生", facts.gates.refusedWarranty)
        }

        /// R3.60
        private mutating func dissatisfaction(with original: TreatingDoctor) {
            guard request.doctorChangeReason == "dissatisfied", !request.complaintRecorded, ranking.redo == nil else {
                return
            }
            demand(
                .complaintRecord, .dissatisfiedDoctorChange, "因为不满意\(original.name)医生而换医生：先登记意见",
                facts.gates.dissatisfied)
        }

        // MARK: Words and tests

        mutating func rank(_ doctors: [Candidate], _ rule: DoctorRule, _ reasons: [AssignmentReason]) {
            ranking.rule = rule
            ranking.ranked += doctors.map { Ranked(doctor: $0, rule: rule, reasons: reasons) }
        }

        func isPossible(_ doctor: Candidate) -> Bool { !hasTime || doctor.availability.isFree }
        func fits(_ doctor: Candidate) -> Bool { WishRules.fits(doctor.profile, facts.wish, on: today) }
        private func room(_ doctor: Candidate) -> Int { doctor.profile.roomNumber ?? Int.max }

        private func wishReason(_ doctor: Candidate) -> AssignmentReason {
            AssignmentReason(.wished, "客人指定\(doctor.name)医生")
        }

        private func originalReason(_ name: String) -> AssignmentReason {
            if let redo = ranking.redo { return AssignmentReason(.warranty, redo.text) }
            return AssignmentReason(.sameDoctor, "一直由\(name)医生看诊")
        }
    }
}
